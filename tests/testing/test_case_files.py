"""Case files as they are drawn: valid on their day, realistic, narrowed by keyword, simple when they fail."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import revisit_policy
from revisit_policy import BorrowerProfile, CaseFile, Collateral, InvalidInputError, Loan, MarketConditions, UnknownNameError, Visit, cny
from revisit_policy.casefile.loan import Repayment
from revisit_policy.testing import borrowers, case_files, collaterals, loans, markets, portfolios, visits
from revisit_policy.values.dates import Date, add_months, months_elapsed

ON = Date(2026, 6, 30)
FOUND = settings(database=None, deadline=None, max_examples=1000, derandomize=True, suppress_health_check=list(HealthCheck))
untimed = settings(suppress_health_check=[HealthCheck.too_slow])


@untimed
@given(st.sampled_from(("2015-01-31", "2024-02-29", "2026-06-30", "2031-12-31")).flatmap(lambda on: st.tuples(st.just(on), case_files(on=on))))
def test_a_case_file_can_be_judged_on_its_day(drawn: tuple[str, CaseFile]) -> None:
    on, case = drawn
    case.check(Date.fromisoformat(on))
    assert all(visit.completed_on >= case.loan.disbursed_on for visit in case.visits)


@untimed
@given(loans())
def test_the_balance_of_a_loan_is_what_its_repayment_leaves(loan: Loan) -> None:
    assert loan.disbursed_on <= ON < add_months(loan.disbursed_on, loan.term_months)
    elapsed = months_elapsed(loan.disbursed_on, ON)
    if loan.repayment in {Repayment.INTEREST_FIRST, Repayment.BULLET} or elapsed == 0:
        assert loan.balance == loan.principal
    else:
        assert loan.balance < loan.principal
    if loan.repayment is Repayment.LEVEL_PRINCIPAL:
        assert abs(loan.balance.minor * loan.term_months - loan.principal.minor * (loan.term_months - elapsed)) <= loan.term_months


@untimed
@given(loans())
def test_a_loan_in_arrears_has_missed_the_periods_that_its_arrears_make(loan: Loan) -> None:
    counted = loan.days_past_due_on(loan.arrears_as_of or ON)
    assert counted <= loan.days_past_due_on(ON) <= (ON - loan.disbursed_on).days
    if loan.missed_consecutive is not None:
        assert (loan.missed_consecutive - 1) * 30 < counted <= loan.missed_consecutive * 30 or counted == loan.missed_consecutive == 0
        assert loan.missed_total_24m is None or loan.missed_total_24m >= loan.missed_consecutive


@pytest.mark.parametrize(
    ("strategy", "is_found"),
    [
        (loans(), lambda loan: loan.days_past_due > 90),
        (loans(), lambda loan: loan.impaired and loan.ecl is not None and loan.ecl.minor * 2 == loan.carrying_amount.minor),
        (loans(), lambda loan: loan.misuse_of_funds is None),
        (borrowers(), lambda borrower: borrower.monthly_income is None),
        (borrowers(), lambda borrower: borrower.bankruptcy),
        (collaterals(), lambda collateral: collateral.value is not None and collateral.value.minor == 0),
        (collaterals(), lambda collateral: collateral.seized),
        (markets(), lambda market: market.price_change_12m is not None and market.price_change_12m * 10 == -1),
        (visits(), lambda visit: not visit.finding.reached_borrower),
    ],
    ids=[
        "over 90 days late", "half is lost", "a register nobody searched", "no income on file", "bankrupt", "worth nothing", "seized",
        "prices fell by ten per cent", "nobody reached",
    ],
)
def test_what_policies_ask_about_is_met(strategy: Any, is_found: Any) -> None:
    assert is_found(find(strategy, is_found, settings=FOUND))


def test_the_simplest_case_is_a_loan_in_order() -> None:
    case = find(case_files(), lambda case: case is not None, settings=FOUND)
    loan = case.loan
    assert (loan.loan_no, loan.principal, loan.days_past_due, loan.misuse_of_funds) == ("L-000001", cny(200_000), 0, False)
    assert (case.borrower.id, case.visits, case.collateral.seized) == ("B-000001", (), False)


@untimed
@given(
    case_files(
        on="2026-06-30", loan={"days_past_due": 91, "disbursed_on": "2024-03-01"}, borrower={"employment": "unemployed"}, collateral={"seized": True},
        market={"region": "Beijing"}, most_visits=0,
    )
)
def test_given_fields_are_the_same_in_every_case(case: CaseFile) -> None:
    assert (case.loan.days_past_due, case.loan.disbursed_on, case.visits) == (91, Date(2024, 3, 1), ())
    assert (case.borrower.employment, case.collateral.seized, case.market.region) == (BorrowerProfile("b", employment="unemployed").employment, True, "Beijing")


@settings(untimed, max_examples=25)
@given(portfolios(least=2, most=5, loan={"product": "first_home"}))
def test_no_two_loans_of_a_portfolio_have_one_number(portfolio: tuple[CaseFile, ...]) -> None:
    numbers = [case.loan.loan_no for case in portfolio]
    assert 2 <= len(numbers) == len(set(numbers)) <= 5


@untimed
@given(visits(since="2026-06-01", kind="first"))
def test_visits_lie_between_their_days(visit: Visit) -> None:
    assert Date(2026, 6, 1) <= visit.completed_on <= ON
    assert visit.kind.value == "first"


def test_fields_that_contradict_one_another_are_refused_with_their_names() -> None:
    with pytest.raises(InvalidInputError, match="`Loan\\.balance` must be at most `principal`"):
        find(loans(principal=cny(1), balance=cny(2)), lambda loan: loan is not None, settings=FOUND)


def test_a_field_that_no_loan_has_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="unknown field of Loan `days_pastdue`, did you mean `days_past_due`"):
        loans(days_pastdue=1)


def test_a_value_that_no_loan_takes_is_refused_before_a_loan_is_drawn() -> None:
    with pytest.raises(InvalidInputError, match=r"`Loan\.days_past_due` must be .*, got `'late'`"):
        case_files(loan={"days_past_due": "late"})


PUBLIC = [kind for name in revisit_policy.__all__ if isinstance(kind := getattr(revisit_policy, name), type) and attrs.has(kind)]

#: Of these there are few, because they are those of the shipped rulebook, or because there are no more.
FEW = {revisit_policy.AtNextVisit: 1, revisit_policy.Rulebook: 1, revisit_policy.Edition: 2, revisit_policy.RevisitPolicy: 2, revisit_policy.Score: 2}

#: Cross-checks that no field knows of keep hypothesis from building these field by field; they are drawn whole.
BUILT = [Loan, BorrowerProfile, Collateral, MarketConditions, Visit, CaseFile, revisit_policy.Event, revisit_policy.Recommendation, revisit_policy.Signal]


@pytest.mark.parametrize("kind", [Date, *PUBLIC])
def test_every_public_value_is_drawn_by_its_type_alone_valid_and_varied(kind: type) -> None:
    seen: dict[str, object] = {}

    @settings(FOUND, max_examples=20, phases=[Phase.generate])
    @given(st.from_type(kind))
    def draw(value: object) -> None:
        seen[repr(value)] = value

    draw()
    assert {type(value) for value in seen.values()} == {kind}
    assert len(seen) >= FEW.get(kind, 3)


#: How late a loan is stands in one field or in another, so that neither is known to be needed.
GIVEN: dict[type, dict[str, st.SearchStrategy[Any]]] = {Loan: {"days_past_due": st.sampled_from([0, 5, 40])}}


@pytest.mark.parametrize("kind", BUILT)
def test_what_a_bank_has_on_file_is_built_field_by_field(kind: type) -> None:
    seen: dict[str, object] = {}

    @settings(FOUND, max_examples=100, phases=[Phase.generate])
    @given(st.builds(kind, **GIVEN.get(kind, {})))
    def draw(value: object) -> None:
        seen[repr(value)] = value

    draw()
    assert {type(value) for value in seen.values()} == {kind}


@settings(untimed, max_examples=100)
@given(st.builds(Loan, days_past_due=st.just(91)), st.builds(Visit))
def test_a_field_may_be_given_and_the_rest_is_drawn(loan: Loan, visit: Visit) -> None:
    assert (loan.days_past_due, type(visit)) == (91, Visit)


def test_what_hypothesis_is_told_brings_in_no_room_for_testing() -> None:
    code = "import sys, hypothesis; print('revisit_policy.testing' in sys.modules, 'revisit_policy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
