"""The same 60 rules in other people's engines, each given its facts in the form it likes best.

The engines are spared everything but finding the rules that fire. A rule that reads the grade or the level of an
earlier table finds it among the facts, and nothing is folded. Parsing and compiling are done before a case is read.
Install the engines with the group ``bench``.
"""

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import product
from typing import Any

import attrs
import rule_engine
import zen
from business_rules.actions import BaseActions, rule_action
from business_rules.engine import run_all
from business_rules.variables import BaseVariables, boolean_rule_variable, numeric_rule_variable

from revisit_policy import DecisionGraph, Fact
from revisit_policy.language import All, AnyOf, Choices, Compare, Comparison, Condition, FlagIs, Flags, OneOf, Resolution, Snapshot

#: A test of one fact: its name, an operator, and a number, a truth value or several numbers.
Test = tuple[str, str, Any]


@attrs.frozen
class Engine:
    """One rival: what it makes of a case beforehand, how it is asked, and the ids of the rules in its answer."""

    prepare: Callable[[dict[str, Any]], Any]
    fire: Callable[[Any], Any]
    named: Callable[[Any], set[str]]

    def fired(self, case: dict[str, Any]) -> set[str]:
        """The ids of the rules that fire on one case."""
        return self.named(self.fire(self.prepare(case)))


# -- rules and cases as plain data -----------------------------------------------------------------------------------


def _plain_rules(graph: DecisionGraph) -> dict[str, list[list[Test]]]:
    """Every rule by its id: alternatives, each of them tests that hold together."""
    return {rule.id: list(_alternatives(rule.condition)) for table in graph.tables for rule in table.rules}


def _alternatives(condition: Condition) -> Iterator[list[Test]]:
    match condition:
        case All(parts):
            for choice in product(*(_alternatives(part) for part in parts)):
                yield [test for tests in choice for test in tests]
        case AnyOf(parts):
            for part in parts:
                yield from _alternatives(part)
        case _:
            yield [_test(condition)]


def _test(part: Comparison) -> Test:
    match part:
        case Compare(fact, operator, limit):
            return fact.name, operator, _plain(fact, limit)
        case OneOf(fact, choices):
            places = [_plain(fact, choice) for choice in choices]
            return (fact.name, "==", places[0]) if len(places) == 1 else (fact.name, "in", places)
        case FlagIs(fact, expected):
            return fact.name, "==", expected
        case _:
            raise AssertionError(part)


def _plain(fact: Fact, value: object) -> object:
    """*value* as every engine has it: a choice by its place, a day by its number, an amount in fen."""
    if isinstance(fact.domain, Choices):
        return fact.domain.place(value)
    encoded = fact.encode(value)
    return Decimal(str(encoded)) if isinstance(encoded, float) else encoded


def plain_case(graph: DecisionGraph, snapshot: Snapshot, found: Resolution) -> dict[str, Any]:
    """The facts of one case by name, the grade and the level among them."""
    values = dict(zip((fact.name for fact in graph.facts), snapshot.values, strict=True))
    for fact in graph.facts:
        if isinstance(fact.domain, Choices):
            values[fact.name] = values[fact.name].bit_length() - 1
    return values | {name: _plain(graph.by_id[name].outcome, found.outcome(name)) for name in ("grade", "level")}


# -- engines ---------------------------------------------------------------------------------------------------------


def engines(graph: DecisionGraph) -> dict[str, Engine]:
    """The rivals by name, ready to be asked."""
    rules = _plain_rules(graph)
    flags = tuple(fact.name for fact in graph.facts if isinstance(fact.domain, Flags))
    names = tuple(dict.fromkeys(test[0] for alternatives in rules.values() for tests in alternatives for test in tests))
    return {
        "zen-engine, decision table": _zen_table(rules, names),
        "zen-engine, one compiled expression": _zen_expression(rules),
        "rule-engine, one expression": _rule_engine(rules),
        "business-rules": _business_rules(rules, names, flags),
    }


