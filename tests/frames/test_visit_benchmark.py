"""The benchmark of visits holds the rows that it times against the single decision."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parents[2] / "docs" / "benchmarks" / "visits.py"


@pytest.mark.slow
def test_what_is_timed_agrees_with_the_single_decision() -> None:
    done = subprocess.run([sys.executable, str(BENCHMARK), "--quick"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count(" ns a row") == 8 + bool(find_spec("numba"))
    assert ("against the loop: " in done.stdout) is bool(find_spec("numba"))
