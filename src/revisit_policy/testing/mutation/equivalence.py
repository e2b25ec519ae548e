"""Equivalence of a policy and a mutant of it: refuted by a case where that is easy, proved where it is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from revisit_policy import analysis
from revisit_policy.errors import AnalysisLimitError
from revisit_policy.language.fold import Ruling
from revisit_policy.language.readers.reference import read
from revisit_policy.language.snapshot import snapshot_of
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.testing.strategies.boundary_case import cases_of_rule
from revisit_policy.testing.strategies.fact_space import FactSpace
from revisit_policy.testing.subject import graph_of

#: Steps of the exact search before a mutant counts as different: a mutant too many costs a sentence, one too few a fault.
BUDGET: Final = 200_000


def provably_equivalent(policy: object, changed: object, table_id: str) -> bool:
    """True if it is proved that *changed* decides every case as *policy* does, missing facts included.

    Args:
        policy: A table, a decision graph, or a policy.
        changed: The same with the table *table_id* changed.
        table_id: The table.
    """
    old, new = graph_of(policy), graph_of(changed)
    if any(_ruling(old, table_id, facts) != _ruling(new, table_id, facts) for facts in _likely(old, new, table_id)):
        return False
    try:
        return not analysis.diff(old, new, budget=BUDGET) and not analysis.diff(old, new, missing=True, budget=BUDGET)
    except AnalysisLimitError:
        return False


def _likely(old: DecisionGraph, new: DecisionGraph, table_id: str) -> Iterator[dict[str, Any]]:
    """Facts on which a difference would show: the calm ones, and the boundary cases of the rules that differ."""
    before, after = old.by_id[table_id], new.by_id[table_id]
    space = FactSpace(old)
    yield space.given(space.calm)
    for rule in before.rules:
        if rule not in after.rules or before.rules.index(rule) != after.rules.index(rule):
            yield from (case.facts for case in cases_of_rule(space, before, rule))


def _ruling(graph: DecisionGraph, table_id: str, facts: dict[str, Any]) -> Ruling:
    known = {fact.name for fact in graph.facts}
    snapshot = snapshot_of(graph.facts, {name: value for name, value in facts.items() if name in known})
    return read(graph, snapshot)[table_id].ruling
