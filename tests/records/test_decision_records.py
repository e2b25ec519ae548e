"""Decisions as they are stored: small, without their policy, and the same when they are asked again."""

from __future__ import annotations

import pickle
import re
import tomllib
from pathlib import Path
from typing import Final

import attrs
import pytest
from hypothesis import given
from tests.policy.small_policy import CASE, small_policy

import revisit_policy
from revisit_policy import Citation, InvalidInputError, InvalidValueError, Label, Rulebook, Visit, facts
from revisit_policy.records import DecisionRecord, from_json, recorded, replay, to_dict, to_json
from revisit_policy.rulebooks import cn_housing
from revisit_policy.testing import case_files
from revisit_policy.values import Date, NoticeCalendar
from revisit_policy.version import VERSION

ON: Final = "2026-06-30"
BOOK: Final = cn_housing.rulebook
BECAUSE: Final = Citation(document=Label("内部规定", "house rule"), standing="bank_practice")
DECISION: Final = BOOK.decide(attrs.evolve(CASE, loan=attrs.evolve(CASE.loan, days_past_due=45)), on=ON)


@given(case_files(on=ON))
def test_a_stored_decision_is_the_same_when_it_is_asked_again(case) -> None:
    decision = BOOK.decide(case, on=ON)
    text = to_json(decision)
    again = replay(text, BOOK)
    assert again.is_equal
    assert again.causes == ()
    assert again.decision == decision
    assert to_json(again.decision) == text


@given(case_files(on=ON))
def test_a_record_is_read_back_with_the_same_bytes(case) -> None:
    record = recorded(BOOK.decide(case, on=ON))
    assert from_json(to_json(record), DecisionRecord) == record
    assert to_json(from_json(to_json(record))) == to_json(record)


def test_a_decision_is_written_as_its_record() -> None:
    assert to_dict(DECISION) == to_dict(recorded(DECISION))
    assert to_dict(DECISION)["is"] == "DecisionRecord"


def test_a_record_tells_codes_and_no_words() -> None:
    told = recorded(DECISION).told
    assert told["grade"] == "special_mention"
    assert told["tables"]["grade"]["fired"] == list(DECISION.verdicts["grade"].fired)
    assert [signal["code"] for signal in told["signals"]] == [signal.code.value for signal in DECISION.signals]
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in to_json(recorded(DECISION).outcome))


def test_a_record_is_a_few_thousand_signs_and_its_pickle_too() -> None:
    assert len(to_json(DECISION).encode()) < 15_000
    assert len(pickle.dumps(recorded(DECISION))) < 20_000
    assert pickle.loads(pickle.dumps(recorded(DECISION))) == recorded(DECISION)


def test_nothing_of_the_person_stands_in_what_is_printed() -> None:
    record = recorded(DECISION)
    again = replay(record, BOOK)
    for printed in (repr(record), str(record), repr(record.outcome), repr(again), again.explain("en"), again.explain("zh")):
        assert CASE.loan.loan_no not in printed
        assert CASE.borrower.id not in printed


def test_the_question_is_stored_and_asked_again() -> None:
    assumed = facts.ltv_now.assume("0.5", because=BECAUSE)
    decision = BOOK.decide(CASE, on=ON, until="2026-12-31", assuming=(assumed,))
    record = from_json(to_json(decision), DecisionRecord)
    assert record.until == Date(2026, 12, 31)
    assert record.assuming == (assumed,)
    assert replay(record, BOOK).decision == decision


def test_a_policy_that_was_asked_directly_is_asked_directly() -> None:
    policy = small_policy()
    decision = policy.decide(CASE, on=ON)
    record = recorded(decision)
    assert record.edition is None
    assert replay(record, policy).decision == decision


def test_the_edition_of_the_last_visit_is_stored_with_its_digest() -> None:
    old = attrs.evolve(CASE.loan, signed_on=None, disbursed_on="2020-03-15")
    case = attrs.evolve(CASE, loan=old, visits=(Visit(kind="periodic", method="phone", completed_on="2022-06-03", finding="satisfactory"),))
    decision = BOOK.decide(case, on=ON)
    record = recorded(decision)
    assert decision.replan is not None
    assert record.edition_before == decision.replan.before
    assert record.digest_before == BOOK.edition(decision.replan.before).policy.digest


def changed_book() -> tuple[Rulebook, str]:
    """The rulebook with one limit moved: 45 days past due are one class milder."""
    last = BOOK.editions[-1]
    policy = last.policy
    rule = next(rule for rule in policy.table("grade").rules if rule.id in DECISION.verdicts["grade"].fired)
    moved = policy.without(rule.id)
    return attrs.evolve(BOOK, editions=(*BOOK.editions[:-1], attrs.evolve(last, policy=moved))), rule.id


