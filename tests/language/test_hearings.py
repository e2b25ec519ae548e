"""What settled a rule, what is missing, and how far a fact is from the next threshold."""

from __future__ import annotations

from typing import Any

import pytest
from tests.language.loan_facts import FACTS, days, job, ltv, misuse, principal, rule, signed, table

from revisit_policy import DecisionGraph, Fact, Fold, Rule, Score, Status, Table, cny, unordered
from revisit_policy.language.condition import Condition, all_of, any_of
from revisit_policy.language.readers.hearing import Margin

LATE, GRAVE, WORST = rule("late", days > 30, "b"), rule("grave", days > 90, "c"), rule("worst", days > 180, "c")
EARLY, HEALTHY = rule("early", days < 30, "b"), rule("healthy", days <= 90, "b")
FROM_THIRTY, FROM_NINETY = rule("from-30", days >= 30, "b"), rule("from-90", days >= 90, "c")

# rules, the facts of a case, and for each threshold: its comparison, the distance to it and the rules that have it
NEXT: list[tuple[str, tuple[Rule, ...], dict[str, Any], list[tuple[str, float, tuple[str, ...]]]]] = [
    ("between two", (LATE, GRAVE), {"days": 31}, [("(days > 30)", -1, ("late",)), ("(days > 90)", 59, ("grave",))]),
    ("the nearest of several", (WORST, LATE, GRAVE), {"days": 100}, [("(days > 90)", -10, ("grave",)), ("(days > 180)", 80, ("worst",))]),
    ("below all of them", (WORST, LATE, GRAVE), {"days": 5}, [("(days > 30)", 25, ("late",))]),
    ("above all of them", (WORST, LATE, GRAVE), {"days": 200}, [("(days > 180)", -20, ("worst",))]),
    ("at a limit that is to be exceeded", (LATE,), {"days": 30}, [("(days > 30)", 0, ("late",))]),
    ("at a limit that is not to be exceeded", (HEALTHY,), {"days": 90}, [("(days <= 90)", 0, ("healthy",))]),
    (
        "at a limit that is not to be exceeded, above another",
        (LATE, HEALTHY),
        {"days": 90},
        [("(days > 30)", -60, ("late",)), ("(days <= 90)", 0, ("healthy",))],
    ),
    ("at a limit that has been reached", (FROM_THIRTY, FROM_NINETY), {"days": 30}, [("(days >= 30)", 0, ("from-30",)), ("(days >= 90)", 60, ("from-90",))]),
    ("at a limit that is no longer undercut", (EARLY,), {"days": 30}, [("(days < 30)", 0, ("early",))]),
    ("one limit from both sides", (FROM_THIRTY, LATE), {"days": 30}, [("(days >= 30)", 0, ("from-30",)), ("(days > 30)", 0, ("late",))]),
    ("a limit of two rules", (LATE, rule("and", (days > 30) & misuse.is_true(), "c")), {"days": 29}, [("(days > 30)", 1, ("late", "and"))]),
    (
        "a limit twice in one rule",
        (rule("twice", (days > 30) & (ltv > "0.5") | (days > 30) & misuse.is_true(), "c"),),
        {"days": 29},
        [("(days > 30)", 1, ("twice",))],
    ),
    (
        "two facts, each with its own",
        (rule("both", (days > 30) & (principal > cny(100)), "b"), GRAVE),
        {"days": 31, "principal": cny(99)},
        [("(days > 30)", -1, ("both",)), ("(days > 90)", 59, ("grave",)), ('(principal > cny("100.00"))', 100, ("both",))],
    ),
    ("an unknown fact has none", (rule("both", (ltv > "0.5") & (days > 30), "b"),), {"days": 31}, [("(days > 30)", -1, ("both",))]),
    ("days to a day", (rule("old", signed < "2024-05-17", "b"),), {"signed": "2024-05-10"}, [("(signed < '2024-05-17')", 7, ("old",))]),
    ("choices and flags have none", (rule("other", job.is_in("none") & misuse.is_true(), "b"),), {"job": "none", "misuse": True}, []),
]


