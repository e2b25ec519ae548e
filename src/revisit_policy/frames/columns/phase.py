"""Phases: stretches of days for which one plan serves, because the same editions and the same rules are in force on all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import Final

import attrs

from revisit_policy.decision.question import Question
from revisit_policy.frames.expressions.given import Asked
from revisit_policy.frames.subject import Subject
from revisit_policy.language.condition import Compare, comparisons
from revisit_policy.language.period import DECISION_DAY
from revisit_policy.policy.edition import Edition
from revisit_policy.values.dates import Date

#: Working days are counted within blocks of so many years, so that the days of a replay share one.
_YEARS: Final = 10

#: Of how many subjects the limits are kept.
_MEMORY: Final = 64


@attrs.frozen(kw_only=True)
class Phase:
    """What of a plan is not the same on all days.

    Args:
        passed: For every edition, whether all rows are under it or one after it, or none are, on any such day; ``None`` where it
            goes row by row.
        place: Between which of the days that rules are in force since or until it lies, twice their number below it, and one more
            if it is the next.
        years: The first and the last year in which working days are counted; ``None`` where no visits are planned.
        day: A day of the phase: it lies on the same side as all others of whatever the day of a decision is held against.
    """

    passed: tuple[bool | None, ...]
    place: int
    years: tuple[int, int] | None
    day: Date = attrs.field(eq=False)

    @classmethod
    def of(cls, subject: Subject, asked: Asked) -> Phase:
        """The phase of the day that is *asked* for.

        Raises:
            InvalidInputError: If the day lies before the first edition, or nothing says what a working day is.
        """
        if subject.rulebook is not None:
            subject.rulebook.edition_on(asked.on)  # refuses a day before the first
        limits, day = _limits(subject), asked.on.toordinal()
        place = bisect_left(limits, day) + bisect_right(limits, day)
        editions = () if subject.rulebook is None else subject.rulebook.editions
        return cls(passed=tuple(_has_passed(each, asked.on) for each in editions), place=place, years=_years(subject, asked), day=asked.on)


def _has_passed(edition: Edition, on: Date) -> bool | None:
    if on < edition.since:
        return False
    return True if edition.stock_until is None or on > edition.stock_until else None


def _years(subject: Subject, asked: Asked) -> tuple[int, int] | None:
    horizon = subject.horizon
    if horizon is None:
        return None
    question = Question(on=asked.on, until=asked.until, calendar=horizon.calendar)
    last = max(question.days_for(edited.policy.reader)[1] for edited in subject.editions if edited.policy is not None)
    return asked.on.year // _YEARS * _YEARS, max(asked.on, last).year // _YEARS * _YEARS + _YEARS - 1


@lru_cache(maxsize=_MEMORY)
def _limits(subject: Subject) -> tuple[int, ...]:
    """The days that the day of the decision is held against, in ascending order."""
    tables = (table for edited in subject.editions for table in (edited.policy or edited).graph.tables)
    parts = (part for table in tables for line in table.lines for part in comparisons(line.condition))
    return tuple(sorted({part.limit.toordinal() for part in parts if isinstance(part, Compare) and part.fact == DECISION_DAY}))
