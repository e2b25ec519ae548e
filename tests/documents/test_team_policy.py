"""The project of a policy team under docs/examples runs in an environment of its own, against the wheel that we ship."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = ROOT / "docs" / "examples" / "team_policy"


def run(*command: str | Path, folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.skipif(not (ROOT / "src").exists(), reason="there is nothing here to build a wheel from")
def test_the_project_passes_with_every_rule_covered_and_every_mutant_killed(tmp_path: Path) -> None:
    project = Path(shutil.copytree(PROJECT, tmp_path / "team_policy", ignore=shutil.ignore_patterns("__pycache__", ".*")))
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path, ROOT, folder=tmp_path)
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    (wheel,) = tmp_path.glob("*.whl")
    run(python, "-m", "pip", "install", "--quiet", f"{wheel}[testing]", folder=tmp_path)
    told = run(python, "-m", "pytest", "-q", "--rule-coverage-fail-under=100", "--policy-mutants-fail-under=100", folder=project)
    assert "28 of 28 mutants killed (100.0 %)" in told
    assert "100 % of rules and sides of limits tested" in told
