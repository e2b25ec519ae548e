"""Cases worked by hand: what a manual of the trade would answer, day by day."""

from __future__ import annotations

from typing import Any

import pytest
from tests.planning.requests import first_visited, request, trigger

from revisit_policy.outcomes.visit import VisitKind, VisitMethod
from revisit_policy.outcomes.window import BoundReason
from revisit_policy.planning.plan import plan
from revisit_policy.values.cn_notices import CHINA
from revisit_policy.values.dates import Date, add_months, to_date

FIRST_WINDOWS = {
    "a loan of 15 January 2025 is first visited from 14 February to 15 April": ("2025-01-15", "2025-02-14", "2025-03-14", "2025-04-15"),
    "a loan of 20 December 2024 may be visited from Monday, as the thirtieth day is a Sunday": (
        "2024-12-20",
        "2025-01-20",
        "2025-02-18",
        "2025-03-20",
    ),
    "a window that would close on a Sunday closes on the Friday before": ("2024-12-23", "2025-01-22", "2025-02-20", "2025-03-21"),
    "a window that would close in the National Day holiday closes on the last working day before it": (
        "2025-07-05",
        "2025-08-04",
        "2025-09-01",
        "2025-09-30",
    ),
    "a Saturday worked in place of a holiday can close a window": ("2025-11-16", "2025-12-16", "2026-01-15", "2026-02-14"),
}


@pytest.mark.parametrize(("disbursed_on", "opens", "due", "closes"), FIRST_WINDOWS.values(), ids=FIRST_WINDOWS)
def test_the_first_visit_has_its_window(disbursed_on: str, opens: str, due: str, closes: str) -> None:
    visit = plan(request(on=disbursed_on, disbursed_on=disbursed_on)).next
    assert visit is not None
    assert visit.kind is VisitKind.FIRST
    assert [str(day) for day in (visit.window.opens, visit.window.due, visit.window.closes)] == [opens, due, closes]


RESULTS = {
    "a call on 24 January 2025 yields its result in three working days, after the Spring Festival": ("2025-01-24", "yellow", "2025-02-05"),
    "a red signal of 30 September 2025 is reported in one working day, after the National Day": ("2025-09-30", "red", "2025-10-09"),
    "a red signal of Friday 13 February 2026 is reported on the Saturday that is worked": ("2026-02-13", "red", "2026-02-14"),
}


@pytest.mark.parametrize(("closes", "level", "result"), RESULTS.values(), ids=RESULTS)
def test_the_result_is_counted_in_working_days_from_the_visit(closes: str, level: str, result: str) -> None:
    missed = trigger("npl", level, since="2024-12-02", days=1)
    visit = plan(request(on=closes, triggers=(missed,), last_visits=first_visited("2024-06-10"))).next
    assert visit is not None
    assert str(visit.window.closes) == closes
    assert str(visit.result.expected) == result


COUNTS = {
    "three working days from Friday before the Spring Festival": ("2025-01-24", 3, "2025-02-05"),
    "one working day from the day before the National Day": ("2025-09-30", 1, "2025-10-09"),
    "one working day from a Friday before a Saturday that is worked": ("2026-02-13", 1, "2026-02-14"),
}


@pytest.mark.parametrize(("since", "days", "closes"), COUNTS.values(), ids=COUNTS)
def test_a_trigger_is_to_be_answered_in_working_days_from_its_signal(since: str, days: int, closes: str) -> None:
    visit = plan(request(on=since, triggers=(trigger(since=since, days=days),), last_visits=first_visited(add_months(to_date(since), -1)))).next
    assert visit is not None
    assert (visit.kind, str(visit.window.opens), str(visit.window.closes)) == (VisitKind.TRIGGERED, since, closes)


DAYS = {
    "a Sunday that is worked": ("2025-01-26", True),
    "a Wednesday of a holiday": ("2025-10-08", False),
    "a New Year's Eve that was worked": ("2024-02-09", True),
}


@pytest.mark.parametrize(("day", "is_working"), DAYS.values(), ids=DAYS)
def test_a_visit_falls_due_on_no_day_off(day: str, is_working: bool) -> None:
    known: dict[str, Any] = {"disbursed_on": "2023-11-15", "last_visits": first_visited("2024-01-04")}
    visit = plan(request(on=day, triggers=(trigger(since="2024-01-05", days=1),), **known)).next
    assert visit is not None
    assert (visit.window.due == to_date(day)) is is_working


def test_a_plan_for_2027_is_provisional_and_does_not_fail() -> None:
    assert CHINA.confirmed[1] < Date(2027, 3, 1)
    visit = plan(request(on="2027-02-01", disbursed_on="2027-01-30")).next
    assert visit is not None
    assert (str(visit.window.opens), str(visit.window.closes)) == ("2027-03-01", "2027-04-30")
    assert {visit.window.basis.value, visit.result.basis.value} == {"provisional"}


def test_a_calendar_day_window_beyond_the_confirmed_days_stays_as_it_falls() -> None:
    visit = plan(request(on="2027-02-01", disbursed_on="2027-02-05")).next
    assert visit is not None
    assert (str(visit.window.opens), visit.window.opens.isoweekday()) == ("2027-03-07", 7)
    assert visit.window.opens_because == (BoundReason.DISBURSEMENT,)


METHODS: dict[str, tuple[dict[str, Any], VisitMethod, int]] = {
    "a call takes one person": ({}, VisitMethod.PHONE, 1),
    "a trigger may ask for more than its kind does": ({"triggers": (trigger(since="2025-01-06", method=VisitMethod.ON_SITE),)}, VisitMethod.ON_SITE, 2),
}


@pytest.mark.parametrize(("changes", "method", "officers"), METHODS.values(), ids=METHODS)
def test_the_method_is_the_most_thorough_asked_for(changes: dict[str, Any], method: VisitMethod, officers: int) -> None:
    visit = plan(request(on="2025-01-06", disbursed_on="2024-11-20", **changes)).next
    assert visit is not None
    assert (visit.method, visit.officers) == (method, officers)


def test_a_valuation_that_had_expired_when_the_money_was_paid_out_is_due_from_that_day() -> None:
    known: dict[str, Any] = {"on": "2025-03-20", "disbursed_on": "2025-03-14", "valued_on": "2023-12-20"}
    valuation = next(visit for visit in plan(request(**known)).all if VisitKind.REVALUATION in visit.serves)
    assert (str(valuation.window.opens), str(valuation.window.missed_on)) == ("2025-03-14", "2025-03-14")
