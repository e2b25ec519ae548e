"""Nests: conditions put in order so that a healthy case fails at the first comparison.

Conditions that cannot hold without the same comparison stand behind it together. Thresholds of one fact in one
direction form a ladder, the weakest first: behind ``x > 30`` stands ``x > 60``. Several choices of one fact stand
behind the question whether it is any of them. What a register records is rare, so it is asked before what is measured.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TypeAlias

import attrs

from revisit_policy.language.condition import ALWAYS, All, AnyOf, Compare, Condition, FlagIs, OneOf, all_of
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.fact import Fact
from revisit_policy.language.period import DECISION_DAY

#: A comparison that conditions can stand behind.
Gate: TypeAlias = Compare | OneOf | FlagIs

#: Gates of one key belong to one ladder: the fact's name, and which way or which value it asks.
Key: TypeAlias = tuple[str, str]

UPWARD = frozenset({">", ">="})


@attrs.frozen
class Rung:
    """Where *gate* holds, what is *inside*."""

    gate: Gate
    inside: Nest


@attrs.frozen
class Nest:
    """Conditions by their bits.

    Args:
        always: The bits of conditions of which nothing is left to ask.
        free: Bits with conditions that stand behind no single comparison.
        ladders: Rungs, each of which can hold only where the one before it does.
    """

    always: tuple[int, ...]
    free: tuple[tuple[int, Condition], ...]
    ladders: tuple[tuple[Rung, ...], ...]


def nest_of(conditions: Mapping[int, Condition]) -> Nest:
    """Put *conditions*, given by their bits, in order."""
    return _nest(conditions, frozenset(), asked=frozenset())


def alternatives(condition: Condition) -> tuple[Condition, ...]:
    """The parts of an alternative that can each stand behind a comparison of their own; *condition* as it is otherwise."""
    if isinstance(condition, AnyOf) and not necessary(condition) and all(map(necessary, condition.parts)):
        return condition.parts
    return (condition,)


def chances(nest: Nest, chance: float = 1.0) -> Iterator[tuple[int, float]]:
    """Every bit of *nest* with a guess how often it is set: the more comparisons stand before it, the more seldom."""
    yield from ((bit, chance) for bit in nest.always)
    yield from ((bit, chance / 2) for bit, _ in nest.free)
    for ladder in nest.ladders:
        here = chance
        for rung in ladder:
            here *= _chance(rung.gate)
            yield from chances(rung.inside, here)


def _chance(gate: Gate) -> float:
    if _is_rare(gate):
        return 1 / 8
    if isinstance(gate.fact.domain, Choices) and not isinstance(gate, FlagIs):
        return gate.inside.bit_count() / len(gate.fact.domain.items)
    return 1 / 2


def necessary(condition: Condition) -> dict[Key, Gate]:
    """For each key the comparison without which *condition* cannot hold; the decision day only if there is no other."""
    match condition:
        case Compare() | OneOf() | FlagIs():
            key = _key(condition)
            return {} if key is None else {key: condition}
        case All(parts):
            found: dict[Key, Gate] = {}
            for part in parts:
                found |= {key: gate for key, gate in necessary(part).items() if key not in found}
            without_day = {key: gate for key, gate in found.items() if gate.fact != DECISION_DAY}
            return without_day or found
        case AnyOf(parts) if parts:
            branches = [necessary(part) for part in parts]
            common = [key for key in branches[0] if all(key in branch for branch in branches)]
            weakest = {key: _weakest([branch[key] for branch in branches]) for key in common}
            return {key: gate for key, gate in weakest.items() if gate is not None}
        case _:
            return {}


def _nest(conditions: Mapping[int, Condition], told_apart: frozenset[str], *, asked: frozenset[Key]) -> Nest:
    """Nest what is left behind the comparisons *asked*, which are not asked again.

    *told_apart* are the choices of which it is already known that they are one of those asked for.
    """
    always = tuple(bit for bit, condition in conditions.items() if condition == ALWAYS)
    gates = {
        bit: {key: gate for key, gate in necessary(condition).items() if key not in asked}
        for bit, condition in conditions.items()
        if condition != ALWAYS
    }
    shared = Counter(key for found in gates.values() for key in found)
    free: list[tuple[int, Condition]] = []
    groups: dict[Key, dict[int, tuple[Gate, Condition]]] = {}
    for bit, found in gates.items():
        if not found:
            free.append((bit, conditions[bit]))
            continue
        key = max(found, key=lambda key: (_is_rare(found[key]), shared[key]))
        groups.setdefault(key, {})[bit] = found[key], conditions[bit]
    ladders = [ladder for key, group in groups.items() for ladder in _ladders(key, group, told_apart, asked=asked)]
    return Nest(always, tuple(free), tuple(ladders))


def _is_rare(gate: Gate) -> bool:
    return gate.fact.register is not None and not (isinstance(gate, FlagIs) and not gate.expected)


def _key(gate: Gate) -> Key | None:
    fact = gate.fact
    if isinstance(fact.domain, Choices):
        return fact.name, "in"
    if isinstance(gate, FlagIs):
        return fact.name, str(gate.expected)
    if isinstance(gate, Compare) and fact.is_measured:
        return fact.name, "up" if gate.operator in UPWARD else "down"
    return None


def _weakest(gates: list[Gate]) -> Gate | None:
    """A comparison that holds wherever one of *gates* does; ``None`` if that would be everywhere."""
    first = gates[0]
    if isinstance(first.fact.domain, Choices):
        return _any_choice(first.fact, gates)
    return min(gates, key=_strength)


def _any_choice(fact: Fact, gates: list[Gate]) -> Gate | None:
    union = 0
    for gate in gates:
        union |= gate.inside  # type: ignore[union-attr] # of a choice
    choices: Choices = fact.domain  # type: ignore[assignment] # of a choice
    return None if union == choices.blank else OneOf(fact, choices.unmask(union))


def _strength(gate: Gate) -> tuple[float, bool]:
    """Sorts gates of one key from the weakest to the strongest."""
    if not isinstance(gate, Compare):
        return 0, False
    limit = gate.fact.encode(gate.limit)
    return (limit if gate.operator in UPWARD else -limit), gate.operator in {">", "<"}


def _rest(condition: Condition, gate: Gate) -> Condition:
    """What is left to ask of *condition* behind *gate*."""
    parts = condition.parts if isinstance(condition, All) else (condition,)
    return all_of(*(part for part in parts if part != gate and not _is_wider(part, gate)))


def _is_wider(part: Condition, gate: Gate) -> bool:
    """True if *part* asks for any of the choices that *gate* has already asked for, or of others."""
    if not isinstance(part, Compare | OneOf) or not isinstance(gate, Compare | OneOf) or part.fact != gate.fact:
        return False
    return isinstance(part.fact.domain, Choices) and not gate.inside & ~part.inside


def _ladders(
    key: Key, group: Mapping[int, tuple[Gate, Condition]], told_apart: frozenset[str], *, asked: frozenset[Key]
) -> Iterator[tuple[Rung, ...]]:
    gates = [gate for gate, _ in group.values()]
    fact = gates[0].fact
    if isinstance(fact.domain, Choices):
        yield from _choice_ladders(key, group, told_apart, asked=asked)
        return
    rungs: dict[tuple[float, bool], dict[int, Condition]] = {}
    for bit, (gate, condition) in group.items():
        rungs.setdefault(_strength(gate), {})[bit] = _rest(condition, gate)
    by_strength = {_strength(gate): gate for gate in gates}
    yield tuple(Rung(by_strength[strength], _nest(rungs[strength], told_apart, asked=asked | {key})) for strength in sorted(rungs))


def _choice_ladders(
    key: Key, group: Mapping[int, tuple[Gate, Condition]], told_apart: frozenset[str], *, asked: frozenset[Key]
) -> Iterator[tuple[Rung, ...]]:
    fact = next(iter(group.values()))[0].fact
    masks = dict.fromkeys(gate.inside for gate, _ in group.values())  # type: ignore[union-attr] # of a choice
    union = _any_choice(fact, [gate for gate, _ in group.values()])
    if len(masks) > 1 and union is not None and fact.name not in told_apart:
        inside = {bit: _rest(condition, union) for bit, (_, condition) in group.items()}
        yield (Rung(union, _nest(inside, told_apart | {fact.name}, asked=asked)),)
        return
    for mask in masks:
        same = {bit: pair for bit, pair in group.items() if pair[0].inside == mask}  # type: ignore[union-attr] # of a choice
        gate = next(iter(same.values()))[0]
        inside = {bit: _rest(condition, own) for bit, (own, condition) in same.items()}
        yield (Rung(gate, _nest(inside, told_apart, asked=asked | {key})),)
