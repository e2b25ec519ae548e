"""Plans: what decides, as layers of expressions over the columns of a frame.

A plan is made once for a policy and a way in which frames are written, and then runs on any frame written so, on any day of the
same phase: it holds no day (see `expressions.given`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from typing import Any, Final

import attrs

from revisit_policy.frames.checks.case_checks import case_faults
from revisit_policy.frames.checks.currency_checks import currency_faults
from revisit_policy.frames.checks.derived_cells import derived_cells
from revisit_policy.frames.checks.grown_cells import grown_cells
from revisit_policy.frames.checks.settled import settled
from revisit_policy.frames.columns.binding import Binding
from revisit_policy.frames.columns.cells import cell
from revisit_policy.frames.columns.day_columns import DayColumns
from revisit_policy.frames.columns.editions import edition_flags
from revisit_policy.frames.columns.fact_column import FactColumn
from revisit_policy.frames.columns.fact_columns import Reading, fact_columns
from revisit_policy.frames.columns.phase import Phase
from revisit_policy.frames.columns.schema import ACTIONS
from revisit_policy.frames.expressions.expression import Expression
from revisit_policy.frames.expressions.given import GivenValues
from revisit_policy.frames.expressions.stages import PREFIX, Stages, layered
from revisit_policy.frames.expressions.truth import Flag, where_null
from revisit_policy.frames.outputs.answer import RowsDecided
from revisit_policy.frames.outputs.answers import answers_of, checked_names, tables_of
from revisit_policy.frames.outputs.outcome_columns import Said
from revisit_policy.frames.outputs.output import Meaning, Trace
from revisit_policy.frames.outputs.plan import Plan
from revisit_policy.frames.rules.conditions import Nullable, Outcome, as_truth, nullable, truth
from revisit_policy.frames.rules.kinds import Kinds, kinds_of
from revisit_policy.frames.rules.spoken import by_edition, silent, spoken
from revisit_policy.frames.rules.table_columns import Lines, lines_of, read_later, ruled
from revisit_policy.frames.rules.told import Told
from revisit_policy.frames.subject import Edited, Subject
from revisit_policy.frames.visits.answers import acted, visit_columns, visit_faults
from revisit_policy.frames.visits.request import Judged
from revisit_policy.language.condition import Condition
from revisit_policy.language.derivation import Field, GrownDaily
from revisit_policy.language.fact import Fact
from revisit_policy.language.flags import both, either, inverse
from revisit_policy.language.readers.stems import Shape, Stem, stems_of
from revisit_policy.language.table import Table

#: How many plans are kept: a service has one a policy and a way of writing, and few of them.
_MEMORY: Final = 8


@attrs.frozen(eq=False)
class RowsRead:
    """What stands in the rows of a frame, before anything is decided.

    Args:
        stages: The layers in which it is read.
        facts: The facts by name.
        editions: For every edition, the rows under it.
        bad: Where each of `answers.checked_names` is bad, for a layer after the current one.
        days: The cells by path, and their days.
        reading: For which days, and what is read of each.
    """

    stages: Stages
    facts: Mapping[str, FactColumn]
    editions: tuple[Flag, ...]
    bad: tuple[Flag, ...]
    days: DayColumns
    reading: Reading


def rows_read(subject: Subject, binding: Binding, *, phase: Phase) -> RowsRead:
    """What *subject* reads on a day of the *phase* in frames written as *binding* says."""
    stages, reading = Stages(), Reading(phase, GivenValues())
    read = {source.column.path: cell(source, stages) for source in binding.columns}
    stages.next()
    read = {path: attrs.evolve(part, bad=stages.keep_flag(part.bad)) for path, part in read.items()}
    days = DayColumns(read, stages)
    derived = {**(derived_cells(days) if subject.is_policy else {}), **grown_cells(subject.facts, days, values=reading.values)}
    stages.next()
    facts = fact_columns(subject.facts, {**read, **derived}, reading=reading, stages=stages)
    editions = tuple(stages.keep_flag(flag) for flag in edition_flags(subject, read, phase=phase, values=reading.values))
    return RowsRead(stages, facts, editions, _bad(subject, facts, days, editions, reading.values), days, reading)


@lru_cache(maxsize=_MEMORY)
def plan_of(subject: Subject, binding: Binding, *, phase: Phase, trace: Trace) -> Plan:
    """The plan for *subject* on any day of the *phase* over frames written as *binding* says."""
    rows = rows_read(subject, binding, phase=phase)
    stages, editions = rows.stages, rows.editions
    judging = Judging(rows.facts, stages, is_alone=sum(flag is not False for flag in editions) == 1)
    said = [judging.said(edited) if flag is not False else {} for edited, flag in zip(subject.editions, editions, strict=True)]
    stages.next()
    days = rows.days
    faults = {} if subject.horizon is None else visit_faults(days, subject.words)
    stages.next()
    bad = tuple(stages.keep_flag(either((flag, faults.get(name, False)))) for name, flag in zip(checked_names(subject), rows.bad, strict=True))
    stages.next()
    sound = stages.keep_flag(inverse(either(bad)))
    told = _told(subject, editions, said, stages)

    judged = Judged(subject=subject, editions=editions, said=said, told=told, facts=rows.facts, stems=judging.stems, days=days, reading=rows.reading)
    gate = settled(days.read, stages) if subject.is_policy else False
    decided = RowsDecided(
        subject=subject, editions=editions, said=said, bad=bad, sound=sound, told=told, settled=gate,
        plan=partial(visit_columns, judged), act=partial(acted, judged),
    )  # fmt: skip
    made = {answer.output: answer.of(decided) for answer in answers_of(subject, trace)}
    stages.next()
    stages.layers[-1] |= {PREFIX + output.name: part if output.meaning is Meaning.DAY else part.cast(output.dtype) for output, part in made.items()}
    return Plan(layered(stages), tuple(made), rows.reading.values.makers())


def _bad(
    subject: Subject, facts: Mapping[str, FactColumn], days: DayColumns, editions: tuple[Flag, ...], values: GivenValues
) -> tuple[Flag, ...]:
    """Where each of `answers.checked_names` is bad, in their order; a fact is only bad where the row's edition reads it."""
    found: dict[str, Flag] = {}
    for fact in subject.facts:
        reading = either(flag for edited, flag in zip(subject.editions, editions, strict=True) if fact in edited.facts)
        found[fact.name] = both((facts[fact.name].bad, reading))
    if subject.is_policy:
        told = {path for fact in subject.facts for path in _own_cells(fact)}
        for path, flag in (*case_faults(days, values=values, told=told, named=subject.named), *currency_faults(days.read)):
            name = ACTIONS if path in subject.named.actions else path
            found[name] = either((found.get(name, False), flag))
    return tuple(found.get(name, False) for name in checked_names(subject))


