"""A rule of the table of measures: what it recommends, when, why, and by which right."""

from __future__ import annotations

from revisit_policy.casefile import facts
from revisit_policy.language.condition import Condition, any_of
from revisit_policy.language.rule import Rule
from revisit_policy.outcomes.measure import Measure
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.sources import PRACTICE_UNVERIFIED
from revisit_policy.values.citation import Citation
from revisit_policy.values.labels import Label


def recommend(rule_id: str, measure: Measure, when: Condition, because: Label, source: Citation = PRACTICE_UNVERIFIED) -> Rule:  # noqa: PLR0917 - the columns of a table
    """The rule ``measure-`` *rule_id*."""
    return Rule(f"measure-{rule_id}", when=when, then=measure, because=because, source=source)


def can_agree(p: Parameters) -> Condition:
    """There is somebody to agree on a new plan with: a borrower in good faith, or after a death a co-borrower who pays."""
    in_good_faith = facts.misuse_of_funds.is_false() & facts.debt_evasion.is_false()
    return in_good_faith & within_reach(p) & (facts.deceased.is_false() | facts.co_borrower_paying.is_true())


def within_reach(p: Parameters) -> Condition:
    """The borrower is known to be reached, so that an order of a court can be served."""
    return facts.lost_contact.is_false() & (facts.failed_contacts < p.lost_contact_attempts)


def out_of_reach(p: Parameters) -> Condition:
    """The borrower is known not to be reached."""
    return facts.lost_contact.is_true() | (facts.failed_contacts >= p.lost_contact_attempts)


def no_plan_is_sought(p: Parameters) -> Condition:
    """Nobody to agree with, nobody who co-operates, or a plan that has not come for too long: then rights are enforced, and not before."""
    alone = facts.deceased.is_true() & (facts.co_borrower_paying.is_false() | facts.co_borrower_paying.is_missing())
    in_bad_faith = facts.misuse_of_funds.is_true() | facts.debt_evasion.is_true()
    unwilling = facts.cooperative.is_false() | facts.cooperative.is_missing()
    return any_of(unwilling, in_bad_faith, out_of_reach(p), alone, facts.days_past_due > p.days_doubtful)


def plan_is_sought(p: Parameters) -> Condition:
    """The borrower co-operates, there is somebody to agree with, and it has not been too long."""
    return facts.cooperative.is_true() & can_agree(p) & (facts.days_past_due <= p.days_doubtful)


def not_fresh(p: Parameters) -> Condition:
    """The valuation is too old to speak for what has happened since; one that is missing is asked for on its own."""
    return facts.months_begun_since_valuation > p.fresh_valuation_months
