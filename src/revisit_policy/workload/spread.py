"""Spreading: visits on working days inside their windows, office by office, with the least peak."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import count

import attrs

from revisit_policy.errors import InvalidInputError, InvalidValueError, UnknownNameError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.brief import few_of
from revisit_policy.values.dates import to_date
from revisit_policy.values.validation import fault, several
from revisit_policy.values.working_days import WorkCalendar
from revisit_policy.workload.agenda_days import AgendaDays, by_office
from revisit_policy.workload.capacity import Capacity
from revisit_policy.workload.crowding import worst_crowd
from revisit_policy.workload.due_visit import DueVisit
from revisit_policy.workload.earliest_deadline import Placing, by_deadline
from revisit_policy.workload.office_plan import OfficePlan, PlannedVisit
from revisit_policy.workload.urgent_first import urgent_first


@attrs.frozen
class Spread:
    """The plans of all offices, in order of their names."""

    offices: tuple[OfficePlan, ...] = attrs.field(repr=few_of)

    def of(self, office: str | None) -> OfficePlan:
        """The plan of one office.

        Raises:
            UnknownNameError: If it has no visits, with the nearest office that has.
        """
        for plan in self.offices:
            if plan.office == office:
                return plan
        raise UnknownNameError(kind=Phrase("机构", "office"), name=office, known=tuple(str(plan.office) for plan in self.offices))

    @property
    def unplaced(self) -> tuple[DueVisit, ...]:
        """All visits that found no day, office by office."""
        return tuple(visit for plan in self.offices for visit in plan.unplaced)


def spread(
    visits: Iterable[DueVisit],
    *,
    calendar: WorkCalendar,
    on: str | dt.date | None = None,
    capacity: int | Capacity | Mapping[str | None, int | Capacity] | None = None,
) -> Spread:
    """A working day for every visit, each office levelled by itself.

    Where every visit takes one officer and no skill binds, the peak is the least there is, and the crowd of the plan
    proves it. Otherwise the plan breaks no capacity, and its gap says how far it may be from the best. The more urgent
    is as early as no exchange can make it earlier.

    Args:
        visits: What has to find a day, in any order.
        calendar: The working days, beyond its confirmed days as it foresees them.
        on: The first day that can be used; windows that opened before count from it.
        capacity: Officers a working day: one figure or `Capacity` for every office, or by office. ``None``: as many as the
            least peak needs.

    Returns:
        A plan for every office. With a capacity some visits may stand in ``unplaced``; that all cannot be placed is said
        only with the interval that proves it (``is_impossible``).

    Raises:
        InvalidInputError: If a window has no working day, a loan is there twice in an office, or a capacity is malformed.
        UnknownNameError: If *capacity* is by office and an office with visits is not there.

    Examples:
        >>> from revisit_policy.values.cn_notices import CHINA
        >>> week = [DueVisit(f"L-{n}", opens="2026-12-07", closes=f"2026-12-{day:02}") for n, day in enumerate((7, 7, 8, 11, 11))]
        >>> plan = spread(week, calendar=CHINA).of(None)
        >>> plan.peak, [(str(day), officers) for day, officers in plan.by_day.items()]
        (2, [('2026-12-07', 2), ('2026-12-08', 2), ('2026-12-09', 1)])
        >>> plan.crowd.first, plan.crowd.last, plan.crowd.officers, plan.gap
        (Date(2026, 12, 7), Date(2026, 12, 7), 2, 0)
        >>> tight = spread(week, calendar=CHINA, capacity=1).of(None)
        >>> tight.is_impossible, [visit.loan_no for visit in tight.unplaced]
        (True, ['L-1'])
    """
    first = None if on is None else to_date(on, field="on")
    if not isinstance(calendar, WorkCalendar):
        raise InvalidInputError.of("spread", [fault("calendar", calendar, Phrase("工作日历", "a calendar of working days"))])
    offices = by_office(_checked(visits))
    return Spread(
        tuple(
            _plan(office, AgendaDays.of(there, calendar=calendar, on=first), capacity=_capacity_of(office, capacity))
            for office, there in offices.items()
        )
    )


def _checked(visits: Iterable[DueVisit]) -> list[DueVisit]:
    found = list(several(visits, field="visits", expected=Phrase("若干回访", "several visits")))
    met: set[tuple[str | None, str]] = set()
    for visit in found:
        if not isinstance(visit, DueVisit):
            raise InvalidInputError.of("spread", [fault("visits", visit, Phrase("若干回访", "several visits"))])
        if (visit.office, visit.loan_no) in met:
            raise InvalidInputError.of("spread", [fault("visits", visit.loan_no, Phrase("每一机构每笔贷款一次回访", "one visit a loan in an office"))])
        met.add((visit.office, visit.loan_no))
    return found


def _capacity_of(office: str | None, capacity: int | Capacity | Mapping[str | None, int | Capacity] | None) -> Capacity | None:
    if isinstance(capacity, Mapping):
        if office not in capacity:
            raise UnknownNameError(kind=Phrase("机构", "office"), name=office, known=tuple(str(name) for name in capacity))
        capacity = capacity[office]
    match capacity:
        case None | Capacity():
            return capacity
        case bool() | float():
            pass
        case int():
            return Capacity(capacity)
    found = InvalidValueError(owner="", field="capacity", value=capacity, expected=Phrase(
        "每个工作日的人数，为整数或 Capacity", "officers a working day, as a whole number or a Capacity"
    ))
    raise InvalidInputError.of("spread", [found])


def _plan(office: str | None, agenda: AgendaDays, *, capacity: Capacity | None) -> OfficePlan:
    crowd = worst_crowd(agenda, capacity)
    skilled = agenda.skilled(capacity)
    room, placing = _levelled(agenda, capacity, at_least=0 if crowd is None else crowd.least_peak)
    placing = urgent_first(agenda, placing, room, skilled=skilled)
    planned = [(day, visit) for day, visit in zip(placing, agenda.visits, strict=True) if day is not None]
    planned.sort(key=lambda item: (item[0], -item[1].urgency, item[1].loan_no))
    return OfficePlan(
        office=office,
        planned=tuple(PlannedVisit(visit, agenda.days[day]) for day, visit in planned),
        unplaced=tuple(visit for day, visit in zip(placing, agenda.visits, strict=True) if day is None),
        crowd=crowd,
    )


def _levelled(agenda: AgendaDays, capacity: Capacity | None, *, at_least: int) -> tuple[list[int], Placing]:
    """The room a day, as little as all visits need, and a day for each; the whole capacity where that is not enough."""
    skilled = agenda.skilled(capacity)
    widest = max((visit.officers for visit in agenda.visits), default=0)
    for peak in count(max(at_least, widest, 1)):
        room = [peak if capacity is None else min(peak, capacity.on(day)) for day in agenda.days]
        placing = by_deadline(agenda, room, skilled=skilled)
        if None not in placing or (capacity is not None and peak >= max(agenda.room(capacity), default=0)):
            return room, placing
    raise AssertionError("some peak is enough for all, at the latest everybody on one day")
