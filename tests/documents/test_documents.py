"""The scripts under docs/examples run, the links of the pages at the root lead somewhere, and the two commands exist."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.py"))
PAGES = [page for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md") if (page := ROOT / name).exists()]
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


@pytest.mark.parametrize("script", EXAMPLES, ids=[script.stem for script in EXAMPLES])
def test_an_example_runs_from_any_folder_and_prints_something(script: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-X", "utf8", "-W", "error", str(script)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip()


@pytest.mark.parametrize("page", PAGES, ids=[page.stem.lower() for page in PAGES])
def test_a_link_on_a_page_at_the_root_leads_to_a_file(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_readme_names_the_commands_that_exist() -> None:
    named = re.findall(r"^\$ python3 run\.py (\w+)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    done = subprocess.run([sys.executable, str(ROOT / "run.py")], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.strip() == f"usage: python3 run.py {'|'.join(named)}"
