"""Scale checks: what the outcomes of a table have to be for its seat."""

from __future__ import annotations

from collections.abc import Hashable
from enum import Enum
from itertools import pairwise
from typing import Final, Literal

import attrs

from revisit_policy.decision.seats.conventions import LONGEST
from revisit_policy.language.scale import Scale
from revisit_policy.language.table import Table
from revisit_policy.speech.phrase import Phrase

#: From mild to severe: as the kind itself goes, or the other way round.
Order = Literal["rising", "falling"]


@attrs.frozen(kw_only=True)
class ScaleCheck:
    """What a table may say.

    Args:
        kind: What every outcome is; ``object`` for anything.
        expected: That in words, after "expected".
        is_ordered: Whether some are worse than others.
        order: In which order of the kind itself they have to stand, from mild to severe; ``None`` for any.
    """

    kind: type
    expected: str
    is_ordered: bool = False
    order: Order | None = None

    def problem(self, table: Table) -> str | None:
        """What is wrong with the outcomes of *table*; ``None`` if nothing is."""
        scale = table.outcomes
        if not isinstance(scale, Scale):
            return f"says points, expected {self.expected}"
        for outcome in scale.outcomes:
            if not self._is_one(outcome):
                return f"says `{shown(outcome)}`, expected {self.expected}"
        if self.is_ordered and not scale.ordered:
            return f"has no order, expected {self.expected} from mild to severe"
        return self._disorder(scale.outcomes)

    def _is_one(self, outcome: Hashable) -> bool:
        if self.kind is int:
            return type(outcome) is int and 1 <= outcome <= LONGEST
        return isinstance(outcome, self.kind)

    def _disorder(self, outcomes: tuple[Hashable, ...]) -> str | None:
        for one, other in pairwise(outcomes):
            if self.order is not None and (other > one) is (self.order == "falling"):  # type: ignore[operator] # of a kind with an order
                wanted = (
                    Phrase("从多到少，使最差者最小", "the most first, so that the worst is the least")
                    if self.order == "falling"
                    else Phrase("从轻到重", "the mildest first")
                )
                return f"has `{shown(one)}` before `{shown(other)}`, expected {wanted}"
        return None


def shown(outcome: Hashable) -> str:
    """An *outcome* in a message: the code of a member, else what it is printed as."""
    return str(outcome.value) if isinstance(outcome, Enum) else str(outcome)


ANYTHING: Final = ScaleCheck(kind=object, expected=Phrase("标度上的结论", "outcomes on a scale"))
SEVERITIES: Final = ScaleCheck(kind=object, expected=Phrase("结论", "outcomes"), is_ordered=True)
MONTHS: Final = ScaleCheck(
    kind=int, expected=Phrase("1至{longest}的整月数", "whole months from 1 to {longest}", longest=LONGEST), is_ordered=True, order="falling"
)
