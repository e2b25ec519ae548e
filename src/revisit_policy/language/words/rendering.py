"""Renderings: a table as Markdown to be read and signed, a verdict as HTML for a notebook."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.language.words.wording import condition_text, outcome_text
from revisit_policy.speech.joining import aside, clauses
from revisit_policy.values.labels import Label, Lang
from revisit_policy.values.markup.grid import Grid
from revisit_policy.values.markup.markdown import plain
from revisit_policy.values.markup.outline import LEFT, folded, in_languages, outline

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
    chosen = table.label.lang(lang)
    heading = f"### {plain(table.label.text(chosen))} (`{table.id}`)"
    preamble = "  \n".join(map(plain, _preamble(table, chosen)))
    return "\n\n".join([heading, preamble, _grid(table, chosen).markdown()]) + "\n"


def table_heading(table: Table, lang: Lang) -> str:
    """*table* by its label and its id, on one line."""
    return aside(table.label.text(lang), table.id, lang)


def table_html(table: Table, lang: Lang) -> str:
    """*table* as HTML that needs no style sheet: the sentences and the rows of its Markdown, without the heading."""
    return "".join(f"<p{LEFT}>{escape(line)}</p>" for line in _preamble(table, lang)) + _grid(table, lang).html()


def folded_table(table: Table, lang: str | Lang, *, is_open: bool = True) -> str:
    """`table_html` under its heading, to be opened."""
    chosen = table.label.lang(lang)
    return folded(table_heading(table, chosen), table_html(table, chosen), lang=chosen, is_open=is_open)


def table_in_languages(table: Table) -> str:
    """*table* as a notebook shows it: one language at a time."""
    return in_languages(lambda lang: table_heading(table, lang), lambda lang: table_html(table, lang), languages=table.label.languages)


def _grid(table: Table, lang: Lang) -> Grid:
    dated = any(rule.period is not None for rule in table.rules)
    columns = [RULE, WHEN, THEN, BECAUSE, SOURCE, *([IN_FORCE] if dated else [])]
    return Grid([column.filled(lang) for column in columns], [_cells(rule, lang, dated=dated) for rule in table.rules], code=(0,))


def _preamble(table: Table, lang: Lang) -> list[str]:
    parts = [FOLD.filled(lang, fold=table.fold.labels.filled(lang))]
    scale = table.outcomes
    outcomes = getattr(scale, "outcomes", None)
    if outcomes is not None:
        ordered = getattr(scale, "ordered", False)
        template, joint = (SCALE, " → ") if ordered else (UNORDERED, clauses(["", ""], lang))
        parts.append(template.filled(lang, outcomes=joint.join(outcome_text(item, lang) for item in outcomes)))
    if table.otherwise is not None:
        parts.append(OTHERWISE.filled(lang, outcome=outcome_text(table.otherwise, lang)))
    return parts


def _cells(rule: Rule, lang: Lang, *, dated: bool) -> list[str]:
    texts = [condition_text(rule.when, lang), outcome_text(rule.then, lang), rule.because.text(lang), rule.source.text(lang)]
    if dated:
        texts.append("" if rule.period is None else condition_text(rule.period.condition(), lang))
    return [rule.id, *texts]


def verdict_html(verdict: Verdict, lang: str | Lang) -> str:
    """*verdict* as HTML that needs no style sheet: the sentences of its explanation, as lists."""
    return outline(verdict.explain(lang).split("\n")[1:])
