"""Settled loans in columns: the one gate before all that a loan can be asked for, as `Loan.is_settled` says of one loan."""

from __future__ import annotations

from collections.abc import Mapping

from revisit_policy.casefile.case_columns import SETTLED_BY
from revisit_policy.frames.columns.binding import Form
from revisit_policy.frames.columns.cells import Cell
from revisit_policy.frames.expressions.stages import Stages
from revisit_policy.frames.expressions.truth import Flag
from revisit_policy.language.flags import both


def settled(read: Mapping[str, Cell], stages: Stages) -> Flag:
    """Where nothing is owed and nothing is past due; nowhere if a frame is read without one of the two."""
    cells = [read[path] for path in SETTLED_BY if path in read]
    if len(cells) < len(SETTLED_BY) or any(cell.source.form is Form.EMPTY for cell in cells):
        return False
    return stages.put_flag(both((cell.value == 0).fill_null(value=False) for cell in cells))
