"""Each measure rests on the right that its source gives: the article, and the facts that its rule has to read for it."""

from __future__ import annotations

from typing import Final

import attrs
import pytest
from hypothesis import given
from tests.rulebooks.loans import POLICY

from revisit_policy import CaseFile, Measure, Rule, facts, testing
from revisit_policy.language.condition import comparisons
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values.dates import Date

ON: Final = Date(2026, 6, 15)
EDITIONS: Final = {"measures of 2023": POLICY, "guideline of 2007": cn_housing.policy_2007()}


@attrs.frozen
class Right:
    """The article that gives it, by its number in a source whose title has *of* in it, and what its rule reads."""

    of: str
    article: str
    reads: frozenset[str]


def right(of: str, article: str, *reads: str) -> Right:
    return Right(of, article, frozenset(reads))


RIGHTS: Final = {
    "measure-stop-drawing-misuse": right("民法典", "673", "misuse_of_funds", "undrawn"),
    "measure-accelerate-misuse": right("民法典", "673", "misuse_of_funds"),
    "measure-rescind-misuse": right("民法典", "673", "misuse_of_funds"),
    "measure-demand-restoration": right("民法典", "408", "collateral_damaged"),
    "measure-accelerate-damage": right("民法典", "408", "collateral_damaged"),
    "measure-complete-registration": right("民法典", "221", "registration_state", "days_since_registrable"),
    "measure-call-guarantee": right("民法典", "692, 693", "has_guarantor", "days_since_guarantee_ended", "days_past_due"),
    "measure-guarantor-consent": right("民法典", "695", "has_guarantor"),
    "measure-verify-heirs": right("民法典", "1161", "deceased"),
    "measure-payment-order": right("民事诉讼法", "225", "days_past_due", "lost_contact", "failed_contacts", "misuse_of_funds", "debt_evasion", "missed_consecutive"),
    "measure-realise-security": right("民事诉讼法", "207-208", "registration_state", "days_past_due"),
    "measure-negotiated-sale": right("民法典", "410", "registration_state", "lost_contact", "days_past_due"),
    "measure-claim-developer-stage": right("商品房买卖合同", "22, 23", "has_developer_guarantee", "registration_state"),
    "measure-rescind-purchase": right("商品房买卖合同", "20, 21", "purchase_rescinded"),
    "measure-claim-developer-purchase": right("商品房买卖合同", "21", "purchase_rescinded"),
    "measure-tell-before-reporting": right("征信业管理条例", "15", "days_past_due", "technical_cause_proved"),
    "measure-revalue-due": right("押品管理指引", "18", "months_begun_since_valuation"),
}

#: Rules that rest on the contract read its clause.
CLAUSES: Final = {
    "measure-accelerate-npl": facts.has_acceleration_clause,
    "measure-accelerate-evasion": facts.has_acceleration_clause,
    "measure-accelerate-seizure": facts.has_acceleration_clause,
    "measure-guarantee-decline": facts.has_top_up_clause,
}


def read_by(rule: Rule) -> set[str]:
    """The facts that a rule of measures reads, those of the signals that it asks for included."""
    found = set()
    for compared in comparisons(rule.when):
        if compared.fact == POLICY.signals.outcome:
            asked = set(getattr(compared, "elements", ()))
            found |= {name for signal in POLICY.signals.rules if signal.then in asked for name in read_by(signal)}
        else:
            found.add(compared.fact.name)
    return found


@pytest.mark.parametrize("rule_id", RIGHTS)
def test_a_measure_cites_the_article_of_its_right_and_reads_what_that_asks_for(rule_id: str) -> None:
    rule, expected = POLICY.rule(rule_id), RIGHTS[rule_id]
    assert rule.source.document is not None
    assert expected.of in rule.source.document.zh
    assert rule.source.article == expected.article
    assert expected.reads <= read_by(rule)


def test_every_measure_that_cites_what_binds_is_in_the_table() -> None:
    bound = {rule.id for rule in POLICY.measures.rules if rule.source.standing.is_binding and rule.id.startswith("measure-")}
    assert bound - set(RIGHTS) == {"measure-report-stalled"}  # a return, and no right


def test_whoever_recalls_or_asks_for_security_reads_the_clause_unless_the_law_gives_the_right() -> None:
    by_law = {"measure-accelerate-misuse", "measure-accelerate-damage"}
    asking = {rule.id for rule in POLICY.measures.rules if rule.then in {Measure.ACCELERATE, Measure.ADD_GUARANTEE}}
    assert asking - by_law == set(CLAUSES)
    assert all(clause.name in read_by(POLICY.rule(rule_id)) for rule_id, clause in CLAUSES.items())


@pytest.mark.parametrize("edition", EDITIONS)
@given(case=testing.case_files(on=ON))
def test_nobody_is_asked_for_security_unless_the_value_has_fallen_as_the_clause_says(edition: str, case: CaseFile) -> None:
    decision = EDITIONS[edition].decide(case, on=ON)
    if Measure.ADD_GUARANTEE not in {found.measure for found in decision.measures}:
        return
    home = case.collateral
    assert case.loan.has_top_up_clause is True
    assert home.value is not None
    assert home.value_at_origination is not None
    assert home.value < home.value_at_origination
    assert case.loan.balance.minor * 10 >= home.value.minor * 9


@pytest.mark.parametrize("edition", EDITIONS)
@given(case=testing.case_files(on=ON, loan={"days_past_due": 120, "missed_consecutive": 4}))
def test_a_plan_and_enforcement_are_never_both_ordered_nor_an_order_beside_a_suit(edition: str, case: CaseFile) -> None:
    decision = EDITIONS[edition].decide(case, on=ON)
    told = {found.measure for found in decision.measures}
    rules = {rule for found in decision.measures for rule in found.rules}
    assert not {Measure.PAYMENT_ORDER, Measure.LITIGATE} <= told
    if Measure.RESTRUCTURE in told:
        assert told.isdisjoint({Measure.LAWYER_LETTER, Measure.PAYMENT_ORDER, Measure.LITIGATE, Measure.REALISE_SECURITY, Measure.NEGOTIATED_SALE})
        assert "measure-accelerate-npl" not in rules


@given(case=testing.case_files(on=ON))
def test_what_is_barred_is_never_recommended(case: CaseFile) -> None:
    decision = POLICY.decide(case, on=ON)
    assert {found.measure for found in decision.measures}.isdisjoint(decision.verdicts["barred"].outcome or ())
