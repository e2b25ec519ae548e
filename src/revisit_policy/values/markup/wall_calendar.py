"""The days of a book as a wall calendar: a row for each week, a cell for each day with how much is to be done by then."""

from collections.abc import Collection, Mapping, Sequence
from html import escape
from typing import Final

from revisit_policy.values.dates import Date, from_ordinal
from revisit_policy.values.markup.fitting import fitted
from revisit_policy.values.markup.picture import WIDTH, drawing

_DAYS: Final = 7
_LABELS: Final = 96
_CELL: Final = 60
_ROW: Final = 26
_BARS: Final = _LABELS + _DAYS * _CELL + 14
_NUMBERS: Final = 40
_TEXT: Final = 12


def wall_calendar(  # noqa: PLR0913 - what is counted, when, and against what
    counts: Mapping[Date, int], *, first: Date, weeks: int, weekdays: Sequence[str], off: Collection[Date] = (), capacity: int | None = None, title: str
) -> str:
    """How much closes on each day of some *weeks*, and how much in each week against what can be done in one.

    A day off is struck through, a working day at a weekend is framed, and a week above its capacity is solid.

    Args:
        counts: How much closes on a day; what is left out is nothing, what lies outside is not shown.
        first: A day of the first week.
        weeks: How many weeks are shown.
        weekdays: What the days of a week are called, Monday first.
        off: The days on which nobody works, weekends among them.
        capacity: How much can be done in a week; ``None`` if nobody said.
        title: What the picture shows, for whoever cannot see it.

    Examples:
        >>> picture = wall_calendar({Date(2026, 11, 25): 3}, first=Date(2026, 11, 23), weeks=2, weekdays="MTWTFSS", title="visits by day")
        >>> "2026-11-25: 3" in picture, picture.count("<rect")
        (True, 16)
    """
    begins = first.toordinal() - first.weekday()
    days = [[from_ordinal(begins + week * _DAYS + day) for day in range(_DAYS)] for week in range(weeks)]
    sums = [sum(counts.get(day, 0) for day in week) for week in days]
    most = max((counts.get(day, 0) for week in days for day in week), default=0)
    scale = max([*sums, capacity or 0, 1])
    marks = [
        f'<text x="{_LABELS + at * _CELL + _CELL // 2}" y="17" text-anchor="middle">{escape(fitted(name, room=_CELL, size=_TEXT))}</text>'
        for at, name in enumerate(weekdays)
    ]
    for row, (week, total) in enumerate(zip(days, sums, strict=True)):
        top = _ROW * (row + 1)
        marks.append(f'<text x="0" y="{top + 17}">{week[0]}</text>')
        marks += [_day(day, counts.get(day, 0), most=most, top=top, is_off=day in off) for day in week]
        marks.append(_week(week[0], total, scale=scale, top=top, is_over=capacity is not None and total > capacity))
    if capacity is not None:
        x = _BARS + (WIDTH - _BARS - _NUMBERS) * capacity // scale
        marks.append(f'<path d="M{x} {_ROW}V{_ROW * (weeks + 1)}" stroke="currentColor" stroke-dasharray="3 3"><title>{capacity}</title></path>')
    return drawing(marks, height=_ROW * (weeks + 1), size=_TEXT, title=title)


_SATURDAY: Final = 5


def _day(day: Date, count: int, *, most: int, top: int, is_off: bool) -> str:
    left = _LABELS + day.weekday() * _CELL
    shade = f"{0.05 + 0.4 * count / most:.2f}" if count else "0.03"
    frame = ' stroke="currentColor" stroke-width="1.5"' if day.weekday() >= _SATURDAY and not is_off else ' stroke="none"'
    marks = f'<rect x="{left + 1}" y="{top + 1}" width="{_CELL - 2}" height="{_ROW - 2}" fill="currentColor" fill-opacity="{shade}"{frame}/>'
    if is_off:
        marks += f'<path d="M{left + 6} {top + _ROW - 6}L{left + _CELL - 6} {top + 6}" stroke="currentColor" stroke-opacity="0.35"/>'
    if count:
        marks += f'<text x="{left + _CELL // 2}" y="{top + 17}" text-anchor="middle">{count}</text>'
    return f"<g><title>{day}: {count}</title>{marks}</g>"


def _week(monday: Date, total: int, *, scale: int, top: int, is_over: bool) -> str:
    long = (WIDTH - _BARS - _NUMBERS) * total // scale
    look = ' fill="currentColor"' if is_over else ' fill="currentColor" fill-opacity="0.35"'
    bar = f'<rect x="{_BARS}" y="{top + 6}" width="{long}" height="14"{look}><title>{monday}: {total}</title></rect>'
    return f'{bar}<text x="{_BARS + long + 4}" y="{top + 17}">{total}</text>'
