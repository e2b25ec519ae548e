"""A second oracle: the same questions put to a solver that knows nothing of cells."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import z3
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.small_worlds import edited
from tests.language.strategies import graphs

from revisit_policy import analysis
from revisit_policy.analysis.space.cells import number_of
from revisit_policy.language.condition import All, AnyOf, Compare, Condition, FlagIs, Includes, Known, Missing, OneOf
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.flags import Flags
from revisit_policy.language.domains.sets import Sets
from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Fold
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.graph import DecisionGraph

#: The folds whose outcome on complete facts is one place or a set of places.
PLAIN = (Fold.FIRST, Fold.WORST, Fold.LEAST, Fold.EVERY)


class Solver:
    """Complete facts as numbers and truths; tables as terms over them."""

    def __init__(self) -> None:
        self.solver = z3.Solver()
        self.facts: dict[str, Any] = {}

    def fact(self, fact: Fact) -> Any:
        if fact.name not in self.facts:
            domain: Any = fact.domain
            if isinstance(domain, Flags):
                term: Any = z3.Bool(fact.name)
            elif isinstance(domain, Choices):
                term = z3.Int(fact.name)
                self.solver.add(term >= 0, term < len(domain.items))
            else:
                low, high = (number_of(domain, end) for end in (domain.low, domain.high))
                term = z3.Real(fact.name) if isinstance(low, Fraction) else z3.Int(fact.name)
                self.solver.add(term >= real(low), term <= real(high))
            self.facts[fact.name] = term
        return self.facts[fact.name]

    def table(self, table: Table, said: dict[str, Any]) -> Any:
        """The place of the outcome, or for EVERY one truth a place."""
        fires = [self.truth(line.condition, said) for line in table.lines]
        places = [line.place for line in table.lines]
        size = len(table.outcomes.outcomes)  # type: ignore[union-attr] # a scale, by the folds asked
        if table.fold is Fold.EVERY:
            nothing = z3.Not(z3.Or(*fires)) if fires else z3.BoolVal(val=True)
            return [
                z3.Or(*(fire for fire, at in zip(fires, places, strict=True) if at == place), *([nothing] if place in table.folding.otherwise else []))
                for place in range(size)
            ]
        outcome: Any = z3.IntVal(table.folding.otherwise)
        order = range(len(places))
        ranked = reversed(order) if table.fold is Fold.FIRST else sorted(order, key=lambda at: places[at])
        for at in ranked:
            outcome = z3.If(fires[at], places[at], outcome)
        return outcome

    def truth(self, condition: Condition, said: dict[str, Any]) -> Any:
        match condition:
            case All(parts):
                return z3.And(*(self.truth(part, said) for part in parts))
            case AnyOf(parts):
                return z3.Or(*(self.truth(part, said) for part in parts))
            case Missing():
                return z3.BoolVal(val=False)
            case Known():
                return z3.BoolVal(val=True)
            case FlagIs(fact, expected):
                return self.fact(fact) == expected
            case Includes(fact, elements, expected):
                items = fact.domain.items if isinstance(fact.domain, Sets) else ()
                holds = z3.Or(*(said[fact.name][items.index(element)] for element in elements))
                return holds if expected else z3.Not(holds)
            case OneOf(fact, choices):
                return z3.Or(*(self.value(fact, said) == fact.domain.place(choice) for choice in choices))  # type: ignore[union-attr]
            case Compare(fact, operator, limit):
                domain: Any = fact.domain
                bound = domain.place(limit) if isinstance(domain, Choices) else real(number_of(domain, limit))
                return compare(self.value(fact, said), operator, bound)

    def value(self, fact: Fact, said: dict[str, Any]) -> Any:
        return said[fact.name] if fact.name in said else self.fact(fact)


def real(number: Any) -> Any:
    return z3.Q(number.numerator, number.denominator) if isinstance(number, Fraction) else number


def compare(left: Any, operator: str, right: Any) -> Any:
    match operator:
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case _:
            return left >= right


def differing(old: DecisionGraph, new: DecisionGraph) -> set[str]:
    """The tables that the solver finds to differ for some complete facts."""
    solver = Solver()
    said: tuple[dict[str, Any], dict[str, Any]] = ({}, {})
    for graph, terms in zip((old, new), said, strict=True):
        for table in graph.tables:
            terms[table.id] = solver.table(table, terms)
    found = set()
    for name, before in said[0].items():
        after = said[1][name]
        pairs = zip(before, after, strict=True) if isinstance(before, list) else [(before, after)]
        solver.solver.push()
        solver.solver.add(z3.Or(*(one != other for one, other in pairs)))
        if solver.solver.check() == z3.sat:
            found.add(name)
        solver.solver.pop()
    return found


@given(st.data())
def test_a_diff_finds_the_tables_that_a_solver_finds_to_differ(data: st.DataObject) -> None:
    old = data.draw(graphs(folds=PLAIN, absence=False, gaps=False))
    new = data.draw(edited(old))
    assert {change.table.id for change in analysis.diff(old, new)} == differing(old, new)
