"""In which order the quick reader asks: what is shared, what is weak and what is rare first, and nothing twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.language.loan_facts import WHY, days, impaired, job, ltv, misuse, rule, standing, table

from revisit_policy import Fact
from revisit_policy.language.condition import ALWAYS, NEVER, Condition, any_of
from revisit_policy.language.period import DECISION_DAY
from revisit_policy.language.readers.nest import Nest, alternatives, chances, nest_of
from revisit_policy.language.readers.stems import stems_of

SEVEN = tuple("abcdefg")
letter = Fact.choice("letter", SEVEN, label=WHY)
seized = Fact.flag("seized", label=WHY, register=WHY)
strikes = Fact.count("strikes", low=0, high=9, label=WHY, register=WHY)


def drawn(nest: Nest, depth: int = 0) -> Iterator[str]:
    """A line for every comparison, further in than the one behind which it stands; then which conditions hold there."""
    indent = "  " * depth
    yield from (f"{indent}{bit}" for bit in nest.always)
    yield from (f"{indent}{condition!r} -> {bit}" for bit, condition in nest.free)
    for ladder in nest.ladders:
        for step, rung in enumerate(ladder):
            yield f"{indent}{'  ' * step}{rung.gate!r}"
            yield from drawn(rung.inside, depth + step + 1)


# conditions, and how they are nested
NESTED: list[tuple[str, tuple[Condition, ...], list[str]]] = [
    ("thresholds stand behind the weakest", (days > 60, days > 30, days > 90), ["(days > 30)", "  1", "  (days > 60)", "    0", "    (days > 90)", "      2"]),
    ("downwards the highest is the weakest", (days < 60, days < 90), ["(days < 90)", "  1", "  (days < 60)", "    0"]),
    ("with the limit before without it", (days > 30, days >= 30), ["(days >= 30)", "  1", "  (days > 30)", "    0"]),
    ("downwards as well", (days < 30, days <= 30), ["(days <= 30)", "  1", "  (days < 30)", "    0"]),
    ("up and down are two ladders", (days > 30, days < 10), ["(days > 30)", "  0", "(days < 10)", "  1"]),
    ("true and false are two ladders", (impaired.is_true(), impaired.is_false()), ["impaired.is_true()", "  0", "impaired.is_false()", "  1"]),
    ("what always holds is not asked", (ALWAYS, days > 30), ["0", "(days > 30)", "  1"]),
    ("what rests on nothing that could be known stands alone", (ltv.is_missing(),), ["ltv.is_missing() -> 0"]),
    (
        "what two conditions share is asked once",
        ((days > 30) & (ltv >= "0.8"), (days > 30) & impaired.is_true()),
        ["(days > 30)", "  (ltv >= '0.80')", "    0", "  impaired.is_true()", "    1"],
    ),
    (
        "what most conditions share is asked first, wherever it is written",
        ((days > 30) & (ltv >= "0.8"), impaired.is_true() & (ltv >= "0.8")),
        ["(ltv >= '0.80')", "  (days > 30)", "    0", "  impaired.is_true()", "    1"],
    ),
    (
        "what is the weaker one in a second condition is asked for both",
        ((days > 60) & impaired.is_true(), (days > 30) & (ltv >= "0.8"), days > 90),
        ["(days > 30)", "  (ltv >= '0.80')", "    1", "  (days > 60)", "    impaired.is_true()", "      0", "    (days > 90)", "      2"],
    ),
    (
        "an entry in a register is rare, so it is asked before what is shared",
        ((days > 30) & misuse.is_true(), (days > 30) & impaired.is_true()),
        ["misuse.is_true()", "  (days > 30)", "    0", "(days > 30)", "  impaired.is_true()", "    1"],
    ),
    (
        "so is a number of entries",
        ((days > 30) & (strikes > 1), (days > 30) & impaired.is_true()),
        ["(strikes > 1)", "  (days > 30)", "    0", "(days > 30)", "  impaired.is_true()", "    1"],
    ),
    (
        "no entry is not rare",
        ((days > 30) & misuse.is_false(), (days > 30) & impaired.is_true()),
        ["(days > 30)", "  misuse.is_false()", "    0", "  impaired.is_true()", "    1"],
    ),
    (
        "a flag that is in no register is not rare",
        ((days > 30) & impaired.is_true(), (days > 30) & (ltv >= "0.8")),
        ["(days > 30)", "  impaired.is_true()", "    0", "  (ltv >= '0.80')", "    1"],
    ),
    (
        "several choices stand behind the question whether it is any of them",
        (letter.is_in("a", "b"), letter.is_in("d")),
        ["letter.is_in('a', 'b', 'd')", "  letter.is_in('a', 'b')", "    0", "  letter.is_in('d')", "    1"],
    ),
    ("one choice is asked for itself", (letter.is_in("a"), letter.is_in("a") & (days > 30)), ["letter.is_in('a')", "  0", "  (days > 30)", "    1"]),
    (
        "choices that are all there are stand side by side",
        (job.is_in("none"), job.is_in("salaried", "own_business")),
        ["job.is_in('none')", "  0", "job.is_in('salaried', 'own_business')", "  1"],
    ),
    (
        "choices with an order as well",
        (standing > "good", (standing >= "poor") & (days > 30)),
        ["standing.is_in('fair', 'poor')", "  0", "  (standing >= 'poor')", "    (days > 30)", "      1"],
    ),
    (
        "a wider question is not asked behind a narrower one",
        (letter.is_in("a") & letter.is_in("a", "b") & (days > 30),),
        ["letter.is_in('a')", "  (days > 30)", "    0"],
    ),
    (
        "a narrower one is",
        (letter.is_in("a", "b") & letter.is_in("b", "c"),),
        ["letter.is_in('a', 'b')", "  letter.is_in('b', 'c') -> 0"],
    ),
    (
        "alternatives stand behind what each of them needs at least",
        (any_of((days > 60) & (ltv >= "0.8"), (days > 30) & impaired.is_true()),),
        ["(days > 30)", "  (((days > 60) & (ltv >= '0.80')) | ((days > 30) & impaired.is_true())) -> 0"],
    ),
    (
        "alternatives of which one needs something else stand alone",
        (any_of((days > 60) & (ltv >= "0.8"), impaired.is_true()),),
        ["(((days > 60) & (ltv >= '0.80')) | impaired.is_true()) -> 0"],
    ),
    (
        "alternatives with choices stand behind any of them",
        (any_of(letter.is_in("c") & (days > 60), letter.is_in("b") & (ltv >= "0.8")),),
        ["letter.is_in('b', 'c')", "  ((letter.is_in('c') & (days > 60)) | (letter.is_in('b') & (ltv >= '0.80'))) -> 0"],
    ),
    (
        "unless they leave no choice out",
        (any_of(job.is_in("none") & (days > 60), job.is_in("salaried", "own_business") & (ltv >= "0.8")),),
        ["((job.is_in('none') & (days > 60)) | (job.is_in('salaried', 'own_business') & (ltv >= '0.80'))) -> 0"],
    ),
    ("the decision day is asked last", ((DECISION_DAY >= "2024-01-01") & (days > 30),), ["(days > 30)", "  (on >= '2024-01-01')", "    0"]),
    ("or alone", (DECISION_DAY >= "2024-01-01",), ["(on >= '2024-01-01')", "  0"]),
]


@pytest.mark.parametrize(("conditions", "expected"), [pytest.param(*row, id=sentence) for sentence, *row in NESTED])
def test_conditions_are_nested_so_that_little_is_asked(conditions: tuple[Condition, ...], expected: list[str]) -> None:
    assert list(drawn(nest_of(dict(enumerate(conditions))))) == expected


LATE_OR_THIN = any_of(days > 30, ltv >= "0.8")
LATE_EITHER_WAY = any_of((days > 60) & impaired.is_true(), (days > 30) & (ltv >= "0.8"))
LATE_OR_UNKNOWN = any_of(days > 30, ltv.is_missing())

# a condition, and the parts that are asked by themselves
APART: list[tuple[str, Condition, tuple[Condition, ...]]] = [
    ("alternatives that share nothing", LATE_OR_THIN, (days > 30, ltv >= "0.8")),
    ("alternatives that share a question stay together", LATE_EITHER_WAY, (LATE_EITHER_WAY,)),
    ("so do those of which one rests on no question", LATE_OR_UNKNOWN, (LATE_OR_UNKNOWN,)),
    ("what is no alternative", days > 30, (days > 30,)),
    ("nothing", NEVER, ()),
]


@pytest.mark.parametrize(("condition", "expected"), [pytest.param(*row, id=sentence) for sentence, *row in APART])
def test_alternatives_are_asked_by_themselves_where_each_has_a_question_of_its_own(condition: Condition, expected: tuple[Condition, ...]) -> None:
    assert alternatives(condition) == expected


# -- guesses how often something holds -----------------------------------------------------------------------------------

# conditions, and how often each is thought to hold
GUESSED: list[tuple[str, tuple[Condition, ...], list[float]]] = [
    ("what always holds", (ALWAYS,), [1]),
    ("a threshold halves", (days > 30,), [1 / 2]),
    ("each threshold of a ladder halves what is left", (days > 30, days > 60, days > 90), [1 / 2, 1 / 4, 1 / 8]),
    ("two questions are a quarter", ((days > 30) & (ltv >= "0.8"),), [1 / 4]),
    ("a flag halves", (impaired.is_true(),), [1 / 2]),
    ("an entry in a register is one in eight", (misuse.is_true(),), [1 / 8]),
    ("no entry halves", (misuse.is_false(),), [1 / 2]),
    ("a choice is its share of all", (letter.is_in("a", "b", "c"),), [3 / 7]),
    ("two choices are their shares of what both are of all", (letter.is_in("a", "b"), letter.is_in("d")), [3 / 7 * 2 / 7, 3 / 7 * 1 / 7]),
    ("a question that stands alone halves", (ltv.is_missing(),), [1 / 2]),
    ("behind another a quarter", ((days > 30) & ltv.is_missing(),), [1 / 4]),
]


@pytest.mark.parametrize(("conditions", "expected"), [pytest.param(*row, id=sentence) for sentence, *row in GUESSED])
def test_how_often_a_condition_holds_is_guessed_from_what_stands_before_it(conditions: tuple[Condition, ...], expected: list[float]) -> None:
    guessed = dict(chances(nest_of(dict(enumerate(conditions)))))
    assert [guessed[bit] for bit in range(len(conditions))] == pytest.approx(expected)


earlier = table(rule("impaired", impaired.is_true(), "b"), name="earlier")
SAYS_B = earlier.outcome.is_in("b")
THREE_OF_SEVEN, ONE_OF_THREE = letter.is_in("a", "b", "c"), job.is_in("none")

# conditions, and the order of their bits; the earlier table has the bit of a flag, which holds in half of all cases
IN_ORDER: list[tuple[str, tuple[Condition, ...], tuple[Condition, ...]]] = [
    ("the more seldom, the higher the bit", (misuse.is_true(), ONE_OF_THREE, ALWAYS), (ALWAYS, impaired.is_true(), ONE_OF_THREE, misuse.is_true())),
    ("what can hold in two ways holds oftener than in one", (LATE_OR_THIN,), (LATE_OR_THIN, impaired.is_true())),
    (
        "what stands beside an earlier outcome counts as four ways",
        (misuse.is_true() & SAYS_B, ONE_OF_THREE),
        (impaired.is_true(), misuse.is_true(), ONE_OF_THREE),
    ),
    ("which is not so much as five", (misuse.is_true() & SAYS_B, THREE_OF_SEVEN), (impaired.is_true(), THREE_OF_SEVEN, misuse.is_true())),
    (
        "beside an earlier outcome only as an alternative it counts as one",
        (any_of(misuse.is_true(), SAYS_B), ONE_OF_THREE),
        (impaired.is_true(), ONE_OF_THREE, misuse.is_true()),
    ),
    (
        "alone once, it counts as one everywhere",
        (misuse.is_true() & SAYS_B, misuse.is_true(), ONE_OF_THREE),
        (impaired.is_true(), ONE_OF_THREE, misuse.is_true()),
    ),
    ("of two that hold as often the first written comes first", (misuse.is_true(), seized.is_true()), (impaired.is_true(), misuse.is_true(), seized.is_true())),
]


@pytest.mark.parametrize(("conditions", "expected"), [pytest.param(*row, id=sentence) for sentence, *row in IN_ORDER])
def test_what_holds_often_has_a_low_bit(conditions: tuple[Condition, ...], expected: tuple[Condition, ...]) -> None:
    later = table(*(rule(f"r-{at}", when, "b") for at, when in enumerate(conditions)), name="later")
    assert stems_of((earlier, later)).conditions == expected
