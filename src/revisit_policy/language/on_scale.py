"""What a table says of its scale, outcome by outcome: which are established and which are possible, for one case or for columns."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar, cast

import attrs

from revisit_policy.language.flags import Awaited, as_it_is
from revisit_policy.language.fold import Ruling
from revisit_policy.language.scale import Scale
from revisit_policy.language.table import Table

Part = TypeVar("Part", bound=Awaited)


def _as_it_is(flag: bool | Part) -> bool | Part:  # noqa: FBT001 - it comes back
    return as_it_is(flag)


@attrs.frozen(eq=False)
class OnScale(Generic[Part]):
    """What one table says, as flags for every place of its scale.

    Args:
        items: The outcomes in the order of the scale.
        certain: Where each is established. Of a table with one outcome the highest that holds counts.
        possible: Where each is still possible.
        keep: What computes a flag that is read again and again; the flag as it is, for one case.
        is_settled: Whether something is established whatever is unknown, as where a table goes by severity and leaves no gap.
    """

    items: tuple[Hashable, ...]
    certain: tuple[bool | Part, ...]
    possible: tuple[bool | Part, ...]
    keep: Callable[[bool | Part], bool | Part] = attrs.field(default=_as_it_is, kw_only=True)
    is_settled: bool = attrs.field(default=False, kw_only=True)

    @classmethod
    def of(cls, table: Table, ruling: Ruling) -> OnScale[Part]:
        """What *table*, whose outcomes are on a scale, says of one case."""
        scale = cast("Scale", table.outcomes)
        match ruling.reads:
            case (int() as certain, int() as possible):
                pass
            case _:
                certain = 0 if ruling.outcome is None else 1 << scale.place(ruling.outcome)
                possible = scale.mask(ruling.candidates)
        places = range(len(scale.outcomes))
        return cls(scale.outcomes, tuple(bool(certain >> at & 1) for at in places), tuple(bool(possible >> at & 1) for at in places))
