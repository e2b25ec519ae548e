"""Bindings: the columns of a policy found in a frame, or every reason why they cannot be used, together."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from contextlib import nullcontext, suppress
from decimal import Decimal
from enum import Enum
from typing import Any, Final, TypedDict

import attrs
import narwhals as nw

from revisit_policy.casefile.case_columns import CURRENCY
from revisit_policy.casefile.holding import Holding
from revisit_policy.casefile.rows.cell_unit import CellUnit, CellUnits, StatedUnits
from revisit_policy.casefile.rows.row_reader import is_left_out
from revisit_policy.casefile.rows.word_columns import OUR_COLUMNS, WordColumns, columns_in
from revisit_policy.errors import InvalidInputError, InvalidValueError, UnknownNameError
from revisit_policy.frames.columns import schema as schema_module
from revisit_policy.frames.columns.column import Column
from revisit_policy.frames.columns.schema import case_column
from revisit_policy.language.domains.ratios import LARGEST_DENOMINATOR
from revisit_policy.outcomes.words.vocabulary import Vocabulary
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import checked, several


class Form(Enum):
    """In which form a column stands in the frame."""

    INTEGER = "integer"
    FLOAT = "float"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    TEXT = "text"
    CATEGORY = "category"  # text of polars that is compared without being written out
    DATE = "date"
    MIDNIGHT = "midnight"  # a timestamp without a zone, in pandas, which has no dates
    DAY_NUMBER = "day number"  # days since 1970, made of dates of pandas
    TOKEN = "token"  # noqa: S105 - not a secret: the place among the column's codes, made of texts of pandas
    EMPTY = "empty"  # an object column of pandas in which every cell is missing
    QUOTIENT = "quotient"  # the float nearest to a decimal, made of decimals of pandas


@attrs.frozen(kw_only=True)
class BoundColumn:
    """A column of the schema and where it stands in the frame.

    Args:
        column: What the policy needs.
        name: What the frame calls it.
        form: How its values are written there.
        denominator: What a whole number in a column of ratios is divided by; ``None`` for any other column.
    """

    column: Column
    name: str
    form: Form
    denominator: int | None = None


@attrs.frozen(kw_only=True)
class Binding:
    """Where each column of a schema stands, and the paths of those that the frame does not have."""

    columns: tuple[BoundColumn, ...]
    without: frozenset[str]


class Layout(TypedDict, total=False):
    """How a caller's frame is written; every part may be left out.

    Args:
        columns: Names in the frame by path, for those that differ.
        denominators: For columns of ratios that hold whole numbers: what they are divided by, by path.
        units: What the numbers of columns are, where neither type nor text can tell: ``percent("loan.annual_rate")``,
            ``basis_points(...)``, ``minor_units(...)``, ``major_units(...)``; without a path, all columns of the kind.
        without: Paths that the frame has no column for, or whole parts such as ``"events"``: a register then has no
            entry, a measurement is unknown.
    """

    columns: Mapping[str, str]
    denominators: Mapping[str, int]
    units: Collection[CellUnit]
    without: Collection[str]


@attrs.frozen(kw_only=True)
class Wanted:
    """The columns that are looked for in a frame.

    Args:
        needed: Those that it must have.
        optional: Those that are read if it has them; one that no fact is made of only in a type in which it can be.
        also: Paths of which a layout may speak although nobody reads them.
    """

    needed: tuple[Column, ...]
    optional: tuple[Column, ...] = ()
    also: tuple[str, ...] = ()


def bound(wanted: Wanted, dtypes: Mapping[str, Any], *, layout: Layout, is_pandas: bool) -> Binding:
    """Find the columns that are *wanted* among the columns of a frame.

    Args:
        wanted: What is looked for.
        dtypes: The Narwhals data type of every column of the frame, by name; ``None`` if all its cells are missing.
        layout: How the frame is written.
        is_pandas: Whether it is a frame of pandas, which has no days and, in NumPy, no whole numbers with gaps.

    Raises:
        UnknownNameError: If *layout* has a part that there is not, or speaks of a column that the policy does not read.
        InvalidValueError: If one text stands where paths are expected.
        InvalidInputError: If columns are missing or of another type, all of them together.
    """
    check_layout(layout)
    made_of = (column.path for column in (*wanted.needed, *wanted.optional) if column.facts or column in wanted.needed)
    _check_paths((*made_of, *wanted.also), layout)
    units = _units_of(layout)
    found: list[BoundColumn] = []
    faults: list[InvalidValueError] = []
    for column in wanted.needed:
        if is_left_out(column.path, layout.get("without", ())):
            continue
        name = layout.get("columns", {}).get(column.path, column.path)
        try:
            found.append(_bound_column(column, name, dtypes=dtypes, units=units, is_pandas=is_pandas))
        except InvalidValueError as error:
            faults.append(error)
    if faults:
        raise InvalidInputError.of("frame", faults)
    try:
        found += _optional(wanted, dtypes, layout=layout, is_pandas=is_pandas)
    except InvalidValueError as error:
        raise InvalidInputError.of("frame", [error]) from None
    return Binding(columns=tuple(found), without=frozenset(layout.get("without", ())))


def with_currency(binding: Binding, currencies: tuple[str, ...], dtypes: Mapping[str, Any], *, layout: Layout) -> Binding:
    """*binding*, and beside it the column of currencies where the frame has one: no schema asks for it, but amounts of another are bad.

    Args:
        binding: What is read besides.
        currencies: Those in which the policy reads amounts; of none or several nothing can be said.
        dtypes: The data type of every column of the frame, by name.
        layout: How the frame is written.

    Raises:
        InvalidInputError: If the column holds anything but text.
    """
    name = layout.get("columns", {}).get(CURRENCY, CURRENCY)
    if len(currencies) != 1 or dtypes.get(name) is None or is_left_out(CURRENCY, layout.get("without", ())):
        return binding
    column = attrs.evolve(case_column(CURRENCY, OUR_COLUMNS), holds=Holding.CODE, codes=currencies)
    try:
        form = _form(column, dtypes[name], is_pandas=False, is_stated=False)
    except InvalidValueError as error:
        raise InvalidInputError.of("frame", [error]) from None
    return attrs.evolve(binding, columns=(*binding.columns, BoundColumn(column=column, name=name, form=form)))


def check_cells(dtypes: Mapping[str, Any], *, layout: Layout, is_pandas: bool, named: WordColumns) -> None:
    """Refuse columns of a case file whose types are not read, in a frame of which case files are to be made.

    A column whose unit is named is read cell by cell, whatever its type.

    Raises:
        InvalidInputError: If there are any, all of them together.
    """
    units, faults = _units_of(layout), list[InvalidValueError]()
    layout = current_layout(layout, dtypes, words=named.words)
    for path in named.paths:
        name, column = layout.get("columns", {}).get(path, path), case_column(path, named)
        if name in dtypes and column.holds is not Holding.TEXT and not is_left_out(path, layout.get("without", ())):
            try:
                if units.of_column(path, column.holds) is None:
                    _form(column, dtypes[name], is_pandas=is_pandas, is_stated=False)
            except InvalidValueError as error:
                faults.append(error.located(owner="frame", field=path))
    if faults:
        raise InvalidInputError.of("frame", faults)


def fits(column: Column, dtype: Any, *, is_pandas: bool) -> bool:
    """True if a column of this type is read as it stands, without any unit named."""
    try:
        form = _form(column, dtype, is_pandas=is_pandas, is_stated=False)
    except InvalidValueError:
        return False
    return form is not Form.EMPTY and not (column.holds is Holding.RATIO and form is Form.INTEGER)


def _units_of(layout: Layout) -> StatedUnits:
    return StatedUnits.of(layout.get("units", ()), layout.get("denominators", {}))


def _optional(wanted: Wanted, dtypes: Mapping[str, Any], *, layout: Layout, is_pandas: bool) -> Iterator[BoundColumn]:
    """Those of the optional columns that the frame has; one of another type that no fact is made of is the bank's own, and not read."""
    units = _units_of(layout)
    for column in wanted.optional:
        name = layout.get("columns", {}).get(column.path, column.path)
        if name in dtypes and not is_left_out(column.path, layout.get("without", ())):
            with nullcontext() if column.facts else suppress(InvalidValueError):
                yield _bound_column(column, name, dtypes=dtypes, units=units, is_pandas=is_pandas)


