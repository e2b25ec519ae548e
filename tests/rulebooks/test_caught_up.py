"""A bank may leave time to catch up where checks of data were enough until a person is asked for; left alone a visit is late by the last one a person made."""

from __future__ import annotations

import datetime as dt
from typing import Final

import attrs
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rulebooks.loans import FIRST, RULEBOOK, case

from revisit_policy import CaseFile, Decision, Every, Revisit, Visit, VisitKind, VisitMethod, frames
from revisit_policy.outcomes import DeskKind
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values import Date

ON: Final = Date(2026, 11, 23)
LENIENT: Final = cn_housing.rulebook_of(attrs.evolve(cn_housing.DEFAULTS, catch_up_days=30))
CALLED: Final = Visit(kind="periodic", method="phone", completed_on="2024-12-09", finding="satisfactory")


def checked(*days: str) -> tuple[Visit, ...]:
    """A loan that was called in December 2024, and whose data were checked on some days."""
    return (FIRST, CALLED, *(Visit(kind=DeskKind.DATA_CHECK, method="off_site", completed_on=day, finding="satisfactory") for day in days))


def loan(*days: str, drawn: bool = True) -> CaseFile:
    """The same, excellent and quiet, that is drawn by lot."""
    return case(visits=checked(*days), credit_standing="excellent", valued_on="2026-09-01", drawn_for_visit=drawn)


def periodic(decision: Decision) -> Revisit:
    """Its next periodic visit."""
    return next(visit for visit in decision.schedule.all if visit.kind is VisitKind.PERIODIC)


@pytest.mark.parametrize(
    ("days", "method", "closes", "missed_on"),
    [
        pytest.param(("2025-12-05", "2026-11-02"), VisitMethod.PHONE, "2026-12-02", None, id="checked until three weeks ago"),
        pytest.param(("2025-12-05", "2026-10-12"), VisitMethod.PHONE, "2026-11-23", "2026-11-11", id="a check six weeks ago, and nobody came since"),
        pytest.param(("2025-12-09",), VisitMethod.PHONE, "2026-11-23", "2025-12-09", id="no check since the call was due"),
        pytest.param((), VisitMethod.PHONE, "2026-11-23", "2025-12-09", id="no check at all"),
    ],
)  # fmt: skip
def test_who_is_drawn_after_years_of_checks_is_due_a_month_after_the_last(
    days: tuple[str, ...], method: VisitMethod, closes: str, missed_on: str | None
) -> None:
    visit = periodic(LENIENT.decide(loan(*days), on=ON))
    assert (visit.method, str(visit.window.closes)) == (method, closes)
    assert (None if visit.window.missed_on is None else str(visit.window.missed_on)) == missed_on


def test_left_alone_it_is_late_by_the_last_visit_of_a_person_so_that_no_check_hides_that_nobody_came() -> None:
    told = [periodic(RULEBOOK.decide(loan(*days), on=ON)).window.missed_on for days in (("2025-12-05", "2026-11-02"), ("2025-12-09",), ())]
    assert [str(day) for day in told] == ["2025-12-09"] * 3


def test_a_bank_sets_the_days_to_catch_up() -> None:
    sooner = cn_housing.policy(attrs.evolve(cn_housing.DEFAULTS, catch_up_days=10))
    assert str(periodic(sooner.decide(loan("2026-11-20"), on=ON)).window.closes) == "2026-11-30"


def test_who_needs_no_person_goes_on_by_data() -> None:
    visit = periodic(LENIENT.decide(loan("2026-11-02", drawn=False), on=ON))
    assert (visit.method, str(visit.window.closes)) == (VisitMethod.OFF_SITE, "2027-11-02")


def test_the_deadline_stays_where_it_is_when_days_pass() -> None:
    told = {str(periodic(LENIENT.decide(loan("2026-11-02"), on=ON.add(days=days))).window.closes) for days in range(9)}
    assert told == {"2026-12-02"}


@settings(max_examples=5)
@given(st.lists(st.lists(st.dates(dt.date(2024, 12, 10), dt.date(2026, 11, 23)), max_size=3), min_size=1, max_size=20), st.booleans())
def test_columns_say_the_same(days: list[list[dt.date]], drawn: bool) -> None:
    cases = [loan(*(day.isoformat() for day in sorted(set(several))), drawn=drawn) for several in days]
    cases = [attrs.evolve(each, loan=attrs.evolve(each.loan, loan_no=str(at))) for at, each in enumerate(cases)]
    policy = LENIENT.in_force(ON)
    found = frames.next_visits(policy, frames.from_cases(cases, vocabulary=policy.words), on=ON)
    assert isinstance(found, pl.DataFrame)
    for row, each in zip(found.iter_rows(named=True), cases, strict=True):
        visit = policy.decide(each, on=ON).schedule.next
        assert visit is not None
        window = visit.window
        assert (row["next_opens"], row["next_closes"], row["next_missed_on"]) == (window.opens, window.closes, window.missed_on)


def test_the_days_to_catch_up_are_at_least_one() -> None:
    with pytest.raises(Exception, match="catch_up_days"):
        Every(months=6, catch_up_days=0)
