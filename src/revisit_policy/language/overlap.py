"""Overlaps of a UNIQUE table that can be proved when it is built.

A condition is opened into boxes: for every fact the values that one alternative leaves. Two rules overlap if one
box of each leaves a value to every fact. The proof is sound, facts being free of one another; past a small budget of
boxes the question is left to the exact analysis.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from itertools import combinations, pairwise
from typing import Any, Final, TypeAlias

import attrs

from revisit_policy.language.condition import (
    COMPARES,
    All,
    AnyOf,
    Compare,
    Comparison,
    Condition,
    FlagIs,
    OneOf,
    all_of,
)
from revisit_policy.language.domain import Amounts, Choices, Counts, Days, Ratios

#: How many boxes one rule may open into before its overlaps are left to the analysis.
BUDGET: Final = 64

Box: TypeAlias = dict[str, tuple[Comparison, ...]]


@attrs.frozen(kw_only=True)
class Overlap:
    """Two rules that both fire where *where* holds."""

    first: str
    second: str
    where: Condition


def first_overlap(lines: tuple[tuple[str, Condition, Hashable], ...]) -> Overlap | None:
    """The first two of *lines* (id, condition, outcome) that overlap with different outcomes, ``None`` if none does."""
    opened = [(name, outcome, boxes(condition)) for name, condition, outcome in lines]
    for (first, one, left), (second, other, right) in combinations(opened, 2):
        if one == other or left is None or right is None:
            continue
        for a in left:
            for b in right:
                parts = tuple(part for box in (a, b) for part in box)
                if can_hold(parts):
                    return Overlap(first=first, second=second, where=all_of(*dict.fromkeys(parts)))
    return None


def boxes(condition: Condition) -> tuple[tuple[Comparison, ...], ...] | None:
    """The alternatives of *condition*, each a conjunction of comparisons; ``None`` past the budget."""
    match condition:
        case AnyOf(parts):
            found: tuple[tuple[Comparison, ...], ...] = ()
            for part in parts:
                opened = boxes(part)
                if opened is None or len(found := found + opened) > BUDGET:
                    return None
            return found
        case All(parts):
            product: tuple[tuple[Comparison, ...], ...] = ((),)
            for part in parts:
                opened = boxes(part)
                if opened is None or len(product) * len(opened) > BUDGET:
                    return None
                product = tuple(left + right for left in product for right in opened)
            return product
        case _:
            return ((condition,),)


def can_hold(parts: tuple[Comparison, ...]) -> bool:
    """True if some value of each fact satisfies all its comparisons."""
    by_fact: dict[str, list[Comparison]] = {}
    for part in parts:
        by_fact.setdefault(part.fact.name, []).append(part)
    return all(_factcan_hold(group) for group in by_fact.values())


def _factcan_hold(group: list[Comparison]) -> bool:
    if not all(isinstance(part, Compare | OneOf | FlagIs) for part in group):
        return False  # sets and missing facts: nothing is claimed
    domain = group[0].fact.domain
    if isinstance(domain, Choices):
        return any(all(_holds(part, domain, item) for part in group) for item in domain.items)
    if isinstance(domain, Counts | Amounts | Days | Ratios):
        return any(_measured_holds(group, value) for value in probes(group, domain))
    expected = {part.expected for part in group if isinstance(part, FlagIs)}
    return len(expected) == 1


def _holds(part: Comparison, domain: Choices, item: Hashable) -> bool:
    if isinstance(part, OneOf):
        return item in part.choices
    return isinstance(part, Compare) and COMPARES[part.operator](domain.place(item), domain.place(part.limit))


def _measured_holds(group: list[Comparison], value: Any) -> bool:
    return all(
        COMPARES[part.operator](value, part.fact.encode(part.limit))
        for part in group
        if isinstance(part, Compare)
    )


def probes(group: list[Comparison], domain: Any) -> Iterator[Any]:
    """Values that decide whether a group of comparisons can hold: each limit, and what lies between two of them."""
    limits: list[Any] = sorted({part.fact.encode(part.limit) for part in group if isinstance(part, Compare)})
    low, high = domain.encode(domain.low), domain.encode(domain.high)
    yield from (low, high)
    if isinstance(domain, Ratios):
        points = [low, *limits, high]
        yield from limits
        yield from ((one + two) / 2 for one, two in pairwise(points))
        return
    step = domain.step if isinstance(domain, Counts) else 1
    for limit in limits:
        yield from (value for value in (limit - step, limit, limit + step) if low <= value <= high)
