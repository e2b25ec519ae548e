"""Telling of grading in words: what people determined last, what rules made worse since, and what could be determined to be milder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from revisit_policy.casefile.people.determination import Determination
from revisit_policy.decision.grading.upgrade import Upgrade
from revisit_policy.language.rule import Rule
from revisit_policy.language.words.wording import outcome_text
from revisit_policy.speech.joining import clauses
from revisit_policy.values.dates import text
from revisit_policy.values.labels import Label, Lang

_DETERMINED: Final = Label("最近一次认定：{grade}", "Last determined: {grade}")
_ON: Final = Label("，{day}", ", on {day}")
_BY: Final = Label("，认定人：{role}", ", by {role}")
_WORSENED: Final = Label(
    "认定之后规则已使其更重：{reasons}。未作为认定登记的，不约束下次决策",
    "Made worse by rules since: {reasons}. It binds the next decision only if it is recorded as a determination"
)
_UPGRADE: Final = Label(
    "可认定为{grade}（须由有权人员认定，认定前分类不变）：{reasons}", "People could determine it to be {grade}; until they do it stays as it is: {reasons}"
)
_OPEN: Final = Label("或可认定为{grade}，尚须：{missing}", "People could perhaps determine it to be {grade}, still needed: {missing}")


def grading_lines(determination: Determination, *, worsened: tuple[Rule, ...], upgrade: Upgrade | None, lang: Lang) -> Iterator[str]:
    """One line for each of the three that there is."""
    if determination.is_known:
        yield _determined(determination, lang)
    if worsened:
        yield _WORSENED.filled(lang, reasons=clauses((rule.because.text(lang) for rule in worsened), lang))
    if upgrade is not None:
        grade = outcome_text(upgrade.grade, lang)
        if upgrade.is_established:
            yield _UPGRADE.filled(lang, grade=grade, reasons=clauses((reason.text(lang) for reason in upgrade.speaks_for), lang))
        else:
            yield _OPEN.filled(lang, grade=grade, missing=clauses((item.text(lang) for item in upgrade.missing), lang))


def _determined(determination: Determination, lang: Lang) -> str:
    day = "" if determination.on is None else _ON.filled(lang, day=text(determination.on, lang))
    role = "" if determination.role is None else _BY.filled(lang, role=determination.role)
    return _DETERMINED.filled(lang, grade=outcome_text(determination.grade, lang)) + day + role
