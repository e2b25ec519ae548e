"""Units of cells: what one of the numbers in a column is, where neither its type nor its text can tell.

``3.35`` in a column of rates is 335 per cent as a decimal and 3.35 per cent as most banks write it; ``2450000.00`` in a column
of amounts is yuan to whoever wrote it, and a frame holds fen. Nobody can tell from the cell, so the caller says.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

import attrs

from revisit_policy.casefile.holding import Holding
from revisit_policy.errors import InvalidValueError
from revisit_policy.language.domains.ratios import LARGEST_DENOMINATOR
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Labelled
from revisit_policy.values.validation import checked, several, to_tuple


class CellUnits(Labelled, zh="单位"):
    """What one of the numbers in a column can be."""

    PERCENT = "percent", "百分之一", "hundredths"
    BASIS_POINTS = "basis_points", "万分之一", "ten-thousandths"
    PARTS = "parts", "所述分母分之一", "parts of the stated denominator"
    MINOR_UNITS = "minor_units", "最小货币单位", "minor units of a currency"
    MAJOR_UNITS = "major_units", "货币单位", "units of a currency"

    @property
    def holds(self) -> Holding:
        """The kind of column that can be written so."""
        return Holding.AMOUNT if self in {CellUnits.MINOR_UNITS, CellUnits.MAJOR_UNITS} else Holding.RATIO


@attrs.frozen(repr=False)
class CellUnit:
    """The unit in which the columns of some paths are written; made by `percent` and its like.

    Args:
        unit: What one of their numbers is.
        paths: The columns; none for every column of the kind, ratios or amounts.
        per: What a ratio is divided by; 1 for amounts.
    """

    unit: CellUnits
    paths: tuple[str, ...] = attrs.field(default=(), converter=to_tuple)
    per: int = 1

    def __attrs_post_init__(self) -> None:
        checked(self.unit, CellUnits, field="unit", expected=Phrase("单位，由 `percent(...)` 等得出", "a unit, as `percent(...)` makes it"))
        for path in self.paths:
            checked(path, str, field="paths", expected=Phrase('列的路径，如 "loan.annual_rate"', 'paths of columns, such as "loan.annual_rate"'))
        if type(self.per) is not int or not 1 <= self.per <= LARGEST_DENOMINATOR:
            expected = Phrase(
                "除数为1至{largest_denominator}的整数", "divided by a whole number from 1 to {largest_denominator}", largest_denominator=LARGEST_DENOMINATOR
            )
            raise InvalidValueError(owner="", field="denominators", value=self.per, expected=expected)

    def __repr__(self) -> str:
        arguments = ", ".join(map(repr, self.paths))
        return f"{self.unit.value}({arguments}, per={self.per})" if self.unit is CellUnits.PARTS else f"{self.unit.value}({arguments})"


def percent(*paths: str) -> CellUnit:
    """These columns of ratios hold per cent: 3.35 for 3.35 per cent; all of them if no path is given.

    Examples:
        >>> percent("loan.annual_rate")
        percent('loan.annual_rate')
    """
    return CellUnit(CellUnits.PERCENT, paths, 100)


def basis_points(*paths: str) -> CellUnit:
    """These columns of ratios hold basis points: 335 for 3.35 per cent; all of them if no path is given.

    Examples:
        >>> basis_points("loan.annual_rate").per
        10000
    """
    return CellUnit(CellUnits.BASIS_POINTS, paths, 10_000)


def parts(*paths: str, per: int) -> CellUnit:
    """These columns of ratios hold whole numbers that are divided by *per*; all of them if no path is given.

    Raises:
        InvalidValueError: If *per* is no whole number from 1 to a hundred thousand million.
    """
    return CellUnit(CellUnits.PARTS, paths, per)


def minor_units(*paths: str) -> CellUnit:
    """These columns of amounts hold minor units, such as fen; all of them if no path is given.

    Examples:
        >>> minor_units()
        minor_units()
    """
    return CellUnit(CellUnits.MINOR_UNITS, paths)


def major_units(*paths: str) -> CellUnit:
    """These columns of amounts hold whole units of the currency and decimals, such as yuan; all of them if no path is given.

    Examples:
        >>> major_units("loan.balance", "loan.principal")
        major_units('loan.balance', 'loan.principal')
    """
    return CellUnit(CellUnits.MAJOR_UNITS, paths)


_EXPECTED: Final = Phrase(
    '若干单位，如 `(percent("loan.annual_rate"), major_units())`', 'several units, such as `(percent("loan.annual_rate"), major_units())`'
)


@attrs.frozen(kw_only=True)
class StatedUnits:
    """The units that a caller states, of which one column has at most one.

    Args:
        units: As `percent` and its like make them.
        denominators: What the whole numbers of a column of ratios are divided by, by path; the same as `parts`.

    Raises:
        InvalidValueError: If a column is given two units, or a denominator is none.
    """

    units: tuple[CellUnit, ...] = ()
    denominators: Mapping[str, int] = attrs.field(factory=dict)

    @classmethod
    def of(cls, units: Collection[CellUnit], denominators: Mapping[str, int]) -> StatedUnits:
        """The units that were stated, each checked.

        Raises:
            InvalidValueError: If *units* are no units, or a column is given two.
        """
        given = tuple(several(units, field="units", expected=_EXPECTED))
        for unit in given:
            checked(unit, CellUnit, field="units", expected=_EXPECTED)
        met: set[object] = set(denominators)
        for unit in given:
            for place in unit.paths or (unit.unit.holds,):
                if place in met:
                    raise InvalidValueError(owner="", field="units", value=unit, expected=Phrase("每列一个单位", "one unit a column"))
                met.add(place)
        return cls(units=given, denominators=dict(denominators))

    @property
    def paths(self) -> tuple[str, ...]:
        """The columns of which something is said."""
        return (*self.denominators, *(path for unit in self.units for path in unit.paths))

    def of_column(self, path: str, holds: Holding) -> CellUnit | None:
        """The unit of a column; ``None`` if nobody said.

        Raises:
            InvalidValueError: If its denominator is no whole number that a ratio can have, or the unit is one of another kind.
        """
        if path in self.denominators:
            return parts(path, per=self.denominators[path])
        for unit in self.units:
            if path in unit.paths:
                if unit.unit.holds is not holds:
                    raise InvalidValueError(owner="", field="units", value=unit, expected=Phrase("{holds}的单位", "a unit of {holds}", holds=holds.labels))
                return unit
        return next((unit for unit in self.units if not unit.paths and unit.unit.holds is holds), None)
