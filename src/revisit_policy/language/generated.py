"""The generated reader: source written and compiled once for a graph of tables.

Per case it finds one mask, a bit for every stem that surely holds, and where facts are missing a second one for
those that may. What the tables say of a pair of masks is folded once and kept, so the fold exists in one place and
the common case is a dictionary look-up. The memory is bounded: when it is full it starts anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Final, TypeAlias, assert_never

import attrs

from revisit_policy.language.condition import Compare, FlagIs, Includes, Known, Missing, OneOf
from revisit_policy.language.domain import UNKNOWN_NUMBER, Choices
from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Ruling
from revisit_policy.language.nest import inside_mask
from revisit_policy.language.reference import truth
from revisit_policy.language.snapshot import Snapshot
from revisit_policy.language.source import resolve_open_source, resolve_source
from revisit_policy.language.stems import Both, Either, Shape, Stem, Stems, stems_of
from revisit_policy.language.table import Table

#: How many pairs of masks are kept before the memory starts anew: about a hundred bytes each, and what they share.
MEMORY: Final = 65_536


@attrs.frozen
class Found:
    """What one table says: the ruling, and the ids of the rules that fire and that are undecided."""

    ruling: Ruling
    fired: tuple[str, ...]
    undecided: tuple[str, ...]


@attrs.frozen(eq=False)
class Resolution:
    """What all tables of a graph say of one pair of masks; shared by all cases that have it."""

    tables: Mapping[str, Found]
    fired: tuple[str, ...]
    undecided: tuple[str, ...]

    def outcome(self, table_id: str) -> Any:
        """The established outcome of one table."""
        return self.tables[table_id].ruling.outcome


@attrs.define(eq=False)
class Memory:
    """What *make* makes of a key, made once; starts anew when it holds *limit* entries."""

    make: Callable[[Any], Any]
    limit: int = MEMORY
    kept: dict[Any, Any] = attrs.field(factory=dict)

    def __getitem__(self, key: Any) -> Any:
        try:
            return self.kept[key]
        except KeyError:
            return self.remember(key)

    def __len__(self) -> int:
        return len(self.kept)

    def remember(self, key: Any) -> Any:
        """Make what is not kept yet, and keep it."""
        made = self.make(key)
        if len(self.kept) >= self.limit:
            self.kept.clear()
        self.kept[key] = made
        return made


@attrs.frozen(eq=False)
class GeneratedReader:
    """Reads snapshots of *facts* for *tables*; agrees with the reference reader on every one."""

    tables: tuple[Table, ...]
    facts: tuple[Fact, ...]

    @cached_property
    def stems(self) -> Stems:
        """The parts of conditions that read facts only."""
        return stems_of(self.tables)

    @cached_property
    def resolve_complete(self) -> Callable[[tuple[Any, ...]], Resolution]:
        """From the encoded values of all facts, none of them ``None``, to the resolution: the hot path."""
        return self._compiled("resolve", self.source)

    @cached_property
    def resolve_open(self) -> Callable[..., Resolution]:
        """The same from values of which those at some places are ``None``, and these places."""
        source = resolve_open_source(self.stems.conditions, self.facts)
        return self._compiled("resolve_open", source, nan=UNKNOWN_NUMBER, resolve=self.resolve_complete)

    def _compiled(self, name: str, source: str, **scope: Any) -> Callable[..., Resolution]:
        scope |= {"memory": self._resolutions.kept, "remember": self._resolutions.remember}
        place = f"<{name} of {', '.join(table.id for table in self.tables)}>"
        exec(compile(source, place, "exec"), scope)  # noqa: S102 - our own text, made of checked numbers and places
        found: Callable[..., Resolution] = scope[name]
        return found

    @property
    def source(self) -> str:
        """The source of the hot path, for whoever wants to read it."""
        return resolve_source(self.stems.conditions, self.facts)

    def resolve(self, snapshot: Snapshot) -> Resolution:
        """What the tables say of *snapshot*."""
        return self.resolve_values(snapshot.values, snapshot.unknown)

    def resolve_values(self, values: tuple[Any, ...], unknown: tuple[int, ...] = ()) -> Resolution:
        """What the tables say of encoded *values*, of which those at the places *unknown* are ``None``.

        Of an earlier table's outcome that is given, several may be possible; its place then counts as unknown too.
        """
        return self.resolve_open(values, unknown) if unknown else self.resolve_complete(values)

    # -- what a pair of masks means, folded once ---------------------------------------------------------------------

    @cached_property
    def _resolutions(self) -> Memory:
        return Memory(self._resolution)

    @cached_property
    def _shapes(self) -> tuple[tuple[Prepared, ...], ...]:
        return tuple(tuple(_prepared(shape) for shape in shapes) for shapes in self.stems.shapes)

    @cached_property
    def _found(self) -> tuple[Memory, ...]:
        return tuple(Memory(_finder(table)) for table in self.tables)

    def _resolution(self, key: int) -> Resolution:
        width = len(self.stems.conditions)
        surely = key & (1 << width) - 1
        open_ = key >> width & ~surely
        readings: dict[str, Any] = {}
        tables: dict[str, Found] = {}
        for table, shapes, memory in zip(self.tables, self._shapes, self._found, strict=True):
            found = memory[_lines(shapes, surely, open_, readings)]
            tables[table.id] = found
            readings[table.id] = found.ruling.reads
        fired = tuple(rule for found in tables.values() for rule in found.fired)
        undecided = tuple(rule for found in tables.values() for rule in found.undecided)
        return Resolution(tables, fired, undecided)


@attrs.frozen
class Among:
    """Are all candidates of the earlier table *table* in the mask *inside*? A comparison whose mask is made once."""

    table: str
    inside: int


Prepared: TypeAlias = Shape | Among


def _prepared(shape: Shape) -> Prepared:
    """*shape* with a mask in the place of every comparison of one outcome."""
    match shape:
        case Both(parts) | Either(parts):
            return type(shape)(tuple(_prepared(part) for part in parts))  # type: ignore[misc] # parts that are prepared
        case Compare(fact) | OneOf(fact) if isinstance(fact.domain, Choices):
            return Among(fact.name, inside_mask(shape))
        case _:
            return shape


def _lines(shapes: tuple[Prepared, ...], surely: int, open_: int, readings: Mapping[str, Any]) -> tuple[int, int]:
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


def _truth(shape: Prepared, surely: int, open_: int, readings: Mapping[str, Any]) -> bool | None:
    match shape:
        case Stem(bit):
            return True if surely >> bit & 1 else None if open_ >> bit & 1 else False
        case Both(parts):
            answers = [_truth(part, surely, open_, readings) for part in parts]
            return False if False in answers else None if None in answers else True
        case Either(parts):
            answers = [_truth(part, surely, open_, readings) for part in parts]
            return True if True in answers else None if None in answers else False
        case Among(table, inside):
            candidates = readings[table]
            return True if not candidates & ~inside else None if candidates & inside else False
        case Compare() | OneOf() | FlagIs() | Includes() | Missing() | Known():
            return truth(shape, readings)
        case _:
            assert_never(shape)


def _finder(table: Table) -> Callable[[tuple[int, int]], Found]:
    def find(pair: tuple[int, int]) -> Found:
        fired, open_ = table.folding.once(*pair)
        return Found(table.folding.ruling(fired, open_), _rules(table, fired), _rules(table, open_))

    return find


def _rules(table: Table, mask: int) -> tuple[str, ...]:
    """The ids of the rules whose lines are in *mask*, in the order written."""
    return tuple(dict.fromkeys(line.rule.id for at, line in enumerate(table.lines) if mask >> at & 1))
