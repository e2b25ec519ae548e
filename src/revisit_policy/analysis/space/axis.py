"""Axes: one fact as the analysis sees it, a short row of cells, and the way back from cells to words."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, cast

import attrs

from revisit_policy.analysis.space.cells import (
    Cell,
    Cut,
    Items,
    Line,
    Span,
    cells_of,
    cut_of,
    exact_of,
    number_of,
    sample,
    surely_in,
)
from revisit_policy.language.condition import (
    ALWAYS,
    COMPARES,
    Compare,
    Comparison,
    Condition,
    FlagIs,
    Includes,
    Known,
    Missing,
    OneOf,
    Operator,
    all_of,
    any_of,
)
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.sets import Sets
from revisit_policy.language.fact import Fact
from revisit_policy.language.overlaps.bits import bits_of, runs_of


@attrs.frozen
class Axis:
    """A fact and its cells; where it *can_be_missing* one more place, the last, stands for "unknown".

    Sets of cells are masks, the bit of a cell at its place.

    Args:
        fact: The fact.
        cells: Its cells in the order of its values.
        can_be_missing: True if the analysis also asks what happens where the fact is unknown.
        cuts: The comparisons that made the cells, one for each cut of a line.
        element: For the set of outcomes of an earlier table that is given like a fact: the element that this axis is about.
    """

    fact: Fact
    cells: tuple[Cell, ...]
    can_be_missing: bool
    cuts: tuple[tuple[Cut, Compare], ...] = ()
    element: Hashable = None

    @classmethod
    def of(cls, fact: Fact, comparisons: Iterable[Comparison], *, can_be_missing: bool) -> Axis:
        """The axis of *fact*, cut where *comparisons* cut it."""
        parts = tuple(comparisons)
        cuts: dict[Cut, Compare] = {}
        if fact.is_measured or isinstance(fact.domain, Line):
            for part in parts:
                if isinstance(part, Compare):
                    cuts.setdefault(cut_of(cast("Line", fact.domain), part), part)
        return cls(fact, cells_of(fact, parts), can_be_missing, tuple(sorted(cuts.items(), key=lambda item: item[0])))

    @classmethod
    def of_element(cls, fact: Fact, element: Hashable) -> Axis:
        """The axis of one *element* of a set: in it or not."""
        return cls(fact, (Items((False,)), Items((True,))), can_be_missing=False, element=element)

    @property
    def size(self) -> int:
        """How many cells there are, "unknown" included."""
        return len(self.cells) + self.can_be_missing

    @property
    def full(self) -> int:
        """The mask of all cells."""
        return (1 << self.size) - 1

    @property
    def known(self) -> int:
        """The mask of all cells in which the fact is known."""
        return (1 << len(self.cells)) - 1

    @property
    def missing(self) -> int:
        """The bit of "unknown", 0 if the fact is always known."""
        return self.full & ~self.known

    def surely(self, part: Comparison) -> int:
        """The cells in which *part* is true."""
        found = sum(1 << at for at, cell in enumerate(self.cells) if surely_in(self.fact, cell, part))
        return found | self.missing if isinstance(part, Missing) else found

    def possibly(self, part: Comparison) -> int:
        """The cells in which *part* is true or unknown."""
        return self.surely(part) if isinstance(part, Missing) else self.surely(part) | self.missing

    def value(self, at: int) -> Any:  # noqa: ANN401 - a value of the fact
        """A plain value of the cell *at*; ``None`` for "unknown"."""
        return sample(self.fact, self.cells[at]) if at < len(self.cells) else None

    def place_of(self, exact: Any) -> int:  # noqa: ANN401 - of the kind that its fact has
        """The place of the cell that an exact value lies in; that of "unknown" for ``None``."""
        if exact is None:
            return len(self.cells)
        for at, cell in enumerate(self.cells):
            if exact in cell.values if isinstance(cell, Items) else cell.holds(number_of(cast("Line", self.fact.domain), exact)):
                return at
        raise AssertionError(exact)  # the cells cover the domain

    def ends(self, at: int) -> tuple[Any, Any]:
        """The first and the last value of the cell *at*, one of numbers, as a person gives them."""
        span, domain = cast("Span", self.cells[at]), cast("Line", self.fact.domain)
        return exact_of(domain, span.low), exact_of(domain, span.high)

    def holds(self, at: int, exact: Any) -> bool:  # noqa: ANN401 - of the kind that its fact has
        """True if the exact value lies in the cell *at*, one of numbers."""
        return cast("Span", self.cells[at]).holds(number_of(cast("Line", self.fact.domain), exact))

    def place_of_encoded(self, encoded: Any) -> int:  # noqa: ANN401 - as readers compare it
        """The place of the cell that an encoded value lies in; that of "unknown" for ``None``."""
        domain = self.fact.domain
        if encoded is None:
            return len(self.cells)
        if not isinstance(self.cells[0], Span):
            return self.place_of(domain.decode(encoded))
        fitting = self.known
        for compares, limit, mask in self._tests:
            fitting &= mask if compares(encoded, limit) else ~mask
        return next(bits_of(fitting))

    @cached_property
    def _tests(self) -> tuple[tuple[Callable[[Any, Any], bool], Any, int], ...]:
        """For every cut a comparison with an encoded limit, and the cells in which it holds."""
        encode = self.fact.domain.encode
        return tuple((COMPARES[part.operator], encode(part.limit), self.surely(part)) for _, part in self.cuts)

    # -- words -------------------------------------------------------------------------------------------------------

    def condition(self, mask: int) -> Condition:
        """The condition that is true in the cells of *mask* and in no other.

        Of a fact that can be missing, "known, whatever it is" is the condition ``~is_missing``.
        """
        known = mask & self.known
        if mask == self.full:
            return ALWAYS
        parts: list[Condition] = [] if not known else [Known(self.fact)] if known == self.known else list(self._alternatives(known))
        if mask & self.missing:
            parts.append(Missing(self.fact))
        return any_of(*parts)

    def _alternatives(self, known: int) -> Iterator[Condition]:
        first = self.cells[0]
        if isinstance(first, Span):
            yield from (self._between(start, end) for start, end in runs_of(known))
            return
        chosen = [value for at, cell in enumerate(self.cells) if known >> at & 1 for value in cast("Items", cell).values]
        if isinstance(self.fact.domain, Sets):
            yield Includes(self.fact, (self.element,), expected=bool(chosen[0]))
        elif isinstance(self.fact.domain, Choices):
            yield self._choice(known, tuple(item for item in self.fact.domain.items if item in chosen))
        else:
            yield FlagIs(self.fact, bool(chosen[0]))

    def _choice(self, known: int, chosen: tuple[Any, ...]) -> Condition:
        domain = cast("Choices", self.fact.domain)
        is_compared = domain.ordered and not any(isinstance(item, int) for item in domain.items)
        (start, end), *more = runs_of(known)
        if is_compared and not more and (len(chosen) > 1) and (start == 0 or end == len(self.cells)):
            return Compare(self.fact, "<=", chosen[-1]) if start == 0 else Compare(self.fact, ">=", chosen[0])
        return OneOf(self.fact, chosen)

    def _between(self, start: int, end: int) -> Condition:
        """From the cell *start*, inclusive, to the cell *end*, exclusive."""
        parts = []
        if start > 0:
            parts.append(self._bound(self.cells[start], self.cells[start - 1], above=True))
        if end < len(self.cells):
            parts.append(self._bound(self.cells[end], self.cells[end - 1], above=False))
        return all_of(*parts)

    def _bound(self, upper: Cell, lower: Cell, *, above: bool) -> Condition:
        """The bound between two neighbouring cells, in the words of the comparison that made it."""
        part = self._comparison_between(cast("Span", lower), cast("Span", upper))
        after = part.operator in {">", "<="}
        operator: Operator = (">" if after else ">=") if above else ("<=" if after else "<")
        return Compare(self.fact, operator, part.limit)

    def _comparison_between(self, lower: Span, upper: Span) -> Compare:
        found = self._cut_at.get((upper.low, int(upper.is_open_low)))
        if found is None:  # a cell without values has been dropped between the two
            found = self._cut_at.get((lower.high, int(not lower.is_open_high)))
        return Compare(self.fact, ">=", exact_of(cast("Line", self.fact.domain), upper.low)) if found is None else found

    @cached_property
    def _cut_at(self) -> Mapping[Cut, Compare]:
        return dict(self.cuts)
