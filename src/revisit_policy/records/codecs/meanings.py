"""Meanings: what a field holds, in Chinese and English, as a JSON Schema says it. The catalogue of facts knows, and the docstrings do."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from revisit_policy.casefile import facts
from revisit_policy.casefile.borrower import BorrowerProfile
from revisit_policy.casefile.case_columns import PARTS
from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.collateral import Collateral
from revisit_policy.casefile.event import Event
from revisit_policy.casefile.loan import Loan
from revisit_policy.casefile.market import MarketConditions
from revisit_policy.casefile.visit import Visit
from revisit_policy.language.derivation import Field, GrownDaily
from revisit_policy.language.fact import Fact
from revisit_policy.records.codecs.codec import Schema
from revisit_policy.records.decision_record import DecisionRecord
from revisit_policy.values.labels import Label

_ARGS: Final = re.compile(r"^Args:\n(.*?)(?=^\S|\Z)", re.DOTALL | re.MULTILINE)
_ARG: Final = re.compile(r"^    (\w+): (.*?)(?=^    \w+: |\Z)", re.DOTALL | re.MULTILINE)


RECORD: Final[dict[str, Label]] = {
    "case": Label("案件资料", "the case file"),
    "on": Label("决策日", "decision day"),
    "until": Label("计划截至日", "last day of the schedule"),
    "supplied": Label("外部提供的事实", "supplied facts"),
    "assuming": Label("代替未知事实的假定", "stand-ins for unknown facts"),
    "policy": Label("政策编号", "id of the policy"),
    "version": Label("政策版本", "version of the policy"),
    "digest": Label("政策内容摘要", "digest of the policy"),
    "edition": Label("适用版次", "edition"),
    "edition_before": Label("上次回访时的版次", "edition of the last visit"),
    "digest_before": Label("上次回访时政策内容摘要", "digest of the policy of the last visit"),
    "calendar": Label("工作日历版次", "edition of the calendar"),
    "library": Label("程序库版本", "version of the library"),
    "outcome": Label("决策结果", "what the decision came to"),
}
"""What a decision record holds."""

#: What fields hold that are no fact by themselves.
_LABELS: Final[dict[type[Any], dict[str, Label]]] = {
    CaseFile: {
        "loan": Label("贷款", "the loan"),
        "borrower": Label("借款人", "the borrower"),
        "collateral": Label("押品", "the mortgaged home"),
        "market": Label("房价", "home prices"),
        "visits": Label("已完成的回访", "visits completed so far"),
        "events": Label("信号起始日", "first days of signals"),
        "own": Label("本行自有事实", "facts of the bank's own"),
    },
    Loan: {
        "loan_no": Label("贷款编号", "number of the loan"),
        "arrears_as_of": Label("逾期天数所属日", "day that the days past due are of"),
        "unpaid_since": Label("最早欠款应还日", "due day of the oldest unpaid instalment"),
        "extended_to": Label("展期后到期日", "maturity after an extension"),
        "ecl": Label("预期信用损失", "expected credit loss"),
        "carrying_amount": Label("账面金额", "carrying amount"),
        "restructured_on": Label("重组日", "day of the restructuring"),
        "observation_until": Label("观察期届满日", "first day on which the observation can end"),
        "reclassified_on": Label("重新分类日", "day of the re-classification"),
    },
    BorrowerProfile: {
        "id": Label("借款人编号", "number of the borrower"),
        "income_at_last_review": Label("上次核实时的月收入", "monthly income at the last review"),
        "monthly_debt_service": Label("每月债务支出", "monthly debt service"),
        "reviewed_on": Label("核实日", "day of the review"),
    },
    Collateral: {
        "value": Label("押品现值", "value of the home"),
        "valued_on": Label("估值日", "day of the valuation"),
        "value_at_origination": Label("发放时押品价值", "value at the grant"),
        "registrable_since": Label("可办登记之日", "day from which it can be registered"),
    },
    MarketConditions: {"region": Label("地区", "region"), "as_of": Label("房价所属日", "day that the prices are of")},
    Visit: {
        "kind": Label("回访类型", "kind of the visit"),
        "method": Label("回访方式", "method"),
        "completed_on": Label("完成日", "day of completion"),
        "finding": Label("回访结果", "finding"),
    },
    Event: {"code": Label("信号", "signal"), "since": Label("起始日", "first day")},
    DecisionRecord: RECORD,
}


@cache
def meanings(kind: Any) -> dict[str, Schema]:  # noqa: ANN401 - a class, which a cache takes for anything
    """What is said of the fields of *kind*, by their names: a title in both languages where a fact has one, and a description."""
    found: dict[str, Schema] = {name: {"description": text} for name, text in _described(kind).items()}
    for name, titled in _titles().get(kind, {}).items():
        found[name] = titled | found.get(name, {})
    return found


def _described(kind: type[Any]) -> dict[str, str]:
    from inspect import getdoc  # noqa: PLC0415 - loaded for a schema, which is rare

    args = _ARGS.search(getdoc(kind) or "")
    return {} if args is None else {name: " ".join(text.split()) for name, text in _ARG.findall(args[1])}


@cache
def _titles() -> dict[type[Any], dict[str, Schema]]:
    """The labels and units of the facts that are fields of a case file, by the part and the field."""
    found: dict[type[Any], dict[str, Schema]] = {kind: {} for kind in PARTS.values()}
    for fact in vars(facts).values():
        path = _path(fact) if isinstance(fact, Fact) else None
        if path is not None:
            part, _, field = path.partition(".")
            if part in PARTS:
                found[PARTS[part]][field] = _titled(fact)
    for kind, labels in _LABELS.items():
        told = found.setdefault(kind, {})
        for field, label in labels.items():
            told.setdefault(field, {"title": f"{label.zh} · {label.en}"})
    return found


def _path(fact: Fact) -> str | None:
    """The field that *fact* is; ``None`` for what is made of several."""
    match fact.derived:
        case Field(path):
            return path
        case GrownDaily(count=path):
            return path
        case _:
            return None


def _titled(fact: Fact) -> Schema:
    titles = {"title": f"{fact.label.zh} · {fact.label.en}"}
    return titles if fact.unit is None else titles | {"x-unit": f"{fact.unit.label('zh')} · {fact.unit.label('en')}"}
