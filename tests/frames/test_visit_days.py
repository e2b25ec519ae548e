"""Days in columns are reckoned as the single decision reckons them, one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import duckdb
import polars as pl
import pytest
from tests.frames.calendars import Ending

from revisit_policy.frames.engines.sql_text import DUCKDB
from revisit_policy.frames.engines.text_layers import text_layers
from revisit_policy.frames.engines.written import OfPolars, written
from revisit_policy.frames.expressions.day_steps import EPOCH, MonthDay, number_of, weekday_at, weekday_rank
from revisit_policy.frames.expressions.expression import Expression, Named
from revisit_policy.frames.expressions.given import GivenValues
from revisit_policy.frames.expressions.stages import Stages, layered
from revisit_policy.frames.visits.days.plan_days import PlanDays
from revisit_policy.frames.visits.days.result_days import working_day_numbers
from revisit_policy.outcomes.deadline import Deadline
from revisit_policy.planning.plan_calendar import PlanCalendar
from revisit_policy.planning.raw_bounds import RawBounds
from revisit_policy.values.cn_notices import CHINA
from revisit_policy.values.dates import Date, add_months, from_ordinal, month_end
from revisit_policy.values.working_days import WorkCalendar

DAY: Final = Named("day")
CITY: Final = CHINA.overlay(edition="city", off=[(Date(2026, 11, 23), Date(2026, 12, 4))], work=[Date(2027, 3, 6)])
CALENDARS: Final = {
    "mainland China": CHINA,
    "a city's own days": CITY,
    "a calendar that ends": Ending(),
    "one that is not final at first": Ending(final_from=Date(2012, 7, 1)),
}


def every(first: Date, last: Date, *, step: int = 1) -> list[Date]:
    return [from_ordinal(ordinal) for ordinal in range(first.toordinal(), last.toordinal() + 1, step)]


def computed(make: Callable[[Stages], Expression], days: list[Date], **columns: list[int]) -> list[Date | None]:
    """What an expression over the column `day` says of every one of *days*."""
    stages = Stages()
    found = make(stages)
    stages.next()
    stages.layers[-1]["found"] = found
    frame = pl.DataFrame({"day": [number_of(day) for day in days], **columns}, schema_overrides={"day": pl.Int32}).lazy()
    for layer in layered(stages):
        frame = frame.with_columns(*(written(part, OfPolars(pl)).alias(name) for name, part in layer.expressions.items()))
    return [None if number is None else from_ordinal(number + EPOCH) for number in frame.collect()["found"]]


def computed_in_sql(make: Callable[[Stages], Expression], days: list[Date]) -> list[Date]:
    """The same by DuckDB, which has months of its own."""
    stages = Stages()
    found = make(stages)
    stages.next()
    stages.layers[-1]["found"] = found
    relation = duckdb.from_arrow(pl.DataFrame({"day": [number_of(day) for day in days]}).to_arrow())
    for layer in text_layers(layered(stages), DUCKDB):
        relation = relation.project(", ".join(("*", *layer.made(DUCKDB))))
    return [from_ordinal(number + EPOCH) for (number,) in relation.project("found").fetchall()]


DAYS: Final = [*every(Date(2003, 11, 1), Date(2004, 3, 31)), *every(Date(2012, 1, 1), Date(2012, 12, 31)), *every(Date(2024, 9, 1), Date(2027, 6, 30))]
STRETCHES: Final = {
    "from now on": (Date(2026, 11, 24), Date(2027, 6, 30)),
    "from before the calendar begins": (Date(2003, 12, 20), Date(2004, 3, 1)),
    "long before the calendar begins": (Date(1999, 1, 1), Date(1999, 3, 31)),
    "on the last confirmed day": (Date(2026, 12, 28), Date(2026, 12, 28)),
}


@pytest.mark.parametrize("months", [1, 3, 6, 12, 13, 360, 600, 1200])
def test_months_later_is_the_same_day_of_the_month_or_its_last(months: int) -> None:
    days = [*every(Date(1900, 1, 1), Date(2199, 12, 31), step=13), *every(Date(2023, 12, 1), Date(2025, 3, 31)), *every(Date(2096, 1, 1), Date(2104, 12, 31))]
    for by_engine in (computed, computed_in_sql):
        assert by_engine(lambda stages: MonthDay.of(DAY, stages).later(months), days) == [add_months(day, months) for day in days]


def test_a_month_ends_on_its_last_day() -> None:
    days = every(Date(1999, 1, 1), Date(2005, 12, 31))
    for by_engine in (computed, computed_in_sql):
        assert by_engine(lambda stages: MonthDay.of(DAY, stages).month_end(), days) == [month_end(day) for day in days]


def test_from_monday_to_friday_the_day_of_a_rank_is_the_day_itself() -> None:
    days = [day for day in every(Date(1969, 12, 1), Date(1970, 2, 28)) if day.weekday() < 5]
    assert computed(lambda _: weekday_at(weekday_rank(DAY)), days) == days


@pytest.mark.parametrize("calendar", CALENDARS.values(), ids=CALENDARS)
class TestAskingACalendar:
    def test_a_day_moves_as_in_a_plan(self, calendar: WorkCalendar) -> None:
        asked = PlanCalendar.of(calendar)
        for name in ("forward", "back"):
            found = computed(lambda stages, name=name: getattr(_plan_days(asked, stages), name)(DAY), DAYS)  # type: ignore[misc] # bound at once
            assert found == [getattr(asked, name)(day) for day in DAYS], name

    @pytest.mark.parametrize("count", [1, 3, 10, 25])
    def test_working_days_are_counted_as_in_a_plan(self, calendar: WorkCalendar, count: int) -> None:
        asked = PlanCalendar.of(calendar)
        assert computed(lambda stages: _plan_days(asked, stages).after(DAY, count), DAYS) == [asked.after(day, count) for day in DAYS]

    @pytest.mark.parametrize("deadline", [Deadline(1), Deadline(10), Deadline(5, within_month=True), Deadline(None, within_month=True)], ids=str)
    def test_a_signal_is_answered_by_the_deadline_of_a_plan(self, calendar: WorkCalendar, deadline: Deadline) -> None:
        asked = PlanCalendar.of(calendar)
        found = computed(lambda stages: _plan_days(asked, stages).answered_by(DAY, deadline), DAYS)
        assert found == [_closing(asked, day, deadline) for day in DAYS]

    @pytest.mark.parametrize(("first", "last"), STRETCHES.values(), ids=STRETCHES)
    def test_results_are_counted_as_in_a_plan(self, calendar: WorkCalendar, first: Date, last: Date) -> None:
        asked = PlanCalendar.of(calendar)
        numbers = working_day_numbers(asked, (first.year, last.year), most=12)
        for count in (1, 2, 7, 12):
            days = every(first, last)
            found = computed(lambda stages: numbers.after(DAY, Named("count"), stages), days, count=[count] * len(days))
            assert found == [asked.after(day, count) for day in days]


def _closing(calendar: PlanCalendar, began: Date, deadline: Deadline) -> Date:
    days = [] if deadline.working_days is None else [calendar.after(began, deadline.working_days)]
    closes = min([*days, *([month_end(began)] if deadline.within_month else [])])
    return RawBounds(opens=began, closes=closes, not_before=began, opens_because=(), closes_because=()).settled(calendar).closes


def _plan_days(calendar: PlanCalendar, stages: Stages) -> PlanDays:
    return PlanDays(calendar=calendar, years=(2020, 2029), values=GivenValues(), stages=stages)
