"""Tables: rules that hand a fact on, and rules of which it is proved that they overlap when a table is built."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.language.loan_facts import WHY, days, impaired, job, ltv, misuse, principal, rule, signed, standing, table

from revisit_policy import DecisionGraph, Fact, Fold, Table, cny, unordered
from revisit_policy.errors import InvalidPolicyError
from revisit_policy.language.condition import ALWAYS, Condition, all_of, any_of
from revisit_policy.language.overlaps.overlap import boxes, can_hold, first_overlap

DESKS = table(rule("slow", days > 1, "b"), rule("thin", ltv > "0.5", "c"), fold=Fold.EVERY, otherwise=None, name="desks")
JOBS: Any = unordered(("salaried", "own_business", "none"))
STANDINGS = ("good", "fair", "poor")
letter = Fact.choice("letter", ("a", "b", "c"), label=WHY)
AS_STANDING = rule("as-standing", ALWAYS, standing)


def test_a_set_of_outcomes_is_handed_on_as_far_as_it_is_known() -> None:
    hands_on = table(rule("same-desks", ALWAYS, DESKS.outcome), fold=Fold.EVERY, otherwise=None, name="second")
    graph = DecisionGraph((DESKS, hands_on))
    assert graph.verdicts(days=2, ltv="0.6")["second"].outcome == ("b", "c")
    open_ = graph.verdicts(days=2)["second"]
    assert (open_.outcome, open_.candidates, open_.missing) == (("b",), (("b",), ("b", "c")), ("ltv",))


# a table whose rule says what a fact says, the facts of a case, and what is possible
HANDED_ON: list[tuple[str, Callable[[], Table], dict[str, Any], tuple[Any, ...]]] = [
    ("a choice without order", lambda: table(rule("as-job", ALWAYS, job), outcomes=JOBS, fold=Fold.FIRST, otherwise=None), {"job": "none"}, ("none",)),
    (
        "the same, unknown",
        lambda: table(rule("as-job", ALWAYS, job), outcomes=JOBS, fold=Fold.FIRST, otherwise="none"),
        {},
        ("salaried", "own_business", "none"),
    ),
    ("the first of three", lambda: table(AS_STANDING, outcomes=STANDINGS, fold=Fold.WORST, otherwise="good"), {"standing": "good"}, ("good",)),
    ("the second of three", lambda: table(AS_STANDING, outcomes=STANDINGS, fold=Fold.WORST, otherwise="good"), {"standing": "fair"}, ("fair",)),
    ("the third of three", lambda: table(AS_STANDING, outcomes=STANDINGS, fold=Fold.WORST, otherwise="good"), {"standing": "poor"}, ("poor",)),
    ("an unknown one", lambda: table(AS_STANDING, outcomes=STANDINGS, fold=Fold.WORST, otherwise="good"), {}, STANDINGS),
    (
        "in the order written, however mild it is",
        lambda: table(rule("as-standing", misuse.is_false(), standing), rule("late", days > 1, "poor"), outcomes=STANDINGS, fold=Fold.FIRST, otherwise="good"),
        {"standing": "good", "days": 2},
        ("good",),
    ),
    (
        "in the order written, unless something comes first",
        lambda: table(rule("late", days > 1, "poor"), AS_STANDING, outcomes=STANDINGS, fold=Fold.FIRST, otherwise="good"),
        {"standing": "fair", "days": 2},
        ("poor",),
    ),
    (
        "among all that hold, only itself",
        lambda: table(AS_STANDING, outcomes=STANDINGS, fold=Fold.EVERY, otherwise=None),
        {"standing": "poor"},
        (("poor",), ("poor",)),
    ),
    (
        "what it says where a fact is missing, which is no more than caution",
        lambda: table(rule("as-standing", ltv.is_missing(), standing), outcomes=STANDINGS, fold=Fold.WORST, otherwise="good"),
        {"standing": "fair"},
        ("good", "fair"),
    ),
    (
        "a fact without order on a scale with one",
        lambda: table(rule("as-letter", ALWAYS, letter), fold=Fold.WORST, otherwise="a"),
        {"letter": "c"},
        ("c",),
    ),
    (
        "a fact with an order on a scale without",
        lambda: table(AS_STANDING, outcomes=unordered(STANDINGS), fold=Fold.FIRST, otherwise=None),
        {"standing": "fair"},
        ("fair",),
    ),
]


@pytest.mark.parametrize(("handing", "facts", "candidates"), [pytest.param(*row, id=sentence) for sentence, *row in HANDED_ON])
def test_a_rule_can_say_what_a_fact_says(handing: Callable[[], Table], facts: dict[str, Any], candidates: tuple[Any, ...]) -> None:
    assert handing()(**facts).candidates == candidates


# a condition, and which of the lines that a rule with it has ask whether a fact is missing
LINES: list[tuple[str, Condition, list[bool]]] = [
    ("a rule that asks for no absence settles", days > 30, [False]),
    ("one that rests on an absence adds caution", ltv.is_missing(), [True]),
    ("however much it asks besides", ltv.is_missing() & (days > 30) & misuse.is_true(), [True]),
    ("one that could hold without it does both", ltv.is_missing() | (days > 30), [False, True]),
]


@pytest.mark.parametrize(("when", "lines"), [pytest.param(*row, id=sentence) for sentence, *row in LINES])
def test_a_rule_settles_or_adds_caution_or_both(when: Condition, lines: list[bool]) -> None:
    assert [line.is_absence for line in table(rule("r", when, "b")).lines] == lines


# -- overlaps of a UNIQUE table ----------------------------------------------------------------------------------------

fives = Fact.count("fives", low=0, high=100, step=5, label=WHY)

OVERLAPPING: list[tuple[str, Condition, Condition]] = [
    ("one count between", days > 30, days < 32),
    ("the same count", days >= 30, days <= 30),
    ("the least count there is", days < 1, days <= 0),
    ("the greatest count there is", days > 3649, days >= 3650),
    ("one step between", fives > 0, fives < 10),
    ("a ratio between", ltv > "0.5", ltv < "0.51"),
    ("the same ratio", ltv >= "0.5", ltv <= "0.5"),
    ("a ratio up to its upper bound", ltv > "9.99", ltv >= "9.995"),
    ("a ratio down to its lower bound", ltv < "0.01", ltv <= "0.005"),
    ("a fen between", principal > cny(1), principal < cny("1.02")),
    ("a day between", signed > "2020-01-01", signed < "2020-01-03"),
    ("the last day there is", signed > "2199-12-30", signed >= "2199-12-31"),
    ("a choice of both", job.is_in("salaried", "none"), job.is_in("none", "own_business")),
    ("a choice from above and below", standing >= "fair", standing <= "fair"),
    ("a choice in order and by name", standing > "good", standing.is_in("poor")),
    ("one flag twice", misuse.is_true(), misuse.is_true() & (days > 1)),
    ("two flags", misuse.is_true(), impaired.is_false()),
    ("two facts", days > 30, ltv > "0.5"),
    ("an alternative", (days < 10) | (days > 100), days > 50),
    ("the last of several alternatives", (days < 10) | (days < 20) | misuse.is_true(), (days >= 20) & (ltv > "0.5")),
    ("each alternative of a conjunction", ((days < 10) | (days > 20)) & (misuse.is_true() | (ltv > "0.5")), (days > 30) & misuse.is_false() & (ltv > "0.6")),
]
APART: list[tuple[str, Condition, Condition]] = [
    ("no count between", days > 30, days < 31),
    ("no step between", fives > 0, fives < 5),
    ("a ratio on one side or the other", ltv > "0.5", ltv <= "0.5"),
    ("no fen between", principal > cny(1), principal < cny("1.01")),
    ("no day between", signed > "2020-01-01", signed < "2020-01-02"),
    ("no choice of both", job.is_in("salaried"), job.is_in("none", "own_business")),
    ("no choice between", standing > "fair", standing <= "fair"),
    ("a flag and its opposite", misuse.is_true(), misuse.is_false()),
    ("a gap between alternatives", (days < 10) | (days > 100), (days >= 10) & (days <= 100)),
    ("one fact apart, another not", (days > 30) & (ltv > "0.5"), (days <= 30) & (ltv > "0.6")),
    ("of a set nothing is claimed", DESKS.outcome.includes("a"), DESKS.outcome.includes("b")),
]


@pytest.mark.parametrize(("one", "other"), [pytest.param(*row, id=sentence) for sentence, *row in OVERLAPPING])
def test_two_rules_of_which_both_can_hold_are_refused_in_a_unique_table(one: Condition, other: Condition) -> None:
    for first, second in ((one, other), (other, one)):
        with pytest.raises(InvalidPolicyError, match="rules `r` and `s` both fire where"):
            table(rule("r", first, "b"), rule("s", second, "c"), fold=Fold.UNIQUE)
    table(rule("r", one, "b"), rule("s", other, "b"), fold=Fold.UNIQUE)


@pytest.mark.parametrize(("one", "other"), [pytest.param(*row, id=sentence) for sentence, *row in APART])
def test_two_rules_that_never_hold_together_may_say_different_things(one: Condition, other: Condition) -> None:
    table(rule("r", one, "b"), rule("s", other, "c"), fold=Fold.UNIQUE)


@pytest.mark.parametrize(("alternatives", "is_refused"), [(64, True), (65, False)], ids=["as many as are tried", "one more"])
def test_overlaps_are_looked_for_among_so_many_alternatives_and_left_to_the_analysis_beyond(alternatives: int, is_refused: bool) -> None:
    wide = any_of(*(signed >= f"20{place:02}-01-01" for place in range(alternatives)))
    rules = (rule("r", wide, "b"), rule("s", days > 1, "c"))
    if is_refused:
        with pytest.raises(InvalidPolicyError, match="both fire"):
            table(*rules, fold=Fold.UNIQUE)
    else:
        table(*rules, fold=Fold.UNIQUE)


@pytest.mark.parametrize(("columns", "is_refused"), [(8, True), (9, False)], ids=["as many as are tried", "one more"])
def test_so_it_is_with_alternatives_in_two_parts(columns: int, is_refused: bool) -> None:
    rows = any_of(*(days > place for place in range(8)))
    grid = rows & any_of(*(ltv > f"0.{place}1" for place in range(columns)))
    rules = (rule("r", grid, "b"), rule("s", misuse.is_true(), "c"))
    if is_refused:
        with pytest.raises(InvalidPolicyError, match="both fire"):
            table(*rules, fold=Fold.UNIQUE)
    else:
        table(*rules, fold=Fold.UNIQUE)


def test_two_rules_that_say_the_same_hide_no_third_that_does_not() -> None:
    with pytest.raises(InvalidPolicyError, match="rules `r` and `t` both fire"):
        table(rule("r", days > 30, "b"), rule("s", days > 60, "b"), rule("t", (days > 30) & (days < 40), "c"), fold=Fold.UNIQUE)


def test_an_overlap_is_shown_by_what_both_rules_ask_each_question_once() -> None:
    with pytest.raises(InvalidPolicyError) as found:
        table(rule("r", (days > 30) & (ltv > "0.5"), "b"), rule("t", days < 5, "a"), rule("s", (days > 30) & misuse.is_true(), "c"), fold=Fold.UNIQUE)
    assert str(found.value) == ("`t`: rules `r` and `s` both fire where ((days > 30) & (ltv > '0.50') & misuse.is_true()), with different outcomes")


@given(st.data())
def test_two_rules_are_refused_if_and_only_if_an_alternative_of_each_can_hold_with_the_other(data: st.DataObject) -> None:
    kinds = [days > 30, days <= 30, days > 60, fives > 5, fives <= 10, ltv > "0.5", ltv <= "0.7", job.is_in("salaried"), job.is_in("none"), misuse.is_true()]
    one_of = st.lists(st.lists(st.sampled_from(kinds), min_size=1, max_size=3), min_size=1, max_size=3)
    conditions = [any_of(*(all_of(*parts) for parts in found)) for found in data.draw(st.lists(one_of, min_size=2, max_size=6))]
    lines = tuple((f"r{at}", condition, data.draw(st.integers(0, 2))) for at, condition in enumerate(conditions))
    wanted = next(
        (
            (one, other)
            for (one, left, said), (other, right, too) in combinations(lines, 2)
            if said != too and any(can_hold((*a, *b)) for a in boxes(left) or () for b in boxes(right) or ())
        ),
        None,
    )
    found = first_overlap(lines)
    assert (None if found is None else (found.first, found.second)) == wanted
