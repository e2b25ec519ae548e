"""Impact and diffs of a bank with its own classes, scores and currency; and headings that count what was found."""

from __future__ import annotations

from typing import Any, Final

import attrs
import pytest
from tests.language.loan_facts import WHY
from tests.policy.small_policy import CASE, case_tables, case_with, rule, small_policy, table

from revisit_policy import CaseFile, Fact, InvalidPolicyError, RevisitPolicy, UnknownNameError, analysis, facts
from revisit_policy.errors import InvalidValueError
from revisit_policy.language.derivation import Field
from revisit_policy.outcomes.visit import VisitMethod
from revisit_policy.values.labels import OrderedLabelled
from revisit_policy.values.money import Money

ON: Final = "2026-11-24"


class AssetClass(OrderedLabelled):
    """How another regulator grades."""

    STANDARD = "standard", "标准", "standard"
    SMA_1 = "sma_1", "特别关注一", "SMA-1"
    SMA_2 = "sma_2", "特别关注二", "SMA-2"
    NPA = "npa", "不良", "NPA"


SCORE: Final = Fact.count("own_score", low=0, high=900, label=WHY)


def own_policy(*more: Any, limit: int = 60, scale: Any = AssetClass, names: tuple[Any, ...] = tuple(AssetClass)) -> RevisitPolicy:
    """The small policy with classes of its own, which no later table reads."""
    mild, first, second, worst = names
    grade = table(
        "grade", scale, "worst",
        rule("sma-1", facts.days_past_due > 30, first),
        rule("sma-2", facts.days_past_due > limit, second),
        rule("npa", facts.days_past_due > 90, worst),
        *more,
        otherwise=mild,
    )  # fmt: skip
    plain = {
        "grade": grade,
        "measures": attrs.evolve(case_tables()[9], rules=case_tables()[9].rules[:1]),
        "method": table("method", VisitMethod, "worst", otherwise=VisitMethod.PHONE),
        "turnaround": attrs.evolve(case_tables()[-1], rules=case_tables()[-1].rules[:1]),
    }
    return attrs.evolve(small_policy(), tables=tuple(plain.get(one.id, one) for one in case_tables()))


def book(*days: int) -> list[CaseFile]:
    return [case_with(CASE, days_past_due=count, loan_no=f"L{at}") for at, count in enumerate(days)]


def test_loans_move_between_classes_of_a_scale_of_the_banks_own() -> None:
    impact = analysis.impact(own_policy(), own_policy(limit=45), book(0, 31, 50, 60, 70, 91), on=ON)
    moves = [(move.old, move.new, move.loans) for move in impact.migrations]
    assert moves == [
        (AssetClass.STANDARD, AssetClass.STANDARD, 1),
        (AssetClass.SMA_1, AssetClass.SMA_1, 1),
        (AssetClass.SMA_1, AssetClass.SMA_2, 2),
        (AssetClass.SMA_2, AssetClass.SMA_2, 1),
        (AssetClass.NPA, AssetClass.NPA, 1),
    ]
    assert impact.regraded == 2
    assert "SMA-1 | SMA-2 | 2" in impact.explain("en")
    assert "特别关注一 | 特别关注二 | 2" in impact.explain("zh")


def test_classes_may_be_plain_text() -> None:
    names = ("fine", "thin", "bad", "lost")
    impact = analysis.impact(own_policy(scale=names, names=names), own_policy(limit=45, scale=names, names=names), book(50), on=ON)
    assert [(move.old, move.new) for move in impact.migrations] == [("thin", "bad")]
    assert impact.regraded == 1
    assert "1 loan, of which 1 changes its grade" in impact.explain("en")


def test_every_loan_is_counted_in_one_migration() -> None:
    loans = book(*range(0, 100, 7))
    impact = analysis.impact(own_policy(), own_policy(limit=45), loans, on=ON)
    assert sum(move.loans for move in impact.migrations) == impact.loans == len(loans)


SCORED: Final = own_policy(rule("score-thin", SCORE < 500, AssetClass.SMA_2))


