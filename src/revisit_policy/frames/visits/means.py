"""Means in columns: how a visit of each kind, and one that a signal alone asks for, is made, as `policy.visit_reader` says.

The tables *method* and *turnaround* are read once for every kind of visit and every signal. With these given, most of their
conditions are known before any row is read, and what is left is the same for many signals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import attrs

from revisit_policy.casefile.facts import visit_kind
from revisit_policy.frames.conditions import Nullable, Outcome, as_truth, nullable, truth
from revisit_policy.frames.expression import Expression
from revisit_policy.frames.fact_column import FactColumn
from revisit_policy.frames.outcome_columns import Said
from revisit_policy.frames.spoken import Places, spoken
from revisit_policy.frames.stages import Stages
from revisit_policy.frames.table_columns import Lines, lines_of, read_later, ruled
from revisit_policy.frames.truth import Flag, Truth, all_true, any_true, both, either, inverse
from revisit_policy.language.condition import ALWAYS, NEVER, All, AnyOf, Condition, Includes, Missing, OneOf, all_of, any_of, comparisons
from revisit_policy.language.fold import Fold
from revisit_policy.language.table import Table
from revisit_policy.outcomes.signal import Signal
from revisit_policy.outcomes.turnaround import TurnaroundPart
from revisit_policy.outcomes.visit import VisitKind


class Asking(NamedTuple):
    """A kind of visit, and for a triggered one the signal that asks for it."""

    kind: VisitKind
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
    """

    facts: Mapping[str, FactColumn]
    stages: Stages
    stems: dict[Condition, Nullable]
    _said: dict[_Given, Said] = attrs.field(factory=dict)
    _read: dict[int, Outcome] = attrs.field(factory=dict)
    _means: dict[tuple[int, int], MeansColumns] = attrs.field(factory=dict)

    def means(self, tables: tuple[Table, Table], askings: Sequence[Asking], *, said: Mapping[str, Said]) -> dict[Asking, MeansColumns]:
        """The means of every one of *askings*, by the tables of the method and of the turnaround.

        Args:
            tables: The two.
            askings: What is asked.
            said: What the tables before have said, by id.
        """
        method, turnaround = tables
        methods = self._heard(method, dict.fromkeys(askings, said))
        steps = self._heard(turnaround, {asking: {**said, method.id: heard} for asking, heard in methods.items()})
        return {asking: self._columns(tables, methods[asking], steps[asking]) for asking in askings}

    def _columns(self, tables: tuple[Table, Table], method: Said, steps: Said) -> MeansColumns:
        key = id(method), id(steps)
        if key not in self._means:
            parts: tuple[Any, ...] = tables[1].outcomes.outcomes  # type: ignore[union-attr] # a scale of steps
            methods = tuple(map(self.stages.put_flag, _handed_out(tables[0], method)))
            self._means[key] = MeansColumns(methods, dict(zip(parts, _places(steps).established, strict=True)))
        return self._means[key]

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
        case OneOf(fact, choices) if fact == visit_kind:
            return _constant(holds=asking.kind in choices)
        case _ if condition.fact == visit_kind:
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


def _handed_out(table: Table, said: Said) -> tuple[Flag, ...]:
    """The established method; where none is, the most thorough still possible. A table that goes by severity always has one."""
    found = _places(said)
    established = highest_only(found.established)
    if table.fold in {Fold.WORST, Fold.LEAST}:
        return established
    nothing = inverse(either(found.established))
    worst = highest_only(found.possible)
    return tuple(either((flag, both((nothing, at_worst)))) for flag, at_worst in zip(established, worst, strict=True))


def highest_only(flags: tuple[Flag, ...]) -> tuple[Flag, ...]:
    """For every place, where it is the highest one whose flag holds."""
    return tuple(both((flag, inverse(either(flags[place + 1 :])))) for place, flag in enumerate(flags))
