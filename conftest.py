"""Runs what the documents show: every block of Python in the README and under docs/ is a test.

The blocks of one page share their names, top to bottom, as a reader types them.
"""

from __future__ import annotations

from doctest import ELLIPSIS

from sybil import Sybil
from sybil.parsers.myst import PythonCodeBlockParser, SkipParser

pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=ELLIPSIS), SkipParser()],
    patterns=["README.md", "docs/*.md", "docs/**/*.md"],
    excludes=["docs/_build/**"],
).pytest()

# scripts are run by tests/documents; collecting them for doctests would import them, benchmarks' rivals and all
# and a project among the examples has tests of its own, which it runs in its own environment
collect_ignore_glob = ["docs/*.py", "docs/examples/team_policy/*", "docs/examples/us_servicing/*", "run.py"]
