"""The benchmark of arrears holds the rows that it times against those that are written by hand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parents[2] / "docs" / "benchmarks" / "servicing.py"


@pytest.mark.slow
def test_what_is_timed_agrees_with_what_is_written_by_hand() -> None:
    done = subprocess.run([sys.executable, str(BENCHMARK), "--quick"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0].endswith("; the same rows")
