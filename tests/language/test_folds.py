"""What folds say where little is known, and how a later table reads what an earlier one leaves possible."""

from __future__ import annotations

from typing import Any

import pytest
from tests.language.loan_facts import days, impaired, job, ltv, misuse, rule, table

from revisit_policy import DecisionGraph, Fold, Score, Status, Table, unordered
from revisit_policy.language.condition import Condition
from revisit_policy.language.fold import Ruling
from revisit_policy.language.readers import reference

MILD, GRAVE, CAUTIOUS = rule("mild", days > 10, "b"), rule("grave", ltv >= "0.8", "c"), rule("no-value", ltv.is_missing(), "c")
ONE, FIVE, LESS, NOTHING = rule("one", misuse.is_true(), 1), rule("five", days > 10, 5), rule("less", ltv >= "0.8", -2), rule("nothing", job.is_in("none"), 0)


def scored(*rules: Any, worse: str = "high", otherwise: int | None = 10) -> Table:
    return table(*rules, fold=Fold.TOTAL, outcomes=Score(worse=worse), otherwise=otherwise)


# a table, the facts of a case, and: status, what is established, what is possible, the worst of it
SAID: list[tuple[str, Table, dict[str, Any], tuple[Status, Any, tuple[Any, ...], Any]]] = [
    ("worst without otherwise, one open", table(MILD, GRAVE, otherwise=None), {"days": 5}, (Status.UNDECIDED, None, ("c",), "c")),
    ("worst without otherwise, one fires and one is open", table(MILD, GRAVE, otherwise=None), {"days": 11}, (Status.UNDECIDED, "b", ("b", "c"), "c")),
    ("worst without otherwise, a cautious one fires", table(CAUTIOUS, otherwise=None), {}, (Status.UNDECIDED, "c", ("c",), "c")),
    ("worst without otherwise, none", table(MILD, GRAVE, otherwise=None), {"days": 5, "ltv": "0.1"}, (Status.GAP, None, (), None)),
    ("first without otherwise, one open", table(GRAVE, MILD, fold=Fold.FIRST, otherwise=None), {"days": 5}, (Status.UNDECIDED, None, ("c",), "c")),
    ("first of two that fire", table(MILD, GRAVE, fold=Fold.FIRST), {"days": 11, "ltv": "0.9"}, (Status.DECIDED, "b", ("b",), "b")),
    (
        "first on a scale without order",
        table(GRAVE, MILD, fold=Fold.FIRST, outcomes=unordered("abc"), otherwise=None),
        {"days": 11},
        (Status.UNDECIDED, None, ("b", "c"), None),
    ),
    (
        "unique, a cautious rule that does not fire",
        table(rule("late", days > 90, "b"), rule("no-value", ltv.is_missing() & (days <= 90), "c"), fold=Fold.UNIQUE),
        {"days": 91, "ltv": "0.5"},
        (Status.DECIDED, "b", ("b",), "b"),
    ),
    (
        "unique, two that say the same",
        table(MILD, rule("thin", ltv > "0.5", "b"), fold=Fold.UNIQUE),
        {"days": 11, "ltv": "0.6"},
        (Status.DECIDED, "b", ("b",), "b"),
    ),
    ("unique, none", table(MILD, fold=Fold.UNIQUE), {"days": 5}, (Status.DECIDED, "a", ("a",), "a")),
    ("a total, all known", scored(ONE, FIVE, LESS), {"misuse": True, "days": 11, "ltv": "0.9"}, (Status.DECIDED, 14, (14, 14), 14)),
    ("a total, one point open", scored(ONE), {"misuse": None}, (Status.UNDECIDED, 10, (10, 11), 11)),
    ("a total, no point open", scored(NOTHING), {}, (Status.DECIDED, 10, (10, 10), 10)),
    ("a total, both ways open", scored(ONE, FIVE, LESS), {"misuse": True}, (Status.UNDECIDED, 11, (9, 16), 16)),
    ("a total whose bad end is low", scored(ONE, FIVE, LESS, worse="low"), {"misuse": True}, (Status.UNDECIDED, 11, (9, 16), 9)),
    ("a total from nothing", scored(FIVE, otherwise=None), {"days": 5}, (Status.DECIDED, 0, (0, 0), 0)),
    (
        "every, with an otherwise that is open",
        table(MILD, GRAVE, fold=Fold.EVERY, otherwise=("a",)),
        {"days": 5},
        (Status.UNDECIDED, (), ((), ("a", "c")), ("a", "c")),
    ),
]


@pytest.mark.parametrize(("asked", "facts", "said"), [pytest.param(*row, id=sentence) for sentence, *row in SAID])
def test_a_table_says_what_is_established_and_what_is_possible(asked: Table, facts: dict[str, Any], said: tuple[Status, Any, tuple[Any, ...], Any]) -> None:
    verdict = asked(**facts)
    assert (verdict.status, verdict.outcome, verdict.candidates, verdict.at_worst) == said


# -- rules that hold because something is missing, or without that --------------------------------------------------------

