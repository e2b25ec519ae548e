"""Truth in columns: flags, which are never null, and what is known of them before any row is read.

A flag is a Boolean expression that is never null, or a plain ``True`` or ``False``. Flags may be turned round; a
comparison that may be null never is, because engines disagree about that.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias

import attrs
import narwhals as nw

from revisit_policy.frames.expressions.expression import FALSE, TRUE, Expression, IsNull, Points
from revisit_policy.frames.expressions.kind_flags import Split
from revisit_policy.language.flags import GROUP, both, either, inverse

Flag: TypeAlias = bool | Expression

#: The names of a column that is true in every row and of one that is null in every row.
ALWAYS: Final = "__revisit__always"
UNKNOWN: Final = "__revisit__unknown"

def several(parts: tuple[Flag, ...]) -> Flag:
    """True where two or more of *parts* are."""
    if split := Split.of(parts):
        return split.several()
    if len(parts) > GROUP:
        return Points(tuple((in_column(part), 1) for part in parts if part is not False)) > 1
    return either(both((part, either(parts[at + 1 :]))) for at, part in enumerate(parts))


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
