"""Cells: one value out of a row, from whatever source it came, read exactly or refused.

There is one law, for a dictionary, a record of a database and a row of a frame alike: what is read is what a frame of such
values is decided by. Nothing is rounded, cut off or guessed; what cannot be read is refused with how to give it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from math import isnan
from typing import Final, TypeAlias

import attrs

from revisit_policy.casefile.holding import Holding
from revisit_policy.casefile.rows.cell_unit import CellUnit, CellUnits
from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.money import Money
from revisit_policy.values.ratio import exact_ratio
from revisit_policy.values.validation import refused, to_flag

#: Whole numbers up to here, of either sign, are held exactly by a float64.
WHOLE_FLOATS: Final = 2**53


CellValue: TypeAlias = Money | Fraction | int | str | dt.date | Enum | None
"""What a cell can hold, exactly; ``None`` if nothing is known."""


@attrs.frozen(kw_only=True)
class CellForm:
    """How the cells of a column are written, where that does not show in a cell.

    Args:
        unit: What one of the numbers is; ``None`` if nobody said. With a unit named, text of digits is read too.
        currency: ISO 4217 code of amounts that have none of their own.
        with_gaps: Whether floats that are whole stand for whole numbers in amounts and ratios too, as in the columns of NumPy,
            which have no nulls otherwise. Of counts they always do.
    """

    unit: CellUnit | None = None
    currency: str = "CNY"
    with_gaps: bool = False


def read_cell(value: object, holds: Holding, *, form: CellForm) -> CellValue:
    """The exact value of a cell, as a field of a case file or a fact takes it; ``None`` if nothing is known.

    ``None``, a NaN and what pandas writes for missing are unknown. True is no number, 1 no flag, and text is neither. A whole
    number in a column of amounts is minor units, a decimal is refused until its unit is named; the other way round for
    ratios. Money, fractions and members of enumerations are what they are.

    Args:
        value: The cell. Numbers of NumPy are read as those of Python.
        holds: What kind of value stands in its column.
        form: How the column is written.

    Raises:
        InvalidValueError: If it cannot be read, with what was expected.

    Examples:
        >>> from revisit_policy.casefile.rows.cell_unit import major_units, percent
        >>> read_cell(245_000_000, Holding.AMOUNT, form=CellForm())
        cny("2450000.00")
        >>> read_cell(Decimal("2450000.00"), Holding.AMOUNT, form=CellForm(unit=major_units()))
        cny("2450000.00")
        >>> read_cell("3.35", Holding.RATIO, form=CellForm(unit=percent()))
        Fraction(67, 2000)
        >>> read_cell(True, Holding.AMOUNT, form=CellForm())
        Traceback (most recent call last):
        revisit_policy.errors.InvalidValueError: `value` must be a whole number of minor units ..., got `True` (bool)
    """
    known = plain_value(value)
    return None if known is None else _READERS[holds](known, form)


def plain_value(value: object) -> object:
    """The value as Python has it, whatever NumPy or pandas made of it; ``None`` for one that is missing."""
    kind = type(value)
    if kind.__module__ == "numpy" and getattr(value, "shape", None) == ():
        value = value.item()  # type: ignore[attr-defined] # a number of NumPy
    if kind.__name__ in {"NAType", "NaTType"} or (isinstance(value, float) and isnan(value)):
        return None
    return None if isinstance(value, Decimal) and value.is_nan() else value


def _whole(value: object, *, floats: bool) -> int | None:
    """*value* as a whole number, if it is one."""
    if type(value) is int:
        return value
    if floats and isinstance(value, float) and value.is_integer() and abs(value) <= WHOLE_FLOATS:
        return int(value)
    return None


def _exact(value: object) -> Fraction:
    """The number that *value* writes, whichever way that is exact.

    Raises:
        InvalidValueError: If it writes none.
    """
    whole = _whole(value, floats=True)
    return exact_ratio(whole if whole is not None else value)  # type: ignore[arg-type] # it refuses what it cannot take


# -- kinds -----------------------------------------------------------------------------------------------------------


def _count(value: object, _: CellForm) -> int:
    whole = _whole(value, floats=True)
    if whole is None:
        raise refused(value, Phrase("整数，为 int", "a whole number, as an int"))
    return whole


_MINOR: Final = Phrase(
    "以最小货币单位计的整数（类型或单位不同的请注明，如 `units=[major_units()]`）",
    "a whole number of minor units (of another type or unit say which, such as `units=[major_units()]`)",
)


def _amount(value: object, form: CellForm) -> Money:
    if isinstance(value, Money):
        return value
    if form.unit is None:
        whole = _whole(value, floats=form.with_gaps)
        if whole is None:
            raise refused(value, _MINOR)
        return Money(whole, form.currency)
    if form.unit.unit is CellUnits.MAJOR_UNITS:
        return _major(value, form.currency)
    exact = _exact(value)
    if exact.denominator != 1:
        raise refused(value, Phrase("以最小货币单位计的整数", "a whole number of minor units"))
    return Money(exact.numerator, form.currency)


def _major(value: object, currency: str) -> Money:
    whole = _whole(value, floats=True)
    try:
        return Money.of(whole if whole is not None else value, currency)  # type: ignore[arg-type] # it refuses what it cannot take
    except InvalidValueError as error:
        raise refused(value, error.expected) from None


_STATED: Final = Phrase(
    "整数，因为已注明分母（以百分数表示的小数为 `units=[percent()]`）",
    "a whole number, because its denominator is stated (decimals in per cent are `units=[percent()]`)",
)


def _ratio(value: object, form: CellForm) -> Fraction:
    unit = form.unit
    if isinstance(value, Fraction):
        return value
    if unit is None:
        if isinstance(value, Decimal):
            return exact_ratio(value)
        raise refused(value, _no_ratio(value))
    if unit.unit is CellUnits.PARTS:
        whole = _whole(value, floats=form.with_gaps)
        if whole is None:
            raise refused(value, _STATED)
        return Fraction(whole, unit.per)
    return _exact(value) / unit.per


def _no_ratio(value: object) -> str:
    """What to give in place of a ratio that cannot be read."""
    if isinstance(value, float):
        return Phrase(
            "精确比率：float 已失精度；请给出 Decimal，或整数及其分母",
            "an exact ratio: a float has lost it; give a Decimal, or a whole number and its denominator",
        )
    if type(value) is int:
        return Phrase(
            "注明单位的比率，如 `units=[percent()]` 或 `denominators`；Decimal 自身即可说明",
            "a ratio with its unit named, such as `units=[percent()]` or `denominators`; a Decimal says itself what it is",
        )
    return Phrase(
        "精确比率，为 Decimal（文本须注明单位，如 `units=[percent()]`）",
        "an exact ratio, as a Decimal (text needs its unit named, such as `units=[percent()]`)",
    )


def _flag(value: object, _: CellForm) -> bool:
    return to_flag(value)  # type: ignore[arg-type] # it refuses what it cannot take


def _code(value: object, _: CellForm) -> str | Enum:
    return value if isinstance(value, Enum) else _written(value, Phrase("代码，为文本", "a code, as text"))


def _text(value: object, _: CellForm) -> str:
    return _written(value, Phrase("文本", "text"))


def _written(value: object, expected: str) -> str:
    """Text as it is, and a whole number as its digits."""
    if isinstance(value, str) or type(value) is int:
        return str(value)
    raise refused(value, expected)


def _day(value: object, _: CellForm) -> dt.date:
    """A day; a moment at midnight that has no zone is one, as in frames of pandas, which have no days."""
    if isinstance(value, dt.datetime):
        if value.tzinfo is None and value.time() == dt.time():
            return value.date()
        raise refused(value, Phrase("日期：请将时刻换算到银行所在时区，取其日期", "a day: convert a moment to the bank's time zone and take its date"))
    if isinstance(value, dt.date):
        return value
    raise refused(value, Phrase("日期，为 date（文本可用 `date.fromisoformat` 转换）", "a day, as a date (of text, `date.fromisoformat` makes one)"))


_READERS: Final[Mapping[Holding, Callable[[object, CellForm], CellValue]]] = {
    Holding.COUNT: _count,
    Holding.AMOUNT: _amount,
    Holding.RATIO: _ratio,
    Holding.FLAG: _flag,
    Holding.CODE: _code,
    Holding.DAY: _day,
    Holding.TEXT: _text,
}
