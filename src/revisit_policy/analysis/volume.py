"""Volume: how many combinations of facts a condition holds for, counted exactly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import prod
from typing import Final

import attrs

from revisit_policy.analysis.implication import NO_TABLES
from revisit_policy.analysis.solver.formula import FALSE, TRUE, Formulas
from revisit_policy.analysis.space.asking import to_condition
from revisit_policy.analysis.space.axis import Axis
from revisit_policy.analysis.space.cells import Items, Span
from revisit_policy.analysis.study import MissingFacts, Study
from revisit_policy.errors import AnalysisLimitError, InvalidValueError
from revisit_policy.language.condition import ALWAYS, Condition
from revisit_policy.language.domains.counts import Counts
from revisit_policy.language.domains.ratios import Ratios
from revisit_policy.speech.phrase import Phrase

#: The nodes that a count may need: counting is harder than searching, and some conditions are past counting.
NODES: Final = 50_000


@attrs.frozen(kw_only=True)
class Volume:
    """The size of a set of cases.

    A cell is a set of values of a fact that no comparison tells apart, "unknown" included where it can be.

    Args:
        cells: The combinations of cells in the set.
        all_cells: The combinations of cells that there are.
        values: The combinations of values in the set; ``None`` if a ratio is among the facts, whose values are too fine to be
            counted.
    """

    cells: int
    all_cells: int
    values: int | None

    @property
    def share(self) -> Fraction:
        """The part of all combinations of cells: how much of the policy's own distinctions the set takes up."""
        return Fraction(self.cells, self.all_cells)


def volume(
    condition: Condition,
    *,
    policy: object = NO_TABLES,
    given: Condition = ALWAYS,
    missing: MissingFacts = False,
    nodes: int = NODES,
) -> Volume:
    """The exact size of the set of cases for which *condition* surely holds.

    Only the facts that matter to *condition* and *given* are counted. Relations between facts are not left out: a
    combination counts whether or not a case file can have it.

    Args:
        condition: Of facts, and of outcomes of *policy*.
        policy: The tables whose outcomes the condition compares, if it does.
        given: Only cases in which this holds are counted.
        missing: The names of facts that can be unknown, ``True`` for all.
        nodes: The parts that the count may fall into.

    Raises:
        AnalysisLimitError: If the count needs more *nodes*; no estimate is given instead.

    Examples:
        >>> from revisit_policy import Fact, Label
        >>> days = Fact.count("days", low=0, high=3650, label=Label("逾期天数", "days past due"))
        >>> volume(days.between(61, 91)).values
        30
    """
    if type(nodes) is not int or nodes < 1:
        raise InvalidValueError(owner="", field="nodes", value=nodes, expected=Phrase("节点数，为正整数", "a whole number of nodes above zero"))
    to_condition(condition, field="condition")
    to_condition(given, field="given")
    study = Study.of(policy, missing=missing, besides=(condition, given))
    book = study.book
    formula = book.both((study.surely(condition), study.surely(given)))
    places = sorted(book.axes(formula), key=lambda at: study.space.axes[at].size)
    axes = [study.space.axes[at] for at in places]
    count = _Count(book, places, nodes)
    is_countable = not any(isinstance(axis.fact.domain, Ratios) for axis in axes)
    return Volume(
        cells=count.of(formula, [[1] * axis.size for axis in axes]),
        all_cells=prod(axis.size for axis in axes),
        values=count.of(formula, [_weights(axis) for axis in axes]) if is_countable else None,
    )


class _Count:
    """Counts by taking a formula apart, axis after axis; equal rests are counted once."""

    def __init__(self, book: Formulas, places: Sequence[int], nodes: int) -> None:
        self.book, self.places, self.nodes = book, places, nodes

    def of(self, formula: int, weights: Sequence[Sequence[int]]) -> int:
        """The weight of all combinations of cells for which *formula* is true."""
        known: dict[tuple[int, int], int] = {}

        def walk(node: int, at: int) -> int:
            if node == FALSE:
                return 0
            if node == TRUE:
                return prod(sum(weights[later]) for later in range(at, len(weights)))
            if (node, at) not in known:
                if len(known) >= self.nodes:
                    raise AnalysisLimitError(budget=self.nodes)
                known[node, at] = self._split(node, weights[at], self.places[at], lambda rest: walk(rest, at + 1))
            return known[node, at]

        return walk(formula, 0)

    def _split(self, node: int, weights: Sequence[int], axis: int, walk: Callable[[int], int]) -> int:
        return sum(weight * walk(self.book.within(node, {axis: 1 << cell})) for cell, weight in enumerate(weights))


def _weights(axis: Axis) -> list[int]:
    """How many values each cell holds; "unknown" is one."""
    return [_size(axis, cell) for cell in axis.cells] + [1] * axis.can_be_missing


def _size(axis: Axis, cell: Span | Items) -> int:
    if isinstance(cell, Items):
        return len(cell.values)
    step = axis.fact.domain.step if isinstance(axis.fact.domain, Counts) else 1
    numbers: int = (cell.high - cell.low) // step + 1
    return numbers
