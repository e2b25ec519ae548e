"""The blocks of the pages can be copied as they stand: plain code, what it says in comments, and an error only where nothing follows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sybil import Document, Sybil
from sybil.parsers.myst import CodeBlockParser
from tests.documents.shown_code import MARK, ShownCodeParser, shown_code

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("README*.md"), *(page for page in sorted((ROOT / "docs").rglob("*.md")) if "_build" not in page.parts and "made" not in page.parts)]
BLOCK = """import math  # the one import
@property
def half(n: int) -> int:

    return n // 2
math.floor(2.5); math.ceil(2.5)
#> 2
#> 3
print("a\\n\\nb")
#> a
#>
#> b
int("a")
#> Traceback (most recent call last):
#>     ...
#> ValueError: invalid literal for int() with base 10: 'a'"""


def blocks(page: Path) -> list[str]:
    document = Document(page.read_text(encoding="utf-8"), str(page))
    return [str(region.parsed) for region in CodeBlockParser("python", lambda _: None)(document)]


def test_every_statement_is_found_with_what_is_said_of_it() -> None:
    found = [(shown.first, shown.last, shown.example.want, shown.example.exc_msg) for shown in shown_code(BLOCK)]
    message = "ValueError: invalid literal for int() with base 10: 'a'\n"
    assert [row[:2] for row in found] == [(0, 1), (1, 5), (5, 8), (8, 12), (12, 16)]
    assert [row[2] for row in found][2:4] == ["2\n3\n", "a\n<BLANKLINE>\nb\n"]
    assert [row[3] for row in found] == [None] * 4 + [message]


WRONG: list[tuple[str, str]] = [
    ("says something else", "1 + 1\n#> 3\n"),
    ("says nothing of what is said", "1 + 1\n"),
    ("says something of what says nothing", "a = 2\n#> 2\n"),
    ("raises something else", 'int("a")\n#> Traceback (most recent call last):\n#>     ...\n#> ValueError: no number\n'),
    ("raises nothing", "a = 2\n#> Traceback (most recent call last):\n#>     ...\n#> ValueError: no number\n"),
]


@pytest.mark.parametrize("block", [row[1] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_page_that_says_something_else_than_its_code_fails(block: str, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"```python\n{block}```\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"Expected|Got"):
        next(iter(Sybil(parsers=[ShownCodeParser()]).parse(page).examples())).evaluate()


def test_no_page_shows_the_prompt_of_a_session() -> None:
    assert [page.relative_to(ROOT).as_posix() for page in PAGES if any(line.startswith(">>>") for line in page.read_text(encoding="utf-8").splitlines())] == []


def test_what_raises_is_the_last_of_its_block_so_that_a_copied_one_runs_to_its_end() -> None:
    odd = []
    for page in PAGES:
        for block in blocks(page):
            *others, _ = [shown.example for shown in shown_code(block)]
            odd += [f"{page.name}: {example.source}" for example in others if example.exc_msg is not None]
    assert odd == []


def test_what_stands_behind_the_mark_belongs_to_a_statement() -> None:
    odd = []
    for page in PAGES:
        for block in blocks(page):
            told = {line for shown in shown_code(block) for line in range(shown.first, shown.last)}
            odd += [f"{page.name}: {line}" for at, line in enumerate(block.split("\n")) if line.startswith(MARK) and at not in told]
    assert odd == []
