"""What the rulebook costs a bank, on the book that the demo makes up, and who is left in peace."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Final

import attrs
import pytest
from tests.rulebooks.loans import FIRST, decide

from revisit_policy import CreditStanding, Decision, Grade, Level, Measure, MethodNote, Revisit, Visit, VisitKind, VisitMethod
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


@pytest.fixture(scope="module")
def book() -> list[Decision]:
    """The decisions on the made-up book, a year ahead."""
    sys.path.insert(0, str(DEMO))
    try:
        from made_up_book import made_up_book  # type: ignore[import-not-found] # a script of the documents
    finally:
        sys.path.remove(str(DEMO))
    results = cn_housing.rulebook.iter_decide(made_up_book(LOANS, on=ON), on=ON, until=add_months(ON, 12))
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


def test_the_first_visits_of_a_full_year_cost_more_than_that(book: list[Decision]) -> None:
    """On one day only the loans of three months wait for a first visit: those of a year, with what they were granted for, make it four tenths.

    Most of it is two officers at an off-plan home, who could look at the project once for all loans of it.
    """
    seen = _spent(visit for found in book for visit in found.schedule.all if visit.kind is not VisitKind.FIRST)
    granted = [attrs.evolve(found.case, visits=(), events=()) for found in book if found.case.loan.disbursed_on > add_months(ON, -12)]
    first = [visit for case in granted for visit in cn_housing.rulebook.decide(case, on=ON).schedule.all if visit.kind is VisitKind.FIRST]
    there = _spent(visit for visit in first if visit.method is VisitMethod.ON_SITE)
    assert Fraction(26, 100) < (seen + _spent(first)) / len(book) <= Fraction(40, 100)
    assert there > _spent(first) / 2


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
