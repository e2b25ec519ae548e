"""The source of the generated reader: straight comparisons, nested so that a healthy case fails at the first one.

Every condition is written twice: so that it is true only if it surely holds, and so that it is true if it may hold.
Unknown numbers are NaN, unknown flags ``None``, unknown choices all bits at once. A NaN compares false, so ``x > 90``
is "surely" and ``not x <= 90`` is "possibly"; no test for missing facts is needed.

Conditions that share a fact are nested by its thresholds (a ladder): inside ``if x > 30:`` stands ``if x > 60:``.
Comparisons of the decision day that a rule cannot do without are not made per case at all: which stems are in force
on a day is found once for the day and applied as a mask.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias, assert_never, cast

import attrs

from revisit_policy.language.condition import (
    ALWAYS,
    COMPARES,
    TURNED,
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
    all_of,
    comparisons,
)
from revisit_policy.language.domain import Choices, Flags, Points, Sets
from revisit_policy.language.fact import Fact
from revisit_policy.language.period import DECISION_DAY

#: How deep thresholds are nested before a new ladder begins; Python's own limit on indentation is 100.
DEEPEST: Final = 40

#: How many decision days are remembered.
DAYS_KEPT: Final = 64

Writer: TypeAlias = Callable[[Comparison, str], str]


@attrs.frozen
class Branch:
    """One stem: its *bit* is set where *gate* (if any) and *rest* hold."""

    bit: int
    gate: Compare | None
    rest: Condition


def resolve_source(conditions: tuple[Condition, ...], facts: tuple[Fact, ...]) -> str:
    """The source of ``resolve(values)``: the mask of stems that surely hold, looked up in ``memory``."""
    names = _names(facts)
    lines = [f"def resolve({_IN}):"]
    if facts:
        lines.append(f"    {''.join(names[fact.name] + ', ' for fact in facts)}= {_IN}")
    stripped = [_without_day(condition) for condition in conditions]
    lines += _body(dict(enumerate(rest for _, rest in stripped)), names, _surely)
    dated = {bit: periods for bit, (periods, _) in enumerate(stripped) if periods}
    if dated:
        lines.append(f"    m &= in_force[{names[DECISION_DAY.name]}]")
    lines.append("    return memory[m]")
    return "\n".join(_calendar(dated, len(conditions)) + lines) + "\n"


def open_source(conditions: tuple[Condition, ...], facts: tuple[Fact, ...], place: int) -> str:
    """The source of ``possible(values)``: the mask of the stems that read the fact at *place* and may hold."""
    names = _names(facts)
    asked = facts[place].name
    reading = {
        bit: condition
        for bit, condition in enumerate(conditions)
        if any(part.fact.name == asked for part in comparisons(condition))
    }
    used = {part.fact.name for condition in reading.values() for part in comparisons(condition)}
    lines = [f"def possible({_IN}):"]
    lines += [f"    {names[fact.name]} = {_IN}[{at}]" for at, fact in enumerate(facts) if fact.name in used]
    lines += _body(reading, names, _possibly)
    return "\n".join([*lines, "    return m"]) + "\n"


_IN: Final = "values"


def _names(facts: tuple[Fact, ...]) -> dict[str, str]:
    return {fact.name: f"f{place}" for place, fact in enumerate(facts)}


# -- days ------------------------------------------------------------------------------------------------------------


def _without_day(condition: Condition) -> tuple[tuple[Compare, ...], Condition]:
    """Split *condition* into its necessary comparisons of the decision day and the rest."""
    parts = condition.parts if isinstance(condition, All) else (condition,)
    dated = tuple(part for part in parts if isinstance(part, Compare) and part.fact == DECISION_DAY)
    return dated, all_of(*(part for part in parts if part not in dated))


def _calendar(dated: dict[int, tuple[Compare, ...]], width: int) -> list[str]:
    """The source of ``in_force``: for a decision day the mask of stems whose periods hold on it."""
    if not dated:
        return []
    lines = [
        "class InForce(dict):",
        "    def __missing__(self, on):",
        f"        m = {(1 << width) - 1:#x}",
    ]
    for bit, periods in dated.items():
        held = " and ".join(_surely(period, "on") for period in periods)
        lines.append(f"        if not ({held}): m ^= {1 << bit:#x}")
    return [
        *lines,
        f"        if len(self) >= {DAYS_KEPT}: self.clear()",
        "        if on == on: self[on] = m",
        "        return m",
        "in_force = InForce()",
    ]


# -- ladders ---------------------------------------------------------------------------------------------------------


def _body(conditions: dict[int, Condition], names: dict[str, str], write: Writer) -> list[str]:
    """Statements that set in ``m`` the bit of every condition that holds."""
    ladders: dict[tuple[str, bool], list[Branch]] = {}
    always, free = 0, []
    for branch in _branches(conditions):
        if branch.gate is not None:
            ladders.setdefault((branch.gate.fact.name, branch.gate.operator in {">", ">="}), []).append(branch)
        elif branch.rest == ALWAYS:
            always |= 1 << branch.bit
        else:
            free.append(branch)
    lines = [f"    m = {always:#x}"]
    lines += [f"    if {_text(branch.rest, names, write)}: m |= {1 << branch.bit:#x}" for branch in free]
    for (_, upward), branches in ladders.items():
        lines += _ladder(branches, names, write, upward=upward)
    return lines


def _branches(conditions: dict[int, Condition]) -> Iterator[Branch]:
    """Choose for every condition the necessary comparison that most conditions share."""
    candidates = {bit: _necessary(condition) for bit, condition in conditions.items()}
    shared = Counter(key for found in candidates.values() for key in found)
    for bit, condition in conditions.items():
        found = candidates[bit]
        if not found:
            yield Branch(bit, None, condition)
            continue
        gate = found[max(found, key=lambda key: shared[key])]
        parts = condition.parts if isinstance(condition, All) else (condition,)
        yield Branch(bit, gate, all_of(*(part for part in parts if part != gate)))


def _necessary(condition: Condition) -> dict[tuple[str, bool], Compare]:
    """For each fact and direction the comparison of a measured fact without which *condition* cannot hold."""
    match condition:
        case Compare(fact, op) if fact.is_measured:
            return {(fact.name, op in {">", ">="}): condition}
        case All(parts):
            found: dict[tuple[str, bool], Compare] = {}
            for part in parts:
                found |= {key: gate for key, gate in _necessary(part).items() if key not in found}
            return found
        case AnyOf(parts) if parts:
            branches = [_necessary(part) for part in parts]
            common = [key for key in branches[0] if all(key in branch for branch in branches)]
            return {key: _weakest([branch[key] for branch in branches]) for key in common}
        case _:
            return {}


def _rung(gate: Compare) -> tuple[float, bool]:
    """Sorts gates of one direction from the weakest to the strongest."""
    limit = gate.fact.encode(gate.limit)
    upward = gate.operator in {">", ">="}
    return (limit if upward else -limit), gate.operator in {">", "<"}


def _weakest(gates: list[Compare]) -> Compare:
    return min(gates, key=_rung)


def _ladder(branches: list[Branch], names: dict[str, str], write: Writer, *, upward: bool) -> Iterator[str]:  # noqa: ARG001 - says which
    rungs: dict[tuple[float, bool], list[Branch]] = {}
    for branch in branches:
        if branch.gate is not None:
            rungs.setdefault(_rung(branch.gate), []).append(branch)
    for depth, key in enumerate(sorted(rungs)):
        indent = "    " * (depth % DEEPEST + 1)
        group = rungs[key]
        gate = group[0].gate
        if gate is None:
            continue
        yield f"{indent}if {write(gate, names[gate.fact.name])}:"
        plain = sum(1 << branch.bit for branch in group if branch.rest == ALWAYS)
        yield f"{indent}    m |= {plain:#x}" if plain else f"{indent}    pass"
        for branch in group:
            if branch.rest != ALWAYS:
                yield f"{indent}    if {_text(branch.rest, names, write)}: m |= {1 << branch.bit:#x}"


# -- comparisons -----------------------------------------------------------------------------------------------------


def _text(condition: Condition, names: dict[str, str], write: Writer) -> str:
    match condition:
        case All(parts):
            return f"({' and '.join(_text(part, names, write) for part in parts)})" if parts else "True"
        case AnyOf(parts):
            return f"({' or '.join(_text(part, names, write) for part in parts)})" if parts else "False"
        case _:
            return write(condition, names[condition.fact.name])


def _surely(part: Comparison, x: str) -> str:
    """*part* so that it is true only if it surely holds."""
    match part:
        case Compare(fact, op, limit):
            match fact.domain:
                case Choices():
                    return f"not {x} & {_outside(part):#x}"
                case Points():
                    return f"{x}[{0 if op in {'>', '>='} else 1}] {op} {limit}"
                case _:
                    return f"{x} {op} {fact.encode(limit)!r}"
        case OneOf():
            return f"not {x} & {_outside(part):#x}"
        case FlagIs(_, expected):
            return x if expected else f"{x} is False"
        case Includes(_, _, expected):
            return f"{x}[0] & {_elements(part):#x}" if expected else f"not {x}[1] & {_elements(part):#x}"
        case Missing(fact):
            return _is_missing(fact, x)
        case Known(fact):
            return f"not ({_is_missing(fact, x)})"
        case _:
            assert_never(part)


def _possibly(part: Comparison, x: str) -> str:
    """*part* so that it is true if it may hold."""
    match part:
        case Compare(fact, op, limit):
            match fact.domain:
                case Choices():
                    return f"{x} & {_inside(part):#x}"
                case Points():
                    return f"{x}[{1 if op in {'>', '>='} else 0}] {op} {limit}"
                case _:
                    return f"not {x} {TURNED[op]} {fact.encode(limit)!r}"
        case OneOf():
            return f"{x} & {_inside(part):#x}"
        case FlagIs(_, expected):
            return f"{x} is not False" if expected else f"not {x}"
        case Includes(_, _, expected):
            return f"{x}[1] & {_elements(part):#x}" if expected else f"not {x}[0] & {_elements(part):#x}"
        case Missing(fact):
            return _is_missing(fact, x)
        case Known():
            return "True"
        case _:
            assert_never(part)


def _is_missing(fact: Fact, x: str) -> str:
    match fact.domain:
        case Flags():
            return f"{x} is None"
        case Choices() | Sets() | Points():
            return f"{x} == {fact.domain.blank!r}"
        case _:
            return f"{x} != {x}"


def _inside(part: Compare | OneOf) -> int:
    """The bits of the choices for which *part* holds."""
    choices = part.fact.domain
    if not isinstance(choices, Choices):
        raise AssertionError(part)  # checked when the comparison was built
    if isinstance(part, OneOf):
        return choices.mask(part.choices)
    limit, holds = choices.place(part.limit), COMPARES[part.operator]
    return sum(1 << place for place in range(len(choices.items)) if holds(place, limit))


def _outside(part: Compare | OneOf) -> int:
    return cast("Choices", part.fact.domain).blank & ~_inside(part)


def _elements(part: Includes) -> int:
    return Choices(cast("Sets", part.fact.domain).items).mask(part.elements)
