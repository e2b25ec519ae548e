"""Cells: the values of a fact that no comparison tells apart.

A policy sees a fact only through its comparisons, so all values of one cell are treated alike and one sample stands for
them all. Thresholds are exact: whole numbers, fen, days and fractions, never floats. A cell that holds no value of the
fact's lattice - no whole number lies between 4 and 5 - does not exist.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from fractions import Fraction
from itertools import pairwise
from typing import Any, TypeAlias, cast

import attrs

from revisit_policy.language.condition import COMPARES, Compare, Comparison, FlagIs, Known, Missing, OneOf
from revisit_policy.language.domains.amounts import Amounts
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.counts import Counts
from revisit_policy.language.domains.days import Days
from revisit_policy.language.domains.flags import Flags
from revisit_policy.language.domains.points import Points
from revisit_policy.language.domains.ratios import Ratios
from revisit_policy.language.fact import Fact
from revisit_policy.values.dates import from_ordinal
from revisit_policy.values.money import Money

#: The measured domains: their values lie on a line, and comparisons cut it.
Line: TypeAlias = Counts | Ratios | Amounts | Days | Points

#: Where a comparison cuts the line: before the number (0) or just after it (1).
Cut: TypeAlias = tuple[Any, int]


@attrs.frozen
class Span:
    """The numbers between two cuts, both ends included unless *is_open_low* or *is_open_high*."""

    low: Any
    high: Any
    is_open_low: bool = False
    is_open_high: bool = False

    def holds(self, number: Any) -> bool:  # noqa: ANN401 - a number of the line
        """True if *number* lies in the span."""
        above = number > self.low if self.is_open_low else number >= self.low
        below = number < self.high if self.is_open_high else number <= self.high
        return bool(above and below)


@attrs.frozen
class Items:
    """Choices, or the two values of a flag, that no comparison tells apart."""

    values: tuple[Hashable, ...]


Cell: TypeAlias = Span | Items


def number_of(domain: Line, exact: Any) -> Any:  # noqa: ANN401 - of the kind that its fact has
    """An exact value as a number on the line: fen, ordinals, whole numbers, fractions."""
    match domain:
        case Amounts():
            return exact.minor
        case Days():
            return exact.toordinal()
        case _:
            return exact


def exact_of(domain: Line, number: Any) -> Any:  # noqa: ANN401 - of the kind that its fact has
    """A number on the line as a value that a person gives."""
    match domain:
        case Amounts(low, _):
            return Money(number, low.currency)
        case Days():
            return from_ordinal(number)
        case _:
            return number


def cells_of(fact: Fact, comparisons: Iterable[Comparison]) -> tuple[Cell, ...]:
    """The cells that *comparisons* divide *fact* into, in the order of its values.

    A fact with an order has its cells from low to high, or from mild to severe.
    """
    match fact.domain:
        case Flags():
            return Items((False,)), Items((True,))
        case Choices(items):
            return _groups(fact, items, tuple(comparisons))
        case Counts() | Ratios() | Amounts() | Days() | Points():
            return _spans(fact.domain, comparisons)
        case _:
            raise AssertionError(fact)  # a set is one axis an element


def _groups(fact: Fact, items: tuple[Hashable, ...], comparisons: tuple[Comparison, ...]) -> tuple[Cell, ...]:
    """Choices of one signature together; an ordered choice only with its neighbours."""
    groups: list[tuple[Any, list[Hashable]]] = []
    ordered = cast("Choices", fact.domain).ordered
    for item in items:
        signature = tuple(_holds_for(part, item) for part in comparisons)
        candidates = groups[-1:] if ordered else groups
        for known, members in candidates:
            if known == signature:
                members.append(item)
                break
        else:
            groups.append((signature, [item]))
    return tuple(Items(tuple(members)) for _, members in groups)


def _spans(domain: Line, comparisons: Iterable[Comparison]) -> tuple[Cell, ...]:
    cuts = sorted({cut_of(domain, part) for part in comparisons if isinstance(part, Compare)})
    low, high = number_of(domain, domain.low), number_of(domain, domain.high)
    edges: list[Cut] = [(low, 0), *(cut for cut in cuts if (low, 0) < cut <= (high, 0)), (high, 1)]
    found = []
    for start, end in pairwise(edges):
        span = _span(domain, start, end)
        if span is not None:
            found.append(span)
    return tuple(found)


def cut_of(domain: Line, part: Compare) -> Cut:
    """Where *part* cuts the line; on a lattice of whole numbers just before the first number above."""
    number, after = number_of(domain, part.limit), int(part.operator in {">", "<="})
    if isinstance(domain, Ratios):
        return number, after
    step = domain.step if isinstance(domain, Counts) else 1
    low = number_of(domain, domain.low)
    places = -((low - number) // step) if not after else (number - low) // step + 1
    return low + places * step, 0


def _span(domain: Line, start: Cut, end: Cut) -> Span | None:
    if isinstance(domain, Ratios):
        span = Span(start[0], end[0], bool(start[1]), not end[1])
        return span if plainest(span, domain.denominator) is not None else None
    step = domain.step if isinstance(domain, Counts) else 1
    last = end[0] if end[1] else end[0] - step
    return Span(start[0], last) if start[0] <= last else None


def plainest(span: Span, denominator: int) -> Fraction | None:
    """The fraction of *span* that is easiest to write, ``None`` if it holds none up to this *denominator*.

    Zero before anything else, then the end that lies nearer to zero, then the fewest decimals just beyond it.
    """
    span = _attainable(span, denominator)
    if span.holds(Fraction(0)):
        return Fraction(0)
    if span.high <= 0:
        mirrored = plainest(Span(-span.high, -span.low, span.is_open_high, span.is_open_low), denominator)
        return None if mirrored is None else -mirrored
    if not span.is_open_low:
        return cast("Fraction", span.low)
    for scale in (1, 10, 100, 1000, 10_000):
        candidate = Fraction((span.low * scale).__floor__() + 1, scale)
        if span.holds(candidate) and candidate.denominator <= denominator:
            return candidate
    return simplest_between(span, denominator)


def _attainable(span: Span, denominator: int) -> Span:
    """The *span* without an end that no fraction up to *denominator* reaches: a rule may cut a line of halves at a third."""
    low, high = (cast("Fraction", end).denominator > denominator for end in (span.low, span.high))
    return Span(span.low, span.high, span.is_open_low or low, span.is_open_high or high)


def simplest_between(span: Span, denominator: int) -> Fraction | None:
    """A fraction of *span* with a denominator of at most *denominator*: a closed end, else the one with the least."""
    span = _attainable(span, denominator)
    if not span.is_open_low:
        return cast("Fraction", span.low)
    if not span.is_open_high:
        return cast("Fraction", span.high)
    if span.low >= span.high:
        return None
    found = _simplest(span.low, span.high)
    return found if found.denominator <= denominator else None


def _simplest(low: Fraction, high: Fraction) -> Fraction:
    """The fraction strictly between two others that has the least denominator, by continued fractions."""
    whole = low.__floor__()
    if whole + 1 < high:
        return Fraction(whole + 1)
    rest_low, rest_high = low - whole, high - whole
    if rest_low == 0:
        return whole + Fraction(1, (1 / rest_high).__floor__() + 1)
    return whole + 1 / _simplest(1 / rest_high, 1 / rest_low)


# -- truth on a cell -------------------------------------------------------------------------------------------------


def sample(fact: Fact, cell: Cell) -> Any:  # noqa: ANN401 - a value of the fact
    """One value of *cell*, the plainest, in the form in which a person gives it."""
    if isinstance(cell, Items):
        return cell.values[0]
    domain = cast("Line", fact.domain)
    return exact_of(domain, _plain_number(domain, cell))


def _plain_number(domain: Line, span: Span) -> Any:  # noqa: ANN401 - of the kind that its fact has
    if isinstance(domain, Ratios):
        return _half_of(span, domain) or plainest(span, domain.denominator)
    if isinstance(domain, Amounts) and span.low == 0 == domain.low.minor and 1 < span.high < domain.high.minor:
        return span.high // 2  # few amounts are nothing
    if isinstance(domain, Days):  # the day at a threshold; the ends of the calendar are nobody's signing day
        return span.high if span.low == number_of(domain, domain.low) else span.low
    if span.low <= 0 <= span.high and (not isinstance(domain, Counts) or -domain.low % domain.step == 0):
        return 0
    return span.low if span.low > 0 else span.high


def _half_of(span: Span, domain: Ratios) -> Fraction | None:
    """Half of the upper end, in whole per cent, if the span begins where the domain does, at 0: few ratios are nothing."""
    if span.low or domain.low or span.is_open_low or not 0 < span.high < domain.high:
        return None
    half = Fraction((span.high * 50).__ceil__(), 100)
    return half if span.holds(half) and half.denominator <= domain.denominator else None


def surely_in(fact: Fact, cell: Cell, part: Comparison) -> bool:
    """True if *part*, a comparison of *fact*, holds for the known values of *cell*."""
    if isinstance(part, Missing):
        return False
    if isinstance(part, Known):
        return True
    if isinstance(cell, Items):
        return _holds_for(part, cell.values[0])
    domain = cast("Line", fact.domain)
    compare = cast("Compare", part)
    return COMPARES[compare.operator](_plain_number(domain, cell), number_of(domain, compare.limit))


def _holds_for(part: Comparison, item: Hashable) -> bool:
    match part:
        case FlagIs(_, expected):
            return item is expected
        case OneOf(_, choices):
            return item in choices
        case Compare(fact, operator, limit):
            domain = cast("Choices", fact.domain)
            return COMPARES[operator](domain.place(item), domain.place(limit))
        case _:
            return True
