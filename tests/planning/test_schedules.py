"""Whole schedules worked by hand, one line a visit."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.planning.requests import MEANS, ON_SITE, first_visited, request, trigger, visited

from revisit_policy.casefile.visit import Visit
from revisit_policy.outcomes.day_window import DayWindow
from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.outcomes.visit import VisitKind, VisitMethod
from revisit_policy.planning.last_visits import LastVisits
from revisit_policy.planning.plan import plan
from revisit_policy.values.dates import Date


def _told(visit: Revisit) -> str:
    window = visit.window
    missed = f" missed on {window.missed_on}" if window.missed_on else ""
    return f"{visit.kind.value} {window.opens} to {window.closes}{missed}{' foreseen' if visit.is_projection else ''}"


def _schedule(**changes: Any) -> list[str]:
    return [_told(visit) for visit in plan(request(**changes)).all]


def valued_on_site(day: str) -> LastVisits:
    visit = Visit(kind="revaluation", method="on_site", completed_on=day, finding="satisfactory")
    return LastVisits.of([visit], on=visit.completed_on)


CALLED = first_visited("2024-12-02")
FIRST_ON_SITE = {**MEANS, VisitKind.FIRST: ON_SITE}
PERIODIC_ON_SITE = {**MEANS, VisitKind.PERIODIC: ON_SITE}
ARREARS = trigger(since="2025-03-03", days=5, within_month=True)

FIRST_VISITS: dict[str, tuple[dict[str, Any], str]] = {
    "a first visit still to come": ({"on": "2025-01-20", "disbursed_on": "2025-01-15"}, "first 2025-02-14 to 2025-04-15"),
    "a first visit on its last day": ({"on": "2025-04-15", "disbursed_on": "2025-01-15"}, "first 2025-02-14 to 2025-04-15"),
    "a first visit missed by a day is made at once": (
        {"on": "2025-04-16", "disbursed_on": "2025-01-15"},
        "first 2025-02-14 to 2025-04-16 missed on 2025-04-15",
    ),
    "a missed visit waits for the end of a holiday, and no longer": (
        {"on": "2025-05-01", "disbursed_on": "2025-01-15"},
        "first 2025-02-14 to 2025-05-06 missed on 2025-04-15",
    ),
    "on the Sunday a window would have closed it has been missed on the Friday": (
        {"on": "2025-03-23", "disbursed_on": "2024-12-23"},
        "first 2025-01-22 to 2025-03-24 missed on 2025-03-21",
    ),
    "a visit as thorough within the window stands for the first": (
        {"on": "2025-03-20", "disbursed_on": "2025-01-15", "last_visits": visited(phone="2025-02-14", sms="2025-02-14", off_site="2025-02-14")},
        "periodic 2025-07-15 to 2025-08-14",
    ),
    "a visit before the window does not": (
        {"on": "2025-03-20", "disbursed_on": "2025-01-15", "last_visits": visited(phone="2025-02-13", sms="2025-02-13", off_site="2025-02-13")},
        "first 2025-02-14 to 2025-04-15",
    ),
    "a visit before a holiday counts for a window that lies in it": (
        {
            "on": "2025-01-27",
            "disbursed_on": "2025-01-15",
            "first_window": DayWindow(14, 20),
            "last_visits": visited(phone="2025-01-27", sms="2025-01-27", off_site="2025-01-27"),
        },
        "periodic 2025-06-27 to 2025-07-25",
    ),
    "a message in the window does not": (
        {"on": "2025-03-20", "disbursed_on": "2025-01-15", "last_visits": visited(sms="2025-02-20", off_site="2025-02-20")},
        "first 2025-02-14 to 2025-04-15",
    ),
    "a periodic visit stands for the first, though the first would now be made on site": (
        {"on": "2025-07-10", "last_visits": visited(periodic="2025-05-12", phone="2025-05-12"), "means": FIRST_ON_SITE},
        "periodic 2025-10-13 to 2025-11-12",
    ),
    "a periodic visit before the window opens does not": (
        {"on": "2025-01-20", "disbursed_on": "2025-01-15", "last_visits": visited(periodic="2025-01-17", phone="2025-01-17"), "means": FIRST_ON_SITE},
        "first 2025-02-14 to 2025-04-15",
    ),
    "a periodic visit within the window does not either, if the first is made on site": (
        {"on": "2025-03-20", "disbursed_on": "2025-01-15", "last_visits": visited(periodic="2025-03-17", phone="2025-03-17"), "means": FIRST_ON_SITE},
        "first 2025-02-14 to 2025-04-15",
    ),
    "a visit recorded as the first is it, whenever it was made": (
        {"on": "2025-01-20", "disbursed_on": "2025-01-15", "last_visits": first_visited("2025-01-16")},
        "periodic 2025-06-16 to 2025-07-16",
    ),
    "a message recorded as the first is not, if that is a call": (
        {"on": "2025-03-20", "disbursed_on": "2025-01-15", "last_visits": first_visited("2025-02-20", VisitMethod.SMS)},
        "first 2025-02-14 to 2025-04-15",
    ),
    "a loan that matures within the window is visited before it does": (
        {"on": "2025-01-20", "disbursed_on": "2025-01-15", "matures_on": "2025-03-15"},
        "first 2025-02-14 to 2025-03-14",
    ),
    "and if it was not, the visit is still missed the day after": (
        {"on": "2025-03-16", "disbursed_on": "2025-01-15", "matures_on": "2025-03-15"},
        "first 2025-02-14 to 2025-03-17 missed on 2025-03-14",
    ),
    "a valuation on site within the window is no visit": (
        {"on": "2025-03-20", "disbursed_on": "2025-01-15", "last_visits": valued_on_site("2025-02-20")},
        "first 2025-02-14 to 2025-04-15",
    ),
}

PERIODIC_VISITS: dict[str, tuple[dict[str, Any], str]] = {
    "half a year after the last one": ({"on": "2025-01-20", "last_visits": first_visited("2024-08-20")}, "periodic 2025-01-21 to 2025-02-20"),
    "from the end of a long month": ({"on": "2025-01-20", "last_visits": first_visited("2024-08-31")}, "periodic 2025-02-05 to 2025-02-28"),
    "counted from a call, and not from the message that was recorded as periodic after it": (
        {"on": "2025-01-20", "last_visits": first_visited("2024-08-20", periodic=Date(2024, 12, 2), sms=Date(2024, 12, 2))},
        "periodic 2025-01-21 to 2025-02-20",
    ),
    "of a loan that must be seen and never was, counted from the end of the first window": (
        {
            "on": "2024-10-10",
            "interval_months": 1,
            "last_visits": first_visited("2024-05-20", periodic=Date(2024, 10, 8)),
            "means": PERIODIC_ON_SITE,
        },
        "periodic 2024-05-21 to 2024-10-10 missed on 2024-06-20",
    ),
    "counted from an answered signal that was as thorough": (
        {"on": "2025-01-20", "last_visits": visited(first="2024-08-20", triggered="2024-12-02", phone="2024-12-02")},
        "periodic 2025-05-06 to 2025-05-30",
    ),
    "not counted from a lesser one": (
        {"on": "2025-01-20", "last_visits": first_visited("2024-08-20", triggered=Date(2024, 12, 2), sms=Date(2024, 12, 2))},
        "periodic 2025-01-21 to 2025-02-20",
    ),
    "every month, never before the day after the last one": (
        {"on": "2025-02-17", "interval_months": 1, "last_visits": first_visited("2025-02-10")},
        "periodic 2025-02-11 to 2025-03-10",
    ),
    "a loan about to mature is visited once more before": (
        {"on": "2025-01-20", "matures_on": "2025-04-20", "last_visits": CALLED},
        "periodic 2025-03-21 to 2025-04-18",
    ),
    "on the day it matures it has not matured": (
        {"on": "2025-04-21", "matures_on": "2025-04-21", "last_visits": CALLED},
        "periodic 2025-03-24 to 2025-04-21",
    ),
    "a visit missed at maturity is not forgotten the day after": (
        {"on": "2025-04-21", "matures_on": "2025-04-20", "last_visits": CALLED},
        "periodic 2025-03-21 to 2025-04-21 missed on 2025-04-18",
    ),
    "a loan that has matured unpaid is visited on": (
        {"on": "2025-04-21", "matures_on": "2025-04-20", "last_visits": first_visited("2025-03-21")},
        "periodic 2025-08-22 to 2025-09-19",
    ),
}

TRIGGERED_VISITS: dict[str, tuple[dict[str, Any], str]] = {
    "five working days from the signal": ({"on": "2025-03-04", "triggers": (ARREARS,)}, "triggered 2025-03-03 to 2025-03-10"),
    "not after the month in which the signal began": (
        {"on": "2025-03-28", "triggers": (trigger(since="2025-03-27", within_month=True),)},
        "triggered 2025-03-27 to 2025-03-31",
    ),
    "a month that ends in a holiday ends before it": (
        {"on": "2025-01-24", "triggers": (trigger(since="2025-01-24", within_month=True),)},
        "triggered 2025-01-24 to 2025-01-27",
    ),
    "a signal of the last day off of a month is answered on the first working day": (
        {"on": "2026-01-31", "triggers": (trigger(since="2026-01-31", within_month=True),), "last_visits": first_visited("2026-01-05")},
        "triggered 2026-02-02 to 2026-02-02",
    ),
    "and that is its deadline ever after": (
        {"on": "2026-02-03", "triggers": (trigger(since="2026-01-31", within_month=True),), "last_visits": first_visited("2026-01-05")},
        "triggered 2026-02-02 to 2026-02-03 missed on 2026-02-02",
    ),
    "within the month alone": (
        {"on": "2025-03-04", "triggers": (trigger(since="2025-03-03", days=None, within_month=True),)},
        "triggered 2025-03-03 to 2025-03-31",
    ),
    "an undated signal counts from the day of the question": (
        {"on": "2025-03-04", "triggers": (trigger(since=None),)},
        "triggered 2025-03-04 to 2025-03-11",
    ),
    "of two signals the earlier deadline": (
        {"on": "2025-03-04", "triggers": (ARREARS, trigger("contact", since="2025-03-04", days=3))},
        "triggered 2025-03-04 to 2025-03-07",
    ),
    "a missed signal is answered at once": (
        {"on": "2025-03-11", "triggers": (ARREARS,)},
        "triggered 2025-03-03 to 2025-03-11 missed on 2025-03-10",
    ),
    "of two missed ones the visit is made for the one missed first": (
        {"on": "2025-06-20", "triggers": (ARREARS,)},
        "triggered 2025-05-06 to 2025-06-20 missed on 2025-03-10",
    ),
    "a call on the first day of the signal answers it": (
        {"on": "2025-03-04", "triggers": (ARREARS,), "last_visits": first_visited("2024-12-02", phone="2025-03-03")},
        "periodic 2025-08-04 to 2025-09-03",
    ),
    "a call the day before does not": (
        {"on": "2025-03-04", "triggers": (ARREARS,), "last_visits": visited(first="2024-12-02", phone="2025-03-02")},
        "triggered 2025-03-03 to 2025-03-10",
    ),
    "a message does not answer what asks for a call": (
        {"on": "2025-03-04", "triggers": (ARREARS,), "last_visits": first_visited("2024-12-02", sms="2025-03-03")},
        "triggered 2025-03-03 to 2025-03-10",
    ),
    "a call does not answer what asks for a visit on site": (
        {
            "on": "2025-03-04",
            "triggers": (trigger("seizure", "red", since="2025-03-03", days=3, method=VisitMethod.ON_SITE),),
            "last_visits": first_visited("2024-12-02", phone="2025-03-03"),
        },
        "triggered 2025-03-03 to 2025-03-06",
    ),
    "a signal that can wait asks for no visit": (
        {"on": "2025-03-04", "triggers": (trigger(since="2025-03-03", days=None),)},
        "periodic 2025-05-06 to 2025-05-30",
    ),
}

VALUATIONS: dict[str, tuple[dict[str, Any], str]] = {
    "a valuation lasts a year": ({"valued_on": "2024-03-04"}, "revaluation 2025-02-05 to 2025-03-04"),
    "a valuation that ends on a Sunday is renewed by the Friday": ({"valued_on": "2024-03-09"}, "revaluation 2025-02-07 to 2025-03-07"),
    "a valuation that has expired is renewed at once": (
        {"valued_on": "2023-12-18"},
        "revaluation 2024-11-18 to 2025-01-20 missed on 2024-12-18",
    ),
    "a missing one that is due counts from the day it fell due": (
        {"revaluation_is_due": True, "revaluation_since": "2025-01-13"},
        "revaluation 2025-01-13 to 2025-01-26",
    ),
    "a missing one of which nobody recorded since when counts from the day of the question": (
        {"revaluation_is_due": True},
        "revaluation 2025-01-20 to 2025-02-08",
    ),
    "a missing one that is due and late": (
        {"revaluation_is_due": True, "revaluation_since": "2025-01-02"},
        "revaluation 2025-01-02 to 2025-01-20 missed on 2025-01-16",
    ),
    "a missing one that is not due": ({}, "periodic 2025-05-06 to 2025-05-30"),
    "one that a bank asks for before the last expires": (
        {"valued_on": "2024-09-02", "revaluation_is_due": True, "revaluation_since": "2025-01-13"},
        "revaluation 2025-01-13 to 2025-01-26",
    ),
    "one that expires before the bank's own deadline": (
        {"valued_on": "2024-01-22", "revaluation_is_due": True, "revaluation_since": "2025-01-13"},
        "revaluation 2024-12-23 to 2025-01-22",
    ),
    "one that expires on the day of the bank's own deadline": (
        {"valued_on": "2024-01-26", "revaluation_is_due": True, "revaluation_since": "2025-01-13"},
        "revaluation 2024-12-27 to 2025-01-26",
    ),
    "one that has been made since the bank asked": (
        {"valued_on": "2025-01-13", "revaluation_is_due": True, "revaluation_since": "2025-01-13", "interval_months": 12, "last_visits": CALLED},
        "periodic 2025-11-03 to 2025-12-02",
    ),
    "none after the loan matures": ({"valued_on": "2024-12-20", "matures_on": "2025-01-31"}, "periodic 2025-01-02 to 2025-01-27"),
}


@pytest.mark.parametrize(("changes", "expected"), FIRST_VISITS.values(), ids=FIRST_VISITS)
def test_the_first_visit(changes: dict[str, Any], expected: str) -> None:
    assert _schedule(**changes)[0] == expected


@pytest.mark.parametrize(("changes", "expected"), PERIODIC_VISITS.values(), ids=PERIODIC_VISITS)
def test_a_periodic_visit(changes: dict[str, Any], expected: str) -> None:
    assert _schedule(**changes)[0] == expected


@pytest.mark.parametrize(("changes", "expected"), TRIGGERED_VISITS.values(), ids=TRIGGERED_VISITS)
def test_a_triggered_visit(changes: dict[str, Any], expected: str) -> None:
    assert _schedule(**{"last_visits": CALLED, **changes})[0] == expected


@pytest.mark.parametrize(("changes", "expected"), VALUATIONS.values(), ids=VALUATIONS)
def test_a_valuation(changes: dict[str, Any], expected: str) -> None:
    assert _schedule(**{"on": "2025-01-20", "last_visits": CALLED, **changes})[0] == expected


def test_visits_and_valuations_follow_one_another_to_the_horizon() -> None:
    assert _schedule(on="2025-01-20", disbursed_on="2025-01-15", until="2026-06-30", valued_on="2025-01-10") == [
        "first 2025-02-14 to 2025-04-15",
        "periodic 2025-09-15 to 2025-10-15 foreseen",
        "revaluation 2025-12-11 to 2026-01-09",
        "periodic 2026-03-16 to 2026-04-15 foreseen",
    ]


def test_a_loan_is_visited_to_its_maturity_and_not_beyond() -> None:
    assert _schedule(on="2025-01-20", matures_on="2025-10-31", last_visits=CALLED) == [
        "periodic 2025-05-06 to 2025-05-30",
        "periodic 2025-10-09 to 2025-10-31 foreseen",
    ]


def test_a_loan_visited_just_before_it_matures_is_not_visited_again() -> None:
    assert _schedule(on="2025-01-20", matures_on="2025-02-14", last_visits=first_visited("2025-01-15")) == []


def test_a_visit_too_early_for_the_last_one_does_not_stand_for_it() -> None:
    assert _schedule(on="2025-01-20", matures_on="2025-02-14", last_visits=first_visited("2025-01-14")) == ["periodic 2025-01-15 to 2025-02-14"]


def test_a_loan_to_be_repaid_before_its_first_window_is_not_visited() -> None:
    assert _schedule(on="2025-01-20", disbursed_on="2025-01-15", matures_on="2025-02-13") == []


def test_a_loan_to_be_repaid_today_is_not_visited_for_the_first_time_tomorrow() -> None:
    assert _schedule(on="2025-02-13", disbursed_on="2025-01-15", matures_on="2025-02-13") == []


def test_a_loan_to_be_repaid_on_the_day_its_first_window_opens_is_visited() -> None:
    assert _schedule(on="2025-01-20", disbursed_on="2025-01-15", matures_on="2025-02-14") == ["first 2025-02-14 to 2025-02-14"]


def test_a_valuation_is_foreseen_a_year_after_the_one_before() -> None:
    schedule = _schedule(on="2025-01-20", until="2027-06-30", last_visits=CALLED, valued_on="2024-03-04")
    assert [visit for visit in schedule if visit.startswith("revaluation")] == [
        "revaluation 2025-02-05 to 2025-03-04",
        "revaluation 2026-02-02 to 2026-03-04 foreseen",
        "revaluation 2027-02-02 to 2027-03-04 foreseen",
    ]


def test_a_loan_not_repaid_by_then_is() -> None:
    assert _schedule(on="2025-02-14", disbursed_on="2025-01-15", matures_on="2025-02-13")[0] == "first 2025-02-14 to 2025-04-15"


REASONS: dict[str, tuple[dict[str, Any], list[str], list[str]]] = {
    "a first visit": ({"on": "2025-01-20", "disbursed_on": "2025-01-15"}, ["disbursement"], ["disbursement"]),
    "a first visit moved to working days": (
        {"on": "2024-12-20", "disbursed_on": "2024-12-20", "first_window": DayWindow(30, 93)},
        ["disbursement", "rolled_forward"],
        ["disbursement", "rolled_back"],
    ),
    "a window that lies in a holiday is made before it": (
        {"on": "2025-01-15", "disbursed_on": "2025-01-15", "first_window": DayWindow(14, 20)},
        ["disbursement", "rolled_forward", "moved_to_closing"],
        ["disbursement", "rolled_back"],
    ),
    "a signal of the last working day before a holiday that ends the month": (
        {"on": "2025-01-27", "last_visits": CALLED, "triggers": (trigger(since="2025-01-27", within_month=True),)},
        ["signal_began"],
        ["signal_began", "month_end", "rolled_back"],
    ),
    "a missed first visit": ({"on": "2025-04-16", "disbursed_on": "2025-01-15"}, ["disbursement"], ["disbursement", "missed"]),
    "a periodic visit": ({"on": "2025-01-20", "last_visits": first_visited("2024-08-20")}, ["interval", "lead"], ["interval"]),
    "a periodic visit on the day the loan matures": (
        {"on": "2025-01-20", "matures_on": "2025-02-20", "last_visits": first_visited("2024-08-20")},
        ["interval", "lead"],
        ["interval"],
    ),
    "the last visit before a loan matures": (
        {"on": "2025-01-20", "matures_on": "2025-04-20", "last_visits": CALLED},
        ["interval", "maturity", "lead"],
        ["interval", "maturity", "rolled_back"],
    ),
    "a monthly visit": (
        {"on": "2025-02-17", "interval_months": 1, "last_visits": first_visited("2025-02-10")},
        ["interval", "lead", "after_the_last"],
        ["interval"],
    ),
    "a signal": ({"on": "2025-03-04", "last_visits": CALLED, "triggers": (ARREARS,)}, ["signal_began"], ["signal_began", "deadline"]),
    "a signal whose days end with the month": (
        {"on": "2025-03-24", "last_visits": CALLED, "triggers": (trigger(since="2025-03-24", within_month=True),)},
        ["signal_began"],
        ["signal_began", "deadline"],
    ),
    "a signal cut by the month": (
        {"on": "2025-03-28", "last_visits": CALLED, "triggers": (trigger(since="2025-03-27", within_month=True),)},
        ["signal_began"],
        ["signal_began", "month_end"],
    ),
    "an undated signal": (
        {"on": "2025-03-04", "last_visits": CALLED, "triggers": (trigger(since=None),)},
        ["signal_not_dated"],
        ["signal_not_dated", "deadline"],
    ),
    "a signal of the last day off of a month": (
        {"on": "2026-01-31", "triggers": (trigger(since="2026-01-31", within_month=True),), "last_visits": first_visited("2026-01-05")},
        ["signal_began", "rolled_forward"],
        ["signal_began", "month_end", "not_in_the_past"],
    ),
    "a valuation": ({"on": "2025-01-20", "last_visits": CALLED, "valued_on": "2024-03-12"}, ["valuation_expires", "lead"], ["valuation_expires"]),
    "a valuation asked for": (
        {"on": "2025-01-20", "last_visits": CALLED, "revaluation_is_due": True, "revaluation_since": "2025-01-13"},
        ["valuation_due"],
        ["valuation_due", "valuation_deadline"],
    ),
    "a valuation asked for nobody knows since when": (
        {"on": "2025-01-20", "last_visits": CALLED, "revaluation_is_due": True},
        ["valuation_not_dated"],
        ["valuation_not_dated", "valuation_deadline"],
    ),
    "a valuation asked for just before the loan matures": (
        {"on": "2025-01-20", "last_visits": first_visited("2025-01-15"), "revaluation_is_due": True, "matures_on": "2025-01-25"},
        ["valuation_not_dated"],
        ["valuation_not_dated", "valuation_deadline", "maturity", "rolled_back"],
    ),
    "a valuation asked for that has to be made on the day the loan matures": (
        {
            "on": "2025-01-20",
            "last_visits": first_visited("2025-01-15"),
            "revaluation_is_due": True,
            "revaluation_since": "2025-01-13",
            "matures_on": "2025-01-20",
        },
        ["valuation_due"],
        ["valuation_due", "valuation_deadline", "maturity"],
    ),
    "a valuation whose own deadline is the day the loan matures": (
        {
            "on": "2025-01-20",
            "last_visits": first_visited("2025-01-15"),
            "revaluation_is_due": True,
            "revaluation_since": "2025-01-13",
            "matures_on": "2025-01-26",
        },
        ["valuation_due"],
        ["valuation_due", "valuation_deadline"],
    ),
    "a day off beyond the confirmed days, asked about on that day": (
        {"on": "2027-04-10", "disbursed_on": "2027-01-10"},
        ["disbursement"],
        ["disbursement", "not_in_the_past"],
    ),
}


@pytest.mark.parametrize(("changes", "opens", "closes"), REASONS.values(), ids=REASONS)
def test_a_window_says_what_fixed_its_bounds(changes: dict[str, Any], opens: list[str], closes: list[str]) -> None:
    visit = plan(request(**changes)).next
    assert visit is not None
    assert [reason.value for reason in visit.window.opens_because] == opens
    assert [reason.value for reason in visit.window.closes_because] == closes


def test_a_settled_loan_is_not_visited_any_more() -> None:
    assert _schedule(on="2025-01-20", is_settled=True, triggers=(ARREARS,)) == []


@pytest.mark.parametrize("is_settled", [False, True], ids=["owed", "settled"])
def test_a_schedule_says_from_which_day_to_which_it_goes(is_settled: bool) -> None:
    schedule = plan(request(on="2025-01-20", until="2025-12-31", is_settled=is_settled))
    assert (str(schedule.on), str(schedule.until)) == ("2025-01-20", "2025-12-31")


def test_the_interval_begins_with_the_first_visit_however_it_is_made() -> None:
    by_message = {**MEANS, VisitKind.FIRST: attrs.evolve(MEANS[VisitKind.FIRST], method=VisitMethod.SMS)}
    assert _schedule(on="2025-01-20", disbursed_on="2025-01-15", until="2025-12-31", means=by_message) == [
        "first 2025-02-14 to 2025-04-15",
        "periodic 2025-09-15 to 2025-10-15 foreseen",
    ]


@pytest.mark.parametrize(("until", "visits"), [("2025-04-14", 0), ("2025-04-15", 1)], ids=["the day before it closes", "the day it closes"])
def test_a_visit_belongs_to_a_schedule_if_it_closes_by_the_horizon(until: str, visits: int) -> None:
    assert len(_schedule(on="2025-01-20", disbursed_on="2025-01-15", until=until)) == visits


def test_an_overdue_visit_is_kept_beyond_the_horizon() -> None:
    assert _schedule(on="2025-05-01", disbursed_on="2025-01-15", until="2025-05-01") == ["first 2025-02-14 to 2025-05-06 missed on 2025-04-15"]


def test_a_first_visit_replaced_by_a_lesser_one_starts_the_interval_with_that() -> None:
    base = request(on="2025-03-20", disbursed_on="2025-01-15")
    by_message = attrs.evolve(base.means[0], method=VisitMethod.SMS)
    loan = attrs.evolve(base, means=(by_message, *base.means[1:]), last_visits=visited(sms="2025-03-03", off_site="2025-03-03"))
    assert _told(plan(loan).all[0]) == "periodic 2025-08-04 to 2025-09-03"


def test_nobody_visited_is_told_as_no_visits() -> None:
    assert LastVisits.of((), on=request(on="2025-01-20").on) == LastVisits()
