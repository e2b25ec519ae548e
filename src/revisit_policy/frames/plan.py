"""Plans: a decision graph on one day as layers of expressions over the columns of a frame.

A plan is made once for a graph, a day and a way in which frames are written, and then runs on any frame written so.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import attrs
import narwhals as nw

from revisit_policy.frames.binding import Binding
from revisit_policy.frames.conditions import Nullable, Outcome, as_truth, nullable, truth
from revisit_policy.frames.fact_columns import fact_columns
from revisit_policy.frames.outcome_columns import Said, masks, outcomes, traces, where
from revisit_policy.frames.output import Output, Trace, bad_input_outputs, outcome_outputs, trace_outputs
from revisit_policy.frames.stages import PREFIX, Stages
from revisit_policy.frames.table_columns import Lines, lines_of, read_later, ruled
from revisit_policy.frames.truth import Flag, either, inverse, where_null
from revisit_policy.language.graph import DecisionGraph
from revisit_policy.language.stems import Shape, Stem, stems_of
from revisit_policy.language.table import Table
from revisit_policy.values.dates import Date

#: How many plans are kept.
_MEMORY: Final = 64


@attrs.frozen(eq=False)
class Plan:
    """Layers of expressions, the last of which makes the *outputs* under names that begin with `stages.PREFIX`."""

    layers: tuple[tuple[nw.Expr, ...], ...]
    outputs: tuple[Output, ...]

    def run(self, frame: Any) -> Any:
        """*frame*, a Narwhals frame that has the columns of `truth.constants`, with the columns of all layers."""
        for layer in self.layers:
            frame = frame.with_columns(*layer)
        return frame


@lru_cache(maxsize=_MEMORY)
def plan_of(graph: DecisionGraph, binding: Binding, *, on: Date, trace: Trace) -> Plan:
    """The plan for *graph* on the day *on* over frames written as *binding* says."""
    stages = Stages()
    facts = fact_columns(graph.facts, binding, on=on, stages=stages)
    reading = stems_of(graph.tables)
    stems = tuple(_kept(nullable(condition, facts), stages) for condition in reading.conditions)
    stages.next()
    bad = tuple(facts[fact.name].bad for fact in graph.facts)
    sound = stages.keep_flag(inverse(either(bad)))
    said = _tables(graph.tables, reading.shapes, stems, stages)
    stages.next()
    outputs = [*bad_input_outputs(graph)]
    expressions = masks(bad)
    for table in graph.tables:
        outputs += outcome_outputs(table)
        expressions += [where(sound, part) for part in outcomes(table, said[table.id].ruled)]
    outputs += trace_outputs(graph, trace)
    expressions += [where(sound, part) for part in traces(graph.tables, said, trace)]
    stages.layers[-1] += [part.cast(output.dtype).alias(PREFIX + output.name) for part, output in zip(expressions, outputs, strict=True)]
    return Plan(tuple(map(tuple, stages.layers)), tuple(outputs))


def _kept(found: Nullable, stages: Stages) -> Nullable:
    return stages.keep(found) if isinstance(found, nw.Expr) else found


# -- tables, each after those it reads -------------------------------------------------------------------------------


def _levels(tables: tuple[Table, ...]) -> list[list[tuple[int, Table]]]:
    """The tables with their places, those first that read none, then those that read only these, and so on."""
    depth: dict[str, int] = {}
    levels: list[list[tuple[int, Table]]] = []
    for at, table in enumerate(tables):
        depth[table.id] = level = max((depth[name] + 1 for name in table.reads), default=0)
        levels += [[] for _ in range(level + 1 - len(levels))]
        levels[level].append((at, table))
    return levels


def _tables(
    tables: tuple[Table, ...], shapes: tuple[tuple[Shape, ...], ...], stems: tuple[Nullable, ...], stages: Stages
) -> dict[str, Said]:
    said: dict[str, Said] = {}
    read: dict[str, Outcome] = {}
    for level in _levels(tables):
        stages.next()
        lines = {table.id: _lines(table, [_pair(shape, stems, read) for shape in shapes[at]], stages) for at, table in level}
        stages.next()
        for _, table in level:
            said[table.id] = Said(lines[table.id], ruled(lines[table.id], stages))
        for _, table in level:
            read[table.id] = read_later(said[table.id].ruled)
    return said


def _pair(shape: Shape, stems: tuple[Nullable, ...], read: Mapping[str, Outcome]) -> tuple[Flag, Flag]:
    """Where a line surely holds, and where it is open."""
    if not isinstance(shape, Stem):
        held = truth(shape, stems, read)
        return held.surely, held.open
    found = stems[shape.bit]
    if isinstance(found, nw.Expr):
        return found.fill_null(value=False), where_null(found)
    held = as_truth(found)
    return held.surely, held.open


def _lines(table: Table, pairs: list[tuple[Flag, Flag]], stages: Stages) -> Lines:
    once = lines_of(table, pairs)
    return attrs.evolve(once, fires=tuple(map(stages.keep_flag, once.fires)), opens=tuple(map(stages.keep_flag, once.opens)))
