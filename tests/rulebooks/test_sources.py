"""What the rules cite, and that no figure is presented as more than it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.rulebooks.loans import POLICY

from revisit_policy import Lang, Rule, Standing
from revisit_policy.rulebooks import cn_housing

OLD = cn_housing.policy_2007()

#: The rules whose statement was read in a regulation, or in a report of it. All other regulation is from memory.
READ = {
    "overdue", "overdue-90", "impaired", "overdue-270", "overdue-360",
    "difficulty-overdue", "difficulty-bad-debt-elsewhere",
    "signal-misuse", "signal-revaluation-due", "signal-valuation-missing", "signal-collateral-damaged", "signal-registration-lapsed", "signal-project-stalled", "signal-deceased",
    "revaluation-expired", "revaluation-missing", "barred-bulk-transfer",
    "down-payment-2015-03-30", "down-payment-2015-03-30-second-home", "down-payment-2023-08-31", "down-payment-2023-08-31-second-home",
    "down-payment-2024-05-17", "down-payment-2024-05-17-second-home", "down-payment-2024-09-24", "grant-housing-dsr", "grant-total-dsr",
    "measure-restructure", "measure-adjust-capacity", "measure-grace", "measure-extend-term-2010", "measure-guarantor-consent",
    "measure-stop-drawing-misuse", "measure-verify-stalled", "measure-verify-heirs", "measure-accelerate-misuse", "measure-revalue-due", "measure-complete-registration", "measure-demand-restoration",
    "measure-accelerate-damage", "measure-debt-asset-swap",
}


def rules() -> Iterator[Rule]:
    for table in POLICY.tables:
        yield from table.rules


def test_only_what_was_read_is_verified_regulation() -> None:
    assert {rule.id for rule in rules() if rule.source.standing is Standing.REGULATION and rule.source.verified} == READ


def test_the_guideline_of_2007_is_cited_from_memory_throughout() -> None:
    assert {rule.source.verified for rule in OLD.grade.rules if rule.source.standing is Standing.REGULATION} == {False}


def test_a_grade_rests_on_regulation_and_a_turnaround_on_nothing_but_our_proposal() -> None:
    assert {rule.source.standing for rule in POLICY.grade.rules} == {Standing.REGULATION}
    assert {rule.source.standing for rule in POLICY.turnaround.rules} == {Standing.PROPOSAL}


@pytest.mark.parametrize("table", ["interval_base", "interval", "first_window", "method", "level", "triggers"])
def test_when_and_how_to_visit_is_never_called_regulation(table: str) -> None:
    assert Standing.REGULATION not in {rule.source.standing for rule in getattr(POLICY, table).rules}


def test_a_rule_in_force_for_a_time_cites_what_was_in_force_then() -> None:
    dated = [rule for rule in rules() if rule.period is not None]
    assert len(dated) > 12
    for rule in dated:
        assert rule.period is not None
        assert rule.source.in_force_from == rule.period.since
        if rule.source.in_force_to is not None:
            assert rule.source.in_force_to == rule.period.until


def test_the_guideline_of_2007_never_cites_the_measures_of_2023() -> None:
    assert not [rule.id for table in OLD.tables for rule in table.rules if rule.source.number == "银保监会 中国人民银行令〔2023〕第1号"]


@pytest.mark.parametrize("lang", Lang)
def test_every_rule_has_a_sentence_of_its_own_in_its_table(lang: Lang) -> None:
    for table in POLICY.tables:
        sentences = [(rule.then, rule.because.text(lang), rule.period) for rule in table.rules]
        assert len(sentences) == len(set(sentences))
