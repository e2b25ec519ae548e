"""By which means a kind of visit is made."""

from __future__ import annotations

import attrs

from revisit_policy.outcomes.turnaround import TurnaroundPart
from revisit_policy.values.labels import Label, OrderedLabelled


@attrs.frozen(kw_only=True, cache_hash=True)  # a policy makes few, and asks for each of them in many cases
class Means:
    """How a visit of one kind is made and what comes of it. Nothing is checked: a policy makes it from what it decided.

    Args:
        method: The least method that serves.
        officers: How many people the visit takes by itself; one on site takes at least `PlanRequest.on_site_officers`.
        parts: The steps from the visit to its result, its report among them.
        reasons: Ids of the rules that chose the method, in order.
        asked_by: The ids of rules that ask for a part, each with it, as far as they are known: where another report takes the place of a
            part its rule is no reason any longer.
        checklist: What to verify.
        run_months: Months from one classification run to the next; ``None`` if there are none.
    """

    method: OrderedLabelled
    officers: int = 1
    parts: tuple[TurnaroundPart, ...] = ()
    reasons: tuple[str, ...] = ()
    asked_by: tuple[tuple[str, TurnaroundPart], ...] = ()
    checklist: tuple[Label, ...] = ()
    run_months: int | None = None
