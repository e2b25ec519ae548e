"""The next visit of each loan by the shipped rulebook (2023 edition) as one loop over plain arrays, compiled by numba: the ceiling of what one pass can do.

It says the kind of the next visit, its method, its window and by when its result is there at the latest, and nothing else: no grade, no reason,
no measure, nothing of what is unknown. Of each loan all is known and something is owed. Making the arrays from a frame is not counted.
The days are those of `schedule_by_hand`, of which only the first visit is made.
"""

# ruff: noqa: ANN001, ANN201, C901, PLR0912, PLR0913, PLR0915 - one long loop is what this rival is, and numba finds the types itself

from itertools import accumulate
from typing import Any

import numba
import numpy as np
import polars as pl

from revisit_policy.values import CHINA, Date

_EPOCH = Date(1970, 1, 1).toordinal()
_FIRST = Date(2004, 1, 1).toordinal() - _EPOCH
_ALL = [Date.fromordinal(day + _EPOCH) for day in range(_FIRST, Date(2060, 1, 1).toordinal() - _EPOCH)]
_WORKS = [CHINA.provisional().is_working(day) for day in _ALL]
#: The working days, and how many of them lie up to each day.
WORKED = np.array([day.toordinal() - _EPOCH for day, works in zip(_ALL, _WORKS, strict=True) if works], dtype=np.int64)
COUNT = np.array(list(accumulate(_WORKS)), dtype=np.int64)
CONFIRMED_FROM, CONFIRMED_TO = (day.toordinal() - _EPOCH for day in CHINA.confirmed)

NONE = -(10**6)
"""A day that there is not; it comes before all others."""

NUMBERS = (
    "loan.days_past_due", "loan.principal", "loan.balance", "loan.term_months", "loan.missed_consecutive", "loan.missed_total_24m", "loan.delays_over_5_days_12m",
    "loan.ecl", "loan.carrying_amount", "loan.instalment", "borrower.monthly_income", "borrower.income_at_last_review", "borrower.monthly_debt_service",
    "borrower.property_fee", "borrower.failed_contact_attempts", "collateral.value", "collateral.value_at_origination",
)  # fmt: skip
PARTS = ("market.price_change_12m", "market.price_volatility")
DAYS = (
    "loan.disbursed_on", "loan.matures_on", "collateral.valued_on", "collateral.registrable_since", "borrower.reviewed_on", "visits.first", "visits.periodic",
    *(f"visits.by.{method}" for method in ("off_site", "sms", "phone", "video", "on_site")),
    *(f"events.{code}" for code in (
        "loss", "impaired", "misuse", "evasion", "bankruptcy", "revaluation_due", "collateral_damaged", "seizure", "project_stalled", "purchase_rescinded",
        "capacity", "contact", "bad_debt_elsewhere", "deceased",
    )),
)  # fmt: skip
FLAGS = (
    "loan.technical_cause_proved", "loan.misuse_of_funds", "loan.refinanced", "loan.impaired", "loan.in_observation", "loan.restructured_again",
    "loan.has_inspection_clause", "loan.drawn_for_visit", "borrower.lost_contact", "borrower.deceased", "borrower.other_bad_debt", "borrower.debt_evasion",
    "borrower.bankruptcy", "borrower.co_borrower_paying", "collateral.seized", "collateral.project_stalled", "collateral.damaged_by_owner",
    "collateral.purchase_rescinded",
)  # fmt: skip
CODES = {
    "loan.product": ("first_home", "second_home", "off_plan", "commercial"),
    "borrower.credit_standing": ("excellent", "good", "average", "poor"),
    "borrower.employment": ("salaried", "unemployed"),
    "collateral.property_type": ("completed_home", "second_hand_home", "off_plan"),
    "collateral.registration": ("registered", "applied_for", "pre_registered", "none"),
    "determination.grade": ("normal", "special_mention", "substandard", "doubtful", "loss"),
}
FIELDS = (*NUMBERS, *PARTS, *DAYS, *FLAGS, *CODES)
(
    OVERDUE, PRINCIPAL, BALANCE, TERM, MISSED_RUNNING, MISSED, DELAYS, ECL, CARRYING, INSTALMENT, INCOME, INCOME_BEFORE, DEBTS, FEE, ATTEMPTS, VALUE, WAS_WORTH,
    PRICES, VOLATILITY, DISBURSED, MATURES, VALUED, REGISTRABLE, REVIEWED, LAST_FIRST, LAST_PERIODIC, BY_0, BY_1, BY_2, BY_3, BY_4,
    AT_LOSS, AT_IMPAIRED, AT_MISUSE, AT_EVASION, AT_BANKRUPTCY, AT_REVALUATION, AT_DAMAGED, AT_SEIZURE, AT_STALLED, AT_RESCINDED, AT_CAPACITY, AT_CONTACT,
    AT_ELSEWHERE, AT_DECEASED,
    TECHNICAL, MISUSE, REFINANCED, IMPAIRED, OBSERVED, AGAIN, CLAUSE, DRAWN, LOST, DECEASED, ELSEWHERE, EVASION, BANKRUPTCY, CO_PAYING, SEIZED, STALLED, DAMAGED,
    RESCINDED,
    PRODUCT, STANDING, EMPLOYMENT, HOME, REGISTRATION, DETERMINED,
) = range(len(FIELDS))  # fmt: skip

