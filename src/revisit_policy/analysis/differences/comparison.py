"""Comparison: every way in which two tellings of a table differ, found one after another until none is left."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import Any, TypeAlias, cast

import attrs

from revisit_policy.analysis.differences.change import Aspect
from revisit_policy.analysis.differences.difference import apart_in_points, reachable
from revisit_policy.analysis.solver.formula import FALSE
from revisit_policy.analysis.space.telling import Telling
from revisit_policy.analysis.study import Study
from revisit_policy.errors import InvalidPolicyError
from revisit_policy.language.fold import Fold, Status
from revisit_policy.language.scale import Scale
from revisit_policy.speech.phrase import Phrase

#: What the old and the new version say, and where they do.
Way: TypeAlias = tuple[Any, Any, int]


@attrs.frozen(kw_only=True)
class Difference:
    """One way in which two tellings differ, and where it does."""

    aspect: Aspect
    old: Any
    new: Any
    formula: int


def differences(study: Study, old: Telling, new: Telling, where: int) -> Iterator[Difference]:
    """The ways in which *old* and *new* differ inside *where*.

    Raises:
        InvalidPolicyError: If the two have outcomes of different types.
    """
    if _same(old, new):
        return
    _check_comparable(old, new)
    match old.table.fold:
        case Fold.EVERY:
            yield from _of_sets(study, old, new, where)
        case Fold.TOTAL:
            yield from _of_points(study, old, new, where)
        case _:
            yield from _of_outcomes(study, old, new, where)


def _same(old: Telling, new: Telling) -> bool:
    """True if the two are built alike: the usual case of a table that a change does not reach."""
    return (old.table.folding, old.surely, old.possibly) == (new.table.folding, new.surely, new.possibly)


def _check_comparable(old: Telling, new: Telling) -> None:
    kinds = [_kind(telling) for telling in (old, new)]
    if kinds[0] != kinds[1]:
        problem = Phrase(
            "两个版本的结论类型不同：{kind} 与 {kind_2}",
            "the two versions have outcomes of different types: {kind} and {kind_2}",
            kind=kinds[0], kind_2=kinds[1],
        )
        raise InvalidPolicyError(subject=new.table.id, problem=problem)


def _kind(telling: Telling) -> str:
    if telling.table.fold is Fold.TOTAL:
        return "points"
    outcomes = cast("Scale", telling.table.outcomes).outcomes
    form = "sets of" if telling.table.fold is Fold.EVERY else "one"
    return f"{form} {' or '.join(sorted({type(outcome).__name__ for outcome in outcomes}))}"


def _found(study: Study, aspect: Aspect, ways: list[Way], where: int) -> Iterator[Difference]:
    """Ask for any of *ways*, report the one that is found, and ask again for the others."""
    book = study.book
    left = [(old, new, formula) for old, new, formula in ways if formula != FALSE]
    while left and (box := study.box(book.either(way[2] for way in left), where)) is not None:
        cells = [box.get(axis, full).bit_length() - 1 for axis, full in enumerate(book.full)]
        way = next(way for way in left if book.holds(way[2], cells))
        left.remove(way)
        yield Difference(aspect=aspect, old=way[0], new=way[1], formula=book.both((way[2], where)))


def _of_outcomes(study: Study, old: Telling, new: Telling, where: int) -> Iterator[Difference]:
    yield from _found(study, Aspect.ESTABLISHED, _changed(study, _established(old), _established(new)), where)
    if old.is_plain and new.is_plain:
        return
    where = study.book.both((where, _agreed(study, _established(old), _established(new))))
    if _is_ordered(old) and _is_ordered(new):
        yield from _found(study, Aspect.AT_WORST, _changed(study, _worst(old), _worst(new)), where)
        where = study.book.both((where, _agreed(study, _worst(old), _worst(new))))
    yield from _found(study, Aspect.POSSIBLE, _gained_or_lost(study, _possible(old), _possible(new)), where)


def _of_sets(study: Study, old: Telling, new: Telling, where: int) -> Iterator[Difference]:
    before, after = _by_outcome(old, old.certain), _by_outcome(new, new.certain)
    yield from _found(study, Aspect.ESTABLISHED, _gained_or_lost(study, before, after), where)
    if old.is_plain and new.is_plain:
        return
    for outcome in {**before, **after}:
        agreed = _alike(study, before.get(outcome, FALSE), after.get(outcome, FALSE))
        allowed = ({outcome: _by_outcome(telling, telling.allowed).get(outcome, FALSE)} for telling in (old, new))
        ways = _gained_or_lost(study, *allowed)
        yield from _found(study, Aspect.POSSIBLE, ways, study.book.both((where, agreed)))


def _of_points(study: Study, old: Telling, new: Telling, where: int) -> Iterator[Difference]:
    before, after = (
        {total: telling.total(total.__eq__) for total in sorted(reachable(telling))} for telling in (old, new)
    )
    yield from _found(study, Aspect.ESTABLISHED, _changed(study, before, after), where)
    if not (old.is_plain and new.is_plain):
        agreed = _agreed(study, before, after)
        ends: list[Way] = [((), ("…",), apart_in_points(old, new))]
        yield from _found(study, Aspect.POSSIBLE, ends, study.book.both((where, agreed)))


# -- formulas by outcome ---------------------------------------------------------------------------------------------


def _by_outcome(telling: Telling, formulas: list[int]) -> dict[Hashable, int]:
    return dict(zip(cast("Scale", telling.table.outcomes).outcomes, formulas, strict=True))


def _established(telling: Telling) -> dict[Hashable, int]:
    """Where each outcome is established, where rules conflict, where there is a gap; under ``None``, where nothing is established."""
    book = telling.book
    found = _by_outcome(telling, telling.established)
    found[Status.CONFLICT], found[Status.GAP] = telling.conflict, telling.gap
    says_always = telling.is_plain and telling.table.folding.otherwise is not None
    found[None] = FALSE if says_always else book.opposite(book.either(found.values()))
    return found


def _possible(telling: Telling) -> dict[Hashable, int]:
    """Where each outcome is a candidate; under ``None``, where it is possible that no rule holds and nothing is said."""
    return {**_by_outcome(telling, telling.possible), None: telling.no_winner}


def _worst(telling: Telling) -> dict[Hashable, int]:
    book = telling.book
    found: list[int] = []
    for place, possible in enumerate(telling.possible):
        found.append(book.both((possible, book.opposite(book.either(telling.possible[place + 1 :])))))
    return {**_by_outcome(telling, found), None: book.opposite(book.either(telling.possible))}


def _is_ordered(telling: Telling) -> bool:
    return cast("Scale", telling.table.outcomes).ordered


def _changed(study: Study, old: dict[Any, int], new: dict[Any, int]) -> list[Way]:
    both: Callable[[tuple[int, int]], int] = study.book.both
    return [
        (before, after, both((one, other)))
        for before, one in old.items()
        for after, other in new.items()
        if (type(before), before) != (type(after), after)
    ]


def _gained_or_lost(study: Study, old: dict[Any, int], new: dict[Any, int]) -> list[Way]:
    book = study.book
    ways: list[Way] = []
    for outcome in {**old, **new}:
        one, other = old.get(outcome, FALSE), new.get(outcome, FALSE)
        ways.append(((), (outcome,), book.both((other, book.opposite(one)))))
        ways.append(((outcome,), (), book.both((one, book.opposite(other)))))
    return ways


def _alike(study: Study, one: int, other: int) -> int:
    return study.book.opposite(study.book.differs(one, other))


def _agreed(study: Study, old: dict[Any, int], new: dict[Any, int]) -> int:
    return study.book.both(_alike(study, old.get(key, FALSE), new.get(key, FALSE)) for key in {**old, **new})
