"""The source of the generated reader: straight comparisons, nested so that a healthy case fails at the first one.

Every condition is written twice: so that it is true only if it surely holds, and so that it is true if it may hold.
Unknown numbers are NaN, unknown flags ``None``, unknown choices all bits at once. A NaN compares false, so ``x > 90``
is "surely" and ``not x <= 90`` is "possibly"; no test for missing facts is needed.

Conditions that share a fact are nested by its thresholds (a ladder): inside ``if x > 30:`` stands ``if x > 60:``.
Comparisons of the decision day that a rule cannot do without are not made per case at all: which stems are in force
on a day is found once for the day and applied as a mask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias, assert_never, cast

from revisit_policy.language.condition import (
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
from revisit_policy.language.nest import Nest, inside_mask, nest_of
from revisit_policy.language.period import DECISION_DAY

#: How deep thresholds of one ladder are nested before a new one begins; Python's own limit on indentation is 100.
DEEPEST: Final = 20

#: How many decision days are remembered.
DAYS_KEPT: Final = 64

Writer: TypeAlias = Callable[[Comparison, str], str]


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


# -- nests -----------------------------------------------------------------------------------------------------------


def _body(conditions: dict[int, Condition], names: dict[str, str], write: Writer) -> list[str]:
    """Statements that set in ``m`` the bit of every condition that holds."""
    return ["    m = 0", *_statements(nest_of(conditions), names, write, depth=1)]


def _statements(nest: Nest, names: dict[str, str], write: Writer, *, depth: int) -> Iterator[str]:
    indent = "    " * depth
    always = sum(1 << bit for bit in nest.always)
    if always:
        yield f"{indent}m |= {always:#x}"
    for bit, condition in nest.free:
        yield f"{indent}if {_text(condition, names, write)}: m |= {1 << bit:#x}"
    for ladder in nest.ladders:
        for step, rung in enumerate(ladder):
            inner = depth + step % DEEPEST
            yield f"{'    ' * inner}if {write(rung.gate, names[rung.gate.fact.name])}:"
            inside = list(_statements(rung.inside, names, write, depth=inner + 1))
            yield from inside or ["    " * (inner + 1) + "pass"]


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
                    return f"{x} & {inside_mask(part):#x}"
                case Points():
                    return f"{x}[{1 if op in {'>', '>='} else 0}] {op} {limit}"
                case _:
                    return f"not {x} {TURNED[op]} {fact.encode(limit)!r}"
        case OneOf():
            return f"{x} & {inside_mask(part):#x}"
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


def _outside(part: Compare | OneOf) -> int:
    return cast("Choices", part.fact.domain).blank & ~inside_mask(part)


def _elements(part: Includes) -> int:
    return Choices(cast("Sets", part.fact.domain).items).mask(part.elements)
