"""Scorecards: of rules that exclude one another only one adds its points, and every reader knows it."""

from __future__ import annotations

from itertools import product
from time import process_time
from typing import Any, Final

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.language.loan_facts import HOUSE, WHY, rule, table

from revisit_policy import DecisionGraph, Fact, Fold, Label, Score, Status, Table, bands, frames, increments
from revisit_policy.analysis.study import Study
from revisit_policy.errors import InvalidPolicyError
from revisit_policy.language.readers import reference
from revisit_policy.language.snapshot import snapshot_of

AGE: Final = Fact.count("age", low=0, high=9, label=WHY)
HELD: Final = Fact.count("held", low=0, high=9, label=WHY)
TIED: Final = Fact.flag("tied", label=WHY)
JOB: Final = Fact.choice("job", ("state", "firm", "none"), label=WHY)
VALUES: Final[dict[str, tuple[Any, ...]]] = {"age": tuple(range(10)), "held": tuple(range(10)), "tied": (False, True), "job": ("state", "firm", "none")}
CUTS = st.lists(st.integers(1, 9), min_size=1, max_size=4, unique=True).map(sorted)
WORTH = st.integers(-4, 6)


def card(*rules: Any, otherwise: int = 0) -> Table:
    return table(*rules, fold=Fold.TOTAL, outcomes=Score(), otherwise=otherwise, name="card")


@st.composite
def cards(draw: st.DrawFn) -> Table:
    """Points by bands of two counts, by a flag both ways and by every choice: each fact excludes its own rules."""
    rules = []
    for fact in (AGE, HELD):
        parts = bands(fact, *draw(CUTS))
        rules += [rule(f"{fact.name}-{at}", part, draw(WORTH)) for at, part in enumerate(parts)]
    rules += [rule("tied", TIED.is_true(), draw(WORTH)), rule("free", TIED.is_false(), draw(WORTH))]
    rules += [rule(f"job-{job}", JOB.is_in(job), draw(WORTH)) for job in VALUES["job"]]
    return card(*draw(st.permutations(rules)), otherwise=draw(WORTH))


FACTS = st.fixed_dictionaries({name: st.sampled_from((*values, None)) for name, values in VALUES.items()})


def completions(asked: Table, facts: dict[str, Any]) -> set[int]:
    """Every total that there is once what is missing becomes known."""
    free = [name for name, value in facts.items() if value is None]
    return {asked(**facts | dict(zip(free, found, strict=True))).outcome for found in product(*(VALUES[name] for name in free))}


@given(cards(), FACTS)
def test_the_candidates_are_the_ends_of_what_can_still_come_about(asked: Table, facts: dict[str, Any]) -> None:
    verdict = asked(**facts)
    possible = completions(asked, facts)
    assert verdict.candidates == (min(possible), max(possible))
    assert verdict.is_decided is (len(possible) == 1)
    assert not verdict.is_decided or verdict.outcome in possible


@given(cards(), FACTS)
def test_the_reference_reader_says_what_the_generated_one_says(asked: Table, facts: dict[str, Any]) -> None:
    graph = DecisionGraph((asked,))
    snapshot = snapshot_of(graph.facts, facts)
    assert reference.read(graph, snapshot)["card"].ruling == asked(**facts).ruling == graph.rulings(snapshot)["card"]


@given(cards(), st.lists(FACTS, min_size=1, max_size=12))
@settings(max_examples=8)
def test_columns_say_what_the_single_verdict_says(asked: Table, rows: list[dict[str, Any]]) -> None:
    over = table(rule("much", asked.outcome > asked.folding.span()[0], "b"), name="later")
    frame = pl.DataFrame(rows, schema={"age": pl.Int64, "held": pl.Int64, "tied": pl.Boolean, "job": pl.String})
    graph = DecisionGraph((asked, over)) if asked.folding.span()[0] < asked.folding.span()[1] else DecisionGraph((asked,))
    found = frames.decide(graph, frame, on="2026-01-31")
    for at, facts in enumerate(rows):
        verdicts = graph.verdicts(**facts)
        for name, verdict in verdicts.items():
            assert found[f"{name}_status"][at] == tuple(Status).index(verdict.status)
        assert found["card"][at] == verdicts["card"].outcome


