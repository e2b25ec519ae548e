"""A policy as a value: its tables, its changes, and what identifies it."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from tests.policy.small_policy import CASE, FIGURES, case_tables, rule, small_policy, table

from revisit_policy import (
    Addition,
    Conventions,
    Grade,
    InvalidInputError,
    InvalidPolicyError,
    Overlay,
    RevisitPolicy,
    RevisitPolicyError,
    UnknownNameError,
    facts,
)

POLICY = small_policy()
ON = "2026-11-24"


def test_a_table_is_asked_with_facts_by_its_name() -> None:
    assert POLICY.grade(days_past_due=91).outcome is Grade.SUBSTANDARD
    assert POLICY.grade(days_past_due=91, impaired=True).candidates == (Grade.SUBSTANDARD, Grade.DOUBTFUL)
    assert POLICY.measures(days_past_due=1).fired == ("remind",)


def test_a_changed_rule_leaves_the_policy_as_it_was() -> None:
    stricter = POLICY.replacing(rule("overdue-90", facts.days_past_due > 60, Grade.SUBSTANDARD))
    assert stricter.grade(days_past_due=61).outcome is Grade.SUBSTANDARD
    assert POLICY.grade(days_past_due=61).outcome is Grade.SPECIAL_MENTION
    assert stricter.digest != POLICY.digest
    assert stricter.replacing(POLICY.rule("overdue-90")) == POLICY


def test_a_rule_is_added_and_taken_out_again() -> None:
    lost = rule("lost", facts.lost_contact.is_true(), Grade.SPECIAL_MENTION)
    more = POLICY.adding(lost, to="grade")
    assert more.grade(days_past_due=0, lost_contact=True).outcome is Grade.SPECIAL_MENTION
    assert more.without("lost") == POLICY


def test_an_overlay_adds_rules_and_its_name() -> None:
    city = Overlay(id="city", additions=[Addition(table="grade", rules=[rule("city-late", facts.days_past_due > 10, Grade.SUBSTANDARD)])])
    local = POLICY | city
    assert local.id == "small+city"
    assert local.grade(days_past_due=11).outcome is Grade.SUBSTANDARD


def test_an_overlay_on_a_table_that_goes_by_order_says_where_its_rules_stand() -> None:
    earned = rule("city-base", facts.credit_standing.is_in("good"), 3)
    with pytest.raises(InvalidPolicyError, match='say where="before" or where="after"'):
        POLICY.adding(earned, to="interval_base")
    assert POLICY.adding(earned, to="interval_base", where="before").interval(credit_standing="good", ltv_now="0.5").outcome == 3


def test_a_whole_table_can_be_put_in_the_place_of_another() -> None:
    lenient = table("grade", Grade, "worst", otherwise=Grade.NORMAL)
    assert POLICY.with_table(lenient).grade().outcome is Grade.NORMAL


#: The same without their types, to be called as somebody calls them who runs no type checker.
UNTYPED: Any = POLICY
evolve: Any = attrs.evolve
overlay: Any = Overlay

REFUSED = {
    "a rule id that no table has": (lambda: POLICY.without("overdue-9"), UnknownNameError, "did you mean `overdue-90`"),
    "a table that policies do not have": (lambda: POLICY.adding(rule("x", facts.seized.is_true(), 1), to="grades"), UnknownNameError, "did you mean `grade`"),
    "a rule id that is taken": (lambda: POLICY.adding(POLICY.rule("overdue"), to="grade"), InvalidPolicyError, "already has this rule"),
    "an overlay without a proper name": (lambda: Overlay(id="My City", additions=()), InvalidPolicyError, "kebab-case"),
    "no table of grades": (lambda: attrs.evolve(POLICY, tables=case_tables()[:1]), InvalidPolicyError, "missing tables: grade"),
    "a table of the case that asks for the kind of a visit": (
        lambda: POLICY.adding(rule("per-visit", facts.visit_kind.is_in("first"), Grade.NORMAL), to="grade"),
        InvalidPolicyError,
        "reads `visit_kind`",
    ),
    "a table that leaves a gap where every case needs an answer": (
        lambda: POLICY.with_table(attrs.evolve(POLICY.grade.table, otherwise=None)),
        InvalidPolicyError,
        "needs `otherwise`",
    ),
    "a place that is none": (
        lambda: UNTYPED.adding(rule("x", facts.credit_standing.is_in("good"), 3), to="interval_base", where="befor"),
        InvalidInputError,
        'must be "before", "after" or None',
    ),
    "a rule that is none": (lambda: UNTYPED.replacing("overdue-90"), InvalidInputError, "`rule` must be a Rule, got `'overdue-90'`"),
    "a new rule that is none": (lambda: UNTYPED.adding("overdue-90", to="grade"), InvalidInputError, r"`Addition\.rules` must be a tuple of Rule"),
    "a table asked instead of given": (lambda: UNTYPED.with_table(POLICY.grade), InvalidInputError, "`table` must be a Table"),
    "tables that are none": (lambda: evolve(POLICY, tables=("grade",)), InvalidInputError, r"`RevisitPolicy\.tables` must be a tuple of Table"),
    "an overlay of rules instead of additions": (
        lambda: overlay(id="city", additions=[POLICY.rule("overdue")]),
        InvalidInputError,
        r"`Overlay\.additions` must be a tuple of Addition",
    ),
    "a policy without version and conventions": (
        lambda: evolve(POLICY, version=None, conventions=None),
        InvalidInputError,
        r"`RevisitPolicy\.version` must be text .*; `RevisitPolicy\.conventions` must be Conventions, got `None`",
    ),
    "a calendar that is none": (lambda: evolve(POLICY, calendar="CN"), InvalidInputError, "must be a calendar of working days"),
    "a convention of no days": (lambda: Conventions(red_working_days=0), InvalidInputError, "Conventions.red_working_days"),
}


@pytest.mark.parametrize(("attempt", "kind", "message"), REFUSED.values(), ids=REFUSED)
def test_a_policy_that_cannot_mean_anything_is_refused(attempt, kind, message) -> None:
    with pytest.raises(kind, match=message):
        attempt()


def test_two_policies_of_the_same_content_have_one_digest_in_every_process() -> None:
    script = "from tests.policy.small_policy import FIGURES, small_policy; print(small_policy().digest)"
    found = {
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=seeded).stdout.strip()
        for seeded in ({"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)} for seed in ("1", "2"))
    }
    assert found == {POLICY.digest}


def test_every_figure_counts_in_the_digest() -> None:
    assert attrs.evolve(POLICY, conventions=attrs.evolve(FIGURES, periodic_lead_days=31)).digest != POLICY.digest
    assert attrs.evolve(POLICY, version="2").digest != POLICY.digest


def test_a_policy_survives_pickling_and_still_decides() -> None:
    again: RevisitPolicy = pickle.loads(pickle.dumps(POLICY))
    assert again == POLICY
    assert hash(again) == hash(POLICY)
    assert again.decide(CASE, on="2026-06-01") == POLICY.decide(CASE, on="2026-06-01")


def test_the_whole_policy_can_be_read_and_signed() -> None:
    for lang in ("zh", "en"):
        text = POLICY.to_markdown(lang)
        assert POLICY.digest in text
        assert all(f"`{name}`" in text for name in (table.id for table in POLICY.tables))
        said = [text for note in POLICY.measure_notes for text in (note.precondition, note.warning) if text is not None]
        items = [item for each in POLICY.checklists for item in each.items]
        assert all(words.text(lang) in text for words in [*said, *items])
        assert "`periodic_lead_days` | 30 |" in text


def test_a_policy_that_says_nothing_of_measures_and_visits_shows_no_empty_heading() -> None:
    bare = attrs.evolve(POLICY, measure_notes=(), checklists=())
    assert [line for line in bare.notes_to_markdown("en").splitlines() if line.startswith("#")] == ["### Figures that turn outcomes into days"]


def test_a_table_of_a_policy_is_asked_about_with_what_it_rests_on_and_no_more() -> None:
    policy = small_policy()
    assert tuple(policy.grade.graph.by_id) == ("grade",)
    assert tuple(policy.level.graph.by_id) == ("signals", "level")
    assert policy.grade.graph.facts == policy.grade.table.facts


def test_a_graph_leads_to_no_table_that_it_does_not_have() -> None:
    with pytest.raises(UnknownNameError, match="unknown table `grad`, did you mean `grade`"):
        small_policy().graph.leading_to("grad")


@pytest.mark.parametrize("name", ["grade", "signals", "interval", "measures", "origination"])
def test_a_table_of_a_policy_says_of_a_case_file_what_the_decision_says(name: str) -> None:
    policy = small_policy()
    decision = policy.decide(CASE, on=ON)
    asked = getattr(policy, name)(CASE, on=ON)
    told = decision.verdicts[name]
    assert (asked.outcome, asked.candidates, asked.fired, asked.undecided) == (told.outcome, told.candidates, told.fired, told.undecided)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda policy: policy.grade(91), r"`case` must be a case file; facts are given by their names, such as `days_past_due=\.\.\.`, got `91`"),
        (lambda policy: policy.grade(CASE.loan, on=ON), "`case` must be a case file"),
        (lambda policy: policy.grade(CASE, days_past_due=91), "`days_past_due` must be in `supplied`"),
        (lambda policy: policy.grade(CASE, on="2020-01-01"), "must be on or before the decision day"),
        (lambda policy: policy.grade(CASE, on="soon"), "`on` must be a day"),
        (lambda policy: policy.grade(CASE, on=ON, supplied={"scoer": 1}), "unknown supplied fact `scoer`"),
        (lambda policy: policy.revaluation(CASE), "`on` must be the decision day, because"),
    ],
)
def test_a_table_of_a_policy_refuses_what_is_no_case_file(call: Callable[[RevisitPolicy], object], text: str) -> None:
    with pytest.raises(RevisitPolicyError, match=text):
        call(small_policy())
