"""Folds: what a table says, given which of its rules fire and which are undecided.

This is the only place where rules are combined. Every reader finds out in its own way which lines of a table fire
and which are open; what that means is decided here, once.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, assert_never, cast

import attrs

from revisit_policy.language.overlaps.exclusion import Group
from revisit_policy.language.scale import Outcomes, Scale, Score
from revisit_policy.values.labels import Labelled

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    Outcome = TypeVar("Outcome", default=Any)
else:
    from typing import TypeVar

    Outcome = TypeVar("Outcome")
"""What a table says, to a type checker: a member of the scale, or a tuple of members where every outcome counts. Where nobody
says, it may be anything."""


class Fold(Labelled, zh="取法"):
    """How the outcomes of the rules that fire become one."""

    FIRST = "first", "依次判断，首条成立者为准", "the first rule that fires, in the order written"
    WORST = "worst", "取最严", "the most severe outcome of all rules that fire"
    LEAST = "least", "取最小", "the smallest outcome of all rules that fire"
    EVERY = "every", "全部列出", "the outcomes of all rules that fire"
    TOTAL = "total", "合计", "the sum of all rules that fire"
    UNIQUE = "unique", "唯一", "the one outcome of the rules that fire"


def to_fold(value: Fold | str) -> Fold:
    """Return the fold that *value* is, or is the code of.

    Raises:
        UnknownNameError: If there is none.
    """
    return Fold.parse(value)


class Status(Labelled, zh="状态"):
    """What is known of a table's outcome."""

    DECIDED = "decided", "已定", "decided"
    UNDECIDED = "undecided", "未定", "undecided"
    GAP = "gap", "无规则适用", "no rule applies"
    CONFLICT = "conflict", "规则冲突", "rules conflict"


@attrs.frozen
class Ruling:
    """What a table says of one pair (lines fired, lines open).

    Args:
        status: Decided, undecided, gap or conflict.
        outcome: What is established, ``None`` if nothing is; for EVERY the certain outcomes.
        candidates: What is still possible, in the order of the scale. For EVERY the pair (certain, possible), to be
            read element by element; for TOTAL the pair (low, high).
        at_worst: The most severe candidate; ``None`` on a scale without order.
        reads: The same candidates as later tables compare them: a mask of places, two masks, or an interval.
    """

    status: Status
    outcome: Any
    candidates: tuple[Any, ...]
    at_worst: Any
    reads: Any


class Turn(NamedTuple):
    """A group of lines as a total asks them: each line by its bit, with its points.

    Args:
        lines: All of them, as a mask.
        written: In the order written.
        least_first: Those that make the lower end of the total, the first to be asked first.
        most_first: Those that make the upper end.
    """

    lines: int
    written: tuple[tuple[int, int], ...]
    least_first: tuple[tuple[int, int], ...]
    most_first: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, group: Group, folding: Folding) -> Turn:
        """A *group* of the lines of a *folding*."""
        orders = (group.lines, folding.in_turn(group, upper=False), folding.in_turn(group, upper=True))
        return cls(_mask(group.lines), *(tuple([(1 << line, folding.places[line]) for line in order]) for order in orders))

    def added(self, settled: int) -> int:
        """The points of the line that is *settled*, of which one is."""
        return next(points for bit, points in self.written if settled & bit)

    @staticmethod
    def end(unsettled: int, in_turn: tuple[tuple[int, int], ...]) -> int:
        """The points that make one end of the total, none being settled."""
        for bit, points in in_turn:
            if unsettled & bit:
                return points
        return 0


