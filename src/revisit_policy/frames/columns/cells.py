"""Cells: the columns of a frame as a plan reads them, with what stands in them and cannot be read."""

from __future__ import annotations

from typing import Final, assert_never

import attrs
import narwhals as nw

from revisit_policy.casefile.rows.cell import WHOLE_FLOATS
from revisit_policy.frames.columns.binding import BoundColumn, Form
from revisit_policy.frames.expressions.expression import Expression, Named, when
from revisit_policy.frames.expressions.stages import Stages
from revisit_policy.frames.expressions.truth import Flag, where_null
from revisit_policy.language.flags import both, inverse

#: Whole numbers up to here are held exactly by a float64.
EXACT: Final = WHOLE_FLOATS


@attrs.frozen(eq=False)
class Cell:
    """A column as a plan reads it.

    Args:
        value: Whole numbers as Int64, ratios as Float64, flags, days, and codes as they came; null where unknown.
        bad: Where something stands in the column that is not such a value; *value* is then null or out of bounds.
        source: Where it came from.
    """

    value: Expression
    bad: Flag
    source: BoundColumn


def cell(source: BoundColumn, stages: Stages) -> Cell:
    """Read one column; all cells are read in one layer, so *bad* is for a later one."""
    raw = Named(source.name)
    match source.form:
        case Form.FLOAT:
            return _whole_float(source, raw, stages)
        case Form.INTEGER:
            return Cell(stages.keep(raw.cast(nw.Int64)), bad=False, source=source)
        case Form.DECIMAL:  # by way of text: some engines round twice when they cast a decimal themselves
            return Cell(stages.keep(raw.cast(nw.String).cast(nw.Float64)), bad=False, source=source)
        case Form.TEXT:
            return Cell(stages.keep(raw.cast(nw.String)), bad=False, source=source)
        case Form.BOOLEAN | Form.CATEGORY | Form.DATE | Form.DAY_NUMBER | Form.TOKEN | Form.QUOTIENT | Form.EMPTY:
            return Cell(raw, bad=False, source=source)
        case Form.MIDNIGHT:
            raise AssertionError(source)  # made into day numbers before a plan is run
        case _:
            assert_never(source.form)


def _whole_float(source: BoundColumn, raw: Expression, stages: Stages) -> Cell:
    """Floats that are whole numbers; a NaN is unknown, anything else is bad."""
    number = raw.cast(nw.Float64)
    known = when(~number.is_nan()).then(number)
    inside = when((known >= -EXACT) & (known <= EXACT)).then(known)
    value = stages.keep(when(inside.round() == inside).then(inside).cast(nw.Int64))
    return Cell(value, bad=_lost(known, value), source=source)


def _lost(raw: Expression, value: Expression) -> Flag:
    return both((where_null(value), inverse(where_null(raw))))
