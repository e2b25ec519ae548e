"""Each measure rests on the right that its source gives: the article, and the facts that its rule has to read for it."""

from __future__ import annotations

from typing import Any, Final

import attrs
import pytest
from hypothesis import given
from tests.rulebooks.loans import POLICY, decide
from tests.rulebooks.loans import case as in_order

from revisit_policy import CaseFile, Decision, Loan, Measure, Rule, cny, facts, testing
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


def strays(rule: Rule, expected: Right) -> set[str]:
    """What a rule misses of its right: the document, the article, or facts that it does not read."""
    document, article = rule.source.document, rule.source.article
    cited = {expected.of: document is not None and expected.of in document.zh, expected.article: article == expected.article}
    return {name for name, is_so in cited.items() if not is_so} | (expected.reads - read_by(rule))


@pytest.mark.parametrize("rule_id", RIGHTS)
def test_a_measure_cites_the_article_of_its_right_and_reads_what_that_asks_for(rule_id: str) -> None:
    assert strays(POLICY.rule(rule_id), RIGHTS[rule_id]) == set()


def test_a_wrong_article_and_a_condition_that_forgets_a_fact_are_found() -> None:
    rule, expected = POLICY.rule("measure-payment-order"), RIGHTS["measure-payment-order"]
    assert strays(attrs.evolve(rule, source=POLICY.rule("measure-realise-security").source), expected) == {"225"}
    assert strays(attrs.evolve(rule, when=facts.days_past_due > 90), expected) == expected.reads - {"days_past_due"}


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
    assert not asks_without_ground(EDITIONS[edition].decide(case, on=ON))


def asks_without_ground(decision: Decision) -> bool:
    """Whether security is asked for though the clause, a fall of the value since the grant, or a thin margin is not established."""
    home, loan = decision.case.collateral, decision.case.loan
    if Measure.ADD_GUARANTEE not in {found.measure for found in decision.measures}:
        return False
    if loan.has_top_up_clause is not True or home.value is None or home.value_at_origination is None:
        return True
    return home.value >= home.value_at_origination or loan.balance.minor * 10 < home.value.minor * 9


def test_security_asked_of_who_pays_is_found() -> None:
    planted = POLICY.replacing(attrs.evolve(POLICY.rule("measure-guarantee-decline"), when=facts.has_top_up_clause.is_true()))
    assert [asks_without_ground(policy.decide(in_order(), on=ON)) for policy in (POLICY, planted)] == [False, True]


@pytest.mark.parametrize("edition", EDITIONS)
@given(case=testing.case_files(on=ON, loan={"days_past_due": 120, "missed_consecutive": 4}))
def test_a_plan_and_enforcement_are_never_both_ordered_nor_an_order_beside_a_suit(edition: str, case: CaseFile) -> None:
    assert ordered_together(EDITIONS[edition].decide(case, on=ON)) == set()


def ordered_together(decision: Decision) -> set[str]:
    """What is ordered though something else that rules it out is, too."""
    told = {found.measure: found for found in decision.measures}
    found: set[str] = {"payment_order"} if {Measure.PAYMENT_ORDER, Measure.LITIGATE} <= set(told) else set()
    if Measure.RESTRUCTURE in told:
        enforced = {Measure.LAWYER_LETTER, Measure.PAYMENT_ORDER, Measure.LITIGATE, Measure.REALISE_SECURITY, Measure.NEGOTIATED_SALE}
        found |= {measure.value for measure in enforced & set(told)}
        found |= {rule for each in told.values() for rule in each.rules if rule == "measure-accelerate-npl"}
    return found


@pytest.mark.parametrize(
    ("rule_id", "together"),
    [
        pytest.param("measure-payment-order", {"payment_order"}, id="an order beside a suit"),
        pytest.param(
            "measure-restructure", {"lawyer_letter", "litigate", "negotiated_sale", "realise_security", "measure-accelerate-npl"}, id="a plan beside enforcement"
        ),
    ],
)
def test_alternatives_that_are_both_ordered_are_found(rule_id: str, together: set[str]) -> None:
    planted = POLICY.replacing(attrs.evolve(POLICY.rule(rule_id), when=facts.days_past_due > 90))
    late = in_order(**LATE)
    assert [ordered_together(policy.decide(late, on=ON)) for policy in (POLICY, planted)] == [set(), together]


@given(case=testing.case_files(on=ON))
def test_what_is_barred_is_never_recommended(case: CaseFile) -> None:
    decision = POLICY.decide(case, on=ON)
    assert {found.measure for found in decision.measures}.isdisjoint(decision.verdicts["barred"].outcome or ())


