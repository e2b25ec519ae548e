"""Moments: a time of day on a day, at a place, which is what rules of contact speak of.

A moment always carries its offset from universal time: 19:30 alone is a different moment in Guangzhou and in Ürümqi. There
is no "now" and no time zone by name, whose rules change with whoever reads them; the offset is written down.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final, TypeAlias

from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, text
from revisit_policy.values.labels import Lang, to_lang
from revisit_policy.values.validation import fault

__all__ = ["DAY_MINUTES", "Moment", "at_minute", "day_of", "minute_of", "moment_text", "offset_of", "to_moment", "to_offset", "with_offset"]

Moment: TypeAlias = dt.datetime
"""A time of day on a day, with its offset from universal time; `to_moment` makes sure of the offset."""

#: The minutes of a day.
DAY_MINUTES: Final = 24 * 60
_WRITTEN: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?([+-]\d{2}:\d{2}|Z)", re.ASCII)
_OFFSET: Final = re.compile(r"[+-]\d{2}:\d{2}", re.ASCII)
_EXPECTED: Final = Phrase("带时差的时刻，如 2026-11-24T19:30+08:00", "a time with its offset, such as 2026-11-24T19:30+08:00")
_FURTHEST: Final = 14 * 60


def to_moment(value: str | Moment, *, field: str = "") -> Moment:
    """The moment that *value* names, to the second.

    Args:
        value: A datetime with an offset, or text such as ``2026-11-24T19:30+08:00``.
        field: The parameter that took *value*, to be named if it is refused.

    Raises:
        InvalidValueError: If it is anything else, such as a time without an offset.

    Examples:
        >>> to_moment("2026-11-24T19:30+08:00").isoformat()
        '2026-11-24T19:30:00+08:00'
        >>> to_moment("2026-11-24T19:30")
        Traceback (most recent call last):
        revisit_policy.errors.InvalidValueError: `value` must be a time with its offset, such as 2026-11-24T19:30+08:00, got `'2026-11-24T19:30'`
    """
    found = value
    if isinstance(value, str) and _WRITTEN.fullmatch(value):
        try:
            found = Moment.fromisoformat(value)
        except ValueError:
            raise fault(field, value, Phrase("存在的时刻", "a time that exists")) from None
    if not isinstance(found, Moment) or (offset := found.utcoffset()) is None:
        raise fault(field, value, _EXPECTED)
    return Moment.combine(found.date(), found.time().replace(microsecond=0), tzinfo=dt.timezone(offset))


def to_offset(value: str, *, field: str = "offset") -> dt.timezone:
    """The offset from universal time that *value* writes, such as ``+08:00``.

    Raises:
        InvalidValueError: If it is none.
    """
    match value:
        case str() if _OFFSET.fullmatch(value):
            hours, minutes = int(value[1:3]), int(value[4:])
            whole = hours * 60 + minutes
            if minutes < 60 and whole <= _FURTHEST:  # noqa: PLR2004 - minutes of an hour
                return dt.timezone(dt.timedelta(minutes=-whole if value[0] == "-" else whole))
        case _:
            pass
    raise fault(field, value, Phrase("14小时以内的时差，如 +08:00", "an offset such as +08:00, within 14 hours"))


def offset_of(moment: Moment) -> dt.timezone:
    """The offset of a moment from universal time."""
    offset = moment.utcoffset()
    if offset is None:
        raise fault("moment", moment, _EXPECTED)
    return dt.timezone(offset)


def with_offset(moment: Moment, offset: dt.timezone) -> Moment:
    """The same moment as clocks with that offset show it."""
    return moment.astimezone(offset)


def day_of(moment: Moment) -> Date:
    """The day of a moment where it is."""
    return Date(moment.year, moment.month, moment.day)


def minute_of(moment: Moment) -> int:
    """The minutes since midnight where it is; a minute begun is not counted."""
    return moment.hour * 60 + moment.minute


def at_minute(moment: Moment, minute: int) -> Moment:
    """So many minutes after the midnight that began the day of a moment, at its offset.

    Args:
        moment: Whose day and offset are meant.
        minute: From midnight; `DAY_MINUTES` is the next midnight.
    """
    midnight = moment.replace(hour=0, minute=0, second=0)
    return midnight + dt.timedelta(minutes=minute)


def moment_text(moment: Moment, lang: str = Lang.EN) -> str:
    """The moment as people write it, by its own clock.

    Examples:
        >>> moment = to_moment("2026-11-24T08:05+08:00")
        >>> moment_text(moment, "zh"), moment_text(moment, "en")
        ('2026年11月24日08:05', '24 Nov 2026, 08:05')
    """
    if not isinstance(moment, Moment):
        raise InvalidValueError(owner="", field="moment", value=moment, expected=_EXPECTED)
    between = "" if to_lang(lang) is Lang.ZH else ", "
    return f"{text(day_of(moment), lang)}{between}{moment:%H:%M}"
