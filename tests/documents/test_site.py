"""The site finds Chinese words, and lists its pages for programs."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest

DOCS = Path(__file__).parents[2] / "docs"


def _module(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SPLIT: list[tuple[str, list[str]]] = [
    ("押品", ["押品"]),
    ("押品重估", ["押品", "品重", "重估"]),
    ("逾期超过90天", ["逾期", "期超", "超过", "90", "天"]),
    ("the loan_no 贷款 of days_past_due", ["the", "loan_no", "贷款", "of", "days_past_due"]),
    ("，。", []),
]


@pytest.mark.parametrize(("text", "words"), SPLIT, ids=[text for text, _ in SPLIT])
def test_chinese_is_parted_into_pairs_of_signs_and_english_into_words(text: str, words: list[str]) -> None:
    pytest.importorskip("sphinx", reason="comes with the extra `docs`")
    assert _module("search_words").words_of(text) == words


def test_what_a_build_makes_is_listed_too_and_every_page_tells_its_length(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = _module("llms_text")
    for room, _ in (*module.ROOMS, *module.BUILT):
        page = tmp_path / room / "a-page.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"# A page of {room}\n\n{'word ' * 500}\n", encoding="utf-8")
    tmp_path.joinpath("glossary.md").write_text("# Glossary\n", encoding="utf-8")
    monkeypatch.setattr(module, "DOCS", tmp_path)
    listed = [line for line in module.llms_text().splitlines() if line.startswith("- ")]
    assert listed[4] == "- [A page of reference/made](_sources/reference/made/a-page.md.txt): 3,000 signs"
    assert len(listed) == len(module.ROOMS) + len(module.BUILT) + 1
    assert all(line.endswith("000 signs") for line in listed)


def test_every_lesson_task_and_explanation_is_listed_with_where_its_text_is() -> None:
    listed = re.findall(r"\]\(_sources/(.*?)\.txt\)", _module("llms_text").llms_text())
    assert [page for page in listed if not (DOCS / page).is_file()] == []
    pages = {page.relative_to(DOCS).as_posix() for room in ("tutorial", "how-to", "explanation") for page in (DOCS / room).glob("*.md")}
    assert {page for page in pages if not page.endswith("index.md")} <= set(listed)


def test_a_picture_of_a_page_can_be_moved_sideways_where_it_would_be_too_small_to_read() -> None:
    held = _module("notebook_pages").scrolling("<svg/>")
    assert held == '<div style="overflow-x:auto"><div style="min-width:40rem"><svg/></div></div>'
