"""Revaluation: is the collateral to be valued anew? At least once a year, by regulation, and sooner in a market known to move fast.

The table acts at worst: a valuation that nobody can find is one to be made, and a market of which nobody has looked up how it moves may
be a fast one. A falling market alone is answered by a
signal and a measure, because a price that is merely unknown must not send valuers to every home. For a loan whose balance
is paid no home is valued.
"""

from __future__ import annotations

from revisit_policy.casefile import facts
from revisit_policy.language.condition import Condition
from revisit_policy.language.fold import Fold
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.outcomes.revaluation_duty import RevaluationDuty
from revisit_policy.rulebooks.cn_housing.arrears import principal_owed
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.regulations import collateral_2017
from revisit_policy.rulebooks.cn_housing.sources import set_by_bank
from revisit_policy.values.labels import Label
from revisit_policy.values.ratio import percent_label


def outdated_in_volatile_market(p: Parameters) -> Condition:
    """A valuation is older than a market that moves fast allows."""
    return (facts.price_volatility >= p.high_volatility) & (facts.months_begun_since_valuation > p.volatile_revaluation_months) & principal_owed()


def outdated_sooner(p: Parameters) -> Label:
    """Why it is due before its year is over."""
    months, swing = p.volatile_revaluation_months, percent_label(p.high_volatility)
    return Label(f"房价波动率{swing.zh}以上，估值已逾{months}个月", f"price volatility of {swing.en} or more, and the valuation is more than {months} months old")


def table(p: Parameters) -> Table:
    """Due once the valuation is older than the figures allow, or missing."""
    age, owed, yearly = facts.months_begun_since_valuation, principal_owed(), collateral_2017("18", verified=True)
    return Table(
        "revaluation",
        label=Label("年度重估", "yearly revaluation"),
        outcomes=RevaluationDuty,
        fold=Fold.WORST,
        otherwise=RevaluationDuty.NOT_DUE,
        rules=(
            Rule(
                "revaluation-expired",
                when=(age > p.revaluation_months) & owed,
                then=RevaluationDuty.DUE,
                because=Label(f"估值已逾{p.revaluation_months}个月", f"the valuation is more than {p.revaluation_months} months old"),
                source=yearly,
            ),
            Rule(
                "revaluation-volatile-market",
                when=outdated_in_volatile_market(p),
                then=RevaluationDuty.DUE,
                because=outdated_sooner(p),
                source=set_by_bank(yearly),
            ),
            Rule(
                "revaluation-missing",
                when=(age.is_missing() | facts.ltv_now.is_missing()) & owed,
                then=RevaluationDuty.DUE,
                because=Label("没有估值记录", "there is no valuation on file"),
                source=yearly,
            ),
        ),
    )
