"""Truth in columns: flags, which are never null, and what is known of them before any row is read.

A flag is a Boolean expression that is never null, or a plain ``True`` or ``False``. Flags may be turned round; a
comparison that may be null never is, because engines disagree about that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import and_, or_
from typing import Final, TypeAlias

import attrs
import narwhals as nw

from revisit_policy.frames.expression import FALSE, TRUE, AllOf, AnyOf, Expression, Inverse, IsNull, Points
from revisit_policy.frames.kind_flags import OfKinds, Split, other_kinds, with_kinds_joined

Flag: TypeAlias = bool | Expression

#: The names of a column that is true in every row and of one that is null in every row.
ALWAYS: Final = "__revisit__always"
UNKNOWN: Final = "__revisit__unknown"

#: How many flags stand beside one another where each is held against the others; more are taken in groups of as many.
GROUP: Final = 8

#: How many flags an engine is handed at once: some make a chain of them, as long as they are many.
_WIDEST: Final = 64


def both(parts: Iterable[Flag]) -> Flag:
    """True where all *parts* are; with no parts, always."""
    kept = with_kinds_joined(tuple(parts), and_)
    if any(part is False for part in kept):
        return False
    live = tuple(part for part in kept if isinstance(part, Expression))
    return _joint(live, AllOf) if live else True


def either(parts: Iterable[Flag]) -> Flag:
    """True where one of *parts* is; with no parts, never."""
    kept = with_kinds_joined(tuple(parts), or_)
    if any(part is True for part in kept):
        return True
    live = tuple(part for part in kept if isinstance(part, Expression))
    return _joint(live, AnyOf) if live else False


def _joint(parts: tuple[Expression, ...], join: Callable[[tuple[Expression, ...]], Expression]) -> Expression:
    while len(parts) > _WIDEST:
        parts = tuple(_joint(parts[at : at + _WIDEST], join) for at in range(0, len(parts), _WIDEST))
    return parts[0] if len(parts) == 1 else join(parts)


def inverse(flag: Flag) -> Flag:
    """True where *flag* is not."""
    match flag:
        case bool():
            return not flag
        case Inverse(part):
            return part
        case OfKinds():
            return other_kinds(flag)
        case _:
            return Inverse(flag)


def several(parts: tuple[Flag, ...]) -> Flag:
    """True where two or more of *parts* are."""
    if split := Split.of(parts):
        return split.several()
    if len(parts) > GROUP:
        return Points(tuple((in_column(part), 1) for part in parts if part is not False)) > 1
    return either(both((part, either(parts[at + 1 :]))) for at, part in enumerate(parts))


def as_it_is(flag: Flag) -> Flag:
    """*flag*, computed where it is read."""
    return flag


@attrs.frozen(eq=False)
class Row:
    """Flags in a row, of which all those between any two places are asked together.

    Written out, thousands of such questions about thousands of flags would be millions of parts.

    Args:
        levels: The flags; for every group of them where one holds; for every group of groups; and so on.
    """

    levels: tuple[tuple[Flag, ...], ...]

    @classmethod
    def of(cls, flags: Iterable[Flag], keep: Callable[[Flag], Flag] = as_it_is) -> Row:
        """*flags* in a row; *keep* computes what is read again and again, for a later layer."""
        levels = [tuple(flags)]
        while len(levels[-1]) > GROUP:
            last = levels[-1]
            levels.append(tuple(keep(either(last[at : at + GROUP])) for at in range(0, len(last), GROUP)))
        return cls(tuple(levels))

    def parts(self, start: int, stop: int) -> tuple[Flag, ...]:
        """Few flags of which one holds where one of those does from place *start* to before *stop*."""
        ahead: tuple[Flag, ...] = ()
        behind: tuple[Flag, ...] = ()
        for level, flags in enumerate(self.levels):
            first, last = -(-start // GROUP), stop // GROUP
            if first >= last or level + 1 == len(self.levels):
                return (*ahead, *flags[start:stop], *behind)
            ahead, behind = (*ahead, *flags[start : first * GROUP]), (*flags[last * GROUP : stop], *behind)
            start, stop = first, last
        raise AssertionError(self)  # the last level returns

    def between(self, start: int, stop: int) -> Flag:
        """Where one of those holds from place *start* to before *stop*."""
        return either(self.parts(start, stop))


def in_column(flag: Flag) -> Expression:
    """*flag* as an expression, whatever is known of it beforehand."""
    if isinstance(flag, bool):
        return TRUE if flag else FALSE
    return flag


def where_null(column: Expression) -> Expression:
    """True where *column* is null."""
    return IsNull(column)


def constants() -> tuple[nw.Expr, nw.Expr]:
    """What makes the two constant columns, in an engine whose literals know their types."""
    return nw.lit(value=True).alias(ALWAYS), nw.lit(None, nw.Boolean).alias(UNKNOWN)


@attrs.frozen(eq=False)
class Truth:
    """What is known of a condition, row by row: where it surely holds, and where it may hold."""

    surely: Flag
    possibly: Flag

    @property
    def open(self) -> Flag:
        """Where it may hold but need not."""
        return both((self.possibly, inverse(self.surely)))


def all_true(parts: Iterable[Truth]) -> Truth:
    """All *parts* together."""
    kept = tuple(parts)
    return Truth(both(part.surely for part in kept), both(part.possibly for part in kept))


def any_true(parts: Iterable[Truth]) -> Truth:
    """Any of *parts*."""
    kept = tuple(parts)
    return Truth(either(part.surely for part in kept), either(part.possibly for part in kept))
