"""Something that a visit has to be made for."""

from __future__ import annotations

import attrs

from revisit_policy.outcomes.trigger import Trigger
from revisit_policy.outcomes.visit import VisitKind, VisitMethod
from revisit_policy.planning.bounds import Bounds
from revisit_policy.planning.means import Means


@attrs.frozen(kw_only=True)
class Obligation:
    """One reason for a visit, with the days on which a visit meets it.

    Args:
        kind: Why the visit is made.
        bounds: When.
        means: How a visit for it alone is made; its method is the least that serves.
        reasons: Ids of the rules that brought it about, in order.
        trigger: The trigger it comes from; ``None`` if it comes from none.
        is_projection: Whether it rests on a visit or a valuation that is still to be made.
    """

    kind: VisitKind
    bounds: Bounds
    means: Means
    reasons: tuple[str, ...]
    trigger: Trigger | None = None
    is_projection: bool = False

    @property
    def method(self) -> VisitMethod:
        """The least method that serves."""
        return self.means.method
