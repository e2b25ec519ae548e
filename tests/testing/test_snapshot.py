"""Snapshots: stable text, a block a case, that changes only where a policy says something else."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.rulebooks.loans import case
from tests.testing.team_policy import grade, overdue, policy, rule

from revisit_policy import InvalidValueError
from revisit_policy.rulebooks import cn_housing
from revisit_policy.testing import PolicyCase, boundary_cases, snapshot

LATE = {"overdue": 91, "ltv": "0.5"}


def test_each_kind_of_case_has_its_own_heading_and_a_line_a_table() -> None:
    worked = PolicyCase(given=LATE, expect={"grade": "normal"}, because="somebody thought so")
    text = snapshot(policy, [LATE, {}, worked, boundary_cases(policy)[0]])
    assert [line for line in text.splitlines() if not line.startswith(" ")] == [
        "overdue=91, ltv='0.5'",
        "nothing known",
        "somebody thought so",
        "overdue-90: overdue one step below 90",
    ]
    assert text.splitlines()[:3] == [
        "overdue=91, ltv='0.5'",
        "  grade: substandard by overdue-90, overdue-0",
        "  interval: 3 by by-substandard",
    ]


def test_what_is_open_is_told_with_what_is_still_possible() -> None:
    assert snapshot(grade, [{"overdue": 0}]) == "overdue=0\n  grade: special_mention by no-valuation (undecided: normal, special_mention)\n"


def test_a_case_file_is_told_by_what_is_handed_out() -> None:
    text = snapshot(cn_housing.rulebook, [case(days_past_due=91)], on="2025-06-30")
    lines = text.splitlines()
    assert lines[0] == "GZ-2024-000001 on 2025-06-30"
    assert lines[1].startswith("  grade: substandard, at worst substandard; level: red; every ")
    assert "npl" in lines[2].removeprefix("  signals: ").split(", ")
    assert lines[3].startswith("  measures: ")
    assert all(" by " in line and " to " in line for line in lines[4:])
    assert text == snapshot(cn_housing.rulebook, [case(days_past_due=91)], on="2025-06-30")


def test_a_difference_between_two_snapshots_is_a_difference_between_two_policies() -> None:
    stricter = attrs.evolve(grade, rules=(rule("overdue-90", overdue > 60, "substandard"), *grade.rules[1:]))
    cases = boundary_cases(stricter)
    before, after = (snapshot(table, cases).splitlines() for table in (grade, stricter))
    assert [new for old, new in zip(before, after, strict=True) if old != new] == ["  grade: substandard by overdue-90, overdue-0"]


@pytest.mark.parametrize("portfolio", [["text"], [case()]], ids=["text", "a case file without a day"])
def test_what_is_no_case_is_refused(portfolio: list[Any]) -> None:
    with pytest.raises(InvalidValueError, match="`portfolio` must be facts by name, worked cases, boundary cases, or case files with the day `on`"):
        snapshot(policy, portfolio)
