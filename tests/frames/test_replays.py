"""Replays: one plan serves every day on which the same editions and rules are in force, and decides as one made for the day would."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.frames.books import DENOMINATORS, as_columns, with_said
from tests.frames.calendars import Ending
from tests.frames.engines import ENGINES, cells
from tests.frames.visit_books import planned_rows
from tests.language.loan_facts import days, rule, table
from tests.policy.small_policy import CASE, small_policy, small_rulebook

from revisit_policy import DecisionGraph, Period, RevisitPolicy, Rulebook, frames
from revisit_policy.frames.plan import plan_of
from revisit_policy.rulebooks import cn_housing

BOOK = small_rulebook()

#: The first and the last day of each edition and of the time in which old loans pass to the new one, and the days beside them.
TURNS: Final = tuple(
    str(dt.date.fromisoformat(day) + dt.timedelta(days=beside)) for day in ("2023-07-01", "2025-12-31") for beside in (-1, 0, 1)
)  # fmt: skip

#: Month ends, 29 February, holidays, make-up days, a turn of the decade, and days long ago and long hence.
DAYS: Final = (
    *TURNS, "2024-02-29", "2026-02-28", "2023-01-31", "2024-10-04", "2024-02-04", "2029-12-31", "2030-01-01", "2026-12-28", "2016-01-04", "2016-02-29",
    "2196-02-29",
)  # fmt: skip


def plans_made() -> int:
    """How many plans have been made so far."""
    return plan_of.cache_info().misses


def weekly(first: str, count: int) -> list[str]:
    """So many days, a week apart."""
    return [str(dt.date.fromisoformat(first) + dt.timedelta(weeks=week)) for week in range(count)]


@pytest.mark.parametrize("policy", [BOOK, cn_housing.rulebook, small_policy()], ids=["a rulebook", "the shipped rulebook", "a policy"])
@pytest.mark.parametrize("visits", [False, True], ids=["decisions", "visits"])
def test_a_replay_of_76_days_plans_once(policy: RevisitPolicy | Rulebook, visits: bool) -> None:
    book = frames.from_cases([CASE]).lazy()
    plan_of.cache_clear()
    for day in weekly("2026-01-05", 76):
        frames.decide(policy, book, on=day, visits=visits)
    assert plans_made() == 1


def test_a_replay_with_a_horizon_of_its_own_on_every_day_plans_once() -> None:
    book = frames.from_cases([CASE]).lazy()
    plan_of.cache_clear()
    for day, until in zip(weekly("2026-01-05", 20), weekly("2026-02-05", 20), strict=True):
        frames.next_visits(BOOK, book, on=day, until=until)
    assert plans_made() == 1


def test_a_replay_across_editions_plans_once_for_each_way_in_which_they_are_in_force() -> None:
    book = frames.from_cases([CASE]).lazy()
    plan_of.cache_clear()
    for day in sorted(TURNS):
        frames.decide(BOOK, book, on=day)
    assert plans_made() == 3  # before the new edition, while old loans pass to it, and after that


def test_a_replay_across_the_day_of_a_rule_plans_once_before_it_on_it_and_after_it() -> None:
    graph = DecisionGraph([table(rule("in-force", days > 5, "c", period=Period(since="2024-01-10", until="2024-01-20")))])
    frame = pl.DataFrame({"days": [6]})
    plan_of.cache_clear()
    around = [f"2024-01-{day:02}" for day in range(8, 23)]
    fired = [day for day in around if frames.decide(graph, frame, on=day)["fired_mask"][0] == 1]
    assert fired == around[2:12]
    assert plans_made() <= 5  # as many as two days cut time into, those two days among them


@pytest.mark.parametrize("engine", ["polars", "duckdb", pytest.param("pyarrow", marks=pytest.mark.slow)])
@given(st.data())
@settings(max_examples=2)
def test_a_plan_that_was_made_for_another_day_decides_as_one_that_is_made_for_the_day(engine: str, data: st.DataObject) -> None:
    assert_same_as_fresh(BOOK, engine, data)


@pytest.mark.slow
@given(st.data())
@settings(max_examples=3)
def test_the_shipped_rulebook_replays_as_it_decides(data: st.DataObject) -> None:
    assert_same_as_fresh(cn_housing.rulebook, "polars", data)


@pytest.mark.parametrize("on", DAYS)
@given(st.data())
@settings(max_examples=1)
def test_days_on_which_much_changes_are_replayed_as_they_are_decided(on: str, data: st.DataObject) -> None:
    assert_same_as_fresh(BOOK, "polars", data, on=on)


@pytest.mark.parametrize("calendar", [Ending()], ids=["a calendar that ends"])
@given(st.data())
@settings(max_examples=2)
def test_a_calendar_that_ends_is_replayed_as_it_is_asked(calendar: Any, data: st.DataObject) -> None:
    assert_same_as_fresh(BOOK, "polars", data, on="2026-12-24", calendar=calendar)


def assert_same_as_fresh(book: RevisitPolicy | Rulebook, engine: str, data: st.DataObject, *, on: str = "", **asked: Any) -> None:
    """A made-up book is decided alike by a plan that other days have been decided by and by one of its own."""
    any_day = st.one_of(st.sampled_from(DAYS[:12]), st.dates(dt.date(2016, 1, 2), dt.date(2035, 12, 31)).map(str))
    on = on or data.draw(any_day)
    loans = [with_said(row)[0] for row in data.draw(st.lists(planned_rows(book, on=max(on, "2022-06-01")), min_size=1, max_size=25))]
    frame = ENGINES[engine](as_columns(loans))

    def decided() -> dict[str, Any]:
        return cells(frames.decide(book, frame, on=on, visits=True, denominators=DENOMINATORS, **asked))

    plan_of.cache_clear()
    beside = [str(dt.date.fromisoformat(on) + dt.timedelta(days=by)) for by in (-1, 1)]
    for day in (data.draw(any_day), *beside):
        frames.decide(book, frame, on=day, visits=True, denominators=DENOMINATORS, **asked)
    replayed = decided()
    plan_of.cache_clear()
    assert replayed == decided()
