"""Withholding: what a table of sets says once another table has ruled some of it out."""

from __future__ import annotations

from typing import Any

import attrs

from revisit_policy.language.fold import Ruling, Status
from revisit_policy.language.scale import Scale
from revisit_policy.language.table import Table


def without_barred(ruling: Ruling, barred: Ruling, *, table: Table) -> tuple[Ruling, tuple[Any, ...]]:
    """What is left of a *ruling* of *table*, and what it asks for that is *barred*; both tables are EVERY.

    What is barred only possibly is no longer certain; it stays possible until it is barred for certain.
    """
    (surely_barred, possibly_barred), (certain, possible) = barred.candidates, ruling.candidates
    withheld = tuple(outcome for outcome in certain if outcome in possibly_barred)
    if not any(outcome in possibly_barred for outcome in possible):
        return ruling, ()
    sure = tuple(outcome for outcome in certain if outcome not in possibly_barred)
    maybe = tuple(outcome for outcome in possible if outcome not in surely_barred)
    scale = table.outcomes
    assert isinstance(scale, Scale)  # noqa: S101 - EVERY goes with a scale
    left = attrs.evolve(
        ruling,
        status=Status.DECIDED if sure == maybe else Status.UNDECIDED,
        outcome=sure,
        candidates=(sure, maybe),
        at_worst=maybe,
        reads=(scale.mask(sure), scale.mask(maybe)),
    )
    return left, withheld
