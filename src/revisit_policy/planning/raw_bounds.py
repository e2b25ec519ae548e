"""The first and the last day of an obligation as the calendar days fall."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

import attrs

from revisit_policy.outcomes.window import BoundReason, Window
from revisit_policy.planning.plan_calendar import PlanCalendar, halfway
from revisit_policy.values.dates import Date

Reasons: TypeAlias = tuple[BoundReason, ...]


@attrs.frozen(kw_only=True, cache_hash=True)  # many loans have the same, and windows are looked up by them
class RawBounds:
    """Bounds before they are moved to working days.

    Args:
        opens: The first day, inclusive.
        closes: The last day, inclusive.
        not_before: The obligation did not exist before this day. Neither bound lies before it, and moving the closing
            back to a working day stops at the first working day from here.
        opens_because: What fixed the opening.
        closes_because: What fixed the closing.
    """

    opens: Date
    closes: Date
    not_before: Date
    opens_because: Reasons
    closes_because: Reasons

    @classmethod
    def since(cls, disbursed_on: Date, raw: RawBounds) -> RawBounds:
        """The bounds *raw*, none of them before the loan was paid out."""
        if raw.opens >= disbursed_on and raw.not_before >= disbursed_on:
            return raw
        late = (BoundReason.NOT_BEFORE_DISBURSEMENT,)
        return cls(
            opens=max(raw.opens, disbursed_on),
            closes=max(raw.closes, disbursed_on),
            not_before=max(raw.not_before, disbursed_on),
            opens_because=raw.opens_because if raw.opens >= disbursed_on else (*raw.opens_because, *late),
            closes_because=raw.closes_because if raw.closes >= disbursed_on else (*raw.closes_because, *late),
        )

    def counts_from(self, calendar: PlanCalendar) -> Date:
        """The first day on which a visit meets it: the opening, or the last working day up to the closing if that is earlier."""
        return min(self.opens, calendar.back(self.closes))

    def settled(self, calendar: PlanCalendar) -> Window:
        """The window on working days, as it stands before it opens.

        The opening moves forward and the closing back: a holiday never lengthens a deadline. If they cross, the opening
        moves back to the closing.
        """
        opens, opens_because = self._opening(calendar)
        closes, closes_because = self._closing(calendar)
        if opens > closes:
            opens, opens_because = closes, (*opens_because, BoundReason.MOVED_TO_CLOSING)
        return Window(
            opens=opens,
            due=day_to_aim_at(opens, closes, calendar=calendar),
            closes=closes,
            opens_because=shared(opens_because),
            closes_because=shared(closes_because),
            basis=calendar.basis(opens, closes),
        )

    def _opening(self, calendar: PlanCalendar) -> tuple[Date, Reasons]:
        opens, because = self.opens, self.opens_because
        if opens < self.not_before:
            opens, because = self.not_before, (*because, BoundReason.AFTER_THE_LAST)
        rolled = calendar.forward(opens)
        return rolled, because if rolled == opens else (*because, BoundReason.ROLLED_FORWARD)

    def _closing(self, calendar: PlanCalendar) -> tuple[Date, Reasons]:
        rolled, because = calendar.back(self.closes), self.closes_because
        if rolled == self.closes:
            return rolled, because
        if rolled >= self.not_before:
            return rolled, (*because, BoundReason.ROLLED_BACK)
        return calendar.working_from(self.not_before), (*because, BoundReason.NOT_IN_THE_PAST)


@lru_cache(maxsize=256)
def shared(reasons: Reasons) -> Reasons:
    """The *reasons* themselves, as one object for all windows that have them: there are some dozens, and many windows."""
    return reasons


def day_to_aim_at(opens: Date, closes: Date, *, calendar: PlanCalendar) -> Date:
    """The working day halfway between the bounds, both of which it keeps.

    Examples:
        >>> from revisit_policy.values.cn_notices import CHINA
        >>> day_to_aim_at(Date(2025, 2, 14), Date(2025, 4, 15), calendar=PlanCalendar.of(CHINA))
        Date(2025, 3, 14)
    """
    return min(closes, max(opens, calendar.back(halfway(opens, closes))))
