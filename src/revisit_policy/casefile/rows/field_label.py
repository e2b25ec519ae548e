"""What the fields of a case file are called: by the fact that reads one alone, and here where none does."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from revisit_policy.casefile.case_columns import FIELDS
from revisit_policy.casefile.facts import CATALOGUE
from revisit_policy.language.derivation import Field
from revisit_policy.values.labels import Label

_READ_ALONE: Final = {fact.derived.path: fact.label for fact in CATALOGUE if isinstance(fact.derived, Field)}
_OTHERS: Final = {
    "loan.loan_no": Label("贷款编号", "loan number"),
    "loan.days_past_due": Label("逾期天数", "days past due"),
    "loan.arrears_as_of": Label("逾期天数截止日", "day of the days past due"),
    "loan.unpaid_since": Label("最早未还期次到期日", "unpaid since"),
    "loan.extended_to": Label("展期后到期日", "maturity as extended"),
    "loan.ecl": Label("预期信用损失", "expected credit loss"),
    "loan.carrying_amount": Label("账面余额", "carrying amount"),
    "loan.restructured_on": Label("重组日", "day of restructuring"),
    "loan.observation_until": Label("观察期届满日", "last day of the observation"),
    "loan.reclassified_on": Label("重新分类日", "day of reclassification"),
    "borrower.id": Label("借款人编号", "id of the borrower"),
    "borrower.income_at_last_review": Label("上次复核时的收入", "income at the last review"),
    "borrower.monthly_debt_service": Label("每月全部债务支出", "all debt service a month"),
    "borrower.reviewed_on": Label("借款人情况复核日", "day the borrower was reviewed"),
    "collateral.value": Label("押品价值", "value of the collateral"),
    "collateral.valued_on": Label("估值日", "day of the valuation"),
    "collateral.value_at_origination": Label("发放时押品价值", "value of the collateral when granted"),
    "collateral.registrable_since": Label("可办理登记之日", "day from which it can be registered"),
    "market.region": Label("所在地区", "region"),
    "market.as_of": Label("房价数据日", "day of the prices"),
}

#: What each field of a case file is called, by its path; by the path itself where nobody has named it.
FIELD_LABELS: Final = MappingProxyType({path: _READ_ALONE.get(path) or _OTHERS.get(path, Label(path, path)) for path in FIELDS})
