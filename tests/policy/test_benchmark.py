"""The benchmark of decisions runs, and its rival by hand decides what the rulebook decides: a ratio of two that differ says nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parents[2] / "docs" / "benchmarks" / "decision.py"


def _run(how: str) -> str:
    done = subprocess.run([sys.executable, str(BENCHMARK), how], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_rival_by_hand_decides_what_the_rulebook_decides() -> None:
    assert _run("--check").startswith("The rivals agree")


@pytest.mark.slow
def test_the_benchmark_of_decisions_tells_the_share_of_every_part() -> None:
    told = _run("--quick")
    for part in ("facts", "rules", "schedule"):
        assert f"| {part} |" in told
