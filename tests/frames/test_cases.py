"""Case files as rows and rows as case files: decisions survive the way there and back."""

from __future__ import annotations

from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.frames.books import DENOMINATORS, ON, as_columns, rows, with_said
from tests.frames.engines import ENGINES
from tests.policy.small_policy import CASE, case_with, small_policy, small_rulebook

from revisit_policy import CaseFile, Event, InvalidInputError, InvalidValueError, frames

BOOK = small_rulebook()


@pytest.mark.parametrize(("engine", "kind"), [("polars", pl.DataFrame), ("pandas", pd.DataFrame), ("pyarrow", pa.Table)])
def test_a_case_file_becomes_a_row_of_the_engine_asked_for(engine: str, kind: type) -> None:
    seized = case_with(seized=True, events=(Event("seizure", since="2026-05-06"),))
    frame = frames.from_cases([CASE, seized], engine=engine)
    assert type(frame) is kind
    (same, other) = frames.to_cases(frame)
    assert isinstance(same, CaseFile)
    assert isinstance(other, CaseFile)
    assert (same.loan, same.borrower, same.collateral, same.market) == (CASE.loan, CASE.borrower, CASE.collateral, CASE.market)
    assert other.events == seized.events
    for before, after in ((CASE, same), (seized, other)):
        assert BOOK.decide(after, on="2026-06-01").schedule.next == BOOK.decide(before, on="2026-06-01").schedule.next


@given(st.lists(rows(BOOK, visits=True), max_size=5), st.sampled_from(ON))
@settings(max_examples=30)
def test_decisions_survive_the_way_there_and_back(book: list[dict[str, Any]], on: str) -> None:
    cases = [case for _, case in map(with_said, book) if isinstance(case, CaseFile)]
    for before, after in zip(cases, frames.to_cases(frames.from_cases(cases)), strict=True):
        assert isinstance(after, CaseFile)
        try:
            wanted = BOOK.decide(before, on=on)
        except InvalidInputError:
            continue
        found = BOOK.decide(after, on=on)
        assert (found.grade, found.signals, found.measures) == (wanted.grade, wanted.signals, wanted.measures)
        assert found.schedule == wanted.schedule


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_of_every_engine_become_case_files_in_order(engine: str) -> None:
    row, _ = with_said(dict.fromkeys(as_columns([])) | _sound_row())
    frame = ENGINES[engine](as_columns([row | {"loan.loan_no": f"L-{at}"} for at in range(3)] + [row | {"loan.principal": -1}]))
    found = list(frames.to_cases(frame, denominators=DENOMINATORS))
    assert [case.loan.loan_no for case in found[:3] if isinstance(case, CaseFile)] == ["L-0", "L-1", "L-2"]
    assert isinstance(found[3], InvalidInputError)


def _sound_row() -> dict[str, Any]:
    row: dict[str, Any] = frames.from_cases([CASE]).row(0, named=True)
    return row | {"loan.annual_rate": 335, "market.price_change_12m": None, "market.price_volatility": None}


def test_a_ratio_that_is_no_decimal_is_refused() -> None:
    with pytest.raises(InvalidValueError, match=r"`CaseFile\.loan\.annual_rate` must be a ratio that is a decimal of at most 11 places"):
        frames.from_cases([case_with(annual_rate="1/30")])


def test_an_engine_that_cannot_be_made_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="one of polars, pandas, pyarrow"):
        frames.from_cases([CASE], engine="duckdb")


def test_a_row_is_explained_as_the_single_decision_explains_it() -> None:
    result = frames.decide(BOOK, frames.from_cases([CASE]), on="2026-06-01")
    decision = frames.explain(BOOK, result.row(0, named=True), on="2026-06-01")
    assert decision.schedule == BOOK.decide(CASE, on="2026-06-01").schedule
    assert "NEW" in repr(decision)
    assert frames.explain(small_policy(), result.row(0, named=True), on="2026-06-01").explain("zh")


def test_frames_are_decided_one_after_the_other() -> None:
    whole = frames.from_cases([case_with(days_past_due=days) for days in range(0, 100, 10)])
    asked: dict[str, Any] = {"on": "2026-06-01", "trace": "text", "visits": True, "until": "2027-06-01", "prefix": "new_"}
    parts = frames.iter_decide(BOOK, (whole.slice(at, 4) for at in (0, 4, 8)), **asked)
    assert pl.concat(parts).equals(frames.decide(BOOK, whole, **asked))


def test_visit_days_that_no_visits_can_have_are_refused() -> None:
    row = _sound_row() | {"visits.by.phone": pl.Series(["2026-03-10"]).str.to_date()[0]}
    with pytest.raises(InvalidInputError, match="on or before the last visit of some kind"):
        frames.to_case(row, denominators=DENOMINATORS)