def current_path(path: str, words: Vocabulary) -> str:
    """The *path* of a column as it is now called, where it is one that methods of visits had before."""
    return next((now for now, former in columns_in(words).former.items() if former == path), path)


def current_layout(layout: Layout, names: Container[str], *, words: Vocabulary) -> Layout:
    """The *layout* of a frame by the paths of today, where the frame or the caller calls columns of visits as they were called before."""
    columns = {current_path(path, words): name for path, name in layout.get("columns", {}).items()}
    for path, former in columns_in(words).former.items():
        if path not in columns and path not in names and former in names:
            columns[path] = former
    without = tuple(current_path(path, words) for path in layout.get("without", ()))
    return {**layout, "columns": columns, "without": without}


def check_layout(layout: Layout) -> None:
    """Refuse what is no part of a layout, because Python takes every keyword for one.

    Raises:
        UnknownNameError: If there is no part of that name.
        InvalidValueError: If ``columns`` or ``denominators`` is no mapping, a column is named by no text, or ``without`` is
            one text and not several.
    """
    for name in layout:
        if name not in Layout.__optional_keys__:
            raise UnknownNameError(kind=Phrase("参数", "argument"), name=name, known=tuple(sorted(Layout.__optional_keys__)))
    expected = Phrase('若干路径，如 `("market",)`', 'several paths, such as `("market",)`')
    for path in several(layout.get("without", ()), field="without", expected=expected):
        checked(path, str, field="without", expected=expected)
    for part, expected in _BY_PATH.items():
        checked(layout.get(part, {}), Mapping, field=part, expected=expected)
    _units_of(layout)
    for name in layout.get("columns", {}).values():
        to_name(name, field="columns", expected=_BY_PATH["columns"])


