"""The four tables of figures written as obligations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.policy.small_policy import rule, table

from revisit_policy import Between, Every, Obligation, Rule, Signal, Table, VisitKind, Within, facts, unordered
from revisit_policy.decision.seats.conventions import Conventions
from revisit_policy.language.condition import ALWAYS
from revisit_policy.outcomes.obligations.usual import VALUED_ON, time_of
from revisit_policy.outcomes.revaluation_duty import RevaluationDuty
from revisit_policy.outcomes.signal import SignalCode


def obligations(tables: dict[str, Any], figures: Conventions) -> Table:
    """The obligations that say of a loan what the four of the *tables* and the *figures* say."""
    rules = tuple(_rules(tables, figures))
    return table("obligations", unordered(dict.fromkeys(each.then for each in rules)), "every", *rules)


def _rules(tables: dict[str, Any], figures: Conventions) -> Iterator[Rule]:
    windows = tables["first_window"].outcomes.outcomes
    for at, window in enumerate(windows):
        first = Obligation(VisitKind.FIRST, Between(window.first, window.last), since=facts.disbursed_on)
        yield rule(f"owe-first-{at}", ALWAYS if len(windows) == 1 else tables["first_window"].outcome.is_in(window), first)
    every = Every(months=tables["interval"].outcome, lead_days=figures.periodic_lead_days)
    yield rule("owe-periodic", ALWAYS, Obligation(VisitKind.PERIODIC, every, since=facts.disbursed_on))
    for at, trigger in enumerate(tables["triggers"].outcomes.outcomes):
        answer = Obligation(VisitKind.TRIGGERED, time_of(trigger.deadline), since=Signal(trigger.code, level=trigger.level))
        yield rule(f"owe-answer-{at}", tables["triggers"].outcome.includes(trigger), answer)
    yearly = Every(months=figures.revaluation_months, lead_days=figures.periodic_lead_days)
    yield rule("owe-valuation", ALWAYS, Obligation(VisitKind.REVALUATION, yearly, since=VALUED_ON))
    soon = Obligation(VisitKind.REVALUATION, Within(working_days=figures.revaluation_working_days), since=SignalCode.REVALUATION_DUE)
    yield rule("owe-valuation-now", tables["revaluation"].outcome.is_in(RevaluationDuty.DUE), soon)
