"""Crowds: the days that prove how busy an office has to be."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

import attrs

from revisit_policy.values.dates import Date
from revisit_policy.workload.due_visit import DueVisit


@attrs.frozen(kw_only=True)
class Crowd:
    """Visits that can be made on no other days than those from *first* to *last*.

    Hall's condition for intervals: what fits into no other days needs room in these. One crowd is a proof that anybody
    can check by counting, with `holds_for`.

    Args:
        first: The first day, inclusive; a working day.
        last: The last day, inclusive; a working day.
        days: The working days from the first to the last.
        officers: Officer-days that visits need whose windows lie wholly within them.
        skill: Counted are only visits that need it; ``None`` if all are.
        room: Officer-days there are on these days; ``None`` where no capacity was given.
    """

    first: Date
    last: Date
    days: int
    officers: int
    skill: str | None = None
    room: int | None = None

    @property
    def least_peak(self) -> int:
        """The fewest officers that some day of these needs, however the visits are spread."""
        return ceil(self.officers / self.days)

    @property
    def is_impossible(self) -> bool:
        """Whether the visits need more than there is."""
        return self.room is not None and self.officers > self.room

    def holds_for(self, visits: Iterable[DueVisit], *, working_days: Iterable[Date]) -> bool:
        """Whether the figures are true of *visits*, counted anew.

        Args:
            visits: All visits of the office.
            working_days: The days on which it works, in any order.
        """
        days = [day for day in working_days if self.first <= day <= self.last]
        needed = 0
        for visit in visits:
            if self.skill is not None and visit.skill != self.skill:
                continue
            possible = [day for day in working_days if visit.opens <= day <= visit.closes]
            if possible and self.first <= min(possible) and max(possible) <= self.last:
                needed += 1 if self.skill is not None else visit.officers
        return len(days) == self.days and needed == self.officers