KINDS = ("first", "periodic", "triggered", "revaluation")
FIRST, PERIODIC, TRIGGERED, REVALUATION = range(4)
BY_DATA, BY_SMS, BY_PHONE, BY_VIDEO, ON_SITE = range(5)
REPORTS = np.array((1, 2, 3, 3, 7))
LEAD = 30
#: What a visit needs until its result, beside its report; and that it answers a red signal.
EXCELLENT, VALUATION, DETERMINATION, APPROVAL, REGISTRY, DECISION, OPINION, PAPERS, TELLING, RETRY, NO_REPLY, IS_RED = (1 << place for place in range(12))

#: The columns of what comes out, and of the visits that are pending.
KIND, METHOD, OPENS, DUE, CLOSES, RESULT = range(6)
MISSED_ON, STEPS = RESULT, RESULT + 1

short = numba.njit


def arrays(frame: pl.DataFrame) -> np.ndarray[Any, Any]:
    """One row a loan, one whole number a field: days since 1970, parts in ten thousandths, the places of codes."""
    columns = [pl.col(name) for name in NUMBERS]
    columns += [(pl.col(name).cast(pl.Float64) * 10_000).round() for name in PARTS]
    columns += [pl.col(name).cast(pl.Int32).fill_null(NONE) for name in DAYS]
    columns += [pl.col(name) for name in FLAGS]
    columns += [pl.col(name).replace_strict({code: place for place, code in enumerate(codes)}) for name, codes in CODES.items()]
    return np.ascontiguousarray(frame.select([column.cast(pl.Int64) for column in columns]).to_numpy())


# -- days ------------------------------------------------------------------------------------------------------------


@short
def after(day, working_days):
    """The working day number *working_days* after *day*."""
    return WORKED[COUNT[day - _FIRST] + working_days - 1]


@short
def worked_from(day):
    return WORKED[COUNT[day - _FIRST - 1]]


@short
def forward(day):
    return WORKED[COUNT[day - _FIRST - 1]] if CONFIRMED_FROM <= day <= CONFIRMED_TO else day


@short
def back(day):
    return WORKED[COUNT[day - _FIRST] - 1] if CONFIRMED_FROM <= day <= CONFIRMED_TO else day


