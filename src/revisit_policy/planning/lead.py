"""The days before a calendar-day deadline in which it can be met."""

from __future__ import annotations

from revisit_policy.outcomes.window import BoundReason
from revisit_policy.planning.bounds import RawBounds
from revisit_policy.planning.plan_days import PlanDays
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.values.dates import Date, from_ordinal


def lead_up_to(closes: Date, *, request: PlanRequest, days: PlanDays, since: Date, because: BoundReason) -> RawBounds | None:
    """The bounds of what recurs: the lead before *closes*, which is cut to the day the loan matures.

    A loan about to mature gets one more visit, in the lead before that day, and none after it. Once it has matured
    unpaid, the deadline is no longer cut.

    Args:
        closes: The deadline in calendar days.
        request: What the plan is made from.
        days: Its days.
        since: The last time it was met.
        because: What fixed the deadline.

    Returns:
        ``None`` if it is cut and was met within the lead before the loan matures.
    """
    is_cut = request.on <= request.matures_on < closes
    if is_cut:
        closes = request.matures_on
    raw = RawBounds(
        opens=from_ordinal(closes.toordinal() - request.lead_days),
        closes=closes,
        not_before=from_ordinal(since.toordinal() + 1),
        opens_because=(because, BoundReason.MATURITY, BoundReason.LEAD) if is_cut else (because, BoundReason.LEAD),
        closes_because=(because, BoundReason.MATURITY) if is_cut else (because,),
    )
    return None if is_cut and since >= raw.counts_from(days) else raw
