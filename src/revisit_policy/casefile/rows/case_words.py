"""A case file as a notebook shows it: what is known, in the words of the facts that read it, one language at a time."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import attrs

from revisit_policy.casefile.rows.field_label import FIELD_LABELS
from revisit_policy.language.domains.choice_words import choice_text
from revisit_policy.speech.joining import headed
from revisit_policy.values.dates import Date
from revisit_policy.values.dates import text as day_text
from revisit_policy.values.labels import Label, Lang, to_lang
from revisit_policy.values.markup.grid import Grid
from revisit_policy.values.markup.outline import folded, in_languages
from revisit_policy.values.money import Money
from revisit_policy.values.ratio import percent_label

if TYPE_CHECKING:
    from revisit_policy.casefile.case_file import CaseFile

_CASE: Final = Label("案件", "case file")
_PARTS: Final = {
    "loan": Label("贷款", "the loan"),
    "borrower": Label("借款人", "the borrower"),
    "collateral": Label("押品", "the collateral"),
    "market": Label("市场", "the market"),
    "determination": Label("分类认定", "the determination"),
}
_VISITS: Final = Label("回访", "visits")
_EVENTS: Final = Label("事件", "events")
_ACTIONS: Final = Label("措施进展", "actions")
_FIELD: Final = (Label("字段", "field"), Label("含义", "meaning"), Label("内容", "value"))
_VISIT: Final = (Label("完成日", "completed on"), Label("类型", "kind"), Label("方式", "method"), Label("结果", "finding"))
_EVENT: Final = (Label("自", "since"), Label("信号", "signal"))
_ACTION: Final = (Label("日期", "on"), Label("措施", "measure"), Label("状态", "state"))
_YES: Final = Label("是", "yes")
_NO: Final = Label("否", "no")


def folded_case(case: CaseFile, lang: str | Lang) -> str:
    """*case* under the number of its loan, open."""
    chosen = to_lang(lang)
    return folded(_heading(case, chosen), _html(case, chosen), lang=chosen, is_open=True)


def case_in_languages(case: CaseFile) -> str:
    """*case* in each language, the first of them open."""
    return in_languages(lambda lang: _heading(case, lang), lambda lang: _html(case, lang))


def _heading(case: CaseFile, lang: Lang) -> str:
    return headed(_CASE.text(lang), case.loan.loan_no, lang)


def _html(case: CaseFile, lang: Lang) -> str:
    return "".join(folded(title.text(lang), grid.html(), is_open=True) for title, grid in _grids(case, lang) if grid.rows)


def _grids(case: CaseFile, lang: Lang) -> Iterator[tuple[Label, Grid]]:
    for name, title in _PARTS.items():
        yield title, Grid([column.text(lang) for column in _FIELD], _known(name, getattr(case, name), lang), code=(0,))
    visits = [(visit.completed_on, visit.kind, visit.method, visit.finding) for visit in case.visits]
    events = [(event.since, event.code) for event in case.events]
    actions = [(action.on, action.measure, action.state) for action in case.actions]
    for title, columns, rows in ((_VISITS, _VISIT, visits), (_EVENTS, _EVENT, events), (_ACTIONS, _ACTION, actions)):
        yield title, Grid([column.text(lang) for column in columns], [[field_text(value, lang) for value in row] for row in rows])


def _known(part: str, holder: attrs.AttrsInstance, lang: Lang) -> Iterator[tuple[str, str, str]]:  # noqa: PLR0917 - private
    for field in attrs.fields(type(holder)):
        value = getattr(holder, field.name)
        if value is not None and value != ():
            meaning = FIELD_LABELS.get(f"{part}.{field.name}")
            yield field.name, "" if meaning is None else meaning.text(lang), field_text(value, lang)


def field_text(value: Any, lang: Lang) -> str:  # noqa: ANN401 - whatever a field holds
    """What a field holds, in words; it holds something."""
    match value:
        case bool():
            return (_YES if value else _NO).text(lang)
        case Date():
            return day_text(value, lang)
        case Money():
            return value.text(lang)
        case Fraction():
            return percent_label(value).text(lang)
        case Enum():
            return choice_text(value, lang)
        case _:
            return str(value)
