"""The days on which the US federal government is closed, by 5 U.S.C. 6103: the working days of a servicer there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from revisit_policy.values import Notice, NoticeCalendar

#: Month, weekday from 0 for Monday, and which of them in the month; the last is -1.
MOVABLE = ((1, 0, 3), (2, 0, 3), (5, 0, -1), (9, 0, 1), (10, 0, 2), (11, 3, 4))
FIXED = ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))
JUNETEENTH = (6, 19), 2021


def federal_holidays(year: int) -> Iterator[dt.date]:
    """The holidays of a *year* as they are kept: on the Friday before a Saturday and on the Monday after a Sunday."""
    for month, weekday, nth in MOVABLE:
        days = [day for day in _month(year, month) if day.weekday() == weekday]
        yield days[nth - 1 if nth > 0 else nth]
    for month, day in FIXED:
        if (month, day) != JUNETEENTH[0] or year >= JUNETEENTH[1]:
            fixed = dt.date(year, month, day)
            yield fixed + dt.timedelta(days={5: -1, 6: 1}.get(fixed.weekday(), 0))


def _month(year: int, month: int) -> Iterator[dt.date]:
    return (dt.date(year, month, 1) + dt.timedelta(days=n) for n in range(31) if (dt.date(year, month, 1) + dt.timedelta(days=n)).month == month)


US = NoticeCalendar("US", notices=[Notice(year, off=federal_holidays(year)) for year in range(2015, 2036)])
