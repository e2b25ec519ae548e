"""What holds for every plan."""

from __future__ import annotations

import pickle
from itertools import pairwise
from typing import TypeVar

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.planning.requests import request, trigger, visited
from tests.planning.strategies import requests, unvisited

from revisit_policy.casefile.visit import Visit
from revisit_policy.outcomes.deadline import Deadline
from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.outcomes.trigger import Trigger
from revisit_policy.outcomes.visit import Finding, VisitKind, VisitMethod
from revisit_policy.outcomes.window import BoundReason
from revisit_policy.planning.last_visits import LastVisits
from revisit_policy.planning.open_trigger import OpenTrigger
from revisit_policy.planning.plan import plan
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.values.dates import Date, add_months, from_ordinal

FORCED = {BoundReason.MISSED, BoundReason.NOT_IN_THE_PAST}
NEVER = Date(9999, 12, 31)
Word = TypeVar("Word")


def _next_closing(request: PlanRequest) -> Date:
    """The next closing whatever the horizon."""
    visit = plan(attrs.evolve(request, until=from_ordinal(request.on.toordinal() + 1500))).next
    return NEVER if visit is None else visit.window.closes


def _soonest(request: PlanRequest) -> Date:
    return request.calendar.provisional().roll_forward(request.on)


def _counts_as_periodic(visit: Revisit, request: PlanRequest) -> bool:
    regular = {VisitKind.FIRST, VisitKind.PERIODIC} & set(visit.serves)
    return bool(regular) or (set(visit.serves) != {VisitKind.REVALUATION} and visit.method >= request.means_of(VisitKind.PERIODIC).method)


@given(requests())
def test_a_window_opens_falls_due_and_closes_in_this_order(request: PlanRequest) -> None:
    for visit in plan(request).all:
        assert visit.window.opens <= visit.window.due <= visit.window.closes
        assert request.on <= visit.window.due
        assert visit.result.earliest <= visit.result.expected <= visit.result.latest
        assert visit.window.closes < visit.result.latest


@given(requests())
def test_a_closing_is_a_working_day_where_the_calendar_is_confirmed(request: PlanRequest) -> None:
    first, last = request.calendar.confirmed
    for visit in plan(request).all:
        bounds = [day for day in (visit.window.due, visit.window.closes) if first <= day <= last]
        assert all(map(request.calendar.is_working, bounds))
        assert (visit.window.basis.value == "confirmed") is (first <= visit.window.opens and visit.window.closes <= last)


@given(requests())
def test_visits_close_one_after_the_other_within_the_horizon(request: PlanRequest) -> None:
    schedule = plan(request)
    assert all(earlier.window.closes < later.window.closes for earlier, later in pairwise(schedule.all))
    assert all(visit.window.closes <= request.until for visit in schedule.revisits)


@given(requests())
def test_an_overdue_visit_is_the_first_and_can_be_made_at_once(request: PlanRequest) -> None:
    schedule = plan(request)
    assert len(schedule.overdue) <= 1
    for visit in schedule.overdue:
        assert visit.window.missed_on is not None
        assert visit.window.missed_on < request.on
        assert visit.window.closes == _soonest(request)


@given(requests())
def test_no_gap_is_longer_than_the_interval(request: PlanRequest) -> None:
    assert request.interval_months is not None
    visits = plan(request).all
    start = next((place for place, visit in enumerate(visits) if {VisitKind.FIRST, VisitKind.PERIODIC} & set(visit.serves)), len(visits))
    counted = [visit for visit in visits[start:] if _counts_as_periodic(visit, request)]
    for earlier, later in pairwise(counted):
        longest = add_months(earlier.window.closes, request.interval_months)
        assert later.window.closes <= longest or FORCED & set(later.window.closes_because)


@given(requests())
def test_visits_go_on_to_the_horizon_or_to_maturity(request: PlanRequest) -> None:
    visits = [visit for visit in plan(request).all if _counts_as_periodic(visit, request)]
    assume(any({VisitKind.FIRST, VisitKind.PERIODIC} & set(visit.serves) for visit in visits))
    assert request.interval_months is not None
    ends = add_months(visits[-1].window.closes, request.interval_months)
    assert ends > request.until or request.on <= request.matures_on <= ends or request.calendar.provisional().roll_back(ends) < ends


@given(requests())
def test_the_first_visit_lies_inside_its_window_unless_that_was_missed(request: PlanRequest) -> None:
    start = request.disbursed_on.toordinal()
    assert request.first_window is not None
    for visit in plan(request).all:
        if VisitKind.FIRST in visit.serves and not FORCED & set(visit.window.closes_because):
            assert visit.window.closes <= from_ordinal(start + request.first_window.last)
            moved = BoundReason.MOVED_TO_CLOSING in visit.window.opens_because
            assert moved or visit.window.opens >= from_ordinal(start + request.first_window.first)


