"""Renderings: a table as Markdown to be read and signed, a verdict as HTML for a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.language.words.wording import condition_text, outcome_text
from revisit_policy.speech.joining import clauses
from revisit_policy.values.labels import Label, Lang, to_lang
from revisit_policy.values.markup import plain, row
from revisit_policy.values.outline import outline

if TYPE_CHECKING:
    from revisit_policy.language.verdicts.verdict import Verdict

RULE: Final = Label("规则", "rule")
WHEN: Final = Label("情形", "when")
THEN: Final = Label("结论", "then")
BECAUSE: Final = Label("理由", "because")
SOURCE: Final = Label("依据", "source")
IN_FORCE: Final = Label("施行期间", "in force")
FOLD: Final = Label("合并方式：{fold}", "Folded by: {fold}")
SCALE: Final = Label("结论由轻到重：{outcomes}", "Outcomes, mild to severe: {outcomes}")
UNORDERED: Final = Label("结论（不分轻重）：{outcomes}", "Outcomes, in no order: {outcomes}")
OTHERWISE: Final = Label("无规则成立时：{outcome}", "If no rule holds: {outcome}")


def table_markdown(table: Table, lang: str | Lang) -> str:
    """*table* as Markdown: heading, how it is folded, one row a rule, and what holds if no rule does."""
    chosen = to_lang(lang)
    dated = any(rule.period is not None for rule in table.rules)
    columns = [RULE, WHEN, THEN, BECAUSE, SOURCE, *([IN_FORCE] if dated else [])]
    rows = [row(column.text(chosen) for column in columns), f"| {'|'.join('---' for _ in columns)} |"]
    rows += [row(_cells(rule, chosen, dated=dated)) for rule in table.rules]
    body = "\n".join(rows)
    heading = f"### {plain(table.label.text(chosen))} (`{table.id}`)"
    return "\n\n".join([heading, *_preamble(table, chosen), body]) + "\n"


def _preamble(table: Table, lang: Lang) -> list[str]:
    parts = [FOLD.filled(lang, fold=table.fold.label(lang))]
    scale = table.outcomes
    outcomes = getattr(scale, "outcomes", None)
    if outcomes is not None:
        ordered = getattr(scale, "ordered", False)
        template, joint = (SCALE, " → ") if ordered else (UNORDERED, clauses(["", ""], lang))
        parts.append(template.filled(lang, outcomes=joint.join(outcome_text(item, lang) for item in outcomes)))
    if table.otherwise is not None:
        parts.append(OTHERWISE.filled(lang, outcome=outcome_text(table.otherwise, lang)))
    return ["  \n".join(map(plain, parts))]


def _cells(rule: Rule, lang: Lang, *, dated: bool) -> list[str]:
    texts = [condition_text(rule.when, lang), outcome_text(rule.then, lang), rule.because.text(lang), rule.source.text(lang)]
    if dated:
        texts.append("" if rule.period is None else condition_text(rule.period.condition(), lang))
    return [f"`{rule.id}`", *map(plain, texts)]


def verdict_html(verdict: Verdict, lang: str | Lang) -> str:
    """*verdict* as HTML that needs no style sheet: the sentences of its explanation, as lists."""
    return outline(verdict.explain(lang).split("\n")[1:])
