"""Office plans: the visits of one office with their days, and how good the plan is."""

from __future__ import annotations

from collections import Counter

import attrs

from revisit_policy.values.brief import few_of
from revisit_policy.values.dates import Date
from revisit_policy.workload.crowd import Crowd
from revisit_policy.workload.due_visit import DueVisit


@attrs.frozen
class PlannedVisit:
    """A visit and the day it is to be made."""

    visit: DueVisit
    on: Date


@attrs.frozen(kw_only=True)
class OfficePlan:
    """The visits of one office on working days inside their windows.

    Args:
        office: Which office; ``None`` for a bank with one.
        planned: Every visit that found a day, by day, the more urgent first.
        unplaced: Those that found none. Empty unless a capacity was given.
        crowd: The interval of days that needs most: it proves the least peak, or that the capacity is too small. ``None``
            if there is nothing to plan.
    """

    office: str | None
    planned: tuple[PlannedVisit, ...] = attrs.field(repr=few_of)
    unplaced: tuple[DueVisit, ...] = attrs.field(default=(), repr=few_of)
    crowd: Crowd | None

    @property
    def by_day(self) -> dict[Date, int]:
        """Officers at work on every day that has visits, in order of days."""
        return dict(sorted(_officers(self.planned).items()))

    @property
    def peak(self) -> int:
        """Officers at work on the busiest day."""
        return max(_officers(self.planned).values(), default=0)

    @property
    def at_least(self) -> int:
        """The peak that no plan of all these visits can be below, as the crowd proves."""
        widest = max((planned.visit.officers for planned in self.planned), default=0)
        return max(widest, 0 if self.crowd is None else self.crowd.least_peak)

    @property
    def gap(self) -> int:
        """How far the peak lies above what is proved; 0 says that no plan is better."""
        return max(0, self.peak - self.at_least)

    @property
    def is_impossible(self) -> bool:
        """Whether the crowd proves that the capacity is too small for all visits."""
        return self.crowd is not None and self.crowd.is_impossible


def _officers(planned: tuple[PlannedVisit, ...]) -> Counter[Date]:
    officers: Counter[Date] = Counter()
    for each in planned:
        officers[each.on] += each.visit.officers
    return officers
