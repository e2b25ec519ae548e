"""Meanings: what a field holds, in Chinese and English, as a JSON Schema says it. The catalogue of facts knows, and the docstrings do."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from revisit_policy.casefile.case_columns import PARTS
from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.event import Event
from revisit_policy.casefile.people.action import Action
from revisit_policy.casefile.rows.field_label import FACT_OF, FIELD_LABELS
from revisit_policy.casefile.visit import Visit
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
        "determination": Label("最近一次分类认定", "the grade as last determined"),
        "visits": Label("已完成的回访", "visits completed so far"),
        "events": Label("信号起始日", "first days of signals"),
        "actions": Label("已采取的措施", "what has been done"),
        "own": Label("本行自有事实", "facts of the bank's own"),
    },
    Visit: {
        "kind": Label("回访类型", "kind of the visit"),
        "method": Label("回访方式", "method"),
        "completed_on": Label("完成日", "day of completion"),
        "finding": Label("回访结果", "finding"),
        "reported_on": Label("报告日", "day of the report"),
        "told_on": Label("告知借款人之日", "day on which the borrower was told"),
    },
    Action: {"measure": Label("措施", "measure"), "state": Label("状态", "how far it had come"), "on": Label("日期", "day on which it had")},
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
    """What fields hold, by the class and the field, with the unit of the fact that a field of a case file is."""
    found: dict[type[Any], dict[str, Schema]] = {}
    for path, label in FIELD_LABELS.items():
        part, _, field = path.partition(".")
        found.setdefault(PARTS[part], {})[field] = _titled(label, FACT_OF.get(path))
    for kind, labels in _LABELS.items():
        told = found.setdefault(kind, {})
        for field, label in labels.items():
            told.setdefault(field, _titled(label))
    return found


def _titled(label: Label, fact: Fact | None = None) -> Schema:
    titled = {"title": f"{label.zh} · {label.en}"}
    return titled if fact is None or fact.unit is None else titled | {"x-unit": f"{fact.unit.label('zh')} · {fact.unit.label('en')}"}
