"""Overlaps of a UNIQUE table that can be proved when it is built.

A condition is opened into boxes: for every fact the values that one alternative leaves. Two rules overlap if one
box of each leaves a value to every fact. The proof is sound, facts being free of one another; past a small budget of
boxes the question is left to the exact analysis.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import groupby, pairwise
from operator import or_
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
from revisit_policy.language.domains.amounts import Amounts
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.counts import Counts
from revisit_policy.language.domains.days import Days
from revisit_policy.language.domains.flags import Flags
from revisit_policy.language.domains.ratios import Ratios
from revisit_policy.language.fact import Fact
from revisit_policy.language.overlaps.bits import bits_of

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
    opened = tuple((at, box) for at, (_, condition, _) in enumerate(lines) for box in boxes(condition) or () if all(map(is_provable, box)))
    meeting = _Meeting.of(tuple(box for _, box in opened))
    alike: dict[Hashable, int] = {}
    for place, (at, _) in enumerate(opened):
        alike[lines[at][2]] = alike.get(lines[at][2], 0) | 1 << place
    for at, places in groupby(range(len(opened)), key=lambda place: opened[place][0]):
        met = ((place, (meeting.met_by(place) & ~alike[lines[at][2]]) >> place) for place in places)
        found = [(opened[other][0], place, other) for place, later in met if later for other in (place + (later & -later).bit_length() - 1,)]
        if found:
            second, place, other = min(found)
            return Overlap(first=lines[at][0], second=lines[second][0], where=all_of(*dict.fromkeys((*opened[place][1], *opened[other][1]))))
    return None


@attrs.frozen(eq=False)
class _Meeting:
    """Boxes, and for every fact and each of its samples those that leave it, as bits by place: held against one another at once.

    Args:
        kept: Of every box, the samples that it leaves of each fact that it mentions, as bits.
        leaving: For every fact, the boxes that leave a sample, by its place.
        silent: For every fact, the boxes that do not mention it.
        alive: The boxes that leave every fact some value.
    """

    kept: tuple[Mapping[Fact, int], ...]
    leaving: Mapping[Fact, tuple[int, ...]]
    silent: Mapping[Fact, int]
    alive: int

    @classmethod
    def of(cls, opened: tuple[tuple[Comparison, ...], ...]) -> _Meeting:
        mentioned: dict[Fact, dict[Comparison, None]] = {}
        for part in (part for box in opened for part in box):
            mentioned.setdefault(part.fact, {})[part] = None
        samples = {fact: samples_of(fact, list(parts)) for fact, parts in mentioned.items()}
        masks = {part: mask_of(part, samples[fact], (1 << len(samples[fact])) - 1) for fact, parts in mentioned.items() for part in parts}
        kept: list[dict[Fact, int]] = []
        for box in opened:
            left: dict[Fact, int] = {}
            for part in box:
                left[part.fact] = left.get(part.fact, masks[part]) & masks[part]
            kept.append(left)
        silent = {fact: sum(1 << place for place, left in enumerate(kept) if fact not in left) for fact in mentioned}
        leaving = {fact: _turned([left.get(fact, 0) for left in kept], len(found)) for fact, found in samples.items()}
        return cls(tuple(kept), leaving, silent, sum(1 << place for place, left in enumerate(kept) if all(left.values())))

    def met_by(self, place: int) -> int:
        """The boxes that leave every fact a value that the one at *place* leaves too, as bits."""
        met = self.alive if self.alive >> place & 1 else 0
        for fact, samples in self.kept[place].items():
            leaving = self.leaving[fact]
            met &= reduce(or_, {leaving[at] for at in bits_of(samples)}, 0) | self.silent[fact]
        return met


def _turned(rows: Sequence[int], width: int) -> tuple[int, ...]:
    """For each of *width* bits, the rows that have it, as bits."""
    columns = [0] * width
    for at, row in enumerate(rows):
        for bit in bits_of(row):
            columns[bit] |= 1 << at
    return tuple(columns)


def is_provable(part: Comparison) -> bool:
    """True if something can be proved about *part*: not about sets, totals and what is missing."""
    return isinstance(part, Compare | OneOf | FlagIs) and isinstance(part.fact.domain, Choices | Flags | Counts | Amounts | Days | Ratios)


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


def samples_of(fact: Fact, parts: list[Comparison]) -> tuple[Any, ...]:
    """One value of every kind that *parts* tell apart: in the order of the domain, as it is encoded where it is measured."""
    match fact.domain:
        case Flags():
            return False, True
        case Choices(items):
            return items
        case domain:
            return tuple(sorted(set(probes(parts, domain))))


def mask_of(condition: Condition, samples: tuple[Any, ...], full: int) -> int:
    """The bits of the *samples* for which *condition* holds."""
    mask = full
    match condition:
        case All(parts):
            for part in parts:
                mask &= mask_of(part, samples, full)
            return mask
        case AnyOf(parts):
            for part in parts:
                mask &= ~mask_of(part, samples, full)
            return full & ~mask
        case FlagIs(_, expected):
            return 1 << expected
        case Compare(fact, op, limit) if not isinstance(fact.domain, Choices):
            encoded = fact.encode(limit)
            below = (1 << (bisect_left if op in {"<", ">="} else bisect_right)(samples, encoded)) - 1
            return below if op in {"<", "<="} else full & ~below
        case _:
            return condition.inside  # type: ignore[union-attr] # of a choice