@given(cards(), FACTS)
@settings(max_examples=25)
def test_the_analysis_says_what_the_readers_say(asked: Table, facts: dict[str, Any]) -> None:
    study = Study.of(DecisionGraph((asked,)), missing=True)
    telling = study.told[0].tables["card"]
    snapshot = snapshot_of(tuple(axis.fact for axis in study.space.axes), facts)
    cells = [axis.place_of_encoded(value) for axis, value in zip(study.space.axes, snapshot.values, strict=True)]
    low, high = asked(**facts).candidates
    for total in range(asked.folding.span()[0], asked.folding.span()[1] + 1):
        assert study.book.holds(telling.lowest(total.__eq__), cells) is (total == low)
        assert study.book.holds(telling.highest(total.__eq__), cells) is (total == high)
        assert study.book.holds(telling.total(total.__eq__), cells) is (total == asked(**facts).outcome)


def test_a_missing_score_widens_by_the_span_of_its_bands() -> None:
    points = (4, 3, 1, 0)
    by_age = [rule(f"age-{at}", part, worth) for at, (part, worth) in enumerate(zip(bands(AGE, 3, 5, 7), points, strict=True))]
    asked = card(*by_age, rule("tied", TIED.is_true(), 11))
    assert asked(tied=True).candidates == (11, 15)
    assert asked(age=4).candidates == (3, 14)
    assert asked.folding.span() == (0, 15)


def test_bands_that_all_give_the_same_are_decided_whatever_is_missing() -> None:
    asked = card(*(rule(f"age-{at}", part, 2) for at, part in enumerate(bands(AGE, 3, 5))))
    assert asked().is_decided
    assert asked().outcome == 2
    assert asked().candidates == (2, 2)


def test_rules_that_leave_a_part_of_the_fact_out_may_give_nothing() -> None:
    asked = card(rule("young", AGE < 3, 4), rule("old", AGE > 7, 2))
    assert asked().candidates == (0, 4)
    assert asked(age=5).candidates == (0, 0)


def test_rules_over_several_facts_exclude_one_another_by_one_of_them() -> None:
    asked = card(rule("a", (AGE < 5) & TIED.is_true(), 3), rule("b", (AGE >= 5) & (HELD > 2), 4), rule("c", HELD < 9, 1))
    assert asked().candidates == (0, 5)


def test_rules_that_can_hold_together_are_added() -> None:
    assert card(rule("a", AGE > 3, 3), rule("b", AGE > 5, 4))().candidates == (0, 7)


def test_a_rule_that_asks_what_is_missing_stands_alone() -> None:
    asked = card(rule("young", AGE < 3, 4), rule("old", (AGE >= 3) | AGE.is_missing(), 2))
    assert asked().candidates[1] >= 4
    assert asked(age=1).candidates == (4, 4)


# -- increments ------------------------------------------------------------------------------------------------------


@given(CUTS, st.data(), st.sampled_from((1, -1)))
def test_increments_widen_a_score_by_their_own_span_and_add_up_as_bands_do(cuts: list[int], data: st.DataObject, sign: int) -> None:
    steps = [sign * worth for worth in data.draw(st.lists(st.integers(1, 5), min_size=len(cuts), max_size=len(cuts)))]
    by_steps = card(*increments(AGE, cuts, steps, because=WHY, source=HOUSE))
    totals = [sum(steps[:at]) for at in range(len(steps) + 1)]
    by_bands = card(*(rule(f"band-{at}", part, total) for at, (part, total) in enumerate(zip(bands(AGE, *cuts), totals, strict=True))))
    for age in (*VALUES["age"], None):
        assert by_steps(age=age).candidates == by_bands(age=age).candidates


