"""Horizons: how far ahead the visits of a frame are planned, by which working days, and what beside them."""

from __future__ import annotations

import attrs

from revisit_policy.values.dates import Date
from revisit_policy.values.working_days import WorkCalendar


@attrs.frozen(kw_only=True)
class Horizon:
    """What a plan of visits depends on besides the policy and the day.

    Args:
        until: The last day of the schedule, inclusive; the horizon of the policy if ``None``.
        calendar: The working days; the policy's own if ``None``.
        is_alone: Whether nothing is put out but the visits.
        has_duties: Whether what a desk has to do is planned beside them.
    """

    until: Date | None = None
    calendar: WorkCalendar | None = None
    is_alone: bool = False
    has_duties: bool = False
