"""The generated readers: source written and compiled once for a graph of tables.

Per case they find one mask, a bit for every stem that surely holds, and where facts are missing a second one for
those that may. What the tables say of a pair of masks is folded once and kept, so the fold exists in one place and
the common case is a dictionary look-up. The memories are bounded, and go with the reader.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar

import attrs

from revisit_policy.language.domains.unknown import UNKNOWN_NUMBER
from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Ruling
from revisit_policy.language.readers.observing import READINGS
from revisit_policy.language.readers.shapes import AskLines, Reach, lines_of
from revisit_policy.language.readers.source import resolve_open_source, resolve_source
from revisit_policy.language.readers.stems import Stems, stems_of
from revisit_policy.language.snapshot import Snapshot
from revisit_policy.language.table import Table
from revisit_policy.values.memory import Memory

#: The bytes that the answers of a reader may take, and those that what one table says may.
_ANSWERS: Final = 2**23
_OF_A_TABLE: Final = 2**18


@attrs.frozen(cache_hash=True)  # what is handed out of it is remembered by it
class Found:
    """What one table says: the ruling, and the ids of the rules that fire and that are undecided."""

    ruling: Ruling
    fired: tuple[str, ...]
    undecided: tuple[str, ...]


@attrs.frozen(eq=False)
class Resolution:
    """What all tables of a graph say of one pair of masks; shared by all cases that have it.

    The *key* is the pair, written as one number: what is made of a resolution is remembered by it, so that no memory keeps
    alive what another has let go.
    """

    key: int
    tables: Mapping[str, Found]
    fired: tuple[str, ...]
    undecided: tuple[str, ...]

    def outcome(self, table_id: str) -> Any:
        """The established outcome of one table."""
        return self.tables[table_id].ruling.outcome


#: What a reader says of a case.
Answer = TypeVar("Answer")


@attrs.frozen(eq=False)
class MaskReader(ABC, Generic[Answer]):
    """Reads snapshots of *facts* for *tables* by way of masks."""

    tables: tuple[Table, ...]
    facts: tuple[Fact, ...]

    @abstractmethod
    def answer(self, key: int, found: Mapping[str, Found]) -> Answer:
        """What is said of all cases that have the pair of masks *key*, of which the tables say what is *found*."""

    @cached_property
    def stems(self) -> Stems:
        """The parts of conditions that read facts only."""
        return stems_of(self.tables)

    @cached_property
    def resolve_complete(self) -> Callable[[tuple[Any, ...]], Answer]:
        """From the encoded values of all facts, none of them ``None``, to the answer: the hot path."""
        return self._compiled("resolve", self.source)

    @cached_property
    def resolve_open(self) -> Callable[..., Answer]:
        """The same from values of which those at some places are ``None``, and these places."""
        source = resolve_open_source(self.stems.conditions, self.facts)
        return self._compiled("resolve_open", source, nan=UNKNOWN_NUMBER, resolve=self.resolve_complete)

    def _compiled(self, name: str, source: str, **scope: Any) -> Callable[..., Answer]:
        scope |= {"memory": self._answers.kept, "remember": self._remember}
        place = f"<{name} of {', '.join(table.id for table in self.tables)}>"
        exec(compile(source, place, "exec"), scope)  # noqa: S102 - our own text, made of checked numbers and places
        found: Callable[..., Answer] = scope[name]
        return found

    @property
    def source(self) -> str:
        """The source of the hot path, for whoever wants to read it."""
        return resolve_source(self.stems.conditions, self.facts)

    def resolve(self, snapshot: Snapshot) -> Answer:
        """What the tables say of *snapshot*."""
        return self.resolve_values(snapshot.values, snapshot.unknown)

    def resolve_values(self, values: tuple[Any, ...], unknown: tuple[int, ...] = ()) -> Answer:
        """What the tables say of encoded *values*, of which those at the places *unknown* are ``None``.

        Of an earlier table's outcome that is given, several may be possible; its place then counts as unknown too.
        """
        return self.resolve_open(values, unknown) if unknown else self.resolve_complete(values)

    def read_on(self, table: Table, found: Found) -> Any:  # noqa: ARG002 - a reader may take of a table what is handed out of it
        """What later tables compare of a *table* that says what is *found*."""
        return found.ruling.reads

    # -- what a pair of masks means, folded once ---------------------------------------------------------------------

    @cached_property
    def _answers(self) -> Memory[Answer]:
        return Memory(_ANSWERS)

    @cached_property
    def _lines(self) -> tuple[AskLines, ...]:
        return tuple(map(lines_of, self.stems.shapes))

    @cached_property
    def _reaches(self) -> tuple[Reach, ...]:
        return tuple(map(Reach.of, self.stems.shapes))

    @cached_property
    def _found(self) -> tuple[Memory[Found], ...]:
        """By its lines what each table says: one object for all cases of which it says the same by the same rules."""
        return tuple(Memory(_OF_A_TABLE) for _ in self.tables)

    @cached_property
    def _told(self) -> tuple[Memory[Found], ...]:
        """The same by what the lines of each table depend on: a case of a new kind is of a known one to most tables."""
        return tuple(Memory(_OF_A_TABLE) for _ in self.tables)

    def _remember(self, key: int) -> Answer:
        """The answer to a pair of masks that is not among those asked for of late."""
        found = self._answers.find(key)
        return self._answers.keep(key, self._answer(key)) if found is None else found

    def _answer(self, key: int) -> Answer:
        width = len(self.stems.conditions)
        surely = key & (1 << width) - 1
        open_ = key >> width & ~surely
        readings: dict[str, Any] = {}
        tables: dict[str, Found] = {}
        for place, (table, reach, memory) in enumerate(zip(self.tables, self._reaches, self._told, strict=True)):
            asked = (surely & reach.stems, open_ & reach.stems, *[readings[name] for name in reach.tables])
            found = memory.find(asked)
            if found is None:
                lines = self._lines[place](surely, open_, readings)
                found = memory.keep(asked, self._found[place].find(lines) or self._found[place].keep(lines, _find(table, *lines)))
            tables[table.id] = found
            readings[table.id] = self.read_on(table, found)
        return self.answer(key, tables)


@attrs.frozen(eq=False)
class GeneratedReader(MaskReader[Resolution]):
    """Says what every table says and which rules say it; agrees with the reference reader on every snapshot."""

    def resolve_values(self, values: tuple[Any, ...], unknown: tuple[int, ...] = ()) -> Resolution:
        """What the tables say, as `MaskReader` has it; whoever watches readings is told."""
        found = self.resolve_open(values, unknown) if unknown else self.resolve_complete(values)
        if READINGS.watchers:
            for note in READINGS.watchers:
                note(self, values, found)
        return found

    def answer(self, key: int, found: Mapping[str, Found]) -> Resolution:
        """The resolution that comes of what is *found*."""
        fired = tuple(rule for said in found.values() for rule in said.fired)
        undecided = tuple(rule for said in found.values() for rule in said.undecided)
        return Resolution(key, found, fired, undecided)


@attrs.frozen(eq=False)
class RulingReader(MaskReader[Mapping[str, Ruling]]):
    """Says what every table says and no more. It is given merged tables: rules that say the same are one bit to it."""

    def answer(self, key: int, found: Mapping[str, Found]) -> Mapping[str, Ruling]:  # noqa: ARG002 - rulings are shared, nothing is made of them
        """The rulings of what is *found*, by table id."""
        return MappingProxyType({name: said.ruling for name, said in found.items()})


def _find(table: Table, fired: int, open_: int) -> Found:
    fired, open_ = table.folding.once(fired, open_)
    return Found(table.folding.ruling(fired, open_), _rules(table, fired), _rules(table, open_))


def _rules(table: Table, mask: int) -> tuple[str, ...]:
    """The ids of the rules whose lines are in *mask*, in the order written."""
    return tuple(dict.fromkeys(line.rule.id for at, line in enumerate(table.lines) if mask >> at & 1))
