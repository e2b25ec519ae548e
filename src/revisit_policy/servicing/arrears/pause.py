"""Pauses: days that do not count as days past due."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import attrs

from revisit_policy.casefile import fields
from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.labels import Labelled
from revisit_policy.values.validation import fault, gather, gathering, several, to_tuple


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Pause:
    """A time in which no day counts as past due, although what was due is still owed.

    Args:
        begins_on: The first day that does not count.
        resumes_on: The first day that counts again, after *begins_on*; ``None`` while the pause lasts.

    Raises:
        InvalidInputError: If fields are malformed, or the pause has no day.

    Examples:
        >>> Pause(begins_on="2025-04-01", resumes_on="2025-04-01")
        Traceback (most recent call last):
        revisit_policy.errors.InvalidInputError: `Pause.resumes_on` must be after `begins_on` (2025-04-01), got `Date(2025, 4, 1)` (Date)
    """

    begins_on: Date = attrs.field(converter=fields.to_day)
    resumes_on: Date | None = attrs.field(default=None, converter=fields.day_or_unknown)

    def __attrs_post_init__(self) -> None:
        gather(self, _has_a_day)


def _has_a_day(pause: Pause) -> InvalidValueError | None:
    if pause.resumes_on is None or pause.resumes_on > pause.begins_on:
        return None
    return fault("resumes_on", pause.resumes_on, Phrase("晚于 `begins_on`（{begins_on}）", "after `begins_on` ({begins_on})", begins_on=pause.begins_on))


def overlap_of(pauses: tuple[Pause, ...]) -> InvalidValueError | None:
    """What is wrong with *pauses*, sorted by their first days, if two of them share a day; one may begin as another ends."""
    for earlier, later in pairwise(pauses):
        if earlier.resumes_on is None:
            return fault(
                "pauses",
                later.begins_on,
                Phrase("早于{begins_on}：其后有未定期限的暂停", "before {begins_on}, since when a pause without end lasts", begins_on=earlier.begins_on),
            )
        if later.begins_on < earlier.resumes_on:
            return fault(
                "pauses",
                later.begins_on,
                Phrase(
                    "不早于{resumes_on}（{begins_on}的暂停结束之日）",
                    "on or after {resumes_on}, when the pause of {begins_on} ends",
                    resumes_on=earlier.resumes_on,
                    begins_on=earlier.begins_on,
                ),
            )
    return None


class PauseMark(Labelled, zh="暂停标记"):
    """What a system of record notes of a pause."""

    PAUSE = "pause", "暂停计算", "pause"
    RESUME = "resume", "恢复计算", "resume"


def pauses_of(marks: Iterable[tuple[str | Date, PauseMark | str]]) -> tuple[Pause, ...]:
    """The pauses that a list of marks tells.

    Args:
        marks: Days, each with what was noted on it or the code, in order of time. On one day a resume may come before
            the next pause.

    Returns:
        The pauses in order; the last one has no end if it was not resumed.

    Raises:
        InvalidValueError: If marks are out of order, a resume has no pause, a pause begins inside another, or ends on the day it
            began.
        UnknownNameError: If a mark is none.

    Examples:
        >>> pauses_of([("2025-04-01", "pause"), ("2025-05-01", "resume"), ("2025-05-01", "pause")])
        (Pause(begins_on=Date(2025, 4, 1), resumes_on=Date(2025, 5, 1)), Pause(begins_on=Date(2025, 5, 1), resumes_on=None))
        >>> pauses_of([("2025-04-01", "resume")])
        Traceback (most recent call last):
        revisit_policy.errors.InvalidValueError: `marks` must be a pause before any resume, got `Date(2025, 4, 1)` (Date)
    """
    found: list[Pause] = []
    began: Date | None = None
    latest: Date | None = None
    for pair in several(marks, field="marks", expected=Phrase("若干（日期，标记）对", "pairs of a day and a mark")):
        day, mark = _to_mark(pair)
        if latest is not None and day < latest:
            raise fault("marks", day, Phrase("依时间先后：不早于{latest}", "in order of time: on or after {latest}", latest=latest))
        latest = day
        if mark is PauseMark.PAUSE:
            began = _begun(began, day)
        else:
            found.append(_ended(began, day))
            began = None
    return (*found, *([] if began is None else [Pause(begins_on=began)]))


def _to_mark(pair: tuple[str | Date, PauseMark | str]) -> tuple[Date, PauseMark]:
    match to_tuple(pair):
        case (day, mark):
            return to_date(day, field="marks"), PauseMark.parse(mark)
        case _:
            raise fault("marks", pair, Phrase("若干（日期，标记）对", "pairs of a day and a mark"))


def _begun(running: Date | None, day: Date) -> Date:
    if running is not None:
        raise fault(
            "marks",
            day,
            Phrase("再次暂停前须先恢复：{running}的暂停尚未结束", "a resume before another pause: the pause of {running} still lasts", running=running),
        )
    return day


def _ended(running: Date | None, day: Date) -> Pause:
    if running is None:
        raise fault("marks", day, Phrase("恢复之前须有暂停", "a pause before any resume"))
    if day == running:
        raise fault("marks", day, Phrase("晚于{running}（暂停之日）的恢复", "a resume after {running}, when the pause began", running=running))
    return Pause(begins_on=running, resumes_on=day)