def _number(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _rule(alternatives: list[list[Test]]) -> str:
    """A rule as text, as zen-engine and rule-engine both read it."""
    return " or ".join(" and ".join(f"{name} {operator} {_number(value)}" for name, operator, value in tests) for tests in alternatives)


def _all_rules(rules: dict[str, list[list[Test]]]) -> str:
    """All rules as one list of truth values: an engine is called once a case and not sixty times."""
    return f"[{', '.join(f'({_rule(alternatives)})' for alternatives in rules.values())}]"


def _that_hold(rules: dict[str, list[list[Test]]]) -> Callable[[Any], set[str]]:
    ids = tuple(rules)
    return lambda answer: {rule_id for rule_id, holds in zip(ids, answer, strict=True) if holds}


def _zen_expression(rules: dict[str, list[list[Test]]]) -> Engine:
    """No table, no graph, no call of the engine proper: its language for expressions alone."""
    return Engine(dict, zen.compile_expression(_all_rules(rules)).evaluate, _that_hold(rules))


def _zen_table(rules: dict[str, list[list[Test]]], names: tuple[str, ...]) -> Engine:
    """A decision table that collects every row that holds: one column a fact, one row an alternative."""
    rows = [
        {"_id": f"{rule_id}-{at}", "fired": json.dumps(rule_id)} | dict.fromkeys(names, "") | {name: _cell(operator, value) for name, operator, value in tests}
        for rule_id, alternatives in rules.items()
        for at, tests in enumerate(alternatives)
    ]
    table = {
        "id": "rules", "name": "rules", "type": "decisionTableNode",
        "content": {
            "hitPolicy": "collect", "rules": rows,
            "inputs": [{"id": name, "name": name, "field": name} for name in names],
            "outputs": [{"id": "fired", "name": "fired", "field": "fired"}],
        },
    }  # fmt: skip
    ends = [{"id": "in", "name": "in", "type": "inputNode"}, {"id": "out", "name": "out", "type": "outputNode"}]
    edges = [{"id": "a", "type": "edge", "sourceId": "in", "targetId": "rules"}, {"id": "b", "type": "edge", "sourceId": "rules", "targetId": "out"}]
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": [*ends, table], "edges": edges}))
    return Engine(dict, decision.evaluate, lambda answer: {row["fired"] for row in answer["result"]})


def _cell(operator: str, value: object) -> str:
    return {"==": _number(value), "in": _number(value)}.get(operator, f"{operator} {_number(value)}")


def _rule_engine(rules: dict[str, list[list[Test]]]) -> Engine:
    """One expression as well: faster than sixty rules asked one after the other."""
    return Engine(_decimals, rule_engine.Rule(_all_rules(rules)).evaluate, _that_hold(rules))


_OPERATORS = {">": "greater_than", ">=": "greater_than_or_equal_to", "<": "less_than", "<=": "less_than_or_equal_to"}


def _business_rules(rules: dict[str, list[list[Test]]], names: tuple[str, ...], flags: tuple[str, ...]) -> Engine:
    """``run_all`` over rules as data."""
    asked = [
        {"conditions": _conditions(alternatives), "actions": [{"name": "fire", "params": {"rule_id": rule_id}}]}
        for rule_id, alternatives in rules.items()
    ]
    variables = type("Facts", (_Case,), {name: _variable(name, is_flag=name in flags) for name in names})

    def fire(case: dict[str, Any]) -> list[str]:
        actions = _Fired()
        run_all(asked, variables(case), actions)
        return actions.fired

    return Engine(_decimals, fire, set)


def _decimals(case: dict[str, Any]) -> dict[str, Any]:
    """Numbers as decimals, for engines that would make these of them on every call."""
    return {name: value if isinstance(value, bool) else Decimal(str(value)) for name, value in case.items()}


class _Case(BaseVariables):
    def __init__(self, case: dict[str, Any]) -> None:
        self.case = case


def _variable(name: str, *, is_flag: bool) -> Callable[[_Case], object]:
    def value(self: _Case) -> object:
        return self.case[name]

    value.__name__ = name
    return (boolean_rule_variable if is_flag else numeric_rule_variable)()(value)


class _Fired(BaseActions):
    def __init__(self) -> None:
        self.fired: list[str] = []

    @rule_action(params={})
    def fire(self, rule_id: str) -> None:
        self.fired.append(rule_id)


def _conditions(alternatives: list[list[Test]]) -> dict[str, Any]:
    found = [_all_of([_condition(test) for test in tests]) for tests in alternatives]
    return found[0] if len(found) == 1 else {"any": found}


def _all_of(parts: list[dict[str, Any]]) -> dict[str, Any]:
    return parts[0] if len(parts) == 1 else {"all": parts}


def _condition(test: Test) -> dict[str, Any]:
    name, operator, value = test
    if isinstance(value, bool):
        return {"name": name, "operator": "is_true" if value else "is_false", "value": True}
    if operator == "in":
        return {"any": [_condition((name, "==", one)) for one in value]}
    return {"name": name, "operator": _OPERATORS.get(operator, "equal_to"), "value": Decimal(value)}
