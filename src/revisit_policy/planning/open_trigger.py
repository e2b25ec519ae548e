"""A trigger that a signal has set off."""

from __future__ import annotations

import attrs

from revisit_policy.outcomes.signal import Level
from revisit_policy.outcomes.trigger import Trigger
from revisit_policy.outcomes.visit import VisitMethod
from revisit_policy.planning.means import Means
from revisit_policy.values.dates import Date


@attrs.frozen(kw_only=True)
class OpenTrigger:
    """A trigger, and since when its signal has been there.

    A visit answers it that was completed on or after *since* by the method of *means* or a better one, whatever it was
    made for. An answered trigger asks for nothing until its signal begins anew.

    Args:
        trigger: The signal and how soon it is to be answered.
        since: The first day of the signal. ``None`` if nobody recorded it: then it counts as the day of the plan, and
            the deadline moves with every day on which the question is asked.
        means: How a visit that this trigger alone asks for is made; its method is the least that answers the signal.
        reasons: Ids of the rules that set it off, in order.
    """

    trigger: Trigger
    since: Date | None = None
    means: Means
    reasons: tuple[str, ...] = ()

    @property
    def method(self) -> VisitMethod:
        """The least method that answers it."""
        return self.means.method

    @property
    def code(self) -> str:
        """The code of its signal."""
        code: str = self.trigger.code.value
        return code

    @property
    def is_red(self) -> bool:
        """Whether its signal is red."""
        return self.trigger.level is Level.RED

    @property
    def waits(self) -> bool:
        """Whether it asks for no visit of its own."""
        return self.trigger.deadline.waits_for_next_visit
