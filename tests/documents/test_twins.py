"""A page that is there in Chinese too says the same as its English twin: the same code, the same parts in the same order, the same links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: What newcomers read first; a page is added here when it is translated, and none is taken away.
TRANSLATED = ("README.md", "docs/tutorial/decide-one-loan.md", "docs/tutorial/first-table.md", "docs/tutorial/decide-a-book.md")
HAN = re.compile(r"[\u4e00-\u9fff]")
CODE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)#]+)")


def _twin(page: str) -> Path:
    """Where the Chinese *page* stands: beside the English one."""
    path = ROOT / page
    return path.with_name("README.zh.md" if path.name == "README.md" else f"{path.stem}-zh.md")


def _parts(text: str) -> Iterator[str]:
    """What each part between two blank lines is: a heading with its depth, code, a list with its number of items, or a paragraph."""
    for part in re.split(r"\n{2,}", CODE.sub("CODE", text).strip()):
        heading = re.match(r"#+ ", part)
        items = len(re.findall(r"^\* ", part, re.MULTILINE))
        yield heading.group() if heading else "code" if part == "CODE" else f"list of {items}" if items else "paragraph"


def _links(text: str) -> list[str]:
    """Where *text* leads, in order; a page and its twin count as one, and what either says of the other does not count."""
    return [re.sub(r"(-zh|\.zh)?\.md$", ".md", target) for target in LINK.findall(CODE.sub("", text))]


@pytest.mark.parametrize("page", TRANSLATED)
def test_the_chinese_twin_shows_the_same_code(page: str) -> None:
    english, chinese = (CODE.findall(path.read_text(encoding="utf-8")) for path in (ROOT / page, _twin(page)))
    assert chinese == english


@pytest.mark.parametrize("page", TRANSLATED)
def test_the_chinese_twin_has_the_same_parts_in_the_same_order(page: str) -> None:
    english, chinese = (list(_parts(path.read_text(encoding="utf-8"))) for path in (ROOT / page, _twin(page)))
    assert chinese == english


@pytest.mark.parametrize("page", TRANSLATED)
def test_the_chinese_twin_leads_to_the_same_places(page: str) -> None:
    english, chinese = (_links(path.read_text(encoding="utf-8")) for path in (ROOT / page, _twin(page)))
    assert sorted(chinese) == sorted(english)
    assert all((_twin(page).parent / target).exists() for target in LINK.findall(_twin(page).read_text(encoding="utf-8")) if "://" not in target)


@pytest.mark.parametrize("page", TRANSLATED)
def test_every_paragraph_of_the_chinese_twin_is_chinese(page: str) -> None:
    text = CODE.sub("CODE", _twin(page).read_text(encoding="utf-8"))
    told = [part for part in re.split(r"\n{2,}", text.strip()) if part != "CODE" and not re.fullmatch(r"# revisit_policy|\[[^]]+\]\([^)]+\)。?", part)]
    assert [part for part in told if not HAN.search(part)] == []


def test_no_chinese_page_is_without_its_twin() -> None:
    chinese = {path for path in [ROOT / "README.zh.md", *(ROOT / "docs" / "tutorial").glob("*-zh.md")] if path.exists()}
    assert chinese == {_twin(page) for page in TRANSLATED}
