"""Fact spaces: for every fact of a graph the values worth trying, and how to make a rule hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, TypeAlias, TypeVar

import attrs

from revisit_policy.language.condition import All, AnyOf, Compare, Comparison, Condition, Known, Missing, comparisons
from revisit_policy.language.domains.days import Days
from revisit_policy.language.fact import Fact
from revisit_policy.language.readers.reference import truth
from revisit_policy.language.scale import Scale
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.testing.strategies.threshold import finest_values, limits_by_fact, plain, telling_values, usual_day

Item = TypeVar("Item")

#: Chooses one of several: at random in a strategy, always the first in a list of boundary cases.
Pick: TypeAlias = Callable[[Sequence[Item]], Item]

#: What is asked of the facts together, by the name of the fact.
Wanted: TypeAlias = dict[str, list[Comparison]]


@attrs.frozen
class Value:
    """One value of a fact: as it is given by keyword, and as the readers compare it."""

    given: Any
    encoded: Any


#: A fact of which nobody knows anything. A register must be told so; any other fact need only be left out.
UNKNOWN: Final = Value(None, None)


@attrs.frozen(eq=False)
class FactSpace:
    """The values at which the rules of *graph* change their minds, fact by fact.

    Args:
        graph: The graph whose facts these are.
        finest: True to add, on either side of every limit of a ratio, the nearest ratio that can be told from it.
    """

    graph: DecisionGraph
    finest: bool = attrs.field(default=False, kw_only=True)

    @cached_property
    def limits(self) -> Mapping[str, tuple[Any, ...]]:
        """The limits that each fact is held against, in ascending order."""
        return limits_by_fact(self.graph.tables)

    @cached_property
    def values(self) -> Mapping[str, tuple[Value, ...]]:
        """The telling values of each fact, in ascending order; the finest come last."""
        return {fact.name: tuple(self._values(fact)) for fact in self.graph.facts}

    def _values(self, fact: Fact) -> Iterator[Value]:
        limits = self.limits.get(fact.name, ())
        found = telling_values(fact, limits) + (finest_values(fact, limits) if self.finest else ())
        for exact in dict.fromkeys(found):
            yield Value(plain(fact, exact), fact.domain.encode(exact))

    @cached_property
    def calm(self) -> Mapping[str, Value]:
        """For each fact the value that makes the fewest comparisons true; the latest limit for a day.

        On calm facts hardly any rule holds, so that what one rule does can be seen.
        """
        return {fact.name: self._calm(fact) for fact in self.graph.facts}

    def _calm(self, fact: Fact) -> Value:
        if isinstance(fact.domain, Days):
            day = usual_day(fact, self.limits.get(fact.name, ()))
            return Value(str(day), fact.domain.encode(day))
        if fact in self._passed_on:
            return self.values[fact.name][0]
        asked = self._asked.get(fact.name, ())
        return min(self.values[fact.name], key=lambda value: sum(_holds(part, value) for part in asked))

    @cached_property
    def _passed_on(self) -> frozenset[Fact]:
        """The facts that some rule hands on as its outcome: calm is the mildest, which hides no other rule."""
        rules = (rule for table in self.graph.tables for rule in table.rules)
        return frozenset(rule.then for rule in rules if isinstance(rule.then, Fact))

    @cached_property
    def _asked(self) -> Mapping[str, tuple[Comparison, ...]]:
        found: dict[str, list[Comparison]] = {}
        for table in self.graph.tables:
            for rule in table.rules:
                for part in comparisons(rule.condition):
                    found.setdefault(part.fact.name, []).append(part)
        return {name: tuple(parts) for name, parts in found.items()}

    # -- making a condition hold -----------------------------------------------------------------------------------

    def wanted(self, condition: Condition, *, pick: Pick[Any]) -> Wanted:
        """The comparisons that must hold for one way, chosen by *pick*, in which *condition* holds.

        Comparisons of earlier outcomes are traced to a rule that has such an outcome.
        """
        found: Wanted = {}
        for part in self._traced(condition, pick):
            found.setdefault(part.fact.name, []).append(part)
        return found

    def _traced(self, condition: Condition, pick: Pick[Any]) -> Iterator[Comparison]:
        match condition:
            case All(parts):
                for part in parts:
                    yield from self._traced(part, pick)
            case AnyOf(parts):
                if parts:
                    yield from self._traced(pick(parts), pick)
            case _ if condition.fact.name in self.graph.by_id:
                ways = _ways(self.graph.by_id[condition.fact.name], condition)
                if ways:
                    yield from self._traced(pick(ways), pick)
            case _:
                yield condition

    def choose(self, wanted: Wanted, *, pick: Pick[Any]) -> dict[str, Value]:
        """For each fact in *wanted* a value that satisfies all that is asked of it; left out where there is none.

        The values that barely satisfy it stand first: they leave other rules alone as far as can be.
        """
        found = {}
        for name, parts in wanted.items():
            values = [value for value in (*self.values[name], UNKNOWN) if all(_holds(part, value) for part in parts)]
            if values:
                found[name] = pick(sorted(values, key=lambda value: _margin(parts, value)))
        return found

    def given(self, values: Mapping[str, Value | None]) -> dict[str, Any]:
        """*values* as keyword facts: what is ``None`` is left out, and so is what is unknown and no register."""
        found = ((fact, values.get(fact.name)) for fact in self.graph.facts)
        return {
            fact.name: value.given
            for fact, value in found
            if value is not None and (value is not UNKNOWN or fact.register is not None)
        }


def _holds(part: Comparison, value: Value) -> bool:
    return truth(part, {part.fact.name: value.encoded}) is True


def _margin(parts: Sequence[Comparison], value: Value) -> float:
    """How far *value* is from the nearest limit that *parts* hold it against; 0 where there is none."""
    limits = [part.fact.encode(part.limit) for part in parts if isinstance(part, Compare) and part.fact.is_measured and part.fact.table is None]
    return min((float(abs(value.encoded - limit)) for limit in limits), default=0.0) if value is not UNKNOWN else 0.0


def _ways(table: Table, asked: Comparison) -> tuple[Condition, ...]:
    """The conditions of the lines of *table* whose outcome is as *asked*."""
    if not isinstance(table.outcomes, Scale) or isinstance(asked, Missing | Known):
        return ()
    found = []
    for line in table.lines:
        mask = 1 << line.place
        reads = (mask, mask) if hasattr(asked, "elements") else mask
        if truth(asked, {asked.fact.name: reads}) is True:
            found.append(line.condition)
    return tuple(found)
