"""The project of a policy team under docs/examples passes its own tests, every rule covered and every mutant killed.

It stands beside nothing of ours there: the continuous run asks it again in an environment of its own, against the wheel that we ship.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2] / "docs" / "examples" / "team_policy"


@pytest.mark.slow
def test_the_project_passes_with_every_rule_covered_and_every_mutant_killed(tmp_path: Path) -> None:
    project = shutil.copytree(PROJECT, tmp_path / "team_policy", ignore=shutil.ignore_patterns("__pycache__", ".*"))
    asked = [sys.executable, "-m", "pytest", "-q", "--rule-coverage-fail-under=100", "--policy-mutants-fail-under=100"]
    done = subprocess.run(asked, cwd=project, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "28 of 28 mutants killed (100.0 %)" in done.stdout
    assert "100 % of rules and sides of limits tested" in done.stdout
