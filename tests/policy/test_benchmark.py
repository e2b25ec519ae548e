"""What the benchmark of decisions times is the same work: the rulebook, and a second reading of it written by hand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parents[2] / "docs" / "benchmarks" / "decision.py"


@pytest.mark.slow
def test_the_rulebook_written_by_hand_decides_as_the_rulebook_before_any_is_timed() -> None:
    done = subprocess.run([sys.executable, str(BENCHMARK), "--quick"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "decide / by hand: " in done.stdout
