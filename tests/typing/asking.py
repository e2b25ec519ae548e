"""What a type checker knows of the calls that callers write; it is checked with the tests and never run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, assert_type

import pendulum

import revisit_policy as rp
from revisit_policy.policy import BoundTable, Slot
from revisit_policy.rulebooks import cn_housing


class BankLoan(rp.Loan):
    """A bank's own kind of loan."""


def case(loan: BankLoan, visits: list[rp.Visit], events: list[rp.Event]) -> rp.CaseFile:
    return rp.CaseFile(loan=loan, borrower=rp.BorrowerProfile("B-1"), visits=visits, events=events)


def days(file: rp.CaseFile) -> None:
    assert_type(cn_housing.rulebook.decide(file, on="2026-11-24"), rp.Decision)
    assert_type(cn_housing.rulebook.decide(file, on=dt.date(2026, 11, 24), until=dt.date(2027, 11, 24)), rp.Decision)
    assert_type(cn_housing.rulebook.decide(file, on=pendulum.Date(2026, 11, 24)), rp.Decision)
    assert_type(cn_housing.rulebook.in_force(dt.date(2026, 11, 24)), rp.RevisitPolicy)
    assert_type(cn_housing.policy().decide(file, on=dt.date(2026, 11, 24)), rp.Decision)


def batches(files: list[rp.CaseFile], scores: Mapping[str, Mapping[str, object]]) -> None:
    policy, on = cn_housing.policy(), dt.date(2026, 11, 24)
    assert_type(policy.iter_decide(files, on=on, supplied=scores), Iterator[rp.Decision | rp.Refusal])
    assert_type(cn_housing.rulebook.iter_decide(files, on=on, supplied=lambda file: scores[file.loan.loan_no]), Iterator[rp.Decision | rp.Refusal])


def answers(decision: rp.Decision) -> None:
    assert_type(decision.grade, rp.Grade)
    assert_type(decision.signals, tuple[rp.Signal, ...])
    assert_type(decision.schedule.next, rp.Revisit | None)
    assert_type(decision.to_html("zh-CN"), str)
    assert_type(decision.verdicts["grade"], rp.Verdict)
    assert_type(decision.verdicts["grade"].outcome, Any)


def tables_of_a_policy(policy: rp.RevisitPolicy, file: rp.CaseFile) -> None:
    assert_type(policy.grade, BoundTable[rp.Grade])
    assert_type(policy.grade(days_past_due=91), rp.Verdict[rp.Grade])
    assert_type(policy.grade(file, on="2026-11-24").outcome, rp.Grade)
    assert_type(policy.grade(days_past_due=91).at_worst, rp.Grade)
    assert_type(policy.grade(days_past_due=91).candidates, tuple[rp.Grade, ...])
    assert_type(policy.level(days_past_due=91).outcome, rp.Level)
    assert_type(policy.signals(days_past_due=91).outcome, tuple[rp.Signal, ...])
    assert_type(policy.measures(days_past_due=91).outcome, tuple[rp.Measure, ...])
    assert_type(policy.interval(days_past_due=91).at_worst, int)
    assert_type(policy.first_window(days_past_due=91).outcome, rp.DayWindow)
    assert_type(policy.method(visit_kind="first").outcome, rp.VisitMethod)
    assert_type(policy.table("a_table_of_ones_own")(days_past_due=91).outcome, Any)
    assert_type(rp.RevisitPolicy.grade, Slot[rp.Grade])


def wrong(policy: rp.RevisitPolicy) -> rp.Measure:
    return policy.grade(days_past_due=91).outcome  # type: ignore[return-value] # a grade is no measure


def table_of_ones_own(rules: list[rp.Rule], label: rp.Label) -> None:
    job: rp.Table[str] = rp.Table("job", outcomes=("a", "b"), fold="worst", rules=rules, otherwise="a", label=label)
    assert_type(job(days=3).outcome, str)
    assert_type(job(days=3).candidates, tuple[str, ...])
    anything = rp.Table("job", outcomes=("a", "b"), fold="worst", rules=rules, label=label)
    assert_type(anything(days=3).outcome, Any)


def stand_ins(policy: rp.RevisitPolicy, file: rp.CaseFile, assumed: list[rp.Assumption]) -> None:
    assert_type(policy.decide(file, on="2026-11-24", assuming=assumed), rp.Decision)
    assert_type(policy.iter_decide([file], on="2026-11-24", assuming=assumed), Iterator[rp.Decision | rp.Refusal])
    assert_type(policy.grade(file, on="2026-11-24", assuming=assumed).outcome, rp.Grade)
    assert_type(policy.graph.decide(file, on="2026-11-24", assuming=assumed), rp.Verdicts)


def values() -> None:
    assert_type(rp.cny(1).amount, Decimal)
    assert_type(sum([rp.cny(1)], rp.cny(0)), rp.Money)
    assert_type(rp.Product.parse("首套住房贷款", lang="zh"), rp.Product)
