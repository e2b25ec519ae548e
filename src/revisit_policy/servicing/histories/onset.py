"""Onsets: the day on which something began that is still so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Final, TypeVar

import attrs

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.event import Event
from revisit_policy.servicing.histories.history import History, case_on
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.labels import Labelled
from revisit_policy.values.validation import checked, fault, several

Told = TypeVar("Told", bound=Hashable)

_ONE_DAY: Final = dt.timedelta(days=1)
_TELLS: Final = Phrase("以案件与日期为参数、给出若干事项（可为空）的函数", "a function of a case file and a day that gives several things, or none")


def onsets(
    history: History,
    told: Callable[[CaseFile, Date], Iterable[Told]],
    *,
    since: str | Date,
    on: str | Date,
    known_at: str | Date | None = None,
    carried: Mapping[Told, Date] | None = None,
) -> dict[Told, Date]:
    """Since when all that is told on a day has been told without a break.

    It folds over the days: what is told on a day keeps the day it has, or begins on it. So the answer of one night, *carried*
    into the next, is the same as asking again from the beginning.

    Args:
        history: What was known when.
        told: What is told of a case file on a day, such as the codes of a decision's signals.
        since: The first day that is asked about. What is told on it may have begun earlier.
        on: The last one; not before *since*.
        known_at: The day at whose end the bank knew, the same for all days: when did it begin, by what is known then? Left out,
            each day is judged by what was known on it: when was it first seen?
        carried: What an earlier call found for the day before *since*, asked in the same way; left out, nothing.

    Returns:
        What is told on the last day, in the order in which it was told then, with the first day of each.

    Raises:
        InvalidValueError: If a day is malformed or lies before the history begins, or *on* before *since*.
    """
    first, last = to_date(since, field="since"), to_date(on, field="on")
    if last < first:
        raise fault("on", last, Phrase("不早于 `since`（{first}）", "on or after `since` ({first})", first=first))
    checked(told, Callable, field="told", expected=_TELLS)  # type: ignore[arg-type] # an abstract class too
    found = checked({} if carried is None else carried, Mapping, field="carried", expected=Phrase("按所述事项给出的日期", "days by what is told"))
    day = first
    while day <= last:
        found = {each: found.get(each, day) for each in several(told(case_on(history, on=day, known_at=known_at), day), field="told", expected=_TELLS)}
        day += _ONE_DAY
    return dict(found)


def with_onsets(case: CaseFile, found: Mapping[Labelled, Date]) -> CaseFile:
    """The case file in which signals begin on the days that `onsets` has found; what it said of their beginnings is replaced.

    Raises:
        InvalidValueError: If an argument is malformed.
        InvalidInputError: If *found* has no codes of signals, or no days.
    """
    events = {event.code: event for event in checked(case, CaseFile, field="case", expected=Phrase("CaseFile", "a CaseFile")).events}
    for code, since in checked(found, Mapping, field="found", expected=Phrase("按信号代码给出的日期", "days by the codes of signals")).items():
        event = Event(code, since=since)
        events[event.code] = event
    return attrs.evolve(case, events=tuple(events.values()))
