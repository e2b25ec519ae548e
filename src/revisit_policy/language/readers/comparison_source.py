"""The source of one comparison, written twice: true only if it surely holds, and true if it may hold.

An unknown number or choice is a NaN, an unknown flag ``None``. A NaN compares false, so ``x > 90`` is "surely" and
``not x <= 90`` is "possibly"; no test for missing facts is needed, and complete cases do not pay for them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, assert_never, cast

from revisit_policy.language.condition import TURNED, Compare, Comparison, FlagIs, Includes, Known, Missing, OneOf
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.flags import Flags
from revisit_policy.language.domains.points import Points
from revisit_policy.language.domains.sets import Sets
from revisit_policy.language.fact import Fact

#: Writes one comparison of the value that has this name.
Writer: TypeAlias = Callable[[Comparison, str], str]


def surely(part: Comparison, x: str) -> str:
    """*part* so that it is true only if it surely holds."""
    match part:
        case Compare(fact, op, limit):
            match fact.domain:
                case Choices():
                    return _surely_inside(part, x)
                case Points():
                    return f"{x}[{0 if op in {'>', '>='} else 1}] {op} {limit}"
                case _:
                    return f"{x} {op} {fact.encode(limit)!r}"
        case OneOf():
            return _surely_inside(part, x)
        case FlagIs(_, expected):
            return x if expected else f"{x} is False"
        case Includes(_, _, expected):
            return f"{x}[0] & {part.inside:#x}" if expected else f"not {x}[1] & {part.inside:#x}"
        case Missing(fact):
            return _is_missing(fact, x)
        case Known(fact):
            return f"not ({_is_missing(fact, x)})"
        case _:
            assert_never(part)


def possibly(part: Comparison, x: str) -> str:
    """*part* so that it is true if it may hold."""
    match part:
        case Compare(fact, op, limit):
            match fact.domain:
                case Choices():
                    return _possibly_inside(part, x)
                case Points():
                    return f"{x}[{1 if op in {'>', '>='} else 0}] {op} {limit}"
                case _:
                    return f"not {x} {TURNED[op]} {fact.encode(limit)!r}"
        case OneOf():
            return _possibly_inside(part, x)
        case FlagIs(_, expected):
            return f"{x} is not False" if expected else f"not {x}"
        case Includes(_, _, expected):
            return f"{x}[1] & {part.inside:#x}" if expected else f"not {x}[0] & {part.inside:#x}"
        case Missing(fact):
            return _is_missing(fact, x)
        case Known():
            return "True"
        case _:
            assert_never(part)


def possibly_after(place: int) -> Writer:
    """The same for a time when only facts up to *place* have a blank where they are unknown, and others still ``None``."""

    def write(part: Comparison, x: str) -> str:
        if int(x[1:]) <= place or isinstance(part, FlagIs | Known):
            return possibly(part, x)
        return f"{x} is None" if isinstance(part, Missing) else f"({x} is None or {possibly(part, x)})"

    return write


def _is_missing(fact: Fact, x: str) -> str:
    match fact.domain:
        case Flags():
            return f"{x} is None"
        case Sets() | Points():
            return f"{x} == {fact.domain.blank!r}"
        case Choices() if fact.table is not None:
            return f"{x} == {fact.domain.blank!r}"
        case _:
            return f"{x} != {x}"


def _surely_inside(part: Compare | OneOf, x: str) -> str:
    return _is_one_of(x, part.inside, _outside(part)) if part.fact.table is None else f"not {x} & {_outside(part):#x}"


def _possibly_inside(part: Compare | OneOf, x: str) -> str:
    return f"not ({_is_one_of(x, _outside(part), part.inside)})" if part.fact.table is None else f"{x} & {part.inside:#x}"


def _is_one_of(x: str, inside: int, outside: int) -> str:
    """True if the one bit that *x* has is *inside*, false if it is *outside* or *x* is a NaN."""
    low, high = inside & -inside, 1 << inside.bit_length() - 1
    if low == high:
        return f"{x} == {low:#x}"
    if outside < low:
        return f"{x} >= {low:#x}"
    if not outside & (high - 1):
        return f"{x} <= {high:#x}"
    return f"{x} in {{{', '.join(hex(1 << bit) for bit in range(inside.bit_length()) if inside >> bit & 1)}}}"


def _outside(part: Compare | OneOf) -> int:
    return cast("Choices", part.fact.domain).blank & ~part.inside
