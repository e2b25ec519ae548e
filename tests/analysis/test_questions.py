"""Worked questions: small tables whose answers anyone can check, and every form of an answer."""

from __future__ import annotations

import pickle
from typing import Any

import attrs
import pytest
from tests.language.loan_facts import days, impaired, job, ltv, misuse, rule, signed, standing, table

from revisit_policy import AnalysisLimitError, DecisionGraph, Fact, Fold, InvalidPolicyError, InvalidValueError, Label, Period, UnknownNameError, analysis
from revisit_policy.analysis import Aspect, Reason
from revisit_policy.language.condition import ALWAYS, all_of
from revisit_policy.language.period import DECISION_DAY
from revisit_policy.values.markup.markdown import plain

late = rule("late", days > 0, "b")
overdue = rule("overdue-90", days > 90, "c")
grade = table(late, overdue, rule("misused", misuse.is_true(), "b"), name="grade")
interval = table(
    rule("bad", grade.outcome.is_in("c"), 3),
    rule("fair", grade.outcome.is_in("b"), 6),
    rule("thin", ltv >= "0.80", 6),
    outcomes=(12, 6, 3),
    fold=Fold.LEAST,
    otherwise=12,
    name="interval",
)
policy = DecisionGraph((grade, interval))
stricter = DecisionGraph((attrs.evolve(grade, rules=(late, rule("overdue-90", days > 60, "c"), grade.rules[2])), interval))


# -- diff ------------------------------------------------------------------------------------------------------------


def test_a_moved_threshold_changes_the_grade_between_the_two_and_the_interval_behind_it() -> None:
    first, second = analysis.diff(policy, stricter).changes
    assert (first.table.id, first.old, first.new) == ("grade", "b", "c")
    assert repr(first.region) == "((days > 60) & (days <= 90))"
    assert (first.rules_before, first.rules_after, first.through) == (("late",), ("overdue-90",), ())
    assert (second.table.id, second.old, second.new) == ("interval", 6, 3)
    assert (second.rules_before, second.rules_after, second.through) == (("fair",), ("bad",), ("grade",))
    assert second.region == first.region


def test_two_texts_of_one_meaning_do_not_differ() -> None:
    other = attrs.evolve(
        grade,
        rules=(
            rule("ninety", days >= 91, "c"),
            rule("some", (days >= 1) & (days < 30) | (days > 29), "b"),
            rule("misused", misuse.is_true() & (ltv < "0.50") | misuse.is_true() & (ltv >= "0.50"), "b"),
        ),
    )
    found = analysis.diff(grade, other)
    assert not found
    assert found.explain() == "Proved: the two versions say the same in every case"


def test_a_change_that_keeps_to_what_it_declares_passes_the_assertion_and_another_shows_the_region_outside() -> None:
    found = analysis.diff(policy, stricter)
    assert found.within(days.between(61, 91))
    outside = found.within(days.between(61, 90))
    assert not outside
    assert "days past due at least 90 days and days past due at most 90 days" in repr(outside)


def test_a_rule_with_a_period_makes_a_region_in_time() -> None:
    dated = attrs.evolve(grade, rules=(*grade.rules, rule("new", ltv > 1, "b", Period(since="2023-07-01"))))
    (change,) = analysis.diff(grade, dated).changes
    assert repr(change.region) == "((days <= 0) & misuse.is_false() & (on >= '2023-07-01') & (ltv > '1.00'))"


def test_what_changed_on_a_day_is_asked_of_one_policy() -> None:
    dated = attrs.evolve(grade, rules=(*grade.rules, rule("new", ltv > 1, "b", Period(since="2023-07-01"))))
    found = analysis.diff_in_time(dated, before="2023-06-30", after="2023-07-01")
    (change,) = found.changes
    assert (change.old, change.new) == ("a", "b")
    assert DECISION_DAY not in {part.fact for part in change.region.parts}  # type: ignore[union-attr] # a conjunction
    assert not analysis.diff_in_time(dated, before="2023-07-01", after="2024-07-01")


