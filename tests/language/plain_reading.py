"""What a table says of a complete case, worked out from its rules alone: no masks, no lines, no folding.

The library's readers share their lines and their fold; this shares nothing with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from revisit_policy.language.condition import COMPARES, All, AnyOf, Compare, Condition, FlagIs, Includes, Known, Missing, OneOf
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Fold
from revisit_policy.language.rule import Rule
from revisit_policy.language.scale import Scale
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.graph import DecisionGraph

GAP: Final = "no rule applies"
CONFLICT: Final = "rules conflict"


def holds(condition: Condition, case: Mapping[str, Any]) -> bool:
    match condition:
        case All(parts):
            return all(holds(part, case) for part in parts)
        case AnyOf(parts):
            return any(holds(part, case) for part in parts)
        case Missing():
            return False
        case Known():
            return True
        case FlagIs(fact, expected):
            return bool(case[fact.name] is expected)
        case OneOf(fact, choices):
            return case[fact.name] in choices
        case Includes(fact, elements, expected):
            return bool(set(elements) & set(case[fact.name])) is expected
        case Compare(fact, op, limit):
            value = case[fact.name]
            if isinstance(fact.domain, Choices):
                return COMPARES[op](fact.domain.items.index(value), fact.domain.items.index(limit))
            return COMPARES[op](value, limit)


def outcomes(graph: DecisionGraph, given: Mapping[str, Any]) -> dict[str, Any]:
    """The outcome of every table up to the first that has none (included)."""
    case = {fact.name: fact.accept(given[fact.name]) for fact in graph.facts}
    found: dict[str, Any] = {}
    for table in graph.tables:
        found[table.id] = case[table.id] = said = outcome(table, case)
        if said in (GAP, CONFLICT):
            break
    return found


def outcome(table: Table, case: Mapping[str, Any]) -> Any:
    said = [value for rule in table.rules if holds(rule.condition, case) for value in _then(rule, case)]
    scale = table.outcomes.outcomes if isinstance(table.outcomes, Scale) else ()
    chosen: list[Any] = []
    match table.fold:
        case Fold.EVERY:
            return tuple(item for item in scale if item in (said or table.otherwise or ()))
        case Fold.TOTAL:
            return (table.otherwise or 0) + sum(said)
        case Fold.FIRST:
            chosen = said[:1]
        case Fold.UNIQUE:
            chosen = list(dict.fromkeys(said))
        case Fold.WORST | Fold.LEAST:
            chosen = sorted(said, key=scale.index)[-1:]
    if len(chosen) > 1:
        return CONFLICT
    if chosen:
        return chosen[0]
    return GAP if table.otherwise is None else table.otherwise


def _then(rule: Rule, case: Mapping[str, Any]) -> tuple[Any, ...]:
    if not isinstance(rule.then, Fact):
        return (rule.then,)
    value = case[rule.then.name]
    return value if isinstance(value, tuple) else (value,)

