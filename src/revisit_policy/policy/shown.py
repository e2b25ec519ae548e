"""A policy and a rulebook as a notebook shows them: all that is signed, folded, one language at a time."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from revisit_policy.language.words.drawing import TABLES, tables_drawn
from revisit_policy.language.words.rendering import folded_table
from revisit_policy.policy.notes_text import notes_html
from revisit_policy.speech.joining import aside, headed, listed
from revisit_policy.values.labels import Label, Lang
from revisit_policy.values.markup.outline import LEFT, folded, in_languages

if TYPE_CHECKING:
    from revisit_policy.policy.edition import Edition
    from revisit_policy.policy.revisit_policy import RevisitPolicy
    from revisit_policy.policy.rulebook import Rulebook

_FROM: Final = Label("自{since}起", "from {since}")
_FROM_TO: Final = Label("{since}至{until}", "from {since} until {until}")
_SOURCE: Final = Label("依据", "source")
_RULES: Final = Label("{tables}张表，{rules}条规则", "{rules} rules in {tables} tables")


def folded_policy(policy: RevisitPolicy, lang: str | Lang) -> str:
    """*policy* under its name, open."""
    chosen = policy.words.lang(lang)
    return folded(_policy_heading(policy, chosen), _policy_html(policy, chosen), lang=chosen, is_open=True)


def policy_in_languages(policy: RevisitPolicy) -> str:
    """*policy* in each language, the first of them open."""
    return in_languages(lambda lang: _policy_heading(policy, lang), lambda lang: _policy_html(policy, lang), languages=policy.words.languages)


def policy_svg(policy: RevisitPolicy, lang: str | Lang) -> str:
    """The tables of *policy* as a picture."""
    return tables_drawn(policy.tables, policy.words.lang(lang))


def folded_rulebook(rulebook: Rulebook, lang: str | Lang) -> str:
    """*rulebook* under its name, open."""
    chosen = rulebook.editions[0].policy.words.lang(lang)
    return folded(_rulebook_heading(rulebook, chosen), _rulebook_html(rulebook, chosen), lang=chosen, is_open=True)


def rulebook_in_languages(rulebook: Rulebook) -> str:
    """*rulebook* in each language, the first of them open."""
    languages = rulebook.editions[0].policy.words.languages
    return in_languages(lambda lang: _rulebook_heading(rulebook, lang), lambda lang: _rulebook_html(rulebook, lang), languages=languages)


def _policy_heading(policy: RevisitPolicy, lang: Lang) -> str:
    return f"{aside(policy.label.text(lang), policy.id, lang)} {policy.version}"


def _policy_html(policy: RevisitPolicy, lang: Lang) -> str:
    counts = _RULES.filled(lang, rules=sum(len(table.rules) for table in policy.tables), tables=len(policy.tables))
    signed = f'<p{LEFT}>{escape(counts)} · <code style="overflow-wrap:anywhere">{policy.digest}</code></p>'
    drawn = folded(TABLES.text(lang), tables_drawn(policy.tables, lang), lang=lang)
    tables = "".join(folded_table(table, lang, is_open=False) for table in policy.tables)
    return f"{signed}{drawn}{tables}{notes_html(policy.reader, lang)}"


def _rulebook_heading(rulebook: Rulebook, lang: Lang) -> str:
    return headed(rulebook.id, listed((_edition_heading(edition, lang) for edition in rulebook.editions), lang), lang)


def _edition_heading(edition: Edition, lang: Lang) -> str:
    said = _FROM if edition.until is None else _FROM_TO
    when = said.filled(lang, since=edition.since, until=edition.until)
    return aside(edition.label.text(lang), when, lang)


def _rulebook_html(rulebook: Rulebook, lang: Lang) -> str:
    return "".join(folded(_edition_heading(edition, lang), _edition_html(edition, lang)) for edition in rulebook.editions)


def _edition_html(edition: Edition, lang: Lang) -> str:
    source = edition.source.text(lang)
    return f"<p{LEFT}>{escape(headed(_SOURCE.text(lang), source, lang))}</p><p{LEFT}>{escape(_policy_heading(edition.policy, lang))}</p>" + _policy_html(
        edition.policy, lang
    )
