"""A small world gone through case by case: what the quick reader says of every rule is the truth of its condition."""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

import pytest
from tests.language.loan_facts import FACTS, WHY, days, impaired, job, ltv, misuse, rule, standing, table

from revisit_policy import DecisionGraph, Fact, Fold, Score, Table, unordered
from revisit_policy.language.condition import ALWAYS, NEVER, Comparison, Condition, any_of
from revisit_policy.language.readers.comparison_source import surely
from revisit_policy.language.readers.generated import Found
from revisit_policy.language.readers.reference import truth
from revisit_policy.language.verdicts.verdict import Verdict

CONDITIONS: tuple[Condition, ...] = (
    days > 30,
    days > 90,
    days >= 31,
    days < 31,
    days <= 90,
    days.between(31, 91),
    ltv >= "0.8",
    ltv < "0.8",
    misuse.is_true(),
    misuse.is_false(),
    impaired.is_true(),
    impaired.is_false(),
    job.is_in("none"),
    job.is_in("salaried", "none"),
    standing >= "fair",
    standing > "fair",
    standing <= "fair",
    standing.is_in("good", "poor"),
    ltv.is_missing(),
    misuse.is_missing() & (days > 30),
    job.is_missing() | (days > 90),
    ~ltv.is_missing() & (ltv >= "0.8"),
    ~job.is_missing() & job.is_in("none") & (days > 30),
    (days > 30) & (ltv >= "0.8"),
    (days > 30) | (ltv >= "0.8"),
    (days > 30) & misuse.is_true() & impaired.is_true(),
    (days > 30) & (misuse.is_true() | job.is_in("none")),
    (days > 30) & job.is_in("none") | (days > 90) & impaired.is_true(),
    misuse.is_true() & (ltv >= "0.8") | impaired.is_true() & (days > 30),
    any_of(days > 90, misuse.is_true(), standing.is_in("poor")),
    any_of(days > 30, days > 90) & (standing >= "fair"),
    ~((days > 30) & misuse.is_true()),
    ~(job.is_in("none") | (ltv >= "0.8")),
    ALWAYS,
    NEVER,
    ALWAYS | (days > 30),
    NEVER & (days > 30),
    NEVER & ltv.is_missing() & (days > 30),
    (days > 30) & (NEVER | (misuse.is_true() & (ALWAYS | (ltv >= "0.8")))),
)

VALUES: dict[str, tuple[Any, ...]] = {
    "days": (0, 30, 31, 90, 91, None),
    "ltv": ("0.79", "0.8", None),
    "misuse": (False, True, None),
    "impaired": (True, False, None),
    "job": ("none", "salaried", "own_business", None),
    "standing": ("good", "fair", "poor", None),
}
CASES = [dict(zip(VALUES, values, strict=True)) for values in product(*VALUES.values())][::11]
"""Every eleventh of all: each value meets each value of every other fact."""


def every(conditions: tuple[Condition, ...]) -> Table:
    """A table that says of each condition whether it holds."""
    rules = [rule(f"r-{at}", when, at) for at, when in enumerate(conditions)]
    return table(*rules, outcomes=unordered(range(len(conditions))), fold=Fold.EVERY, otherwise=None)


def told(asked: Table, case: dict[str, Any]) -> list[bool | None]:
    names = {fact.name for fact in asked.facts}
    return told_by(asked(**{name: value for name, value in case.items() if name in names}), asked)


def told_by(said: Verdict | Found, asked: Table) -> list[bool | None]:
    return [True if one.id in said.fired else None if one.id in said.undecided else False for one in asked.rules]


def readings(case: dict[str, Any]) -> dict[str, Any]:
    return {name: FACTS[name].encode(value) for name, value in case.items()}


def test_each_value_meets_each_value_of_every_other_fact() -> None:
    for one, other in combinations(VALUES, 2):
        assert {(case[one], case[other]) for case in CASES} == set(product(VALUES[one], VALUES[other]))


