"""The visits that answer signals."""

from __future__ import annotations

from revisit_policy.outcomes.window import BoundReason
from revisit_policy.planning.errand import Errand
from revisit_policy.planning.obligation import Obligation
from revisit_policy.planning.open_trigger import OpenTrigger
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.planning.raw_bounds import RawBounds
from revisit_policy.planning.today import Today
from revisit_policy.values.dates import Date, month_end


def triggered_visits(request: PlanRequest, today: Today) -> list[Obligation]:
    """One for each trigger that no visit has answered and that asks for a visit of its own, in order."""
    return [_visit(found, request=request, today=today) for found in request.triggers if not (found.waits or _is_answered(found, request))]


def waiting_triggers(request: PlanRequest) -> list[OpenTrigger]:
    """The triggers that no visit has answered and that wait for the next one, in order."""
    return [found for found in request.triggers if found.waits and not _is_answered(found, request)]


def _is_answered(found: OpenTrigger, request: PlanRequest) -> bool:
    thorough = request.last_visits.at_least(found.method)
    return thorough is not None and thorough >= (found.since or request.on)


def _visit(found: OpenTrigger, *, request: PlanRequest, today: Today) -> Obligation:
    window = _bounds(found, today).settled(today.calendar)
    return Obligation(Errand.answering(found, request=request), today.seen(window))


def _bounds(found: OpenTrigger, today: Today) -> RawBounds:
    began = found.since or today.on
    start = BoundReason.SIGNAL_NOT_DATED if found.since is None else BoundReason.SIGNAL_BEGAN
    closes, because = _closing(found, began=began, today=today)
    return RawBounds(opens=began, closes=closes, not_before=began, opens_because=(start,), closes_because=(start, because))


def _closing(found: OpenTrigger, *, began: Date, today: Today) -> tuple[Date, BoundReason]:
    deadline, ends = found.trigger.deadline, month_end(began)
    if deadline.working_days is None:
        return ends, BoundReason.MONTH_END
    closes = today.calendar.after(began, deadline.working_days)
    if deadline.within_month and ends < closes:
        return ends, BoundReason.MONTH_END
    return closes, BoundReason.DEADLINE
