"""The obligations to answer signals."""

from __future__ import annotations

from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.outcomes.window import BoundReason
from revisit_policy.planning.bounds import RawBounds
from revisit_policy.planning.obligation import Obligation
from revisit_policy.planning.open_trigger import OpenTrigger
from revisit_policy.planning.plan_days import PlanDays
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.values.dates import Date, month_end


def triggered_obligations(request: PlanRequest, days: PlanDays) -> list[Obligation]:
    """One obligation for each trigger that no visit has answered and that asks for a visit of its own, in order."""
    unanswered = (found for found in request.triggers if not found.trigger.deadline.waits_for_next_visit and not _is_answered(found, request))
    return [_obligation(found, request=request, days=days) for found in unanswered]


def waiting_triggers(request: PlanRequest) -> list[OpenTrigger]:
    """The triggers that no visit has answered and that wait for the next one, in order."""
    return [found for found in request.triggers if found.trigger.deadline.waits_for_next_visit and not _is_answered(found, request)]


def _is_answered(found: OpenTrigger, request: PlanRequest) -> bool:
    thorough = request.last_visits.at_least(found.method)
    return thorough is not None and thorough >= (found.since or request.on)


def _obligation(found: OpenTrigger, *, request: PlanRequest, days: PlanDays) -> Obligation:
    return Obligation(
        kind=VisitKind.TRIGGERED,
        bounds=_bounds(found, on=request.on, days=days).settled(days, on=request.on),
        means=found.means,
        reasons=found.reasons,
        trigger=found.trigger,
    )


def _bounds(found: OpenTrigger, *, on: Date, days: PlanDays) -> RawBounds:
    began = found.since or on
    closes, because = _closing(found, began=began, days=days)
    start = BoundReason.SIGNAL_NOT_DATED if found.since is None else BoundReason.SIGNAL_BEGAN
    return RawBounds(opens=began, closes=closes, not_before=began, opens_because=(start,), closes_because=(start, because))


def _closing(found: OpenTrigger, *, began: Date, days: PlanDays) -> tuple[Date, BoundReason]:
    deadline = found.trigger.deadline
    ends = month_end(began)
    if deadline.working_days is None:
        return ends, BoundReason.MONTH_END
    closes = days.after(began, deadline.working_days)
    if deadline.within_month and ends < closes:
        return ends, BoundReason.MONTH_END
    return closes, BoundReason.DEADLINE
