"""Means in columns: how a visit of each kind, and one that a signal alone asks for, is made, as `decision.visit_reader` says.

The tables *method* and *turnaround* are read once for every kind of visit and every signal. With these given, most of their
conditions are known before any row is read, and what is left is the same for many signals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import attrs

from revisit_policy.decision.seats.shape import BY_ID, PER_VISIT
from revisit_policy.decision.visit_reader import METHOD
from revisit_policy.frames.columns.fact_column import FactColumn
from revisit_policy.frames.expressions.expression import Expression
from revisit_policy.frames.expressions.stages import Stages
from revisit_policy.frames.expressions.truth import Flag, Truth, all_true, any_true
from revisit_policy.frames.outputs.outcome_columns import Said
from revisit_policy.frames.rules.conditions import Candidates, Nullable, Outcome, as_truth, nullable, truth
from revisit_policy.frames.rules.spoken import Places, spoken
from revisit_policy.frames.rules.table_columns import Lines, lines_of, read_later, ruled
from revisit_policy.frames.rules.told import on_scale
from revisit_policy.language.condition import ALWAYS, NEVER, All, AnyOf, Condition, Includes, Missing, OneOf, all_of, any_of, comparisons
from revisit_policy.language.flags import Row, both, either, inverse
from revisit_policy.language.table import Table
from revisit_policy.outcomes.signal import Signal
from revisit_policy.outcomes.turnaround import TurnaroundPart
from revisit_policy.outcomes.words.vocabulary import VISIT_KIND, Vocabulary
from revisit_policy.values.labels import Labelled


class Asking(NamedTuple):
    """A kind of visit, and for a triggered one the signal that asks for it."""

    kind: Labelled
    signal: Signal | None = None


@attrs.frozen(eq=False)
class MeansColumns:
    """How a visit is made.

    Args:
        methods: For every method, where it is the least that serves.
        parts: For every step to the result, where it is needed.
    """

    methods: tuple[Flag, ...]
    parts: Mapping[TurnaroundPart, Flag]

    @property
    def reports(self) -> tuple[tuple[TurnaroundPart, Flag], ...]:
        """The steps that are the writing of the result itself."""
        return tuple((part, flag) for part, flag in self.parts.items() if part.is_report and flag is not False)


#: A table, its lines once the kind of the visit and the signal are given, and what it reads of earlier tables.
_Given: TypeAlias = tuple[Table, tuple[Condition, ...], tuple[int, ...]]


@attrs.define(eq=False)
class MeansReader:
    """Reads the tables of visits over the same facts; what is asked of them in the same way is read once.

    Args:
        facts: The facts by name.
        stages: The layers that are added to.
        stems: What has been read of facts already.
        words: The words of the policy.
    """

    facts: Mapping[str, FactColumn]
    stages: Stages
    stems: dict[Condition, Nullable]
    words: Vocabulary
    _said: dict[_Given, Said] = attrs.field(factory=dict)
    _read: dict[int, Outcome] = attrs.field(factory=dict)
    _means: dict[tuple[int, ...], MeansColumns] = attrs.field(factory=dict)

    def means(self, tables: Mapping[str, Table], askings: Sequence[Asking], *, said: Mapping[str, Said]) -> dict[Asking, MeansColumns]:
        """The means of every one of *askings*, by the tables of the method and of the turnaround, or what holds without them.

        Args:
            tables: The tables of the policy by id.
            askings: What is asked.
            said: What the tables before have said, by id.
        """
        known: dict[Asking, dict[str, Said]] = {asking: dict(said) for asking in askings}
        spoken_by = [tables[name] for name in PER_VISIT if name in tables]
        for table in spoken_by:
            for asking, heard in self._heard(table, known).items():
                known[asking][table.id] = heard
            if table.id == METHOD:
                self._hand_out(table, {id(said[METHOD]): said[METHOD] for said in known.values()})
        return {asking: self._columns(spoken_by, known[asking]) for asking in askings}

    def _columns(self, tables: Sequence[Table], said: Mapping[str, Said]) -> MeansColumns:
        key = tuple(id(said[table.id]) for table in tables)
        if key not in self._means:
            handed = {table.id: self._handed(table, said[table.id]) for table in tables}
            methods = handed.get(METHOD, {self.words.means[0]: True})
            highest = highest_only(tuple(methods.get(method, False) for method in self.words.means))
            self._means[key] = MeansColumns(tuple(map(self.stages.put_flag, highest)), handed.get("turnaround", {}))
        return self._means[key]

    def _handed(self, table: Table, said: Said) -> dict[Any, Flag]:
        """Where each outcome of a table of visits is handed out."""
        told = on_scale(table, _places(said), self.stages)
        return dict(zip(told.items, BY_ID[table.id].handed({table.id: told}), strict=True))

    def _hand_out(self, table: Table, heard: Mapping[int, Said]) -> None:
        """Let the turnaround read the method that is handed out: the result is that of the visit as it is planned, whatever missing facts could change."""
        handed = {at: highest_only(tuple(self._handed(table, said).values())) for at, said in heard.items() if at not in self._read}
        self.stages.next()
        self._read |= {at: Candidates(Row.of(flags, self.stages.put_flag)) for at, flags in handed.items()}
        self.stages.next()

    def _heard(self, table: Table, askings: Mapping[Asking, Mapping[str, Said]]) -> dict[Asking, Said]:
        """What *table* says to each asking, given what earlier tables have said: its lines first, then its fold."""
        keys = {asking: _given(table, asking, said) for asking, said in askings.items()}
        fresh = {key: askings[asking] for asking, key in keys.items() if key not in self._said}
        lines = {key: self._lines(table, key[1], said) for key, said in fresh.items()}
        self.stages.next()
        folded = {key: ruled(found, self.stages) for key, found in lines.items()}
        self.stages.next()
        self._said |= {key: Said(lines[key], spoken(found, self.stages), found) for key, found in folded.items()}
        self.stages.next()
        return {asking: self._said[key] for asking, key in keys.items()}

    def _lines(self, table: Table, conditions: Iterable[Condition], said: Mapping[str, Said]) -> Lines:
        held = [self.truth(condition, said) for condition in conditions]
        once, put = lines_of(table, [(each.surely, each.open) for each in held]), self.stages.put_flag
        return attrs.evolve(once, fires=tuple(map(put, once.fires)), opens=tuple(map(put, once.opens)))

    def truth(self, condition: Condition, said: Mapping[str, Said]) -> Truth:
        """The truth of a *condition* that may compare what earlier tables have *said*."""
        if all(part.fact.table is None for part in comparisons(condition)):
            return as_truth(self._stem(condition))
        match condition:
            case All(parts):
                return all_true(self.truth(part, said) for part in parts)
            case AnyOf(parts):
                return any_true(self.truth(part, said) for part in parts)
            case _:
                return truth(condition, (), {condition.fact.name: self._outcome(said[condition.fact.name])})

    def _outcome(self, said: Said) -> Outcome:
        return self._read.setdefault(id(said), read_later(said.ruled, self.stages))

    def _stem(self, condition: Condition) -> Nullable:
        if condition not in self.stems:
            found = nullable(condition, self.facts)
            self.stems[condition] = self.stages.put(found) if isinstance(found, Expression) else found
        return self.stems[condition]


def _given(table: Table, asking: Asking, said: Mapping[str, Said]) -> _Given:
    lines = tuple(given(line.condition, asking) for line in table.lines)
    read = {part.fact.name for line in lines for part in comparisons(line) if part.fact.table is not None}
    return table, lines, tuple(id(said[name]) for name in sorted(read))


def given(condition: Condition, asking: Asking) -> Condition:
    """What is left of *condition* once it is known for which kind of visit, and which signal alone, it is asked."""
    match condition:
        case All(parts):
            left = [given(part, asking) for part in parts]
            return NEVER if NEVER in left else all_of(*left)
        case AnyOf(parts):
            left = [given(part, asking) for part in parts]
            return ALWAYS if ALWAYS in left else any_of(*left)
        case OneOf(fact, choices) if fact.name == VISIT_KIND:
            return _constant(holds=asking.kind in choices)
        case _ if condition.fact.name == VISIT_KIND:
            return _constant(holds=not isinstance(condition, Missing))
        case Includes(fact, elements, expected) if fact.name == "signals" and asking.signal is not None:
            return _constant(holds=(asking.signal in elements) == expected)
        case _:
            return condition


def _constant(*, holds: bool) -> Condition:
    return ALWAYS if holds else NEVER


def _places(said: Said) -> Places:
    assert isinstance(said.spoken, Places)  # noqa: S101 - outcomes on a scale
    return said.spoken


def highest_only(flags: tuple[Flag, ...]) -> tuple[Flag, ...]:
    """For every place, where it is the highest one whose flag holds."""
    return tuple(both((flag, inverse(either(flags[place + 1 :])))) for place, flag in enumerate(flags))