_BY_PATH: Final = {
    "columns": Phrase('按路径给出的列名，如 `{"loan.balance": "bal"}`', 'names of columns by path, such as `{"loan.balance": "bal"}`'),
    "denominators": Phrase('按路径给出的分母，如 `{"loan.annual_rate": 10_000}`', 'denominators by path, such as `{"loan.annual_rate": 10_000}`'),
}


def to_name(value: str, *, field: str, expected: str) -> str:
    """*value* itself, if it can be (a part of) the name of a column: text, and none that no engine can encode.

    Raises:
        InvalidValueError: If it cannot.
    """
    given: object = value
    if isinstance(given, str) and given.encode("utf-8", "replace").decode() == given:
        return value
    raise InvalidValueError(owner="", field=field, value=value, expected=expected)


def _check_paths(known: tuple[str, ...], layout: Layout) -> None:
    parts = {path.partition(".")[0] for path in known}
    for path in (*layout.get("columns", ()), *_units_of(layout).paths, *layout.get("without", ())):
        if path not in known and not (path in layout.get("without", ()) and path in parts):
            raise UnknownNameError(kind=Phrase("列", "column"), name=path, known=known)


def _bound_column(column: Column, name: str, *, dtypes: Mapping[str, Any], units: StatedUnits, is_pandas: bool) -> BoundColumn:
    if name not in dtypes:
        raise _missing(column, name, dtypes)
    unit = _unit(column, units)
    form = _form(column, dtypes[name], is_pandas=is_pandas, is_stated=is_pandas and unit is not None)
    if unit is None:
        if column.holds is Holding.RATIO and form in {Form.INTEGER, Form.FLOAT}:
            expected = Phrase(
                '注明分母的比率，如 `denominators={{"{path}": 10_000}}`',
                'a ratio with its denominator stated, such as `denominators={{"{path}": 10_000}}`',
                path=column.path,
            )
            raise InvalidValueError(owner="frame", field=column.path, value="Int64", expected=expected)
        return BoundColumn(column=column, name=name, form=form)
    if form is Form.DECIMAL or unit.unit is CellUnits.MAJOR_UNITS:
        expected = Phrase("注明单位的整数；或以 `units` 给出{cast}", "whole numbers where their unit is named; or, with `units`, {cast}", cast=_CAST)
        raise InvalidValueError(owner="frame", field=column.path, value=str(dtypes[name]), expected=expected)
    return BoundColumn(column=column, name=name, form=form, denominator=unit.per if column.holds is Holding.RATIO and form is not Form.EMPTY else None)


_CAST: Final = "let `frames.schema(policy).cast(frame)` make the frame fit"