def test_facts_missing_show_what_becomes_possible_beside_what_is_established() -> None:
    more = attrs.evolve(grade, rules=(*grade.rules, rule("impaired", impaired.is_true(), "c")))
    aspects = {(change.aspect, change.old, change.new) for change in analysis.diff(grade, more, missing=True)}
    assert (Aspect.ESTABLISHED, "a", "c") in aspects
    assert (Aspect.AT_WORST, "a", "c") in aspects


def test_only_the_facts_named_can_be_missing() -> None:
    more = attrs.evolve(grade, rules=(*grade.rules, rule("impaired", impaired.is_true(), "c")))
    assert not [c for c in analysis.diff(grade, more, missing=("days",)) if c.aspect is Aspect.AT_WORST]
    assert [c for c in analysis.diff(grade, more, missing=("impaired",)) if c.aspect is Aspect.AT_WORST]


def test_a_set_of_outcomes_changes_element_by_element() -> None:
    before = table(rule("one", days > 30, "a"), fold=Fold.EVERY, otherwise=())
    after = table(rule("one", days > 30, "a"), rule("two", days > 60, "b"), fold=Fold.EVERY, otherwise=())
    (change,) = analysis.diff(before, after)
    assert (change.old, change.new, repr(change.region)) == ((), ("b",), "(days > 60)")
    (change,) = analysis.diff(after, before)
    assert (change.old, change.new) == (("b",), ())


def test_scales_may_differ_if_their_outcomes_are_of_one_kind() -> None:
    longer = attrs.evolve(interval, outcomes=(24, 12, 6, 3), otherwise=24)
    changes = analysis.diff(DecisionGraph((grade, interval)), DecisionGraph((grade, longer))).of("interval")
    assert [(change.old, change.new) for change in changes] == [(12, 24)]


def test_tables_that_only_one_version_has_are_noted() -> None:
    found = analysis.diff(policy, DecisionGraph((grade,)))
    assert not found
    assert "table `interval` is gone" in found.explain("en")


numbers = attrs.evolve(grade, outcomes=(1, 2), rules=(), otherwise=1)
fewer_days = Fact.count("days", low=0, high=9, label=Label("天", "days"))

BAD_PAIRS = [
    pytest.param(grade, numbers, "different types: one str and one int", id="outcomes of different types"),
    pytest.param(grade, table(rule("late", fewer_days > 0, "b"), name="grade"), "two different facts", id="facts of one name and different domains"),
    pytest.param(DecisionGraph((grade,)), interval, "expected a table that both versions have", id="nothing in common"),
    pytest.param(grade, interval, "expected two versions of one table, got `grade` and `interval`", id="two tables of different ids"),
    pytest.param(grade, "grade", "expected a table, a decision graph or a policy", id="no policy at all"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), BAD_PAIRS)
def test_versions_that_cannot_be_compared_are_refused(old: Any, new: Any, message: str) -> None:
    with pytest.raises(InvalidPolicyError, match=message):
        analysis.diff(old, new)


# -- other questions -------------------------------------------------------------------------------------------------


def test_a_gap_is_reported_with_the_facts_that_fall_into_it() -> None:
    holey = table(rule("good", days <= 0, "a"), rule("bad", days > 90, "c"), fold=Fold.FIRST, otherwise=None)
    (gap,) = analysis.gaps(holey)
    assert repr(gap.region) == "((days > 0) & (days <= 90))"
    assert gap.witness.facts == {"days": 1}
    assert analysis.gaps(attrs.evolve(holey, otherwise="b")).is_proved
    (caught,) = analysis.gaps(attrs.evolve(holey, otherwise="b"), caught=True)
    assert caught.caught_by == "b"


def test_a_conflict_of_a_unique_table_behind_too_many_boxes_for_the_first_check_is_found() -> None:
    many = all_of(*((days > limit) | misuse.is_true() for limit in range(54, 61)))
    here = table(rule("one", days > 90, "a"), rule("two", many & (days <= 90), "b"), fold=Fold.UNIQUE, otherwise="c")
    assert analysis.overlaps(here, settled=False).is_proved
    (overlap,) = analysis.overlaps(attrs.evolve(here, rules=(rule("one", days > 70, "a"), here.rules[1])), settled=False)
    assert overlap.is_conflict
    assert repr(overlap.region) == "((days > 70) & (days <= 90))"


