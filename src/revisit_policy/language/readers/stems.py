"""Stems: the parts of conditions that read facts only, one bit each.

Whatever a graph of tables says of a case is a pure function of the truth of its stems, because everything else in
a condition compares the outcomes of earlier tables. The fast reader therefore finds one mask of stems for a case
and looks up the rest.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import TypeAlias

import attrs

from revisit_policy.language.condition import All, AnyOf, Comparison, Condition, all_of, any_of, comparisons
from revisit_policy.language.readers.nest import alternatives, chances, nest_of
from revisit_policy.language.table import Table


@attrs.frozen
class Stem:
    """The truth of one condition over facts: bit *bit* of the mask."""

    bit: int


@attrs.frozen
class Both:
    """All *parts* together."""

    parts: tuple[Shape, ...]


@attrs.frozen
class Either:
    """Any of *parts*."""

    parts: tuple[Shape, ...]


Shape: TypeAlias = Stem | Both | Either | Comparison


@attrs.frozen
class Stems:
    """The stems of a graph and, for each table, the shape of every line over them."""

    conditions: tuple[Condition, ...]
    shapes: tuple[tuple[Shape, ...], ...]


def stems_of(tables: tuple[Table, ...], *, earlier: Iterable[str] = ()) -> Stems:
    """Take the lines of *tables* apart, which read one another and those whose ids are *earlier*."""
    inner = frozenset((*earlier, *(table.id for table in tables)))
    met: dict[Condition, int] = {}
    as_met = [_shape(line.condition, inner, met) for table in tables for line in table.lines]
    bits = _often_first(tuple(met), {bit for shape in as_met for bit in _sufficient(shape)})
    shapes = tuple(tuple(_shape(line.condition, inner, bits) for line in table.lines) for table in tables)
    return Stems(tuple(bits), shapes)


def _sufficient(shape: Shape) -> Iterator[int]:
    """The bits of the stems that need no earlier outcome beside them."""
    match shape:
        case Stem(bit):
            yield bit
        case Either(parts):
            for part in parts:
                yield from _sufficient(part)
        case _:
            return


def _often_first(conditions: tuple[Condition, ...], sufficient: Container[int]) -> dict[Condition, int]:
    """Give low bits to what holds often: small masks are cheaper to make and to look up.

    Nothing is known of the cases to come, so it is guessed. What can hold in several ways is taken to do so by chance.
    What says nothing without an earlier outcome is thought to be nothing unusual, as if it could hold in four ways.
    """
    apart = [(old, part) for old, condition in enumerate(conditions) for part in alternatives(condition)]
    seldom = [1.0] * len(conditions)
    for at, chance in chances(nest_of({at: part for at, (_, part) in enumerate(apart)})):
        old = apart[at][0]
        seldom[old] *= (1 - chance) ** (1 if old in sufficient else 4)
    order = sorted(range(len(conditions)), key=seldom.__getitem__)
    return {conditions[old]: new for new, old in enumerate(order)}


def _shape(condition: Condition, inner: Container[str], bits: dict[Condition, int]) -> Shape:
    if not any(part.fact.name in inner for part in comparisons(condition)):
        return Stem(bits.setdefault(condition, len(bits)))
    if not isinstance(condition, All | AnyOf):
        return condition
    pure = [part for part in condition.parts if not any(c.fact.name in inner for c in comparisons(part))]
    mixed = [_shape(part, inner, bits) for part in condition.parts if part not in pure]
    join = all_of if isinstance(condition, All) else any_of
    stem = [_shape(join(*pure), inner, bits)] if pure else []
    return Both((*stem, *mixed)) if isinstance(condition, All) else Either((*stem, *mixed))
