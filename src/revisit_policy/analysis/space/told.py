"""What a graph of tables says, in one space: the bridge from conditions to formulas.

Later tables compare an earlier outcome as the set of its candidates, exactly as the readers do.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import assert_never, cast

import attrs

from revisit_policy.analysis.solver.formula import FALSE
from revisit_policy.analysis.space.space import Space
from revisit_policy.analysis.space.telling import Pair, Telling
from revisit_policy.language.condition import (
    COMPARES,
    All,
    AnyOf,
    Compare,
    Condition,
    FlagIs,
    Includes,
    Known,
    Missing,
    OneOf,
)
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.points import Points
from revisit_policy.language.scale import Scale
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.graph import DecisionGraph


@attrs.frozen(eq=False)
class Told:
    """What all tables of *graph* say, in *space*."""

    space: Space
    graph: DecisionGraph

    @cached_property
    def tables(self) -> Mapping[str, Telling]:
        """One telling a table, by its id."""
        found: dict[str, Telling] = {}
        for table in self.graph.tables:
            found[table.id] = self.telling(table, found)
        return found

    def telling(self, table: Table, earlier: Mapping[str, Telling]) -> Telling:
        """What *table* says if the tables that it reads say what *earlier* says."""
        pairs = [self.pair(line.condition, earlier) for line in table.lines]
        for at, line in enumerate(table.lines):
            if line.has_twin and line.is_absence:
                pairs[at - 1 : at + 1] = self._twins(*pairs[at - 1 : at + 1])
        surely, possibly = tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)
        return Telling(self.space.formulas, table, table.lines, surely, possibly)

    def _twins(self, settling: Pair, absence: Pair) -> tuple[Pair, Pair]:
        """One line at most of two twins: the first where it fires, the second where it does not."""
        book, fires = self.space.formulas, settling[0]
        left = [FALSE if part == fires else book.both((part, book.opposite(fires))) for part in absence]
        return (fires, fires), (left[0], left[1])

    def pair(self, condition: Condition, earlier: Mapping[str, Telling]) -> Pair:
        """Where *condition* is surely true, and where it is true or unknown."""
        book = self.space.formulas
        match condition:
            case All(parts):
                pairs = [self.pair(part, earlier) for part in parts]
                return book.both(pair[0] for pair in pairs), book.both(pair[1] for pair in pairs)
            case AnyOf(parts):
                pairs = [self.pair(part, earlier) for part in parts]
                return book.either(pair[0] for pair in pairs), book.either(pair[1] for pair in pairs)
            case Includes():
                return self._includes(condition, earlier)
            case Compare(fact) | OneOf(fact) if fact.name in earlier:
                return _outcome_pair(condition, earlier[fact.name])
            case Compare() | OneOf() | FlagIs() | Missing() | Known():
                at = self.space.place[condition.fact.name]
                axis = self.space.axes[at]
                return book.literal(at, axis.surely(condition)), book.literal(at, axis.possibly(condition))
            case _:
                assert_never(condition)

    def _includes(self, part: Includes, earlier: Mapping[str, Telling]) -> Pair:
        book, told = self.space.formulas, earlier.get(part.fact.name)
        if told is None:
            axes = self.space.axes_of_set(part.fact)
            surely = possibly = book.either(book.literal(axes[item], 2) for item in part.elements)
        else:
            chosen = [cast("Scale", told.table.outcomes).place(item) for item in part.elements]
            surely = book.either(told.certain[place] for place in chosen)
            possibly = book.either(told.allowed[place] for place in chosen)
        return (surely, possibly) if part.expected else (book.opposite(possibly), book.opposite(surely))


def _outcome_pair(part: Compare | OneOf, told: Telling) -> Pair:
    """What a comparison of an earlier table's outcome asks of that table."""
    if isinstance(part, OneOf):
        return told.lies_in(cast("Choices", part.fact.domain).mask(part.choices))
    compares, domain = COMPARES[part.operator], part.fact.domain
    if isinstance(domain, Points):
        ends = told.lowest(lambda total: compares(total, part.limit)), told.highest(lambda total: compares(total, part.limit))
        return told.book.both(ends), told.book.either(ends)
    choices = cast("Choices", domain)
    limit = choices.place(part.limit)
    return told.lies_in(sum(1 << place for place in range(len(choices.items)) if compares(place, limit)))
