"""Casting: a frame that came out of a text file, made to fit a schema exactly, or refused by column.

A file has no types: a column of amounts comes back as text or as floats, a day as text, an empty column as anything. Every
cell is read as `casefile.rows.cell` reads one, after what a file did to it is undone, and nothing is rounded.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import narwhals as nw

from revisit_policy.casefile.holding import Holding
from revisit_policy.casefile.rows.cell import CellForm, plain_value, read_cell
from revisit_policy.casefile.rows.cell_unit import CellUnit, StatedUnits
from revisit_policy.casefile.rows.row_reader import is_left_out
from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.frames.cases import DTYPES
from revisit_policy.frames.columns.binding import Layout, check_layout, current_layout, fits
from revisit_policy.frames.columns.column import Column
from revisit_policy.frames.engines.opened import dtypes_of, engine_of, new_frame, opened
from revisit_policy.outcomes.words.vocabulary import OURS
from revisit_policy.records.case_rows import decimal_of
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import to_date
from revisit_policy.values.money import Money

_MOST_DIGITS: Final = 15
"""A decimal of so many digits comes out of a float64 as it went in."""

_WHOLE: Final = re.compile(r"-?\d{1,18}", re.ASCII)
_NUMBER: Final = re.compile(r"-?\d{1,18}(\.\d{1,18})?", re.ASCII)
_MIDNIGHT: Final = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]00:00:00(\.0+)?", re.ASCII)
_FLAGS: Final = {"true": True, "false": False, "1": True, "0": False}


def cast_to(columns: Iterable[Column], frame: Any, *, layout: Layout) -> Any:
    """*frame* with those of the *columns* that do not fit made to fit; see `Schema.cast`.

    Raises:
        InvalidInputError: If a cell cannot be read exactly, one fault a column, with its row.
        InvalidValueError: If it is no frame in memory.
    """
    check_layout(layout)
    given = opened(frame)
    if not isinstance(given, nw.DataFrame):
        expected = Phrase(
            "内存中的 polars、pandas 或 pyarrow 数据框：转换前请先 collect", "a frame in memory, of polars, pandas or pyarrow: collect it before it is cast"
        )
        raise InvalidValueError(owner="", field="frame", value=type(frame).__name__, expected=expected)
    layout = current_layout(layout, dtypes_of(given), words=OURS)
    units = StatedUnits.of(layout.get("units", ()), layout.get("denominators", {}))
    dtypes, made, faults = dtypes_of(given), dict[str, tuple[Holding, list[Any]]](), list[InvalidValueError]()
    for column in columns:
        name = layout.get("columns", {}).get(column.path, column.path)
        if name not in dtypes or is_left_out(column.path, layout.get("without", ())):
            continue
        try:
            unit = units.of_column(column.path, column.holds)
            if unit is not None or not fits(column, dtypes[name], is_pandas=engine_of(given).is_loosely_typed):
                made[name] = column.holds, _cells(given.get_column(name).to_list(), name, column.holds, unit)
        except InvalidValueError as error:
            faults.append(error.located(owner="frame", field=name))
    if faults:
        raise InvalidInputError.of("frame", faults)
    return _with(given, made)


def _with(given: Any, made: dict[str, tuple[Holding, list[Any]]]) -> Any:
    """The frame with the columns that were *made*, where they stood."""
    native = nw.to_native(given)
    if not made:
        return native
    cells, dtypes = {name: part for name, (_, part) in made.items()}, {name: DTYPES[holds] for name, (holds, _) in made.items()}
    new = new_frame(cells, dtypes, engine=engine_of(given).name)
    if engine_of(given).is_loosely_typed:
        return native.assign(**{name: new[name].array for name in made})
    fresh = nw.from_native(new, eager_only=True)
    return nw.to_native(given.with_columns(*(fresh.get_column(name) for name in made)))


def _cells(values: list[Any], name: str, holds: Holding, unit: CellUnit | None) -> list[Any]:
    known: dict[Any, Any] = {}
    found: list[Any] = []
    for at, value in enumerate(values):
        key = (type(value), value)
        try:
            if key not in known:
                known[key] = _held(read_cell(_unfiled(value, holds, is_stated=unit is not None), holds, form=CellForm(unit=unit)), name)
        except InvalidValueError as error:
            raise InvalidValueError(
                owner="frame", field=name, value=value, expected=Phrase("第{at}行：{expected}", "{expected} in row {at}", expected=error.expected, at=at)
            ) from None
        found.append(known[key])
    return found


def _held(value: Any, name: str) -> Any:
    """An exact value as a column holds it."""
    match value:
        case Money():
            return value.minor
        case Fraction():
            return decimal_of(value, name)
        case _:
            return value


def _unfiled(value: object, holds: Holding, *, is_stated: bool) -> object:
    """A cell as it was before it went through a file; what cannot be told is left for the reader of cells to refuse."""
    known = plain_value(value)
    if isinstance(known, str):
        return _of_text(known.strip(), holds, is_stated=is_stated)
    if (isinstance(known, float) and not known.is_integer()) or (isinstance(known, float) and holds is Holding.RATIO):
        return _of_float(known)
    if holds is Holding.FLAG and type(known) is int and known in {0, 1}:
        return bool(known)
    return known


def _of_text(text: str, holds: Holding, *, is_stated: bool) -> object:
    """A cell of text; empty text is how a file writes nothing."""
    if not text:
        return None
    match holds:
        case Holding.COUNT | Holding.AMOUNT if not is_stated and _WHOLE.fullmatch(text):
            return int(text)
        case Holding.RATIO if not is_stated and _NUMBER.fullmatch(text):
            return Decimal(text)
        case Holding.FLAG:
            return _FLAGS.get(text.lower(), text)
        case Holding.DAY:
            return _of_day(text)
        case _:
            return text


def _of_day(text: str) -> dt.date | str:
    found = _MIDNIGHT.fullmatch(text)
    return to_date(found[1] if found else text)


def _of_float(value: float) -> object:
    """The decimal that a float was read from, if it had few enough digits to be told."""
    if value != value or value in {float("inf"), float("-inf")}:  # noqa: PLR0124 - a NaN
        return value
    exact = Decimal(repr(value))
    return exact if len(exact.normalize().as_tuple().digits) <= _MOST_DIGITS else value
