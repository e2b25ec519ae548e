"""What is possible: the relations between facts, as a formula over the cells of a space."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Any, cast

from revisit_policy.analysis.space.axis import Axis
from revisit_policy.analysis.space.cells import Span
from revisit_policy.analysis.space.space import Space
from revisit_policy.analysis.space.told import Told
from revisit_policy.casefile.fact_relations import FACT_RELATIONS, Bound, FactRelation, Impossible
from revisit_policy.language.condition import Condition, comparisons
from revisit_policy.language.fact import Fact
from revisit_policy.language.verdicts.graph import DecisionGraph


def possible_in(space: Space) -> int:
    """Where no relation is broken by the cells alone. A relation about facts that nobody asks about says nothing."""
    book = space.formulas
    return book.both(formula for relation in FACT_RELATIONS for formula in _formulas(space, relation))


def _formulas(space: Space, relation: FactRelation) -> Iterator[int]:
    match relation:
        case Impossible(condition=condition):
            if _are_asked(space, (part.fact for part in comparisons(condition))):
                yield _never(space, condition)
        case Bound(where=where):
            if _are_asked(space, (*relation.facts, *(part.fact for part in comparisons(where)))):
                elsewhere = _never(space, where)
                yield from (space.formulas.either((elsewhere, formula)) for formula in _bounded(space, relation))


def _never(space: Space, condition: Condition) -> int:
    """Where *condition* does not surely hold."""
    return space.formulas.opposite(Told(space, DecisionGraph(())).pair(condition, {})[0])


def _are_asked(space: Space, facts: Iterable[Fact]) -> bool:
    return all(fact.name in space.place and space.axes[space.place[fact.name]].fact == fact for fact in facts)


def _bounded(space: Space, bound: Bound) -> Iterator[int]:
    """For all cells of all facts but the last, the cells that the last one can then be in."""
    book = space.formulas
    *first, last = [space.place[fact.name] for fact in bound.facts]
    for cells in product(*(range(len(space.axes[at].cells)) for at in first)):
        spans = [space.axes[at].cells[cell] for at, cell in zip(first, cells, strict=True)]
        left = _left(space.axes[last], bound, spans)
        if left != space.axes[last].full:
            elsewhere = [book.opposite(book.literal(at, 1 << cell)) for at, cell in zip(first, cells, strict=True)]
            yield book.either((*elsewhere, book.literal(last, left)))


def _left(axis: Axis, bound: Bound, spans: Sequence[Any]) -> int:
    fitting = (1 << at for at, span in enumerate(axis.cells) if _fits(bound, (*spans, cast("Span", span))))
    return axis.missing | sum(fitting)


def _fits(bound: Bound, spans: Sequence[Span]) -> bool:
    """True if some numbers of *spans* may add up to a sum within bounds."""
    low = high = 0
    is_open_low = is_open_high = False
    for (factor, _), span in zip(bound.terms, spans, strict=True):
        ends = ((span.low, span.is_open_low), (span.high, span.is_open_high))
        least, most = ends if factor > 0 else ends[::-1]
        low, high = low + factor * least[0], high + factor * most[0]
        is_open_low, is_open_high = is_open_low or least[1], is_open_high or most[1]
    too_low = bound.low is not None and (high < bound.low or (high == bound.low and is_open_high))
    too_high = bound.high is not None and (low > bound.high or (low == bound.high and is_open_low))
    return not (too_low or too_high)
