"""Choosing: of several values the one whose flag holds, asked group by group where they are many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

import narwhals as nw

from revisit_policy.frames.expressions.expression import FALSE, TRUE, Chosen, Expression, Literal
from revisit_policy.frames.expressions.kind_flags import Split
from revisit_policy.frames.expressions.truth import Flag
from revisit_policy.language.flags import GROUP, Row

#: A place that no row has.
NOTHING: Final = Chosen(FALSE, Literal(0, nw.Int16))


def chosen(row: Row[Expression], values: Sequence[Expression]) -> Expression:
    """Of *values* the one at the highest place whose flag in *row* holds; null if none does."""
    if (split := Split.of(row.levels[0])) and all(isinstance(value, Literal) and value.value is not None for value in values):
        return split.highest([cast("Literal", value).value for value in values], nw.Int32)
    for flags in row.levels:  # the group is chosen first and then the one in it: the question lies no deeper than it must
        values = [_of_group(flags[at : at + GROUP], values[at : at + GROUP]) for at in range(0, len(flags), GROUP)]
    return values[0] if values else NOTHING


def _of_group(flags: Sequence[Flag], values: Sequence[Expression]) -> Expression:
    """Of *values* the one whose flag holds, the highest of them."""
    found: Expression | None = None
    for flag, value in zip(flags, values, strict=True):
        if flag is True:
            found = value if isinstance(value, Chosen) else Chosen(TRUE, value)
        elif flag is not False:
            found = Chosen(flag, value, found)
    return NOTHING if found is None else found