def test_rules_that_stand_together_are_told_as_they_are() -> None:
    asked = every(CONDITIONS)
    for case in CASES:
        expected = [truth(condition, readings(case)) for condition in CONDITIONS]
        assert told(asked, case) == expected, case


@pytest.mark.parametrize("condition", CONDITIONS, ids=repr)
def test_a_rule_that_stands_alone_is_told_as_it_is(condition: Condition) -> None:
    asked = every((condition,))
    for case in CASES[::5]:
        assert told(asked, case) == [truth(condition, readings(case))], case


SEVEN = tuple("abcdefg")
letter = Fact.choice("letter", SEVEN, label=WHY, ordered=True)


def test_every_question_about_a_choice_is_answered_for_every_choice() -> None:
    chosen = [some for size in range(1, len(SEVEN)) for some in combinations(SEVEN, size)]
    asked = every(tuple(letter.is_in(*some) for some in chosen))
    for value in SEVEN:
        assert told(asked, {"letter": value}) == [value in some for some in chosen]
    assert told(asked, {"letter": None}) == [None] * len(chosen)


# a question about a letter, and how it is asked of the one bit that stands for it
SHORT: list[tuple[str, Condition, str]] = [
    ("one letter", letter.is_in("c"), "x == 0x4"),
    ("some from one on", letter >= "e", "x >= 0x10"),
    ("some up to one", letter <= "c", "x <= 0x4"),
    ("some from the middle", letter.is_in("b", "d", "e"), "x in {0x2, 0x8, 0x10}"),
    ("all but one", letter.is_in("a", "b", "d", "e", "f", "g"), "x in {0x1, 0x2, 0x8, 0x10, 0x20, 0x40}"),
]


@pytest.mark.parametrize(("condition", "source"), [pytest.param(*row, id=sentence) for sentence, *row in SHORT])
def test_a_choice_is_asked_about_in_the_shortest_way(condition: Comparison, source: str) -> None:
    assert surely(condition, "x") == source


@pytest.mark.parametrize("sign", ["<", "<=", ">", ">="])
def test_choices_compare_by_their_places(sign: str) -> None:
    def compared(one: Any, other: Any) -> Any:
        return {"<": lambda: one < other, "<=": lambda: one <= other, ">": lambda: one > other, ">=": lambda: one >= other}[sign]()

    limits = [item for item in SEVEN if 0 < sum(compared(other, item) for other in SEVEN) < len(SEVEN)]
    asked = every(tuple(compared(letter, limit) for limit in limits))
    for value in SEVEN:
        assert told(asked, {"letter": value}) == [compared(value, limit) for limit in limits]
    assert told(asked, {"letter": None}) == [None] * len(limits)


def test_every_question_about_what_an_earlier_table_leaves_possible_is_answered() -> None:
    four = ("a", "b", "c", "d")
    flags = tuple(Fact.flag(f"is_{item}", label=WHY) for item in four)
    earlier = table(*(rule(f"says-{flag.name[-1]}", flag.is_true(), flag.name[-1]) for flag in flags[1:]), outcomes=four, otherwise="a", name="earlier")
    chosen = [some for size in range(1, len(four)) for some in combinations(four, size)]
    asked = every(tuple(earlier.outcome.is_in(*some) for some in chosen))
    graph = DecisionGraph((earlier, asked))
    for values in product((False, True, None), repeat=3):
        case: dict[str, Any] = {flag.name: value for flag, value in zip(flags[1:], values, strict=True)}
        verdicts = graph.verdicts(**case)
        possible = set(verdicts["earlier"].candidates)
        expected = [True if possible <= set(some) else None if possible & set(some) else False for some in chosen]
        assert told_by(verdicts["t"], asked) == expected


GRADES = table(rule("unsafe", ltv >= "0.8", "b"), rule("unable", standing >= "poor", "c"), name="grades")
DESKS = table(rule("late-desk", days > 30, "b"), rule("jobless-desk", job.is_in("none"), "c"), fold=Fold.EVERY, otherwise=None, name="desks")
thin, desks = GRADES.outcome.is_in("b", "c"), DESKS.outcome

