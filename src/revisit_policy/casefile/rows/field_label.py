"""What the fields of a case file are called: by the fact that reads one alone, and here where none does."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from revisit_policy.casefile.case_columns import FIELDS
from revisit_policy.casefile.facts import CATALOGUE
from revisit_policy.language.derivation import Field, GrownDaily
from revisit_policy.language.fact import Fact
from revisit_policy.values.labels import Label


def _path(fact: Fact) -> str | None:
    """The field that *fact* is; ``None`` for what is made of several."""
    match fact.derived:
        case Field(path):
            return path
        case GrownDaily(count=path):
            return path
        case _:
            return None


#: The facts that are a field of a case file, by its path.
FACT_OF: Final = MappingProxyType({path: fact for fact in CATALOGUE if (path := _path(fact)) is not None})
_OTHERS: Final = {
    "loan.loan_no": Label("贷款编号", "number of the loan"),
    "loan.arrears_as_of": Label("逾期天数所属日", "day that the days past due are of"),
    "loan.unpaid_since": Label("最早欠款应还日", "due day of the oldest unpaid instalment"),
    "loan.extended_to": Label("展期后到期日", "maturity after an extension"),
    "loan.ecl": Label("预期信用损失", "expected credit loss"),
    "loan.carrying_amount": Label("账面金额", "carrying amount"),
    "loan.restructured_on": Label("重组日", "day of the restructuring"),
    "loan.observation_until": Label("观察期届满日", "first day on which the observation can end"),
    "loan.demanded_on": Label("最近一次催收送达日", "last demand that reached the borrower"),
    "loan.person_needed_since": Label("须由人回访起始日", "first day from which a person has to visit"),
    "loan.reclassified_on": Label("重新分类日", "day of the re-classification"),
    "borrower.id": Label("借款人编号", "number of the borrower"),
    "borrower.income_at_last_review": Label("上次核实时的月收入", "monthly income at the last review"),
    "borrower.monthly_debt_service": Label("每月债务支出", "monthly debt service"),
    "borrower.reviewed_on": Label("核实日", "day of the review"),
    "collateral.value": Label("押品价值", "value of the collateral"),
    "collateral.valued_on": Label("估值日", "day of the valuation"),
    "collateral.value_at_origination": Label("发放时押品价值", "value at the grant"),
    "collateral.registrable_since": Label("可办登记之日", "day from which it can be registered"),
    "collateral.guarantee_until": Label("保证期间届满日", "last day of the guarantee"),
    "determination.on": Label("认定日", "day of the determination"),
    "determination.role": Label("认定人角色", "who determined"),
    "market.region": Label("地区", "region"),
    "market.as_of": Label("房价所属日", "day that the prices are of"),
}

#: What each field of a case file is called, by its path; by the path itself where nobody has named it.
FIELD_LABELS: Final = MappingProxyType(
    {path: FACT_OF[path].label if path in FACT_OF else _OTHERS.get(path, Label(path, path)) for path in FIELDS}
)
