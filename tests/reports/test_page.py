"""A page says the same as text, as Markdown and as HTML, takes no mark out of a name for one of its own, and refuses what it cannot hold."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revisit_policy import InvalidInputError
from revisit_policy.reports import Page, Section
from revisit_policy.values import bars
from revisit_policy.values.one_line import flaw_of

TEXTS = st.text(st.sampled_from("a中<>&\"'|*_`[]()#!\\-~ =/b1"), min_size=1, max_size=9).filter(lambda text: flaw_of(text) is None)


class Read(HTMLParser):
    """The tags of a document, whether each is closed, and the texts between them."""

    VOID = frozenset({"meta"})

    def __init__(self, document: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(document)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attributes
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attributes

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def a_page(name: str) -> Page:
    sections = [Section(name, lines=[name, "b"]), Section("c", columns=[name, "d"], rows=[[name, "e"]], picture=bars([(name, 3)], title=name))]
    return Page(name, sections=sections, lang="zh")


@settings(max_examples=40)
@given(TEXTS)
def test_no_name_makes_a_tag_or_closes_one(name: str) -> None:
    read, plain = Read(a_page(name).to_html()), Read(a_page("plain").to_html())
    assert read.tags == plain.tags
    assert read.open == []
    assert read.texts == [text.replace("plain", name) for text in plain.texts]


@settings(max_examples=40)
@given(TEXTS)
def test_no_name_adds_a_line_or_a_cell_to_markdown(name: str) -> None:
    printed, plain = a_page(name).to_markdown().splitlines(), a_page("plain").to_markdown().splitlines()
    assert [line[:2] for line in printed] == [line[:2] for line in plain]
    assert [_cells(line) for line in printed if line.startswith("|")] == [_cells(line) for line in plain if line.startswith("|")]


def _cells(line: str) -> int:
    return line.replace("\\\\", "").replace("\\|", "").count("|")


def test_a_page_of_html_runs_and_fetches_nothing() -> None:
    document = a_page("<script src='http://elsewhere'>").to_html()
    read = Read(document)
    assert not {"script", "link", "img", "iframe", "object"} & set(read.tags)
    assert not {"src", "href", "onclick", "onload"} & {name for name, _ in read.attributes}
    assert ("lang", "zh") in read.attributes


def test_the_same_page_has_the_same_bytes_in_every_form() -> None:
    one, other = a_page("a"), a_page("a")
    assert (one.to_text(), one.to_markdown(), one.to_html()) == (other.to_text(), other.to_markdown(), other.to_html())


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("a row with a cell too many", {"columns": ["a"], "rows": [["b", "c"]]}, "`Section.rows` must be as many cells as there are columns (1)"),
    ("rows without columns", {"rows": [["b"]]}, "`Section.rows` must be as many cells as there are columns (0)"),
    ("a text in place of lines", {"lines": "ab"}, "`Section.lines` must be lines of text"),
    ("a line that breaks", {"lines": ["a\nb"]}, "`Section.lines` must be"),
    ("a script as a picture", {"picture": "<svg ><script>"}, "`Section.picture` must be SVG as text, without a script"),
    ("a picture that is none", {"picture": 5}, "`Section.picture` must be SVG as text, without a script"),
]


@pytest.mark.parametrize(("fields", "said"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_a_section_cannot_hold_is_refused(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        Section("a", **fields)
    assert said in str(refused.value)
