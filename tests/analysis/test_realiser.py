"""Witness case files: read like any other, they have the facts that the finding needs."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.language.loan_facts import HOUSE, WHY

from revisit_policy import CaseFile, DecisionGraph, Fold, Rule, Table, analysis, cny, facts
from revisit_policy.analysis.examples.draft import Draft
from revisit_policy.analysis.examples.realiser import EXAMPLE_DAY
from revisit_policy.analysis.space.space import Space
from revisit_policy.analysis.study import Study
from revisit_policy.casefile.fact_relations import ALWAYS_KNOWN
from revisit_policy.casefile.facts import CATALOGUE
from revisit_policy.casefile.loan import Repayment
from revisit_policy.language.condition import Condition, all_of
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.flags import Flags
from revisit_policy.language.fact import Fact
from revisit_policy.language.period import DECISION_DAY

LIMITS: dict[Fact, tuple[Any, ...]] = {
    facts.days_past_due: (0, 30, 90),
    facts.ltv_now: ("0.70", "1"),
    facts.ltv_at_origination: ("0.70", "0.80"),
    facts.total_dsr: ("0.50", "0.55"),
    facts.housing_dsr: ("0.50",),
    facts.income_change: ("-0.30", "0"),
    facts.ecl_ratio: ("0.50", "0.90"),
    facts.down_payment_ratio: ("0.15", "0.20"),
    facts.months_on_book: (12, 60),
    facts.remaining_months: (6, 120),
    facts.term_months: (120, 240),
    facts.months_begun_since_valuation: (12,),
    facts.days_since_registrable: (90,),
    facts.price_change_12m: ("-0.10",),
    facts.principal: (cny(2_500_000),),
    facts.missed_consecutive: (3,),
    facts.disbursed_on: ("2010-02-12", "2024-07-01"),
    facts.signed_on: ("2015-03-30",),
    DECISION_DAY: ("2023-07-01", "2024-07-01"),
}


def of_one(fact: Fact) -> list[Condition]:
    """Conditions on one fact."""
    match fact.domain:
        case Flags():
            return [fact.is_true(), fact.is_false()]
        case Choices(items):
            return [fact.is_in(item) for item in items]
        case _:
            return [comparison for limit in LIMITS.get(fact, ()) if limit is not None for comparison in (fact > limit, fact <= limit)]


SUPPLIED = {"score", "visit_kind"}
ASKED = tuple(condition for fact in CATALOGUE if fact.name not in SUPPLIED for condition in of_one(fact))
DATED = tuple(of_one(DECISION_DAY))


def table(*conditions: Condition) -> Table:
    rules = tuple(Rule(f"r{at}", when=condition, then="yes", because=WHY, source=HOUSE) for at, condition in enumerate(conditions))
    return Table("asked", outcomes=("no", "yes"), fold=Fold.WORST, rules=rules, otherwise="no", label=WHY)


def shown(condition: Condition) -> Any:
    """The witness of a case for which *condition* holds; None if it is proved that there is none."""
    asked = analysis.can(table(condition), "yes")
    if asked.is_proved:
        return None
    return (*asked.findings, *asked.abstract)[0].witness


@pytest.mark.parametrize("condition", ASKED, ids=repr)
def test_every_comparison_of_a_fact_of_the_catalogue_is_shown_by_a_case_file(condition: Condition) -> None:
    witness = shown(condition)
    assert isinstance(witness.case, CaseFile)
    assert decided(condition, witness) == "yes"


def decided(condition: Condition, witness: Any) -> object:
    graph = DecisionGraph((table(condition),))
    return graph.decide(witness.case, on=witness.on, supplied=dict(witness.supplied))["asked"].outcome


@given(st.lists(st.sampled_from((*ASKED, *DATED)), min_size=2, max_size=5, unique_by=lambda condition: repr(condition).split(" ", maxsplit=1)[0].split(".")[0]))
def test_a_case_file_for_several_comparisons_has_them_all_or_is_called_abstract(asked: list[Condition]) -> None:
    witness = shown(all_of(*asked))
    if witness is not None and not witness.is_abstract:
        assert decided(all_of(*asked), witness) == "yes"


COMBINED = [
    pytest.param((facts.ltv_now > "1") & (facts.ltv_at_origination <= "0.70"), id="a fallen value, two ratios of one loan"),
    pytest.param((facts.total_dsr > "0.55") & (facts.housing_dsr <= "0.50") & (facts.income_change <= "-0.30"), id="three ratios of one income"),
    pytest.param((facts.months_on_book <= 12) & (facts.remaining_months <= 6), id="a short term"),
    pytest.param((facts.months_on_book > 60) & (facts.remaining_months > 120) & (facts.term_months <= 120), id="an extended term"),
    pytest.param(facts.restructured.is_true() & facts.in_observation.is_false(), id="restructured long ago"),
    pytest.param((facts.determined_grade >= "substandard") & (facts.days_past_due <= 0), id="cured"),
    pytest.param((facts.disbursed_on > "2024-07-01") & (facts.signed_on <= "2015-03-30"), id="signed long before disbursement"),
    pytest.param((DECISION_DAY < "2023-07-01") & (facts.disbursed_on >= "2010-02-12"), id="an earlier decision day"),
    pytest.param((facts.score > 700) & (facts.days_past_due > 30), id="a supplied fact beside one of the case file"),
]


@pytest.mark.parametrize("condition", COMBINED)
def test_facts_that_share_fields_are_shown_together(condition: Condition) -> None:
    witness = shown(condition)
    assert witness.case is not None
    assert decided(condition, witness) == "yes"


NEVER = [
    pytest.param((facts.housing_dsr > "0.55") & (facts.total_dsr <= "0.50"), id="more for housing than for everything"),
    pytest.param(facts.in_observation.is_true() & facts.restructured.is_false(), id="under observation without a restructuring"),
    pytest.param((facts.months_on_book <= 12) & (facts.remaining_months <= 6) & (facts.term_months > 120), id="a term that is nowhere"),
    pytest.param((DECISION_DAY < "2023-07-01") & (facts.disbursed_on >= "2024-07-01"), id="judged before it was paid out"),
    pytest.param((facts.signed_on > "2015-03-30") & (facts.disbursed_on < "2010-02-12"), id="signed after it was paid out"),
]


@pytest.mark.parametrize("condition", NEVER)
def test_what_no_case_file_can_have_is_proved_not_to_happen(condition: Condition) -> None:
    assert analysis.can(table(condition), "yes").is_proved


def test_a_finding_that_no_case_file_shows_stands_apart_and_proves_nothing() -> None:
    same = Fact.ratio("same_ltv", low="0", high="10", label=WHY, derived=facts.ltv_now.derived)  # two facts of one meaning
    asked = analysis.can(table((facts.ltv_now > "1") & (same < "0.50")), "yes")
    assert not asked.is_proved
    assert asked.findings == ()
    assert [finding.witness.is_abstract for finding in asked.abstract] == [True]
    assert "No case file was found that shows the following" in asked.explain("en")
    assert "下列情形未找到对应的案例" in asked.to_markdown("zh")


def test_facts_that_are_not_made_from_case_files_need_none() -> None:
    own = Fact.count("own", low=0, high=9, label=WHY)
    witness = shown(own > 3)
    assert (witness.case, witness.is_abstract, witness.facts) == (None, False, {"own": 4})


def test_what_every_case_file_tells_is_not_asked_about_as_missing() -> None:
    study = Study.of(table(facts.days_past_due > 30, facts.ltv_now > 1), missing=True)
    assert [axis.fact.name for axis in study.space.axes if axis.can_be_missing] == ["ltv_now"]
    named = Space.of(study.graphs, missing=("days_past_due",))
    assert [axis.fact.name for axis in named.axes if axis.can_be_missing] == ["days_past_due"]


@pytest.mark.parametrize("fact", [fact for fact in CATALOGUE if fact.name not in SUPPLIED], ids=lambda fact: fact.name)
def test_every_fact_that_can_be_unknown_is_shown_unknown(fact: Fact) -> None:
    asked = analysis.can(table(fact.is_missing()), fact.is_missing(), missing=True)
    assert asked.is_proved == (fact in ALWAYS_KNOWN)
    if not asked.is_proved:
        assert asked.findings[0].witness.facts == {fact.name: None}


RECORDS: dict[str, dict[str, Any]] = {
    "61 days past due": {"loan.days_past_due": 61},
    "past due for longer than a year": {"loan.days_past_due": 700},
    "six periods missed in a row": {"loan.missed_consecutive": 6},
    "61 days past due and no period missed": {"loan.days_past_due": 61, "loan.missed_consecutive": 0},
    "more missed in a row than in all": {"loan.missed_consecutive": 6, "loan.missed_total_24m": 2},
    "clean for five years": {"loan.months_clean_since_cure": 60},
}


@pytest.mark.parametrize("fields", RECORDS.values(), ids=RECORDS)
def test_an_example_is_a_loan_that_a_bank_can_have(fields: dict[str, Any]) -> None:
    draft = Draft(EXAMPLE_DAY, "CNY")
    draft.fields |= fields
    case = draft.case_file()
    case.check(EXAMPLE_DAY)
    assert {path: getattr(case.loan, path.removeprefix("loan.")) for path in fields} == fields
    is_late, missed = case.loan.days_past_due_on(EXAMPLE_DAY) > 31, case.loan.missed_consecutive
    assert missed or not is_late or case.loan.repayment is Repayment.INTEREST_FIRST
