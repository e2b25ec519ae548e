"""Facts and a citation shared by the worked cases of this folder."""

from __future__ import annotations

from typing import Any

from revisit_policy import Citation, Fact, Fold, Label, Period, Rule, Standing, Table, Unit, cny

HOUSE = Citation(document=Label("内部规定", "house rule"), standing=Standing.BANK_PRACTICE)
WHY = Label("理由", "reason")

days = Fact.count("days", low=0, high=3650, unit=Unit.DAYS, label=Label("逾期天数", "days past due"))
ltv = Fact.ratio("ltv", low="0", high="10", label=Label("贷款价值比", "loan-to-value"))
principal = Fact.money("principal", low=cny(0), high=cny(100_000_000), label=Label("本金", "principal"))
misuse = Fact.flag("misuse", label=Label("挪用", "misuse"), register=Label("登记簿", "kept in a register"))
impaired = Fact.flag("impaired", label=Label("减值", "impaired"))
standing = Fact.choice("standing", ("good", "fair", "poor"), label=Label("信用", "standing"), ordered=True)
job = Fact.choice("job", ("salaried", "own_business", "none"), label=Label("职业", "employment"))
signed = Fact.day("signed", label=Label("签约日", "day of signing"))

FACTS = {fact.name: fact for fact in (days, ltv, principal, misuse, impaired, standing, job, signed)}


def rule(rule_id: str, when: Any, then: object, period: Period | None = None) -> Rule:
    return Rule(rule_id, when=when, then=then, because=WHY, source=HOUSE, period=period)


def table(*rules: Rule, fold: Fold = Fold.WORST, outcomes: Any = ("a", "b", "c"), otherwise: object = "a", name: str = "t") -> Table:
    return Table(name, label=Label("表", "table"), outcomes=outcomes, fold=fold, rules=rules, otherwise=otherwise)
