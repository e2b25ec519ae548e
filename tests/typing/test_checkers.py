"""What callers write is understood by both type checkers: `asking` says what they have to find, and mypy looks at it with all else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

HERE: Final = Path(__file__).parent
ASKING: Final = HERE / "asking.py"


@pytest.mark.slow
def test_pyright_finds_the_types_that_callers_are_promised() -> None:
    asked = [sys.executable, "-m", "basedpyright", "--outputjson", "--pythonpath", sys.executable, "--project", str(HERE)]
    found = json.loads(subprocess.run(asked, capture_output=True, check=False, text=True, cwd=HERE).stdout)
    assert found["summary"]["filesAnalyzed"] >= 1
    assert [f"{item['range']['start']['line'] + 1}: {item['message']}" for item in found["generalDiagnostics"] if item["file"].endswith("asking.py")] == []