@short
def civil(day):
    """Year, month and day of the month."""
    days = day + 719_468
    era = days // 146_097
    of_era = days - era * 146_097
    year = (of_era - of_era // 1_460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    part = (5 * of_year + 2) // 153
    month = part + 3 if part < 10 else part - 9
    return year + era * 400 + (month <= 2), month, of_year - (153 * part + 2) // 5 + 1


@short
def numbered(year, month, day):
    """The days since 1970."""
    year -= month <= 2
    era = year // 400
    of_era = year - era * 400
    of_year = (153 * (month - 3 if month > 2 else month + 9) + 2) // 5 + day - 1
    return era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468


@short
def length(year, month):
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


@short
def months_later(day, months):
    """The day *months* after *day*, the last of its month if there is none of its number."""
    year, month, of_month = civil(day)
    at = year * 12 + month - 1 + months
    year, month = at // 12, at % 12 + 1
    return numbered(year, month, min(of_month, length(year, month)))


@short
def months_begun(day, on):
    """The smallest number of months after which *day* comes to *on* or beyond it."""
    one, other = civil(day), civil(on)
    return (other[0] - one[0]) * 12 + other[1] - one[1] + (other[2] > one[2])


@short
def months_elapsed(day, on):
    """The largest number of months after which *day* is not beyond *on*."""
    one, other = civil(day), civil(on)
    whole = (other[0] - one[0]) * 12 + other[1] - one[1]
    return whole if other[2] >= one[2] or other[2] == length(other[0], other[1]) else whole - 1


# -- windows ---------------------------------------------------------------------------------------------------------


@short
def aim(opens, closes):
    return min(closes, max(opens, back((opens + closes) // 2)))


@short
def put(pending, count, kind, method, steps, opens, closes, not_before, today):
    """Add a visit to those *pending*; how many there are now."""
    opens = forward(max(opens, not_before))
    rolled = back(closes)
    closes = rolled if rolled >= not_before else worked_from(not_before)
    opens = min(opens, closes)
    due, missed = aim(opens, closes), NONE
    if due <= today:
        soonest = worked_from(today)
        if due < soonest:
            if closes < today:
                missed, closes = closes, soonest
            elif closes < soonest:
                closes = soonest
            due = soonest
    steps |= (RETRY if method == BY_PHONE else 0) | (NO_REPLY if method == BY_SMS else 0) | (VALUATION if kind == REVALUATION else 0)
    pending[count, KIND], pending[count, METHOD], pending[count, STEPS] = kind, method, steps
    pending[count, OPENS], pending[count, DUE], pending[count, CLOSES], pending[count, MISSED_ON] = opens, due, closes, missed
    return count + 1


@short
def put_again(pending, count, kind, method, steps, since, months, matures, disbursed, today):
    closes, not_before = months_later(since, months), since + 1
    if matures < closes:
        if since < min(matures - LEAD, back(matures)):
            closes = matures
        elif today <= matures:
            return count
    opens = closes - LEAD
    if not_before < disbursed:
        opens, closes, not_before = max(opens, disbursed), max(closes, disbursed), disbursed
    return put(pending, count, kind, method, steps, opens, closes, not_before, today)


@short
def put_call(pending, count, loan, since, working_days, method, steps, today):
    """Add the answer to a signal that began at *since*, unless a visit has answered it."""
    began, answered = (today if since == NONE else since), loan[BY_0 + method]
    if answered >= began:
        return count
    began = max(began, loan[DISBURSED])
    return put(pending, count, TRIGGERED, method, steps, began, after(began, working_days), began, today)


@short
def latest(closes, method, steps):
    """The day by which the result is there at the latest."""
    if steps & IS_RED:
        days = 1
    else:
        report = REPORTS[method] - (steps & EXCELLENT != 0)
        days = max(1, report, report + 3 * (steps & RETRY != 0) + (steps & NO_REPLY != 0))
    days += 13 * (steps & VALUATION != 0) + (steps & DETERMINATION != 0) + 3 * (steps & APPROVAL != 0) + 5 * (steps & REGISTRY != 0)
    days += 2 * (steps & DECISION != 0) + 5 * (steps & OPINION != 0) + 10 * (steps & PAPERS != 0) + (steps & TELLING != 0)
    return after(closes, days)


# -- one loan after the other ------------------------------------------------------------------------------------------


@numba.njit
def next_visits(loans, today, until):
    """Kind, method, window, aim and result of the next visit of each loan; -1 as its kind where there is none."""
    found = np.full((len(loans), 6), -1, dtype=np.int64)
    pending = np.empty((40, 7), dtype=np.int64)
    for row in range(len(loans)):
        plan(loans[row], found[row], pending, today, until)
    return found


@short
def plan(loan, found, pending, today, until):
    overdue, balance, disbursed, matures, valued = loan[OVERDUE], loan[BALANCE], loan[DISBURSED], loan[MATURES], loan[VALUED]
    impaired, misuse, evasion, attempts = loan[IMPAIRED], loan[MISUSE], loan[EVASION], loan[ATTEMPTS]
    income, debts, value, principal = loan[INCOME], loan[DEBTS], loan[VALUE], loan[PRINCIPAL]
    has_less = (income - loan[INCOME_BEFORE]) * 10 <= -2 * loan[INCOME_BEFORE]
    is_strained = debts * 100 > 55 * income
    is_weaker = has_less or loan[EMPLOYMENT] == 1 or (loan[INSTALMENT] + loan[FEE]) * 2 > income
    loses_half = impaired and loan[ECL] * 2 >= loan[CARRYING]
    loses_most = impaired and loan[ECL] * 10 >= loan[CARRYING] * 9
    valuation_months = months_begun(valued, today)
    is_valuation_old = balance > 0 and (valuation_months > 12 or (loan[VOLATILITY] >= 1_000 and valuation_months > 6))
    months_on_book = months_elapsed(disbursed, today)
    technical, is_large = loan[TECHNICAL], principal >= 5_000_000_00
    in_earnest = overdue > 0 and (not technical or overdue > 7)
    is_left_unpaid = months_begun(today, matures) < 0 and balance > 0

    grade = 0
    if in_earnest or misuse or loan[REFINANCED] or loan[OBSERVED]:
        grade = 1
    if overdue > 90 or impaired or loan[AGAIN]:
        grade = 2
    if overdue > 270 or evasion or loses_half:
        grade = 3
    if overdue > 360 or loan[BANKRUPTCY] or loses_most:
        grade = 4
    determined = loan[DETERMINED]
    grade = max(grade, determined)
    is_bad = grade > 1

    # what is warned of: anything, anything but the margin, of the home, of the capacity to pay
    registration = loan[REGISTRATION]
    is_lapsed = registration == 2 and today - loan[REGISTRABLE] > 90
    is_unregistered = registration == 3 and today - loan[REGISTRABLE] > 90
    out_of_reach = attempts >= 3 or loan[LOST]
    has_capacity = is_weaker or is_strained
    is_declining = (loan[PRICES] <= -1_000 and balance > 0) or balance * 100 >= 90 * value or (balance * 100 >= 80 * value and principal * 100 < 80 * loan[WAS_WORTH])
    is_warned = (
        in_earnest or overdue > 30 or loses_most or loan[MISSED_RUNNING] >= 3 or loan[MISSED] >= 6 or is_left_unpaid or impaired or misuse or evasion
        or loan[BANKRUPTCY] or loan[REFINANCED] or loan[OBSERVED] or loan[DAMAGED] or is_lapsed or is_unregistered or loan[SEIZED] or loan[STALLED]
        or loan[RESCINDED] or has_capacity or attempts > 0 or out_of_reach or loan[ELSEWHERE] or loan[DECEASED]
    )  # fmt: skip

    product = loan[PRODUCT]
    points = (
        loan[STANDING] + (balance * 100 >= 60 * value) + (balance * 100 >= 80 * value) + (balance * 100 >= 90 * value) + (balance >= value)
        + (loan[PRICES] <= -500) + (loan[PRICES] <= -1_000) + (loan[MISSED] >= 1) + (loan[MISSED] >= 3) + (loan[MISSED] >= 6) + (loan[DELAYS] >= 4)
        + (debts * 100 >= 40 * income) + (debts * 100 >= 55 * income) + (product > 0) + (loan[TERM] >= 300) + is_large + (months_on_book < 12)
    )  # fmt: skip
    is_lasting = not 1 <= overdue <= 30 or misuse or loan[REFINANCED] or loan[OBSERVED] or determined > 0
    interval = 3 if points >= 9 or is_bad or loan[OBSERVED] or (grade > 0 and is_lasting) else 6 if points >= 5 else 12

    opinion = OPINION | REGISTRY if is_lapsed or loan[SEIZED] else 0
    steps = (EXCELLENT if loan[STANDING] == 0 else 0) | (APPROVAL if is_bad else 0)
    answering = steps | DECISION | TELLING | (0 if is_bad else DETERMINATION)
    if is_warned or is_declining:
        steps = answering | opinion | (PAPERS if has_capacity else 0)
    elif grade == 1:
        steps |= DETERMINATION
    by_first = (ON_SITE if loan[CLAUSE] else BY_VIDEO) if is_large else BY_PHONE
    if loan[HOME] == 2:
        by_first = ON_SITE
    by_person = overdue <= 90 and (points >= 10 or months_on_book < 12 or is_large or is_warned or loan[DRAWN])
    by_periodic = BY_PHONE if by_person else BY_DATA

    # first, periodic
    count = 0
    opens, closes = disbursed + 30, disbursed + (60 if is_large else 90)
    if opens <= matures < closes:
        closes = matures
    replaced = loan[BY_0 + by_first]
    is_met = replaced != NONE and (loan[LAST_FIRST] != NONE or replaced >= min(opens, back(closes)))
    if is_met or (loan[LAST_PERIODIC] != NONE and loan[LAST_PERIODIC] > closes):
        since = loan[BY_0 + by_periodic]
        if since == NONE:
            since = closes if replaced == NONE else min(closes, replaced)
        count = put_again(pending, count, PERIODIC, by_periodic, steps, since, interval, matures, disbursed, today)
    elif not today <= matures < opens:
        count = put(pending, count, FIRST, by_first, steps, opens, closes, disbursed, today)

    # what warnings call for
    if in_earnest:
        since = today - overdue + (8 if technical else 1)
        count = put_call(pending, count, loan, since, 10, BY_PHONE if overdue > 7 else BY_SMS, answering, today)
    if overdue > 30:
        since = today - overdue + 31
        if loan[BY_2] < since:
            began = max(since, disbursed)
            year, month, _ = civil(began)
            closes = min(after(began, 3), numbered(year, month, length(year, month)))
            count = put(pending, count, TRIGGERED, BY_PHONE, answering, began, closes, began, today)
    if overdue > 60:
        count = put_call(pending, count, loan, today - overdue + 61, 3, ON_SITE, answering, today)
    if overdue > 90:
        count = put_call(pending, count, loan, today - overdue + 91, 1, ON_SITE, answering | IS_RED, today)
    if overdue > 360 or loses_most:
        one = today - overdue + 361 if overdue > 360 else today + 1
        other = (today if loan[AT_LOSS] == NONE else loan[AT_LOSS]) if loses_most else today + 1
        one, other = (one if one > loan[BY_4] else today + 1), (other if other > loan[BY_4] else today + 1)
        if min(one, other) <= today:
            count = put_call(pending, count, loan, min(one, other), 1, ON_SITE, answering | IS_RED, today)
    if impaired:
        count = put_call(pending, count, loan, loan[AT_IMPAIRED], 1, ON_SITE, answering | IS_RED, today)
    if misuse:
        count = put_call(pending, count, loan, loan[AT_MISUSE], 1, ON_SITE, answering | IS_RED, today)
    if evasion:
        count = put_call(pending, count, loan, loan[AT_EVASION], 1, ON_SITE, answering | IS_RED, today)
    if loan[BANKRUPTCY]:
        count = put_call(pending, count, loan, loan[AT_BANKRUPTCY], 5, BY_PHONE, answering | IS_RED, today)
    if loan[DAMAGED]:
        count = put_call(pending, count, loan, loan[AT_DAMAGED], 3, ON_SITE, answering, today)
    if is_lapsed:
        count = put_call(pending, count, loan, loan[REGISTRABLE] + 91, 3, ON_SITE, answering | OPINION | REGISTRY | IS_RED, today)
    if is_unregistered:
        count = put_call(pending, count, loan, loan[REGISTRABLE] + 91, 10, BY_PHONE, answering, today)
    if loan[SEIZED]:
        count = put_call(pending, count, loan, loan[AT_SEIZURE], 3, ON_SITE, answering | OPINION | REGISTRY | IS_RED, today)
    if loan[STALLED]:
        count = put_call(pending, count, loan, loan[AT_STALLED], 3, ON_SITE, answering, today)
    if loan[RESCINDED]:
        count = put_call(pending, count, loan, loan[AT_RESCINDED], 3, BY_PHONE, answering, today)
    since = loan[REVIEWED] if loan[AT_CAPACITY] == NONE else loan[AT_CAPACITY]
    if is_weaker:
        count = put_call(pending, count, loan, since, 5, BY_PHONE, answering | PAPERS, today)
    if is_strained:
        count = put_call(pending, count, loan, since, 5, BY_VIDEO, answering | PAPERS, today)
    if attempts > 0:
        count = put_call(pending, count, loan, loan[AT_CONTACT], 5, BY_PHONE, answering, today)
    if out_of_reach:
        count = put_call(pending, count, loan, loan[AT_CONTACT], 5, ON_SITE if overdue > 0 else BY_PHONE, answering, today)
    if loan[ELSEWHERE]:
        count = put_call(pending, count, loan, loan[AT_ELSEWHERE], 5, BY_PHONE, answering, today)
    if loan[DECEASED]:
        count = put_call(pending, count, loan, loan[AT_DECEASED], 5, BY_PHONE, answering, today)
        if not loan[CO_PAYING]:
            count = put_call(pending, count, loan, loan[AT_DECEASED], 5, BY_PHONE, answering, today)

    # the valuation
    since, again = loan[AT_REVALUATION], True
    if is_valuation_old and (since == NONE or valued < since):
        began = max(today if since == NONE else since, disbursed)
        closes = after(began, 10)
        if began <= matures < closes:
            closes = matures
        if closes < months_later(valued, 12):
            again = False
            if not today <= matures < began:
                count = put(pending, count, REVALUATION, BY_DATA, steps, began, closes, began, today)
    if again:
        count = put_again(pending, count, REVALUATION, BY_DATA, steps, valued, 12, matures, disbursed, today)

    # the first to close, and what is met on the way
    if count == 0:
        return
    leading = 0
    for each in range(1, count):
        if deadline(pending, each) < deadline(pending, leading):
            leading = each
    last, missed = pending[leading, CLOSES], pending[leading, MISSED_ON]
    if last > until and missed == NONE:
        return
    method, needed, opens = pending[leading, METHOD], pending[leading, STEPS], pending[leading, OPENS]
    for each in range(count):
        if pending[each, OPENS] <= last:
            method, needed, opens = max(method, pending[each, METHOD]), needed | pending[each, STEPS], max(opens, pending[each, OPENS])
    due = pending[leading, DUE] if opens == pending[leading, OPENS] else max(aim(opens, last), worked_from(today))
    found[KIND], found[METHOD], found[OPENS], found[DUE], found[CLOSES] = pending[leading, KIND], method, opens, due, last
    found[RESULT] = latest(last, method, needed)


@short
def deadline(pending, at):
    return pending[at, CLOSES] if pending[at, MISSED_ON] == NONE else pending[at, MISSED_ON]
