"""The shipped rulebook passes its own analysis: no gap, no conflict, no dead rule, and nothing gets better by getting worse."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from tests.language.loan_facts import HOUSE, WHY

from revisit_policy import Addition, Overlay, Rule, analysis, facts
from revisit_policy.language.fact import Fact
from revisit_policy.outcomes.visit import VisitMethod
from revisit_policy.rulebooks import cn_housing

EDITIONS = [pytest.param(edition.policy, id=edition.id) for edition in cn_housing.rulebook.editions]
both_editions = pytest.mark.parametrize("policy", EDITIONS)
with_and_without = pytest.mark.parametrize("missing", [False, True], ids=["complete facts", "facts missing"])

#: Steps of the turnaround for methods that no rule of ours asks for; a bank's overlay may.
WAITING = {"turnaround-report-sms", "turnaround-report-video", "turnaround-no-reply"}

#: The interval of a restructured loan is one rule for both editions; under the older one such a loan was substandard.
#: It still adds caution where nobody searched the register of restructurings.
OUTRANKED = {"cap-in-observation"}

HIGHER = (
    facts.days_past_due, facts.missed_consecutive, facts.missed_total_24m, facts.delays_over_5_days_12m, facts.ecl_ratio,
    facts.ltv_now, facts.housing_dsr, facts.total_dsr, facts.price_volatility, facts.months_begun_since_valuation,
    facts.days_since_registrable, facts.failed_contacts, facts.principal, facts.credit_standing, facts.misuse_of_funds,
    facts.refinanced, facts.impaired, facts.in_observation, facts.restructured_again, facts.was_non_performing,
    facts.lost_contact, facts.deceased, facts.other_bad_debt, facts.debt_evasion, facts.bankruptcy, facts.seized,
    facts.project_stalled, facts.collateral_damaged,
)  # fmt: skip
LOWER = (facts.price_change_12m, facts.income_change, facts.months_clean_since_cure, facts.technical_cause_proved, facts.co_borrower_paying)

#: The facts of which the trade says which way is worse.
WORSE: list[tuple[Fact, Literal["higher", "lower"]]] = [(fact, "higher") for fact in HIGHER] + [(fact, "lower") for fact in LOWER]

#: The tables on which no fact that gets worse makes anything milder: a better grade, a longer interval, one signal less.
ORDERED = ("difficulty", "grade", "level", "signals", "triggers", "interval_base", "interval", "revaluation", "method")


@both_editions
@with_and_without
def test_every_table_has_an_outcome_in_every_case(policy: Any, missing: bool) -> None:
    assert analysis.gaps(policy, missing=missing).is_proved


@both_editions
@with_and_without
def test_no_two_rules_contradict_each_other(policy: Any, missing: bool) -> None:
    assert analysis.overlaps(policy, settled=False, missing=missing).is_proved


@both_editions
@with_and_without
def test_every_rule_decides_something_but_those_that_wait_for_an_overlay(policy: Any, missing: bool) -> None:
    dead = {finding.rule.id for finding in analysis.dead_rules(policy, missing=missing)}
    assert dead == (WAITING | OUTRANKED if policy.id == "cn-housing-2007" and not missing else WAITING)


@both_editions
def test_the_rules_that_wait_come_to_life_under_an_overlay_that_asks_for_their_methods(policy: Any) -> None:
    asks = tuple(
        Rule(f"city-{means.value}", when=facts.credit_standing.is_in(standing), then=means, because=WHY, source=HOUSE)
        for means, standing in ((VisitMethod.SMS, "excellent"), (VisitMethod.VIDEO, "good"))
    )
    city = policy | Overlay(id="city", additions=(Addition(table="method", rules=asks),))
    assert {finding.rule.id for finding in analysis.dead_rules(city)}.isdisjoint(WAITING)


@both_editions
@pytest.mark.parametrize("table", ORDERED)
def test_no_fact_that_gets_worse_makes_a_table_milder(policy: Any, table: str) -> None:
    broken = [answer.explain() for fact, worse in WORSE if not (answer := analysis.monotone(policy, fact, table, worse=worse))]
    assert broken == []


@both_editions
def test_a_loan_that_soon_ends_is_visited_less_often_and_that_is_meant(policy: Any) -> None:
    (found,) = analysis.monotone(policy, facts.remaining_months, "interval", worse="lower")
    assert (found.before, found.after) == (6, 12)
    assert analysis.implies(
        policy.interval.outcome.is_in(12) & (facts.remaining_months > 12),
        facts.credit_standing.is_in("excellent"),
        policy=policy,
    )


@both_editions
@pytest.mark.parametrize("days", [91, 95, 180])
def test_a_loan_more_than_90_days_past_due_is_never_special_mention(policy: Any, days: int) -> None:
    mild = policy.grade.outcome <= "special_mention"
    assert analysis.can(policy, mild, given=facts.days_past_due.between(days, days + 1)).is_proved


def test_no_legal_measure_is_recommended_for_a_loan_that_is_paid_on_time() -> None:
    policy = cn_housing.rulebook.in_force("2026-11-23")
    legal = ("lawyer_letter", "payment_order", "litigate", "realise_security", "negotiated_sale")
    current = (facts.days_past_due <= 90) & (facts.missed_consecutive < 6)
    assert analysis.can(policy, policy.measures.outcome.includes(*legal), given=current).is_proved


def test_the_editions_differ_in_the_grade_and_in_what_rests_on_it_alone() -> None:
    old, new = (edition.policy for edition in cn_housing.rulebook.editions)
    found = analysis.diff(old, new)
    assert found.abstract == ()
    assert {change.table.id for change in found} == {"grade", "measures", "method", "interval", "turnaround"}
    assert all(change.table.id == "grade" or "grade" in change.through for change in found)
    assert all(change.witness.case is not None for change in found)
