"""The rivals of the benchmark decide alike, whatever the machine: what it times is the same work."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BENCHMARK = Path(__file__).parents[2] / "docs" / "benchmarks" / "scalar.py"


def test_the_policy_by_hand_and_other_engines_agree_with_the_library_before_any_is_timed() -> None:
    done = subprocess.run([sys.executable, str(BENCHMARK), "--quick"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("| by hand + trace, facts missing |") == 1
