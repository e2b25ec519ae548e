"""Arrears in earnest: past due, unless a technical cause is proved and its grace days have not run out. And what is owed at all."""

from __future__ import annotations

from revisit_policy.casefile import facts
from revisit_policy.language.condition import Condition
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.values.money import cny


def in_earnest(p: Parameters) -> Condition:
    """Past due, and no technical cause is proved: not searched is not proved. Calls for a visit to find out."""
    excused = facts.technical_cause_proved
    return (facts.days_past_due > 0) & (excused.is_false() | excused.is_missing() | (facts.days_past_due > p.technical_grace_days))


def established(p: Parameters) -> Condition:
    """The same as far as it is known: what is done against a borrower rests on this, and not on a search nobody made."""
    return (facts.days_past_due > 0) & (facts.technical_cause_proved.is_false() | (facts.days_past_due > p.technical_grace_days))


def excused(p: Parameters) -> Condition:
    """Not past due, or only for as long as a proved technical cause excuses."""
    proved = facts.technical_cause_proved.is_true() & (facts.days_past_due <= p.technical_grace_days)
    return (facts.days_past_due <= 0) | proved


def principal_owed() -> Condition:
    """There is a balance for which the home stands."""
    return facts.balance > cny(0)


def left_after_maturity() -> Condition:
    """Principal is left more than a month after the loan matured: longer than any holiday shifts a due day."""
    return (facts.remaining_months < 0) & principal_owed()


def owed() -> Condition:
    """The loan is not settled: interest can be owed where the balance is paid."""
    return principal_owed() | (facts.days_past_due > 0)
