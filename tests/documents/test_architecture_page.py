"""The page on the architecture names files that exist, all the rooms that there are, and the stops of a decision in their order."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import revisit_policy as rp
from revisit_policy.rulebooks import cn_housing

ROOT = Path(__file__).parents[2]
PACKAGE = Path(rp.__file__).parent
PAGE = (ROOT / "docs" / "explanation" / "architecture.md").read_text(encoding="utf-8")
FILES = sorted(set(re.findall(r"`([a-z_]+(?:/[a-z_]+)*\.py)`", PAGE)))
FOLDERS = sorted(set(re.findall(r"`((?:analysis|frames|language)(?:/[a-z]+)+)`", PAGE)))
STOPS = re.findall(r"^\| `([a-z_/]+\.py)` \|", PAGE.split("## One fact")[1].split("\n## ")[0], re.MULTILINE)
CASE = rp.CaseFile(
    loan=rp.Loan(
        "GZ-2024-000118", product="first_home", principal=rp.cny("1200000"), balance=rp.cny("1000000.00"), annual_rate="0.035",
        repayment="level_payment", disbursed_on="2024-03-01", term_months=360, days_past_due=95, missed_consecutive=3, missed_total_24m=3,
    ),
    borrower=rp.BorrowerProfile("B-1"),
)


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_the_page_names_is_there(file: str) -> None:
    assert (PACKAGE / file).is_file()


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_that_the_page_names_is_there(folder: str) -> None:
    assert (PACKAGE / folder).is_dir()


def test_the_drawing_has_every_room_from_the_top_to_the_bottom() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "house")
    rooms = [room for layer in layers for room in re.findall(r"\w+", layer) if (PACKAGE / room / "__init__.py").exists() or room == "errors"]
    drawing = PAGE.split("```text\n")[1].split("```")[0]
    drawn = [room for line in drawing.splitlines() for room in re.findall(r"(?:^| │) *(\w+)", line)]
    assert [room for room in rooms if room not in drawn] == []
    assert [room for room in drawn if room in rooms] == rooms


def test_a_decision_comes_to_the_stops_in_the_order_of_the_page() -> None:
    cn_housing.policy().decide(CASE, on="2026-11-23")  # what is made once is there
    entered: dict[str, None] = {}

    def _enter(frame: FrameType, event: str, _: Any) -> None:
        path = Path(frame.f_code.co_filename)
        if event == "call" and path.is_relative_to(PACKAGE):
            entered.setdefault(path.relative_to(PACKAGE).as_posix())

    before = sys.getprofile()
    sys.setprofile(_enter)
    try:
        cn_housing.policy().decide(CASE, on="2026-11-23")
    finally:
        sys.setprofile(before)
    assert [stop for stop in STOPS if stop not in entered] == []
    assert [stop for stop in entered if stop in STOPS] == STOPS
