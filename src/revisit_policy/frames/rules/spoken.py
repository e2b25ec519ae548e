"""What a table has said, as flags for every place of its scale, whichever fold and edition it came by."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from typing import TypeAlias, assert_never

import attrs

from revisit_policy.frames.expressions.expression import Expression, Literal, Points, when
from revisit_policy.frames.expressions.kind_flags import Split
from revisit_policy.frames.expressions.stages import Stages
from revisit_policy.frames.expressions.truth import Flag, in_column, several
from revisit_policy.frames.rules.conditions import Elements
from revisit_policy.frames.rules.table_columns import Ranked, Ruled, Summed
from revisit_policy.language.flags import both, either, inverse
from revisit_policy.language.fold import Status
from revisit_policy.language.scale import Scale
from revisit_policy.language.table import Table


@attrs.frozen(eq=False)
class Places:
    """An outcome, or a set of them.

    Args:
        established: For every place, where it is the outcome, or certain in the set.
        possible: For every place, where it is a candidate, or possible in the set.
        undecided: Where something missing could change the outcome.
        gap: Where no rule applies.
        conflict: Where rules contradict one another.
    """

    established: tuple[Flag, ...]
    possible: tuple[Flag, ...]
    undecided: Flag
    gap: Flag = False
    conflict: Flag = False


@attrs.frozen(eq=False)
class Total:
    """A sum of points: what is established, the lowest and the highest it can be, and where these differ."""

    outcome: Expression
    low: Expression
    high: Expression
    undecided: Flag
    gap: Flag = False
    conflict: Flag = False


Spoken: TypeAlias = Places | Total


def silent(table: Table) -> Spoken:
    """What rows hear of a *table* that their edition does not have."""
    if isinstance(table.outcomes, Scale):
        nowhere = (False,) * len(table.outcomes.outcomes)
        return Places(nowhere, nowhere, undecided=False)
    return Total(Literal(0), Literal(0), Literal(0), undecided=False)


def spoken(said: Ruled, stages: Stages) -> Spoken:
    """What *said* comes to, its flags computed in a later layer."""
    match said:
        case Ranked():
            return _ranked(said, stages)
        case Elements(certain, possible):
            undecided = either(both((maybe, inverse(sure))) for sure, maybe in zip(certain, possible, strict=True))
            return Places(certain, possible, stages.keep_flag(undecided))
        case Summed(outcome, low, high):
            return Total(outcome, low, high, low != high)
        case _:
            assert_never(said)


def _ranked(said: Ranked, stages: Stages) -> Places:
    some = stages.put_flag(either(said.candidates))
    decided = stages.put_flag(both((said.winner, inverse(several(said.candidates)), inverse(said.conflict))))
    stages.next()
    gap = inverse(either((said.winner, some)))
    established = said.established
    if established is None:
        established = tuple(stages.keep_flag(both((flag, decided))) for flag in said.candidates)
    undecided = both((inverse(decided), inverse(gap), inverse(said.conflict)))
    return Places(established, said.candidates, stages.keep_flag(undecided), stages.keep_flag(gap), said.conflict)


def status(said: Spoken) -> Expression:
    """The place of the status among those there are."""
    order = tuple(Status)
    cases = ((said.undecided, Status.UNDECIDED), (said.gap, Status.GAP), (said.conflict, Status.CONFLICT))
    if split := Split.of([flag for flag, _ in cases]):
        return split.summed(order.index(status) for _, status in cases)
    return Points(tuple((in_column(flag), order.index(status)) for flag, status in cases if flag is not False))


def by_edition(editions: tuple[Flag, ...], said: tuple[Spoken, ...]) -> Spoken:
    """What each row's own edition says; *editions* are the flags of the rows that are under each."""
    first = said[0]
    live = [(flag, part) for flag, part in zip(editions, said, strict=True) if flag is not False]
    if all(part is live[0][1] for _, part in live):
        return live[0][1]
    if isinstance(first, Total):
        return _total(live)

    def picked(read: Callable[[Places], Flag]) -> Flag:
        return either(both((flag, read(part))) for flag, part in live if isinstance(part, Places))

    def all_picked(read: Callable[[Places], tuple[Flag, ...]]) -> tuple[Flag, ...]:
        return tuple(picked(lambda part, place=place: read(part)[place]) for place in range(len(read(first))))  # type: ignore[misc] # bound at once

    return Places(
        all_picked(lambda part: part.established),
        all_picked(lambda part: part.possible),
        picked(lambda part: part.undecided),
        picked(lambda part: part.gap),
        picked(lambda part: part.conflict),
    )


def _total(live: Iterable[tuple[Flag, Spoken]]) -> Total:
    parts = [(flag, part) for flag, part in live if isinstance(part, Total)]

    def picked(read: Callable[[Total], Expression]) -> Expression:
        return reduce(lambda found, edition: when(in_column(edition[0])).then(read(edition[1])).otherwise(found), parts[1:], read(parts[0][1]))

    return Total(
        picked(lambda part: part.outcome),
        picked(lambda part: part.low),
        picked(lambda part: part.high),
        either(both((flag, part.undecided)) for flag, part in parts),
    )
