"""Runs what the documents show: every block of Python in the README and under docs/ is a test.

The blocks of one page share their names, top to bottom, as a reader copies them.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from sybil import Sybil
from sybil.parsers.myst import PythonCodeBlockParser, SkipParser
from tests.documents.shown_code import ShownCodeParser

SOURCE = Path(__file__).parent / "src"

pages = Sybil(
    parsers=[ShownCodeParser(), SkipParser()],
    patterns=["README.md", "docs/*.md", "docs/**/*.md"],
    excludes=["docs/_build/**", "docs/notebooks/**"],
)
# what the cells of a notebook show is put there when the site is built
notebooks = Sybil(parsers=[PythonCodeBlockParser(), SkipParser()], patterns=["docs/notebooks/*.md"])
pytest_collect_file = (pages + notebooks).pytest()

# scripts are run by tests/documents; collecting them for doctests would import them, benchmarks' rivals and all
# and a project among the examples has tests of its own, which it runs in its own environment
collect_ignore_glob = ["docs/*.py", "docs/examples/team_policy/*", "docs/examples/us_servicing/*", "run.py"]


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Import a module of the library the ordinary way before pytest looks for its doctests.

    What pytest imports by path it puts into its package under its own name. Where a room offers a function that is named like its
    module, that would stand in the function's place for every test that comes after.
    """
    path = getattr(collector, "path", None)
    if isinstance(collector, pytest.Module) and path is not None and SOURCE in path.parents:
        parts = path.relative_to(SOURCE).with_suffix("").parts
        import_module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
