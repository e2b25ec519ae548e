"""No page that somebody reads from its first line on has a sentence of more than 35 words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: Generated from the rules, or the record of every measurement ever taken, which is looked up and not read.
NOT_READ_THROUGH = {"everything-measured", "seats", "rulebook-tests"}
FOLDERS = ("tutorial", "how-to", "explanation", "reference", "notebooks")
WRITTEN = [page for folder in FOLDERS for page in sorted((ROOT / "docs" / folder).glob("*.md"))]
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/index.md", "docs/glossary.md")),
    *(page for page in WRITTEN if page.stem not in NOT_READ_THROUGH and not re.search(r"-zh$|-rules$|-versions$|-on-record$", page.stem)),
]
MOST = 35


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a page, without its code, its tables and where its links lead."""
    prose = re.sub(r"\]\([^)]*\)", "]", re.sub(r"^```.*?^```$", "\n\n", text, flags=re.DOTALL | re.MULTILINE))
    for part in re.split(r"\n{2,}|\n(?=\s*[*\-#|] ?)", prose):
        if not part.startswith("|"):
            yield from re.split(r"(?<=[.?!:])[*\")]*\s+", " ".join(part.split()))


def _words(sentence: str) -> list[str]:
    return re.findall(r"[\w'`]+(?:[-./][\w`]+)*", sentence)


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_no_sentence_is_longer_than_a_reader_can_hold(page: Path) -> None:
    assert [sentence for sentence in _sentences(page.read_text(encoding="utf-8")) if len(_words(sentence)) > MOST] == []


def test_a_long_sentence_is_found_and_code_is_none() -> None:
    long = " ".join(["word"] * (MOST + 1)) + "."
    found = [sentence for sentence in _sentences(f"Short.\n{long}\n\n```python\n{long}\n```\n") if len(_words(sentence)) > MOST]
    assert found == [long]
