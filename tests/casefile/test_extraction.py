"""The facts that rules read are the facts that a person would read from the same case file."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from tests.casefile import files
from tests.casefile.plain_reading import facts_of
from tests.casefile.strategies import ON, case_files

from revisit_policy.casefile import facts
from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.language.extraction.extraction import Extraction
from revisit_policy.language.snapshot import Snapshot, snapshot_of
from revisit_policy.values.dates import Date
from revisit_policy.values.money import Money, cny

#: As a graph of one currency reads them.
READ = tuple(fact.in_currency("CNY") for fact in facts.CATALOGUE if fact.name not in {"visit_kind", "score"})
EXTRACTION = Extraction(READ)


def read(case: CaseFile, on: Date = ON) -> Snapshot:
    return EXTRACTION.snapshot(case, on=on, supplied={})


def fields_of(error: InvalidInputError) -> list[str]:
    return [fault.field for fault in error.exceptions if isinstance(fault, InvalidValueError)]


def held(value: Any) -> Any:
    return float(value) if isinstance(value, Fraction) else value


@given(case_files)
def test_the_facts_of_a_case_file_are_a_plain_reading_of_it(case: CaseFile) -> None:
    snapshot = read(case)
    assert {name: snapshot[name] for name in snapshot} == {name: held(value) for name, value in facts_of(case, ON).items()}


@given(case_files)
def test_keyword_facts_and_the_facts_of_a_case_file_are_the_same(case: CaseFile) -> None:
    assert snapshot_of(READ, facts_of(case, ON)) == read(case)


@given(case_files)
def test_every_case_file_that_can_be_judged_has_facts(case: CaseFile) -> None:
    case.check(ON)
    assert len(read(case)) == len(READ)


def test_a_full_case_file_reads_as_a_person_reads_it() -> None:
    snapshot = read(files.FULL)
    told = {name: snapshot[name] for name in ("months_on_book", "remaining_months", "days_since_valuation", "months_begun_since_valuation")}
    assert told == {"months_on_book": 32, "remaining_months": 340, "days_since_valuation": 266, "months_begun_since_valuation": 9}
    assert snapshot["ltv_now"] == 1_455_000 / 2_450_000
    assert snapshot["housing_dsr"] == 838_259 / 2_450_000
    assert snapshot["down_payment_ratio"] == 8 / 26


@pytest.mark.parametrize(
    ("case", "name", "value"),
    [
        pytest.param(files.case(collateral=files.collateral(value=cny(0))), "ltv_now", 2e12, id="a home that is worth nothing secures nothing"),
        pytest.param(files.case(collateral=files.collateral(value=cny("0.01"))), "ltv_now", 145_500_000.0, id="a home booked at one fen"),
        pytest.param(files.case(borrower=files.borrower(monthly_income=cny(0))), "total_dsr", 2e12, id="debt without income cannot be served"),
        pytest.param(files.case(borrower=files.borrower(monthly_income=cny(0))), "income_change", -1.0, id="all income lost"),
        pytest.param(files.case(borrower=files.borrower(income_at_last_review=cny(0))), "income_change", None, id="a change from no income has no size"),
        pytest.param(files.case(loan=files.loan(ecl=cny(0), carrying_amount=cny(0))), "ecl_ratio", None, id="no loss on nothing has no ratio"),
        pytest.param(files.case(loan=files.loan(term_months=12)), "remaining_months", -20, id="a loan past its term"),
    ],
)  # fmt: skip
def test_the_edges_of_a_fact(case: CaseFile, name: str, value: Any) -> None:
    assert read(case)[name] == value


def test_a_case_file_in_another_currency_is_refused_by_every_amount_that_rules_compare() -> None:
    dollars = files.loan(principal=Money.of(2, "USD"), balance=Money.of(1, "USD"))
    with pytest.raises(InvalidInputError) as refused:
        read(files.case(loan=dollars, borrower=files.borrower(monthly_income=None, income_at_last_review=None, monthly_debt_service=None)))
    assert fields_of(refused.value) == ["principal", "balance"]


def test_two_facts_outside_their_domains_come_together_under_their_own_names() -> None:
    with pytest.raises(InvalidInputError) as refused:
        read(files.case(collateral=files.collateral()), on=Date(2023, 1, 1))
    assert fields_of(refused.value) == ["months_on_book", "days_since_valuation", "months_begun_since_valuation"]
