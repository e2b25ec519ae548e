"""The notebooks run, show pictures, and are written as Jupyter reads them."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


def _pages() -> ModuleType:
    path = Path(__file__).parents[2] / "docs" / "notebook_pages.py"
    spec = importlib.util.spec_from_file_location("notebook_pages", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PAGES: Any = _pages()
NAMES = ["before-you-sign-a-change", "one-loan-what-if", "the-book-and-its-calendar"]


def test_each_notebook_has_a_page_and_a_file() -> None:
    assert sorted(PAGES.NOTEBOOKS) == sorted(f"{name}.{ending}" for name in NAMES for ending in ("ipynb", "md"))


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_and_is_written_as_jupyter_reads_it(name: str) -> None:
    read = json.loads(PAGES.NOTEBOOKS[f"{name}.ipynb"]())
    assert (read["nbformat"], read["nbformat_minor"]) == (4, 5)
    code = [cell for cell in read["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    assert all(cell["outputs"] for cell in code)
    assert all(set(cell) == {"cell_type", "id", "metadata", "source"} for cell in read["cells"] if cell["cell_type"] == "markdown")
    assert len({cell["id"] for cell in read["cells"]}) == len(read["cells"])
    assert not re.search(r"\bat 0x[0-9a-f]+", json.dumps(read))


@pytest.mark.parametrize("name", NAMES)
def test_the_page_of_a_notebook_shows_a_picture_and_leads_to_the_file(name: str) -> None:
    page = PAGES.NOTEBOOKS[f"{name}.md"]()
    assert "<svg" in page
    assert "<script" not in page
    assert f"<{name}.ipynb>`" in page


def test_a_notebook_that_is_run_again_gives_the_same_bytes() -> None:
    once = PAGES.NOTEBOOKS["one-loan-what-if.ipynb"]()
    assert _pages().NOTEBOOKS["one-loan-what-if.ipynb"]() == once