LATE: Final = {"days_past_due": 200, "missed_consecutive": 7, "missed_total_24m": 7}
SHORTLY: Final = {"days_past_due": 100, "missed_consecutive": 4, "missed_total_24m": 4}
STAGE: Final = {"registration": "pre_registered", "property_type": "off_plan", "registrable_since": "2026-06-01", "has_developer_guarantee": True, "has_guarantor": True}

#: Facts under which a rule holds, and beside it each fact that takes the right away by itself.
HOLDS: Final[dict[str, tuple[dict[str, Any], tuple[dict[str, Any], ...]]]] = {
    "measure-stop-drawing-misuse": ({"misuse_of_funds": True, "undrawn": cny(1)}, ({"misuse_of_funds": False}, {"undrawn": cny(0)})),
    "measure-accelerate-misuse": ({"misuse_of_funds": True, "has_acceleration_clause": False}, ({"misuse_of_funds": False},)),
    "measure-rescind-misuse": ({"misuse_of_funds": True}, ({"misuse_of_funds": False},)),
    "measure-demand-restoration": ({"damaged_by_owner": True}, ({"damaged_by_owner": False},)),
    "measure-accelerate-damage": ({"damaged_by_owner": True, "has_acceleration_clause": False}, ({"damaged_by_owner": False},)),
    "measure-complete-registration": (
        {"registration": "none", "property_type": "off_plan", "registrable_since": "2025-06-01"}, ({"registration": "registered"}, {"registrable_since": "2026-06-01"}),
    ),
    "measure-call-guarantee": (
        LATE | {"has_guarantor": True, "guarantee_until": "2027-01-31"},
        ({"has_guarantor": False, "guarantee_until": None}, {"guarantee_until": "2026-06-14"}, {"days_past_due": 0, "missed_consecutive": 0, "missed_total_24m": 0}),
    ),
    "measure-payment-order": (
        SHORTLY, ({"lost_contact": True}, {"failed_contact_attempts": 3}, {"misuse_of_funds": True}, {"debt_evasion": True}, LATE, {"days_past_due": 0, "missed_consecutive": 0}),
    ),
    "measure-realise-security": (LATE, ({"registration": "none"}, {"days_past_due": 0, "missed_consecutive": 0})),
    "measure-negotiated-sale": (LATE, ({"registration": "none"}, {"lost_contact": True})),
    "measure-claim-developer-stage": (LATE | STAGE, ({"has_developer_guarantee": False}, {"registration": "registered"})),
    "measure-rescind-purchase": ({"purchase_rescinded": True}, ({"purchase_rescinded": False},)),
    "measure-claim-developer-purchase": ({"purchase_rescinded": True}, ({"purchase_rescinded": False},)),
    "measure-verify-heirs": ({"deceased": True}, ({"deceased": False},)),
    "measure-guarantor-consent": ({"has_guarantor": True, "employment": "unemployed", "monthly_income": cny(3_000)}, ({"has_guarantor": False},)),
    "measure-tell-before-reporting": (
        {"days_past_due": 1, "missed_consecutive": 1, "missed_total_24m": 1, "technical_cause_proved": False},
        ({"technical_cause_proved": True}, {"days_past_due": 0, "missed_consecutive": 0, "missed_total_24m": 0, "technical_cause_proved": None}),
    ),
    "measure-revalue-due": ({"valued_on": "2024-12-20"}, ({"valued_on": "2026-05-01"},)),
}  # fmt: skip


def fired(changes: dict[str, Any]) -> set[str]:
    verdict = decide(str(ON), **changes).verdicts["measures"]
    return set(verdict.fired)


@pytest.mark.parametrize("rule_id", RIGHTS)
def test_a_right_holds_where_its_article_says_and_ends_with_each_fact_that_the_article_asks_for(rule_id: str) -> None:
    facts_of, denied = HOLDS[rule_id]
    assert rule_id in fired(facts_of)
    assert [change for change in denied if rule_id in fired(facts_of | change)] == []


@pytest.mark.parametrize("rule_id", CLAUSES)
def test_a_clause_that_an_integrator_left_out_is_unknown_and_takes_the_right_until_it_is_read(rule_id: str) -> None:
    name = CLAUSES[rule_id].name
    assert attrs.fields_dict(Loan)[name].default is None
    seen = POLICY.rule(rule_id).when
    assert any(compared.fact == CLAUSES[rule_id] and compared == CLAUSES[rule_id].is_true() for compared in comparisons(seen))
