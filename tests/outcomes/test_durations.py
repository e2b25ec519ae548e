"""Durations: what results took, in whole working days, by nearest rank."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revisit_policy.errors import InvalidValueError
from revisit_policy.outcomes.results.durations import Durations, StageDurations
from revisit_policy.outcomes.results.layout import Layout
from revisit_policy.outcomes.results.result import Result
from revisit_policy.outcomes.turnaround import ResultDay, TurnaroundPart
from revisit_policy.planning.plan_calendar import PlanCalendar
from revisit_policy.planning.results.result_days import result_made
from revisit_policy.values.cn_notices import CHINA
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Label

LAYOUT = Layout.of(
    (TurnaroundPart(Label("报告", "report"), 3, is_report=True), TurnaroundPart(Label("告知", "telling"), 1, leads_to="told"))
)
MADE = Date(2025, 3, 10)


def made(*reached: int | None, on: int = 28) -> Result:
    days = tuple(None if day is None else Date(2025, 3, day) for day in reached)
    return result_made(LAYOUT, MADE, reached=days, on=Date(2025, 3, on), calendar=PlanCalendar.of(CHINA), run_months=None)


def test_durations_are_working_days_from_the_day_before() -> None:
    found = Durations.of([made(11, None, None, 14), made(14, None, None, 17), made(None, None, None, None)], CHINA)
    first, told = found.stage("preliminary"), found.stage("told")
    assert first.working_days == (1, 4)
    assert (first.in_time, first.due, first.on_time) == (1, 3, Fraction(1, 3))
    assert told.working_days == (1, 3)  # 14 March is a Friday, and the 17th a Monday


def test_what_nobody_asked_for_has_no_duration() -> None:
    found = Durations.of([made(11, None, None, 14)], CHINA).stage(ResultDay.DECIDED)
    assert (found.working_days, found.due, found.median, found.ninth_tenth, found.on_time) == ((), 0, None, None, None)


def test_what_still_runs_is_not_counted() -> None:
    assert Durations.of([made(None, None, None, None, on=11)], CHINA).stage("preliminary").due == 0


RANKS = {
    "of one it is that one": ((4,), 4, 4),
    "of ten the fifth and the ninth": (tuple(range(1, 11)), 5, 9),
    "of eleven the sixth and the tenth": (tuple(range(1, 12)), 6, 10),
    "of two the first and the second": ((2, 9), 2, 9),
}


@pytest.mark.parametrize(("days", "median", "ninth"), RANKS.values(), ids=RANKS)
def test_percentiles_are_by_nearest_rank(days: tuple[int, ...], median: int, ninth: int) -> None:
    stage = StageDurations(day=ResultDay.TOLD, working_days=days, in_time=0, due=len(days))
    assert (stage.median, stage.ninth_tenth) == (median, ninth)


@given(st.lists(st.integers(0, 60), min_size=1).map(sorted).map(tuple), st.fractions(Fraction(1, 100), 1))
def test_a_percentile_is_the_least_observed_day_that_covers_its_share(days: tuple[int, ...], share: Fraction) -> None:
    found = StageDurations(day=ResultDay.TOLD, working_days=days, in_time=0, due=0).percentile(share)
    assert found in days
    assert sum(day <= found for day in days) >= share * len(days)
    assert all(sum(day <= less for day in days) < share * len(days) for less in days if less < found)


@pytest.mark.parametrize("wrong", [Result.of(earliest="2025-03-11", expected="2025-03-12", latest="2025-03-13"), "late"], ids=["to come", "text"])
def test_what_is_no_result_of_a_visit_that_was_made_is_refused(wrong: object) -> None:
    with pytest.raises(InvalidValueError, match="`results` must be several results of visits that were made"):
        Durations.of([wrong], CHINA)  # type: ignore[list-item] # on purpose
