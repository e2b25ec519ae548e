"""The day of the plan."""

from __future__ import annotations

from functools import lru_cache

import attrs

from revisit_policy.outcomes.window import BoundReason, Window
from revisit_policy.planning.plan_calendar import PlanCalendar
from revisit_policy.values.dates import Date
from revisit_policy.values.working_days import WorkCalendar


@attrs.frozen(kw_only=True, eq=False)  # shared between plans, and a key in them
class Today:
    """The day a plan is made on, and the calendar it looks at.

    Args:
        on: The day.
        soonest: The first working day from then on.
        calendar: The calendar.
    """

    on: Date
    soonest: Date
    calendar: PlanCalendar

    @classmethod
    def of(cls, on: Date, calendar: WorkCalendar) -> Today:
        """The day *on* in *calendar*; the same object for the same arguments."""
        return _today(on, PlanCalendar.of(calendar))

    def seen(self, window: Window) -> Window:
        """The *window* with nothing still to be done in the past.

        Args:
            window: As it stood before it opened.

        Returns:
            The window itself if the day to aim at lies ahead. Otherwise that day is the first working day from today,
            and so is the closing if it has passed, or if no working day is left before it.
        """
        return window if window.due >= self.soonest else _seen(window, self.on, calendar=self.calendar)


@lru_cache(maxsize=2**8)  # a book is looked at on one day, and so is every plan in it
def _today(on: Date, calendar: PlanCalendar) -> Today:
    return Today(on=on, soonest=calendar.working_from(on), calendar=calendar)


@lru_cache(maxsize=2**12)  # a book is looked at on one day
def _seen(window: Window, on: Date, *, calendar: PlanCalendar) -> Window:
    soonest = calendar.working_from(on)
    closes, because, missed_on = window.closes, window.closes_because, None
    if closes < on:
        missed_on, closes, because = closes, soonest, (*because, BoundReason.MISSED)
    elif closes < soonest:
        closes, because = soonest, (*because, BoundReason.NOT_IN_THE_PAST)
    return Window(
        opens=window.opens,
        due=soonest,
        closes=closes,
        opens_because=window.opens_because,
        closes_because=because,
        basis=calendar.basis(window.opens, closes),
        missed_on=missed_on,
    )
