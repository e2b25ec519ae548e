"""Price indices: home prices of one region month by month, and what lies between two months."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Final

import attrs

from revisit_policy.casefile.fields import Ratio
from revisit_policy.casefile.market import MarketConditions
from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, add_months, month_end, to_date
from revisit_policy.values.labels import Labelled
from revisit_policy.values.ratio import exact_ratio
from revisit_policy.values.validation import fault, gather, gathering, refused, to_text, to_tuple

_MONTH: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_PLACES: Final = 10**6
"""A change that a case file holds is cut at a millionth: a year of monthly figures has more decimals than any figure has meaning."""
_A_YEAR: Final = 12


class IndexKind(Labelled, zh="指数类型"):
    """What the figures of a price index are."""

    LEVEL = "level", "定基指数", "levels on one base"
    CHANGE = "change", "环比指数", "each month with the month before as 100"


def to_month(value: object) -> str:
    """A month such as ``"2025-03"``, or the month of a day.

    Raises:
        InvalidValueError: If it is neither.
    """
    if isinstance(value, Date):
        return f"{value.year:04}-{value.month:02}"
    if isinstance(value, str) and _MONTH.fullmatch(value):
        return value
    raise refused(value, Phrase("月份，形如 2025-03 的文本", "a month, as text like 2025-03"))


def months_after(first: str, last: str) -> Iterator[str]:
    """The months after *first* up to and including *last*, in order."""
    begin = to_date(f"{first}-01")
    count = 1
    while (month := to_month(add_months(begin, count))) <= last:
        yield month
        count += 1


def _to_figures(values: Mapping[str, Ratio] | Iterable[tuple[str, Ratio]]) -> tuple[tuple[str, Fraction], ...]:
    pairs = to_tuple(values.items() if isinstance(values, Mapping) else values)
    found = []
    for pair in pairs:
        match pair:
            case (month, figure):
                found.append((to_month(month), _above_zero(figure)))
            case _:
                raise refused(pair, Phrase("月份及其数值", "a month with its figure"))
    return tuple(sorted(found))


def _above_zero(figure: Ratio) -> Fraction:
    exact = exact_ratio(figure)
    if exact > 0:
        return exact
    raise refused(figure, Phrase("大于0的数", "a figure above 0"))


def _to_kind(value: IndexKind | str) -> IndexKind:
    return IndexKind.parse(value)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class PriceIndex:
    """Home prices of one region, a figure a month, exact.

    Months may be missing. Between two months levels need no more than the two; changes need every month in between, and
    name those that are missing.

    Args:
        region: Where, in the bank's own words; text for people.
        figures: A figure a month, as a mapping or as pairs, in any order: ``{"2025-01": "99.6"}``.
        kind: What the figures are, or the code. Levels of different bases are different indices.

    Raises:
        InvalidInputError: If fields are malformed, there is no figure, or a month has two.

    Examples:
        >>> index = PriceIndex(region="Wuxi", kind="change", figures={"2025-01": "99.6", "2025-02": "100.2", "2025-04": "99.9"})
        >>> index.change("2024-12", "2025-02")
        Fraction(124749, 125000)
        >>> index.change("2024-12", "2025-04")
        Traceback (most recent call last):
        revisit_policy.errors.InvalidValueError: `figures` must be given for 2025-03 too, got `'Wuxi'`
    """

    region: str = attrs.field(converter=to_text)
    kind: IndexKind = attrs.field(converter=_to_kind)
    figures: tuple[tuple[str, Fraction], ...] = attrs.field(converter=_to_figures)

    def __attrs_post_init__(self) -> None:
        gather(self, _has_figures, _has_one_a_month)

    def missing(self, first: str, last: str) -> tuple[str, ...]:
        """The months without which nothing can be said of the change from *first* to *last*.

        Args:
            first: The month that is compared with.
            last: The month that is asked about; not before *first*.

        Raises:
            InvalidValueError: If a month is malformed.
        """
        begin, end = to_month(first), to_month(last)
        if begin == end:
            return ()
        needed = (begin, end) if self.kind is IndexKind.LEVEL else months_after(begin, end)
        there = dict(self.figures)
        return tuple(month for month in needed if month not in there)

    def change(self, first: str, last: str) -> Fraction:
        """Prices of the month *last* as a share of those of *first*; 1 if they are the same month.

        Raises:
            InvalidValueError: If a month is malformed, *last* lies before *first*, or months are missing, which it names.
        """
        begin, end = to_month(first), to_month(last)
        if end < begin:
            raise fault("last", last, Phrase("不早于{begin}", "in or after {begin}", begin=begin))
        if missing := self.missing(begin, end):
            raise fault("figures", self.region, Phrase("{missing} 也须给出", "given for {missing} too", missing=", ".join(missing)))
        there = dict(self.figures)
        if self.kind is IndexKind.LEVEL or begin == end:
            return there[end] / there[begin] if begin != end else Fraction(1)
        found = Fraction(1)
        for month in months_after(begin, end):
            found *= there[month] / 100
        return found

    def last_month(self, on: str | Date) -> str | None:
        """The last month with a figure that has ended by the day; ``None`` if there is none."""
        day = to_date(on, field="on")
        ended = to_month(day if day == month_end(day) else add_months(day, -1))
        return max((month for month, _ in self.figures if month <= ended), default=None)

    def market_on(self, on: str | Date) -> MarketConditions:
        """Home prices as a case file holds them, of the last month that has ended by the day.

        The change over twelve months is cut downwards at a millionth, the spread of the twelve monthly changes (the greatest
        less the least) upwards. What needs a month that is missing is unknown.
        """
        last = self.last_month(on)
        if last is None:
            return MarketConditions(region=self.region)
        months = [to_month(add_months(to_date(f"{last}-01"), -back)) for back in range(_A_YEAR, -1, -1)]
        changes = [self.change(*pair) for pair in pairwise(months) if not self.missing(*pair)]
        change = None if self.missing(months[0], last) else Fraction(floor((self.change(months[0], last) - 1) * _PLACES), _PLACES)
        spread = Fraction(ceil((max(changes) - min(changes)) * _PLACES), _PLACES) if len(changes) == _A_YEAR else None
        return MarketConditions(region=self.region, price_change_12m=change, price_volatility=spread, as_of=month_end(to_date(f"{last}-01")))


def _has_figures(index: PriceIndex) -> InvalidValueError | None:
    return None if index.figures else fault("figures", index.figures, Phrase("一个或多个", "one or more"))


def _has_one_a_month(index: PriceIndex) -> InvalidValueError | None:
    for (earlier, _), (later, _) in pairwise(index.figures):
        if earlier == later:
            return fault("figures", later, Phrase("每月一个数", "one figure a month"))
    return None