def _unit(column: Column, units: StatedUnits) -> CellUnit | None:
    """The unit that the caller names for a column."""
    try:
        return units.of_column(column.path, column.holds)
    except InvalidValueError as error:
        raise InvalidValueError(owner="frame", field=column.path, value=error.value, expected=error.expected) from None


def _missing(column: Column, name: str, names: Iterable[str]) -> InvalidValueError:
    near = difflib.get_close_matches(name, tuple(names), n=1)
    advice = (
        Phrase("；数据框中最接近的是 `{nearest}`", "; the nearest in the frame is `{nearest}`", nearest=near[0])
        if near
        else Phrase("；请在 `columns` 中写明，没有则列入 `without`", "; name it in `columns` or, if there is none, in `without`")
    )
    return InvalidValueError(
        owner="frame",
        field=name,
        value=None,
        expected=Phrase("{dtype} 类型的列{advice}", "a column of {dtype}{advice}", dtype=column.holds.dtype, advice=advice),
    )


_INTEGERS = (nw.Int8, nw.Int16, nw.Int32, nw.Int64, nw.UInt8, nw.UInt16, nw.UInt32)
_FLOATS = (nw.Float32, nw.Float64)
_TEXTS = (nw.String, nw.Categorical, nw.Enum)


def _form(column: Column, dtype: Any, *, is_pandas: bool, is_stated: bool) -> Form:
    holds = column.holds
    whole = {Holding.COUNT, Holding.AMOUNT}
    if dtype in _INTEGERS and (holds in {*whole, Holding.RATIO} or (holds is Holding.CODE and _are_numbers(column.codes))):
        return Form.INTEGER
    if dtype in _FLOATS and (holds is Holding.COUNT or (is_pandas and holds is Holding.AMOUNT) or (is_stated and holds is Holding.RATIO)):
        return Form.FLOAT
    if dtype == nw.Decimal and holds is Holding.RATIO and _is_coarse(dtype):
        return Form.DECIMAL
    if dtype is None:
        return Form.EMPTY
    if dtype == nw.Boolean and holds is Holding.FLAG:
        return Form.BOOLEAN
    if dtype in _TEXTS and holds is Holding.CODE:
        return Form.TEXT
    if dtype == nw.Date and holds is Holding.DAY:
        return Form.DATE
    if is_pandas and dtype == nw.Datetime and dtype.time_zone is None and holds is Holding.DAY:
        return Form.MIDNIGHT
    expected = Phrase("{dtype} 类型的列{advice}", "a column of {dtype}{advice}", dtype=holds.dtype, advice=_advice(column, dtype))
    raise InvalidValueError(owner="frame", field=column.path, value=str(dtype), expected=expected)


def _are_numbers(codes: tuple[str, ...]) -> bool:
    return all(code.removeprefix("-").isdigit() for code in codes)


def _is_coarse(dtype: Any) -> bool:
    return bool(Decimal(10) ** dtype.scale <= LARGEST_DENOMINATOR)


def _advice(column: Column, dtype: Any) -> str:
    """How to give what came in another type."""
    match column.holds:
        case Holding.RATIO if dtype in _FLOATS:
            return "; a float has lost the exact ratio: give whole numbers over a denominator, or decimals"
        case Holding.RATIO if dtype == nw.Decimal:
            return f"; ratios are compared exactly up to {_PLACES} places: round, and cast to Decimal(38, {_PLACES})"
        case Holding.AMOUNT if dtype in _FLOATS or dtype == nw.Decimal:
            return "; money is held in minor units: multiply by 100, round, and cast to Int64"
        case Holding.DAY if dtype == nw.Datetime:
            return "; a moment is not a day: convert it to the bank's time zone and take its date"
        case Holding.DAY if dtype == nw.Object:
            return "; pandas holds days as `datetime64`: convert them with `pandas.to_datetime`"
        case _:
            return f"; cast it to {_CASTS[column.holds]}, or {_CAST}"


_PLACES: Final = len(str(LARGEST_DENOMINATOR)) - 1

_CASTS: Final = {
    Holding.COUNT: "whole numbers",
    Holding.AMOUNT: "whole numbers of minor units",
    Holding.RATIO: "decimals",
    Holding.FLAG: "booleans",
    Holding.CODE: "text",
    Holding.DAY: "a date",
    Holding.TEXT: "text",
}


# A schema names in its annotations what is made after it. Now that it is there, whoever asks for types finds it.
vars(schema_module).update(Layout=Layout)
