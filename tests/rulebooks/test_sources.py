"""What the rules cite, and that no figure is presented as more than it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.rulebooks.loans import POLICY

from revisit_policy import Lang, RevisitPolicy, Rule, Standing
from revisit_policy.rulebooks import cn_housing
from revisit_policy.rulebooks.cn_housing.regulations import (
    BULK_TRANSFER,
    COLLECTION,
    RESTRUCTURED_ASSET,
    STALLED_PROJECTS,
    civil_code,
    collateral_2017,
    guideline_2007,
    measures_2023,
    personal_information_law,
    personal_loans_2024,
)

OLD = cn_housing.policy_2007()

#: The rules whose figure was read in a source that binds the bank, or in a report of it. All other law is from memory.
READ = {
    "overdue-90", "impaired", "overdue-270", "overdue-360",
    "difficulty-overdue", "difficulty-bad-debt-elsewhere",
    "revaluation-expired", "revaluation-missing", "barred-bulk-transfer-pilot", "down-payment-shop-2026-01-17",
    "down-payment-2015-03-30", "down-payment-2015-03-30-second-home", "down-payment-2023-08-31", "down-payment-2023-08-31-second-home",
    "down-payment-2024-05-17", "down-payment-2024-05-17-second-home", "down-payment-2024-09-24", "grant-housing-dsr", "grant-total-dsr",
    "desk-guarantee-agreed", "desk-guarantee-unspecified", "desk-limitation",
    "measure-guarantor-consent", "measure-tell-before-reporting", "measure-payment-order", "measure-call-guarantee", "measure-claim-developer-stage",
    "measure-stop-drawing-misuse", "measure-report-stalled", "measure-verify-heirs", "measure-accelerate-misuse", "measure-revalue-due", "measure-complete-registration", "measure-demand-restoration",
    "measure-accelerate-damage", "measure-rescind-misuse", "measure-rescind-purchase", "measure-claim-developer-purchase",
}


def rules() -> Iterator[Rule]:
    for table in POLICY.tables:
        yield from table.rules


def test_only_what_was_read_is_verified_law() -> None:
    assert {rule.id for rule in rules() if rule.source.standing.is_binding and rule.source.verified} == READ


@pytest.mark.parametrize("policy", [POLICY, OLD], ids=["measures of 2023", "guideline of 2007"])
def test_every_source_that_binds_says_of_which_kind_it_is(policy: RevisitPolicy) -> None:
    cited = [*(rule.source for table in policy.tables for rule in table.rules), *(source for note in policy.measure_notes for source in note.sources)]
    assert not [each.text("zh") for each in cited if each.standing in {Standing.REGULATION, Standing.BANK_RULE}]


def test_the_kinds_of_sources_are_those_of_the_documents() -> None:
    assert {civil_code("408").standing, personal_information_law("29").standing} == {Standing.LAW}
    assert {measures_2023(verified=True).standing, personal_loans_2024().standing} == {Standing.DEPARTMENTAL_RULE}
    assert {guideline_2007().standing, collateral_2017("18", verified=True).standing, BULK_TRANSFER.standing} == {Standing.NORMATIVE_DOCUMENT}
    assert {RESTRUCTURED_ASSET.standing, STALLED_PROJECTS.standing} == {Standing.RETURN_INSTRUCTION}
    assert COLLECTION.standing is Standing.NATIONAL_STANDARD


def test_a_law_read_in_its_text_is_verified_in_all_and_a_report_of_it_in_its_figure() -> None:
    assert civil_code("408").text("zh").endswith("第408条 · 法律 · 已核对数值、条文号、文字")
    assert POLICY.rule("overdue-90").source.text("zh").endswith("第11条 · 部门规章 · 已核对数值")
    assert POLICY.rule("revaluation-expired").source.text("zh").endswith("第18条 · 规范性文件 · 已核对数值、条文号")


@pytest.mark.parametrize("table", ["signals", "level", "triggers"])
def test_no_signal_or_colour_is_shown_as_law(table: str) -> None:
    assert not [rule.id for rule in POLICY.graph.by_id[table].rules if rule.source.standing.is_binding]


def test_a_signal_of_a_state_that_a_law_names_says_which() -> None:
    assert POLICY.rule("signal-misuse").source.text("zh") == "本规则集建议，所涉情形见民法典（主席令第45号）第673条 · 系统建议值（未经本行批准）"


def test_of_the_guideline_of_2007_two_grounds_of_one_article_were_read_and_the_rest_is_from_memory() -> None:
    assert {rule.id for rule in OLD.grade.rules if rule.source.standing.is_binding and rule.source.verified} == {"bad-debt-elsewhere", "granted-in-breach"}


def test_a_grade_rests_on_a_rule_of_the_regulator_and_a_turnaround_on_nothing_but_our_proposal() -> None:
    assert {rule.source.standing for rule in POLICY.grade.rules} == {Standing.DEPARTMENTAL_RULE}
    assert {rule.source.standing for rule in POLICY.turnaround.rules} == {Standing.PROPOSAL}


@pytest.mark.parametrize("table", ["points", "interval", "first_window", "method", "level", "triggers"])
def test_when_and_how_to_visit_is_never_called_law(table: str) -> None:
    assert not [rule.id for rule in POLICY.graph.by_id[table].rules if rule.source.standing.is_binding]


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
