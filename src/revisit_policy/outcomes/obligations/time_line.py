"""What is due as a picture: a lane for each kind of visit and of duty, from the earliest day that matters to the horizon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from revisit_policy.outcomes.obligations.desk_duty import DeskDuty
from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.speech.joining import aside, clauses, headed
from revisit_policy.values.dates import Date, add_months, text
from revisit_policy.values.labels import Label, Labelled, Lang
from revisit_policy.values.markup.picture import Span, timeline

_SAID: Final = Label(
    "{on}至{until}的回访：虚线竖线为{on}；框为时间窗口，框内竖线为建议完成日，圆圈为预计出结果之日；实心为已逾期，虚线框为预测",
    "visits from {on} to {until}: the dashed line is {on}; a bar is a window, the line in it the day to aim at, the ring the day its result is"
    " expected; solid is overdue, an outline is foreseen",
)
_FROM_TO: Final = Label("{opens}至{closes}", "{opens} to {closes}")
_RESULT: Final = Label("预计{day}有结果", "result expected {day}")
_MISSED: Final = Label("应于{day}前完成", "should have been done by {day}")
_QUARTER: Final = 3
_BEFORE: Final = 92
"""Days before today that are shown: what is late for longer begins at the left edge."""
_LONG: Final = 400
"""Days from which on quarters alone are written above the lanes."""


def time_line(due: Iterable[Revisit | DeskDuty], lang: Lang, *, on: Date, until: Date) -> str:
    """What is *due* from *on* to *until* as a picture; what is late is shown from a quarter before *on*."""
    lanes: dict[Labelled, list[Span]] = {}
    for item in due:
        lanes.setdefault(item.kind, []).append(_visit(item, lang, on=on) if isinstance(item, Revisit) else _duty(item, lang, on=on))
    now, last = on.toordinal(), until.toordinal()
    first = max(min((now, *(span.first for spans in lanes.values() for span in spans))), now - _BEFORE)
    rows = [(kind.label(lang), spans) for kind, spans in lanes.items()]
    return timeline(rows, first=first, last=last, now=now, ticks=_months(first, last), title=_SAID.filled(lang, on=text(on, lang), until=text(until, lang)))


def _visit(visit: Revisit, lang: Lang, *, on: Date) -> Span:
    result = visit.result.expected
    said = clauses((*_window_said(visit, lang), _RESULT.filled(lang, day=text(result, lang))), lang)
    first, last = _days(visit, on)
    return Span(
        first,
        last,
        headed(aside(visit.kind.label(lang), visit.method.label(lang), lang), said, lang),
        is_open=visit.is_projection,
        is_late=visit.is_overdue,
        tick=None if visit.is_overdue else visit.window.due.toordinal(),
        point=result.toordinal(),
    )


def _duty(duty: DeskDuty, lang: Lang, *, on: Date) -> Span:
    first, last = _days(duty, on)
    return Span(first, last, headed(duty.kind.label(lang), clauses(_window_said(duty, lang), lang), lang), is_late=duty.is_late)


def _days(due: Revisit | DeskDuty, on: Date) -> tuple[int, int]:
    """The window; of what was missed the days since."""
    window = due.window
    if window.missed_on is not None:
        return window.missed_on.toordinal(), max(on, window.missed_on).toordinal()
    return window.opens.toordinal(), window.closes.toordinal()


def _window_said(due: Revisit | DeskDuty, lang: Lang) -> Iterator[str]:
    window = due.window
    if window.missed_on is None:
        yield _FROM_TO.filled(lang, opens=text(window.opens, lang), closes=text(window.closes, lang))
    else:
        yield _MISSED.filled(lang, day=text(window.missed_on, lang))


def _months(first: int, last: int) -> Iterable[tuple[int, str]]:
    """The first days of months with what is written there: the year in January, else the month."""
    day = Date.fromordinal(first)
    month = Date(day.year, day.month, 1)
    while month.toordinal() <= last:
        if last - first < _LONG or month.month % _QUARTER == 1:
            yield month.toordinal(), str(month.year) if month.month == 1 else f"{month.month:02}"
        month = add_months(month, 1)
