"""Hours: a stretch of every day, by the clock of whoever is reached."""

from __future__ import annotations

import re
from typing import Final

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.moments import DAY_MINUTES, Moment, at_minute, minute_of
from revisit_policy.values.validation import fault, gather, gathering, refused

_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00", re.ASCII)


def _to_minute(value: str | int) -> int:
    match value:
        case str() if _CLOCK.fullmatch(value):
            return int(value[:2]) * 60 + int(value[3:])
        case int() if type(value) is int and 0 <= value <= DAY_MINUTES:
            return value
        case _:
            pass
    raise refused(value, Phrase("一天中的时刻，如 08:00", "a time of day such as 08:00"))


@attrs.frozen(field_transformer=gathering, repr=False)
class Hours:
    """From one time of day up to another, over midnight where the second is earlier.

    Args:
        begin: The first minute, inclusive, as ``HH:MM``, or as minutes from midnight, in which it is kept.
        end: The first minute after it, exclusive, likewise; ``24:00`` is midnight.

    Raises:
        InvalidInputError: If a time is malformed, or the two are equal.

    Examples:
        >>> night = Hours("22:00", "08:00")
        >>> from revisit_policy.values.moments import to_moment
        >>> to_moment("2026-11-24T07:59+08:00") in night, to_moment("2026-11-24T08:00+08:00") in night
        (True, False)
    """

    begin: int = attrs.field(converter=_to_minute)
    end: int = attrs.field(converter=_to_minute)

    def __attrs_post_init__(self) -> None:
        gather(self, _has_length)

    def __contains__(self, moment: Moment) -> bool:
        minute = minute_of(moment)
        if self.begin < self.end:
            return self.begin <= minute < self.end
        return minute >= self.begin or minute < self.end

    def next_begin(self, moment: Moment) -> Moment:
        """The first moment within the hours, from a moment on; itself if it lies in them."""
        return moment if moment in self else _next(moment, self.begin)

    def next_end(self, moment: Moment) -> Moment:
        """The first moment outside the hours, from a moment on; itself if it lies outside."""
        return _next(moment, self.end) if moment in self else moment

    @property
    def text(self) -> str:
        """The hours as ``22:00–08:00``."""
        return f"{_clock(self.begin)}–{_clock(self.end)}"

    def __repr__(self) -> str:
        return f"Hours({_clock(self.begin)!r}, {_clock(self.end)!r})"


def to_hours(value: Hours) -> Hours:
    """The hours themselves.

    Raises:
        InvalidValueError: If they are none.
    """
    if isinstance(value, Hours):
        return value
    raise refused(value, Phrase("Hours", "Hours"))


def _has_length(hours: Hours) -> InvalidValueError | None:
    return (
        fault("end", _clock(hours.end), Phrase("不同于 `begin` 的时刻", "another time than `begin`"))
        if hours.begin % DAY_MINUTES == hours.end % DAY_MINUTES
        else None
    )


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _next(moment: Moment, minute: int) -> Moment:
    """The first moment after this one at which clocks show that minute."""
    today = at_minute(moment, minute)
    return today if today > moment else at_minute(moment, minute + DAY_MINUTES)
