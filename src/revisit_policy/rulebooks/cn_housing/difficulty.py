"""Difficulty: is the borrower in financial difficulty? It decides whether easing a contract makes a restructured asset."""

from __future__ import annotations

from revisit_policy.casefile import facts
from revisit_policy.language.fold import Fold
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.sources import measures_2023
from revisit_policy.values.labels import Label, OrderedLabelled

_SOURCE = measures_2023("17", verified=True)


class Difficulty(OrderedLabelled):
    """Whether the borrower is in financial difficulty."""

    NONE = "none", "无财务困难", "no financial difficulty"
    IN_DIFFICULTY = "in_difficulty", "财务困难", "in financial difficulty"


def table(p: Parameters) -> Table:
    """The borrower's difficulty, from arrears, falling capacity and bad debt elsewhere."""
    return Table(
        "difficulty",
        label=Label("财务困难", "financial difficulty"),
        outcomes=Difficulty,
        fold=Fold.WORST,
        otherwise=Difficulty.NONE,
        rules=(
            Rule(
                "difficulty-overdue",
                when=facts.days_past_due > 0,
                then=Difficulty.IN_DIFFICULTY,
                because=Label("已经逾期", "already past due"),
                source=_SOURCE,
            ),
            Rule(
                "difficulty-capacity-falls",
                when=(facts.income_change <= p.income_fall) & (facts.total_dsr > p.total_dsr_limit),
                then=Difficulty.IN_DIFFICULTY,
                because=Label("收入下降且债务负担超限，预计现金流不足", "income has fallen and debt service exceeds the limit, so cash flow is not expected to suffice"),
                source=_SOURCE,
            ),
            Rule(
                "difficulty-bad-debt-elsewhere",
                when=facts.other_bad_debt.is_true(),
                then=Difficulty.IN_DIFFICULTY,
                because=Label("其他债务已成不良", "another debt is already non-performing"),
                source=_SOURCE,
            ),
        ),
    )
