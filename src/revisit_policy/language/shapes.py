"""Shapes read: which lines of a table hold for a pair of masks and what earlier tables said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never

from revisit_policy.language.condition import Compare, FlagIs, Includes, Known, Missing, OneOf
from revisit_policy.language.domain import Choices
from revisit_policy.language.reference import truth
from revisit_policy.language.stems import Both, Either, Shape, Stem


def lines_that_hold(shapes: tuple[Shape, ...], surely: int, open_: int, readings: Mapping[str, Any]) -> tuple[int, int]:
    """The lines of a table that fire and that are open, as masks."""
    fires = opens = 0
    for at, shape in enumerate(shapes):
        if type(shape) is Stem:
            if surely >> shape.bit & 1:
                fires |= 1 << at
            elif open_ >> shape.bit & 1:
                opens |= 1 << at
            continue
        answer = _truth(shape, surely, open_, readings)
        if answer:
            fires |= 1 << at
        elif answer is None:
            opens |= 1 << at
    return fires, opens


def _truth(shape: Shape, surely: int, open_: int, readings: Mapping[str, Any]) -> bool | None:
    match shape:
        case Stem(bit):
            return True if surely >> bit & 1 else None if open_ >> bit & 1 else False
        case Compare(fact) | OneOf(fact) if isinstance(fact.domain, Choices):
            candidates, inside = readings[fact.name], shape.inside
            return True if not candidates & ~inside else None if candidates & inside else False
        case Includes(fact, _, expected):
            certain, possible = readings[fact.name]
            return expected if certain & shape.inside else None if possible & shape.inside else not expected
        case Both(parts):
            return _together(parts, surely, open_, readings, settles=False)
        case Either(parts):
            return _together(parts, surely, open_, readings, settles=True)
        case Compare() | OneOf() | FlagIs() | Missing() | Known():
            return truth(shape, readings)
        case _:
            assert_never(shape)


def _together(parts: tuple[Shape, ...], surely: int, open_: int, readings: Mapping[str, Any], *, settles: bool) -> bool | None:
    """What *parts* come to if a part that *settles* does so for all of them."""
    found: bool | None = not settles
    for part in parts:
        answer = _truth(part, surely, open_, readings)
        if answer is settles:
            return answer
        if answer is None:
            found = None
    return found
