"""The page of points that a risk officer raised: each says what shows it, and what it names is there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from revisit_policy.rulebooks import cn_housing

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "reference" / "cn-housing-decisions-on-record.md"
RULES: Final = {rule.id for edition in cn_housing.rulebook.editions for table in edition.policy.tables for rule in table.rules}
FIGURES: Final = set(dir(cn_housing.DEFAULTS))
SHOWN: Final = re.compile(r"^\| (?!point )(?P<point>[^|]+) \| (?P<became>[^|]+) \| (?P<shown>[^|]+) \|$", re.MULTILINE)
ROWS: Final = [pytest.param(*row.groups(), id=row["point"][:60]) for row in SHOWN.finditer(PAGE.read_text(encoding="utf-8"))]


@pytest.fixture(scope="module")
def tests() -> set[str]:
    """The names of all tests."""
    return {name for path in (ROOT / "tests").rglob("test_*.py") for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)}


def test_every_point_of_the_three_tables_is_read() -> None:
    assert len(ROWS) == 40


@pytest.mark.parametrize(("point", "became", "shown"), ROWS)
def test_a_point_is_done_or_refused_and_names_what_shows_it(point: str, became: str, shown: str, tests: set[str]) -> None:
    named = re.findall(r"`([^`]+)`", shown)
    assert named, point
    assert [name for name in named if name not in RULES | FIGURES | tests] == []
    assert became.startswith(("done", "refused"))


def test_a_rule_that_the_text_of_a_point_names_is_there_too() -> None:
    told = {name for row in ROWS for name in re.findall(r"`((?:measure|signal|method|barred|desk|revaluation|trigger)-[\w-]+)`", str(row.values[1]))}
    assert told - RULES == set()
