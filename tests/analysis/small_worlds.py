"""Graphs small enough to be read in every combination of cells, the oracle of this room."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod
from typing import Any

import attrs
from hypothesis import assume
from hypothesis import strategies as st
from tests.language.strategies import ATOMS, conditions, graphs, readings_of

from revisit_policy.analysis.space.space import Space
from revisit_policy.errors import InvalidPolicyError
from revisit_policy.language.condition import Condition, comparisons
from revisit_policy.language.fold import Fold
from revisit_policy.language.readers import reference
from revisit_policy.language.readers.reference import Reading
from revisit_policy.language.rule import Rule
from revisit_policy.language.snapshot import snapshot_of
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.graph import DecisionGraph

#: How many combinations of cells are read through.
MOST = 300


def worlds(space: Space) -> Iterator[dict[str, Any]]:
    """Plain facts for every combination of cells."""
    for cells in product(*(range(axis.size) for axis in space.axes)):
        yield space.facts(cells)


def is_small(space: Space) -> bool:
    return prod(axis.size for axis in space.axes) <= MOST


def read(graph: DecisionGraph, facts: dict[str, Any]) -> dict[str, Reading]:
    """What the reference reader says; facts that the graph does not read are left out."""
    return reference.read(graph, snapshot_of(graph.facts, {fact.name: facts[fact.name] for fact in graph.facts}))


def readings(space: Space, facts: dict[str, Any]) -> dict[str, Any]:
    """The encoded facts by name, as conditions compare them."""
    return {axis.fact.name: axis.fact.encode(facts[axis.fact.name]) for axis in space.axes}


def is_in(region: Condition, space: Space, facts: dict[str, Any]) -> bool:
    """True if the facts surely lie in *region*."""
    return reference.truth(region, readings(space, facts)) is True


@st.composite
def small_graphs(draw: st.DrawFn, *, missing: bool, most: int = 2, folds: tuple[Fold, ...] = tuple(Fold)) -> DecisionGraph:
    """A graph of one or two tables whose cells can be read through."""
    graph = draw(graphs(most=most, folds=folds, absence=missing))
    assume(is_small(Space.of((graph,), missing=missing)))
    return graph


@st.composite
def edited(draw: st.DrawFn, graph: DecisionGraph) -> DecisionGraph:
    """*graph* with one rule given another condition, another outcome, or left out."""
    full = [table for table in graph.tables if table.rules]
    assume(full)
    table: Table = draw(st.sampled_from(full))
    rule: Rule = draw(st.sampled_from(table.rules))
    earlier = graph.tables[: graph.tables.index(table)]
    atoms = (*ATOMS, *(condition for other in earlier for condition in readings_of(other.outcome)))
    known = {fact.name for fact in graph.facts} | {other.id for other in earlier}
    used = tuple(atom for atom in atoms if {part.fact.name for part in comparisons(atom)} <= known)
    used = used if draw(st.booleans()) else ()
    match draw(st.integers(0, 3)):
        case 0 | 1:
            changed: tuple[Rule, ...] = (attrs.evolve(rule, when=draw(conditions(used or atoms))),)
        case 2 if table.fold is not Fold.TOTAL:
            changed = (attrs.evolve(rule, then=draw(st.sampled_from(table.outcomes.outcomes))),)  # type: ignore[union-attr] # a scale
        case _:
            changed = ()
    rules = tuple(new for old in table.rules for new in (changed if old is rule else (old,)))
    try:
        edited_table = attrs.evolve(table, rules=rules)
        return DecisionGraph(tuple(edited_table if other is table else other for other in graph.tables))
    except InvalidPolicyError:
        assume(False)
        raise