def test_a_version_that_reads_a_score_is_told_of_it_and_the_other_is_not() -> None:
    scores = {"L0": 499, "L1": 500}
    impact = analysis.impact(own_policy(), SCORED, book(0, 0), on=ON, supplied=lambda case: {"own_score": scores[case.loan.loan_no]})
    assert [(move.old, move.new, move.loans) for move in impact.migrations] == [
        (AssetClass.STANDARD, AssetClass.STANDARD, 1),
        (AssetClass.STANDARD, AssetClass.SMA_2, 1),
    ]
    assert sum(part.loans for part in impact.affected if part.change.table.id == "grade" and part.change.new is AssetClass.SMA_2) == 1


def test_one_mapping_is_supplied_to_every_loan() -> None:
    impact = analysis.impact(own_policy(), SCORED, book(0, 0), on=ON, supplied={"own_score": 100})
    assert impact.regraded == 2


def test_a_score_that_no_version_reads_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="unknown supplied fact `own_scoer`, did you mean `own_score`"):
        analysis.impact(own_policy(), SCORED, book(0), on=ON, supplied={"own_scoer": 1})
    refused = analysis.impact(own_policy(), SCORED, book(0), on=ON, supplied=lambda _: {"own_scoer": 1}).refused
    assert [type(part.error) for part in refused] == [UnknownNameError]


def test_what_is_supplied_must_be_a_mapping_or_make_one() -> None:
    wrong: Any = "own_score"
    with pytest.raises(InvalidValueError, match="`supplied` must be values of facts by name, or a function"):
        analysis.impact(own_policy(), SCORED, book(0), on=ON, supplied=wrong)
    made: Any = lambda _: 5  # noqa: E731 - what a caller may hand over
    assert len(analysis.impact(own_policy(), SCORED, book(0), on=ON, supplied=made).refused) == 1


# -- unlike things ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("turned", [False, True])
def test_a_table_is_not_held_against_a_policy(turned: bool) -> None:
    policy = small_policy()
    for one in (policy.grade, policy.grade.table):
        pair = (policy, one) if turned else (one, policy)
        with pytest.raises(InvalidPolicyError, match=r"got the table `grade` and a policy; write `diff\(old\.grade, new\.grade\)`"):
            analysis.diff(*pair)


def test_two_tables_of_different_ids_are_no_versions_of_one() -> None:
    policy = small_policy()
    with pytest.raises(InvalidPolicyError, match="got `signals` and `level`"):
        analysis.diff(policy.signals, policy.level)
    assert not analysis.diff(policy.grade, policy.grade)


# -- money in another currency, and what no case file shows ----------------------------------------------------------

GRANTED: Final = Fact.money("granted", low=Money(0, "EUR"), high=Money(10**11, "EUR"), label=WHY, derived=Field("loan.principal"))
EURO: Final = Fact.money("owed", low=Money(0, "EUR"), high=Money(10**11, "EUR"), label=WHY, derived=Field("loan.balance"))


def _owed(limit: int) -> Any:
    return table("owed_much", ("no", "yes"), "worst", rule("much", Money.of(str(limit), "EUR") < EURO, "yes"), otherwise="no")


def test_a_change_in_euro_is_shown_by_a_case_file_in_euro() -> None:
    found = analysis.diff(_owed(500_000), _owed(400_000))
    (change,) = found.changes
    assert found.abstract == ()
    assert change.witness.case is not None
    assert change.witness.case.loan.balance.currency == "EUR"
    assert Money.of("400000", "EUR") < change.witness.case.loan.balance <= Money.of("500000", "EUR")


def test_a_heading_counts_what_no_case_file_shows() -> None:
    def owed_more_than_granted(limit: str) -> Any:
        both = (Money.of(limit, "EUR") < EURO) & (Money.of("100", "EUR") > GRANTED)
        return table("owed_much", ("no", "yes"), "worst", rule("much", both, "yes"), otherwise="no")

    found = analysis.diff(owed_more_than_granted("500000"), owed_more_than_granted("400000"))
    assert found.changes == ()
    assert len(found) == len(found.abstract) == len(list(found)) > 0
    assert found.heading("en") == f"Changes: {len(found)}, {len(found)} of them without a case file that shows it"
    assert found.heading("zh") == f"共{len(found)}处改变，其中{len(found)}处未找到对应的案例"
    answer = found.within(Money.of("100", "EUR") > EURO)
    assert not answer
    assert "found without one" in answer.heading("en")
