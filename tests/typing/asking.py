"""What a type checker knows of the calls that callers write; it is checked with the tests and never run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import assert_type

import pendulum

import revisit_policy as rp
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


def values() -> None:
    assert_type(rp.cny(1).amount, Decimal)
    assert_type(sum([rp.cny(1)], rp.cny(0)), rp.Money)
    assert_type(rp.Product.parse("首套住房贷款", lang="zh"), rp.Product)
