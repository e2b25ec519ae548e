"""The days of results: as planned, and as they stand once a visit was made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revisit_policy.outcomes.results.layout import Layout
from revisit_policy.outcomes.results.result import Result
from revisit_policy.outcomes.results.stage_state import StageState
from revisit_policy.outcomes.turnaround import ResultDay, TurnaroundPart
from revisit_policy.planning.plan_calendar import PlanCalendar
from revisit_policy.planning.results.result_days import result_made, result_to_come
from revisit_policy.testing.strategies.public_values import values_of
from revisit_policy.values.cn_notices import CHINA
from revisit_policy.values.dates import Date, from_ordinal
from revisit_policy.values.labels import Label
from revisit_policy.values.working_days import Basis

CALENDAR = PlanCalendar.of(CHINA)
MADE = Date(2025, 3, 10)  # a Monday, and no holiday for weeks
LAYOUT = Layout.of(
    (
        TurnaroundPart(Label("报告", "report"), 3, is_report=True),
        TurnaroundPart(Label("再次联系", "further calls"), 2, is_contingent=True),
        TurnaroundPart(Label("认定", "determination"), 1, leads_to="determined"),
        TurnaroundPart(Label("告知", "telling"), 1, leads_to="told"),
    )
)
"""Three working days for the finding, five at the longest, one more for the grade; nothing is asked of a measure; one more to tell."""

DAYS = st.integers(Date(2024, 1, 2).toordinal(), Date(2026, 10, 30).toordinal()).map(from_ordinal)
LAYOUTS = st.lists(values_of(TurnaroundPart), max_size=6).map(Layout.of)


def day(number: int | None) -> Date | None:
    return None if number is None else Date(2025, 3, number)


def made(on: int, *reached: int | None) -> Result:
    known = tuple(map(day, (*reached, *[None] * (len(ResultDay) - len(reached)))))
    return result_made(LAYOUT, MADE, reached=known, on=Date(2025, 3, on), calendar=CALENDAR, run_months=None)


STATES = {
    "on the day of the visit the finding runs, and nothing else": (made(10), "on_track open open open"),
    "two working days before its limit it still is on track": (made(13), "on_track open open open"),
    "once the day to expect has passed it is at risk": (made(14), "at_risk open open open"),
    "on the day of the limit it is at risk, and the grade is too": (made(17), "at_risk at_risk open open"),
    "a day later it is late": (made(18), "late at_risk open at_risk"),
    "a day after that the grade is late as well": (made(19), "late late open at_risk"),
    "a week later all that is asked for is late": (made(26), "late late open late"),
    "once there is a finding the grade runs, and is due the next working day": (made(11, 11), "reached at_risk open open"),
    "what nobody asks for comes with what comes before it": (made(13, 11, 12), "reached reached reached at_risk"),
    "who has determined the grade has a finding": (made(13, None, 12), "reached reached reached at_risk"),
    "who has told the borrower has all of it": (made(14, None, None, None, 14), "reached reached reached reached"),
    "what comes tomorrow has not come": (made(11, 12), "on_track open open open"),
    "a finding that came late is no longer late": (made(20, 19), "reached at_risk open at_risk"),
}


@pytest.mark.parametrize(("result", "states"), STATES.values(), ids=STATES)
def test_every_day_of_a_result_stands_as_it_came(result: Result, states: str) -> None:
    assert [stage.state for stage in result.stages] == [StageState.parse(state) for state in states.split()]


def test_a_limit_does_not_move_because_a_day_passed_and_counts_from_what_came_once_it_has() -> None:
    assert {made(on).latest_days for on in range(10, 29)} == {made(10).latest_days}
    assert [str(stage.latest) for stage in made(10).stages] == ["2025-03-17", "2025-03-18", "2025-03-18", "2025-03-19"]
    early = made(11, 11)
    assert [str(stage.latest) for stage in early.stages] == ["2025-03-11", "2025-03-12", "2025-03-12", "2025-03-13"]
    assert [stage.starts_on for stage in early.stages] == [MADE, day(11), day(12), day(12)]
    assert early.preliminary.reached_on == day(11)


def test_a_telling_recorded_before_the_grade_leaves_the_days_in_their_order() -> None:
    result = made(20, 11, 14, None, 12)
    assert [stage.reached_on for stage in result.stages] == [day(11), day(14), day(14), day(12)]
    assert [str(each) for each in result.expected_days] == ["2025-03-11", "2025-03-14", "2025-03-14", "2025-03-14"]


@given(LAYOUTS, st.tuples(DAYS, DAYS, DAYS))
def test_a_visit_made_on_any_day_of_its_window_has_the_result_planned_for_that_day(layout: Layout, days: tuple[Date, Date, Date]) -> None:
    first, due, closes = sorted(days)
    planned = result_to_come(layout, (first, due, closes), calendar=CALENDAR, run_months=3)
    nothing = (None,) * len(ResultDay)
    for completed_on, expected in ((first, planned.earliest_days), (due, planned.expected_days)):
        assert result_made(layout, completed_on, reached=nothing, on=completed_on, calendar=CALENDAR, run_months=3).expected_days == expected
    assert result_made(layout, closes, reached=nothing, on=closes, calendar=CALENDAR, run_months=3).latest_days == planned.latest_days


@given(LAYOUTS, DAYS, st.lists(st.none() | st.integers(0, 40), min_size=4, max_size=4), st.integers(0, 60))
def test_the_days_of_a_visit_that_was_made_are_in_order_whatever_was_recorded(
    layout: Layout, completed_on: Date, reached: list[int | None], later: int
) -> None:
    days = tuple(None if more is None else from_ordinal(completed_on.toordinal() + more) for more in reached)
    on = from_ordinal(completed_on.toordinal() + later)
    result = result_made(layout, completed_on, reached=days, on=on, calendar=CALENDAR, run_months=None)
    for found in (result.expected_days, result.latest_days):
        assert list(found) == sorted(found)
    for stage in result.stages:
        assert (stage.state is StageState.REACHED) == (stage.reached_on is not None)
        assert stage.reached_on is None or stage.reached_on <= on
        assert not stage.is_late or on > stage.latest


def test_a_result_beyond_the_confirmed_days_says_so() -> None:
    assert made(10).basis is Basis.CONFIRMED
    later = result_to_come(LAYOUT, (Date(2029, 3, 1),) * 3, calendar=CALENDAR, run_months=None)
    assert later.basis is Basis.PROVISIONAL
