"""A visit by a person that falls due after years of checks of data is caught up from the day on which a person was needed, if that is on record."""

from __future__ import annotations

import datetime as dt
from typing import Final

import attrs
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rulebooks.loans import FIRST, RULEBOOK, case

from revisit_policy import CaseFile, Decision, Every, Revisit, RevisitPolicy, Visit, VisitKind, VisitMethod, frames
from revisit_policy.outcomes import DeskKind
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values import Date

ON: Final = Date(2026, 11, 23)
CALLED: Final = Visit(kind="periodic", method="phone", completed_on="2024-12-09", finding="satisfactory")


def loan(*days: str, since: str | None = None, drawn: bool = True) -> CaseFile:
    """An excellent and quiet loan that was called in December 2024, whose data were checked on some days, and that is drawn by lot, since a day."""
    checks = (Visit(kind=DeskKind.DATA_CHECK, method="off_site", completed_on=day, finding="satisfactory") for day in days)
    return case(visits=(FIRST, CALLED, *checks), credit_standing="excellent", valued_on="2026-09-01", drawn_for_visit=drawn, person_needed_since=since)


def periodic(decision: Decision) -> Revisit:
    """Its next periodic visit."""
    return next(visit for visit in decision.schedule.all if visit.kind is VisitKind.PERIODIC)


CHECKED: Final = ("2025-12-05", "2026-11-02")


@pytest.mark.parametrize(
    ("days", "since", "closes", "missed_on"),
    [
        pytest.param(CHECKED, "2026-11-23", "2026-12-23", None, id="needed from today: thirty days are left"),
        pytest.param(CHECKED, "2026-11-10", "2026-12-10", None, id="needed for a fortnight"),
        pytest.param((*CHECKED, "2026-11-20"), "2026-11-10", "2026-12-10", None, id="a check since then moves nothing"),
        pytest.param(CHECKED, "2026-10-10", "2026-11-23", "2026-11-09", id="needed for six weeks, and nobody came"),
        pytest.param(CHECKED, "2025-06-01", "2026-11-23", "2025-12-09", id="needed long before the call was due, which stays where it was"),
        pytest.param(CHECKED, None, "2026-11-23", "2025-12-09", id="nobody knows since when: as if it had been needed all along"),
        pytest.param((), "2026-11-23", "2026-11-23", "2025-12-09", id="not even data were checked: it was missed"),
        pytest.param(("2025-06-02",), "2026-11-23", "2026-11-23", "2026-06-02", id="checks stopped: missed since the next would have been due"),
        pytest.param(("2025-11-30",), "2026-11-23", "2026-11-30", None, id="data are due in a week, so is the call: to need a person delays nothing"),
    ],
)  # fmt: skip
def test_who_is_drawn_after_years_of_checks_is_due_a_month_after_the_need_began(days: tuple[str, ...], since: str | None, closes: str, missed_on: str | None) -> None:
    visit = periodic(RULEBOOK.decide(loan(*days, since=since), on=ON))
    assert (visit.method, str(visit.window.closes)) == (VisitMethod.PHONE, closes)
    assert (None if visit.window.missed_on is None else str(visit.window.missed_on)) == missed_on


def test_a_bank_sets_the_days_to_catch_up_or_leaves_none() -> None:
    closes = {days: str(periodic(_policy(days).decide(loan(*CHECKED, since="2026-11-20"), on=ON)).window.closes) for days in (10, 60, None)}
    assert closes == {10: "2026-11-30", 60: "2027-01-19", None: "2026-11-23"}


def _policy(days: int | None) -> RevisitPolicy:
    return cn_housing.policy(attrs.evolve(cn_housing.DEFAULTS, catch_up_days=days))


def test_the_deadline_stays_where_it_is_when_days_pass_and_data_are_checked() -> None:
    found = [RULEBOOK.decide(loan(*CHECKED, since="2026-11-23"), on=ON.add(days=days)) for days in range(0, 45, 4)]
    found += [RULEBOOK.decide(loan(*CHECKED, "2026-12-02", "2026-12-28", since="2026-11-23"), on=Date(2027, 1, 4))]
    assert {str(periodic(each).window.missed_on or periodic(each).window.closes) for each in found} == {"2026-12-23"}


def test_who_needs_no_person_goes_on_by_data_whatever_was_recorded() -> None:
    for since in (None, "2026-11-20"):
        visit = periodic(RULEBOOK.decide(loan("2026-11-02", since=since, drawn=False), on=ON))
        assert (visit.method, str(visit.window.closes)) == (VisitMethod.OFF_SITE, "2027-11-02")


def test_a_decision_tells_the_day_to_record_and_nothing_while_data_are_enough() -> None:
    told = [RULEBOOK.decide(loan(*CHECKED, since=since, drawn=drawn), on=ON).person_needed_since for since, drawn in ((None, False), (None, True), ("2026-11-10", True))]
    assert told == [None, ON, Date(2026, 11, 10)]


def test_a_bank_that_records_what_decisions_tell_keeps_the_deadline_that_the_first_of_them_told() -> None:
    recorded, closes = None, []
    for days in range(6):
        decision = RULEBOOK.decide(loan(*CHECKED, since=None if recorded is None else str(recorded), drawn=days >= 2), on=ON.add(days=days))
        recorded = decision.person_needed_since
        closes.append(str(periodic(decision).window.closes))
    assert closes == ["2027-11-02", "2027-11-02", "2026-11-25", "2026-12-25", "2026-12-25", "2026-12-25"]


DAYS: Final = st.dates(dt.date(2024, 12, 10), dt.date(2026, 11, 23))


@settings(max_examples=20)
@given(st.lists(DAYS, max_size=3, unique=True), st.none() | DAYS)
def test_to_need_a_person_delays_nothing_and_a_recorded_day_brings_nothing_forward(days: list[dt.date], since: dt.date | None) -> None:
    checks, needed = sorted(day.isoformat() for day in days), None if since is None else since.isoformat()
    told = [loan(*checks, since=needed, drawn=False), loan(*checks, since=needed), loan(*checks)]
    by_data, by_person, unrecorded = (periodic(RULEBOOK.decide(each, on=ON)).window for each in told)
    assert (unrecorded.missed_on or unrecorded.closes) <= (by_person.missed_on or by_person.closes) <= (by_data.missed_on or by_data.closes)


@settings(max_examples=3)
@given(st.lists(st.tuples(st.lists(st.dates(dt.date(2024, 12, 10), dt.date(2026, 11, 23)), max_size=3), st.none() | st.dates(dt.date(2025, 10, 1), dt.date(2026, 11, 23)), st.booleans()), min_size=1, max_size=20))
def test_columns_say_the_same(rows: list[tuple[list[dt.date], dt.date | None, bool]]) -> None:
    cases = [loan(*(day.isoformat() for day in sorted(set(days))), since=None if since is None else since.isoformat(), drawn=drawn) for days, since, drawn in rows]
    cases = [attrs.evolve(each, loan=attrs.evolve(each.loan, loan_no=str(at))) for at, each in enumerate(cases)]
    policy = RULEBOOK.in_force(ON)
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
