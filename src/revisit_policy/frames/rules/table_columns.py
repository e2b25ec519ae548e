"""Tables in columns: what each of the six folds makes of the lines that fire and that are open.

This says in expressions what `language.fold` says of masks, and is tested against it row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, assert_never, cast

import attrs
import narwhals as nw

from revisit_policy.frames.expressions.choosing import chosen
from revisit_policy.frames.expressions.expression import Expression, Literal, Points
from revisit_policy.frames.expressions.kind_flags import Split
from revisit_policy.frames.expressions.stages import Stages
from revisit_policy.frames.expressions.truth import Flag, in_column, several
from revisit_policy.frames.rules.conditions import Candidates, Elements, Interval, Outcome
from revisit_policy.language.flags import GROUP, Row, both, either, inverse
from revisit_policy.language.fold import Fold, Folding
from revisit_policy.language.scale import Scale
from revisit_policy.language.table import Table


@attrs.frozen(eq=False)
class Lines:
    """The lines of a table: where each fires, where it is open, and its place; as `Folding.once` leaves them."""

    fires: tuple[Flag, ...]
    opens: tuple[Flag, ...]
    folding: Folding

    def is_absence(self, at: int) -> bool:
        """True if the line adds caution and never settles."""
        return bool(self.folding.absence >> at & 1)

    @property
    def settles(self) -> tuple[Flag, ...]:
        """Where each line fires and settles."""
        return tuple(False if self.is_absence(at) else flag for at, flag in enumerate(self.fires))

    @property
    def unsettled(self) -> tuple[Flag, ...]:
        """Where each line is open, or fires for a fact that is missing."""
        return tuple(either((self.opens[at], flag)) if self.is_absence(at) else self.opens[at] for at, flag in enumerate(self.fires))

    def by_place(self, flags: Iterable[Flag]) -> tuple[Flag, ...]:
        """For every place on the scale, where one of *flags* holds whose line has it."""
        found: list[list[Flag]] = [[] for _ in cast("Scale", self.folding.outcomes).outcomes]
        for flag, place in zip(flags, self.folding.places, strict=True):
            found[place].append(flag)
        return tuple(map(either, found))


@attrs.frozen(eq=False)
class Ranked:
    """One outcome, or the candidates for one.

    Args:
        candidates: For every place, where it is a candidate.
        established: For every place, where it is the outcome, if another rule than "the only candidate" says so.
        winner: Where something holds if nothing more fires.
        conflict: Where rules that surely fire contradict one another.
    """

    candidates: tuple[Flag, ...]
    established: tuple[Flag, ...] | None
    winner: Flag
    conflict: Flag = False


@attrs.frozen(eq=False)
class Summed:
    """A total: what is established, and the lowest and the highest it can be."""

    outcome: Expression
    low: Expression
    high: Expression


Ruled: TypeAlias = Ranked | Elements | Summed


def lines_of(table: Table, found: Iterable[tuple[Flag, Flag]]) -> Lines:
    """The lines of *table* from where each surely holds and where it is open, one of each pair of twins at most."""
    pairs = tuple(found)
    twins = table.folding.twins
    fires: list[Flag] = []
    opens: list[Flag] = []
    for at, (fired, open_) in enumerate(pairs):
        before = pairs[at - 1][0] if twins >> at & 1 else False
        after = either(pairs[at + 1]) if twins >> (at + 1) & 1 else False
        fires.append(both((fired, inverse(before))))
        opens.append(both((open_, inverse(after))))
    return Lines(tuple(fires), tuple(opens), table.folding)


def ruled(lines: Lines, stages: Stages) -> Ruled:
    """What the table says, its flags computed in the current layer or a later one."""
    match lines.folding.fold:
        case Fold.WORST | Fold.LEAST:
            return _worst(lines, stages)
        case Fold.FIRST:
            return _first(lines, stages)
        case Fold.UNIQUE:
            return _unique(lines, stages)
        case Fold.EVERY:
            return _every(lines, stages)
        case Fold.TOTAL:
            return _total(lines, stages)
        case _:
            assert_never(lines.folding.fold)


def read_later(said: Ruled, stages: Stages) -> Outcome:
    """What later tables compare: if no rule may fire at all and nothing is said for that case, everything is possible."""
    match said:
        case Ranked(candidates, _, winner):
            return Candidates(Row.of((either((flag, inverse(winner))) for flag in candidates), stages.put_flag))
        case Elements():
            return said
        case Summed(_, low, high):
            return Interval(low, high)
        case _:
            assert_never(said)


def _kept(flags: Iterable[Flag], stages: Stages) -> tuple[Flag, ...]:
    return tuple(map(stages.keep_flag, flags))


def _otherwise(lines: Lines, flags: list[Flag], settled: Flag) -> list[Flag]:
    """*flags* by place, with `otherwise` where nothing has settled."""
    otherwise = lines.folding.otherwise
    if otherwise is not None:
        flags[otherwise] = either((flags[otherwise], inverse(settled)))
    return flags


def _winner(lines: Lines, settled: Flag) -> Flag:
    return settled if lines.folding.otherwise is None else True


def _worst(lines: Lines, stages: Stages) -> Ranked:
    settles, unsettled = (_kept(lines.by_place(flags), stages) for flags in (lines.settles, lines.unsettled))
    fires = list(_kept(lines.by_place(lines.fires), stages) if lines.folding.absence else settles)
    row = Row.of(settles, stages.put_flag)
    stages.next()
    settled, end = row.between(0, len(settles)), len(settles)
    candidates = [
        both((either((settles[place], open_)), inverse(row.between(place + 1, end)))) for place, open_ in enumerate(unsettled)
    ]
    return Ranked(
        _kept(_otherwise(lines, candidates, settled), stages),
        _kept(_otherwise(lines, fires, either(fires)), stages),
        stages.keep_flag(_winner(lines, settled)),
    )


def _first(lines: Lines, stages: Stages) -> Ranked:
    settles = lines.settles
    row = Row.of(settles[::-1], stages.put_flag)
    stages.next()
    is_reached = _is_reached(row, len(settles), stages)
    reached = [both((either(pair), is_reached(at))) for at, pair in enumerate(zip(settles, lines.unsettled, strict=True))]
    candidates = list(lines.by_place(reached))
    settled = row.between(0, len(settles))
    return Ranked(
        _kept(_otherwise(lines, candidates, settled), stages), None, stages.keep_flag(_winner(lines, settled))
    )


def _is_reached(backwards: Row[Expression], end: int, stages: Stages) -> Callable[[int], Flag]:
    """Where no line before that at a place settles, the flags of all *end* lines being in a row *backwards*.

    Of few lines those before are asked themselves; of many the first one is found as a number, and held against each place.
    """
    if end <= GROUP**2 or Split.of(backwards.levels[0]):
        return lambda at: inverse(backwards.between(end - at, end))
    found = chosen(backwards, [Literal(at, nw.Int32) for at in range(end)][::-1]).fill_null(end)
    first = stages.keep(found)
    stages.next()
    return lambda at: first >= at


def _unique(lines: Lines, stages: Stages) -> Ranked:
    settles = lines.by_place(lines.settles)
    candidates = [either(pair) for pair in zip(settles, lines.by_place(lines.unsettled), strict=True)]
    settled = either(settles)
    return Ranked(
        _kept(_otherwise(lines, candidates, settled), stages),
        None,
        stages.keep_flag(_winner(lines, settled)),
        stages.keep_flag(several(settles)),
    )


def _every(lines: Lines, stages: Stages) -> Elements:
    otherwise = set(lines.folding.otherwise)
    unsettled, nothing = inverse(either(lines.settles)), inverse(either((*lines.fires, *lines.opens)))
    certain: list[Flag] = []
    possible: list[Flag] = []
    for place, (fires, opens) in enumerate(zip(lines.by_place(lines.fires), lines.by_place(lines.opens), strict=True)):
        kept = place in otherwise
        certain.append(either((fires, nothing)) if kept else fires)
        possible.append(either((fires, opens, unsettled if kept else False)))
    return Elements(_kept(certain, stages), _kept(possible, stages))


def _total(lines: Lines, stages: Stages) -> Summed:
    start, places = lines.folding.otherwise, lines.folding.places
    settles, unsettled = lines.settles, lines.unsettled

    def points(flags: tuple[Flag, ...]) -> list[tuple[Expression, int]]:
        pairs = zip(flags, places, strict=True)
        return [(in_column(flag), worth) for flag, worth in pairs if flag is not False and worth]

    def at_one_end(*, upper: bool) -> tuple[Flag, ...]:
        """Where each line is the one of its group that makes this end of the total, no line of the group being sure."""
        found: list[Flag] = [False] * len(places)
        for group in lines.folding.groups:
            before = [settles[line] for line in group.lines] if len(group.lines) > 1 else []
            for line in lines.folding.in_turn(group, upper=upper):
                found[line] = both((unsettled[line], inverse(either(before))))
                before.append(unsettled[line])
        return tuple(found)

    def summed(*parts: tuple[Expression, int]) -> Expression:
        split = Split.of([flag for flag, _ in parts])
        added = split.summed((worth for _, worth in parts), start) if split else Points(parts, start)
        return stages.keep(added.cast(nw.Int64))

    def agreed() -> Iterator[tuple[Flag, int]]:
        """Where all lines of a complete group that may hold give the same points, though none fires."""
        for group in (group for group in lines.folding.groups if group.is_complete):
            fired = either(lines.fires[line] for line in group.lines)
            for worth in dict.fromkeys(places[line] for line in group.lines):
                others = either(unsettled[line] for line in group.lines if places[line] != worth)
                yield inverse(either((fired, others))), worth

    sure = points(settles)
    alike = [(in_column(flag), worth) for flag, worth in agreed() if flag is not False and worth]
    return Summed(
        outcome=summed(*points(lines.fires), *alike),
        low=summed(*sure, *points(at_one_end(upper=False))),
        high=summed(*sure, *points(at_one_end(upper=True))),
    )
