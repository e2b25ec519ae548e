"""A signal that compares what an earlier table says began when the rules of that table did; what cannot be dated says so."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import duckdb
import pytest
from tests.frames.engines import cells
from tests.policy.small_policy import SEIZED, case_with, rule, small_policy, table

from revisit_policy import CaseFile, Event, RevisitPolicy, Score, Table, facts, frames, unordered
from revisit_policy.language.condition import Condition
from revisit_policy.values.dates import Date

DAYS = facts.days_past_due
ASKED = tuple(Date(2026, 6, 15) + dt.timedelta(days=days) for days in range(6))
#: 100 days past due on the first day, of that day: more than 30 since 7 April, more than 90 since 6 June.
LATE = case_with(days_past_due=100, arrears_as_of="2026-06-15", missed_consecutive=None, missed_total_24m=None, income_at_last_review=None)


def by(own: Table, condition: Condition) -> RevisitPolicy:
    """The small policy whose red signal is raised by what a table of the bank's own says."""
    policy = small_policy()
    tables = [each for each in policy.tables if each.id != own.id]
    return attrs.evolve(policy, tables=(own, *tables)).replacing(rule("signal-seized", condition, SEIZED))


CLASS = ("current", "late", "npa")
WORST = table("lateness", CLASS, "worst", rule("class-late", DAYS > 30, "late"), rule("class-npa", DAYS > 90, "npa"), otherwise="current")
LEAST = table("months", (12, 6, 1), "least", rule("months-6", DAYS > 30, 6), rule("months-1", DAYS > 90, 1), otherwise=12)
FIRST = table("lateness", unordered(CLASS), "first", rule("class-npa", DAYS > 90, "npa"), rule("class-late", DAYS > 30, "late"), otherwise="current")
BLOCKED = table(
    "lateness", unordered(CLASS), "first", rule("class-seized", facts.seized.is_true(), "npa"), rule("class-late", DAYS > 30, "late"), otherwise="current"
)
EVERY = table("marks", unordered(("late", "npa")), "every", rule("marks-late", DAYS > 30, "late"), rule("marks-npa", DAYS > 90, "npa"))
UNIQUE = table("lateness", unordered(CLASS), "unique", rule("class-npa", DAYS > 90, "npa"), otherwise="current")
TOTAL = table("points", Score(), "total", rule("points-late", DAYS > 30, 2), rule("points-npa", DAYS > 90, 3))
REGISTER = table("lateness", CLASS, "worst", rule("class-late", DAYS > 30, "late"), rule("class-npa", facts.impaired.is_true(), "npa"), otherwise="current")
FIGURE = table("lateness", CLASS, "worst", rule("class-late", facts.ltv_now >= "0.10", "late"), otherwise="current")

OVER_30, OVER_90 = Date(2026, 4, 7), Date(2026, 6, 6)
DATED: dict[str, tuple[RevisitPolicy, Date]] = {
    "the worst of rules, or more": (by(WORST, WORST.outcome >= "npa"), OVER_90),
    "the worst of rules, the first that says it": (by(WORST, WORST.outcome >= "late"), OVER_30),
    "the least of rules": (by(LEAST, LEAST.outcome.is_in(1)), OVER_90),
    "every rule": (by(EVERY, EVERY.outcome.includes("npa")), OVER_90),
    "every rule, any of two": (by(EVERY, EVERY.outcome.includes("late", "npa")), OVER_30),
    "the one rule": (by(UNIQUE, UNIQUE.outcome.is_in("npa")), OVER_90),
    "the first of rules": (by(FIRST, FIRST.outcome.is_in("npa")), OVER_90),
    "the first of rules, either of two": (by(FIRST, FIRST.outcome.is_in("npa", "late")), OVER_30),
    "beside a count": (by(WORST, (WORST.outcome >= "late") & (DAYS > 90)), OVER_90),
    "a figure of its day": (by(FIGURE, FIGURE.outcome >= "late"), Date(2026, 3, 2)),
}
UNDATED: dict[str, RevisitPolicy] = {
    "a rule that a register could have outranked": by(BLOCKED, BLOCKED.outcome.is_in("late")),
    "a sum of points": by(TOTAL, TOTAL.outcome >= 5),
    "what holds where no rule does": by(WORST, WORST.outcome.is_in("current", "npa")),
    "no more than it, while more was said in between": by(REGISTER, REGISTER.outcome.is_in("late")),
    "what is not said": by(EVERY, ~EVERY.outcome.includes("npa")),
}
CASE = attrs.evolve(LATE, collateral=attrs.evolve(LATE.collateral, valued_on="2026-03-02"))
QUIET = attrs.evolve(CASE, loan=attrs.evolve(CASE.loan, days_past_due=0))


