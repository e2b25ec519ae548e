"""The obligation to visit again after an interval."""

from __future__ import annotations

from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.outcomes.window import BoundReason
from revisit_policy.planning.lead import lead_up_to
from revisit_policy.planning.obligation import Obligation
from revisit_policy.planning.plan_days import PlanDays
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.values.dates import Date, add_months, from_ordinal


def periodic_obligation(request: PlanRequest, days: PlanDays, *, since: Date, is_projection: bool = False) -> Obligation | None:
    """The next periodic visit; ``None`` if the loan matures first and its last visit has been made.

    Args:
        request: What the plan is made from.
        days: Its days.
        since: The day the interval is counted from.
        is_projection: Whether the visit of that day is still to be made.
    """
    closes = add_months(since, request.interval_months)
    raw = lead_up_to(closes, request=request, days=days, since=since, because=BoundReason.INTERVAL)
    if raw is None:
        return None
    means = request.means_of(VisitKind.PERIODIC)
    return Obligation(
        kind=VisitKind.PERIODIC,
        bounds=raw.settled(days, on=request.on),
        means=means,
        reasons=request.interval_reasons,
        is_projection=is_projection,
    )


def last_counted_visit(request: PlanRequest) -> Date:
    """The day the interval is counted from, given that the first visit has been made.

    It is the last visit recorded as first or periodic, or as thorough as a periodic one has to be. If the first visit
    was replaced by one less thorough than that, it is the end of the first window, or that visit if it came earlier.
    """
    last = request.last_visits
    counted = [day for day in (last.first, last.periodic, last.at_least(request.means_of(VisitKind.PERIODIC).method)) if day is not None]
    if counted:
        return max(counted)
    window_closes = from_ordinal(request.disbursed_on.toordinal() + request.first_window.last)
    replaced = last.at_least(request.means_of(VisitKind.FIRST).method)
    return window_closes if replaced is None else min(window_closes, replaced)
