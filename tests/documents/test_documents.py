"""The scripts under docs/examples run, the links of the pages at the root lead somewhere, and the two commands exist."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = (main.parent for main in (ROOT / "docs" / "examples").glob("*/__main__.py"))
EXAMPLES = sorted([*(ROOT / "docs" / "examples").glob("*.py"), *(folder for folder in FOLDERS if folder.name != "revisits")])  # test_demo.py runs that
PAGES = [page for name in ("README.md", "README.zh.md", "CONTRIBUTING.md", "CHANGELOG.md") if (page := ROOT / name).exists()]
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


@pytest.mark.parametrize("script", EXAMPLES, ids=[script.stem for script in EXAMPLES])
def test_an_example_runs_from_any_folder_and_prints_something(script: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-X", "utf8", "-W", "error", str(script)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip()


def test_the_replay_takes_plain_files_and_counts_what_it_leaves_out(tmp_path: Path) -> None:
    """Two loans made up for this test, in the layout of the real files."""
    acquired = "{0}|R|BANK|6.5|200000|360|07/2007|09/2007|80|80|2|{1}|{2}|N|P|SF|1|P|CA|900||FRM|||N"
    performed = "{0}|{1}|BANK|6.5|{2}|{3}|350|350|08/2037|0|{4}|N|{5}||||||||||||||||||"
    statuses = {"1": ["0", "0", "1", "2", "3", "X"], "2": ["0", "0", "2", "0", "0", "0"]}  # nobody misses two instalments in a month
    acquisition, performance = tmp_path / "acquisition.txt", tmp_path / "performance.txt"
    acquisition.write_text("\n".join(acquired.format(loan, debt, 780) for loan, debt in (("1", "30"), ("2", ""))), encoding="ascii")
    performance.write_text(
        "\n".join(
            performed.format(loan, f"{month:02}/01/2008", "190000", month, status, "01" if loan == "2" and month == len(known) else "")
            for loan, known in statuses.items()
            for month, status in enumerate(known, 1)
        ),
        encoding="ascii",
    )
    replay = str(ROOT / "docs" / "examples" / "revisits")
    command = [sys.executable, "-W", "error", replay, "--performance", str(performance), "--acquisition", str(acquisition)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    figures = dict(re.findall(r"^(\S.*?) {2,}([\d.,]+)$", done.stdout, re.MULTILINE))
    assert (figures["loans"], figures["loan-months decided"]) == ("2", "9")
    assert figures["left out: arrears that no payment explains"] == "1"
    assert (figures["left out: arrears unknown"], figures["left out: the loan had ended"]) == ("1", "1")
    assert figures["loans that reached 90 days past due"] == "1"
    # unpaid since 1 March, on 31 May 91 days past due by the calendar; three months of thirty days are not more than ninety
    assert re.search(r"^special mention +0 +0 +1", done.stdout, re.MULTILINE)
    assert re.search(r"^substandard +1 +1 +0", done.stdout, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=[page.stem.lower() for page in PAGES])
def test_a_link_on_a_page_at_the_root_leads_to_a_file(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_readme_names_the_commands_that_exist() -> None:
    named = re.findall(r"^\$ python3 run\.py (\w+)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    done = subprocess.run([sys.executable, str(ROOT / "run.py")], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.strip() == f"usage: python3 run.py {'|'.join(named)}; --help tells more"
