"""Every table of the shipped rulebook says at and beside every limit what its boundary book says."""

from __future__ import annotations

import pytest
from tests.rulebooks.boundaries import BOOK, Page, pages, read, said


@pytest.mark.parametrize("page", pages(), ids=lambda page: f"{page.table} of {page.edition}")
def test_a_table_says_what_its_page_says(page: Page) -> None:
    table = page.lookup()
    changed = [f"{facts} -> {now}, was {expected}" for facts, expected in read(page) if (now := said(table(**facts))) != expected]
    assert changed == []


def test_the_book_has_a_page_for_every_table_and_no_other() -> None:
    assert sorted(page.path for page in pages()) == sorted(BOOK.glob("*.txt"))
