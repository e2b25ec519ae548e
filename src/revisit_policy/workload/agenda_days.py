"""The visits of one office as places on a line of working days, which is what plans are reckoned in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property

import attrs

from revisit_policy.errors import InvalidInputError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date
from revisit_policy.values.validation import fault
from revisit_policy.values.working_days import WorkCalendar
from revisit_policy.workload.capacity import Capacity
from revisit_policy.workload.due_visit import DueVisit


@attrs.frozen(eq=False)
class AgendaDays:
    """Visits with the first and the last working day of each, as places among *days*.

    Args:
        visits: The visits, in any order.
        days: The working days from the first on which one can be made to the last, rising.
        opens: For every visit the place of the first working day of its window.
        closes: For every visit the place of the last.
    """

    visits: Sequence[DueVisit]
    days: Sequence[Date]
    opens: Sequence[int]
    closes: Sequence[int]

    @classmethod
    def of(cls, visits: Sequence[DueVisit], *, calendar: WorkCalendar, on: Date | None) -> AgendaDays:
        """The places of *visits* among the working days of *calendar* from *on*.

        Raises:
            InvalidInputError: If a window has no working day from *on*, naming the loan.
        """
        windows = {(visit.opens, visit.closes) for visit in visits}
        first = min((opens if on is None else max(on, opens) for opens, _ in windows), default=None)
        if first is None:
            return cls(visits, (), (), ())
        days = _working_days(first, max(closes for _, closes in windows), calendar=calendar.provisional())
        places = {window: _places(window, days) for window in windows}
        for visit in visits:
            opens, closes = places[visit.opens, visit.closes]
            if opens > closes:
                expected = Phrase(
                    "含工作日的窗口期{since}：{opens}至{closes}没有工作日",
                    "a window with a working day{since}: {opens} to {closes} has none",
                    since="" if on is None else Phrase("（自{on}起）", " from {on}", on=on),
                    opens=visit.opens,
                    closes=visit.closes,
                )
                raise InvalidInputError.of("spread", [fault("visits", visit.loan_no, expected)])
        found = [places[visit.opens, visit.closes] for visit in visits]
        return cls(visits, days, [opens for opens, _ in found], [closes for _, closes in found])

    @cached_property
    def skills(self) -> tuple[str, ...]:
        """The skills that visits need, in order of their names."""
        return tuple(sorted({visit.skill for visit in self.visits if visit.skill is not None}))

    def room(self, capacity: Capacity) -> list[int]:
        """The officers of every day."""
        return [capacity.on(day) for day in self.days]

    def skilled(self, capacity: Capacity | None) -> dict[str, list[int]]:
        """For every skill that visits need the officers of every day who have it; none where no capacity is given."""
        if capacity is None:
            return {}
        return {skill: [capacity.of_skill(skill, day) for day in self.days] for skill in self.skills}


def _working_days(first: Date, last: Date, *, calendar: WorkCalendar) -> list[Date]:
    days: list[Date] = []
    day = calendar.roll_forward(first)
    while day <= last:
        days.append(day)
        day = calendar.add_working_days(day, 1)
    return days


def _places(window: tuple[Date, Date], days: Sequence[Date]) -> tuple[int, int]:
    return bisect_left(days, window[0]), bisect_right(days, window[1]) - 1


def by_office(visits: Iterable[DueVisit]) -> dict[str | None, list[DueVisit]]:
    """The visits of every office by loan number, offices in order of their names, one without a name first."""
    found: dict[str | None, list[DueVisit]] = {}
    for visit in sorted(visits, key=lambda visit: visit.loan_no):
        found.setdefault(visit.office, []).append(visit)
    return dict(sorted(found.items(), key=lambda item: (item[0] is not None, item[0] or "")))
