"""What is not known, fact by fact: what it establishes, what it leaves possible, and what it never does."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.rulebooks.loans import FIRST, case, decide, upcoming

from revisit_policy import Decision, Grade, Level, Measure, SignalCode, Visit, VisitKind, cny
from revisit_policy.casefile import facts as catalogue
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values.labels import Labelled

VISITED = (FIRST, Visit(kind="periodic", method="on_site", completed_on="2025-05-12", finding="satisfactory"))
ON = "2025-06-30"
VALUED = {"visits": VISITED, "valued_on": "2025-06-02"}

#: A loan in order that has hardly any points.
BEST = {**VALUED, "credit_standing": "excellent"}

#: A loan that is visited once a year, and with another point would be twice: good standing, a second home, a long term, a margin of 30 per cent.
NEARLY = {**VALUED, "credit_standing": "good", "product": "second_home", "balance": cny(770_000), "value": cny(1_100_000), "value_at_origination": cny(1_400_000)}


def asked(decision: Decision) -> set[str]:
    return {item.en.removeprefix("find out: ") for item in decision.gaps}


def codes(decision: Decision) -> set[Labelled]:
    return {signal.code for signal in decision.signals}


def against(decision: Decision) -> list[Labelled]:
    return [found.measure for found in decision.measures if isinstance(found.measure, Measure) and found.measure.is_against_borrower]


def test_a_loan_of_which_everything_is_known_earns_twelve_months() -> None:
    decision = decide(ON, **BEST)
    assert (decision.interval_months, decision.level, decision.gaps) == (12, Level.NONE, ())


@attrs.frozen
class Unknown:
    fields: tuple[str, ...]
    months: int
    items: frozenset[str]


def unknown(*fields: str, months: int, items: tuple[str, ...]) -> Unknown:
    return Unknown(fields, months, frozenset(items))


PRICES = "change of home prices in 12 months"
INCOME = ("housing debt-service ratio", "income change since the last review", "total debt-service ratio")
UNKNOWN = {
    "missed periods may be as many as count": unknown("missed_consecutive", "missed_total_24m", months=6, items=("consecutive missed periods", "missed periods in 24 months")),
    "late payments may be too many": unknown("delays_over_5_days_12m", months=6, items=("payments over five days late in 12 months",)),
    "standing may be poor": unknown("credit_standing", months=6, items=("credit standing",)),
    "prices may have fallen": unknown("price_change_12m", months=6, items=(PRICES,)),
    "debts may take too much of an unknown income": unknown("monthly_income", "income_at_last_review", months=6, items=INCOME),
    "unknown debts may be too much": unknown("monthly_debt_service", "property_fee", "instalment", months=6, items=("housing debt-service ratio", "total debt-service ratio")),
    "volatility is asked for where a valuation rests on it": unknown("price_volatility", months=12, items=()),
    "employment is asked for": unknown("employment", months=12, items=("employment",)),
}


@pytest.mark.parametrize("row", UNKNOWN.values(), ids=UNKNOWN)
def test_a_measurement_that_nobody_made_shortens_at_most_and_puts_an_item_on_the_next_visit(row: Unknown) -> None:
    decision = decide(ON, **(NEARLY | dict.fromkeys(row.fields)))
    assert decision.interval_months == row.months
    assert decide(ON, **(BEST | dict.fromkeys(row.fields))).interval_months == 12
    assert row.items <= asked(decision)
    assert set(decision.gaps) <= set(upcoming(decision).checklist)
    assert (decision.grade, decision.grade_at_worst, decision.level) == (Grade.NORMAL, Grade.NORMAL, Level.NONE)
    assert not [visit for visit in decision.schedule.all if VisitKind.TRIGGERED in visit.serves]
    assert [found.measure for found in decision.measures] == [Measure.MONITOR]


REGISTERS = [
    "misuse_of_funds", "refinanced", "impaired", "in_observation", "restructured_again", "debt_evasion", "bankruptcy", "seized", "project_stalled",
    "damaged_by_owner", "deceased", "other_bad_debt", "failed_contact_attempts", "lost_contact", "determined",
]


@pytest.mark.parametrize("register", REGISTERS)
def test_a_register_that_nobody_searched_is_asked_for_and_establishes_nothing(register: str) -> None:
    decision = decide(ON, **(BEST | {register: None}))
    assert (decision.grade, decision.level, against(decision)) == (Grade.NORMAL, Level.NONE, [])
    assert decision.gaps
    assert not [visit for visit in decision.schedule.all if VisitKind.TRIGGERED in visit.serves]


@pytest.mark.parametrize("fields", [("value",), ("valued_on",), ("value", "valued_on")], ids=" and ".join)
def test_a_missing_valuation_is_due_within_ten_working_days_and_caps_the_interval(fields: tuple[str, ...]) -> None:
    decision = decide(ON, **(BEST | dict.fromkeys(fields)))
    assert codes(decision) == {SignalCode.REVALUATION_DUE}
    assert [found.measure for found in decision.measures] == [Measure.MONITOR, Measure.REVALUE]
    visit = upcoming(decision)
    assert (visit.kind, str(visit.window.closes)) == (VisitKind.REVALUATION, "2025-07-14")
    assert decision.interval_months == (12 if fields == ("valued_on",) else 6)
    assert decide(ON, **(NEARLY | {"valued_on": None})).interval_months == 12


def test_arrears_are_in_earnest_until_a_technical_cause_is_proved() -> None:
    for proved, grade, signals in ((None, Grade.SPECIAL_MENTION, {SignalCode.ARREARS}), (False, Grade.SPECIAL_MENTION, {SignalCode.ARREARS}), (True, Grade.NORMAL, set())):
        decision = decide(ON, **(VALUED | {"days_past_due": 3, "technical_cause_proved": proved}))
        assert decision.grade is grade
        assert codes(decision) == signals
        assert bool([visit for visit in decision.schedule.all if VisitKind.TRIGGERED in visit.serves]) is bool(signals)


def test_nothing_is_collected_while_nobody_has_looked_for_a_technical_cause() -> None:
    decision = decide(ON, **(VALUED | {"days_past_due": 3, "technical_cause_proved": None}))
    assert [found.measure for found in decision.measures] == [Measure.VERIFY]
    assert "technical cause of the arrears proved" in asked(decision)
    searched = decide(ON, **(VALUED | {"days_past_due": 3, "technical_cause_proved": False}))
    assert {Measure.REMIND, Measure.COLLECT} <= {found.measure for found in searched.measures}


def test_losses_matter_only_to_an_impaired_loan() -> None:
    assert "expected credit loss ratio" not in asked(decide(ON, **BEST))
    impaired = decide(ON, **(BEST | {"impaired": True}))
    assert (impaired.grade, impaired.grade_at_worst) == (Grade.SUBSTANDARD, Grade.LOSS)
    assert "expected credit loss ratio" in asked(impaired)


def test_a_loan_never_classified_has_no_floor_of_people() -> None:
    assert decide(ON, **BEST).grade is Grade.NORMAL
    assert decide(ON, **(BEST | {"determined": "substandard"})).grade is Grade.SUBSTANDARD


CLAUSES: dict[str, tuple[dict[str, Any], Measure]] = {
    "has_acceleration_clause": ({"seized": True}, Measure.ACCELERATE),
    "has_top_up_clause": ({"value": cny(660_000), "value_at_origination": cny(1_600_000), "days_past_due": 20}, Measure.ADD_GUARANTEE),
}


@pytest.mark.parametrize("clause", CLAUSES)
@pytest.mark.parametrize("on_file", [False, None], ids=["not in the contract", "the contract was not read"])
def test_no_measure_rests_on_a_clause_that_is_not_known_to_be_in_the_contract(clause: str, on_file: bool | None) -> None:
    facts, measure = CLAUSES[clause]
    assert measure in against(decide(ON, **(VALUED | facts)))
    assert measure not in against(decide(ON, **(VALUED | facts | {clause: on_file})))


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_clause_that_nobody_read_is_asked_for_where_a_measure_hangs_on_it_and_nowhere_else(clause: str) -> None:
    facts, _ = CLAUSES[clause]
    label = getattr(catalogue, clause).label.en
    assert label in asked(decide(ON, **(VALUED | facts | {clause: None})))
    assert label not in asked(decide(ON, **(VALUED | {clause: None})))
    assert label not in asked(decide(ON, **(VALUED | facts | {clause: False})))


def test_a_loan_of_which_nothing_is_known_but_its_terms_is_decided_and_watched() -> None:
    bare = case(visits=(), **dict.fromkeys(BARE))
    decision = cn_housing.rulebook.decide(bare, on=ON)
    assert (decision.grade, decision.grade_at_worst) == (Grade.NORMAL, Grade.NORMAL)
    assert codes(decision) == {SignalCode.REVALUATION_DUE}
    assert [found.measure for found in decision.measures] == [Measure.MONITOR, Measure.REVALUE]
    assert decision.interval_months == 3  # whatever has a point for it may have all of them


#: Every measurement that may be left out.
BARE: dict[str, Any] = dict.fromkeys(
    ("signed_on", "instalment", "price", "down_payment", "home_count", "missed_consecutive", "missed_total_24m", "delays_over_5_days_12m", "credit_standing",
     "monthly_income", "income_at_last_review", "monthly_debt_service", "property_fee", "employment", "cooperative", "co_borrower_paying", "value",
     "valued_on", "value_at_origination", "property_type", "registration", "price_change_12m", "price_volatility")
)


@pytest.mark.parametrize("register", ["impaired", "restructured_again", "in_observation", "determined", "debt_evasion", "bankruptcy", "misuse_of_funds", "seized", "damaged_by_owner"])
@pytest.mark.parametrize("day", ["2025-06-30", "2026-06-30"], ids=["under the guideline of 2007", "under the measures of 2023"])
def test_a_register_that_nobody_searched_does_not_end_the_watching(register: str, day: str) -> None:
    decision = decide(day, disbursed_on="2022-03-01", signed_on="2022-02-20", valued_on="2025-05-30", **{register: None})
    assert Measure.MONITOR in [found.measure for found in decision.measures]
