"""A decision depends on its arguments alone: no file, no clock, no time zone, no locale, no order of asking.

Three layers, since none sees everything: import contracts refuse the modules (tests/architecture), an audit hook hears
what the interpreter opens and starts, and where nothing is heard (clocks, environment) the bytes have to be the same.
Every question goes to an interpreter of its own, so that nothing remembered from one answers the other.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.purity import answers

pytestmark = pytest.mark.slow

SCRIPT = Path(answers.__file__)


def ask(*words: str, **environment: str) -> bytes:
    command = [sys.executable, "-I", "-W", "error", str(SCRIPT), *words]
    done = subprocess.run(command, capture_output=True, env=os.environ | environment, check=False)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return done.stdout


@pytest.fixture(scope="module")
def told() -> bytes:
    return ask()


def a_locale() -> str:
    """A locale of this machine: one that writes numbers and months in its own way if there is one."""
    listed = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout.split()  # noqa: S607 - wherever it is
    return min(listed, key=lambda name: (name.startswith(("C", "POSIX", "en")), name), default="C")


def test_the_answers_are_long_and_differ(told: bytes) -> None:
    parts = told.decode().split("\n\n<Decision ")
    assert len(parts) == len(set(parts)) == 5 * len(answers.DAYS)
    assert [word for word in ("NORMAL", "LOSS", "SEIZURE", "Replan(", "逾期", "</table>") if word not in told.decode()] == []


@pytest.mark.parametrize(("day", "zone"), [("1999-12-31", "Asia/Shanghai"), ("2099-02-28", "XYZ+13")])
def test_neither_the_clock_nor_the_time_zone_changes_a_byte(told: bytes, day: str, zone: str) -> None:
    assert ask("at", day, TZ=zone) == told


def test_the_locale_changes_no_byte(told: bytes) -> None:
    assert ask("locale", a_locale()) == told


def test_environment_and_folder_change_no_byte(told: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "revisit_policy.toml").write_text("grade = 'loss'", encoding="utf-8")
    assert ask(LANG="tr_TR.UTF-8", LC_ALL="ar_SA.UTF-8", HOME="/nowhere", USER="nobody", TMPDIR="/nowhere") == told


def test_eight_threads_asking_in_different_orders_all_get_the_same(told: bytes) -> None:
    assert ask("threads") == told


def test_nothing_is_opened_started_or_looked_up_while_it_decides() -> None:
    heard, _, planted = ask("watched").decode().partition("|")
    assert heard.split() == []
    assert "open" in planted.split()


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    answers.answers()
    assert capfd.readouterr() == ("", "")
