"""Subjects: what is under test, whichever of the three shapes it comes in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from revisit_policy.errors import InvalidValueError
from revisit_policy.language.fact import Fact
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.asked import graph_in, versions_in
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.language.verdicts.verdict import Verdict
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import checked, found_in


def graph_of(policy: object) -> DecisionGraph:
    """The decision graph of *policy*: of a table the graph that holds it alone, of a graph the graph itself.

    Args:
        policy: A table, a decision graph, or a policy, which is anything with a ``graph``.

    Raises:
        InvalidValueError: If it is none of these.
    """
    graph = graph_in(policy)
    if graph is None:
        raise InvalidValueError(owner="", field="policy", value=policy, expected=Phrase("表、决策图或政策", "a table, a decision graph or a policy"))
    return graph


def policies_of(subject: object) -> tuple[object, ...]:
    """What there is to test in *subject*: the policy of every edition of a rulebook, or the one thing itself."""
    return tuple(versions_in(subject).values())


def tables_of(subject: object) -> tuple[Table, ...]:
    """The tables of *subject*, each version once, in their order.

    Args:
        subject: A table, a decision graph, a policy, or a rulebook with editions.

    Raises:
        InvalidValueError: If it is none of these.
    """
    return tuple(dict.fromkeys(table for policy in policies_of(subject) for table in graph_of(policy).tables))


def verdicts_on(policy: object, facts: Mapping[str, Any]) -> Mapping[str, Verdict]:
    """The verdicts of *policy* on keyword *facts*, by table.

    Raises:
        InvalidValueError: If *policy* is no table, graph or policy.
        UnknownNameError: If *facts* names one that the policy does not read, with the nearest name.
        InvalidInputError: If values are of another type or outside their domains.
    """
    for name in checked(facts, Mapping, field="facts", expected=Phrase("按事实名称给出的值", "values by the names of their facts")):
        checked(name, str, field="facts", expected=Phrase("按事实名称给出的值", "values by the names of their facts"))
    if isinstance(policy, Table):
        return {policy.id: policy(**facts)}
    return graph_of(policy).verdicts(**facts)


def table_of(graph: DecisionGraph, table_id: str) -> Table:
    """The table of *graph* that goes by *table_id*.

    Raises:
        UnknownNameError: If there is none, with the nearest id.
    """
    return found_in(graph.by_id, table_id, kind=Phrase("表", "table"))


def facts_behind(graph: DecisionGraph, table: Table) -> tuple[Fact, ...]:
    """The facts that can bear on *table*, read by itself or by the tables it reads, in the order first met."""
    found: dict[str, Fact] = {}
    for fact in table.facts:
        earlier = graph.by_id.get(fact.name)
        met = (fact,) if earlier is None else facts_behind(graph, earlier)
        found |= {each.name: each for each in met}
    return tuple(found.values())


def fact_behind(graph: DecisionGraph, table: Table, name: str) -> Fact:
    """The fact called *name* among those that can bear on *table*.

    Raises:
        UnknownNameError: If the table does not read it, directly or through earlier tables.
    """
    known = {fact.name: fact for fact in facts_behind(graph, table)}
    return found_in(known, name, kind=Phrase("表 `{table}` 的事实", "fact of table `{table}`", table=table.id))
