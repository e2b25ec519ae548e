"""Cells: what is read exactly, what is unknown, and what is refused with how to give it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from revisit_policy import InvalidValueError, Money, cny
from revisit_policy.casefile.holding import Holding
from revisit_policy.casefile.loan import Product
from revisit_policy.casefile.rows.cell import WHOLE_FLOATS, CellForm, read_cell
from revisit_policy.casefile.rows.cell_unit import CellUnit, CellUnits, StatedUnits, basis_points, major_units, minor_units, parts, percent

DAY: Final = dt.date(2026, 3, 2)
RATE: Final = Fraction(335, 10_000)

READ: Final[dict[str, tuple[Any, Holding, CellUnit | None, Any]]] = {
    "a whole number as a count": (45, Holding.COUNT, None, 45),
    "a whole float as a count": (45.0, Holding.COUNT, None, 45),
    "a number of NumPy": (np.int64(45), Holding.COUNT, None, 45),
    "whole numbers as minor units": (245_000_000, Holding.AMOUNT, None, cny(2_450_000)),
    "money as it is": (Money.of("5", "USD"), Holding.AMOUNT, None, Money.of("5", "USD")),
    "minor units that are named": (Decimal(245000000), Holding.AMOUNT, minor_units(), cny(2_450_000)),
    "major units as a decimal": (Decimal("2450000.55"), Holding.AMOUNT, major_units(), cny("2450000.55")),
    "major units as text": ("2450000.5", Holding.AMOUNT, major_units(), cny("2450000.50")),
    "major units as a whole number": (2_450_000, Holding.AMOUNT, major_units(), cny(2_450_000)),
    "major units as a whole float": (2_450_000.0, Holding.AMOUNT, major_units(), cny(2_450_000)),
    "a decimal as a ratio": (Decimal("0.0335"), Holding.RATIO, None, RATE),
    "a fraction as a ratio": (RATE, Holding.RATIO, None, RATE),
    "whole numbers over a denominator": (335, Holding.RATIO, parts(per=10_000), RATE),
    "per cent as a decimal": (Decimal("3.35"), Holding.RATIO, percent(), RATE),
    "per cent as text": ("-9.8", Holding.RATIO, percent(), Fraction(-98, 1000)),
    "per cent as a whole number": (3, Holding.RATIO, percent(), Fraction(3, 100)),
    "basis points": (335, Holding.RATIO, basis_points(), RATE),
    "basis points with a decimal": (Decimal("33.5"), Holding.RATIO, basis_points(), Fraction(335, 100_000)),
    "a flag": (True, Holding.FLAG, None, True),
    "a flag of NumPy": (np.bool_(False), Holding.FLAG, None, False),
    "a code": ("first_home", Holding.CODE, None, "first_home"),
    "a member": (Product.FIRST_HOME, Holding.CODE, None, Product.FIRST_HOME),
    "a number as a code": (12, Holding.CODE, None, "12"),
    "a day": (DAY, Holding.DAY, None, DAY),
    "midnight": (dt.datetime(2026, 3, 2), Holding.DAY, None, DAY),  # noqa: DTZ001 - without a zone
    "midnight of pandas": (pd.Timestamp("2026-03-02"), Holding.DAY, None, DAY),
    "text": ("GZ-1", Holding.TEXT, None, "GZ-1"),
    "a number as text": (117, Holding.TEXT, None, "117"),
}


@pytest.mark.parametrize(("value", "holds", "unit", "exact"), READ.values(), ids=READ)
def test_a_cell_is_read_exactly(value: Any, holds: Holding, unit: CellUnit | None, exact: Any) -> None:
    found = read_cell(value, holds, form=CellForm(unit=unit))
    assert (type(found), found) == (type(exact), exact)


@pytest.mark.parametrize("missing", [None, float("nan"), Decimal("NaN"), Decimal("sNaN"), np.float64("nan"), np.datetime64("NaT"), pd.NaT, pd.NA], ids=repr)
@pytest.mark.parametrize("holds", Holding)
def test_what_is_missing_is_unknown_in_every_column(missing: Any, holds: Holding) -> None:
    assert read_cell(missing, holds, form=CellForm()) is None


REFUSED: Final[dict[str, tuple[Any, Holding, CellUnit | None, str]]] = {
    "True as money": (True, Holding.AMOUNT, None, "a whole number of minor units"),
    "True as a count": (True, Holding.COUNT, None, "a whole number"),
    "True as per cent": (True, Holding.RATIO, percent(), "an exact ratio"),
    "True as major units": (True, Holding.AMOUNT, major_units(), "exact money"),
    "a decimal as money": (Decimal("2450000.00"), Holding.AMOUNT, None, r"units=\[major_units\(\)\]"),
    "text as money": ("2450000.00", Holding.AMOUNT, None, r"units=\[major_units\(\)\]"),
    "a float as money": (2_450_000.0, Holding.AMOUNT, None, r"units=\[major_units\(\)\]"),
    "grouped digits": ("2,450,000", Holding.AMOUNT, major_units(), "exact money"),
    "half a fen": (Decimal("0.5"), Holding.AMOUNT, minor_units(), "a whole number of minor units"),
    "a decimal too many": (Decimal("0.555"), Holding.AMOUNT, major_units(), "at most 2 decimals"),
    "a float with a fraction as money": (0.55, Holding.AMOUNT, major_units(), "exact money"),
    "a decimal as a count": (Decimal(45), Holding.COUNT, None, "a whole number"),
    "half a day": (45.5, Holding.COUNT, None, "a whole number"),
    "a float beyond the exact ones": (float(2 * WHOLE_FLOATS), Holding.COUNT, None, "a whole number"),
    "an endless float": (float("inf"), Holding.COUNT, None, "a whole number"),
    "a float as a ratio": (0.0335, Holding.RATIO, None, "a float has lost it"),
    "a float in per cent": (3.35, Holding.RATIO, percent(), "an exact ratio"),
    "a whole number as a ratio": (335, Holding.RATIO, None, "its unit named"),
    "text as a ratio": ("0.0335", Holding.RATIO, None, r"units=\[percent\(\)\]"),
    "a decimal over a denominator": (Decimal("3.35"), Holding.RATIO, parts(per=100), "its denominator is stated"),
    "a float over a denominator": (335.7, Holding.RATIO, parts(per=10_000), "its denominator is stated"),
    "an endless decimal": (Decimal("Infinity"), Holding.RATIO, None, "an exact ratio"),
    "1 as a flag": (1, Holding.FLAG, None, "True or False"),
    "text as a flag": ("true", Holding.FLAG, None, "True or False"),
    "text as a day": ("2026-03-02", Holding.DAY, None, "date.fromisoformat"),
    "a number as a day": (20_260_302, Holding.DAY, None, "a day, as a date"),
    "a time of day": (dt.datetime(2026, 3, 2, 9), Holding.DAY, None, "take its date"),  # noqa: DTZ001 - without a zone
    "a moment in a zone": (dt.datetime(2026, 3, 2, tzinfo=dt.UTC), Holding.DAY, None, "take its date"),
    "a float as text": (117.0, Holding.TEXT, None, "text"),
    "a list": ([1], Holding.FLAG, None, "True or False"),
    "several numbers of NumPy": (np.array([1, 2]), Holding.COUNT, None, "a whole number"),
    "bytes as a code": (b"first_home", Holding.CODE, None, "a code, as text"),
}


@pytest.mark.parametrize(("value", "holds", "unit", "words"), REFUSED.values(), ids=REFUSED)
def test_a_cell_that_cannot_be_read_is_refused_with_what_to_do(value: Any, holds: Holding, unit: CellUnit | None, words: str) -> None:
    with pytest.raises(InvalidValueError, match=words):
        read_cell(value, holds, form=CellForm(unit=unit))


def test_floats_stand_for_whole_numbers_where_columns_have_gaps() -> None:
    gaps = CellForm(with_gaps=True)
    assert read_cell(245_000_000.0, Holding.AMOUNT, form=gaps) == cny(2_450_000)
    assert read_cell(335.0, Holding.RATIO, form=CellForm(unit=parts(per=10_000), with_gaps=True)) == RATE
    with pytest.raises(InvalidValueError, match="a whole number"):
        read_cell(0.5, Holding.AMOUNT, form=gaps)


ANYTHING: Final = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.decimals(), st.text(max_size=12), st.dates(), st.datetimes(), st.binary(max_size=3),
    st.fractions(), st.lists(st.integers(), max_size=2), st.decimals(places=2, min_value=0, max_value=10**6), st.integers(0, 400).map(str),
)  # fmt: skip
UNITS: Final = st.sampled_from([None, percent(), basis_points(), parts(per=7), minor_units(), major_units()])


@given(ANYTHING, st.sampled_from(Holding), UNITS, st.booleans())
def test_whatever_stands_in_a_cell_is_read_exactly_or_refused_in_our_words(value: Any, holds: Holding, unit: CellUnit | None, gaps: bool) -> None:
    if unit is not None and unit.unit.holds is not holds:
        unit = None
    try:
        found: Any = read_cell(value, holds, form=CellForm(unit=unit, with_gaps=gaps))
    except InvalidValueError:
        return
    if found is not None and holds in {Holding.COUNT, Holding.AMOUNT, Holding.RATIO}:
        number = Fraction(found.minor if isinstance(found, Money) else found)
        scale = 100 if unit is not None and unit.unit is CellUnits.MAJOR_UNITS else Fraction(1, unit.per if unit is not None else 1)
        assert number == Fraction(value) * (1 if isinstance(value, Fraction) else scale)
        assert type(value) is not bool


def test_a_column_has_one_unit() -> None:
    for units, denominators in (
        ((percent("a"), basis_points("a")), {}),
        ((percent(), basis_points()), {}),
        ((percent("a"),), {"a": 100}),
    ):
        with pytest.raises(InvalidValueError, match="`units` must be one unit a column"):
            StatedUnits.of(units, denominators)


def test_a_column_that_is_named_goes_before_all_columns_of_its_kind() -> None:
    units = StatedUnits.of((percent(), basis_points("a"), major_units()), {"b": 7})
    found = {path: units.of_column(path, Holding.RATIO) for path in "abc"}
    assert found == {"a": basis_points("a"), "b": parts("b", per=7), "c": percent()}


@pytest.mark.parametrize("units", ["percent", [("a", 100)], 7, [Fraction(1)]], ids=repr)
def test_what_is_no_unit_is_refused(units: Any) -> None:
    with pytest.raises(InvalidValueError, match="`units` must be several units, such as"):
        StatedUnits.of(units, {})


def test_a_unit_of_another_kind_of_column_is_refused() -> None:
    with pytest.raises(InvalidValueError, match=r"`units` must be a unit of ratios.*, got `major_units\('a'\)`"):
        StatedUnits.of([major_units("a")], {}).of_column("a", Holding.RATIO)


def test_a_unit_prints_as_it_is_typed() -> None:
    for text in ("percent('a', 'b')", "basis_points()", "minor_units('a')", "major_units()", "parts('a', per=7)"):
        assert repr(eval(text)) == text  # noqa: S307 - a text of ours
