"""A scorecard crosses a limit in more ways than anybody reads: its change is told by the least box around them, and proved exactly."""

from __future__ import annotations

from typing import Any, Final

import attrs

from revisit_policy import BorrowerProfile, CaseFile, Citation, Fold, Grade, Label, Loan, RevisitPolicy, Rule, Score, Table, analysis, cny, facts, increments
from revisit_policy.language.condition import comparisons
from revisit_policy.values import CHINA

WHY: Final = Label("理由", "reason")
HOUSE: Final = Citation(standing="proposal")
REGISTERS: Final = (facts.misuse_of_funds, facts.refinanced, facts.impaired, facts.in_observation, facts.restructured_again)
COUNTS: Final = (facts.missed_total_24m, facts.missed_consecutive, facts.delays_over_5_days_12m)


def policy(limit: int) -> RevisitPolicy:
    """A grade that is worse from *limit* points on, of eight facts with ten points."""
    flags = tuple(Rule(f"flag-{fact.name.replace('_', '-')}", when=fact.is_true(), then=1, because=WHY, source=HOUSE) for fact in REGISTERS)
    steps = tuple(rule for fact in COUNTS for rule in increments(fact, (1, 4), (1, 1), because=WHY, source=HOUSE))
    points = Table("points", label=WHY, outcomes=Score(worse="high"), fold=Fold.TOTAL, otherwise=0, rules=(*flags, *steps))
    worse = Rule("many", when=points.outcome >= limit, then=Grade.SPECIAL_MENTION, because=WHY, source=HOUSE)
    grade = Table("grade", label=WHY, outcomes=Grade, fold=Fold.WORST, otherwise=Grade.NORMAL, rules=(worse,))
    return RevisitPolicy("limits", version="1", label=WHY, tables=(points, grade), calendar=CHINA)


STRICT, MILD = policy(4), policy(5)
POINTS: Final = MILD.graph.by_id["points"].outcome


def test_a_limit_on_points_is_told_by_a_short_region_that_holds_all_of_it_and_says_that_it_is_more() -> None:
    (change,) = analysis.diff(MILD, STRICT).changes
    assert (change.old, change.new, change.is_exact) == (Grade.NORMAL, Grade.SPECIAL_MENTION, False)
    assert sum(1 for _ in comparisons(change.region)) <= 16
    assert analysis.implies(POINTS.between(4, 5), change.region, policy=MILD).is_proved


def test_the_change_is_proved_to_be_where_the_points_say_and_nowhere_else() -> None:
    found = analysis.diff(MILD, STRICT)
    assert found.within(POINTS.between(4, 5)).is_proved
    outside = found.within(POINTS.between(5, 6))
    assert [finding.new for finding in outside.findings] == [Grade.SPECIAL_MENTION]


def test_rules_that_ask_for_points_overlap_in_a_region_that_is_read_at_a_glance() -> None:
    said = {"low": (4, Grade.SPECIAL_MENTION), "high": (6, Grade.LOSS)}
    low, high = (Rule(name, when=limit <= POINTS, then=then, because=WHY, source=HOUSE) for name, (limit, then) in said.items())
    grade = Table("grade", label=WHY, outcomes=Grade, fold=Fold.WORST, otherwise=Grade.NORMAL, rules=(low, high))
    both = attrs.evolve(MILD, tables=(MILD.graph.by_id["points"], grade))
    found = analysis.overlaps(both)
    (overlap,) = found.findings
    assert (overlap.first.id, overlap.second.id, overlap.is_exact) == ("low", "high", False)
    assert analysis.implies(POINTS >= 6, overlap.region, policy=both).is_proved
    assert "nowhere but within" in found.to_markdown("en")
    assert "至多在此范围内" in found.to_markdown("zh")


def test_a_change_of_a_rule_of_few_facts_is_told_exactly_as_before() -> None:
    rule = attrs.evolve(MILD.rule("many"), when=facts.days_past_due > 60)
    before, after = (MILD.replacing(attrs.evolve(rule, when=facts.days_past_due > days)) for days in (60, 30))
    (change,) = analysis.diff(before, after).changes
    assert change.is_exact
    assert analysis.implies(change.region, facts.days_past_due.between(31, 61)).is_proved


def case(number: int, **marked: Any) -> CaseFile:
    loan = Loan(
        f"L-{number}", product="first_home", principal=cny(100), balance=cny(100), annual_rate="0.03", repayment="level_payment", disbursed_on="2024-01-10",
        term_months=120, days_past_due=0, missed_consecutive=0, missed_total_24m=0, delays_over_5_days_12m=0,
    )  # fmt: skip
    return CaseFile(loan=attrs.evolve(loan, **marked), borrower=BorrowerProfile(f"B-{number}"))


def test_the_loans_of_such_a_change_are_those_it_is_about_and_not_all_in_the_box() -> None:
    three = {"misuse_of_funds": True, "refinanced": True, "delays_over_5_days_12m": 1}
    four, five = {**three, "missed_total_24m": 2}, {**three, "missed_total_24m": 4}
    book = [case(number, **marked) for number, marked in enumerate(({}, three, four, four, five))]
    found = analysis.impact(MILD, STRICT, book, on="2026-06-01")
    assert [affected.loans for affected in found.affected if affected.change.aspect is analysis.Aspect.ESTABLISHED] == [2]
