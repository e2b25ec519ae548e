"""Conditions in columns: strong Kleene truth, by the nulls of the engine where they serve and by pairs of flags elsewhere.

A condition over facts is one expression that is null where it is unknown: every engine here agrees on `&` and `|` over
nulls. A condition over the outcome of an earlier table is a pair of flags from the start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import or_
from typing import Any, TypeAlias, assert_never, cast

import attrs

from revisit_policy.frames.columns.fact_column import FactColumn
from revisit_policy.frames.expressions.expression import Expression, Literal, halved
from revisit_policy.frames.expressions.truth import Flag, Truth, all_true, any_true, in_column
from revisit_policy.language.condition import (
    COMPARES,
    All,
    AnyOf,
    Compare,
    Comparison,
    Condition,
    FlagIs,
    Includes,
    Known,
    Missing,
    OneOf,
)
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.flags import GROUP, Row, either, inverse
from revisit_policy.language.readers.stems import Both, Either, Shape, Stem

#: Null where unknown; a constant where all rows agree, ``None`` for unknown.
Nullable: TypeAlias = Expression | bool | None


# -- over facts ------------------------------------------------------------------------------------------------------


def nullable(condition: Condition, facts: Mapping[str, FactColumn]) -> Nullable:
    """*condition* over facts, null where it is unknown."""
    match condition:
        case All(parts):
            return _all([nullable(part, facts) for part in parts])
        case AnyOf(parts):
            return _any([nullable(part, facts) for part in parts])
        case Compare(fact, op, limit):
            return facts[fact.name].compare(op, limit) if not isinstance(fact.domain, Choices) else _one_of(condition, facts)
        case OneOf():
            return _one_of(condition, facts)
        case FlagIs(fact, expected):
            return _flag_is(facts[fact.name], expected=expected)
        case Missing(fact):
            return facts[fact.name].is_missing()
        case Known(fact):
            return _known(facts[fact.name])
        case Includes():
            raise AssertionError(condition)  # sets are outcomes of tables
        case _:
            assert_never(condition)


def _all(parts: Sequence[Nullable]) -> Nullable:
    if any(part is False for part in parts):
        return False
    kept = [part for part in parts if part is not True]
    return _joined(kept, lambda one, other: one & other) if kept else True


def _any(parts: Sequence[Nullable]) -> Nullable:
    if any(part is True for part in parts):
        return True
    kept = [part for part in parts if part is not False]
    return _joined(kept, lambda one, other: one | other) if kept else False


def _joined(parts: Sequence[Nullable], join: Callable[[Expression, Expression], Expression]) -> Nullable:
    if all(part is None for part in parts):
        return None
    columns = [Literal(None) if part is None else in_column(part) for part in parts]
    return halved(join, columns)


def _flag_is(part: FactColumn, *, expected: bool) -> Nullable:
    if part.column is None:
        return None if part.constant is None else part.constant is expected
    return part.column if expected else part.column == Literal(value=False)


def _known(part: FactColumn) -> Nullable:
    if part.column is None:
        return None if part.constant is None else True
    known = part.choices[0] if part.choices else part.column
    return known == known  # noqa: PLR0124 - true where known, null where not


def _one_of(condition: Compare | OneOf, facts: Mapping[str, FactColumn]) -> Nullable:
    """A choice that lies among some of the places."""
    part, places = facts[condition.fact.name], _places(condition)
    if part.column is None:
        return None if part.constant is None else part.constant.bit_length() - 1 in places
    if isinstance(condition, Compare) and len(places) > GROUP:
        return cast("Expression", COMPARES[condition.operator](part.column, cast("Choices", condition.fact.domain).place(condition.limit)))
    return halved(or_, [part.choices[place] for place in places])


def _places(condition: Compare | OneOf) -> list[int]:
    domain = cast("Choices", condition.fact.domain)
    if isinstance(condition, OneOf):
        return [domain.place(choice) for choice in condition.choices]
    limit, holds = domain.place(condition.limit), COMPARES[condition.operator]
    return [place for place in range(len(domain.items)) if holds(place, limit)]


# -- over earlier tables ---------------------------------------------------------------------------------------------


@attrs.frozen(eq=False)
class Candidates:
    """An earlier outcome as later tables compare it: for every place on the scale, where it is still possible."""

    places: Row[Expression]


@attrs.frozen(eq=False)
class Elements:
    """An earlier set of outcomes: for every place, where it is certain and where it is possible."""

    certain: tuple[Flag, ...]
    possible: tuple[Flag, ...]


@attrs.frozen(eq=False)
class Interval:
    """An earlier total: the lowest and the highest it can be."""

    low: Expression
    high: Expression


Outcome: TypeAlias = Candidates | Elements | Interval


def truth(shape: Shape, stems: tuple[Nullable, ...], outcomes: Mapping[str, Outcome]) -> Truth:
    """The truth of a line, given that of its stems and the *outcomes* of earlier tables."""
    match shape:
        case Stem(bit):
            return as_truth(stems[bit])
        case Both(parts):
            return all_true(truth(part, stems, outcomes) for part in parts)
        case Either(parts):
            return any_true(truth(part, stems, outcomes) for part in parts)
        case _:
            return _of_outcome(shape, outcomes)


def as_truth(found: Nullable) -> Truth:
    """The pair of flags of an expression that is null where it is unknown."""
    match found:
        case bool():
            return Truth(found, found)
        case None:
            return Truth(surely=False, possibly=True)
        case _:
            return Truth(found.fill_null(value=False), found.fill_null(value=True))


def _of_outcome(comparison: Comparison, outcomes: Mapping[str, Outcome]) -> Truth:
    match outcomes[comparison.fact.name], comparison:
        case Candidates(places), Compare() | OneOf():
            return _among(places, sorted(_places(comparison)))
        case Elements(certain, possible), Includes(fact, elements, expected):
            asked = [cast("Any", fact.domain).items.index(element) for element in elements]
            sure, maybe = either(certain[place] for place in asked), either(possible[place] for place in asked)
            return Truth(sure, maybe) if expected else Truth(inverse(maybe), inverse(sure))
        case Interval(low, high), Compare(_, op, limit):
            ends = (COMPARES[op](low, limit), COMPARES[op](high, limit))
            return Truth(ends[0] & ends[1], ends[0] | ends[1])
        case _:
            raise AssertionError(comparison)  # refused when the condition was built


def _among(row: Row[Expression], inside: Sequence[int]) -> Truth:
    runs = list(_runs(inside))
    ends = [0, *(end for run in runs for end in run), len(row.levels[0])]
    beyond = zip(ends[::2], ends[1::2], strict=True)  # what lies between the runs, and before and after them
    return Truth(inverse(_in_one(row, beyond)), _in_one(row, runs))


def _in_one(row: Row[Expression], runs: Iterable[tuple[int, int]]) -> Flag:
    return either(flag for start, stop in runs for flag in row.parts(start, stop))


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The *places*, in ascending order, as runs from the first to before the last."""
    start = 0
    for at, place in enumerate(places, 1):
        if at == len(places) or places[at] != place + 1:
            yield places[start], place + 1
            start = at
