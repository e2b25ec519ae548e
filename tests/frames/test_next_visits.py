"""The next visit of every row is the one that the single decision plans."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.frames.books import BARE, DENOMINATORS, ON, RATIOS, as_columns, rows, with_said
from tests.frames.engines import ENGINES, cells
from tests.policy.small_policy import CASE, case_with, small_policy, small_rulebook

from revisit_policy import CaseFile, Event, InvalidInputError, InvalidValueError, frames
from revisit_policy.frames.case_columns import EVENT_PATHS, VISIT_PATHS
from revisit_policy.frames.subject import subject_of

BOOK = small_rulebook()
IN_MEMORY = ("polars", "pandas numpy", "pandas nullable", "pandas arrow", "pyarrow")


def wanted(case: CaseFile | InvalidInputError, on: str) -> dict[str, Any] | None:
    if isinstance(case, InvalidInputError):
        return None
    try:
        decision = BOOK.decide(case, on=on)
    except InvalidInputError:
        return None
    visit = decision.schedule.next
    act_by = decision.measures[0].by if decision.measures else None
    if visit is None:
        return {"next_kind": None, "next_closes": None, "act_by": act_by}
    window, result = visit.window, visit.result_due
    return {
        "next_kind": visit.kind.label("en"),
        "next_method": visit.method.label("en"),
        "next_opens": window.opens,
        "next_due": window.due,
        "next_closes": window.closes,
        "next_missed_on": window.missed_on,
        "next_officers": visit.officers,
        "result_earliest": result.earliest,
        "result_expected": result.expected,
        "result_latest": result.latest,
        "act_by": act_by,
    }


@pytest.mark.parametrize("engine", IN_MEMORY)
@given(st.data())
@settings(max_examples=3)
def test_every_row_has_the_next_visit_of_the_single_decision(engine: str, data: st.DataObject) -> None:
    book = [with_said(row) for row in data.draw(st.lists(rows(BOOK, visits=True), min_size=1, max_size=30))]
    on = data.draw(st.sampled_from(ON))
    frame = ENGINES[engine](as_columns([row for row, _ in book]))
    result = frames.next_visits(BOOK, frame, on=on, denominators=DENOMINATORS)
    assert type(result) is type(frame)
    found = cells(frames.label(BOOK, result))
    for at, (_, case) in enumerate(book):
        expected = wanted(case, on)
        if expected is None:
            assert found["next_kind"][at] is None
            assert found["act_by"][at] is None
        else:
            assert {name: found[name][at] for name in expected} == expected


def test_the_events_and_visits_of_a_row_move_its_next_visit() -> None:
    seized = case_with(seized=True, events=(Event("seizure", since="2026-05-06"),))
    result = frames.label(BOOK, frames.next_visits(BOOK, frames.from_cases([CASE, seized]), on="2026-06-01"))
    for row, case in enumerate((CASE, seized)):
        visit = BOOK.decide(case, on="2026-06-01").schedule.next
        assert visit is not None
        assert result["next_closes"][row] == dt.date(visit.window.closes.year, visit.window.closes.month, visit.window.closes.day)
    assert result["next_kind"].to_list() == ["periodic visit", "triggered visit"]


def test_a_visit_or_an_event_after_the_decision_day_is_bad_input() -> None:
    late = case_with(events=(Event("seizure", since="2026-06-02"),))
    result = frames.next_visits(BOOK, frames.from_cases([CASE, late]), on="2026-06-01")
    assert [kind is None for kind in result["next_kind"]] == [False, True]


def test_what_the_plan_reads_has_to_be_there_or_said_not_to_be() -> None:
    frame = frames.from_cases([CASE]).drop("visits.phone", "events.seizure")
    with pytest.raises(InvalidInputError, match=r"`frame\.visits\.phone` must be a column of Date"):
        frames.next_visits(BOOK, frame, on="2026-06-01")
    never = frames.next_visits(BOOK, frame, on="2026-06-01", without=("visits", "events"))
    unvisited = frames.next_visits(BOOK, frames.from_cases([attrs.evolve(CASE, visits=())]), on="2026-06-01")
    assert never["next_closes"].to_list() == unvisited["next_closes"].to_list()


def test_a_lazy_frame_is_refused_with_what_to_do() -> None:
    row, _ = with_said(dict(BARE) | dict.fromkeys((*RATIOS, *VISIT_PATHS, *EVENT_PATHS)))
    for frame in (frames.from_cases([CASE]).lazy(), ENGINES["duckdb"](as_columns([row]))):
        with pytest.raises(InvalidValueError, match="collect it, or hand over one slice after the other"):
            frames.next_visits(BOOK, frame, on="2026-06-01")


def test_an_empty_frame_gets_the_columns_all_the_same() -> None:
    result = frames.next_visits(small_policy(), frames.from_cases([]), on="2026-06-01")
    assert result.height == 0
    assert result.schema["next_due"] == pl.Date


def test_the_schema_with_visits_tells_what_more_is_read() -> None:
    more = {column.path for column in frames.schema(BOOK, visits=True)} - {column.path for column in frames.schema(BOOK)}
    assert {"visits.first", "visits.on_site", "events.seizure", "market.as_of"} <= more
    assert "最近一次电话及以上方式完成日" in frames.schema(BOOK, visits=True).text("zh")
    assert subject_of(BOOK).plans_visits is False