def _told(margin: Margin) -> tuple[str, float, tuple[str, ...]]:
    return repr(margin.comparison), margin.distance, margin.rules


@pytest.mark.parametrize(("rules", "facts", "expected"), [pytest.param(*row, id=sentence) for sentence, *row in NEXT])
def test_the_next_threshold_below_and_above(rules: tuple[Rule, ...], facts: dict[str, Any], expected: list[tuple[str, float, tuple[str, ...]]]) -> None:
    verdict = table(*rules)(**facts)
    assert list(map(_told, verdict.margins)) == expected
    assert all(margin.value == margin.fact.encode(facts[margin.fact.name]) for margin in verdict.margins)


# a rule, the facts of a case, whether it holds, and the comparisons that made it so with the values read
HEARD: list[tuple[str, Any, dict[str, Any], bool | None, list[tuple[str, Any]]]] = [
    ("all that holds together", (days > 30) & (ltv > "0.5"), {"days": 31, "ltv": "0.6"}, True, [("(days > 30)", 31), ("(ltv > '0.50')", 0.6)]),
    ("the alternative that holds", (days > 30) | (ltv > "0.5"), {"days": 1, "ltv": "0.6"}, True, [("(ltv > '0.50')", 0.6)]),
    ("what keeps it from holding", (days > 30) & (ltv > "0.5"), {"days": 1, "ltv": "0.6"}, False, [("(days > 30)", 1)]),
    ("both alternatives that do not", (days > 30) | (ltv > "0.5"), {"days": 1, "ltv": "0.4"}, False, [("(days > 30)", 1), ("(ltv > '0.50')", 0.4)]),
    ("what is missing", (days > 30) & (ltv > "0.5"), {"days": 31}, None, [("(ltv > '0.50')", None)]),
    ("the gap itself", ltv.is_missing(), {}, True, [("ltv.is_missing()", None)]),
]


@pytest.mark.parametrize(("when", "facts", "truth", "settled_by"), [pytest.param(*row, id=sentence) for sentence, *row in HEARD])
def test_a_hearing_has_the_comparisons_that_settled_the_rule(when: Any, facts: dict[str, Any], truth: bool | None, settled_by: list[tuple[str, Any]]) -> None:
    (heard,) = table(rule("r", when, "b"))(**facts).hearings
    assert heard.truth is truth
    assert [(repr(each.comparison), each.value) for each in heard.settled_by] == settled_by
    assert all(each.truth is truth for each in heard.settled_by)


# rules, the facts of a case, and the facts that would close the verdict
WANTED: list[tuple[str, tuple[Rule, ...], dict[str, Any], tuple[str, ...]]] = [
    ("what an open rule lacks", (rule("r", (days > 30) & (ltv > "0.5"), "b"),), {"days": 31}, ("ltv",)),
    ("nothing of a rule that cannot hold", (rule("r", (days > 30) & (ltv > "0.5"), "b"),), {"days": 1}, ()),
    ("nothing of a rule that can make it no graver", (GRAVE, rule("r", ltv > "0.5", "b")), {"days": 91}, ()),
    ("all that an alternative lacks", (rule("r", (days > 30) | (ltv > "0.5"), "b"),), {}, ("days", "ltv")),
    ("the fact whose absence was cause for caution", (rule("r", ltv.is_missing(), "b"),), {}, ("ltv",)),
    (
        "nothing that only a rule asks that cannot hold any more",
        (rule("r", (days > 90) & (ltv > "0.5"), "c"), rule("s", job.is_in("none"), "b")),
        {"days": 1},
        ("job",),
    ),
    (
        "nothing whose absence is no cause for caution",
        (rule("r", (days > 90) & ltv.is_missing(), "c"), rule("s", job.is_in("none"), "b")),
        {"days": 1},
        ("job",),
    ),
    ("nothing that is known, though a rule asks whether it is missing", (rule("r", (days > 90) & ltv.is_missing(), "c"),), {"ltv": "0.5"}, ()),
    (
        "nothing that is known, though a rule would hold if it were missing",
        (rule("r", ltv.is_missing() | (days > 90), "c"),),
        {"ltv": "0.5"},
        ("days",),
    ),
    ("each fact once, in the order of the rules", (rule("r", ltv > "0.5", "b"), rule("s", (days > 1) & (ltv > "0.7"), "c")), {}, ("ltv", "days")),
]


