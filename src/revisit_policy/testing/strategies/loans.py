"""Loans: a strategy for what a bank has on its books, with dates and amounts that fit together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from math import ceil
from typing import Any, Final

from hypothesis import strategies as st

from revisit_policy.casefile.fields import LONGEST_ARREARS
from revisit_policy.casefile.loan import Loan, Product, Repayment
from revisit_policy.testing.strategies.drawing import Draw, amounts, checked_fields, part, past_days
from revisit_policy.values.dates import Date, add_months, from_ordinal, months_elapsed, to_date
from revisit_policy.values.money import Money

#: The day on which case files are judged unless a strategy is told another.
ON: Final = Date(2026, 6, 30)

#: Days past due at which something may change, mild to severe; most loans have none.
ARREARS: Final = (0, 0, 0, 0, 0, 0, 1, 5, 7, 8, 30, 31, 60, 61, 90, 91, 180, 270, 271, 360, 361, 720)

#: The most days of a month: nobody who pays every month is later without having missed a payment.
MONTH: Final = 31

FIRST_LENDING_DAY: Final = Date(2010, 1, 4)


def loans(*, on: str | dt.date = ON, **fields: Any) -> st.SearchStrategy[Loan]:
    """Loans as they stand on the day *on*.

    The balance is what the way of repayment leaves of the principal after the months on book, a loan in arrears has
    missed the periods that its arrears make, and the price, the down payment and the signing fit the loan. Most
    loans are in order.

    Args:
        on: The day; no loan was paid out after it.
        fields: Fields of `Loan` that are the same in every loan; the others are drawn to fit them where they can.

    Raises:
        InvalidInputError: At once if a field is refused; when a loan is drawn, if *fields* contradict one another.
        UnknownNameError: If *fields* names no field of a loan.

    Examples:
        >>> from hypothesis import given
        >>> @given(loans(on="2026-06-30", days_past_due=91))
        ... def law(loan):
        ...     assert loan.days_past_due == 91 and loan.balance <= loan.principal
        >>> law()
    """
    return _loans(to_date(on, field="on"), checked_fields(Loan, fields))


#: Fields that may be unknown.
MEASURED: Final = (
    "instalment", "signed_on", "price", "down_payment", "home_count", "missed_consecutive", "missed_total_24m", "delays_over_5_days_12m",
    "ecl", "months_clean_since_cure", "has_acceleration_clause", "has_top_up_clause", "has_inspection_clause",
)
REGISTERS: Final = (
    "technical_cause_proved", "misuse_of_funds", "refinanced", "impaired", "in_observation", "restructured_again", "granted_in_breach", "drawn_for_visit",
)

_TERMS: Final = st.sampled_from((360, 300, 240, 180, 120))
_PRINCIPALS: Final = amounts(low=200_000, high=5_000_000, step=50_000)
_REPAYMENTS: Final = st.sampled_from([way.value for way in Repayment])
_RATES: Final = st.sampled_from([f"{points / 10_000:.4f}" for points in range(250, 640, 5)])
_PRODUCTS: Final = st.sampled_from([product.value for product in Product])
_NUMBERS: Final = st.integers(1, 999_999).map(lambda number: f"L-{number:06}")
_FINANCED: Final = st.sampled_from((70, 60, 50, 80, 85))
_HOMES: Final = st.sampled_from((1, 2, 3))
_CLAUSES: Final = st.sampled_from((True, True, True, False))
_UNDRAWN: Final = st.sampled_from((0, 0, 0, 0, 30))
_DELAYS: Final = st.sampled_from((0, 0, 0, 1, 2, 3, 4, 6))
_CLEAN: Final = (0, 0, 5, 6, 12, 36)
_LOSSES: Final = st.sampled_from((0, 1, 49, 50, 51, 89, 90, 91, 100))


@st.composite
def _loans(draw: st.DrawFn, on: Date, fields: Mapping[str, Any]) -> Loan:
    pick = Draw(draw, fields, unknown=MEASURED, registers=REGISTERS)
    term = pick("term_months", _TERMS)
    disbursed_on = to_date(pick("disbursed_on", _days_before(on, term, least=_least_age(fields))))
    principal = pick("principal", _PRINCIPALS)
    repayment = Repayment.parse(pick("repayment", _REPAYMENTS))
    rate = Fraction(pick("annual_rate", _RATES))
    elapsed = min(term, max(0, months_elapsed(disbursed_on, on)))
    age = on.toordinal() - disbursed_on.toordinal()
    arrears = _draw_arrears(pick, on=on, age=age)
    pick("loan_no", _NUMBERS)
    pick("product", _PRODUCTS)
    pick.take("balance", _balance(principal, rate, term, elapsed, repayment=repayment))
    pick.take("instalment", _instalment(principal, rate, term, repayment=repayment))
    pick.take("signed_on", from_ordinal(disbursed_on.toordinal() - 20))
    price = pick.take("price", Money(principal.minor * 100 // draw(_FINANCED), principal.currency))
    pick.take("down_payment", None if price is None else Money(max(0, price.minor - principal.minor), price.currency))
    pick("home_count", _HOMES)
    for name in ("has_acceleration_clause", "has_top_up_clause", "has_inspection_clause"):
        pick(name, _CLAUSES)
    pick("undrawn", _UNDRAWN.map(lambda share: part(principal, share)))
    pick("prepaid_12m", st.sampled_from((None, Money(0, principal.currency), part(principal, 5))))
    pick("demanded_on", st.sampled_from((None, from_ordinal(on.toordinal() - min(max(age, 0), 30)))))
    pick("person_needed_since", st.sampled_from((None, from_ordinal(on.toordinal() - min(max(age, 0), 20)))))
    _draw_history(pick, arrears, age)
    return Loan(**pick.drawn)


def _draw_arrears(pick: Draw, *, on: Date, age: int) -> int:
    """How late a loan of this *age* in days is by its record: a count, of a day or of none, or the day from which it follows."""
    since = pick.drawn.get("unpaid_since")
    if since is not None:
        pick.take("days_past_due", None)
        return on.toordinal() - to_date(since).toordinal()
    today = on.toordinal()
    ago = (0,) if "days_past_due" in pick.drawn else (0, 1, 30)
    as_of = pick("arrears_as_of", st.sampled_from((None, *(from_ordinal(today - days) for days in ago))))
    return int(pick("days_past_due", _arrears(age if as_of is None else age - today + to_date(as_of).toordinal(), pick.drawn)))


def _draw_history(pick: Draw, arrears: int, age: int) -> None:
    """What the payment record says, in step with the days past due, and the losses expected of what is impaired."""
    missed = pick.take("missed_consecutive", ceil(arrears / 30))
    pick("missed_total_24m", st.integers(missed or 0, max(missed or 0, 8)))
    pick("delays_over_5_days_12m", _DELAYS)
    pick("months_clean_since_cure", st.sampled_from([months for months in _CLEAN if not months or (arrears <= MONTH and months * MONTH <= age)]))
    if pick.drawn.get("impaired"):
        carrying = pick.take("carrying_amount", pick.drawn["balance"])
        pick("ecl", st.none() if carrying is None else _LOSSES.map(lambda share: part(carrying, share)))


def _arrears(age: int, fields: Mapping[str, Any]) -> st.SearchStrategy[int]:
    """Days past due of a loan of this *age* in days, as its payment record can have them."""
    missed, clean = fields.get("missed_consecutive"), fields.get("months_clean_since_cure")
    least = 0 if not missed else max(1, (missed - 1) * MONTH)
    most = MONTH if missed == 0 or clean else LONGEST_ARREARS
    return st.sampled_from([known for known in ARREARS if least <= known <= min(most, max(age, 0))] or [least])


def _least_age(fields: Mapping[str, Any]) -> int:
    """How many days ago a loan with these *fields* must have been paid out at the least."""
    months = max(fields.get(name) or 0 for name in ("missed_consecutive", "months_clean_since_cure"))
    return max(fields.get("days_past_due") or 0, months * MONTH)


def _days_before(on: Date, term: int, *, least: int) -> st.SearchStrategy[Date]:
    """Days on which a loan of this term could have been paid out and be running still, *least* days ago if that can be."""
    first = max(FIRST_LENDING_DAY, add_months(on, -term + 1)).toordinal()
    return past_days(from_ordinal(on.toordinal() - least), max(0, on.toordinal() - first - least))


def _balance(principal: Money, rate: Fraction, term: int, elapsed: int, *, repayment: Repayment) -> Money:
    """What is owed after *elapsed* instalments, to the fen."""
    owed = float(principal.minor)
    if repayment is Repayment.LEVEL_PAYMENT and rate:
        growth, gone = (_growth(rate, months) for months in (term, elapsed))
        owed *= (growth - gone) / (growth - 1)
    elif repayment in {Repayment.LEVEL_PAYMENT, Repayment.LEVEL_PRINCIPAL}:
        owed *= (term - elapsed) / term
    return Money(min(principal.minor, round(owed)), principal.currency)


def _instalment(principal: Money, rate: Fraction, term: int, *, repayment: Repayment) -> Money:
    """What is due in the first month, to the fen."""
    due = principal.minor * float(rate) / 12
    if repayment is Repayment.LEVEL_PAYMENT and rate:
        growth = _growth(rate, term)
        due *= growth / (growth - 1)
    elif repayment in {Repayment.LEVEL_PAYMENT, Repayment.LEVEL_PRINCIPAL}:
        due += principal.minor / term
    return Money(round(due), principal.currency)


def _growth(rate: Fraction, months: int) -> float:
    """What one yuan has grown to after *months*; near enough, for a loan that never was."""
    return float((1 + float(rate) / 12) ** months)
