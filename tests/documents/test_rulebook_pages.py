"""The pages of the rulebook are those that its rules write."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_pages_of_the_rulebook_are_up_to_date() -> None:
    command = [sys.executable, "-X", "utf8", str(ROOT / "docs" / "render_rulebook.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