@given(CUTS.filter(lambda cuts: len(cuts) > 1 and cuts[-1] < max(VALUES["age"])), st.data())
def test_falling_increments_widen_a_score_by_their_own_span_and_add_up_as_bands_do(cuts: list[int], data: st.DataObject) -> None:
    steps = data.draw(st.lists(st.integers(1, 5), min_size=len(cuts), max_size=len(cuts)))
    by_steps = card(*increments(AGE, cuts[::-1], steps, because=WHY, source=HOUSE))
    totals = [sum(steps[: len(steps) - at]) for at in range(len(steps) + 1)]
    beyond = [cut + 1 for cut in cuts]
    by_bands = card(*(rule(f"band-{at}", part, total) for at, (part, total) in enumerate(zip(bands(AGE, *beyond), totals, strict=True))))
    for age in (*VALUES["age"], None):
        assert by_steps(age=age).candidates == by_bands(age=age).candidates


def test_the_reason_of_an_increment_names_its_own_cut_where_it_has_a_slot_for_it() -> None:
    found = increments(AGE, (3, 5), (1, 1), because=Label("{cut}岁起", "from {cut} years"), source=HOUSE)
    assert [(made.because.zh, made.because.en) for made in found] == [("3岁起", "from 3 years"), ("5岁起", "from 5 years")]
    assert [made.because for made in increments(AGE, (3, 5), (1, 1), because=WHY, source=HOUSE)] == [WHY, WHY]


def test_increments_are_named_after_their_fact_or_as_told() -> None:
    assert [made.id for made in increments(AGE, (3, 5), (1, 1), because=WHY, source=HOUSE)] == ["age-1", "age-2"]
    assert [made.id for made in increments(AGE, (3,), (-1,), because=WHY, source=HOUSE, prefix="years")] == ["years-1"]


@pytest.mark.parametrize(
    ("fact", "cuts", "points", "text"),
    [
        pytest.param(TIED, (1,), (1,), "increments divide what lies on a line, and this is a flag", id="a flag"),
        pytest.param(AGE, (), (), "increments need cuts that rise", id="no cuts"),
        pytest.param(AGE, (5, 3, 4), (1, 1, 1), "increments need cuts that rise or fall", id="cuts up and down"),
        pytest.param(AGE, (5, 5), (1, 1), "increments need cuts that rise or fall", id="a cut twice"),
        pytest.param(AGE, (3, 5), (1,), "points for every cut", id="a point too few"),
        pytest.param(AGE, (3, 5), (1, -1), "all above zero or all below", id="up and down"),
        pytest.param(AGE, (3, 5), (1, 0), "all above zero or all below", id="a step of nothing"),
        pytest.param(AGE, (3,), (True,), "whole numbers", id="a truth for points"),
        pytest.param(AGE, (3,), ("1",), "whole numbers", id="a text for points"),
        pytest.param(AGE, 3, (1,), "`cuts` must be several", id="one cut"),
    ],
)
def test_increments_that_cannot_be_meant_are_refused(fact: Fact, cuts: Any, points: Any, text: str) -> None:
    with pytest.raises(InvalidPolicyError, match=text):
        increments(fact, cuts, points, because=WHY, source=HOUSE)


def test_a_scorecard_of_thousands_of_rules_is_built_in_no_time() -> None:
    long = Fact.count("long", low=0, high=100_000, label=WHY)
    nested = card(*(rule(f"r-{at}", long > at, 1) for at in range(4000)))
    apart = card(*(rule(f"r-{at}", part, at) for at, part in enumerate(bands(long, *range(1, 4000)))))
    began = process_time()
    assert nested.folding.span() == (0, 4000)
    assert apart.folding.span() == (0, 3999)
    assert len(apart.folding.groups) == 1
    assert process_time() - began < 4
