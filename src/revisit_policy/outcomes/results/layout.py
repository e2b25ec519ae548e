"""How many working days after a visit each of the days of its result comes: laid out once for all visits that are owed alike."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate

import attrs

from revisit_policy.outcomes.results.stage_limit import StageLimit, limits_of
from revisit_policy.outcomes.turnaround import TurnaroundPart


@attrs.frozen(eq=False)  # shared between plans, and a key in them
class Layout:
    """The limits of all days, and how many working days after the visit each of them comes.

    Args:
        limits: One a day, in order.
    """

    limits: tuple[StageLimit, ...]

    @classmethod
    def of(cls, parts: Iterable[TurnaroundPart]) -> Layout:
        """All *parts* by their days."""
        return cls(limits_of(parts))

    @cached_property
    def parts(self) -> tuple[TurnaroundPart, ...]:
        """The steps of all days, in order."""
        return tuple(part for limit in self.limits for part in limit.parts)

    @cached_property
    def usual(self) -> tuple[int, ...]:
        """Working days from the visit to each day, without what may be needed."""
        return tuple(accumulate(limit.working_days for limit in self.limits))

    @cached_property
    def longest(self) -> tuple[int, ...]:
        """Working days from the visit to each day, with everything that may be needed."""
        return tuple(accumulate(limit.longest for limit in self.limits))
