"""A table of two rules, for the examples in the docstrings of this room."""

from __future__ import annotations

from typing import Final

from revisit_policy.language.fact import Fact, Unit
from revisit_policy.language.fold import Fold
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.values.citation import Citation, Standing
from revisit_policy.values.labels import Label

HOUSE_RULE: Final = Citation(document=Label("示例", "example"), standing=Standing.PROPOSAL)

overdue: Final = Fact.count("overdue", low=0, high=3650, unit=Unit.DAYS, label=Label("逾期天数", "days past due"))
impaired: Final = Fact.flag("impaired", label=Label("已减值", "impaired"))

grade: Final = Table(
    "grade",
    label=Label("分类", "grade"),
    outcomes=("normal", "special_mention", "substandard"),
    fold=Fold.WORST,
    rules=(
        Rule("overdue-90", when=overdue > 90, then="substandard", because=Label("逾期超过90天", "over 90 days past due"), source=HOUSE_RULE),
        Rule("impaired", when=impaired.is_true(), then="special_mention", because=Label("已减值", "impaired"), source=HOUSE_RULE),
    ),
    otherwise="normal",
)