def _own_cells(fact: Fact) -> tuple[str, ...]:
    """The path of the cell that *fact* is, today or grown to today; its bounds are those of the fact."""
    match fact.derived:
        case Field(path) | GrownDaily(path):
            return (path,)
        case _:
            return ()


def _told(subject: Subject, editions: tuple[Flag, ...], said: Iterable[Mapping[Table, Said]], stages: Stages) -> Told:
    """What each table says, by its id, of every row as its own edition has it."""
    speaking = [(flag, {table.id: part.spoken for table, part in tables.items()}) for flag, tables in zip(editions, said, strict=True) if tables]
    flags, tables = tuple(flag for flag, _ in speaking), tables_of(subject)
    heard = {name: by_edition(flags, tuple(spoke.get(name) or silent(table) for _, spoke in speaking)) for name, table in tables.items()}
    lacking = {name: either(flag for flag, spoke in speaking if name not in spoke) for name in tables}
    return Told(tables=tables, said=heard, lacking={name: flag for name, flag in lacking.items() if flag is not False}, stages=stages, words=subject.words)


@attrs.define(eq=False)
class Judging:
    """The tables of one or several graphs read over the same facts; what two graphs have in common is read once."""

    facts: Mapping[str, FactColumn]
    stages: Stages
    is_alone: bool
    stems: dict[Condition, Nullable] = attrs.field(factory=dict)
    known: dict[tuple[Any, ...], Said] = attrs.field(factory=dict)

    def said(self, edited: Edited) -> dict[Table, Said]:
        """What each table of the graph says."""
        tables = edited.graph.tables
        kinds = {table.id: telling for table in tables if (telling := self._kinds(table)) is not None}
        others = tuple(table for table in tables if table.id not in kinds)
        reading = stems_of(others, earlier=kinds)
        shapes = {table.id: found for table, found in zip(others, reading.shapes, strict=True)}
        stems = tuple(self._stem(condition) for condition in reading.conditions)
        said: dict[Table, Said] = {}
        read: dict[str, Outcome] = {}
        by_id: dict[str, Said] = {}
        for level in _levels(tables):
            fresh: list[tuple[Table, Lines]] = []
            self.stages.next()
            for table in level:
                key = (table, *(id(by_id[name]) for name in table.reads))
                if key in self.known:
                    said[table] = self.known[key]
                else:
                    told = kinds[table.id].pairs(table) if table.id in kinds else [_pair(shape, stems, read) for shape in shapes[table.id]]
                    fresh.append((table, self._lines(table, told)))
            self.stages.next()
            heard = [(table, lines, ruled(lines, self.stages)) for table, lines in fresh]
            self.stages.next()
            for table, lines, found in heard:
                said[table] = self.known[table, *(id(by_id[name]) for name in table.reads)] = Said(lines, spoken(found, self.stages), found)
            for table in level:
                by_id[table.id] = said[table]
                read[table.id] = read_later(said[table].ruled, self.stages)
        return said

    def _kinds(self, table: Table) -> Kinds | None:
        """The kinds of rows that a long table tells apart; where rows are under several editions, none: each would have its own."""
        return kinds_of(table, self.facts, self.stages) if self.is_alone else None

    def _stem(self, condition: Condition) -> Nullable:
        if condition not in self.stems:
            found = nullable(condition, self.facts)
            self.stems[condition] = self.stages.keep(found) if isinstance(found, Expression) else found
        return self.stems[condition]

    def _lines(self, table: Table, pairs: list[tuple[Flag, Flag]]) -> Lines:
        once, keep = lines_of(table, pairs), self.stages.keep_flag
        return attrs.evolve(once, fires=tuple(map(keep, once.fires)), opens=tuple(map(keep, once.opens)))


def _levels(tables: tuple[Table, ...]) -> list[list[Table]]:
    """The tables, those first that read none, then those that read only these, and so on."""
    depth: dict[str, int] = {}
    levels: list[list[Table]] = []
    for table in tables:
        depth[table.id] = level = max((depth[name] + 1 for name in table.reads), default=0)
        levels += [[] for _ in range(level + 1 - len(levels))]
        levels[level].append(table)
    return levels


def _pair(shape: Shape, stems: tuple[Nullable, ...], read: Mapping[str, Outcome]) -> tuple[Flag, Flag]:
    """Where a line surely holds, and where it is open."""
    if not isinstance(shape, Stem):
        held = truth(shape, stems, read)
        return held.surely, held.open
    found = stems[shape.bit]
    if isinstance(found, Expression):
        return found.fill_null(value=False), where_null(found)
    held = as_truth(found)
    return held.surely, held.open
