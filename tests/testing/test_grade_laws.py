"""The laws of what people determine: kept by the shipped rulebook, and broken by policies that overrule people."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.policy.small_policy import rule, small_policy, table

from revisit_policy import Grade, Label, LawBrokenError, RevisitPolicy, facts
from revisit_policy.rulebooks import cn_housing
from revisit_policy.testing import check_determination_scope, check_determinations
from revisit_policy.testing.laws.sampling import without_shrinking

BOOK = cn_housing.rulebook
PLAIN = small_policy()


def test_the_shipped_rulebook_overrules_nobody() -> None:
    check_determinations(BOOK, examples=40)


def test_what_people_determined_changes_only_what_rests_on_the_grade() -> None:
    check_determination_scope(BOOK, examples=30)


def test_a_policy_that_does_not_ask_people_overrules_them() -> None:
    with without_shrinking(), pytest.raises(LawBrokenError, match="a grade no milder than it was determined"):
        check_determinations(small_policy(), examples=60)


def test_a_proposal_that_would_not_hold_breaks_the_law() -> None:
    held = rule("held", facts.days_past_due >= 0, Grade.SPECIAL_MENTION)
    floors = (held, *(rule(f"people-{grade.severity}", facts.determined_grade.is_in(grade), grade) for grade in Grade if grade.severity))
    grades = table("grade", Grade, "worst", *floors, otherwise=Grade.NORMAL)
    lifting = table("upgrade", Grade, "every", rule("lift", facts.determined_grade.is_in(Grade.SPECIAL_MENTION), Grade.NORMAL))
    policy = RevisitPolicy("held", version="1", label=Label("甲", "held"), tables=(grades, lifting), calendar=small_policy().calendar)
    with without_shrinking(), pytest.raises(LawBrokenError, match="a proposal one class milder, which is the grade once people determine it"):
        check_determinations(policy, examples=400)


def test_a_table_that_reads_people_behind_the_back_of_its_rules_breaks_the_law() -> None:
    class Peeking:
        words, conventions, graph = PLAIN.words, None, PLAIN.graph

        def decide(self, case: Any, *, on: Any) -> Any:
            peeked = attrs.evolve(case, collateral=attrs.evolve(case.collateral, seized=case.determination.is_known))
            return PLAIN.decide(peeked, on=on)

    with without_shrinking(), pytest.raises(LawBrokenError, match="the same outcome of the table"):
        check_determination_scope(Peeking(), examples=60)
