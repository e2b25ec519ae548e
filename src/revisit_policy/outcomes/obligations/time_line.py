"""What is due as a picture: a lane for each kind of visit and of duty, from the earliest day that matters to the horizon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from revisit_policy.outcomes.obligations.desk_duty import DeskDuty
from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.speech.joining import aside, clauses, headed
from revisit_policy.values.dates import Date, add_months, from_ordinal, text
from revisit_policy.values.labels import Label, Labelled, Lang, OrderedLabelled
from revisit_policy.values.markup.picture import Span, timeline
from revisit_policy.values.working_days import WorkCalendar

_SAID: Final = Label(
    "{on}至{until}的回访：虚线竖线为{on}；框为时间窗口，框内竖线为建议完成日；细线为出结果的最早至最迟之日，圆圈为预计之日；实心为已逾期，虚线框为预测",
    "visits from {on} to {until}: the dashed line is {on}; a bar is a window, the line in it the day to aim at; its result can come"
    " along the thin line and is expected at the ring; solid is overdue, an outline is foreseen",
)
_FROM_TO: Final = Label("{opens}至{closes}", "{opens} to {closes}")
_RESULT: Final = Label("预计{day}有结果", "result expected {day}")
_MISSED: Final = Label("应于{day}前完成", "should have been done by {day}")
_QUARTER: Final = 3
_SATURDAY: Final = 5
_BEFORE: Final = 92
"""Days before today that are shown: what is late for longer begins at the left edge."""
_LONG: Final = 400
"""Days from which on quarters alone are written above the lanes."""


#: What stands before a visit, by the place of its method: the more it can see, the more corners; nothing where nobody is reached.
_SIGNS: Final = ("", "circle", "square", "diamond", "triangle")
_BANDS: Final = 60
"""Days ahead for which holidays are shaded: what is nearer than that is being planned."""
_HOLIDAYS: Final = Label("{first}至{last}放假", "off from {first} to {last}")
_HOLIDAY: Final = Label("放假", "days off")
_UNCONFIRMED: Final = Label("{first}起放假安排尚未公布", "days off not announced from {first}")


def time_line(
    due: Iterable[Revisit | DeskDuty], lang: Lang, *, on: Date, until: Date, calendar: WorkCalendar | None = None
) -> str:
    """What is *due* from *on* to *until* as a picture; what is late is shown from a quarter before *on*.

    The days off of the *calendar* in the next sixty days are shaded, and what it does not know for certain is striped.
    """
    due = tuple(due)
    lanes: dict[Labelled, list[Span]] = {}
    for item in due:
        lanes.setdefault(item.kind, []).append(_visit(item, lang, on=on) if isinstance(item, Revisit) else _duty(item, lang, on=on))
    now, last = on.toordinal(), until.toordinal()
    first = max(min((now, *(span.first for spans in lanes.values() for span in spans))), now - _BEFORE)
    rows = [(kind.label(lang), spans) for kind, spans in lanes.items()]
    behind = [] if calendar is None else [*_holidays(calendar, lang, on=on), *_unconfirmed(calendar, lang, until=until)]
    told = {visit.method: _SIGNS[_place(visit.method)] for visit in due if isinstance(visit, Revisit)}
    key = [(told[method], method.label(lang)) for method in sorted(told, key=_place) if told[method]]
    key += [("striped", span.says) if span.is_open else ("pale", _HOLIDAY.text(lang)) for span in {span.is_open: span for span in behind}.values()]
    title = _SAID.filled(lang, on=text(on, lang), until=text(until, lang))
    return timeline(rows, first=first, last=last, now=now, ticks=_months(first, last), behind=behind, key=key, title=title)


def _place(method: OrderedLabelled) -> int:
    return min(method.severity, len(_SIGNS) - 1)


def _holidays(calendar: WorkCalendar, lang: Lang, *, on: Date) -> Iterator[Span]:
    """Every run of days off in the next sixty days that is more than a weekend."""
    known = min(on.toordinal() + _BANDS, calendar.confirmed[1].toordinal())
    runs: list[list[int]] = []
    for day in range(max(on, calendar.confirmed[0]).toordinal(), known + 1):
        if not calendar.is_working(from_ordinal(day)):
            if runs and runs[-1][-1] == day - 1:
                runs[-1].append(day)
            else:
                runs.append([day])
    for run in runs:
        if any(from_ordinal(day).weekday() < _SATURDAY for day in run):
            first, last = (text(from_ordinal(day), lang) for day in (run[0], run[-1]))
            yield Span(run[0], run[-1], _HOLIDAYS.filled(lang, first=first, last=last))


def _unconfirmed(calendar: WorkCalendar, lang: Lang, *, until: Date) -> Iterator[Span]:
    first = calendar.confirmed[1].toordinal() + 1
    if first <= until.toordinal():
        yield Span(first, until.toordinal(), _UNCONFIRMED.filled(lang, first=text(from_ordinal(first), lang)), is_open=True)


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
        reach=(visit.result.earliest.toordinal(), visit.result.latest.toordinal()),
        sign=_SIGNS[_place(visit.method)],
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
