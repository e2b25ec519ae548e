"""What newcomers read first has no sentence of more than 35 words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LESSONS = [page for page in sorted((ROOT / "docs" / "tutorial").glob("*.md")) if not page.stem.endswith("-zh")]
TASKS = [ROOT / "docs" / "how-to" / f"{name}.md" for name in ("tune-figures-into-a-rulebook", "pandas-beside-polars")]
PAGES = [ROOT / "README.md", ROOT / "docs" / "index.md", *LESSONS, *TASKS, *sorted((ROOT / "docs" / "notebooks").glob("*.md"))]
MOST = 35


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a page, without its code, its tables and where its links lead."""
    prose = re.sub(r"\]\([^)]*\)", "]", re.sub(r"^```.*?^```$", "\n\n", text, flags=re.DOTALL | re.MULTILINE))
    for part in re.split(r"\n{2,}|\n(?=\s*[*\-#|] ?)", prose):
        if not part.startswith("|"):
            yield from re.split(r"(?<=[.?!:])\s+", " ".join(part.split()))


def _words(sentence: str) -> list[str]:
    return re.findall(r"[\w'`]+(?:[-./][\w`]+)*", sentence)


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_no_sentence_is_longer_than_a_reader_can_hold(page: Path) -> None:
    assert [sentence for sentence in _sentences(page.read_text(encoding="utf-8")) if len(_words(sentence)) > MOST] == []


def test_a_long_sentence_is_found_and_code_is_none() -> None:
    long = " ".join(["word"] * (MOST + 1)) + "."
    found = [sentence for sentence in _sentences(f"Short.\n{long}\n\n```python\n{long}\n```\n") if len(_words(sentence)) > MOST]
    assert found == [long]
