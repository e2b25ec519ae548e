"""Markdown: shows every text as it is, a cell in its cell."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revisit_policy.values.markup.markdown import plain, row

MARKS = st.text(alphabet="ab1 \\|`*[]~<>!&#;_/\n\r\u2028", max_size=10)


def cells_of(line: str) -> list[str]:
    """The cells of a row as a reader of Markdown parts them: at a bar that no mark of escape stands before."""
    found = re.findall(r"((?:\\.|[^|\\])*)\|", line.removeprefix("|"))
    return [re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", cell).strip() for cell in found]


@given(st.lists(MARKS, min_size=1, max_size=4))
def test_a_row_has_one_cell_a_text_and_shows_it_as_it_is(texts: list[str]) -> None:
    line = row(map(plain, texts))
    assert len(line.splitlines()) == 1
    assert cells_of(line) == [" ".join(re.split(r"\s*[\n\r\u2028]\s*", text)).strip() for text in texts]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a|b", r"a\|b"),
        (r"a\|b", r"a\\\|b"),
        ("a\rb", "a b"),
        ("<script>", r"\<script>"),
        ("</b>", r"\</b>"),
        ("&copy;", r"\&copy;"),
        ("*a*", r"\*a\*"),
        ("_a_", r"\_a\_"),
        ("`a`", r"\`a\`"),
        ("[a](b)", r"\[a\](b)"),
        ("~~a~~", r"\~~a\~~"),
    ],
)
def test_a_mark_in_a_text_is_no_mark(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize("text", ["逾期天数 > 90", "ltv < 80 %", "days_past_due", "A&B", "1 < 2 > 0", "~10 %", "#1"])
def test_what_is_no_mark_stays_as_it_is_written(text: str) -> None:
    assert plain(text) == text
