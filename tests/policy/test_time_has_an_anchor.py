"""A count that grows is of a day: the same case file asked again says the same of what has begun."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.frames.engines import cells
from tests.policy.small_policy import CASE, case_with, small_policy

from revisit_policy import CaseFile, Event, InvalidInputError, Loan, frames
from revisit_policy.rulebooks import cn_housing
from revisit_policy.testing import case_files
from revisit_policy.values import Date

ASKED = Date(2026, 11, 24)
THIRTY = tuple(ASKED + dt.timedelta(days=days) for days in range(30))


def late(**told: Any) -> CaseFile:
    """The case with arrears told as *told*, of a bank that has kept its record."""
    return case_with(**{"days_past_due": None, "missed_consecutive": None, "missed_total_24m": None, **told})


TOLD = {
    "a count of a day": late(days_past_due=5, arrears_as_of="2026-11-24"),
    "an older count": late(days_past_due=2, arrears_as_of="2026-11-21"),
    "the day from which it follows": late(unpaid_since="2026-11-19"),
}


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ({"days_past_due": 5, "arrears_as_of": "2026-11-24"}, [5, 6, 36]),
        ({"days_past_due": 1, "arrears_as_of": "2026-01-01"}, [328, 329, 359]),
        ({"unpaid_since": "2026-11-19"}, [5, 6, 36]),
        ({"unpaid_since": "2026-11-24"}, [0, 1, 31]),
        ({"days_past_due": 0, "arrears_as_of": "2026-11-24"}, [0, 0, 0]),
        ({"days_past_due": 5}, [5, 5, 5]),
    ],
    ids=["as of the day", "as of long ago", "unpaid since", "unpaid since today", "of a day on which there was nothing", "of no day"],
)
def test_days_past_due_are_what_they_were_and_the_days_between(told: dict[str, Any], days: list[int]) -> None:
    case = late(**told)
    asked = [Date(2026, 11, 24), Date(2026, 11, 25), Date(2026, 12, 25)]
    graph = small_policy().case_graph
    assert [graph.decide(case, on=on).facts["days_past_due"] for on in asked] == days
    assert [case.loan.days_past_due_on(on) for on in asked] == days


@pytest.mark.parametrize("case", TOLD.values(), ids=TOLD)
@pytest.mark.parametrize("policy", [small_policy(), cn_housing.rulebook], ids=["a small policy", "the shipped rulebook"])
def test_a_late_case_file_asked_on_thirty_days_has_one_first_day_and_one_deadline(policy: Any, case: CaseFile) -> None:
    decisions = [policy.decide(case, on=on) for on in THIRTY]
    mild = [signal for decision in decisions for signal in decision.signals if signal.code.value == "arrears" and signal.level.value == "yellow"]
    assert mild
    assert {signal.since for signal in mild} == {Date(2026, 11, 20)}
    # the shipped rulebook asks for nothing on the first day past due
    closing = {visit.window.missed_on or visit.window.closes for visit in (decision.schedule.next for decision in decisions[:25]) if visit is not None}
    assert len(closing) == 1


@pytest.mark.parametrize("engine", [pl.DataFrame, pl.LazyFrame.collect], ids=["eager", "lazy"])
def test_a_frame_asked_on_thirty_days_has_one_deadline_in_every_row(engine: Any) -> None:
    book = frames.from_cases(TOLD.values())
    frame = book if engine is pl.DataFrame else book.lazy()
    closing = set[Any]()
    for on in THIRTY[:25]:
        found = cells(frames.next_visits(small_policy(), frame, on=on))
        wanted = [small_policy().decide(case, on=on).schedule.next for case in TOLD.values()]
        assert found["next_closes"] == [visit and dt.date.fromisoformat(str(visit.window.closes)) for visit in wanted]
        closing.update(missed or closes for missed, closes in zip(found["next_missed_on"], found["next_closes"], strict=True))
    assert len(closing) == 1


def test_rows_come_back_as_the_loans_they_were() -> None:
    back = [case for case in frames.to_cases(frames.from_cases(TOLD.values())) if isinstance(case, CaseFile)]
    assert [case.loan for case in back] == [case.loan for case in TOLD.values()]


def test_a_count_that_is_of_no_day_is_of_the_day_of_asking() -> None:
    told = late(days_past_due=5)
    today, tomorrow = (small_policy().decide(told, on=on).signals[0].since for on in ("2026-11-24", "2026-11-25"))
    assert (today, tomorrow) == (Date(2026, 11, 20), Date(2026, 11, 21))
    assert not told.loan.is_dated
    assert all(case.loan.is_dated for case in TOLD.values())


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"days_past_due": 5, "arrears_as_of": "2026-11-25"}, r"arrears_as_of` must be on or before the decision day \(2026-11-24\)"),
        ({"unpaid_since": "2026-11-25"}, r"unpaid_since` must be on or before the decision day \(2026-11-24\)"),
    ],
    ids=["counted ahead", "unpaid ahead"],
)
def test_what_is_still_to_come_is_refused_alike_in_a_case_and_in_a_row(told: dict[str, Any], message: str) -> None:
    case = late(**told)
    with pytest.raises(InvalidInputError, match=message):
        small_policy().decide(case, on=ASKED)
    (bad,) = frames.label(small_policy(), frames.decide(small_policy(), frames.from_cases([case]), on=ASKED))["bad_input"]
    assert f"loan.{next(name for name in told if name != 'days_past_due')}" in bad


@pytest.mark.parametrize(
    "told",
    [
        {"days_past_due": 700, "arrears_as_of": "2026-11-24", "disbursed_on": "2025-01-15"},
        {"unpaid_since": "2025-01-14", "disbursed_on": "2025-01-15"},
    ],
    ids=["a count", "a day"],
)
def test_nothing_is_past_due_for_longer_than_the_loan_has_been_there(told: dict[str, Any]) -> None:
    with pytest.raises(InvalidInputError, match=r"disbursed_on` \(2025-01-15\)"):
        late(**told, signed_on=None, events=())


ROW: dict[str, Any] = frames.from_cases([CASE]).row(0, named=True)


@pytest.mark.parametrize(
    ("cells_of_row", "bad"),
    [
        ({"loan.days_past_due": None}, "days_past_due"),
        ({"loan.days_past_due": 5, "loan.unpaid_since": dt.date(2026, 11, 19)}, "days_past_due"),
        ({"loan.days_past_due": None, "loan.unpaid_since": dt.date(2026, 11, 19), "loan.arrears_as_of": dt.date(2026, 11, 24)}, "arrears_as_of"),
    ],
    ids=["no count and no day", "a count and a day", "a day and the day of a count"],
)
def test_a_row_that_says_it_twice_or_never_is_bad_as_the_case_file_is_refused(cells_of_row: dict[str, Any], bad: str) -> None:
    row = ROW | cells_of_row
    with pytest.raises(InvalidInputError, match=rf"Loan\.{bad}"):
        frames.to_case(row)
    frame = pl.DataFrame([row], schema=frames.from_cases([CASE]).schema)
    (found,) = frames.label(small_policy(), frames.decide(small_policy(), frame, on=ASKED))["bad_input"]
    assert bad in found


def test_a_column_of_days_of_another_type_is_refused_and_not_passed_over() -> None:
    frame = frames.from_cases([TOLD["a count of a day"]]).with_columns(pl.col("loan.arrears_as_of").cast(pl.String))
    with pytest.raises(InvalidInputError, match=r"`frame.loan\.arrears_as_of` must be a column of Date"):
        frames.decide(small_policy(), frame, on=ASKED)


def test_a_frame_without_those_columns_is_read_as_before() -> None:
    frame = frames.from_cases([case_with(days_past_due=5)])
    fewer = frame.drop("loan.arrears_as_of", "loan.unpaid_since")
    assert frames.decide(small_policy(), fewer, on=ASKED)["grade"].equals(frames.decide(small_policy(), frame, on=ASKED)["grade"])


def test_an_event_does_not_outrank_what_is_counted() -> None:
    case = attrs.evolve(TOLD["a count of a day"], events=(Event("arrears", since="2026-10-01"),))
    assert small_policy().decide(case, on=ASKED).signals[0].since == Date(2026, 11, 20)


def test_a_loan_of_which_interest_is_unpaid_is_not_settled() -> None:
    loan: Loan = late(unpaid_since="2026-11-19").loan
    assert not attrs.evolve(loan, balance=loan.balance - loan.balance).is_settled


def test_a_dated_deadline_does_not_move_because_a_day_passed_and_an_undated_one_says_so() -> None:
    seized = case_with(seized=True)
    dated = attrs.evolve(seized, events=(Event("seizure", since="2026-06-01"),))
    for case, moves in ((seized, True), (dated, False)):
        today, tomorrow = (small_policy().decide(case, on=day) for day in ("2026-06-01", "2026-06-02"))
        ends = [visit and (visit.window.missed_on or visit.window.closes) for visit in (today.schedule.next, tomorrow.schedule.next)]
        assert (ends[0] != ends[1]) is moves
        assert [bool(decision.undated) for decision in (today, tomorrow)] == [moves, moves]
        assert ("moves with every day" in today.explain("en")) is ("随" in today.explain("zh") or "顺延" in today.explain("zh")) is moves


def test_a_decision_by_a_count_of_no_day_says_that_it_moves() -> None:
    told = [small_policy().decide(case, on=ASKED) for case in (late(days_past_due=5), *TOLD.values(), late(days_past_due=0))]
    assert [decision.counts_from_asking for decision in told] == [True, False, False, False, False]
    assert ["are of no day" in decision.explain("en") for decision in told] == [True, False, False, False, False]


@given(case_files(on="2026-06-30"), st.integers(1, 40))
@settings(max_examples=20)
def test_what_signals_say_of_their_first_day_does_not_depend_on_the_day_of_asking(case: CaseFile, later: int) -> None:
    policy, on = cn_housing.policy(), Date(2026, 6, 30)
    today, after = (policy.decide(case, on=day) for day in (on, on + dt.timedelta(days=later)))
    begun = {(signal.code, signal.level): signal.since for signal in today.signals}
    for signal in after.signals:
        known = begun.get((signal.code, signal.level))
        if known is not None and signal.since is not None:
            assert signal.since == known or today.counts_from_asking