def seized(policy: RevisitPolicy, case: CaseFile, on: Date) -> Any:
    (signal,) = (signal for signal in policy.decide(case, on=on).signals if signal.code is SEIZED.code)
    return signal


@pytest.mark.parametrize(("policy", "since"), DATED.values(), ids=DATED)
def test_a_signal_by_an_earlier_table_began_when_its_rules_did_whenever_it_is_asked(policy: RevisitPolicy, since: Date) -> None:
    decisions = [policy.decide(CASE, on=on) for on in ASKED]
    assert {seized(policy, CASE, on).since for on in ASKED} == {since}
    assert all(SEIZED.code not in decision.undated for decision in decisions)
    deadlines = {visit.window.missed_on or visit.window.closes for visit in (decision.schedule.next for decision in decisions) if visit}
    assert len(deadlines) == 1


@pytest.mark.parametrize("policy", UNDATED.values(), ids=UNDATED)
def test_what_has_no_beginning_says_so_in_the_decision_the_visit_and_the_words(policy: RevisitPolicy) -> None:
    case = QUIET if ~EVERY.outcome.includes("npa") in (each.condition for each in policy.signals.table.rules) else CASE
    decision = policy.decide(case, on="2026-06-15")
    assert seized(policy, case, Date(2026, 6, 15)).since is None
    assert SEIZED.code in decision.undated
    assert decision.schedule.next is not None
    assert "moves" in decision.explain("en")
    window = decision.schedule.next.window
    assert "signal_not_dated" in {reason.value for reason in (*window.opens_because, *window.closes_because)}


@pytest.mark.parametrize("policy", UNDATED.values(), ids=UNDATED)
def test_an_event_dates_what_nothing_else_does(policy: RevisitPolicy) -> None:
    case = QUIET if ~EVERY.outcome.includes("npa") in (each.condition for each in policy.signals.table.rules) else CASE
    dated = attrs.evolve(case, events=(Event(SEIZED.code, since="2026-06-10"),))
    assert {seized(policy, dated, on).since for on in ASKED} == {Date(2026, 6, 10)}
    assert all(SEIZED.code not in policy.decide(dated, on=on).undated for on in ASKED)


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize("policy", [*(policy for policy, _ in DATED.values()), *UNDATED.values()], ids=[*DATED, *UNDATED])
def test_the_columns_say_the_same(policy: RevisitPolicy, engine: str) -> None:
    impaired = attrs.evolve(CASE, loan=attrs.evolve(CASE.loan, impaired=True))
    early = attrs.evolve(CASE, loan=attrs.evolve(CASE.loan, days_past_due=40))
    cases = [CASE, QUIET, impaired, early, case_with(seized=True)]
    book = frames.from_cases(cases)
    frame: Any = book if engine == "polars" else duckdb.from_arrow(book.to_arrow())
    found = cells(frames.label(policy, frames.next_visits(policy, frame, on="2026-06-20")))
    for at, case in enumerate(cases):
        decision = policy.decide(case, on="2026-06-20")
        visit = decision.schedule.next
        assert found["undated"][at] == ", ".join(code.label("en") for code in decision.undated)
        assert found["next_closes"][at] == (visit and dt.date.fromisoformat(str(visit.window.closes)))
        assert found["next_missed_on"][at] == (visit and visit.window.missed_on and dt.date.fromisoformat(str(visit.window.missed_on)))
