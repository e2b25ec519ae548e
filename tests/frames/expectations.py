"""What the single decision says of every row, in the form of output columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.language.fold import Fold, Status
from revisit_policy.language.scale import Scale
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.language.verdicts.verdict import Verdict, Verdicts


def expected(graph: DecisionGraph, found: Sequence[Verdicts | InvalidInputError]) -> dict[str, list[Any]]:
    """The output columns, with the trace as text, for what the single decision found or refused row by row."""
    rows = [_refused(graph, row) if isinstance(row, InvalidInputError) else _decided(graph, row) for row in found]
    return {name: [row[name] for row in rows] for name in rows[0]}


def _refused(graph: DecisionGraph, error: InvalidInputError) -> dict[str, Any]:
    faulty = {fault.field for fault in error.exceptions if isinstance(fault, InvalidValueError)}
    places = [at for at, fact in enumerate(graph.facts) if fact.name in faulty]
    assert len(places) == len(faulty)
    outcomes = {name: None for table in graph.tables for name in _names(table)}
    return {"bad_input": sum(1 << at for at in places)} | outcomes | {"fired": None, "undecided": None}


def _decided(graph: DecisionGraph, verdicts: Mapping[str, Verdict]) -> dict[str, Any]:
    outcomes: dict[str, Any] = {}
    for table in graph.tables:
        outcomes |= dict(zip(_names(table), _cells(table, verdicts[table.id]), strict=True))
    rules = [(rule.id, verdicts[table.id]) for table in graph.tables for rule in table.rules]
    fired = ",".join(rule for rule, verdict in rules if rule in verdict.fired)
    undecided = ",".join(rule for rule, verdict in rules if rule in verdict.undecided)
    return {"bad_input": 0} | outcomes | {"fired": fired, "undecided": undecided}


def _is_ordered(table: Table) -> bool:
    return not isinstance(table.outcomes, Scale) or table.outcomes.ordered or table.fold is Fold.EVERY


def _names(table: Table) -> list[str]:
    worst = [f"{table.id}_at_worst"] if _is_ordered(table) else []
    return [table.id, *worst, f"{table.id}_status"]


def _cells(table: Table, verdict: Verdict) -> list[Any]:
    def cell(value: Any) -> Any:
        if value is None or not isinstance(table.outcomes, Scale):
            return value
        return table.outcomes.mask(value) if table.fold is Fold.EVERY else table.outcomes.place(value)

    worst = [cell(verdict.at_worst)] if _is_ordered(table) else []
    return [cell(verdict.outcome), *worst, tuple(Status).index(verdict.status)]