@given(requests(is_dated=True))
def test_asked_again_tomorrow_the_deadline_is_the_same(request: PlanRequest) -> None:
    today = plan(request).next
    tomorrow = from_ordinal(request.on.toordinal() + 1)
    assume(today is not None)
    later = plan(attrs.evolve(request, on=tomorrow, until=max(tomorrow, request.until))).next
    assert today is not None
    assert later is not None
    if today.window.missed_on is not None:
        assert later.window.missed_on == today.window.missed_on
    elif today.window.closes >= tomorrow:
        assert later.window.closes == today.window.closes
    elif BoundReason.NOT_IN_THE_PAST not in today.window.closes_because:
        assert later.window.missed_on == today.window.closes


@given(requests())
def test_the_next_visit_does_not_depend_on_the_horizon(request: PlanRequest) -> None:
    for days in (0, 30, 3000):
        shorter = plan(attrs.evolve(request, until=from_ordinal(request.on.toordinal() + days)))
        if shorter.next is not None and plan(request).next is not None:
            assert shorter.next == plan(request).next


@given(requests(), st.integers(1, 60))
def test_a_signal_that_began_earlier_never_delays_the_next_closing(request: PlanRequest, days: int) -> None:
    loan = unvisited(request)
    earlier = tuple(attrs.evolve(found, since=from_ordinal((found.since or loan.on).toordinal() - days)) for found in loan.triggers)
    assert _next_closing(attrs.evolve(loan, triggers=earlier)) <= _next_closing(loan)


@given(requests(), st.integers(1, 12))
def test_a_shorter_interval_never_delays_the_next_closing(request: PlanRequest, months: int) -> None:
    assert request.interval_months is not None
    shorter = attrs.evolve(request, interval_months=min(months, request.interval_months))
    assert _next_closing(shorter) <= _next_closing(request)


def _stricter(found: OpenTrigger, days: int) -> OpenTrigger:
    was = found.trigger.deadline
    deadline = Deadline(days if was.working_days is None else min(days, was.working_days), within_month=was.within_month or days % 2 == 0)
    return attrs.evolve(found, trigger=Trigger(found.trigger.code, found.trigger.level, deadline))


@given(requests(), st.integers(1, 15))
def test_a_stricter_deadline_never_delays_the_next_closing(request: PlanRequest, days: int) -> None:
    stricter = attrs.evolve(request, triggers=tuple(_stricter(found, days) for found in request.triggers))
    assert _next_closing(stricter) <= _next_closing(request)


@given(requests(), st.integers(1, 400))
def test_an_earlier_valuation_never_delays_the_next_closing(request: PlanRequest, days: int) -> None:
    assume(request.valued_on is not None)
    assert request.valued_on is not None
    earlier = attrs.evolve(request, valued_on=from_ordinal(request.valued_on.toordinal() - days))
    assert _next_closing(earlier) <= _next_closing(request)


@given(requests())
def test_one_more_trigger_never_delays_the_next_closing(request: PlanRequest) -> None:
    assert _next_closing(request) <= _next_closing(attrs.evolve(request, triggers=request.triggers[1:]))


@given(requests(), st.data())
def test_a_completed_visit_discharges_what_it_serves(request: PlanRequest, data: st.DataObject) -> None:
    visit = plan(request).next
    assume(visit is not None)
    assert visit is not None
    on = _completed(visit, request, data)
    made = [Visit(kind=kind, method=visit.method, completed_on=on, finding=Finding.SATISFACTORY) for kind in visit.serves]
    triggers = tuple(attrs.evolve(found, since=found.since or request.on) for found in request.triggers)
    valued_on = on if VisitKind.REVALUATION in visit.serves else request.valued_on
    after = attrs.evolve(
        request,
        on=on,
        until=from_ordinal(on.toordinal() + 60),
        triggers=triggers,
        valued_on=valued_on,
        revaluation_is_due=request.revaluation_is_due and VisitKind.REVALUATION not in visit.serves,
        last_visits=_with(request.last_visits, made),
    )
    for later in plan(after).all:
        assert not set(visit.triggers) & set(later.triggers) or _has_others(visit, request)
        assert VisitKind.FIRST not in later.serves or VisitKind.FIRST not in visit.serves
        if VisitKind.PERIODIC in visit.serves or VisitKind.REVALUATION in visit.serves:
            assert later.window.closes > on or set(later.serves) - set(visit.serves)


