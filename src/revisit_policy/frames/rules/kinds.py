"""Kinds: the rows that a long table can tell apart, numbered, where there are few.

A rate card of thousands of rules compares a few facts with many limits. The limits cut each fact into places, and where a row
stands among the places of all facts is all that the table can know of it. So each row gets one number, and what the table says is
worked out for every number before a row is read (`kind_flags`). A table whose facts have more places together than `MOST` is
decided rule by rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import accumulate
from math import prod
from operator import and_, or_
from typing import Any, Final, TypeAlias, assert_never, cast

import attrs
import narwhals as nw

from revisit_policy.frames.columns.binding import Form
from revisit_policy.frames.columns.fact_column import FactColumn
from revisit_policy.frames.expressions.expression import Expression, Literal, Looked, Points, when
from revisit_policy.frames.expressions.kind_flags import of_kinds
from revisit_policy.frames.expressions.stages import Stages
from revisit_policy.frames.expressions.truth import Flag, in_column
from revisit_policy.frames.rules.conditions import nullable
from revisit_policy.language.condition import All, AnyOf, Compare, Comparison, Condition, FlagIs, Includes, Known, Missing, OneOf, comparisons
from revisit_policy.language.derivation import Field, GrownDaily, Supplied
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.counts import Counts
from revisit_policy.language.domains.flags import Flags
from revisit_policy.language.fact import Fact
from revisit_policy.language.overlaps.bits import runs_of
from revisit_policy.language.table import Table

#: How many lines a table has that is worth it: fewer are decided sooner as they are.
FEWEST: Final = 128

#: How many kinds there may be: what a table says of each is written into the plan.
MOST: Final = 2**14

_MISSING: Final = 1

#: How many cuts a fact has whose places are looked up if they can be: an engine plans for every one that it is asked about.
_MANY: Final = 64


# -- places of one fact ----------------------------------------------------------------------------------------------


@attrs.frozen
class _Cut:
    """Between *limit* and what is below it, or between it and what is above; in order along the fact."""

    encoded: Any
    is_above: bool
    limit: Any = attrs.field(eq=False, order=False, hash=False)

    @classmethod
    def of(cls, comparison: Compare) -> _Cut:
        return cls(comparison.fact.domain.encode(comparison.limit), comparison.operator in {">", "<="}, comparison.limit)

    @property
    def key(self) -> tuple[Any, bool]:
        """What it is told from others by: above a whole number is below the next."""
        return (self.encoded + 1, False) if self.is_above and isinstance(self.encoded, int) else (self.encoded, self.is_above)


@attrs.frozen(eq=False)
class _Cuts:
    """The places of a number or a day between the limits that it is compared with."""

    part: FactColumn
    cuts: Mapping[tuple[Any, bool], _Cut]

    @classmethod
    def of(cls, part: FactColumn, asked: Sequence[Comparison]) -> _Cuts:
        found = {cut.key: cut for cut in (_Cut.of(comparison) for comparison in asked if isinstance(comparison, Compare))}
        return cls(part, {key: found[key] for key in sorted(found)})

    @property
    def size(self) -> int:
        return len(self.cuts) + 1

    def place(self) -> Expression:
        """The place, how many cuts are passed: looked up where a whole number has many cuts among few values, else found by halving."""
        domain = self.part.fact.domain
        is_plain = self.part.form is Form.INTEGER and isinstance(self.part.fact.derived, Supplied | Field | GrownDaily)
        if len(self.cuts) < _MANY or not is_plain or not isinstance(domain, Counts) or domain.high - domain.low >= MOST:
            return self._within(tuple(self.cuts.values()), 0)
        passed = accumulate((value, False) in self.cuts for value in range(domain.low, domain.high + 1))
        places = {value: int(place) for value, place in enumerate(passed, domain.low) if place}
        return Looked(cast("Expression", self.part.column), tuple(places), tuple(places.values()))

    def _within(self, cuts: tuple[_Cut, ...], passed: int) -> Expression:
        if not cuts:
            return Literal(passed, nw.Int32)
        middle = len(cuts) // 2
        is_passed = self.part.compare(">" if cuts[middle].is_above else ">=", cuts[middle].limit)
        above, below = self._within(cuts[middle + 1 :], passed + middle + 1), self._within(cuts[:middle], passed)
        return when(cast("Expression", is_passed)).then(above).otherwise(below)

    def holding(self, comparison: Comparison) -> int:
        """The places where *comparison* holds, as bits."""
        compared = cast("Compare", comparison)
        passed = list(self.cuts).index(_Cut.of(compared).key) + 1
        below = (1 << passed) - 1
        return below if compared.operator in {"<", "<="} else (1 << self.size) - 1 & ~below


@attrs.frozen(eq=False)
class _Groups:
    """The groups of choices that no comparison tells apart; of a flag, false and true."""

    flags: tuple[Expression, ...]
    groups: tuple[int, ...]

    @classmethod
    def of(cls, part: FactColumn, asked: Sequence[Comparison]) -> _Groups:
        if isinstance(part.fact.domain, Flags):
            column = cast("Expression", part.column)
            return cls((column == Literal(value=False), column), (0, 1))
        inside = [comparison.inside for comparison in asked if isinstance(comparison, Compare | OneOf)]
        alike: dict[tuple[int, ...], int] = {}
        answers = [tuple(bits >> at & 1 for bits in inside) for at in range(len(part.choices))]
        return cls(part.choices, tuple(alike.setdefault(answer, len(alike)) for answer in answers))

    @property
    def size(self) -> int:
        return max(self.groups) + 1

    def place(self) -> Expression:
        return Points(tuple((flag, group) for flag, group in zip(self.flags, self.groups, strict=True) if group))

    def holding(self, comparison: Comparison) -> int:
        """The groups in which *comparison* holds, as bits."""
        inside = (2 if comparison.expected else 1) if isinstance(comparison, FlagIs) else cast("Compare | OneOf", comparison).inside
        return reduce(or_, (1 << group for at, group in enumerate(self.groups) if inside >> at & 1), 0)


_Places: TypeAlias = _Cuts | _Groups


def _places(part: FactColumn, asked: Sequence[Comparison]) -> _Places:
    return (_Groups if isinstance(part.fact.domain, Choices | Flags) else _Cuts).of(part, asked)


# -- kinds -----------------------------------------------------------------------------------------------------------


@attrs.frozen(eq=False)
class _Axis:
    """A fact among others: its places after that of "missing", and how far apart the numbers of two neighbours are."""

    part: FactColumn
    places: _Places
    apart: int
    count: int

    @property
    def size(self) -> int:
        return self.places.size + 1

    def numbered(self) -> Expression:
        """What the place adds to the number of the kind."""
        added = self.places.place() + 1
        return when(in_column(self.part.is_missing())).then(Literal(0, nw.Int32)).otherwise(added) * self.apart

    def kinds(self, places: int) -> int:
        """The kinds that have one of *places*, both as bits."""
        around = self.size * self.apart
        block = reduce(or_, (((1 << (stop - start) * self.apart) - 1) << start * self.apart for start, stop in runs_of(places)), 0)
        return block * (((1 << self.count) - 1) // ((1 << around) - 1))


@attrs.define(eq=False)
class Kinds:
    """The kinds of rows that some conditions tell apart.

    Args:
        facts: The facts by name.
        axes: Those that are read from columns, by name.
        count: How many kinds there are.
        number: The number of a row's kind, computed already.
    """

    facts: Mapping[str, FactColumn]
    axes: Mapping[str, _Axis]
    count: int
    number: Expression
    _known: dict[Comparison, tuple[int, int]] = attrs.field(factory=dict)

    def pairs(self, table: Table) -> list[tuple[Flag, Flag]]:
        """Where each line of *table* surely holds, and where it is open."""
        found = (self._truth(line.condition) for line in table.lines)
        return [(of_kinds(self.number, surely, self.count), of_kinds(self.number, possibly & ~surely, self.count)) for surely, possibly in found]

    def _truth(self, condition: Condition) -> tuple[int, int]:
        """The kinds for which *condition* surely holds, and those for which it may."""
        match condition:
            case All(parts) | AnyOf(parts):
                surely, possibly = zip(*map(self._truth, parts), strict=True)
                join = and_ if isinstance(condition, All) else or_
                return reduce(join, surely), reduce(join, possibly)
            case _:
                if condition not in self._known:
                    self._known[condition] = self._compared(condition)
                return self._known[condition]

    def _compared(self, comparison: Comparison) -> tuple[int, int]:
        every = (1 << self.count) - 1
        axis = self.axes.get(comparison.fact.name)
        if axis is None:
            found = nullable(comparison, self.facts)
            return (0, every) if found is None else (every, every) if found is True else (0, 0)
        missing = axis.kinds(_MISSING)
        match comparison:
            case Missing():
                return missing, missing
            case Known():
                return every & ~missing, every
            case Compare() | OneOf() | FlagIs():
                holds = axis.kinds(axis.places.holding(comparison) << 1)
                return holds, holds | missing
            case Includes():
                raise AssertionError(comparison)  # sets are outcomes of tables
            case _:
                assert_never(comparison)


def kinds_of(table: Table, facts: Mapping[str, FactColumn], stages: Stages) -> Kinds | None:
    """The kinds of rows that *table* tells apart, numbered in the current layer; ``None`` if it is short, reads a table, or tells too many."""
    if len(table.lines) < FEWEST or table.reads:
        return None
    asked: dict[Fact, dict[Comparison, None]] = {}
    for line in table.lines:
        for comparison in comparisons(line.condition):
            asked.setdefault(comparison.fact, {})[comparison] = None
    places = {
        fact.name: _places(facts[fact.name], tuple(found)) for fact, found in asked.items() if facts[fact.name].column is not None
    }
    count = prod(part.size + 1 for part in places.values())
    if not places or count > MOST:
        return None
    axes: dict[str, _Axis] = {}
    apart = 1
    for name, part in sorted(places.items(), key=lambda found: found[1].size):  # what is most cut lies in the longest runs
        axes[name] = _Axis(facts[name], part, apart, count)
        apart *= part.size + 1
    number = reduce(lambda one, other: one + other, (axis.numbered() for axis in axes.values()))
    return Kinds(facts, axes, count, stages.keep(number))
