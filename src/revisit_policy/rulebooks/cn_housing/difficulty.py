"""Difficulty: is the borrower in financial difficulty? It decides whether easing a contract makes a restructured asset.

A change of contract for a borrower who is not in difficulty, such as a general cut of rates, makes none.
"""

from __future__ import annotations

from revisit_policy.casefile import facts
from revisit_policy.casefile.borrower import Employment
from revisit_policy.language.fold import Fold
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.regulations import RESTRUCTURED_ASSET
from revisit_policy.rulebooks.cn_housing.sources import set_by_bank
from revisit_policy.values.labels import Label, OrderedLabelled
from revisit_policy.values.ratio import percent_label


class Difficulty(OrderedLabelled, zh="财务困难程度"):
    """Whether the borrower is in financial difficulty."""

    NONE = "none", "无财务困难", "no financial difficulty"
    IN_DIFFICULTY = "in_difficulty", "财务困难", "in financial difficulty"


def table(p: Parameters) -> Table:
    """The borrower's difficulty, from arrears, falling capacity and bad debt elsewhere."""
    weaker = (facts.income_change <= p.income_fall) | facts.employment.is_in(Employment.UNEMPLOYED)
    fall, limit = percent_label(-p.income_fall), percent_label(p.total_dsr_limit)
    return Table(
        "difficulty",
        label=Label("财务状况", "financial state"),
        outcomes=Difficulty,
        fold=Fold.WORST,
        otherwise=Difficulty.NONE,
        rules=(
            Rule(
                "difficulty-overdue",
                when=facts.days_past_due > 0,
                then=Difficulty.IN_DIFFICULTY,
                because=Label("已经逾期", "already past due"),
                source=RESTRUCTURED_ASSET,
            ),
            Rule(
                "difficulty-capacity-falls",
                when=weaker & (facts.total_dsr > p.total_dsr_limit),
                then=Difficulty.IN_DIFFICULTY,
                because=Label(
                    f"还款能力下降且预计现金流不足；此处以收入下降{fall.zh}以上或失业，且所有债务与收入比超过{limit.zh}为准",
                    f"weaker ability, and cash flow is not expected to suffice: here income that fell by {fall.en} or more or is gone, and debt service of more than {limit.en}",
                ),
                source=set_by_bank(RESTRUCTURED_ASSET),
            ),
            Rule(
                "difficulty-bad-debt-elsewhere",
                when=facts.other_bad_debt.is_true(),
                then=Difficulty.IN_DIFFICULTY,
                because=Label("其他债务已成不良", "another debt is already non-performing"),
                source=RESTRUCTURED_ASSET,
            ),
        ),
    )