@pytest.mark.parametrize(("rules", "facts", "missing"), [pytest.param(*row, id=sentence) for sentence, *row in WANTED])
def test_what_is_missing_is_what_would_close_the_verdict(rules: tuple[Rule, ...], facts: dict[str, Any], missing: tuple[str, ...]) -> None:
    assert table(*rules)(**facts).missing == missing


def _three(fold: Fold, otherwise: str, *rules: Rule) -> Table:
    return table(*rules, fold=fold, otherwise=otherwise)


THIN, JOBLESS = ltv > "0.5", job.is_in("none")

# a table, the facts of a case, and the facts that would close its verdict
WANTED_BY_FOLD: list[tuple[str, Table, dict[str, Any], tuple[str, ...]]] = [
    (
        "first: only what comes before the rule that settles it",
        _three(Fold.FIRST, "a", rule("thin", THIN, "c"), rule("late", days > 90, "b"), rule("jobless", JOBLESS, "c"), rule("soon", days > 60, "b")),
        {"days": 91},
        ("ltv",),
    ),
    (
        "first: that as well which says what holds anyway, because it would hide what comes later",
        _three(Fold.FIRST, "a", rule("thin", THIN, "a"), rule("jobless", JOBLESS, "b")),
        {},
        ("ltv", "job"),
    ),
    ("first: everything, if none settles it", _three(Fold.FIRST, "a", rule("thin", THIN, "c"), rule("jobless", JOBLESS, "b")), {}, ("ltv", "job")),
    (
        "worst: nothing of a rule that says what holds anyway",
        _three(Fold.WORST, "b", rule("thin", THIN, "b"), rule("jobless", JOBLESS, "c")),
        {},
        ("job",),
    ),
    (
        "worst: but that as well, if a milder one could hold instead",
        _three(Fold.WORST, "b", rule("late", days > 1, "a"), rule("thin", THIN, "b"), rule("jobless", JOBLESS, "c")),
        {},
        ("days", "ltv", "job"),
    ),
    (
        "worst: nothing milder than what has fired",
        _three(Fold.WORST, "a", rule("late", days > 1, "b"), rule("thin", THIN, "b"), rule("jobless", JOBLESS, "c")),
        {"days": 2},
        ("job",),
    ),
    (
        "unique: everything, because a second rule would be a conflict",
        _three(Fold.UNIQUE, "a", rule("thin", (days > 5) & THIN, "a"), rule("jobless", (days < 5) & JOBLESS, "b")),
        {},
        ("days", "ltv", "job"),
    ),
    (
        "every: nothing that has fired already",
        table(rule("late", days > 1, "b"), rule("thin", THIN, "b"), rule("jobless", JOBLESS, "c"), fold=Fold.EVERY, otherwise=None),
        {"days": 2},
        ("job",),
    ),
    (
        "total: nothing that adds nothing",
        table(rule("thin", THIN, 0), rule("jobless", JOBLESS, 3), fold=Fold.TOTAL, outcomes=Score(), otherwise=0),
        {},
        ("job",),
    ),
]


@pytest.mark.parametrize(("asked", "facts", "missing"), [pytest.param(*row, id=sentence) for sentence, *row in WANTED_BY_FOLD])
def test_what_would_close_a_verdict_depends_on_how_rules_are_folded(asked: Table, facts: dict[str, Any], missing: tuple[str, ...]) -> None:
    assert asked(**facts).missing == missing