def test_another_digest_is_told_with_what_is_decided_otherwise() -> None:
    book, rule_id = changed_book()
    again = replay(to_json(DECISION), book)
    assert not again.is_equal
    assert [cause.path for cause in again.causes] == ["digest"]
    assert any(each.path.startswith("tables.grade") and rule_id in (each.stored or "") for each in again.differences)
    assert again.explain("en").startswith("not as stored: ")
    assert f"digest of the policy: {DECISION.digest} when it was stored" in again.explain("en")
    assert "政策内容摘要" in again.explain("zh")


def test_another_digest_that_changes_nothing_for_this_loan_is_equal_and_says_so() -> None:
    last = BOOK.editions[-1]
    policy = last.policy.without(next(rule.id for rule in last.policy.table("measures").rules if rule.id not in DECISION.verdicts["measures"].fired))
    again = replay(recorded(DECISION), attrs.evolve(BOOK, editions=(*BOOK.editions[:-1], attrs.evolve(last, policy=policy))))
    assert (again.is_equal, again.is_of_same_digest) == (True, False)
    assert [cause.path for cause in again.causes] == ["digest"]
    first = {lang: again.explain(lang).splitlines()[0] for lang in ("en", "zh")}
    assert first == {
        "en": "the outcome is the same as stored, byte for byte, but not what made it: digest of the policy",
        "zh": "结果与存档逐字节一致，但作出它的政策内容摘要已不同",
    }


def test_a_record_of_another_version_of_the_library_says_so() -> None:
    again = replay(attrs.evolve(recorded(DECISION), library="0.0.9"), BOOK)
    assert (again.is_equal, again.is_of_same_digest) == (True, True)
    assert [(cause.path, cause.stored, cause.now) for cause in again.causes] == [("library", "0.0.9", VERSION)]


def test_later_notices_of_working_days_are_left_aside() -> None:
    calendar = BOOK.editions[-1].policy.calendar
    assert isinstance(calendar, NoticeCalendar)
    earlier = attrs.evolve(calendar, notices=calendar.notices[:-1]).provisional()
    whole = calendar.provisional()
    decision = BOOK.decide(CASE, on=ON, calendar=earlier)
    again = replay(recorded(decision), BOOK, calendar=whole)
    assert again.is_equal
    assert again.causes == ()


def test_a_calendar_that_is_not_there_is_told() -> None:
    again = replay(attrs.evolve(recorded(DECISION), calendar="CN-2099-00000000"), BOOK)
    assert [cause.path for cause in again.causes] == ["calendar"]


REFUSED = {
    "a record of another policy": (lambda: replay(recorded(DECISION), small_policy()), "`record` must be a record of one of `"),
    "a record of a rulebook, and a policy alone": (lambda: replay(recorded(DECISION), cn_housing.policy()), "hand over the rulebook that has the edition"),
    "what is no rulebook": (
        lambda: replay(recorded(DECISION), CASE),  # type: ignore[arg-type] # the mistake under test
        "`rulebook` must be a Rulebook or a RevisitPolicy",
    ),
    "what is no decision": (
        lambda: recorded(CASE),  # type: ignore[arg-type] # the mistake under test
        "`decision` must be a Decision",
    ),
}


@pytest.mark.parametrize(("call", "because"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_replayed_is_refused(call, because) -> None:
    with pytest.raises(InvalidValueError) as caught:
        call()
    assert because in str(caught.value)


def test_a_record_that_was_changed_by_hand_is_seen() -> None:
    text = to_json(DECISION).replace('"grade":"special_mention"', '"grade":"normal"', 1)
    again = replay(text, BOOK)
    assert [(each.path, each.stored, each.now) for each in again.differences if each.path == "grade"] == [("grade", '"normal"', '"special_mention"')]


def test_a_record_without_its_outcome_is_refused() -> None:
    record = to_dict(DECISION)
    del record["value"]["outcome"]
    with pytest.raises(InvalidInputError, match=r"`record.outcome` must be there"):
        replay(record, BOOK)


def test_the_version_is_told_once_and_is_that_of_the_distribution() -> None:
    root = Path(__file__).parents[2]
    project = tomllib.loads(root.joinpath("pyproject.toml").read_text(encoding="utf-8"))
    told = project["tool"]["hatch"]["version"]
    assert project["project"]["dynamic"] == ["version"]
    assert re.findall(told["pattern"], root.joinpath(told["path"]).read_text(encoding="utf-8")) == [VERSION]
    assert revisit_policy.__version__ == VERSION
