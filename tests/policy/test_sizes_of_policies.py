"""Policies of any size and scale: one of six tables and one of ten grades are decided, planned, framed, asked in SQL, stored, compared and held to the laws."""

from __future__ import annotations

from typing import Any, Final

import attrs
import duckdb
import pytest
from tests.policy.other_bank import case, other_bank
from tests.policy.own_words import CASE as IN_YEN
from tests.policy.own_words import Band, Rank, own_policy, own_tables
from tests.policy.small_policy import case_with, rule, table

from revisit_policy import Every, Label, Obligation, ObligationKind, RevisitPolicy, Visit, Vocabulary, analysis, facts, frames, records, testing, unordered
from revisit_policy.values import Labelled

ON: Final = "2026-06-01"


def six_tables() -> RevisitPolicy:
    """Five tables with a seat, and one of the bank's own."""
    policy = other_bank()
    stop = table("may_lend_more", ("yes", "no"), "worst", rule("stop", policy.grade.table.outcome >= "substandard", "no"), otherwise="yes")
    return attrs.evolve(policy, tables=(*policy.tables, stop))


def ten_grades() -> RevisitPolicy:
    """Four tables, of which one grades in ten ranks, and one that reads the bands that they lie in."""
    grade, *others = own_tables()
    return own_policy(tables=(grade, *others, table("watched", ("no", "yes"), "worst", rule("not-good", grade.outcome >= Band.FAIR, "yes"), otherwise="no")))


SIX, TEN = six_tables(), ten_grades()
LATE: Final = (0, 1, 16, 31, 91, 121, 181, 211, 241, 300)
#: The policy, its loans, its tables, the table of its own with what it says of them.
POLICIES: Final[dict[str, tuple[RevisitPolicy, list[Any], int, str, list[str]]]] = {
    "a policy of six tables": (SIX, [case(days_past_due=days) for days in LATE], 6, "may_lend_more", ["yes"] * 4 + ["no"] * 6),
    "a policy of ten grades": (
        TEN, [attrs.evolve(case_with(IN_YEN, days_past_due=days), visits=()) for days in LATE], 5, "watched", ["no"] * 4 + ["yes"] * 6,
    ),
}  # fmt: skip
each = pytest.mark.parametrize(("policy", "loans", "tables", "own", "said"), POLICIES.values(), ids=POLICIES)


@each
def test_it_decides_and_explains_every_table(policy: RevisitPolicy, loans: list[Any], tables: int, own: str, said: list[str]) -> None:
    decisions = [policy.decide(loan, on=ON) for loan in loans]
    assert len(policy.tables) == tables
    assert [decision.verdicts[own].outcome for decision in decisions] == said
    assert all(policy.graph.by_id[own].label.text(lang) in decisions[-1].explain(lang) for lang in ("zh", "en"))


def test_ten_grades_come_out_each_of_a_loan_of_its_own() -> None:
    found: list[Any] = [TEN.decide(case_with(IN_YEN, days_past_due=days), on=ON).grade for days in (0, *range(1, 271, 30))]
    assert found == list(Rank)


@each
def test_columns_and_the_query_of_a_warehouse_say_the_same(policy: RevisitPolicy, loans: list[Any], tables: int, own: str, said: list[str]) -> None:
    del tables
    book = frames.from_cases(loans, vocabulary=policy.words, own=policy.own_facts).with_row_index("place")
    found = frames.decide(policy, book, on=ON)
    answers = book.to_arrow()  # noqa: F841 - the query reads it
    relation: Any = duckdb.sql(frames.to_sql(policy, on=ON, table="answers", keys=("place",)))
    asked = relation.pl().sort("place")
    decisions = [policy.decide(loan, on=ON) for loan in loans]
    for rows in (found, asked):
        assert rows["bad_input"].to_list() == [0] * len(loans)
        assert rows["grade"].to_list() == [list(policy.words.grades).index(decision.grade) for decision in decisions]
        assert frames.label(policy, rows)[own].to_list() == said


@each
def test_it_is_stored_compared_and_held_to_the_laws(policy: RevisitPolicy, loans: list[Any], tables: int, own: str, said: list[str]) -> None:
    del tables, said
    assert records.replay(records.to_json(policy.decide(loans[-1], on=ON)), policy).is_equal
    (later,) = (made for made in policy.tables if made.id == own)
    stricter = policy.replacing(attrs.evolve(later.rules[0], when=facts.days_past_due > 60))
    assert [change.table.id for change in analysis.diff(policy, stricter).changes] == [own]
    testing.check_decisions(policy, examples=5)
    testing.check_readers_agree(policy, examples=5)


class Talk(Labelled):
    """All that this lender does."""

    ARREARS = "arrears", Label(en="talk about arrears", others={"nl": "achterstandsgesprek"})


def no_visits() -> RevisitPolicy:
    """A lender who calls on nobody: one kind of talk, at a desk, once a year for who is late."""
    owed = Obligation(Talk.ARREARS, Every(months=12), since=facts.disbursed_on)
    return RevisitPolicy(
        "talks", version="1", label=Label(en="talks"), calendar=SIX.calendar, vocabulary=Vocabulary(kinds=[ObligationKind(Talk.ARREARS, served_by="desk")]),
        tables=(
            table("grade", ("good", "late"), "worst", rule("late", facts.days_past_due > 0, "late"), otherwise="good"),
            table("obligations", unordered((owed,)), "every", rule("talk", facts.days_past_due > 0, owed)),
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    "law", [testing.check_decisions, testing.check_attempts, testing.check_made_visits, testing.check_tomorrow], ids=lambda law: law.__name__
)
def test_the_laws_are_asked_of_a_policy_that_calls_on_nobody(law: Any) -> None:
    law(no_visits(), examples=5)


def test_a_policy_that_calls_on_nobody_counts_from_the_talks_on_record() -> None:
    talked = Visit(kind=Talk.ARREARS, method="phone", completed_on="2026-03-02", finding="satisfactory")
    (duty,) = no_visits().decide(case_with(visits=(talked,), days_past_due=3), on=ON).schedule.all_duties
    assert str(duty.window.closes) == "2027-03-02"
    assert "None" not in testing.snapshot(no_visits(), [case_with(visits=(talked,), days_past_due=3)], on=ON)
