"""Tellings: what a table says, as formulas over the cells of facts.

Every line of a table has two formulas: where it surely fires, and where it fires or is undecided. With complete facts
the two are one. What the fold makes of them follows :class:`~revisit_policy.language.fold.Folding` case by case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import cast

import attrs

from revisit_policy.analysis.solver.formula import FALSE, TRUE, Box, Formulas
from revisit_policy.language.fold import Fold
from revisit_policy.language.overlaps.bits import runs_of
from revisit_policy.language.overlaps.exclusion import Group
from revisit_policy.language.scale import Scale
from revisit_policy.language.table import Line, Table

#: Two formulas: where something is surely true, and where it is true or unknown.
Pair = tuple[int, int]


@attrs.frozen(eq=False)
class Telling:
    """What one table says.

    Args:
        book: The formulas.
        table: The table.
        lines: Its lines, or those of them that are asked about.
        surely: One formula a line: where it fires.
        possibly: One formula a line: where it fires or is undecided.
    """

    book: Formulas
    table: Table
    lines: tuple[Line, ...]
    surely: tuple[int, ...]
    possibly: tuple[int, ...]

    @property
    def is_crisp(self) -> bool:
        """True if every line either settles or plays no part: nothing is undecided, nothing asks what is missing."""
        lines = zip(self.lines, self.surely, self.possibly, strict=True)
        return all(possibly == FALSE if line.is_absence else surely == possibly for line, surely, possibly in lines)

    @property
    def is_plain(self) -> bool:
        """True if what is possible is just what is established: nothing undecided, no rules in conflict."""
        return self.is_crisp and self.table.fold is not Fold.UNIQUE

    @property
    def _size(self) -> int:
        return len(cast("Scale", self.table.outcomes).outcomes)

    def seen_from(self, box: Box) -> Telling:
        """The same, plainer, for cases in *box* alone."""
        surely, possibly = (
            tuple(self.book.within(formula, box) for formula in column) for column in (self.surely, self.possibly)
        )
        return Telling(self.book, self.table, self.lines, surely, possibly)

    def without(self, rule_id: str) -> Telling:
        """What the table would say without one of its rules."""
        kept = [at for at, line in enumerate(self.lines) if line.rule.id != rule_id]
        parts = (tuple(column[at] for at in kept) for column in (self.lines, self.surely, self.possibly))
        return Telling(self.book, self.table, *parts)  # type: ignore[arg-type] # three columns, in this order

    # -- lines by the place of their outcome -------------------------------------------------------------------------

    def _by_place(self, formulas: tuple[int, ...], *, settling: bool = False) -> list[int]:
        """For every place, where a line of it is true; *settling* leaves out those that ask what is missing."""
        parts: list[list[int]] = [[] for _ in range(self._size)]
        for line, formula in zip(self.lines, formulas, strict=True):
            if not (settling and line.is_absence):
                parts[line.place].append(formula)
        return [self.book.either(found) for found in parts]

    @cached_property
    def settled(self) -> list[int]:
        """For every place, where a line of it surely fires and stays."""
        return self._by_place(self.surely, settling=True)

    @cached_property
    def fired(self) -> list[int]:
        """For every place, where a line of it surely fires."""
        return self._by_place(self.surely)

    @cached_property
    def reached(self) -> list[int]:
        """For every place, where a line of it fires or is undecided."""
        return self._by_place(self.possibly)

    @cached_property
    def none_settled(self) -> int:
        """Where no line surely fires and stays."""
        return self.book.opposite(self.book.either(self.settled))

    def _above(self, by_place: list[int], place: int) -> int:
        return self.book.either(by_place[place + 1 :])

    @property
    def _is_ranked(self) -> bool:
        return self.table.fold in {Fold.WORST, Fold.LEAST}

    # -- what is established, what is possible -----------------------------------------------------------------------

    @cached_property
    def possible(self) -> list[int]:
        """For every place, where it is a candidate."""
        if self.table.fold is Fold.FIRST:
            found = self._possible_first()
        elif self._is_ranked:
            found = [
                self.book.both((reached, self.book.opposite(self._above(self.settled, place))))
                for place, reached in enumerate(self.reached)
            ]
        else:
            found = list(self.reached)
        otherwise = self.table.folding.otherwise
        if otherwise is not None:
            found[otherwise] = self.book.either((found[otherwise], self.none_settled))
        return found

    def _possible_first(self) -> list[int]:
        parts: list[list[int]] = [[] for _ in range(self._size)]
        before = TRUE
        for line, surely, possibly in zip(self.lines, self.surely, self.possibly, strict=True):
            parts[line.place].append(self.book.both((possibly, before)))
            if not line.is_absence:
                before = self.book.both((before, self.book.opposite(surely)))
        return [self.book.either(found) for found in parts]

    @cached_property
    def no_winner(self) -> int:
        """Where nothing surely fires and nothing is said for that case."""
        return FALSE if self.table.folding.otherwise is not None else self.none_settled

    @cached_property
    def gap(self) -> int:
        """Where no line fires or is undecided, and nothing is said for that case."""
        return self.book.both((self.no_winner, self.book.opposite(self.book.either(self.possibly))))

    @cached_property
    def silent(self) -> int:
        """Where no line fires or is undecided, whether or not `otherwise` catches that."""
        return self.book.opposite(self.book.either(self.possibly))

    @cached_property
    def conflict(self) -> int:
        """Where two lines of a UNIQUE table surely fire with different outcomes."""
        if self.table.fold is not Fold.UNIQUE:
            return FALSE
        pairs = [
            self.book.both((first, second))
            for place, first in enumerate(self.settled)
            for second in self.settled[place + 1 :]
        ]
        return self.book.either(pairs)

    @cached_property
    def established(self) -> list[int]:
        """For every place, where it is the established outcome."""
        if self._is_ranked:
            return self._established_ranked()
        if self.is_crisp and self.table.fold is Fold.FIRST:
            return self.possible
        clear = self.book.opposite(self.book.either((self.no_winner, self.conflict)))
        return [
            self.book.both((clear, possible, self._none_of(self.possible, but=place)))
            for place, possible in enumerate(self.possible)
        ]

    def _none_of(self, formulas: list[int], *, but: int) -> int:
        return self.book.both(self.book.opposite(other) for at, other in enumerate(formulas) if at != but)

    def _established_ranked(self) -> list[int]:
        found = [
            self.book.both((fired, self.book.opposite(self._above(self.fired, place))))
            for place, fired in enumerate(self.fired)
        ]
        otherwise = self.table.folding.otherwise
        if otherwise is not None:
            none_fired = self.book.opposite(self.book.either(self.fired))
            found[otherwise] = self.book.either((found[otherwise], none_fired))
        return found

    @cached_property
    def read(self) -> list[int]:
        """For every place, where later tables still see it among the candidates."""
        return [self.book.either((possible, self.no_winner)) for possible in self.possible]

    # -- what later tables ask ---------------------------------------------------------------------------------------

    def lies_in(self, inside: int) -> Pair:
        """Where the outcome lies in the places of the mask *inside*."""
        if not self._is_ranked or self.table.folding.otherwise is None:
            return self._lies_among(inside)
        if not self.is_crisp and any(end != self._size for _, end in runs_of(inside)):
            return self._lies_among(inside)
        parts = [self._from_to(start, end) for start, end in runs_of(inside)]  # "at least this place" is a plainer formula
        return self.book.either(part[0] for part in parts), self.book.either(part[1] for part in parts)

    def _lies_among(self, inside: int) -> Pair:
        """Surely where no candidate lies outside, possibly where one lies inside."""
        within = self.book.either(formula for place, formula in enumerate(self.read) if inside >> place & 1)
        if self.is_crisp and self.no_winner == FALSE and self.conflict == FALSE:
            return within, within
        outside = self.book.either(formula for place, formula in enumerate(self.read) if not inside >> place & 1)
        return self.book.opposite(outside), within

    def _from_to(self, start: int, end: int) -> Pair:
        low, high = self._at_least(start), self._at_least(end)
        return (
            self.book.both((low[0], self.book.opposite(high[1]))),
            self.book.both((low[1], self.book.opposite(high[0]))),
        )

    def _at_least(self, place: int) -> Pair:
        if place <= 0:
            return TRUE, TRUE
        otherwise = cast("int", self.table.folding.otherwise)
        surely, possibly = self.book.either(self.settled[place:]), self.book.either(self.reached[place:])
        if otherwise < place:
            return surely, possibly
        below = self.book.either(self.reached[:place])
        none_below = self.book.both((self.none_settled, self.book.opposite(below)))
        return self.book.either((surely, none_below)), self.book.either((possibly, self.none_settled))

    # -- sets --------------------------------------------------------------------------------------------------------

    @cached_property
    def certain(self) -> list[int]:
        """For every place of an EVERY table, where it is surely among the outcomes."""
        found = list(self.fired)
        for place in cast("tuple[int, ...]", self.table.folding.otherwise):
            found[place] = self.book.either((found[place], self.silent))
        return found

    @cached_property
    def allowed(self) -> list[int]:
        """For every place of an EVERY table, where it is among the outcomes or may be."""
        found = list(self.reached)
        for place in cast("tuple[int, ...]", self.table.folding.otherwise):
            found[place] = self.book.either((found[place], self.none_settled))
        return found

    # -- points ------------------------------------------------------------------------------------------------------

    def total(self, holds: Callable[[int], bool]) -> int:
        """Where the established total is one for which *holds*."""
        return self._sum([[*self._sure(group.lines), *self._agreed(group)] for group in self._groups], holds)

    def _sure(self, lines: Iterable[int]) -> list[tuple[int, int]]:
        return [(self.lines[at].place, self.surely[at]) for at in lines]

    def _agreed(self, group: Group) -> list[tuple[int, int]]:
        """The points of a complete *group* where all of its lines that may hold give the same, though none surely does."""
        if not group.is_complete or all(self.surely[at] == self.possibly[at] for at in group.lines):
            return []
        points = dict.fromkeys(self.lines[at].place for at in group.lines)
        others = {worth: [self.possibly[at] for at in group.lines if self.lines[at].place != worth] for worth in points}
        return [(worth, self.book.opposite(self.book.either(found))) for worth, found in others.items()]

    def lowest(self, holds: Callable[[int], bool]) -> int:
        """Where the least total that is still possible is one for which *holds*."""
        return self._sum([self._end(group, upper=False) for group in self._groups], holds)

    def highest(self, holds: Callable[[int], bool]) -> int:
        """Where the greatest total that is still possible is one for which *holds*."""
        return self._sum([self._end(group, upper=True) for group in self._groups], holds)

    @cached_property
    def _groups(self) -> tuple[Group, ...]:
        """The groups of the fold, by the places of the lines asked about here; one with a line left out is complete no more."""
        here = {id(line): at for at, line in enumerate(self.lines)}
        places = [here.get(id(line)) for line in self.table.lines]
        kept = ((group, tuple(at for line in group.lines if (at := places[line]) is not None)) for group in self.table.folding.groups)
        return tuple(Group(lines, group.is_complete and len(lines) == len(group.lines)) for group, lines in kept if lines)

    def _end(self, group: Group, *, upper: bool) -> list[tuple[int, int]]:
        """The points of *group* at one end of the total, each with where it is these, asked in turn."""
        sure = [at for at in group.lines if not self.lines[at].is_absence]
        may = [at for at in self._in_turn(group, upper=upper) if at not in sure or self.possibly[at] != self.surely[at]]
        if len(group.lines) == 1 and may:
            sure = []  # what may hold holds wherever it is sure to
        return self._sure(sure) + [(self.lines[at].place, self.possibly[at]) for at in may]

    def _in_turn(self, group: Group, *, upper: bool) -> tuple[int, ...]:
        points = attrs.evolve(self.table.folding, places=tuple(line.place for line in self.lines))
        return points.in_turn(group, upper=upper)

    def _sum(self, weighed: list[list[tuple[int, int]]], holds: Callable[[int], bool]) -> int:
        """Where the total of one step a group is one for which *holds*; of a group the first that is true gives the points."""
        known: dict[tuple[int, int], int] = {}

        def walk(at: int, total: int) -> int:
            if at == len(weighed):
                return TRUE if holds(total) else FALSE
            key = at, total
            if key not in known:
                found = walk(at + 1, total)
                for points, formula in reversed(weighed[at]):
                    found = self._either_way(formula, walk(at + 1, total + points), found)
                known[key] = found
            return known[key]

        return walk(0, self.table.folding.otherwise)

    def _either_way(self, formula: int, with_it: int, without: int) -> int:
        if with_it == without:
            return with_it
        return self.book.either((self.book.both((formula, with_it)), self.book.both((self.book.opposite(formula), without))))
