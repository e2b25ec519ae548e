"""The benchmark of decisions runs; whether its rival by hand has kept up with the rulebook it says itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parents[2] / "docs" / "benchmarks" / "decision.py"


@pytest.mark.slow
def test_the_benchmark_of_decisions_tells_the_share_of_every_part() -> None:
    done = subprocess.run([sys.executable, str(BENCHMARK), "--quick"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    for part in ("facts", "rules", "schedule"):
        assert f"| {part} |" in done.stdout
