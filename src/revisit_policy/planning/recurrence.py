"""What is to be done again and again, so many months after the last time."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import attrs

from revisit_policy.outcomes.window import BoundReason, Window
from revisit_policy.planning.errand import Errand
from revisit_policy.planning.obligation import Obligation
from revisit_policy.planning.plan_calendar import PlanCalendar, day_after, months_after
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.planning.raw_bounds import RawBounds
from revisit_policy.planning.today import Today
from revisit_policy.values.dates import Date


@attrs.frozen(kw_only=True)
class Recurrence:
    """An errand that recurs, such as the periodic visit or the valuation.

    It may be done in the lead before its deadline. While the loan runs the deadline is cut to the day it matures: a
    loan about to mature gets one more visit, in the lead before that day, and none after it. Once the loan has matured
    unpaid, the interval goes on.

    Args:
        errand: What recurs.
        months: Calendar months from one time to the next.
        because: What the months are.
    """

    errand: Errand
    months: int
    because: BoundReason

    def once_more(self, since: Date, *, request: PlanRequest, today: Today, is_projection: bool = False) -> Obligation | None:
        """The next time.

        Args:
            since: The last time.
            request: What the plan is made from.
            today: The day of the plan.
            is_projection: Whether the last time is still to come.

        Returns:
            ``None`` if it was done within the lead before the loan matures.
        """
        closes, matures_on = months_after(since, self.months), request.matures_on
        is_cut = today.on <= matures_on < closes
        window = _window(_Deadline(since, matures_on if is_cut else closes, is_cut, request.lead_days, self.because), today.calendar)
        return None if window is None else Obligation(self.errand, today.seen(window), is_projection=is_projection)


class _Deadline(NamedTuple):
    since: Date
    closes: Date
    is_cut: bool
    lead_days: int
    because: BoundReason


@lru_cache(maxsize=2**14)  # most windows of a book are those of other loans, seen from the same last visit
def _window(deadline: _Deadline, calendar: PlanCalendar) -> Window | None:
    because = (deadline.because, BoundReason.MATURITY) if deadline.is_cut else (deadline.because,)
    raw = RawBounds(
        opens=day_after(deadline.closes, -deadline.lead_days),
        closes=deadline.closes,
        not_before=day_after(deadline.since, 1),
        opens_because=(*because, BoundReason.LEAD),
        closes_because=because,
    )
    return None if deadline.is_cut and deadline.since >= raw.counts_from(calendar) else raw.settled(calendar)
