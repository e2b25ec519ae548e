"""Days and months. The only module that imports pendulum.

A day is a `Date` and nothing else: no time, no time zone, no "today". Months step from an anchor by `add_months`, and
what pendulum says about the months between two days is not used, because it is wrong at month ends.
"""

import datetime as dt
import operator
import re
from typing import Final

from pendulum import Date

from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Lang, to_lang

__all__ = [
    "Date",
    "add_months",
    "cutoff_begun",
    "cutoff_elapsed",
    "from_ordinal",
    "month_end",
    "months_begun",
    "months_elapsed",
    "text",
    "to_date",
]

_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DAYS: Final = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTHS_EN: Final = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FEBRUARY: Final = 2
_EXPECTED_DAY: Final = Phrase("日期，为 date 或形如 2026-01-31 的文本", "a day, as a date or as text like 2026-01-31")


def to_date(value: str | dt.date, *, field: str = "") -> Date:
    """The day that *value* names.

    A datetime is refused although Python counts it as a date, and so is what a data frame holds in its place (a
    timestamp, or its missing value): cutting off the time would guess a time zone.

    Args:
        value: A date, or text of the form ``YYYY-MM-DD`` with all its digits.
        field: The parameter that took *value*, to be named if it is refused.

    Raises:
        InvalidValueError: If it is anything else, such as ``"now"``, ``"20260131"`` or ``"2026-1-1"``.

    Examples:
        >>> to_date("2026-01-31")
        Date(2026, 1, 31)
    """
    if type(value) is Date:
        return value
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return Date(value.year, value.month, value.day)
    if isinstance(value, str) and _ISO.fullmatch(value):
        try:
            return Date(int(value[:4]), int(value[5:7]), int(value[8:]))
        except ValueError:
            raise InvalidValueError(owner="", field=field, value=value, expected=Phrase("存在的日期", "a day that exists")) from None
    raise InvalidValueError(owner="", field=field, value=value, expected=_EXPECTED_DAY)


def from_ordinal(ordinal: int) -> Date:
    """The day with this number, 1 January of the year 1 being 1.

    Args:
        ordinal: What `Date.toordinal` gives.

    Raises:
        InvalidValueError: If it is outside the years 1 to 9999.
    """
    try:
        return Date.fromordinal(ordinal)
    except (TypeError, ValueError, OverflowError):
        raise InvalidValueError(
            owner="", field="ordinal", value=ordinal, expected=Phrase("公元1年至9999年之间的日期", "a day of the years 1 to 9999")
        ) from None


def add_months(day: Date, months: int) -> Date:
    """The same day of the month, *months* later; the month's last day if it has no such day.

    Always step from the anchor: one month and one month more from 31 January is 28 March, two months is 31 March.

    Args:
        day: The anchor.
        months: Calendar months; below zero goes back.

    Raises:
        InvalidValueError: If the result is outside the years 1 to 9999.

    Examples:
        >>> add_months(Date(2026, 1, 31), 1), add_months(Date(2024, 2, 29), -12)
        (Date(2026, 2, 28), Date(2023, 2, 28))
    """
    try:
        year, month = divmod(day.year * 12 + day.month - 1 + operator.index(months), 12)
    except (AttributeError, TypeError):
        raise _misused(day, months=months) from None
    return _clamped(year, month + 1, day.day)


def _misused(*days: object, months: object = 0) -> InvalidValueError:
    """What is wrong with arguments of which no answer can be made: asked only then, because days are counted often."""
    for day in days:
        if not isinstance(day, dt.date):
            return InvalidValueError(owner="", field="day", value=day, expected=Phrase("Date，由 `to_date` 得出", "a Date, as `to_date` makes it"))
    return InvalidValueError(owner="", field="months", value=months, expected=Phrase("整月数", "a whole number of months"))


def months_elapsed(since: Date, on: Date) -> int:
    """The whole months from *since* to *on*: the largest n with ``add_months(since, n) <= on``.

    Args:
        since: The day the months are counted from.
        on: The day they are counted to. If it comes before *since* the answer is below zero.

    Examples:
        >>> months_elapsed(Date(2024, 1, 31), Date(2024, 2, 29)), months_elapsed(Date(2024, 1, 30), Date(2024, 2, 28))
        (1, 0)
    """
    try:
        months = (on.year - since.year) * 12 + on.month - since.month
    except AttributeError:
        raise _misused(since, on) from None
    if on.day >= since.day or on.day == _last_of(on.year, on.month):
        return months
    return months - 1


