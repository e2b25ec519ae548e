"""Day counters: how many days an unpaid instalment is past due, and on which day it will be so many.

Days are ordinals here, because a loan asks for thousands of them.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

import attrs

from revisit_policy.servicing.arrears.arrears_convention import DAYS_OF_A_MONTH, DayCount
from revisit_policy.servicing.arrears.pause import Pause
from revisit_policy.values.dates import add_months, from_ordinal, months_elapsed

_SHORTER: Final = 3
"""Days by which so many months can be shorter than 30 days each, with the due day that counts: a February is two short."""

_SHORTEST_MONTH: Final = 28


@attrs.frozen(kw_only=True)
class DayCounter:
    """Counts under one convention, around the pauses of one loan.

    Args:
        count: What is counted.
        due_day: What the due day itself counts, 0 or 1.
        pauses: In order, none overlapping.
        until: The last day that is asked about.
    """

    count: DayCount
    due_day: int
    pauses: tuple[tuple[int, int], ...]
    until: int

    def days(self, due: int, on: int) -> int:
        """The days that what was due on *due* and is unpaid at the end of *on* is past due."""
        first = due + 1 - self.due_day
        if on < first:
            return 0
        end = on + self.due_day - self._paused(first, on)
        if self.count is DayCount.CALENDAR_DAYS:
            return end - due
        since = from_ordinal(due)
        months = months_elapsed(since, from_ordinal(end))
        begun = end - add_months(since, months).toordinal()
        return DAYS_OF_A_MONTH * months + min(begun, DAYS_OF_A_MONTH - 1)

    def reaching(self, due: int, days: int) -> int:
        """The first day on which it is at least so many days past due; a day after *until* if it is not so many by then."""
        if due > self.until:
            return due
        if self.count is DayCount.CALENDAR_DAYS and not self.pauses:
            return min(due + max(0, days - self.due_day), self.until + 1)
        earliest = max(due, due + days - _SHORTER)
        latest = due + days + days // _SHORTEST_MONTH + sum(max(0, resumes - begins) for begins, resumes in self.pauses)
        between = range(earliest, min(latest, self.until) + 1)
        return earliest + bisect_left(between, days, key=lambda on: self.days(due, on)) if between else self.until + 1

    def _paused(self, first: int, last: int) -> int:
        """The paused days from *first* to *last*, both inclusive."""
        return sum(max(0, min(resumes, last + 1) - max(begins, first)) for begins, resumes in self.pauses)


def counted_pauses(pauses: tuple[Pause, ...], *, until: int) -> tuple[tuple[int, int], ...]:
    """The pauses as ordinals, first day inclusive, last exclusive; one without end lasts beyond *until*."""
    return tuple((pause.begins_on.toordinal(), until + 1 if pause.resumes_on is None else pause.resumes_on.toordinal()) for pause in pauses)
