"""Policies with few tables, and with more than have a seat, over frames: every row as the single decision has it."""

from __future__ import annotations

from typing import Final

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.frames.test_next_visits import assert_next_visits
from tests.policy.small_policy import CASE, PRACTICE, case_with, rule, small_policy, table
from tests.policy.test_shape import one_table, without

from revisit_policy import Edition, InvalidPolicyError, Label, RevisitPolicy, Rulebook, facts, frames
from revisit_policy.decision.seats.shape import SEATS
from revisit_policy.language.words.wording import outcome_text
from revisit_policy.values.labels import Lang

ON: Final = "2026-06-01"
CASES: Final = (CASE, case_with(days_past_due=40), case_with(days_past_due=91, seized=True))
FEWER: Final = {f"without {seat.id}": without(seat.id) for seat in SEATS if not seat.is_obligatory} | {
    "without visits": without("first_window", "interval", "triggers", "revaluation"),
    "without means": without("method", "turnaround"),
    "without levels and signals": without("level", "signals"),
    "one table": one_table(),
}


def mixed() -> Rulebook:
    """An edition that grades and no more until 2026, then one with all tables and one of the bank's own."""
    few, many = without("first_window", "interval", "level", "revaluation", "origination", "difficulty"), with_own()
    editions = (
        Edition(id="OLD", policy=few, since="2010-01-01", until="2023-07-01", source=PRACTICE, label=Label("旧", "old")),
        Edition(id="NEW", policy=many, since="2023-07-01", stock_until="2030-12-31", source=PRACTICE, label=Label("新", "new")),
    )
    return Rulebook("mixed", editions=editions)


def with_own() -> RevisitPolicy:
    orders = table("may_order", ("yes", "no"), "worst", rule("hold", facts.days_past_due >= 30, "no"), otherwise="yes")
    notes = table("notes", ("a", "b"), "every", rule("note-a", facts.seized.is_true(), "a"), rule("note-b", facts.ltv_now >= "0.80", "b"))
    policy = small_policy()
    return attrs.evolve(policy, tables=(orders, notes, *policy.tables))


@pytest.mark.parametrize("policy", FEWER.values(), ids=FEWER)
def test_a_policy_of_few_tables_has_the_columns_of_those_and_no_other(policy: RevisitPolicy) -> None:
    decided = frames.label(policy, frames.decide(policy, frames.from_cases(CASES), on=ON))
    for seat in SEATS:
        assert (f"{seat.id}_status" in decided.columns) == (seat.id in policy.graph.by_id and seat.shown.value != "nowhere")
    decisions = [policy.decide(case, on=ON) for case in CASES]
    assert decided["grade"].to_list() == [outcome_text(decision.grade, Lang.EN) for decision in decisions]
    if "interval" in policy.graph.by_id:
        assert decided["interval_months"].to_list() == [decision.interval_months for decision in decisions]


@pytest.mark.parametrize("policy", FEWER.values(), ids=FEWER)
@given(st.data())
@settings(max_examples=2)
def test_a_policy_of_few_tables_plans_every_row_as_the_single_decision_does(policy: RevisitPolicy, data: st.DataObject) -> None:
    assert_next_visits(policy, "polars", data)


@given(st.data())
@settings(max_examples=4)
def test_editions_of_other_tables_plan_every_row_as_the_single_decision_does(data: st.DataObject) -> None:
    assert_next_visits(mixed(), "polars", data)


def test_rows_whose_edition_lacks_a_table_have_no_answer_of_it() -> None:
    book = mixed()
    old, new = case_with(disbursed_on="2020-03-15", visits=()), case_with(days_past_due=40)
    decided = frames.label(book, frames.decide(book, frames.from_cases([old, new]), on=ON))
    assert decided["edition"].to_list() == ["OLD", "NEW"]
    assert decided["level"].to_list() == [None, "orange"]
    assert decided["may_order"].to_list() == [None, "no"]
    assert decided["may_order_status"].to_list() == [None, "decided"]
    assert decided["interval_months"].to_list() == [None, 6]


def test_own_tables_have_columns_after_those_of_the_seats() -> None:
    policy = with_own()
    decided = frames.label(policy, frames.decide(policy, frames.from_cases([case_with(days_past_due=30, seized=True)]), on=ON))
    assert (decided["may_order"][0], decided["notes"][0]) == ("no", "a")
    names = decided.columns
    assert names.index("revaluation_status") < names.index("may_order") < names.index("may_order_status") < names.index("notes")


@pytest.mark.parametrize("name", ["edition", "next_kind", "interval_months", "grade_status"])
def test_an_own_table_by_the_name_of_another_column_is_refused(name: str) -> None:
    policy = attrs.evolve(small_policy(), tables=(table(name, ("a",), "worst", otherwise="a"), *small_policy().tables))
    with pytest.raises(InvalidPolicyError, match=f"`{name}`: the id of a table and another column"):
        frames.decide(policy, frames.from_cases([CASE]), on=ON)
