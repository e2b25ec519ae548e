"""The figures of the page on real histories, where whoever runs this has the files they were counted from.

`REVISIT_POLICY_PERFORMANCE` and `REVISIT_POLICY_ACQUISITION` name a performance and an acquisition file, plain or packed. Their
terms do not allow a row of them here. It takes minutes.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

PERFORMANCE: Final = os.environ.get("REVISIT_POLICY_PERFORMANCE")
ACQUISITION: Final = os.environ.get("REVISIT_POLICY_ACQUISITION")
pytestmark = pytest.mark.skipif(not (PERFORMANCE and ACQUISITION), reason="REVISIT_POLICY_PERFORMANCE and REVISIT_POLICY_ACQUISITION name no files")

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "explanation" / "real-histories.md"
CAUGHT: Final = ROOT / "docs" / "how-to" / "would-it-have-caught-them.md"


PRINTED: Final = re.compile(r"^ *(\S.*?) {2,}([\d., ]+)$", re.MULTILINE)
ON_PAGE: Final = re.compile(r"^\| (\S[^|]*) \| ([\d.,| ]+) \|$", re.MULTILINE)


def _rows(text: str, row: re.Pattern[str]) -> list[tuple[str, ...]]:
    """The rows of figures, each with its name and the numbers beside it."""
    return [(name, *re.findall(r"[\d.,]*\d", figures)) for name, figures in row.findall(text)]


def test_the_page_has_the_figures_that_the_replay_prints() -> None:
    command = [sys.executable, str(ROOT / "docs" / "examples" / "revisits"), "--performance", str(PERFORMANCE), "--acquisition", str(ACQUISITION)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    on_page, printed = _rows(PAGE.read_text(encoding="utf-8"), ON_PAGE), _rows(done.stdout, PRINTED)
    assert len(on_page) > 20
    assert [row for row in on_page if row not in printed] == []


def test_the_page_of_backtests_has_the_figures_that_they_print() -> None:
    command = [sys.executable, str(ROOT / "docs" / "examples" / "revisits" / "caught.py"), "--performance", str(PERFORMANCE), "--acquisition", str(ACQUISITION)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    section = CAUGHT.read_text(encoding="utf-8").partition("## On real loans")[2]
    on_page = [line for line in section.splitlines() if line.startswith(("| ", "177 loans", "worst "))]
    assert len(on_page) > 10
    assert [line for line in on_page if line not in done.stdout.splitlines()] == []