def test_a_rule_that_never_holds_and_one_that_is_always_outranked_are_dead() -> None:
    idle = table(
        rule("never", (days > 90) & (days < 60), "b"),
        rule("outranked", (days > 30) & misuse.is_true(), "b"),
        rule("late", days > 30, "c"),
    )
    never, outranked = analysis.dead_rules(idle)
    assert (never.rule.id, never.reason, never.witness) == ("never", Reason.NEVER_HOLDS, None)
    assert (outranked.rule.id, outranked.reason, outranked.shadowed_by) == ("outranked", Reason.NEVER_DECIDES, ("late",))


def test_two_rules_of_one_meaning_make_each_other_redundant() -> None:
    twice = table(rule("one", days > 30, "b"), rule("two", days >= 31, "b"))
    assert [(found.rule.id, found.shadowed_by) for found in analysis.redundant(twice)] == [("one", ("two",)), ("two", ("one",))]
    assert analysis.dead_rules(twice).is_proved


def test_a_loan_95_days_past_due_is_never_mild() -> None:
    assert analysis.can(policy, "b", given=days.between(95, 96)).is_proved
    (reached,) = analysis.can(policy, "b", given=days <= 0)
    assert repr(reached.region) == "((days <= 0) & misuse.is_true())"


def test_an_outcome_of_two_scales_has_to_be_asked_for_by_a_condition() -> None:
    two = DecisionGraph((grade, attrs.evolve(grade, id="other", rules=())))
    with pytest.raises(InvalidPolicyError, match="scale of one table, it stands on those of `grade`, `other`"):
        analysis.can(two, "b")
    assert analysis.can(two, grade.outcome >= "c", given=days <= 90).is_proved


def test_a_fact_that_makes_things_better_as_it_gets_worse_is_shown_with_two_cases() -> None:
    odd = table(rule("early", days.between(1, 30), "c"), rule("late", days >= 30, "b"))
    (found,) = analysis.monotone(odd, days, "t")
    assert (found.before, found.after) == ("c", "b")
    assert (found.witness.facts, found.worse_witness.facts) == ({"days": 1}, {"days": 30})
    assert found.sentence("en") == "days past due from 1 day to 30 days takes table from c to b"
    assert analysis.monotone(policy, days, "interval").is_proved
    assert analysis.monotone(policy, ltv, "interval").is_proved
    assert not analysis.monotone(policy, ltv, "interval", worse="lower").is_proved
    assert analysis.monotone(policy, impaired, "grade").is_proved  # no rule reads it


BAD_QUESTIONS = [
    pytest.param(lambda: analysis.monotone(policy, job, "grade"), InvalidPolicyError, "has no order", id="a fact without order"),
    pytest.param(lambda: analysis.monotone(policy, days, "grades"), UnknownNameError, "did you mean `grade`", id="a table that is not there"),
    pytest.param(lambda: analysis.monotone(policy, days, "grade", worse="up"), InvalidValueError, "higher", id="a direction that is none"),  # type: ignore[arg-type]
    pytest.param(lambda: analysis.gaps(policy, budget=0), InvalidValueError, "above zero", id="a budget of nothing"),
    pytest.param(lambda: analysis.gaps(policy, missing=("dayz",)), UnknownNameError, "did you mean `days`", id="a missing fact that is none"),
    pytest.param(lambda: analysis.can(policy, "z"), InvalidPolicyError, "those of none", id="an outcome on no scale"),
]  # fmt: skip


