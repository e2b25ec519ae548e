"""A table of texts is the same table as Markdown and as HTML, whatever stands in its cells."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revisit_policy.values.markup.grid import Grid

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=12)


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_a_grid_has_a_line_and_a_row_for_each_row_whatever_is_in_it(rows: list[tuple[str, str]]) -> None:
    grid = Grid(["a", "b"], rows)
    assert len(grid.markdown().split("\n")) == 2 + len(rows)
    assert grid.html().count("<tr>") == 1 + len(rows)
    assert grid.html().count("<td") == 2 * len(rows)


@given(TEXTS)
def test_a_cell_of_html_reads_as_it_was_written(text: str) -> None:
    html = Grid(["a"], [[text]]).html()
    assert unescape(html.rpartition("<td")[2].partition(">")[2].partition("</td>")[0]) == text


@pytest.mark.parametrize(("cell", "stays"), [("2026-03-02", True), ("91 days past due, and more than that", False), ("late", False)])
def test_a_day_stays_on_one_line(cell: str, stays: bool) -> None:
    assert ("nowrap" in Grid(["a"], [[cell]]).html()) is stays


def test_code_is_code_in_both_forms() -> None:
    grid = Grid(["a", "b"], [["x_y", "x_y"]], code=(0,))
    assert grid.markdown().endswith("| `x_y` | x_y |")
    assert "<code>x_y</code>" in grid.html()
