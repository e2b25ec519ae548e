"""What a notebook shows of a policy, a table, a rulebook and a case file: all that its text says, escaped, one language at a time."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser

import attrs
import pytest
from tests.policy.small_policy import CASE, small_policy, small_rulebook

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.errors import UnknownNameError
from revisit_policy.language.words.wording import condition_text
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values.labels import Label, Lang

POLICY = small_policy()
RULEBOOK = small_rulebook()


class WellFormed(HTMLParser):
    """Keeps the tags that are open, and refuses what would load or run anything."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.languages: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "style", "img", "link", "iframe"}
        assert not any(name.startswith("on") or name in {"src", "href"} for name, _ in attributes)
        if (lang := dict(attributes).get("lang")) is not None:
            self.languages.append(lang)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(html: str) -> WellFormed:
    reader = WellFormed()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


def words(html: str) -> str:
    """The text that is read, without tags."""
    return unescape(re.sub(r"<[^>]+>", "\n", html))


SHOWN: dict[str, Callable[[], object]] = {
    "a policy": lambda: POLICY,
    "a rulebook": lambda: RULEBOOK,
    "a table": lambda: POLICY.grade.table,
    "a bound table": lambda: POLICY.grade,
    "a case file": lambda: CASE,
    "the shipped rulebook": lambda: cn_housing.rulebook,
}


@pytest.mark.parametrize("shown", SHOWN.values(), ids=SHOWN.keys())
def test_what_a_notebook_shows_is_closed_in_itself_and_in_one_language_at_a_time(shown: Callable[[], object]) -> None:
    html = shown()._repr_html_()  # type: ignore[attr-defined] # the notebook asks for it
    found = read(html)
    assert set(found.languages) == {"zh", "en"}
    assert html.count("<details") > html.count(" open")
    assert "color" not in html  # both themes


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("shown", SHOWN.values(), ids=SHOWN.keys())
def test_html_in_one_language_says_nothing_in_the_other(shown: Callable[[], object], lang: Lang) -> None:
    html = shown().to_html(lang)  # type: ignore[attr-defined] # each of them has it
    assert set(read(html).languages) == {lang.value}
    with pytest.raises(UnknownNameError, match="unknown language"):
        shown().to_html("fr")  # type: ignore[attr-defined] # as above


@pytest.mark.parametrize("lang", list(Lang))
def test_every_sentence_of_every_rule_stands_in_the_html_of_its_policy(lang: Lang) -> None:
    told = words(POLICY.to_html(lang))
    for table in POLICY.tables:
        assert table.label.text(lang) in told
        for rule in table.rules:
            for sentence in (rule.id, condition_text(rule.when, lang), rule.because.text(lang), rule.source.text(lang)):
                assert sentence in told
    assert POLICY.digest in told


@pytest.mark.parametrize("lang", list(Lang))
def test_every_edition_stands_in_the_html_of_its_rulebook(lang: Lang) -> None:
    told = words(RULEBOOK.to_html(lang))
    for edition in RULEBOOK.editions:
        assert edition.label.text(lang) in told
        assert edition.policy.digest in told
        assert str(edition.since) in told


def test_a_case_file_shows_what_is_known_and_leaves_out_what_is_not() -> None:
    html = CASE.to_html("zh")
    assert CASE.loan.loan_no in html
    assert CASE.loan.balance.text("zh") in html
    assert "None" not in words(html)
    assert "<code>extended_to</code>" not in html


def test_what_a_bank_typed_is_no_mark() -> None:
    wild = attrs.evolve(POLICY, label=Label("<b>政策", "a <script>alert(1)</script> & more"))
    assert "&lt;script&gt;" in wild.to_html("en")
    read(wild._repr_html_())
    case = attrs.evolve(CASE, loan=attrs.evolve(CASE.loan, loan_no="<i>1"))
    assert isinstance(case, CaseFile)
    assert "<i>" not in case.to_html("en")
