"""The reference reader: a walk over the tree that anyone can follow.

It is slow and obvious, and every other reader is held against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, assert_never

import attrs

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
from revisit_policy.language.fold import Ruling
from revisit_policy.language.snapshot import Snapshot
from revisit_policy.language.table import Table

if TYPE_CHECKING:
    from revisit_policy.language.verdicts.graph import DecisionGraph

#: Encoded values by fact name: those of a snapshot, and what earlier tables leave possible.
Readings = Mapping[str, Any]


@attrs.frozen
class Reading:
    """What one table says of one case: the lines that fire and those undecided, as masks, and the ruling."""

    fired: int
    open: int
    ruling: Ruling


def read(graph: DecisionGraph, snapshot: Snapshot) -> dict[str, Reading]:
    """Read every table of *graph*, each after those whose outcomes it compares."""
    readings: dict[str, Any] = {name: snapshot.encoded(name) for name in snapshot}
    found: dict[str, Reading] = {}
    for table in graph.tables:
        found[table.id] = reading = read_table(table, readings)
        readings[table.id] = reading.ruling.reads
    return found


def read_table(table: Table, readings: Readings) -> Reading:
    """Read one table."""
    fired = open_ = 0
    for at, line in enumerate(table.lines):
        answer = truth(line.condition, readings)
        if answer is None:
            open_ |= 1 << at
        elif answer:
            fired |= 1 << at
    fired, open_ = table.folding.once(fired, open_)
    return Reading(fired, open_, table.folding.ruling(fired, open_))


def truth(condition: Condition, readings: Readings) -> bool | None:
    """True, false, or ``None`` for unknown."""
    match condition:
        case All(parts):
            return _least([truth(part, readings) for part in parts])
        case AnyOf(parts):
            answers = [truth(part, readings) for part in parts]
            return _turned(_least([_turned(answer) for answer in answers]))
        case Missing(fact):
            return readings[fact.name] is None
        case Known(fact):
            return True if readings[fact.name] is not None else None
        case FlagIs(fact, expected):
            value = readings[fact.name]
            return None if value is None else value is expected
        case OneOf(fact):
            return _all_or_none_of(readings[fact.name], condition.inside)
        case Includes(fact, _, expected):
            answer = _includes(readings[fact.name], condition.inside)
            return answer if expected else _turned(answer)
        case Compare():
            return _compare(condition, readings[condition.fact.name])
        case _:
            assert_never(condition)


def _least(answers: list[bool | None]) -> bool | None:
    if False in answers:
        return False
    return None if None in answers else True


def _turned(answer: bool | None) -> bool | None:  # noqa: FBT001 - the value itself
    return None if answer is None else not answer


def _all_or_none_of(candidates: int | None, inside: int) -> bool | None:
    """True if all *candidates* lie *inside*, false if none does."""
    if candidates is None:
        return None
    if not candidates & ~inside:
        return True
    return None if candidates & inside else False


def _includes(masks: tuple[int, int] | None, elements: int) -> bool | None:
    if masks is None:
        return None
    certain, possible = masks
    if certain & elements:
        return True
    return None if possible & elements else False


def _compare(condition: Compare, value: Any) -> bool | None:
    if value is None:
        return None
    domain, holds = condition.fact.domain, COMPARES[condition.operator]
    if isinstance(domain, Choices):
        return _all_or_none_of(value, condition.inside)
    if isinstance(domain, Points):
        answers = {holds(end, condition.limit) for end in value}
        return answers.pop() if len(answers) == 1 else None
    return holds(value, domain.encode(condition.limit))