@pytest.mark.parametrize(("ask", "error", "message"), BAD_QUESTIONS)
def test_bad_questions_are_refused(ask: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        ask()


def test_a_budget_that_runs_out_says_what_was_proved() -> None:
    with pytest.raises(AnalysisLimitError) as caught:
        analysis.redundant(policy, budget=12)
    assert caught.value.budget == 12
    assert pickle.loads(pickle.dumps(caught.value)).proved == caught.value.proved
    assert "within 12 steps" in str(caught.value)


def test_conditions_are_compared_without_a_policy_too() -> None:
    assert analysis.equivalent(~((days > 30) & misuse.is_true()), (days <= 30) | misuse.is_false())
    assert analysis.implies(standing >= "poor", standing >= "fair")
    assert not analysis.implies(standing >= "fair", standing >= "poor")
    assert analysis.implies(signed < "2020-01-01", signed < "2020-01-02")
    assert analysis.implies(grade.outcome >= "b", (days > 0) | misuse.is_true(), policy=policy)
    assert analysis.implies(ALWAYS, days >= 0)


# -- forms -----------------------------------------------------------------------------------------------------------

ANSWERS = [
    pytest.param(analysis.gaps(table(rule("bad", days > 90, "c"), otherwise=None)), id="gap"),
    pytest.param(analysis.overlaps(grade), id="overlap"),
    pytest.param(analysis.dead_rules(table(rule("a", (days > 9) & (days < 3), "b"))), id="dead rule"),
    pytest.param(analysis.redundant(table(rule("one", days > 30, "b"), rule("two", days >= 31, "b"))), id="redundant rule"),
    pytest.param(analysis.diff(policy, stricter, missing=True), id="diff"),
    pytest.param(analysis.can(policy, "b"), id="reach"),
    pytest.param(analysis.implies(days > 3, days > 9), id="implication"),
    pytest.param(analysis.monotone(table(rule("early", days.between(1, 30), "c")), days, "t"), id="monotony"),
]


@pytest.mark.parametrize("asked", ANSWERS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_answer_has_text_markdown_and_html(asked: Any, lang: str) -> None:
    finding = asked.findings[0]
    sentence = finding.sentence(lang)
    assert sentence in asked.explain(lang)
    assert plain(sentence) in asked.to_markdown(lang)
    assert asked.to_markdown(lang).count("\n|") == len(asked.findings) + 2
    assert "<table>" in asked._repr_html_()
    assert asked.heading(lang) in asked._repr_html_()


@pytest.mark.parametrize("asked", [*ANSWERS, pytest.param(analysis.gaps(policy), id="proof")])
def test_answers_are_values(asked: Any) -> None:
    assert pickle.loads(pickle.dumps(asked)) == asked
    assert hash(asked) == hash(pickle.loads(pickle.dumps(asked)))


def test_a_proof_is_true_and_says_what_it_proves() -> None:
    proof = analysis.gaps(policy)
    assert proof
    assert proof.explain("zh") == "已证明：任何情形下每张表都有结论"
    assert proof.to_markdown("en") == "**Proved: every table has an outcome in every case**\n"
    assert "<details" not in proof._repr_html_()  # there is nothing to open
    assert (len(proof), list(proof)) == (0, [])


def test_the_whole_check_finds_what_its_parts_find() -> None:
    faulty = table(rule("good", days <= 0, "a"), rule("bad", days > 90, "c"), rule("never", (days > 9) & (days < 3), "b"), fold=Fold.FIRST, otherwise=None)
    assert [type(fault) for fault in analysis.check(faulty)] == [analysis.Gap, analysis.DeadRule]
    assert analysis.check(policy).is_proved
    more = tuple(rule(f"r{n}", (days > n) & (ltv > "0.5") | misuse.is_true(), "b") for n in range(1, 9))
    with pytest.raises(AnalysisLimitError, match="within 3 steps, needs more; proved so far: table `grade` has no gap"):
        analysis.check(attrs.evolve(grade, rules=(*grade.rules, *more)), budget=3)


def test_a_diff_that_runs_out_of_steps_says_so() -> None:
    changed = attrs.evolve(policy, tables=(*policy.tables[:-1], attrs.evolve(policy.tables[-1], rules=())))
    with pytest.raises(AnalysisLimitError) as caught:
        analysis.diff(policy, changed, budget=1)
    assert caught.value.budget == 1
