"""The visits that answer signals."""

from __future__ import annotations

from typing import NamedTuple

from tests.planning.former.errands import answering
from tests.planning.former.obligation import Obligation

from revisit_policy.outcomes.window import BoundReason, Window
from revisit_policy.planning.open_trigger import OpenTrigger
from revisit_policy.planning.plan_calendar import PlanCalendar
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.planning.raw_bounds import RawBounds
from revisit_policy.planning.today import Today
from revisit_policy.values.dates import Date, month_end


def triggered_visits(request: PlanRequest, today: Today) -> list[Obligation]:
    """One for each trigger that no visit has answered and that asks for a visit of its own, in order."""
    visits = (_visit(found, request=request, today=today) for found in request.triggers if not found.waits)
    return [visit for visit in visits if visit is not None]


def waiting_triggers(request: PlanRequest) -> list[OpenTrigger]:
    """The triggers that no visit has answered and that wait for the next one, in order."""
    return [found for found in request.triggers if found.waits and _began(found, request) is not None]


def _began(found: OpenTrigger, request: PlanRequest) -> tuple[Date, bool] | None:
    return found.began(answered_on=request.last_visits.at_least(found.method), on=request.on)


def _visit(found: OpenTrigger, *, request: PlanRequest, today: Today) -> Obligation | None:
    began, deadline = _began(found, request), found.trigger.deadline
    if began is None:
        return None
    since, is_dated = began
    disbursed_on = request.disbursed_on
    asked = _Asked(max(since, disbursed_on), is_dated, since < disbursed_on, deadline.working_days, deadline.within_month)
    return Obligation(answering(found, request=request, memory=today.memory), today.seen(_window(asked, today)))


class _Asked(NamedTuple):
    began: Date
    is_dated: bool
    is_early: bool
    working_days: int | None
    within_month: bool


def _window(asked: _Asked, today: Today) -> Window:
    """Signals of a book begin on the same few days."""
    key = (asked, today.calendar.token)
    found: Window | None = today.memory.windows.find(key)
    return today.memory.windows.keep(key, _settled(asked, today.calendar)) if found is None else found


def _settled(asked: _Asked, calendar: PlanCalendar) -> Window:
    closes, because = _closing(asked, calendar)
    start = BoundReason.SIGNAL_BEGAN if asked.is_dated else BoundReason.SIGNAL_NOT_DATED
    began = (start, BoundReason.NOT_BEFORE_DISBURSEMENT) if asked.is_early else (start,)
    raw = RawBounds(opens=asked.began, closes=closes, not_before=asked.began, opens_because=began, closes_because=(*began, because))
    return raw.settled(calendar)


def _closing(asked: _Asked, calendar: PlanCalendar) -> tuple[Date, BoundReason]:
    ends = month_end(asked.began)
    if asked.working_days is None:
        return ends, BoundReason.MONTH_END
    closes = calendar.after(asked.began, asked.working_days)
    if asked.within_month and ends < closes:
        return ends, BoundReason.MONTH_END
    return closes, BoundReason.DEADLINE
