"""What callers write is understood by both type checkers: `asking` says what they have to find."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from mypy import api

HERE: Final = Path(__file__).parent
ASKING: Final = HERE / "asking.py"


@pytest.mark.slow
def test_mypy_finds_the_types_that_callers_are_promised() -> None:
    told, refused, _ = api.run([str(ASKING), "--strict", "--follow-imports=silent", "--config-file=", f"--cache-dir={os.devnull}"])
    assert (told.splitlines()[-1], refused) == ("Success: no issues found in 1 source file", "")


@pytest.mark.slow
def test_pyright_finds_them_too() -> None:
    asked = [sys.executable, "-m", "basedpyright", "--outputjson", "--pythonpath", sys.executable, "--project", str(HERE)]
    found = json.loads(subprocess.run(asked, capture_output=True, check=False, text=True, cwd=HERE).stdout)
    assert found["summary"]["filesAnalyzed"] >= 1
    assert [f"{item['range']['start']['line'] + 1}: {item['message']}" for item in found["generalDiagnostics"] if item["file"].endswith("asking.py")] == []
