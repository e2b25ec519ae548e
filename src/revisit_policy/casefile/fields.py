"""How the fields of a case file are read, and the bounds of what they can hold.

In a field that may be ``None``, ``None`` always means that nobody knows. What else absence can mean, the field says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Final, NewType, TypeAlias

from revisit_policy.language.domains.ratios import LARGEST_DENOMINATOR
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.money import Money, to_money
from revisit_policy.values.ratio import exact_ratio
from revisit_policy.values.validation import refused, to_flag, to_whole

YearlyRate = NewType("YearlyRate", Fraction)
"""What `to_rate` lets through: a type of its own, so that who builds a loan from its types draws rates."""

Ratio: TypeAlias = str | int | Decimal | Fraction
"""What a ratio can be written as; a float cannot."""

LARGEST_MINOR: Final = 10**12
"""The largest amount in minor units of any currency: twelve digits and a one. An amount is also a denominator, and beyond this a ratio is
no longer compared exactly with a limit of four digits."""

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
LONGEST_TERM: Final = 600
"""Months of the longest term that is still a term and not a slip."""
LONGEST_ARREARS: Final = 36_500
MOST_EVENTS: Final = 10_000
HIGHEST_PRICE_CHANGE: Final = 10
"""What the facts of the market can be. What a person types is bounded more closely, below."""

TYPED_RATIOS: Final = {"loan.annual_rate": (0, 1), "market.price_change_12m": (-1, 1), "market.price_volatility": (0, 1)}
"""From where to where the ratios that a case file holds can be meant, by their paths: beyond, ``"4.2"`` is a slip for 4.2 %."""


def to_day(value: str | dt.date) -> Date:
    """A day of the years 1900 to 2199.

    Raises:
        InvalidValueError: If it is anything else.
    """
    day = to_date(value)
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    raise refused(
        value, Phrase("{first_year}年至{last_year}年之间的日期", "a day of the years {first_year} to {last_year}", first_year=FIRST_YEAR, last_year=LAST_YEAR)
    )


def day_or_unknown(value: str | dt.date | None) -> Date | None:
    """A day, or ``None``."""
    return None if value is None else to_day(value)


def to_amount(value: Money) -> Money:
    """Money from 0 up to 10**12 minor units, both inclusive, in whatever currency.

    Raises:
        InvalidValueError: If it is anything else.
    """
    if 0 <= to_money(value).minor <= LARGEST_MINOR:
        return value
    raise refused(value, Phrase("0至{money}", "from 0 to {money}", money=Money(LARGEST_MINOR, value.currency)))


def amount_or_unknown(value: Money | None) -> Money | None:
    """An amount, or ``None``."""
    return None if value is None else to_amount(value)


def count_or_unknown(value: int | None) -> int | None:
    """A whole number from 0, or ``None``."""
    return None if value is None else to_whole(value, high=MOST_EVENTS)


def flag_or_unknown(value: bool | None) -> bool | None:  # noqa: FBT001 - a converter takes the one value it converts
    """True, False or ``None``."""
    return None if value is None else to_flag(value)


def to_rate(value: Ratio) -> YearlyRate:
    """An exact yearly rate from 0 to 1, both inclusive: 3.35 per cent is ``"0.0335"``.

    Raises:
        InvalidValueError: If it is anything else.
    """
    return YearlyRate(_bounded(value, *TYPED_RATIOS["loan.annual_rate"]))


def price_change_or_unknown(value: Ratio | None) -> Fraction | None:
    """An exact ratio from -1 to 1, or ``None``: a fall by two per cent is ``"-0.02"``."""
    return None if value is None else _bounded(value, *TYPED_RATIOS["market.price_change_12m"])


def volatility_or_unknown(value: Ratio | None) -> Fraction | None:
    """An exact ratio from 0 to 1, or ``None``."""
    return None if value is None else _bounded(value, *TYPED_RATIOS["market.price_volatility"])


def _bounded(value: Ratio, low: int, high: int) -> Fraction:  # noqa: PLR0917 - reads as an interval
    exact = exact_ratio(value)
    over, under = exact.as_integer_ratio()
    # whole numbers, because comparing two fractions costs ten times as much
    if low * under <= over <= high * under and under <= LARGEST_DENOMINATOR:
        return exact
    raise refused(value, Phrase("{low}至{high}的精确比率，1即百分之百", "an exact ratio from {low} to {high}, 1 being a hundred per cent", low=low, high=high))


def is_one_currency(amounts: Iterable[Money | None]) -> bool:
    """Whether all known *amounts* are of one currency; True if none is known."""
    return len({amount.currency for amount in amounts if amount is not None}) <= 1
