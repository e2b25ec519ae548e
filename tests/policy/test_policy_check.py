"""A policy tells which of its obligations no case file can date."""

from __future__ import annotations

import attrs
import pytest
from tests.policy.obligations import obligations
from tests.policy.small_policy import case_with, rule, small_policy, small_rulebook, table
from tests.policy.test_beginnings_through_tables import DATED, UNDATED

from revisit_policy import InvalidInputError, Label, Obligation, RevisitPolicy, VisitKind, Within, facts, unordered
from revisit_policy.policy import PolicyCheck, UndatedObligation


@pytest.mark.parametrize(("policy", "_since"), DATED.values(), ids=DATED)
def test_an_obligation_by_a_table_that_is_dated_is_no_finding(policy: RevisitPolicy, _since: object) -> None:
    assert policy.check() == PolicyCheck()
    assert (policy.check().text("zh"), str(policy.check())) == ("各应办事项均有起始日可查", "every obligation can be dated")


@pytest.mark.parametrize("policy", UNDATED.values(), ids=UNDATED)
def test_an_obligation_by_a_table_that_says_nothing_of_days_is_named(policy: RevisitPolicy) -> None:
    (found,) = policy.check()
    assert (found.obligation.since.code.value, found.rule) == ("seizure", "signal-seized")  # type: ignore[union-attr] # a signal
    assert found.rests_on[0] in policy.graph.by_id


def test_the_finding_is_told_in_both_languages() -> None:
    (found,) = small_policy().check()
    assert found.rests_on == ("seized",)
    assert str(found) == (
        "triggered visit: within 1 working day, from collateral seized (red): rule signal-seized rests on seized, of which no case file tells since when; "
        "without an event its deadline moves with every day of asking"
    )
    assert found.text("zh").startswith("不定期回访：1个工作日内，自押品被查封（红色）起：规则 signal-seized 依据 seized")


def test_what_is_owed_in_figures_and_as_obligations_is_dated_alike() -> None:
    four = small_policy()
    said = attrs.evolve(four, tables=(*four.tables, obligations({each.id: each for each in four.tables}, four.conventions)))
    assert said.check() == four.check()


def test_an_obligation_counted_by_its_own_condition_is_named_with_what_that_rests_on() -> None:
    late, seen = (Obligation(VisitKind.TRIGGERED, Within(days=days)) for days in (3, 5))
    tables = (
        small_policy().graph.by_id["grade"],
        table("obligations", unordered((late, seen)), "every", rule("late", facts.days_past_due > 9, late), rule("seen", facts.seized.is_true(), seen)),
    )
    own = RevisitPolicy("own", version="1", label=Label("自有", "own"), tables=tables, calendar=small_policy().calendar)
    assert [(found.obligation, found.rule, found.rests_on) for found in own.check()] == [(seen, "seen", ("seized",))]
    moving, counted = (own.decide(case_with(**fact), on="2026-06-01").undated for fact in ({"seized": True}, {"days_past_due": 12}))
    assert (moving, counted) == ((VisitKind.TRIGGERED,), ())


def test_a_rulebook_names_each_obligation_of_its_editions_once() -> None:
    assert small_rulebook().check() == small_policy().check()
    assert len(small_rulebook().check()) == 1


def test_a_finding_is_of_an_obligation() -> None:
    with pytest.raises(InvalidInputError, match=r"`UndatedObligation.obligation` must be an Obligation"):
        UndatedObligation(obligation="seizure", rule="a", rests_on=())  # type: ignore[arg-type] # on purpose
