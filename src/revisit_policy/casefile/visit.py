"""Visits that have taken place."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from revisit_policy.casefile import fields
from revisit_policy.errors import InvalidValueError
from revisit_policy.outcomes.visit import Finding, VisitKind, to_visit_kind, to_visit_method
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Labelled, OrderedLabelled
from revisit_policy.values.validation import fault, gather, gathering, names_known


def to_finding(value: Finding | str) -> Finding:
    """The finding itself or the one with this code.

    Raises:
        UnknownNameError: If there is none.
    """
    return Finding.parse(value)


@names_known
@attrs.frozen(kw_only=True, field_transformer=gathering)
class Visit:
    """A visit that has taken place, or an attempt that reached nobody. A planned visit is no `Visit`.

    Args:
        kind: Why it was made, a member of any labelled enumeration or the code of a `VisitKind`.
        method: By which means, likewise; codes are those of a `VisitMethod`.
        completed_on: The day it was completed.
        finding: What it found, or the code. ``not_reached`` is an attempt and answers nothing.

        reported_on: The day the visitor's finding was on file; ``None`` if it is not yet, or nobody recorded it.
        told_on: The day the borrower was told what came of it; ``None`` likewise.

    One that served several purposes is recorded once for each: who calls on the borrower and values the home on one day
    has made a periodic visit and a revaluation.

    Raises:
        InvalidInputError: If fields are malformed, it was reported before it was completed or told before it was reported, all of them
            together.

    Examples:
        >>> Visit(kind="periodic", method="phone", completed_on="2025-12-09", finding="satisfactory").method
        VisitMethod.PHONE
    """

    kind: Labelled = attrs.field(converter=to_visit_kind)
    method: OrderedLabelled = attrs.field(converter=to_visit_method)
    completed_on: Date = attrs.field(converter=fields.to_day)
    finding: Finding = attrs.field(converter=to_finding)
    reported_on: Date | None = attrs.field(default=None, converter=fields.day_or_unknown)
    told_on: Date | None = attrs.field(default=None, converter=fields.day_or_unknown)

    def __attrs_post_init__(self) -> None:
        gather(self, _reported_once_made, _told_once_reported)

    @property
    def reached_borrower(self) -> bool:
        """Whether it took place at all; an attempt that reached nobody changes nothing, whatever is asked."""
        return self.finding.reached_borrower


def untold(visits: Iterable[Visit], *, on: Date) -> tuple[Visit, ...]:
    """Of *visits* the last of each kind whose result the borrower has not been told by the end of the day *on*, by their days.

    What was made before a visit of which the borrower has been told is closed with it. A valuation is no visit to the borrower, and
    what one journey was recorded as for several purposes is one: the record stands that says when it was reported.
    """
    made = [each for each in visits if each.reached_borrower and each.kind != VisitKind.REVALUATION and each.completed_on <= on]
    closed = max((each.completed_on for each in made if each.told_on is not None and each.told_on <= on), default=None)
    last: dict[Labelled, Visit] = {}
    for each in sorted(made, key=lambda visit: (visit.completed_on, visit.reported_on is not None)):
        if closed is None or each.completed_on > closed:
            last[each.kind] = each
    by_day: dict[Date, Visit] = {}
    for each in sorted(last.values(), key=lambda visit: (visit.completed_on, visit.reported_on is None, str(visit.kind.value))):
        by_day.setdefault(each.completed_on, each)
    return tuple(by_day.values())


def _reported_once_made(visit: Visit) -> InvalidValueError | None:
    if visit.reported_on is not None and visit.reported_on < visit.completed_on:
        expected = Phrase("不早于 `completed_on`（{completed_on}）", "on or after `completed_on` ({completed_on})", completed_on=visit.completed_on)
        return fault("reported_on", str(visit.reported_on), expected)
    return None


def _told_once_reported(visit: Visit) -> InvalidValueError | None:
    """A fault if the borrower was told before there was anything to tell."""
    if visit.told_on is None:
        return None
    name = "completed_on" if visit.reported_on is None else "reported_on"
    day = visit.completed_on if visit.reported_on is None else visit.reported_on
    if visit.told_on < day:
        return fault("told_on", str(visit.told_on), Phrase("不早于 `{name}`（{day}）", "on or after `{name}` ({day})", name=name, day=day))
    return None