@attrs.frozen(kw_only=True)
class Folding:
    """A fold over the lines of one table, written in places on its scale (points for TOTAL).

    Args:
        fold: Which fold.
        outcomes: The scale or score.
        places: One place a line, in the order written.
        absence: The lines that ask whether a fact is missing, as a mask. Such a line adds caution and never
            settles: it neither ends a FIRST walk nor suppresses a candidate.
        twins: Those of the absence lines whose condition could hold with nothing missing too. The line before such a
            one is the same without the question what is missing, and settles.
        otherwise: The place if no line fires, ``None`` if the table leaves a gap; for EVERY a tuple of places.
        groups: For TOTAL, the lines in groups of which at most one line holds; each line is in one.
    """

    fold: Fold
    outcomes: Outcomes
    places: tuple[int, ...]
    absence: int
    twins: int = 0
    otherwise: Any
    groups: tuple[Group, ...] = ()
    @cached_property
    def _turns(self) -> tuple[Turn, ...]:
        """The groups as a total asks them, laid out once: half the cases of a book are of a kind not seen before."""
        return tuple([Turn.of(group, self) for group in self.groups])

    def once(self, fired: int, open_: int) -> tuple[int, int]:
        """The masks with one line at most of each pair of twins: the one that settles if it fires, else the other."""
        return fired & ~(fired << 1 & self.twins), open_ & ~((fired | open_) & self.twins) >> 1

    def ruling(self, fired: int, open_: int) -> Ruling:
        """What the table says if the lines of mask *fired* fire and those of mask *open_* are undecided."""
        match self.fold:
            case Fold.WORST | Fold.LEAST:
                return self._worst(fired, open_)
            case Fold.FIRST:
                return self._first(fired, open_)
            case Fold.UNIQUE:
                return self._unique(fired, open_)
            case Fold.EVERY:
                return self._every(fired, open_)
            case Fold.TOTAL:
                return self._total(fired, open_)
            case _:
                assert_never(self.fold)

    def matters(self, line: int, fired: int, ruling: Ruling) -> bool:
        """True if learning the truth of the unsettled *line* could help to close *ruling*."""
        if ruling.status is not Status.UNDECIDED:
            return False
        settled = fired & ~self.absence
        match self.fold:
            case Fold.FIRST:
                return not settled or 1 << line < settled & -settled
            case Fold.UNIQUE:
                return True
            case Fold.WORST | Fold.LEAST if not settled:
                place = self.places[line]
                return place != self.otherwise or self._scale.place(ruling.candidates[0]) < place
            case _:
                return self.ruling(settled, 1 << line) != self.ruling(settled, 0)

    def in_turn(self, group: Group, *, upper: bool) -> tuple[int, ...]:
        """Of the lines of *group* that may hold, none being sure to, whose points make the end of the total: the first.

        The *upper* end takes the most points that are more than none, the lower the least that are fewer. Where one of the
        group must hold, none is no way out, and all are asked.
        """
        lines = sorted(group.lines, key=self.places.__getitem__, reverse=upper)
        if group.is_complete:
            return tuple(lines)
        return tuple(line for line in lines if self.places[line] and (self.places[line] > 0) is upper)

    def _agreed(self, group: Group, fired: int, unsettled: int) -> int:
        """The points that a complete *group* adds although none of its lines fires: those of all that may, if they are equal."""
        if any(fired >> line & 1 for line in group.lines):
            return 0
        points = {self.places[line] for line in group.lines if unsettled >> line & 1}
        return points.pop() if len(points) == 1 else 0

    def span(self) -> tuple[int, int]:
        """The least and the greatest total that there can be."""
        return self._ends(0, (1 << len(self.places)) - 1)

    def _ends(self, settled: int, unsettled: int) -> tuple[int, int]:
        """The least and the greatest total where the *settled* lines hold, and any of the *unsettled* may."""
        low = high = cast("int", self.otherwise)
        for turn in self._turns:
            if settled & turn.lines:
                points = turn.added(settled)
                low, high = low + points, high + points
            elif unsettled & turn.lines:
                low += turn.end(unsettled, turn.least_first)
                high += turn.end(unsettled, turn.most_first)
        return low, high

    def _at(self, mask: int) -> Iterator[int]:
        while mask:
            low = mask & -mask
            yield self.places[low.bit_length() - 1]
            mask ^= low

    @property
    def _scale(self) -> Scale:
        return cast("Scale", self.outcomes)

    def _worst(self, fired: int, open_: int) -> Ruling:
        settled = max(self._at(fired & ~self.absence), default=None)
        unsettled = self._at(open_ | fired & self.absence)
        # `otherwise` holds only where no rule does: unlike a rule that fires, it makes nothing milder impossible
        candidates = {place if settled is None else max(place, settled) for place in unsettled}
        established = max(self._at(fired), default=self.otherwise)
        return self._ranked(established, candidates, winner=self.otherwise if settled is None else settled)

    def _first(self, fired: int, open_: int) -> Ruling:
        settled = fired & ~self.absence
        first = settled & -settled
        before = (first - 1) if first else -1
        winner = self.places[first.bit_length() - 1] if first else self.otherwise
        candidates = set(self._at((open_ | fired & self.absence) & before))
        return self._ranked(None, candidates, winner=winner)

    def _unique(self, fired: int, open_: int) -> Ruling:
        sure = set(self._at(fired & ~self.absence))
        unsettled = set(self._at(open_ | fired & self.absence))
        if len(sure) > 1:
            return self._conflict(sure | unsettled)
        return self._ranked(None, unsettled, winner=next(iter(sure), self.otherwise))

    def _conflict(self, places: set[int]) -> Ruling:
        candidates = self._outcomes_at(places)
        worst = candidates[-1] if self._scale.ordered else None
        return Ruling(Status.CONFLICT, None, candidates, worst, _mask(places))

    def _ranked(self, established: int | None, unsettled: set[int], *, winner: int | None) -> Ruling:
        """One outcome, or the candidates for one. *winner* is what holds if nothing more fires, if anything does."""
        places = unsettled if winner is None else unsettled | {winner}
        candidates = self._outcomes_at(places)
        worst = candidates[-1] if candidates and self._scale.ordered else None
        if winner is None:  # what is read later must allow for the case that no rule fires at all
            status = Status.UNDECIDED if places else Status.GAP
            return Ruling(status, self._outcome(established), candidates, worst, self._scale.everything)
        if len(places) == 1:
            return Ruling(Status.DECIDED, candidates[0], candidates, worst, _mask(places))
        return Ruling(Status.UNDECIDED, self._outcome(established), candidates, worst, _mask(places))

    def _outcome(self, place: int | None) -> Hashable:
        return None if place is None else self._scale.outcomes[place]

    def _outcomes_at(self, places: set[int]) -> tuple[Hashable, ...]:
        return tuple(self._scale.outcomes[place] for place in sorted(places))

    def _every(self, fired: int, open_: int) -> Ruling:
        certain = _mask(self._at(fired))
        possible = certain | _mask(self._at(open_))
        if not fired & ~self.absence:  # nothing that fires is sure to stay, so `otherwise` is still possible
            possible |= _mask(self.otherwise)
        if not fired and not open_:
            certain = possible
        sure, maybe = self._scale.unmask(certain), self._scale.unmask(possible)
        status = Status.DECIDED if certain == possible else Status.UNDECIDED
        return Ruling(status, sure, (sure, maybe), maybe, (certain, possible))

    def _total(self, fired: int, open_: int) -> Ruling:
        settled, unsettled = fired & ~self.absence, open_ | fired & self.absence
        low, high = self._ends(settled, unsettled)
        worst = high if cast("Score", self.outcomes).worse == "high" else low
        outcome = self.otherwise + sum(self._at(fired)) + sum([self._agreed(group, fired, unsettled) for group in self.groups if group.is_complete])
        status = Status.DECIDED if low == high else Status.UNDECIDED
        return Ruling(status, outcome, (low, high), worst, (low, high))


def _mask(places: Any) -> int:
    mask = 0
    for place in places:
        mask |= 1 << place
    return mask
