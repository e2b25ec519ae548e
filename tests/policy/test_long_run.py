"""The benchmark of long runs runs, each of its runs in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parents[2] / "docs" / "benchmarks" / "long_run.py"


@pytest.mark.slow
def test_the_benchmark_of_long_runs_tells_the_memory_of_every_run() -> None:
    done = subprocess.run([sys.executable, str(BENCHMARK), "--quick"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    for run in ("unlike loans", "calendars made for one decision", "policies made and dropped", "decision days in polars, with visits"):
        assert f" {run} |" in done.stdout
