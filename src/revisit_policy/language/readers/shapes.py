"""Shapes read: which lines of a table hold for a pair of masks and what earlier tables said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never

from revisit_policy.language.condition import Compare, FlagIs, Includes, Known, Missing, OneOf
from revisit_policy.language.domain import Choices
from revisit_policy.language.readers.reference import truth
from revisit_policy.language.readers.stems import Both, Either, Shape, Stem


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
        case Both(parts):
            answers = [_truth(part, surely, open_, readings) for part in parts]
            return False if False in answers else None if None in answers else True
        case Either(parts):
            answers = [_truth(part, surely, open_, readings) for part in parts]
            return True if True in answers else None if None in answers else False
        case Compare() | OneOf() | FlagIs() | Includes() | Missing() | Known():
            return truth(shape, readings)
        case _:
            assert_never(shape)
