"""What the rulebook costs a bank, on the book that the demo makes up, and who is left in peace."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import attrs
import pytest
from tests.rulebooks.loans import FIRST, decide

from revisit_policy import (
    CaseFile,
    CreditStanding,
    Decision,
    Grade,
    Level,
    Measure,
    MethodNote,
    PropertyType,
    Revisit,
    RevisitPolicy,
    Visit,
    VisitKind,
    VisitMethod,
)
from revisit_policy.outcomes import DeskKind
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values import add_months, to_date
from revisit_policy.workload import hours

DEMO: Final = Path(__file__).parents[2] / "docs" / "examples" / "revisits"
ON: Final = to_date("2026-11-23")
LOANS: Final = 1_000

#: Hours of one officer, travel and report included: assumptions, and no bank's figures.
TAKES: Final[dict[str, str | int]] = {"off_site": "0.02", "sms": "0.05", "phone": "0.5", "video": "0.75", "on_site": 4}


def _spent(visits: Iterable[Revisit]) -> Fraction:
    """The hours of all officers on these visits."""
    return sum((Fraction(TAKES[str(visit.method.value)]) * visit.officers for visit in visits), start=Fraction(0))


def _made_up(loans: int) -> list[CaseFile]:
    sys.path.insert(0, str(DEMO))
    try:
        from made_up_book import made_up_book  # type: ignore[import-not-found] # a script of the documents
    finally:
        sys.path.remove(str(DEMO))
    return list(made_up_book(loans, on=ON))


@pytest.fixture(scope="module")
def large_book() -> list[CaseFile]:
    """Twice as many, without slips of the pen: what is granted in a year is few."""
    return [case for case in _made_up(2 * LOANS) if case.collateral.valued_on is None or case.collateral.valued_on <= ON]


@pytest.fixture(scope="module")
def book() -> list[Decision]:
    """The decisions on the made-up book, a year ahead."""
    results = cn_housing.rulebook.iter_decide(_made_up(LOANS), on=ON, until=add_months(ON, 12))
    return [result for result in results if isinstance(result, Decision)]


def test_no_interval_holds_more_than_three_fifths_of_the_loans_that_perform(book: list[Decision]) -> None:
    intervals = Counter(found.interval_months for found in book if found.grade <= Grade.SPECIAL_MENTION)
    assert set(intervals) == {3, 6, 12}
    assert max(intervals.values()) <= Fraction(3, 5) * intervals.total()


def test_a_loan_takes_a_quarter_of_an_hour_a_year_with_the_sample_and_the_first_visits(book: list[Decision]) -> None:
    notes = [MethodNote(method, hours=taken, officers=2 if method == "on_site" else 1) for method, taken in TAKES.items()]
    taken = hours([found.schedule for found in book], attrs.evolve(cn_housing.policy().words, methods=notes))
    assert any(found.case.loan.drawn_for_visit for found in book)
    assert any(visit.kind is VisitKind.FIRST for found in book for visit in found.schedule.all)
    assert taken.unknown == 0
    assert taken.hours / len(book) <= Fraction(26, 100)


#: Off-plan loans for which one trip to their project is made, where first visits of two months fall together.
ON_ONE_TRIP: Final = 20


def test_with_the_first_visits_of_a_full_year_it_is_reached_where_a_project_is_looked_at_once_and_not_where_each_home_is(large_book: list[CaseFile]) -> None:
    """A loan past its first year is planned a year ahead, one in it from its grant to its anniversary: of each the book has as many as there are.

    One in eleven is in its first year, as of loans granted evenly since 2016. A third of the hours are two officers at off-plan homes.
    """
    older = [case for case in large_book if case.loan.disbursed_on <= add_months(ON, -12)]
    young = [_as_granted(case) for case in large_book if case.loan.disbursed_on > add_months(ON, -12)]
    assert Fraction(8, 100) <= Fraction(len(young), len(large_book)) <= Fraction(10, 100)
    once = cn_housing.policy().without("method-first-off-plan")
    trips = sum(case.collateral.property_type is PropertyType.OFF_PLAN for case in young) * Fraction(TAKES["on_site"]) * 2 / ON_ONE_TRIP
    ahead = _hours_of(cn_housing.policy(), older)
    assert Fraction(30, 100) < (ahead + _hours_of(cn_housing.policy(), young)) / len(large_book) <= Fraction(36, 100)
    assert (ahead + _hours_of(once, young) + trips) / len(large_book) <= Fraction(26, 100)


def _as_granted(case: CaseFile) -> CaseFile:
    """The loan as it is on the day it is paid out, were that today."""
    clean: dict[str, Any] = dict.fromkeys(("days_past_due", "missed_consecutive", "missed_total_24m", "delays_over_5_days_12m"), 0)
    return attrs.evolve(
        case,
        loan=attrs.evolve(case.loan, disbursed_on=ON, signed_on=add_months(ON, -1), balance=case.loan.principal, **clean),
        collateral=attrs.evolve(case.collateral, value=case.collateral.value_at_origination, valued_on=ON),
        visits=(),
        events=(),
    )


def _hours_of(policy: RevisitPolicy, cases: list[CaseFile]) -> Fraction:
    decided = policy.iter_decide(cases, on=ON, until=add_months(ON, 12))
    return _spent(visit for found in decided if isinstance(found, Decision) for visit in found.schedule.all)


def test_most_loans_of_excellent_standing_that_pay_see_nobody_within_a_year(book: list[Decision]) -> None:
    paying = [found for found in book if found.case.borrower.credit_standing is CreditStanding.EXCELLENT and found.level < Level.YELLOW]
    seen = [found for found in paying if any(visit.method > VisitMethod.OFF_SITE for visit in found.schedule.all)]
    assert len(seen) <= Fraction(1, 4) * len(paying)


def test_the_quiet_and_excellent_borrower_who_pays_is_left_in_peace() -> None:
    called = Visit(kind="periodic", method="phone", completed_on="2025-12-09", finding="satisfactory")
    decision = decide(str(ON), visits=(FIRST, called), credit_standing="excellent", valued_on="2026-09-01")
    assert [step.measure for step in decision.measures] == [Measure.MONITOR]
    assert {visit.method for visit in decision.schedule.all} == {VisitMethod.OFF_SITE}
    assert [duty.kind for duty in decision.schedule.all_duties] == [DeskKind.DATA_CHECK]
    assert decision.interval_months == 12


def test_a_margin_that_is_gone_sends_nobody_to_a_borrower_who_pays() -> None:
    called = Visit(kind="periodic", method="phone", completed_on="2026-10-09", finding="satisfactory")
    decision = decide(str(ON), visits=(FIRST, called), value=decide(str(ON)).case.loan.balance, valued_on="2026-09-01", price_change_12m="-0.08")
    assert (decision.level, {visit.method for visit in decision.schedule.all}) == (Level.ORANGE, {VisitMethod.OFF_SITE})
    assert Measure.ADD_GUARANTEE not in [step.measure for step in decision.measures]