# the facts of a case; the rules that fire, those that are open, and what is possible of a, b and c
EITHER_WAY: list[tuple[str, dict[str, Any], tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = [
    ("it holds whatever is missing", {"days": 91}, ("either", "late"), (), ("c",)),
    ("it holds with nothing missing", {"days": 91, "ltv": "0.5"}, ("either", "late"), (), ("c",)),
    ("it holds only because something is missing", {"days": 1}, ("either",), (), ("a", "c")),
    ("it does not hold", {"days": 31, "ltv": "0.5"}, ("late",), (), ("b",)),
    ("it may hold", {"ltv": "0.5"}, (), ("either", "late"), ("a", "b", "c")),
    ("it holds, and may hold for good", {}, ("either",), ("late",), ("a", "b", "c")),
    ("it holds, and another one too", {"days": 1, "misuse": True}, ("mild", "either"), (), ("b", "c")),
]


@pytest.mark.parametrize("nested", [False, True], ids=["as an alternative", "within a conjunction"])
@pytest.mark.parametrize(("facts", "fired", "undecided", "candidates"), [pytest.param(*row, id=sentence) for sentence, *row in EITHER_WAY])
def test_a_rule_that_may_hold_with_and_without_an_absence_settles_only_without(
    nested: bool,
    facts: dict[str, Any],
    fired: tuple[str, ...],
    undecided: tuple[str, ...],
    candidates: tuple[str, ...],
) -> None:
    either = ltv.is_missing() | (days > 90)
    when = impaired.is_true() & either if nested else either
    asked = table(rule("mild", misuse.is_true(), "b"), rule("either", when, "c"), rule("late", days > 30, "b"))
    verdict = asked(**facts | ({"impaired": True} if nested else {}))
    assert (verdict.fired, verdict.undecided, verdict.candidates) == (fired, undecided, candidates)


@pytest.mark.parametrize(
    ("facts", "outcome", "candidates"),
    [
        pytest.param({"days": 91}, 6, (6, 6), id="it counts once and surely"),
        pytest.param({"days": 1}, 5, (0, 5), id="it counts once and may not"),
        pytest.param({"days": 31, "ltv": "0.5"}, 1, (1, 1), id="it does not count"),
    ],
)
def test_such_a_rule_adds_its_points_once(facts: dict[str, Any], outcome: int, candidates: tuple[int, int]) -> None:
    verdict = scored(rule("either", ltv.is_missing() | (days > 90), 5), rule("late", days > 30, 1), otherwise=0)(**facts)
    assert (verdict.outcome, verdict.candidates) == (outcome, candidates)


# -- what a later table reads --------------------------------------------------------------------------------------------

CHOSEN = table(MILD, GRAVE, name="chosen")  # b or c in the case below
SETS = table(rule("slow", days > 10, "b"), rule("dear", ltv >= "0.8", "c"), fold=Fold.EVERY, otherwise=None, name="sets")  # b surely, c possibly
TOTAL = table(ONE, FIVE, LESS, fold=Fold.TOTAL, outcomes=Score(), otherwise=10, name="total")  # 13 to 15
GAPING = table(rule("thin", ltv >= "0.9", "c"), rule("jobless", job.is_in("none"), "b"), otherwise=None, name="gaping")  # nothing, or c
OPEN_CASE: dict[str, Any] = {"days": 11, "job": "salaried", "impaired": True}

chosen, sets, total, gaping = CHOSEN.outcome, SETS.outcome, TOTAL.outcome, GAPING.outcome

READ: list[tuple[Condition, bool | None]] = [
    (chosen.is_in("b", "c"), True),
    (chosen.is_in("b"), None),
    (chosen.is_in("a"), False),
    (chosen >= "b", True),
    (chosen > "b", None),
    (chosen < "b", False),
    (chosen <= "b", None),
    (sets.includes("b"), True),
    (sets.includes("c"), None),
    (sets.includes("a"), False),
    (sets.includes("a", "c"), None),
    (~sets.includes("b"), False),
    (~sets.includes("c"), None),
    (~sets.includes("a"), True),
    (total > 12, True),
    (total > 13, None),
    (total > 15, False),
    (total >= 13, True),
    (total >= 14, None),
    (total >= 16, False),
    (total < 13, False),
    (total < 15, None),
    (total < 16, True),
    (total <= 12, False),
    (total <= 14, None),
    (total <= 15, True),
    (gaping.is_in("a"), None),
    (gaping >= "b", None),
    (chosen.is_in("a") & impaired.is_true(), False),
    (chosen.is_in("b") & impaired.is_true(), None),
    (chosen.is_in("b") & impaired.is_false(), False),
    (chosen.is_in("b") | impaired.is_true(), True),
    (chosen.is_in("b") | impaired.is_false(), None),
    (chosen.is_in("a") | impaired.is_false(), False),
    ((chosen >= "b") & (total > 12) & sets.includes("b"), True),
    ((chosen >= "b") & ((total > 15) | sets.includes("c")), None),
]


@pytest.mark.parametrize(("when", "truth"), READ, ids=[repr(when) for when, _ in READ])
def test_a_comparison_of_an_earlier_outcome_holds_if_it_does_for_all_that_is_possible(when: Condition, truth: bool | None) -> None:
    later = table(rule("r", when, "b"), name="later")
    graph = DecisionGraph((later, GAPING, TOTAL, SETS, CHOSEN))
    verdicts = graph.verdicts(**{name: value for name, value in OPEN_CASE.items() if name in {fact.name for fact in graph.facts}})
    assert (verdicts["later"].fired, verdicts["later"].undecided) == {True: (("r",), ()), None: ((), ("r",)), False: ((), ())}[truth]
    assert reference.read(graph, verdicts.facts)["later"].ruling == verdicts["later"].ruling


@pytest.mark.parametrize("earlier", [CHOSEN, SETS, TOTAL, GAPING], ids=lambda earlier: str(earlier.id))
def test_what_is_read_of_a_table_is_what_it_leaves_possible(earlier: Table) -> None:
    facts = {fact.name: OPEN_CASE[fact.name] for fact in earlier.facts if fact.name in OPEN_CASE}
    ruling: Ruling = earlier(**facts).ruling
    assert ruling.reads == {"chosen": 0b110, "sets": (0b010, 0b110), "total": (13, 15), "gaping": 0b111}[earlier.id]
