"""Volumes against counting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.small_worlds import is_in, is_small, worlds
from tests.language.loan_facts import days, job, ltv, misuse, rule, standing, table
from tests.language.strategies import conditions

from revisit_policy import AnalysisLimitError, InvalidValueError, analysis
from revisit_policy.analysis.space.space import Space
from revisit_policy.language.condition import ALWAYS, NEVER, any_of


@given(conditions(), st.booleans())
def test_cells_are_counted_as_they_are_when_each_is_looked_at(condition, missing: bool) -> None:
    space = Space.of((), missing=missing, besides=(condition,))
    if not is_small(space):
        return
    count = sum(is_in(condition, space, facts) for facts in worlds(space))
    found = analysis.volume(condition, missing=missing)
    total = 1
    for axis in space.axes:
        total *= axis.size
    assert found.share * total == count


CASES = [
    pytest.param(days.between(61, 91), 30, id="thirty days"),
    pytest.param(days.between(61, 91) & misuse.is_true(), 30, id="and a flag"),
    pytest.param(days.between(61, 91) | misuse.is_true(), 30 * 2 + (3651 - 30), id="or a flag"),
    pytest.param(job.is_in("none") & (standing >= "fair"), 2, id="choices"),
    pytest.param(ltv > 1, None, id="a ratio is too fine"),
    pytest.param(ALWAYS, 1, id="nothing asked is one case"),
    pytest.param(NEVER, 0, id="nothing fits"),
]


@pytest.mark.parametrize(("condition", "values"), CASES)
def test_values_are_counted_where_they_can_be(condition, values: int | None) -> None:
    assert analysis.volume(condition).values == values


def test_outcomes_are_counted_through_their_tables() -> None:
    grade = table(rule("late", days > 0, "b"), rule("bad", (days > 90) | misuse.is_true(), "c"), name="grade")
    found = analysis.volume(grade.outcome.is_in("b"), policy=grade)
    assert (found.values, found.cells, found.all_cells) == (90, 1, 6)
    assert analysis.volume(grade.outcome.is_in("b"), policy=grade, given=days > 60).values == 30


def test_a_count_past_its_nodes_is_refused_and_not_estimated() -> None:
    many = any_of(*(days.between(at, at + 2) & misuse.is_true() | (standing >= "fair") & job.is_in("none") for at in range(0, 60, 3)))
    with pytest.raises(AnalysisLimitError, match="within 2 steps"):
        analysis.volume(many, nodes=2)
    with pytest.raises(InvalidValueError, match="above zero"):
        analysis.volume(many, nodes=0)