def _completed(visit: Revisit, request: PlanRequest, data: st.DataObject) -> Date:
    first = max(visit.window.opens, request.on).toordinal()
    return data.draw(st.integers(first, visit.window.closes.toordinal()).map(from_ordinal))


def _with(last: LastVisits, made: list[Visit]) -> LastVisits:
    """The *last* visits with those *made* since: what was visited before of another kind, or by another method, stays visited."""
    new = LastVisits.of(made, on=made[0].completed_on)
    return LastVisits(kinds=_updated(last.kinds, new.kinds), methods=_updated(last.methods, new.methods))


def _updated(former: tuple[tuple[Word, Date], ...], later: tuple[tuple[Word, Date], ...]) -> tuple[tuple[Word, Date], ...]:
    return tuple({**dict(former), **dict(later)}.items())


def test_a_visit_by_a_lesser_method_brings_back_no_signal_that_was_answered_before() -> None:
    answered = trigger("arrears", since="2027-03-17", days=None, within_month=True, method=VisitMethod.SMS)
    fresh = trigger("contact", since="2027-04-16", days=1, method=VisitMethod.OFF_SITE)
    before = request(on="2027-04-17", triggers=(answered, fresh), last_visits=visited(first="2027-03-17", sms="2027-03-17"))
    checked = Visit(kind="triggered", method=VisitMethod.OFF_SITE, completed_on="2027-04-19", finding="satisfactory")
    after = attrs.evolve(before, on=checked.completed_on, last_visits=_with(before.last_visits, [checked]))
    assert [visit.triggers for visit in plan(before).all if visit.triggers] == [("contact",)]
    assert not any(visit.triggers for visit in plan(after).all)


def _has_others(visit: Revisit, request: PlanRequest) -> bool:
    """Whether the visit was too light for a trigger with a code that it answers elsewhere, or came before its signal."""
    return any(found.trigger.code.value in visit.triggers and found.method > visit.method for found in request.triggers)


@given(requests())
def test_nothing_opens_or_recurs_after_maturity_while_the_loan_runs(request: PlanRequest) -> None:
    assume(request.on <= request.matures_on)
    for visit in plan(request).all:
        # what has been missed is made up for on the first working day there is, which may be the day after a loan matures on a holiday
        assert visit.window.opens <= request.matures_on or (visit.is_overdue and visit.window.opens == visit.window.closes)
        if set(visit.serves) <= {VisitKind.PERIODIC, VisitKind.REVALUATION}:
            assert visit.window.closes <= request.matures_on or FORCED & set(visit.window.closes_because)


@given(requests())
def test_only_what_rests_on_a_visit_still_to_be_made_is_a_projection(request: PlanRequest) -> None:
    visits = plan(request).all
    for visit in visits[:1]:
        assert not visit.is_projection
    for visit in visits:
        assert not visit.is_projection or set(visit.serves) <= {VisitKind.PERIODIC, VisitKind.REVALUATION}


@given(requests())
def test_every_visit_has_a_reason_and_serves_its_own_kind_first(request: PlanRequest) -> None:
    for visit in plan(request).all:
        assert visit.reasons
        assert visit.serves[0] is visit.kind
        assert visit.window.opens_because
        assert visit.window.closes_because
        assert (VisitKind.TRIGGERED in visit.serves) <= bool(visit.triggers)


@given(requests())
def test_a_request_and_its_schedule_are_values(request: PlanRequest) -> None:
    schedule = plan(request)
    assert pickle.loads(pickle.dumps(schedule)) == schedule == plan(attrs.evolve(request))
    assert hash(request) == hash(attrs.evolve(request))


@given(requests())
def test_a_settled_loan_is_not_visited(request: PlanRequest) -> None:
    assert plan(attrs.evolve(request, is_settled=True)).all == ()


@pytest.mark.parametrize("unconfirmed", ["2031-05-01", "2198-12-01"])
@given(request=requests())
def test_a_plan_beyond_the_calendar_is_made_all_the_same(unconfirmed: str, request: PlanRequest) -> None:
    year = int(unconfirmed[:4])
    later = attrs.evolve(request, on=Date(year, 5, 1), until=Date(year + 3, 5, 1))
    assert all(visit.result.basis.value == "provisional" for visit in plan(later).all)


@given(requests())
def test_no_bound_of_anything_that_has_to_be_done_lies_before_the_disbursement(request: PlanRequest) -> None:
    schedule = plan(request)
    for visit in schedule.all:
        window = visit.window
        assert min(window.opens, window.due, window.closes) >= request.disbursed_on
        assert window.missed_on is None or window.missed_on >= request.disbursed_on
