"""A small policy as a team would write it: two tables, one reading the other."""

from __future__ import annotations

from revisit_policy import Citation, DecisionGraph, Fact, Fold, Label, Period, Rule, Standing, Table, Unit

HOUSE = Citation(document=Label("内部规定", "house rule"), standing=Standing.BANK_PRACTICE)

overdue = Fact.count("overdue", low=0, high=3650, unit=Unit.DAYS, label=Label("逾期天数", "days past due"))
ltv = Fact.ratio("ltv", low="0", high="2", label=Label("抵押率", "loan to value"))
seized = Fact.flag("seized", label=Label("已查封", "seized"), register=Label("登记簿", "kept in a register"))
work = Fact.choice("work", ("salaried", "trader", "retired"), label=Label("职业", "employment"))


def rule(rule_id: str, when: object, then: object, period: Period | None = None) -> Rule:
    return Rule(rule_id, when=when, then=then, because=Label(rule_id, rule_id), source=HOUSE, period=period)  # type: ignore[arg-type] # as a test writes it


grade = Table(
    "grade",
    label=Label("分类", "grade"),
    outcomes=("normal", "special_mention", "substandard"),
    fold=Fold.WORST,
    rules=(
        rule("overdue-90", overdue > 90, "substandard"),
        rule("overdue-0", overdue > 0, "special_mention"),
        rule("seized", seized.is_true(), "substandard"),
        rule("no-valuation", ltv.is_missing(), "special_mention"),
    ),
    otherwise="normal",
)

interval = Table(
    "interval",
    label=Label("回访间隔", "interval"),
    outcomes=(12, 6, 3),
    fold=Fold.FIRST,
    rules=(
        rule("by-substandard", grade.outcome.is_in("substandard"), 3),
        rule("thin-margin", (ltv >= "0.70") & work.is_in("trader"), 6, Period(since="2026-01-01")),
        rule("by-special-mention", grade.outcome.is_in("special_mention"), 6),
    ),
    otherwise=12,
)

policy = DecisionGraph((grade, interval))
