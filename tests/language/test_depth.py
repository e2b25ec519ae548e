"""Depth: conditions nested in one another, up to what is refused; side by side there may be any number."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from tests.language.loan_facts import days, ltv, rule, table

from revisit_policy import DecisionGraph, InvalidPolicyError, frames
from revisit_policy.analysis import Proved, gaps
from revisit_policy.language.condition import DEEPEST, All, AnyOf


def nested(depth: int) -> Any:
    """`&` and `|` in turn, *depth* of them in one another."""
    found: Any = days > 0
    for at in range(depth):
        found = found & (ltv > f"{at}/100") if at % 2 else found | (days > at)
    return found


def test_the_deepest_condition_is_read_by_all_readers() -> None:
    graph = DecisionGraph([table(rule("deep", nested(DEEPEST), "c"))])
    assert graph.verdicts(days=100, ltv="2")["t"].outcome == "c"
    assert graph.verdicts(days=100)["t"].status.value == "undecided"
    assert frames.decide(graph, pl.DataFrame({"days": [100], "ltv": [200]}), on="2026-01-01", denominators={"ltv": 100})["t"].to_list() == [2]
    assert isinstance(gaps(graph), Proved)


def test_one_that_lies_deeper_is_refused_when_it_is_built() -> None:
    for deep in (nested(DEEPEST + 1), nested(300)):
        with pytest.raises(InvalidPolicyError, match=r"`&` and `\|` lie more than 50 deep in one another"):
            rule("deep", deep, "c")


@pytest.mark.parametrize("join", [All, AnyOf])
def test_ten_thousand_parts_side_by_side_are_read(join: Any) -> None:
    graph = DecisionGraph([table(rule("wide", join(tuple(days > at % 3000 for at in range(10_000))), "c"))])
    assert graph.verdicts(days=3001)["t"].outcome == "c"
    assert frames.decide(graph, pl.DataFrame({"days": [3001, 0]}), on="2026-01-01")["t"].to_list() == [2, 0]
