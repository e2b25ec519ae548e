"""What is handed out of a policy, as tables: a measure is recommended where a rule asks for it and nothing bars it."""

from __future__ import annotations

import attrs

from revisit_policy.language.fact import Fact
from revisit_policy.language.graph import DecisionGraph
from revisit_policy.language.rule import Rule
from revisit_policy.policy.policy_tables import BARRING


def handed_out(graph: DecisionGraph) -> DecisionGraph:
    """The *graph* with every rule of a table of which some is barred asking that what it says is not.

    It says of every case what `language.withholding` leaves, so a question about it is one about what people are told; only where
    all that rules ask for is barred it says `otherwise`, and a decision nothing. A graph without such tables comes back as
    it is, and so does one whose bar rests on what it bars.
    """
    changed = graph
    for table_id, bar in BARRING:
        if {table_id, bar} <= graph.by_id.keys() and table_id not in graph.leading_to(bar).by_id:
            changed = _unless_barred(changed, table_id, barred=graph.by_id[bar].outcome)
    return changed


def _unless_barred(graph: DecisionGraph, table_id: str, *, barred: Fact) -> DecisionGraph:
    table = graph.by_id[table_id]
    asked = attrs.evolve(table, rules=tuple(_rule_unless(barred, rule) for rule in table.rules))
    return attrs.evolve(graph, tables=tuple(asked if other.id == table_id else other for other in graph.tables))


def _rule_unless(barred: Fact, rule: Rule) -> Rule:
    if isinstance(rule.then, Fact) or rule.then not in barred.domain.items:  # type: ignore[union-attr] # EVERY: a set
        return rule
    return attrs.evolve(rule, when=rule.when & ~barred.includes(rule.then))
