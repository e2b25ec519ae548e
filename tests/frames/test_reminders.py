"""Reminders of a whole book are those of one decision after the other, as far as a frame has them."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import attrs
import pandas as pd
import polars as pl
import pytest

from revisit_policy import BorrowerProfile, CaseFile, Decision, Loan, cny, contact, frames
from revisit_policy.contact import RemindedOf, Reminder, Urgency
from revisit_policy.errors import RevisitPolicyError
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values import Date

BOOK = cn_housing.rulebook
ON = Date(2026, 11, 23)
LATE = CaseFile(
    loan=Loan(
        "L-1", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000), annual_rate="0.0335", repayment="level_payment",
        disbursed_on="2024-03-15", term_months=360, days_past_due=95, arrears_as_of="2026-11-23",
    ),
    borrower=BorrowerProfile("B-1"),
)  # fmt: skip
Told = tuple[str, str | None, str, dt.date, int]


def told(reminder: Reminder) -> Told:
    what = None if reminder.of is RemindedOf.MEASURE else str(reminder.what.value)
    return reminder.of.value, what, reminder.urgency.value, reminder.by, reminder.days


def next_ones(decision: Decision, on: Date, **terms: Any) -> set[Told]:
    """The reminder of the next visit, of the next duty of a desk, and of the measure with the earliest day."""
    found = contact.reminders([decision], on, **terms)
    measures = sorted((each for each in found if each.of is RemindedOf.MEASURE), key=lambda each: each.by)
    duties = [(duty.kind, duty.window.missed_on or duty.by) for duty in decision.schedule.all_duties[:1]]
    at_desk = [each for each in found if each.of is RemindedOf.DESK and (each.what, each.by) in duties]
    return {told(each) for each in (*(each for each in found if each.visit is decision.schedule.next and each.visit), *at_desk, *measures[:1])}


@pytest.fixture(scope="module")
def made_up() -> list[Decision]:
    """The decisions on a made-up book, some of whose loans are in arrears, some overdue for a visit, and some with nothing to do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).parents[2] / "docs" / "examples" / "revisits"))
        cases = importlib.import_module("made_up_book").made_up_book(200, on=ON)
        bad = [attrs.evolve(LATE, loan=attrs.evolve(LATE.loan, loan_no=f"L-{days}", days_past_due=days)) for days in (0, 45, 89, 95, 200, 400)]
    return [BOOK.decide(case, on=ON) for case in (*cases, *bad)]


@pytest.mark.parametrize(("soon", "late"), [(0, 0), (14, 10), (90, 45)])
def test_a_frame_is_reminded_of_what_single_decisions_are(made_up: list[Decision], soon: int, late: int) -> None:
    decided = frames.next_visits(BOOK, frames.from_cases([decision.case for decision in made_up]), on=ON, duties=True)
    found = frames.reminders(BOOK, decided, ON, soon_days=soon, escalate_days=late)
    rows: dict[str, set[Told]] = {}
    for number, *reminder in found.iter_rows():
        rows.setdefault(number, set()).add(cast("Told", tuple(reminder)))
    assert {row[2] for each in rows.values() for row in each} >= {"due", "escalated"}
    for decision in made_up:
        upcoming, told_of = decision.schedule.next, rows.get(decision.loan_no, set())
        single = next_ones(decision, ON, soon_days=soon, escalate_days=late)
        assert {each for each in told_of if each[0] == "visit"} == {each for each in single if each[0] == "visit"}
        # a frame has the earliest day of all measures, also where that is the day of the next visit, which reminds of it
        earliest = min((step.by for step in decision.measures if step.by), default=None)
        if upcoming is not None and not decision.measures_late and earliest == upcoming.window.closes:
            assert not {each for each in told_of if each[0] == "measure"}
        else:
            assert told_of == single
    assert {row[0] for each in rows.values() for row in each} == {"visit", "measure", "desk"}


def test_a_loan_long_past_due_is_reminded_of_with_what_the_caller_keeps() -> None:
    frame = frames.from_cases([LATE]).with_columns(branch=pl.lit("Tianhe"))
    found = frames.reminders(BOOK, frames.next_visits(BOOK, frame, on="2026-11-24", duties=True), "2026-11-24", keep=["branch", "loan.loan_no"])
    assert found.columns == ["branch", "loan.loan_no", "of", "what", "urgency", "by", "days"]
    assert {(*row[2:],) for row in found.iter_rows()} == next_ones(BOOK.decide(LATE, on="2026-11-24"), Date(2026, 11, 24))
    assert set(found["of"]) == {"visit", "measure", "desk"}
    assert set(found["branch"]) == {"Tianhe"}


def test_the_most_pressing_come_first_and_a_lazy_frame_stays_lazy() -> None:
    days = [Date(2026, 11, 1), Date(2026, 11, 23), Date(2026, 11, 24), Date(2026, 12, 1), Date(2027, 3, 1)]
    nobody = pl.Series([None] * 5, dtype=pl.Date)
    kinds, none_late = pl.Series([1] * 5, dtype=pl.Int16), pl.Series([0] * 5, dtype=pl.Int64)
    planned = pl.LazyFrame({
        "next_kind": kinds, "next_due": days[::-1], "next_closes": days[::-1], "next_missed_on": nobody, "measures_late": none_late, "next_act_by": nobody,
    })  # fmt: skip
    found = frames.reminders(BOOK, planned, "2026-11-24", keep=[])
    assert isinstance(found, pl.LazyFrame)
    assert found.collect()["urgency"].to_list() == [urgency.value for urgency in reversed(Urgency)]


def test_a_frame_of_pandas_is_reminded_of_the_same() -> None:
    found = {}
    for engine in ("polars", "pandas"):
        decided = frames.next_visits(BOOK, frames.from_cases([LATE], engine=engine), on="2026-11-24", duties=True)
        found[engine] = frames.reminders(BOOK, decided, "2026-11-24")
    assert isinstance(found["pandas"], pd.DataFrame)
    assert found["pandas"].equals(found["polars"].to_pandas())
    assert len(found["pandas"]) > 1


DECIDED = frames.next_visits(BOOK, frames.from_cases([LATE]), on="2026-11-24")
REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "a frame that nobody decided": (lambda: frames.reminders(BOOK, frames.from_cases([LATE]), "2026-11-24"), "next_closes"),
    "a column that there is not": (lambda: frames.reminders(BOOK, DECIDED, "2026-11-24", keep=["branch"]), "`frame.branch` must be a column of the frame"),
    "labels for codes": (
        lambda: frames.reminders(BOOK, frames.label(BOOK, DECIDED), "2026-11-24"), "`frame.next_kind` must be a column of whole numbers",
    ),
    "another engine": (lambda: frames.reminders(BOOK, DECIDED.to_arrow(), "2026-11-24"), "`decided` must be a polars frame, or one of pandas"),
    "one name for several": (lambda: frames.reminders(BOOK, DECIDED, "2026-11-24", keep="branch"), "`keep` must be several names of columns"),
    "a day that is none": (lambda: frames.reminders(BOOK, DECIDED, "soon"), "`on` must be"),
}  # fmt: skip


@pytest.mark.parametrize(("asked", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_meant_is_refused_by_name(asked: Callable[[], object], message: str) -> None:
    with pytest.raises(RevisitPolicyError) as caught:
        asked()
    assert message in str(caught.value)
