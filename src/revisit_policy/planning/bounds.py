"""The first and the last day of an obligation, moved to working days."""

from __future__ import annotations

from typing import TypeAlias

import attrs

from revisit_policy.outcomes.window import BoundReason
from revisit_policy.planning.plan_days import PlanDays
from revisit_policy.values.dates import Date

Reasons: TypeAlias = tuple[BoundReason, ...]


@attrs.frozen(kw_only=True)
class Bounds:
    """When one obligation can be met, and what fixed that.

    Args:
        opens: The first day, inclusive.
        closes: The last day that is still ahead, inclusive.
        opens_because: What fixed the opening, in order.
        closes_because: What fixed the closing, in order.
        missed_on: The last day in time, if it has passed; *closes* is then the first working day there still is.
    """

    opens: Date
    closes: Date
    opens_because: Reasons
    closes_because: Reasons
    missed_on: Date | None = None

    @property
    def deadline(self) -> Date:
        """The last day in time, passed or not."""
        return self.missed_on or self.closes


@attrs.frozen(kw_only=True)
class RawBounds:
    """Bounds as the calendar days fall.

    Args:
        opens: The first day, inclusive.
        closes: The last day, inclusive.
        not_before: The obligation did not exist before this day. Moving the closing back to a working day stops at the
            first working day from here.
        opens_because: What fixed the opening.
        closes_because: What fixed the closing.
    """

    opens: Date
    closes: Date
    not_before: Date
    opens_because: Reasons
    closes_because: Reasons

    def counts_from(self, days: PlanDays) -> Date:
        """The first day on which a visit meets it: the opening, or the last working day up to the closing if that is earlier."""
        return min(self.opens, days.back(self.closes))

    def settled(self, days: PlanDays, *, on: Date) -> Bounds:
        """The bounds on working days, none of them closing in the past.

        The opening moves forward and the closing back: a holiday never lengthens a deadline. If they cross, the opening
        moves back to the closing.
        """
        opens, opens_because = self._opening(days)
        closes, closes_because = self._closing(days)
        if opens > closes:
            opens, opens_because = closes, (*opens_because, BoundReason.MOVED_TO_CLOSING)
        missed_on = None
        if closes < on:
            missed_on, closes, closes_because = closes, days.soonest, (*closes_because, BoundReason.MISSED)
        elif closes < days.soonest:
            closes, closes_because = days.soonest, (*closes_because, BoundReason.NOT_IN_THE_PAST)
        return Bounds(opens=opens, closes=closes, opens_because=opens_because, closes_because=closes_because, missed_on=missed_on)

    def _opening(self, days: PlanDays) -> tuple[Date, Reasons]:
        opens, because = self.opens, self.opens_because
        if opens < self.not_before:
            opens, because = self.not_before, (*because, BoundReason.AFTER_THE_LAST)
        rolled = days.forward(opens)
        return rolled, because if rolled == opens else (*because, BoundReason.ROLLED_FORWARD)

    def _closing(self, days: PlanDays) -> tuple[Date, Reasons]:
        rolled, because = days.back(self.closes), self.closes_because
        if rolled == self.closes:
            return rolled, because
        if rolled >= self.not_before:
            return rolled, (*because, BoundReason.ROLLED_BACK)
        return days.working_from(self.not_before), (*because, BoundReason.NOT_IN_THE_PAST)