def months_begun(since: Date, on: Date) -> int:
    """The months from *since* to *on* with a part counted as whole: the smallest n with ``add_months(since, n) >= on``.

    "Within n months" is kept while it is at most n, and exceeded from the day it is more.

    Args:
        since: The day the months are counted from.
        on: The day they are counted to. If it comes before *since* the answer is zero or below.

    Examples:
        >>> months_begun(Date(2024, 1, 15), Date(2024, 2, 15)), months_begun(Date(2024, 1, 15), Date(2024, 2, 16))
        (1, 2)
    """
    try:
        return (on.year - since.year) * 12 + on.month - since.month + (on.day > since.day)
    except AttributeError:
        raise _misused(since, on) from None


def cutoff_elapsed(months: int, on: Date) -> Date:
    """The last day that lies at least *months* whole months before *on*.

    ``months_elapsed(day, on) >= months`` exactly for the days up to it. It is not `add_months` with a minus: on a
    month's last day every later day of the earlier month has clamped to it, so the cut-off is a last day too.

    Args:
        months: Calendar months; may be zero or below.
        on: The day the months are counted to.

    Raises:
        InvalidValueError: If the cut-off is outside the years 1 to 9999.

    Examples:
        >>> cutoff_elapsed(12, Date(2025, 2, 28)), add_months(Date(2025, 2, 28), -12)
        (Date(2024, 2, 29), Date(2024, 2, 28))
    """
    try:
        year, month = divmod(on.year * 12 + on.month - 1 - operator.index(months), 12)
    except (AttributeError, TypeError):
        raise _misused(on, months=months) from None
    ends = on.day == _last_of(on.year, on.month)
    return _clamped(year, month + 1, 31 if ends else on.day)


def cutoff_begun(months: int, on: Date) -> Date:
    """The last day since which more than *months* months have begun by *on*.

    ``months_begun(day, on) > months`` exactly for the days up to it. More than n months have begun if even n whole
    months do not reach *on*, so it is `cutoff_elapsed` of the day before.

    Args:
        months: Calendar months; may be zero or below.
        on: The day the months are counted to.

    Raises:
        InvalidValueError: If the cut-off is outside the years 1 to 9999.

    Examples:
        >>> cutoff_begun(1, Date(2024, 2, 16))
        Date(2024, 1, 15)
    """
    if not isinstance(on, dt.date):
        raise _misused(on)
    return cutoff_elapsed(months, from_ordinal(on.toordinal() - 1))


def month_end(day: Date) -> Date:
    """The last day of the month of *day*."""
    if not isinstance(day, dt.date):
        raise _misused(day)
    return Date(day.year, day.month, _last_of(day.year, day.month))


def text(day: Date, lang: str = Lang.EN) -> str:
    """The day as people write it.

    Args:
        day: Any day.
        lang: ``"zh"``, ``"en"`` or a `Lang`.

    Raises:
        UnknownNameError: If *lang* is no language of ours.

    Examples:
        >>> text(Date(2026, 1, 31), "zh"), text(Date(2026, 1, 31), "en")
        ('2026年1月31日', '31 Jan 2026')
    """
    if not isinstance(day, dt.date):
        raise _misused(day)
    if to_lang(lang) is Lang.ZH:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS_EN[day.month]} {day.year}"


def _last_of(year: int, month: int) -> int:
    if month == _FEBRUARY and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):
        return 29
    return _DAYS[month]


def _clamped(year: int, month: int, day: int) -> Date:  # noqa: PLR0917 - the order of a date
    try:
        if day <= 28:  # noqa: PLR2004 - every month has 28 days
            return Date(year, month, day)
        return Date(year, month, min(day, _last_of(year, month)))
    except (ValueError, OverflowError):
        expected = Phrase("推算不超出公元1年至9999年", "steps that stay within the years 1 to 9999")
        raise InvalidValueError(owner="", field="months", value=f"{year}-{month:02}", expected=expected) from None
