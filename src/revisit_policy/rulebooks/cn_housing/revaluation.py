"""Revaluation: is the collateral to be valued anew? At least once a year, by regulation.

The table acts at worst: a valuation that nobody can find is one to be made. A falling market alone is answered by a
signal and a measure, because a price that is merely unknown must not send valuers to every home. For a loan whose balance
is paid no home is valued.
"""

from __future__ import annotations

from revisit_policy.casefile import facts
from revisit_policy.language.fold import Fold
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.outcomes.revaluation_duty import RevaluationDuty
from revisit_policy.rulebooks.cn_housing.arrears import principal_owed
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.regulations import collateral_2017
from revisit_policy.values.labels import Label


def table(p: Parameters) -> Table:
    """Due once the valuation is older than the figure allows, or missing."""
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
                "revaluation-missing",
                when=(age.is_missing() | facts.ltv_now.is_missing()) & owed,
                then=RevaluationDuty.DUE,
                because=Label("没有估值记录", "there is no valuation on file"),
                source=yearly,
            ),
        ),
    )
