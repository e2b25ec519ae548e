"""A trigger that a signal has set off."""

from __future__ import annotations

import attrs

from revisit_policy.outcomes.trigger import Trigger
from revisit_policy.planning.means import Means
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import OrderedLabelled


@attrs.frozen(kw_only=True)
class OpenTrigger:
    """A trigger, and since when its signal has been there.

    A visit answers it that was completed on or after *since* by the method of *means* or a better one, whatever it was
    made for. An answered trigger asks for nothing until its signal begins anew. A signal that has several reasons is
    answered reason by reason: its deadline counts from the first that no visit has answered.

    Args:
        trigger: The signal and how soon it is to be answered.
        since: The first day of the signal. ``None`` if nobody recorded it: then it counts as the day of the plan, and
            the deadline moves with every day on which the question is asked.
        also_since: The first days of further reasons for the same signal, ``None`` as in *since*.
        means: How a visit that this trigger alone asks for is made; its method is the least that answers the signal.
        reasons: Ids of the rules that set it off, in order.
    """

    trigger: Trigger
    since: Date | None = None
    also_since: tuple[Date | None, ...] = ()
    means: Means
    reasons: tuple[str, ...] = ()

    @property
    def is_undated(self) -> bool:
        """Whether nobody recorded since when it, or one of its reasons, has been there."""
        return self.since is None or None in self.also_since

    def began(self, *, answered_on: Date | None, on: Date) -> tuple[Date, bool] | None:
        """Since when the first of its reasons that no visit has answered has been there, and whether somebody recorded it.

        Args:
            answered_on: The last visit by its method or a better one; ``None`` if there was none.
            on: The day of the plan, on which a reason begins that nobody recorded the beginning of.

        Returns:
            ``None`` if a visit has answered all of them.
        """
        days = ((on if day is None else day, day is not None) for day in (self.since, *self.also_since))
        unanswered = [found for found in days if answered_on is None or answered_on < found[0]]
        return min(unanswered, key=_earliest_and_recorded, default=None)

    @property
    def method(self) -> OrderedLabelled:
        """The least method that answers it."""
        return self.means.method

    @property
    def code(self) -> str:
        """The code of its signal."""
        code: str = self.trigger.code.value
        return code

    @property
    def is_red(self) -> bool:
        """Whether its signal is red, or as loud as another bank's can be."""
        return self.trigger.level.is_last

    @property
    def waits(self) -> bool:
        """Whether it asks for no visit of its own."""
        return self.trigger.deadline.waits_for_next_visit


def _earliest_and_recorded(found: tuple[Date, bool]) -> tuple[Date, bool]:
    day, is_dated = found
    return day, not is_dated
