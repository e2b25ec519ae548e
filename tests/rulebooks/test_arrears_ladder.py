"""The steps of arrears: by which means, how soon, and what besides; what is done at one step does not stand in for the next."""

from __future__ import annotations

from typing import Any, Final

import pytest
from tests.rulebooks.loans import FIRST, decide

from revisit_policy import Measure, Visit, VisitKind, VisitMethod
from revisit_policy.values import Date, from_ordinal

ON: Final = Date(2026, 11, 24)
M, BY = Measure, VisitMethod

#: Days past due, by which means the borrower is reached, officers, and what the step asks besides.
LADDER: Final = {
    "a day late: a message": (1, BY.SMS, 1, {M.REMIND}),
    "a week late: a message": (7, BY.SMS, 1, {M.REMIND}),
    "more than a week: a call": (8, BY.PHONE, 1, {M.REMIND}),
    "thirty days: a call": (30, BY.PHONE, 1, {M.REMIND}),
    "more than thirty days: a call and a letter": (31, BY.PHONE, 1, {M.DEMAND_LETTER}),
    "sixty days: a call and a letter": (60, BY.PHONE, 1, {M.DEMAND_LETTER}),
    "more than sixty days: a visit on site": (61, BY.ON_SITE, 2, {M.DEMAND_LETTER}),
    "ninety days: a visit on site": (90, BY.ON_SITE, 2, {M.DEMAND_LETTER}),
    "more than ninety days: special assets, who go there when they take over": (91, BY.ON_SITE, 2, {M.HAND_OVER}),
    "a loss is expected: on site before it is disposed of": (361, BY.ON_SITE, 2, {M.HAND_OVER, M.DEBT_ASSET_SWAP}),
}


def visit(kind: VisitKind, by: VisitMethod, days_ago: int) -> Visit:
    return Visit(kind=kind, method=by, completed_on=from_ordinal(ON.toordinal() - days_ago), finding="satisfactory")


def asked(days: int, *made: Visit) -> Any:
    """The decision on somebody who was called five days before the first day past due, and the visit that arrears ask for, if one is open."""
    decision = decide(str(ON), visits=(FIRST, visit(VisitKind.PERIODIC, BY.PHONE, days + 5), *made), days_past_due=days, missed_consecutive=days // 31 + 1, valued_on="2026-09-01")
    return decision, next((found for found in decision.schedule.all if VisitKind.TRIGGERED in found.serves), None)


@pytest.mark.parametrize(("days", "by", "officers", "besides"), LADDER.values(), ids=LADDER)
def test_a_step_of_arrears_has_its_means(days: int, by: VisitMethod, officers: int, besides: set[Measure]) -> None:
    decision, found = asked(days)
    assert (found.method, found.officers) == (by, officers)
    assert besides <= {step.measure for step in decision.measures}


@pytest.mark.parametrize(
    ("days", "by", "next_by"),
    [
        pytest.param(7, BY.SMS, None, id="a message that was sent is enough for a week"),
        pytest.param(8, BY.SMS, BY.PHONE, id="and is no call"),
        pytest.param(30, BY.PHONE, None, id="a call is enough for thirty days"),
        pytest.param(90, BY.PHONE, BY.ON_SITE, id="and is no visit on site"),
        pytest.param(90, BY.ON_SITE, None, id="one visit on site is enough until the hand-over"),
    ],
)
def test_what_is_done_at_one_step_lasts_until_the_next(days: int, by: VisitMethod, next_by: VisitMethod | None) -> None:
    _, found = asked(days, visit(VisitKind.TRIGGERED, by, 1))
    assert (None if found is None else found.method) is next_by


def test_a_step_is_not_late_on_the_day_on_which_it_begins() -> None:
    for days, by in ((8, BY.SMS), (31, BY.PHONE), (61, BY.PHONE), (91, BY.ON_SITE)):
        _, found = asked(days, visit(VisitKind.TRIGGERED, by, 1))
        assert found.window.missed_on is None, days


def test_a_bad_loan_that_was_seen_is_looked_at_by_its_file_each_quarter() -> None:
    decision, found = asked(300, visit(VisitKind.TRIGGERED, BY.ON_SITE, 60))
    assert found is None
    assert decision.interval_months == 3
    assert {planned.method for planned in decision.schedule.all} == {BY.OFF_SITE}
