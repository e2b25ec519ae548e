"""How a plan asks a calendar that does not know everything."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from revisit_policy.errors import OutsideCalendarError
from revisit_policy.planning.plan_calendar import PlanCalendar, day_after, halfway, months_after
from revisit_policy.values.cn_notices import CHINA
from revisit_policy.values.dates import Date, add_months, from_ordinal
from revisit_policy.values.working_days import Basis, Notice, NoticeCalendar, WorkCalendar

PLANNED = PlanCalendar.of(CHINA)
LATER = CHINA.provisional()
DAYS = st.integers(Date(2001, 1, 1).toordinal(), Date(2032, 1, 1).toordinal()).map(from_ordinal)
CONFIRMED = st.integers(Date(2004, 1, 1).toordinal(), Date(2026, 12, 28).toordinal()).map(from_ordinal)


@given(CONFIRMED, st.integers(1, 30))
def test_a_confirmed_day_is_answered_as_the_calendar_answers_it(day: Date, count: int) -> None:
    assert PLANNED.forward(day) == PLANNED.working_from(day) == LATER.roll_forward(day)
    assert PLANNED.after(day, count) == LATER.add_working_days(day, count)
    assert PLANNED.basis(day, day) is Basis.CONFIRMED


@given(CONFIRMED)
def test_a_confirmed_day_moves_back_as_the_calendar_moves_it(day: Date) -> None:
    try:
        expected = CHINA.roll_back(day)
    except OutsideCalendarError:
        expected = day
    assert PLANNED.back(day) == expected


@given(DAYS, st.integers(1, 30))
def test_every_day_has_an_answer(day: Date, count: int) -> None:
    assert PLANNED.back(day) <= day <= PLANNED.forward(day)
    assert day <= PLANNED.working_from(day)
    assert day < PLANNED.after(day, count)


@pytest.mark.parametrize("day", [Date(2003, 12, 20), Date(2027, 1, 2)], ids=["before the first notice", "after the last"])
def test_a_day_that_is_not_confirmed_stays_where_it_is(day: Date) -> None:
    assert day.isoweekday() == 6
    assert PLANNED.forward(day) == day == PLANNED.back(day)
    assert PLANNED.basis(day, day) is Basis.PROVISIONAL


BEFORE = {
    "a Friday and one day more is Monday": (Date(2003, 12, 19), 1, Date(2003, 12, 22)),
    "a Saturday and one day more is Monday": (Date(2003, 12, 20), 1, Date(2003, 12, 22)),
    "a Monday and a week of five days more is Monday": (Date(2003, 12, 8), 5, Date(2003, 12, 15)),
}


@pytest.mark.parametrize(("day", "count", "expected"), BEFORE.values(), ids=BEFORE)
def test_where_the_calendar_knows_nothing_days_run_from_monday_to_friday(day: Date, count: int, expected: Date) -> None:
    assert PLANNED.after(day, count) == expected


def test_beyond_the_last_provisional_day_days_run_from_monday_to_friday() -> None:
    last = Date(2199, 12, 31)
    assert last.isoweekday() == 2
    assert PLANNED.after(last, 3) == Date(2200, 1, 3)
    assert PLANNED.working_from(Date(2200, 1, 4)) == Date(2200, 1, 6)


def test_a_basis_is_confirmed_only_if_both_days_are() -> None:
    assert PLANNED.basis(Date(2026, 12, 1), Date(2026, 12, 28)) is Basis.CONFIRMED
    assert PLANNED.basis(Date(2026, 12, 1), Date(2026, 12, 29)) is Basis.PROVISIONAL
    assert PLANNED.basis(Date(2003, 12, 31), Date(2004, 1, 2)) is Basis.PROVISIONAL


def test_a_calendar_is_asked_through_one_object_until_its_edition_changes() -> None:
    assert PlanCalendar.of(CHINA) is PlanCalendar.of(CHINA)
    amended = CHINA.with_notice(Notice.of(2027, off="01-01/03", work=""))
    assert PlanCalendar.of(amended) is not PlanCalendar.of(CHINA)
    assert PlanCalendar.of(amended).forward(Date(2027, 1, 1)) == Date(2027, 1, 4)


@attrs.frozen
class EveryDay:
    """A bank that never closes, written by somebody else."""

    edition: str = "every-day"
    confirmed: tuple[Date, Date] = (Date(2025, 1, 1), Date(2025, 12, 31))

    def is_working(self, day: Date, /) -> bool:
        return isinstance(day, Date)

    def basis(self, day: Date, /) -> Basis:
        return Basis.CONFIRMED if self.confirmed[0] <= day <= self.confirmed[1] else Basis.PROVISIONAL

    def add_working_days(self, day: Date, days: int, /) -> Date:
        return from_ordinal(day.toordinal() + days)

    def working_days_between(self, start: Date, end: Date, /) -> int:
        return end.toordinal() - start.toordinal()

    def roll_forward(self, day: Date, /) -> Date:
        return day

    def roll_back(self, day: Date, /) -> Date:
        return day

    def provisional(self) -> EveryDay:
        return self


def test_any_calendar_that_keeps_the_protocol_can_be_planned_with() -> None:
    assert isinstance(EveryDay(), WorkCalendar)
    assert PlanCalendar.of(EveryDay()).after(Date(2025, 1, 4), 2) == Date(2025, 1, 6)


@attrs.define(eq=False)
class Growing:
    """One object for ever, whose notices somebody keeps up."""

    kept_up: NoticeCalendar

    def __getattr__(self, name: str) -> Any:
        return getattr(self.kept_up, name)


def test_a_calendar_that_grows_is_asked_anew_once_its_edition_changes() -> None:
    calendar: Any = Growing(CHINA)
    assert PlanCalendar.of(calendar).confirmed_to == Date(2026, 12, 28)
    calendar.kept_up = CHINA.with_notice(Notice.of(2027, off="01-01/03"))
    assert PlanCalendar.of(calendar).confirmed_to == Date(2027, 12, 28)


def test_a_calendar_is_provisional_once() -> None:
    assert LATER is CHINA.provisional()
    assert LATER.provisional() is LATER
    assert type(LATER) is NoticeCalendar


@given(DAYS, st.integers(-400, 400), st.integers(-30, 30))
def test_days_and_months_are_counted_as_everywhere(day: Date, days: int, months: int) -> None:
    assert day_after(day, days).toordinal() - day.toordinal() == days
    assert months_after(day, months) == add_months(day, months)


@given(DAYS, DAYS)
def test_halfway_lies_between_two_days(first: Date, last: Date) -> None:
    middle = halfway(first, last)
    assert min(first, last) <= middle <= max(first, last)