@pytest.mark.parametrize("fact", FACTS.values(), ids=FACTS)
def test_a_rule_about_an_absence_fires_where_the_fact_is_unknown_and_only_there(fact: Fact) -> None:
    values: dict[str, Any] = {
        "days": 1,
        "ltv": "0.5",
        "principal": cny(1),
        "misuse": False,
        "impaired": True,
        "standing": "poor",
        "job": "none",
        "signed": "2020-01-01",
    }
    unknown: dict[str, Any] = {fact.name: None}
    asked = table(rule("absent", fact.is_missing(), "c"), rule("known", ~fact.is_missing() & _any_value(fact), "b"))
    assert (asked(**unknown).fired, asked(**unknown).undecided) == (("absent",), ("known",))
    known = {fact.name: values[fact.name]}
    assert (asked(**known).fired, asked(**known).undecided) == (("known",), ())


def _any_value(fact: Fact) -> Condition:
    """A comparison that the known value of the case above satisfies."""
    match fact.name:
        case "misuse":
            return fact.is_false()
        case "impaired":
            return fact.is_true()
        case "standing" | "job":
            return fact.is_in("poor" if fact.name == "standing" else "none")
        case "signed":
            return fact > "2019-12-31"
        case "principal":
            return fact > cny(0)
        case _:
            return fact > (0 if fact.name == "days" else "0")


def test_of_two_rules_that_hold_the_first_decides() -> None:
    first = table(rule("late", days > 90, "b"), rule("soon", days > 60, "c"), fold=Fold.FIRST)
    assert [first(days=value).outcome for value in (91, 90, 60)] == ["b", "c", "a"]


def test_rules_that_conflict_leave_all_that_they_say_possible_and_later_tables_read_it_so() -> None:
    many = any_of(*(all_of(days > 10, signed > f"1950-01-{day:02}") for day in range(1, 29)))  # past the budget of the check when a table is built
    wide = any_of(*(all_of(many, principal >= cny(amount)) for amount in range(4)), days > 10)
    conflicting = table(rule("mild", wide, "b"), rule("grave", ltv >= "0.8", "c"), fold=Fold.UNIQUE, outcomes=unordered("abc"), name="first")
    follows = tuple(rule(f"is-{item}", conflicting.outcome.is_in(item), item) for item in "abc")
    verdicts = DecisionGraph((conflicting, table(*follows, fold=Fold.EVERY, otherwise=None, name="second"))).verdicts(days=11, ltv="0.8")
    assert (verdicts["first"].status, verdicts["first"].outcome) == (Status.CONFLICT, None)
    assert (verdicts["first"].candidates, verdicts["first"].at_worst) == (("b", "c"), None)
    assert verdicts["second"].undecided == ("is-b", "is-c")


def test_the_worst_of_what_conflicts_is_the_last_on_the_scale() -> None:
    many = any_of(*(all_of(days > 10, signed > f"1950-01-{day:02}") for day in range(1, 29)))
    wide = tuple(any_of(*(all_of(many, principal >= cny(amount)) for amount in range(4)), days > more) for more in (10, 9))
    verdict = table(rule("calm", wide[0], "a"), rule("mild", wide[1], "b"), rule("grave", ltv >= "0.8", "c"), fold=Fold.UNIQUE)(days=11, ltv="0.8")
    assert (verdict.status, verdict.candidates, verdict.at_worst) == (Status.CONFLICT, ("a", "b", "c"), "c")


def test_what_an_earlier_table_lacks_is_missing_here_too() -> None:
    first = table(rule("thin", ltv > "0.5", "b"), name="first")
    second = table(rule("follows", first.outcome.is_in("b") & (days > 30), "c"), name="second")
    graph = DecisionGraph((first, second))
    assert graph.verdicts(days=31)["second"].missing == ("ltv",)
    assert graph.verdicts(days=1)["second"].missing == ()
    assert graph.verdicts()["second"].missing == ("ltv", "days")
