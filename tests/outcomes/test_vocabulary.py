"""Every word of the outcomes is there in Chinese and English, and comes back from its code."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

from revisit_policy import outcomes
from revisit_policy.errors import UnknownNameError
from revisit_policy.outcomes.grade import UNCLASSIFIED, FineGrade, Grade
from revisit_policy.outcomes.measure import Measure
from revisit_policy.outcomes.signal import Level, SignalCode
from revisit_policy.outcomes.visit import Finding, VisitKind, VisitMethod
from revisit_policy.values.labels import Labelled, Lang

MODULES = [importlib.import_module(f"{outcomes.__name__}.{found.name}") for found in pkgutil.iter_modules(outcomes.__path__)]
ENUMERATIONS = sorted(
    {
        thing
        for module in MODULES
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, Labelled) and thing.__module__ == module.__name__
    },
    key=lambda kind: kind.__name__,
)
MEMBERS = [member for kind in ENUMERATIONS for member in kind]
CHINESE = re.compile(r"[一-鿿]")


def test_the_trade_has_its_enumerations() -> None:
    names = {kind.__name__ for kind in ENUMERATIONS}
    assert names >= {"BoundReason", "FineGrade", "Finding", "Grade", "Level", "Measure", "OwnerRole", "SignalCode", "VisitKind", "VisitMethod", "VisitStatus"}


@pytest.mark.parametrize("member", MEMBERS, ids=str)
def test_a_member_is_named_in_chinese_and_in_english(member: Labelled) -> None:
    assert CHINESE.search(member.label(Lang.ZH))
    assert not CHINESE.search(member.label(Lang.EN))


@pytest.mark.parametrize("member", MEMBERS, ids=str)
def test_a_member_comes_back_from_its_code(member: Labelled) -> None:
    assert type(member).parse(member.value) is member
    assert re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", member.value)


@pytest.mark.parametrize("kind", ENUMERATIONS, ids=lambda kind: kind.__name__)
def test_no_two_members_read_the_same(kind: type[Labelled]) -> None:
    for lang in Lang:
        words = [member.label(lang) for member in kind]
        assert len(words) == len(set(words))


def test_a_wrong_code_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean `substandard`"):
        Grade.parse("substandrd")


def test_grades_run_from_normal_to_loss() -> None:
    assert list(Grade) == sorted(Grade)
    assert max(Grade) is Grade.LOSS
    assert [grade.code for grade in Grade] == ["01", "02", "03", "04", "05"]
    assert UNCLASSIFIED.code == "00"


def test_only_the_first_two_grades_perform() -> None:
    assert [grade for grade in Grade if grade.is_performing] == [Grade.NORMAL, Grade.SPECIAL_MENTION]


def test_a_finer_grade_lies_in_one_of_the_five_and_keeps_their_order() -> None:
    assert {tier.grade for tier in FineGrade} == set(Grade)
    assert [tier.grade for tier in FineGrade] == sorted(tier.grade for tier in FineGrade)
    assert all(tier.value.startswith(tier.grade.value) for tier in FineGrade)


def test_levels_run_from_none_to_red() -> None:
    assert [level.value for level in sorted(Level)] == ["none", "blue", "yellow", "orange", "red"]


def test_a_method_stands_in_for_every_lesser_one() -> None:
    for method in VisitMethod:
        assert method.or_better == tuple(other for other in VisitMethod if other >= method)


def test_only_an_attempt_that_reached_nobody_answers_nothing() -> None:
    assert [finding for finding in Finding if not finding.reached_borrower] == [Finding.NOT_REACHED]


def test_grades_compare_with_grades_only() -> None:
    with pytest.raises(TypeError):
        assert Grade.NORMAL < Level.RED


def test_kinds_and_codes_of_signals_have_no_order() -> None:
    for first, second in ((VisitKind.FIRST, VisitKind.PERIODIC), (SignalCode.ARREARS, SignalCode.LOSS)):
        with pytest.raises(TypeError):
            assert first < second  # type: ignore[operator] # that is the point


def test_what_enforces_a_right_is_borne_by_the_borrower() -> None:
    legal = {measure for measure in Measure if measure.is_legal}
    assert legal == {
        Measure.ACCELERATE, Measure.RESCIND, Measure.CALL_GUARANTEE, Measure.LAWYER_LETTER, Measure.PAYMENT_ORDER, Measure.LITIGATE, Measure.REALISE_SECURITY,
    }  # fmt: skip
    assert all(measure.is_against_borrower for measure in legal)


def test_looking_and_helping_is_not_against_the_borrower() -> None:
    mild = (Measure.MONITOR, Measure.VERIFY, Measure.REMIND, Measure.ADJUST_REPAYMENT, Measure.EXTEND_TERM, Measure.REVALUE)
    assert not any(measure.is_against_borrower for measure in mild)