# conditions that ask a case and earlier tables together
MIXED: tuple[Condition, ...] = (
    any_of(misuse.is_true(), impaired.is_true(), thin),
    any_of((days > 90) & misuse.is_true(), impaired.is_true() & thin),
    (days > 30) & misuse.is_true() & thin,
    (days > 30) & any_of(misuse.is_true(), impaired.is_true(), thin),
    any_of(misuse.is_true() & any_of(days > 90, thin), impaired.is_true() & GRADES.outcome.is_in("c")),
    thin & desks.includes("b"),
    thin | desks.includes("b", "c"),
    ~desks.includes("c") & (misuse.is_true() | impaired.is_true()),
    impaired.is_missing() & thin,
)


def test_rules_that_ask_the_case_and_earlier_tables_together_are_told_as_they_are() -> None:
    asked = every(MIXED)
    graph = DecisionGraph((GRADES, DESKS, asked))
    for case in CASES[::3]:
        verdicts = graph.verdicts(**case)
        known = readings(case) | {earlier.id: verdicts[earlier.id].ruling.reads for earlier in (GRADES, DESKS)}
        assert told_by(verdicts["t"], asked) == [truth(condition, known) for condition in MIXED], case


# -- a table asked alone, of whose earlier tables several outcomes may be given ------------------------------------------

SCORED = table(rule("one", days > 1, 1), rule("two", days > 2, 2), rule("less", days > 3, -3), fold=Fold.TOTAL, outcomes=Score(), otherwise=0, name="scored")
GRADED = table(rule("worse", days > 1, "b"), rule("worst", days > 2, "c"), outcomes=("a", "b", "c"), name="graded")
SEEN = table(rule("early", days > 1, "a"), rule("late", days > 2, "b"), fold=Fold.EVERY, outcomes=unordered("abc"), otherwise=None, name="seen")

score, graded, seen = SCORED.outcome, GRADED.outcome, SEEN.outcome
INTERVALS = [(low, high) for low in range(-3, 4) for high in range(low, 4)]
SOME = list(range(1, 8))
PAIRS = [(certain, possible) for certain in range(8) for possible in range(8) if certain & possible == certain]


@pytest.mark.parametrize(
    ("earlier", "conditions", "given"),
    [
        pytest.param(SCORED, [ask for limit in (-2, 0, 2) for ask in (score > limit, score >= limit, score < limit, score <= limit)], INTERVALS, id="points"),
        pytest.param(GRADED, [graded.is_in("a"), graded.is_in("a", "c"), graded >= "b", graded > "b", graded < "c", graded <= "a"], SOME, id="one of a scale"),
        pytest.param(SEEN, [seen.includes("a"), seen.includes("b", "c"), ~seen.includes("a"), ~seen.includes("b", "c")], PAIRS, id="a set"),
    ],
)
def test_a_table_asked_alone_takes_all_that_may_have_been_said_before(earlier: Table, conditions: list[Condition], given: list[Any]) -> None:
    asked = every(tuple(conditions))
    reader = DecisionGraph((asked,), given=(earlier.id,)).reader
    for value in given:
        found = reader.resolve_values((value,), (0,)).tables[asked.id]
        assert told_by(found, asked) == [truth(condition, {earlier.id: value}) for condition in conditions], value


@pytest.mark.parametrize(
    "says",
    [pytest.param(score > 0, id="points"), pytest.param(graded >= "b", id="one of a scale"), pytest.param(seen.includes("a"), id="a set")],
)
def test_a_table_asked_alone_without_what_was_said_before_leaves_open_what_rests_on_it_and_nothing_else(says: Condition) -> None:
    good, bad = impaired.is_false(), impaired.is_true()
    resting = (says, bad & says, good | says)
    others = ((days > 30) | (standing >= "fair"), days <= 30, good & says, misuse.is_true() | (days > 90))
    case = {"days": 30, "impaired": True, "misuse": False, "standing": "good"}
    assert told(every(resting + others), case) == [None, None, None, False, True, False, False]
