"""The shipped rulebook passes its own analysis: no gap, no conflict, no dead rule, and nothing gets better by getting worse."""

from __future__ import annotations

from typing import Any, Final, Literal

import attrs
import pytest

from revisit_policy import Deadline, DecisionGraph, SignalCode, Trigger, analysis, cny, facts
from revisit_policy.language.condition import ALWAYS
from revisit_policy.language.fact import Fact
from revisit_policy.language.table import Table
from revisit_policy.rulebooks import cn_housing

EDITIONS = [pytest.param(edition.policy, id=edition.id) for edition in cn_housing.rulebook.editions]
both_editions = pytest.mark.parametrize("policy", EDITIONS)
with_and_without = pytest.mark.parametrize("missing", [False, True], ids=["complete facts", "facts missing"])

HIGHER = (
    facts.days_past_due, facts.missed_consecutive, facts.missed_total_24m, facts.delays_over_5_days_12m, facts.ecl_ratio,
    facts.ltv_now, facts.housing_dsr, facts.total_dsr, facts.price_volatility, facts.months_begun_since_valuation,
    facts.days_since_registrable, facts.failed_contacts, facts.principal, facts.credit_standing, facts.misuse_of_funds,
    facts.refinanced, facts.impaired, facts.in_observation, facts.restructured_again, facts.determined_grade,
    facts.lost_contact, facts.deceased, facts.other_bad_debt, facts.debt_evasion, facts.bankruptcy, facts.seized,
    facts.project_stalled, facts.collateral_damaged,
)  # fmt: skip
LOWER = (facts.price_change_12m, facts.income_change, facts.months_clean_since_cure, facts.technical_cause_proved, facts.co_borrower_paying)

#: The facts of which the trade says which way is worse.
WORSE: list[tuple[Fact, Literal["higher", "lower"]]] = [(fact, "higher") for fact in HIGHER] + [(fact, "lower") for fact in LOWER]

#: Beyond 90 days past due special assets take over: somebody goes there at once (`trigger-hand-over`), and then the file leads.
NOT_HANDED_OVER: Final = (facts.days_past_due <= cn_housing.DEFAULTS.days_substandard) | facts.visit_kind.is_in("first", "triggered", "revaluation")

#: The tables on which no fact that gets worse makes anything milder: a better grade, a longer interval, one signal less.
ORDERED = ("difficulty", "grade", "level", "signals", "triggers", "points", "interval", "revaluation", "method")


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
def test_every_rule_decides_something(policy: Any, missing: bool) -> None:
    assert analysis.dead_rules(policy, missing=missing).is_proved


def _resting_on(policy: Any, name: str) -> frozenset[Table]:
    """The table of this name, and all that it reads of."""
    asked = policy.graph.by_id[name]
    return frozenset((asked,)).union(*(_resting_on(policy, read) for read in asked.reads))


def _different(name: str) -> list[Any]:
    """The policies in which a table is to be looked at: of editions in which it is the same, and rests on the same, the latest."""
    editions = [edition.policy for edition in cn_housing.rulebook.editions]
    return list({_resting_on(policy, name): policy for policy in editions}.values())


@pytest.mark.parametrize("table", ORDERED)
def test_no_fact_that_gets_worse_makes_a_table_milder(table: str) -> None:
    given = NOT_HANDED_OVER if table == "method" else ALWAYS
    asked = [(policy, fact, worse) for policy in _different(table) for fact, worse in WORSE]
    broken = [answer.explain() for policy, fact, worse in asked if not (answer := analysis.monotone(policy, fact, table, worse=worse, given=given))]
    assert broken == []


@both_editions
def test_only_the_hand_over_makes_a_periodic_visit_milder_because_somebody_goes_there_at_once(policy: Any) -> None:
    assert [fact for fact, worse in WORSE if not analysis.monotone(policy, fact, "method", worse=worse)] == [facts.days_past_due]
    handed_over = Trigger(SignalCode.NPL, level="red", deadline=Deadline(cn_housing.DEFAULTS.red_working_days))
    owing = (facts.days_past_due > cn_housing.DEFAULTS.days_substandard) & (facts.balance > cny(0))
    assert analysis.implies(owing, policy.triggers.outcome.includes(handed_over), policy=policy)


@both_editions
def test_no_loan_is_left_alone_for_a_year_unless_few_limits_are_passed_and_its_grade_allows(policy: Any) -> None:
    assert analysis.implies(policy.interval.outcome.is_in(12), policy.graph.by_id["points"].outcome < 5, policy=policy)
    assert analysis.can(policy, policy.interval.outcome.is_in(12), given=policy.grade.outcome >= "substandard").is_proved


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


#: What needs the borrower's agreement and leaves the loan as it is: a restructuring is another matter.
EASING = ("adjust_repayment", "extend_term", "grace")
IN_BAD_FAITH = facts.misuse_of_funds.is_true() | facts.debt_evasion.is_true()
OUT_OF_REACH = facts.lost_contact.is_true() | (facts.failed_contacts >= 3) | (facts.deceased.is_true() & facts.co_borrower_paying.is_false())
NOBODY_TO_AGREE_WITH = IN_BAD_FAITH | OUT_OF_REACH


@both_editions
def test_what_is_handed_over_recalled_or_restored_is_never_merely_watched_besides(policy: Any) -> None:
    said = policy.measures.outcome
    assert analysis.can(policy, said.includes("monitor") & said.includes("hand_over", "accelerate", "stop_drawing", "demand_restoration")).is_proved


@both_editions
@pytest.mark.parametrize("given", [facts.days_past_due > 90, NOBODY_TO_AGREE_WITH], ids=["beyond 90 days", "nobody to agree with"])
def test_no_plan_is_eased_where_it_is_too_late_or_nobody_agrees(policy: Any, given: Any) -> None:
    assert analysis.can(policy, policy.measures.outcome.includes(*EASING), given=given).is_proved


@both_editions
def test_brief_arrears_alone_shorten_no_interval(policy: Any) -> None:
    brief = facts.days_past_due.between(1, 31) & facts.in_observation.is_false() & facts.misuse_of_funds.is_false() & facts.refinanced.is_false()
    tables = {table.id: table for table in policy.tables}
    points = tables["points"].outcome
    asked = DecisionGraph([tables[name] for name in ("grade", "interval")], given=["points"])  # whatever the points rest on
    brief &= (facts.determined_grade < "special_mention") & facts.granted_in_breach.is_false() & facts.other_bad_debt.is_false()  # grounds of their own
    calm = (points < 9) & (tables["grade"].outcome <= "special_mention")
    assert analysis.can(asked, tables["interval"].outcome.is_in(3), given=brief & calm).is_proved


def test_figures_beside_the_tables_are_noted_because_no_region_shows_them() -> None:
    policy = cn_housing.rulebook.in_force("2026-11-23")
    later = attrs.evolve(policy, conventions=attrs.evolve(policy.conventions, horizon_months=12))
    found = analysis.diff(policy, later)
    assert found.changes == ()
    assert "beside the tables, `horizon_months` goes from 24 to 12" in found.explain("en")


def test_the_editions_differ_in_the_grade_and_in_what_rests_on_it_alone() -> None:
    old, new = (edition.policy for edition in cn_housing.rulebook.editions)
    found = analysis.diff(old, new)
    assert found.abstract == ()
    assert {change.table.id for change in found} == {"grade", "measures", "upgrade", "barred", "interval", "turnaround"}
    made_of_its_rules = {"grade", "interval", "upgrade"}
    assert all(change.table.id in made_of_its_rules or "grade" in change.through for change in found)
    assert all(change.witness.case is not None for change in found)
