"""Hearings: whether one rule holds, and which comparisons settled that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from revisit_policy.language.condition import All, AnyOf, Compare, Comparison, Condition, Missing, comparisons
from revisit_policy.language.fact import Fact
from revisit_policy.language.readers.reference import truth
from revisit_policy.language.rule import Rule
from revisit_policy.language.snapshot import Snapshot


@attrs.frozen
class Heard:
    """One comparison with the value that was read.

    Args:
        comparison: What was asked.
        truth: The answer; ``None`` for unknown.
        value: The encoded value read; ``None`` if the fact is unknown.
    """

    comparison: Comparison
    truth: bool | None
    value: Any


@attrs.frozen
class Hearing:
    """One rule heard: *truth* is ``None`` while it is undecided; *settled_by* are the comparisons that made it so.

    For a rule that holds, these are the comparisons that made it hold; for one that does not, those that kept it
    from firing; for an undecided one, those whose facts are missing.
    """

    rule: Rule
    truth: bool | None
    settled_by: tuple[Heard, ...]


def hear(rule: Rule, readings: Mapping[str, Any]) -> Hearing:
    """Hear *rule* against the encoded values in *readings*."""
    answer = truth(rule.condition, readings)
    return Hearing(rule, answer, tuple(_settling(rule.condition, answer, readings)))


def _settling(condition: Condition, answer: bool | None, readings: Mapping[str, Any]) -> Iterator[Heard]:  # noqa: FBT001 - the answer itself
    """The comparisons of *condition* whose truth is *answer* and which thereby make it so."""
    if isinstance(condition, All | AnyOf):
        for part in condition.parts:
            if truth(part, readings) is answer:
                yield from _settling(part, answer, readings)
    else:
        yield Heard(condition, answer, readings[condition.fact.name])


def unknown_parts(condition: Condition, readings: Mapping[str, Any]) -> Iterator[Comparison]:
    """The comparisons that leave *condition* open, and those that ask for a fact that is missing."""
    if isinstance(condition, All | AnyOf):
        for part in condition.parts:
            yield from unknown_parts(part, readings)
    elif truth(condition, readings) is None or isinstance(condition, Missing):
        yield condition


@attrs.frozen(kw_only=True)
class Margin:
    """How far a fact is from a threshold.

    Args:
        fact: The fact, known.
        value: Its encoded value.
        comparison: The comparison that would turn round, one of those nearest to the value.
        rules: The ids of the rules that compare the fact with this limit.
        distance: Limit less value, in encoded units: days, fen, whole numbers, or a part of one for a ratio.
    """

    fact: Fact
    value: Any
    comparison: Compare
    rules: tuple[str, ...]
    distance: float


def margins(rules: tuple[Rule, ...], snapshot: Snapshot) -> tuple[Margin, ...]:
    """The nearest thresholds below and above every known number that *rules* compare; below comes first.

    A limit counts as above a value that does not yet reach what changes there: 90 days against ``> 90`` has a
    threshold above at distance 0, because the next day turns it.
    """
    limits: dict[tuple[str, Any, bool], tuple[Compare, list[str]]] = {}
    for rule in rules:
        for part in comparisons(rule.condition):
            if isinstance(part, Compare) and part.fact.is_measured and part.fact.table is None:
                upward = part.operator in {">", "<="}  # the truth changes between the limit and what lies above it
                key = (part.fact.name, part.fact.encode(part.limit), upward)
                limits.setdefault(key, (part, []))[1].append(rule.id)
    found: list[Margin] = []
    for name in dict.fromkeys(name for name, _, _ in limits):
        value = snapshot.encoded(name)
        if value is not None:
            found += _nearest(name, value, limits)
    return tuple(found)


def _nearest(name: str, value: Any, limits: Mapping[tuple[str, Any, bool], tuple[Compare, list[str]]]) -> list[Margin]:
    below: list[Margin] = []
    above: list[Margin] = []
    for (fact, limit, upward), (part, rules) in limits.items():
        if fact != name:
            continue
        margin = Margin(
            fact=part.fact, value=value, comparison=part, rules=tuple(dict.fromkeys(rules)), distance=limit - value
        )
        is_above = limit >= value if upward else limit > value
        (above if is_above else below).append(margin)
    nearest = [max(below, key=lambda margin: margin.distance)] if below else []
    return nearest + ([min(above, key=lambda margin: margin.distance)] if above else [])


