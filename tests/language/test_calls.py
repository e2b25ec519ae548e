"""Tables as functions: which names can be keywords, and what is said of a case file or of what is none."""

from __future__ import annotations

from collections.abc import Callable
from keyword import kwlist
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.language.loan_facts import WHY, days, rule, table

from revisit_policy import DecisionGraph, Fact, Period
from revisit_policy.errors import InvalidPolicyError, RevisitPolicyError
from revisit_policy.language.derivation import DaysSince, Field

TAKEN = ("self", "case", "supplied", "assuming")
NAMES = st.sampled_from((*kwlist, *TAKEN)) | st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True)
DUE = Fact.count("due", low=0, high=99, label=WHY, derived=Field("due"))
AGE = Fact.count("age", low=0, high=99_999, label=WHY, derived=DaysSince(Field("paid_out")))
STATED = table(rule("late", DUE > 5, "b"))
COUNTED = table(rule("old", AGE > 5, "b"))
CASE = SimpleNamespace(due=9, paid_out="2026-01-01")


def test_a_name_that_is_accepted_can_be_given_by_keyword() -> None:
    @given(NAMES)
    def check(name: str) -> None:
        doors: list[Callable[[], object]] = [
            lambda: Fact.count(name, low=0, high=9, label=WHY),
            lambda: table(name=name),
            lambda: DecisionGraph((), given=(name,)),
        ]
        refused = [_refused(door) for door in doors]
        if name in {*kwlist, *TAKEN}:
            assert all(refused)
        elif name != "on":
            assert not any(refused)
            asked = table(rule("r", Fact.count(name, low=0, high=9, label=WHY) > 5, "b"), name=f"{name}_table")
            assert eval(f"asked({name}=7).outcome", {"asked": asked}) == "b"  # noqa: S307 - as a user types it

    check()


def _refused(door: Callable[[], object]) -> bool:
    try:
        door()
    except InvalidPolicyError:
        return True
    return False


def test_a_table_id_that_python_reads_otherwise_is_refused() -> None:
    with pytest.raises(InvalidPolicyError, match="Python reads `fi`"):
        table(name="\N{LATIN SMALL LIGATURE FI}")
    assert table(name="评级").id == "评级"


def test_a_fact_named_like_the_decision_day_must_be_a_day() -> None:
    with pytest.raises(InvalidPolicyError, match="decision day"):
        Fact.count("on", low=0, high=9, label=WHY)


def test_a_table_says_of_a_case_file_what_it_says_of_its_facts() -> None:
    assert STATED(CASE).outcome == STATED(due=9).outcome == "b"
    assert COUNTED(CASE, on="2026-01-31").outcome == COUNTED(age=30).outcome == "b"
    assert COUNTED(CASE, on="2026-01-03").outcome == COUNTED(age=2).outcome == "a"


def test_what_is_supplied_stands_beside_the_case_file() -> None:
    assert table(rule("late", days > 5, "b"))(CASE, supplied={"days": 9}).outcome == "b"


@pytest.mark.parametrize(
    ("call", "text"),
    [
        pytest.param(lambda: STATED(91), "`case` must be a case file; facts are given by their names, such as `due=...`, got `91` (int)", id="a number"),
        pytest.param(lambda: STATED({"due": 9}), "`case` must be a case file", id="a mapping"),
        pytest.param(lambda: STATED("L-1"), "`case` must be a case file", id="a text"),
        pytest.param(lambda: STATED(CASE, due=9), "`due` must be in `supplied` beside a case file", id="both"),
        pytest.param(lambda: STATED(due=9, supplied={}), "`supplied` must be left out where facts are given by keyword", id="supplied without a case"),
        pytest.param(lambda: COUNTED(CASE), "`on` must be the decision day, because `age` rests on it", id="a count without its day"),
        pytest.param(
            lambda: table(rule("r", DUE > 5, "b", Period(since="2026-01-01")))(CASE),
            "`on` must be the decision day, because `on` rests on it",
            id="a period without its day",
        ),
    ],
)
def test_a_call_that_cannot_be_meant_is_refused(call: Callable[[], object], text: str) -> None:
    with pytest.raises(RevisitPolicyError) as found:
        call()
    assert text in str(found.value)


def test_a_graph_of_one_table_is_made_once() -> None:
    graph = DecisionGraph((STATED,))
    made: Any = graph.leading_to("t")
    assert graph.leading_to("t") is made
