"""Cells that a case file derives: what a loan says of itself, made of the columns that tell it.

A frame may have a column of it too. It is not read: of two columns that tell one thing, one would contradict the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, cast

from revisit_policy.casefile.case_columns import ROOTS, SAID
from revisit_policy.frames.columns.binding import BoundColumn, Form
from revisit_policy.frames.columns.cells import Cell
from revisit_policy.frames.columns.column import Column
from revisit_policy.frames.columns.day_columns import DayColumns, first_known
from revisit_policy.frames.expressions.expression import FALSE, TRUE, Expression, when
from revisit_policy.frames.expressions.truth import Flag, in_column, where_null
from revisit_policy.language.flags import both, either, inverse
from revisit_policy.values.labels import Label


def derived_cells(days: DayColumns) -> Mapping[str, Cell]:
    """The cells by path, of those whose columns are read."""
    found = {path: make(days) for path, make in _MAKERS.items()}
    return {path: cell for path, cell in found.items() if cell is not None}


def _matures_on(days: DayColumns) -> Cell | None:
    if not {"loan.disbursed_on", "loan.term_months"} <= days.read.keys():
        return None
    day = first_known(days.of("loan.extended_to"), days.contracted())
    return _cell("loan.matures_on", cast("Expression", day), Form.DAY_NUMBER, days)


def _extended(days: DayColumns) -> Cell | None:
    day = days.read.get("loan.extended_to")
    if day is None:
        return None
    is_known = False if day.source.form is Form.EMPTY else inverse(where_null(day.value))
    return _flag("loan.extended", is_known, True, days)  # noqa: FBT003 - a flag that is always there


def _restructured(days: DayColumns) -> Cell | None:
    day, observed, again = (days.read.get(path) for path in ROOTS["loan.restructured"])
    if day is None and observed is None and again is None:
        return None
    dated = False if day is None or day.source.form is Form.EMPTY else inverse(where_null(day.value))
    registers = [each for each in (observed, again) if each is not None]
    is_true = either((dated, *(_is_true(each) for each in registers)))
    return _flag("loan.restructured", is_true, both(map(_is_known, registers)), days)


def _is_true(cell: Cell) -> Flag:
    return False if cell.source.form is Form.EMPTY else cell.value.fill_null(value=False)


def _is_known(cell: Cell) -> Flag:
    return False if cell.source.form is Form.EMPTY else inverse(where_null(cell.value))


def _flag(path: str, is_true: Flag, is_known: Flag, days: DayColumns) -> Cell:
    """True where *is_true*, elsewhere False where *is_known*, and unknown where neither."""
    value = when(in_column(is_true)).then(TRUE).otherwise(when(in_column(is_known)).then(FALSE))
    return _cell(path, value, Form.BOOLEAN, days)


def _cell(path: str, value: Expression, form: Form, days: DayColumns) -> Cell:
    column = Column(path=path, holds=SAID[path], meaning=Label(path, path), facts=())
    return Cell(days.stages.put(value), bad=False, source=BoundColumn(column=column, name=path, form=form))


_MAKERS: Final[Mapping[str, Callable[[DayColumns], Cell | None]]] = {
    "loan.matures_on": _matures_on,
    "loan.extended": _extended,
    "loan.restructured": _restructured,
}
