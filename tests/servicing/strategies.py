"""Conventions and accounts, small and dense around the days on which something changes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
from hypothesis import strategies as st

from revisit_policy import BorrowerProfile, CaseFile, Citation, Loan, cny
from revisit_policy.servicing import (
    AfterGrace,
    Allocation,
    ArrearsConvention,
    DatedFact,
    DayCount,
    GraceFor,
    History,
    Instalment,
    LoanAccount,
    Pause,
    Payment,
)
from revisit_policy.values import Date, add_months, from_ordinal

OURS = Citation(standing="proposal")
HOUSE = ArrearsConvention(
    name=("本行", "our bank"), source=OURS, due_day=0, whole_balance_from=91, allocation="oldest_interest_first", bands=(1, 31, 61, 91, 181, 271, 361)
)
LENT_ON = Date(2024, 1, 31)
LAST = LENT_ON + dt.timedelta(days=240)

days = st.integers(0, 240).map(lambda days: from_ordinal(LENT_ON.toordinal() + days))
amounts = st.sampled_from([1, 5, 10, 15, 20, 40]).map(cny)


@st.composite
def conventions(draw: st.DrawFn) -> ArrearsConvention:
    count = draw(st.sampled_from(DayCount))
    return attrs.evolve(
        HOUSE,
        due_day=draw(st.integers(0, 1)),
        whole_balance_from=draw(st.sampled_from([None, 90, 91])),
        allocation=draw(st.sampled_from(Allocation)),
        bands=draw(st.sampled_from([(1, 30, 60, 90), (30, 60)])) if count is DayCount.MONTHS_OF_30 else draw(st.sampled_from([(1, 31, 61, 91), (6, 7), (31,)])),
        count=count,
        grace_days=draw(st.sampled_from([0, 0, 3, 40])),
        grace_for=draw(st.sampled_from(GraceFor)),
        after_grace=draw(st.sampled_from(AfterGrace)),
        tolerance=draw(st.sampled_from([None, None, cny(0), cny(5), cny(20)])),
    )


@st.composite
def _instalments(draw: st.DrawFn) -> list[Instalment]:
    found = []
    for month in range(1, draw(st.integers(1, 6)) + 1):
        due = add_months(LENT_ON, month)
        moved = draw(st.sampled_from([None, None, None, 20, 45]))
        principal, interest = draw(st.sampled_from([(10, 5), (0, 5), (10, 0)]))
        found.append(
            Instalment(
                due_on=due,
                principal=cny(principal),
                interest=cny(interest),
                moved_to=None if moved is None else due + dt.timedelta(days=moved),
                moved_by=None if moved is None else draw(st.sampled_from(["extension", "refinancing"])),
            )
        )
    return found


@st.composite
def pauses(draw: st.DrawFn) -> list[Pause]:
    bounds = sorted(draw(st.sets(days, max_size=4)))
    found = [Pause(begins_on=begins, resumes_on=resumes) for begins, resumes in zip(bounds[::2], bounds[1::2], strict=False)]
    return [*found, *([Pause(begins_on=bounds[-1])] if len(bounds) % 2 else [])]


payments = st.lists(st.builds(Payment, paid_on=days, amount=amounts), max_size=8)


@st.composite
def accounts(draw: st.DrawFn) -> LoanAccount:
    return LoanAccount(
        disbursed_on=LENT_ON, principal=cny(1000), instalments=draw(_instalments()), payments=draw(payments), pauses=draw(st.one_of(st.just([]), pauses()))
    )


# --------------------------------------------------------------------------------------------------------------- histories

CASE = CaseFile(
    loan=Loan(
        "GZ-1", product="first_home", principal=cny(1000), balance=cny(1000), annual_rate="0.0335", repayment="level_payment", disbursed_on=LENT_ON,
        term_months=360, days_past_due=0,
    ),
    borrower=BorrowerProfile("B-88", credit_standing="good"),
)  # fmt: skip
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "loan.days_past_due": st.sampled_from([0, 1, 31]),
    "loan.balance": st.sampled_from([cny(1000), cny(900), cny(0)]),
    "borrower.credit_standing": st.sampled_from(["good", "poor", None]),
    "collateral.seized": st.booleans(),
    "market.price_change_12m": st.sampled_from(["-0.05", "-0.12", None]),
    "loan.annual_rate": st.sampled_from(["0.03", "0.04"]),
}
few_days = st.integers(0, 40).map(lambda days: from_ordinal(LENT_ON.toordinal() + days))


@st.composite
def dated_facts(draw: st.DrawFn, *, of: tuple[str, ...] = tuple(VALUES)) -> DatedFact:
    field = draw(st.sampled_from(of))
    true_on, known_on = draw(few_days), draw(few_days)
    if field != "loan.annual_rate":
        true_on, known_on = sorted((true_on, known_on))
    value = draw(VALUES[field])
    if field == "loan.days_past_due":  # nothing is past due for longer than the loan has been there
        value = min(value, (true_on - LENT_ON).days)
    return DatedFact(field=field, value=value, true_on=true_on, known_on=known_on)


def _said_once(facts: list[DatedFact]) -> list[DatedFact]:
    return list({(fact.field, fact.true_on, fact.known_on): fact for fact in facts}.values())


facts_of_a_loan = st.lists(dated_facts(), max_size=10).map(_said_once)


@st.composite
def histories(draw: st.DrawFn) -> History:
    return History(base=CASE, facts=draw(facts_of_a_loan))
