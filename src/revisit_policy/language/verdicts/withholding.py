"""Withholding: what a table of sets says once another table has ruled some of it out."""

from __future__ import annotations

from typing import Any, TypeVar, cast

import attrs

from revisit_policy.language.flags import Awaited, both, inverse
from revisit_policy.language.fold import Ruling, Status
from revisit_policy.language.on_scale import OnScale
from revisit_policy.language.scale import Scale
from revisit_policy.language.table import Table

Part = TypeVar("Part", bound=Awaited)


def unbarred(said: OnScale[Part], bars: OnScale[Part]) -> OnScale[Part]:
    """What is left of what a table has *said* once *bars* rules some of it out, at whichever place of its own scale it has it.

    What is barred only possibly is no longer certain; it stays possible until it is barred for certain.
    """
    surely, maybe = (dict(zip(bars.items, flags, strict=True)) for flags in (bars.certain, bars.possible))
    return attrs.evolve(
        said,
        certain=tuple(both((flag, inverse(maybe.get(item, False)))) for item, flag in zip(said.items, said.certain, strict=True)),
        possible=tuple(both((flag, inverse(surely.get(item, False)))) for item, flag in zip(said.items, said.possible, strict=True)),
    )


def without_barred(ruling: Ruling, barred: Ruling, *, tables: tuple[Table, Table]) -> tuple[Ruling, tuple[Any, ...]]:
    """What is left of a *ruling*, and what it asks for that is *barred*; *tables* are those of the two, both of them EVERY."""
    scale = cast("Scale", tables[0].outcomes)
    said: OnScale[Any] = OnScale.of(tables[0], ruling)
    left = unbarred(said, OnScale.of(tables[1], barred))
    if (left.certain, left.possible) == (said.certain, said.possible):
        return ruling, ()
    sure, maybe = (tuple(item for item, flag in zip(scale.outcomes, flags, strict=True) if flag) for flags in (left.certain, left.possible))
    changed = attrs.evolve(
        ruling,
        status=Status.DECIDED if sure == maybe else Status.UNDECIDED,
        outcome=sure,
        candidates=(sure, maybe),
        at_worst=maybe,
        reads=(scale.mask(sure), scale.mask(maybe)),
    )
    return changed, tuple(outcome for outcome in ruling.outcome if outcome not in sure)
