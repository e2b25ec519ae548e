"""The pages of the rulebooks are those that their rules write."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("script", ["render_rulebook", "render_us_servicing", "render_seats"])
def test_the_pages_of_the_rulebook_are_up_to_date(script: str) -> None:
    command = [sys.executable, "-X", "utf8", str(ROOT / "docs" / f"{script}.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
