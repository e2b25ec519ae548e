"""Boundary cases: for every comparison of every rule the values at which its truth changes, all else held still."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from revisit_policy.language.condition import Compare, Comparison, Includes, comparisons
from revisit_policy.language.fact import Fact
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.testing.strategies.fact_space import UNKNOWN, FactSpace, Value
from revisit_policy.testing.strategies.threshold import Threshold, moved, plain
from revisit_policy.testing.subject import graph_of


@attrs.frozen(kw_only=True)
class BoundaryCase:
    """Facts that put one comparison of one rule to the test.

    Args:
        table: The table of the rule.
        rule: The rule.
        fact: The fact that is varied.
        value: Its value as it is typed; ``None`` for unknown.
        about: The case as a sentence.
        facts: All facts by name: the rest of the rule holds, and every other fact is calm.
    """

    table: str
    rule: str
    fact: str
    value: Any
    about: str
    facts: dict[str, Any] = attrs.field(hash=False)

    def __str__(self) -> str:
        return self.about


def boundary_cases(policy: object) -> tuple[BoundaryCase, ...]:
    """The boundary cases of *policy*, rule by rule, in the order written; the same on every call.

    Each comparison with a limit gives the values one step below, at and one step above it, as far as the fact's
    domain has them; one of a flag or a choice gives every value; one of an earlier table's set of outcomes gives the
    empty set, each outcome asked for, and all; and each gives the case in which the fact is unknown.
    A step is one for a count, a day, a minor unit of money, and a hundredth of a per cent for a ratio.

    Args:
        policy: A table, a decision graph, or a policy.

    Returns:
        Cases to be handed to ``pytest.mark.parametrize`` with ``ids=str``, to `st.sampled_from`, or to `snapshot`.

    Raises:
        InvalidValueError: If *policy* is none of the three.

    Examples:
        >>> from revisit_policy.testing.example import grade
        >>> for case in boundary_cases(grade)[:4]:
        ...     print(case, "->", grade(**case.facts).outcome)
        overdue-90: overdue one step below 90 -> normal
        overdue-90: overdue at 90 -> normal
        overdue-90: overdue one step above 90 -> substandard
        overdue-90: overdue unknown -> normal
    """
    space = FactSpace(graph_of(policy))
    found: dict[str, BoundaryCase] = {}
    for table in space.graph.tables:
        for rule in table.rules:
            for case in cases_of_rule(space, table, rule):
                _add(found, case)
    return tuple(found.values())


def _add(found: dict[str, BoundaryCase], case: BoundaryCase) -> None:
    """Add *case* under a sentence of its own, unless it is there already: a rule may compare a fact twice."""
    about, times = case.about, 1
    while about in found:
        if found[about].facts == case.facts:
            return
        times += 1
        about = f"{case.about} ({times})"
    found[about] = attrs.evolve(case, about=about)


def _first(items: Sequence[Any]) -> Any:
    return items[0]


def cases_of_rule(space: FactSpace, table: Table, rule: Rule) -> Iterator[BoundaryCase]:
    """The boundary cases of one *rule* of *table*, which is one of the graph of *space*."""
    for part in comparisons(rule.condition):
        if part.fact.name in space.graph.by_id:
            continue
        wanted = space.wanted(rule.condition, pick=_toward(part))
        facts = {**space.calm, **space.choose(wanted, pick=_first)}
        for text, value in _variations(table, rule, part, space):
            yield BoundaryCase(
                table=table.id,
                rule=rule.id,
                fact=part.fact.name,
                value=value.given,
                about=f"{rule.id}: {part.fact.name} {text}",
                facts=space.given({**facts, part.fact.name: value}),
            )


def _toward(part: Comparison) -> Any:
    """Picks the alternative that contains *part*; failing that, one that leaves its fact free to vary."""

    def pick(items: Sequence[Any]) -> Any:
        asked = [tuple(comparisons(item)) for item in items]
        holding = (item for item, parts in zip(items, asked, strict=True) if part in parts)
        free = (item for item, parts in zip(items, asked, strict=True) if all(other.fact != part.fact for other in parts))
        return next(holding, next(free, items[0]))

    return pick


def _variations(table: Table, rule: Rule, part: Comparison, space: FactSpace) -> Iterator[tuple[str, Value]]:
    fact = part.fact
    if isinstance(part, Compare) and fact.is_measured:
        threshold = Threshold(table.id, rule.id, part)
        limit = plain(fact, part.limit)
        for steps, text in ((-1, "one step below"), (0, "at"), (1, "one step above")):
            exact = moved(fact, threshold.comparison.limit, steps)
            if exact is not None:
                yield f"{text} {limit}", Value(plain(fact, exact), fact.domain.encode(exact))
    elif isinstance(part, Includes):
        asked = [(), *((element,) for element in part.elements), fact.domain.items]  # type: ignore[union-attr] # of a set
        yield from (_set_value(fact, elements) for elements in dict.fromkeys(map(tuple, asked)))
    else:
        yield from ((f"is {value.given}", value) for value in space.values[fact.name])
    yield "unknown", UNKNOWN


def _set_value(fact: Fact, elements: tuple[Any, ...]) -> tuple[str, Value]:
    """A set of an earlier table's outcomes, in words and as a value."""
    exact = fact.accept(elements)
    given = plain(fact, exact)
    text = "holds all" if len(elements) > 1 else f"holds {given[0] if given else 'nothing'}"
    return text, Value(given, fact.domain.encode(exact))
