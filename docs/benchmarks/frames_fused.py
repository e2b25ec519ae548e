"""The policy of `loan_policy` as one loop over plain arrays, compiled by numba: the ceiling of what one pass can do.

Every row is looked at once, from its figures to its outcomes, without a branch but for rows that are bad. A condition is
two truth values: whether it surely holds, and whether it may. The trace is written as bits of two whole numbers, which
is the least that can be written of it. What is unknown is not a number, which no comparison holds for; making such arrays
from a frame is not counted.
"""

# ruff: noqa: PLR0915 - one long loop is what this rival is


from collections.abc import Iterator
from typing import Any

import numba
import numpy as np
import polars as pl
from by_hand import FACTS
from frames_by_hand import BAD, GRADES, INTERVALS, LEVELS, MEASURES, METHODS, RULES, TODAY

from revisit_policy.values import Date, add_months, cutoff_elapsed

NUMBERS = (
    "loan.days_past_due", "loan.missed_periods", "loan.late_periods", "loan.balance", "loan.expected_loss", "collateral.value",
    "borrower.income", "borrower.income_before", "borrower.debt_service", "market.price_index", "market.price_index_before", "market.volatility",
    "loan.failed_contacts",
)  # fmt: skip
DAYS = ("loan.disbursed_on", "loan.matures_on", "collateral.valued_on", "days_since_visit_day")
FLAGS = ("loan.misuse", "loan.restructured", "loan.impaired", "borrower.bankrupt", "collateral.seized", "collateral.stalled")
CODES = {
    "borrower.employment": ("salaried", "self_employed", "retired", "unemployed"),
    "borrower.standing": ("excellent", "good", "fair", "poor"),
    "collateral.property_type": ("completed_home", "presale_home", "shop"),
}

#: What stands for "unknown" in a code, and for one that there is not.
NOT_KNOWN, NO_SUCH = -1, 99

#: What stands in the places of a bad row.
NOTHING = -1


def epoch_day(day: Date) -> int:
    """The days since 1970."""
    return day.toordinal() - Date(1970, 1, 1).toordinal()


ON = epoch_day(TODAY)
ELAPSED_0, ELAPSED_12, ELAPSED_36, ELAPSED_601 = (epoch_day(cutoff_elapsed(months, TODAY)) for months in (0, 12, 36, 601))
AHEAD_6, AHEAD_600, BEHIND_601 = (epoch_day(add_months(TODAY, months)) for months in (6, 600, -601))


def mask(names: tuple[str, ...]) -> int:
    """The bits of some rules."""
    return sum(1 << RULES.index(name) for name in names)


G1, G2, G3, G4 = map(mask, GRADES)
L1, L2, L3 = map(mask, LEVELS)
I1, I2, I3 = map(mask, INTERVALS)
M1, M2 = map(mask, METHODS)
FIRST_MEASURE = RULES.index(MEASURES[0])
(
    B_OVERDUE, B_MISSED, B_ECL, B_LTV, B_LATE, B_PRICES, B_DSR, B_EMPLOYMENT, B_STANDING, B_INCOME, B_VOLATILITY, B_UNREACHED, B_BALANCE, B_AGE, B_PROPERTY, B_LEFT, B_VISITED, B_VALUED,
) = (1 << FACTS.index(name) for name in BAD)  # fmt: skip


def arrays(frame: pl.DataFrame) -> tuple[Any, ...]:
    """The figures of a frame, what is unknown as not a number; flags as 0, 1 for unknown, 2; codes by their places."""
    places = {path: {code: at for at, code in enumerate(codes)} for path, codes in CODES.items()}
    found = [frame[name].cast(pl.Float64).to_numpy() for name in NUMBERS]
    found += [frame[name].cast(pl.Int32).cast(pl.Float64).to_numpy() for name in DAYS]
    found += [frame[name].cast(pl.Int8).__mul__(2).fill_null(1).to_numpy() for name in FLAGS]
    for name, codes in places.items():
        text = frame[name].cast(pl.String)
        found.append(text.replace_strict(codes, default=NO_SUCH, return_dtype=pl.Int8).fill_null(NOT_KNOWN).to_numpy())
    return tuple(np.where(frame[name].is_null(), NOT_KNOWN, cells) if name in CODES else cells for name, cells in zip(_names(), found, strict=True))


def _names() -> Iterator[str]:
    yield from (*NUMBERS, *DAYS, *FLAGS, *CODES)


short = numba.njit  # left to the compiler to inline


@short
def ratio(over: float, under: float) -> float:
    """A quotient, not a number where nothing is divided by."""
    return over / under if under != 0 else np.nan


@short
def beyond(value: float, low: float, high: float) -> bool:
    """Whether a known value is out of bounds."""
    return (value < low) | (value > high)


@short
def more(value: float, limit: float) -> tuple[bool, bool]:
    """Whether a value surely is above a limit, and whether it may be."""
    return value > limit, not value <= limit


@short
def least(value: float, limit: float) -> tuple[bool, bool]:
    """Whether a value surely is at a limit or above it, and whether it may be."""
    return value >= limit, not value < limit


@short
def less(value: float, limit: float) -> tuple[bool, bool]:
    """Whether a value surely is below a limit, and whether it may be."""
    return value < limit, not value >= limit


@short
def most(value: float, limit: float) -> tuple[bool, bool]:
    """Whether a value surely is at a limit or below it, and whether it may be."""
    return value <= limit, not value > limit


@short
def true(flag: int) -> tuple[bool, bool]:
    """Whether a flag surely is set, and whether it may be."""
    return flag == 2, flag >= 1


@short
def one(code: int, place: int) -> tuple[bool, bool]:
    """Whether a code surely is this one, and whether it may be."""
    return code == place, (code == place) | (code == NOT_KNOWN)


@short
def both(first: tuple[bool, bool], second: tuple[bool, bool]) -> tuple[bool, bool]:
    """Whether both hold."""
    return first[0] & second[0], first[1] & second[1]


@short
def any_of(first: tuple[bool, bool], second: tuple[bool, bool]) -> tuple[bool, bool]:
    """Whether one of two holds."""
    return first[0] | second[0], first[1] | second[1]


@short
def noted(trace: tuple[int, int], bit: int, found: tuple[bool, bool]) -> tuple[int, int]:
    """The rules that fire and those that may, with one more."""
    return trace[0] | (np.int64(found[0]) << bit), trace[1] | (np.int64(found[1]) << bit)


@short
def highest(rules: int, first: int, second: int, third: int, fourth: int) -> int:
    """The highest place of which a rule is among some."""
    return 4 if rules & fourth else 3 if rules & third else 2 if rules & second else 1 if rules & first else 0


@short
def at(place: int, sure: int, worst: int, maybe: int, rules: int) -> tuple[bool, bool]:
    """Whether an outcome surely is at a place, and whether it may be: one of the *rules* for it may fire, and none above does."""
    return (sure == place) & (worst == place), (sure == place) | ((sure < place) & ((maybe & rules) != 0))


def judged(amounts: tuple[Any, ...], days: tuple[Any, ...], flags: tuple[Any, ...], codes: tuple[Any, ...], ratios: tuple[Any, ...]) -> tuple[Any, ...]:
    """The rules that fire, those that may, and the outcomes with those at worst."""
    overdue, missed, late, balance, volatility, unreached = amounts
    disbursed, matures, valued, visited = days
    employment, standing, property_type = codes
    ecl, ltv, dsr, income, prices = ratios
    misuse, restructured, impaired, bankrupt, seized, stalled = true(flags[0]), true(flags[1]), true(flags[2]), true(flags[3]), true(flags[4]), true(flags[5])
    found = (np.int64(0), np.int64(0))
    late_at_all, later, fair = more(overdue, 0), more(overdue, 30), any_of(one(standing, 2), one(standing, 3))
    burdened, unemployed = more(dsr, 0.55), one(employment, 3)
    found = noted(found, 0, late_at_all)
    found = noted(found, 1, more(overdue, 90))
    found = noted(found, 2, more(overdue, 270))
    found = noted(found, 3, more(overdue, 360))
    found = noted(found, 4, least(missed, 3))
    found = noted(found, 5, least(missed, 6))
    found = noted(found, 6, misuse)
    found = noted(found, 7, restructured)
    found = noted(found, 9, impaired)
    found = noted(found, 10, both(impaired, least(ecl, 0.50)))
    found = noted(found, 11, both(impaired, least(ecl, 0.90)))
    found = noted(found, 12, bankrupt)
    found = noted(found, 13, both(seized, more(ltv, 1)))
    found = noted(found, 14, both(stalled, late_at_all))
    found = noted(found, 15, both(more(ltv, 1.20), later))
    grade, grade_worst = highest(found[0], G1, G2, G3, G4), highest(found[1], G1, G2, G3, G4)

    mentioned, doubtful = at(1, grade, grade_worst, found[1], G1), (grade >= 3, grade_worst >= 3)
    substandard = (grade >= 2, grade_worst >= 2)
    found = noted(found, 16, mentioned)
    found = noted(found, 17, substandard)
    found = noted(found, 18, later)
    found = noted(found, 19, more(overdue, 60))
    found = noted(found, 20, least(late, 3))
    found = noted(found, 21, least(late, 6))
    found = noted(found, 22, least(ltv, 0.80))
    found = noted(found, 23, least(ltv, 0.90))
    found = noted(found, 24, both(more(ltv, 1), less(prices, 0)))
    found = noted(found, 25, more(dsr, 0.50))
    found = noted(found, 26, both(burdened, any_of(one(employment, 1), fair)))
    found = noted(found, 27, both(more(dsr, 0.70), less(income, -0.30)))
    found = noted(found, 28, most(prices, -0.10))
    found = noted(found, 29, most(prices, -0.20))
    found = noted(found, 30, both(most(prices, -0.25), least(ltv, 0.70)))
    found = noted(found, 31, both(least(volatility, 150_000), less(prices, 0)))
    found = noted(found, 32, most(income, -0.30))
    found = noted(found, 33, most(income, -0.50))
    found = noted(found, 34, unemployed)
    found = noted(found, 35, least(unreached, 3))
    found = noted(found, 36, least(unreached, 6))
    found = noted(found, 37, stalled)
    found = noted(found, 38, seized)
    level, level_worst = highest(found[0], L1, L2, L3, 0), highest(found[1], L1, L2, L3, 0)

    found = noted(found, 39, (level == 3, level_worst == 3))
    found = noted(found, 40, at(2, level, level_worst, found[1], L2))
    found = noted(found, 41, at(1, level, level_worst, found[1], L1))
    found = noted(found, 42, both(least(balance, 1_000_000_000), least(ltv, 0.60)))
    found = noted(found, 43, more(disbursed, ELAPSED_12))
    found = noted(found, 44, both(one(property_type, 1), more(disbursed, ELAPSED_36)))
    found = noted(found, 45, fair)
    found = noted(found, 46, one(standing, 3))
    found = noted(found, 47, most(matures, AHEAD_6))
    interval, interval_worst = highest(found[0], I1, I2, I3, 0), highest(found[1], I1, I2, I3, 0)

    alarmed, alert = (level == 3, level_worst == 3), (level >= 2, level_worst >= 2)
    found = noted(found, 48, one(property_type, 2))
    found = noted(found, 49, alert)
    found = noted(found, 50, any_of(substandard, seized))
    found = noted(found, 51, least(unreached, 3))
    found = noted(found, 52, most(visited, ON - 731))
    method, method_worst = highest(found[0], M1, M2, 0, 0), highest(found[1], M1, M2, 0, 0)

    found = noted(found, 53, both(mentioned, late_at_all))
    found = noted(found, 54, both(substandard, late_at_all))
    found = noted(found, 55, both(doubtful, both(more(overdue, 90), least(ltv, 0.50))))
    found = noted(found, 56, any_of(misuse, alarmed))
    found = noted(found, 57, both(burdened, any_of(unemployed, one(employment, 2))))
    found = noted(found, 58, both(most(valued, ELAPSED_12), any_of(alert, least(ltv, 0.70))))
    found = noted(found, 59, any_of(bankrupt, stalled))

    return found[0], found[1], grade, grade_worst, level, level_worst, interval, interval_worst, method, method_worst


in_three_values = numba.njit(judged)
#: Where all is known, "surely" and "may" are the same comparison, and the compiler drops one of them.
in_two_values = numba.njit(judged, fastmath={"nnan"})


@numba.njit(error_model="numpy")
def decided(figures: tuple[Any, ...], bad: Any, places: Any, trace: Any) -> None:
    """Fill *bad* with bits, *places* with outcome, outcome at worst and status of the five tables, *trace* with two masks."""
    (
        all_overdue, all_missed, all_late, all_balance, all_loss, all_value, all_income, all_before, all_debt, all_index, all_index_before,
        all_volatility, all_unreached, all_disbursed, all_matures, all_valued, all_visited, all_misuse, all_restructured, all_impaired, all_bankrupt,
        all_seized, all_stalled, all_employment, all_standing, all_property,
    ) = figures  # fmt: skip
    for row in numba.prange(len(bad)):
        overdue, missed, late, balance = all_overdue[row], all_missed[row], all_late[row], all_balance[row]
        volatility, unreached, income_before = all_volatility[row], all_unreached[row], all_before[row]
        disbursed, matures, valued, visited = all_disbursed[row], all_matures[row], all_valued[row], all_visited[row]
        employment, standing, property_type = all_employment[row], all_standing[row], all_property[row]
        flags = all_misuse[row], all_restructured[row], all_impaired[row], all_bankrupt[row], all_seized[row], all_stalled[row]
        ecl, ltv, dsr = ratio(all_loss[row], balance), ratio(balance, all_value[row]), ratio(all_debt[row], all_income[row])
        income = ratio(all_income[row] - income_before, income_before)
        prices = ratio(all_index[row] - all_index_before[row], all_index_before[row])

        wrong = (
            beyond(overdue, 0, 3650) * B_OVERDUE
            | beyond(missed, 0, 360) * B_MISSED
            | beyond(ecl, 0, 1) * B_ECL
            | beyond(ltv, 0, 20) * B_LTV
            | beyond(late, 0, 12) * B_LATE
            | beyond(prices, -1, 50) * B_PRICES
            | beyond(dsr, 0, 20) * B_DSR
            | (employment == NO_SUCH) * B_EMPLOYMENT
            | (standing == NO_SUCH) * B_STANDING
            | beyond(income, -1, 50) * B_INCOME
            | beyond(volatility, 0, 5_000_000) * B_VOLATILITY
            | beyond(unreached, 0, 99) * B_UNREACHED
            | beyond(balance, 0, 100_000_000_000) * B_BALANCE
            | ((disbursed > ELAPSED_0) | (disbursed <= ELAPSED_601)) * B_AGE
            | (property_type == NO_SUCH) * B_PROPERTY
            | ((matures <= BEHIND_601) | (matures > AHEAD_600)) * B_LEFT
            | ((visited > ON) | (visited <= ON - 20_001)) * B_VISITED
            | ((valued > ELAPSED_0) | (valued <= ELAPSED_601)) * B_VALUED
        )
        bad[row] = wrong
        if wrong:
            places[row] = NOTHING
            trace[row] = NOTHING
            continue

        amounts, days = (overdue, missed, late, balance, volatility, unreached), (disbursed, matures, valued, visited)
        codes, ratios = (employment, standing, property_type), (ecl, ltv, dsr, income, prices)
        unknown = np.isnan(overdue + missed + late + volatility + unreached + disbursed + matures + valued + visited + ecl + ltv + dsr + income + prices)
        unknown |= (flags[0] == 1) | (flags[1] == 1) | (flags[2] == 1) | (flags[3] == 1) | (flags[4] == 1) | (flags[5] == 1)
        unknown |= (employment == NOT_KNOWN) | (standing == NOT_KNOWN) | (property_type == NOT_KNOWN)
        if unknown:
            fired, maybe, grade, grade_worst, level, level_worst, interval, interval_worst, method, method_worst = in_three_values(
                amounts, days, flags, codes, ratios
            )
        else:
            fired, _, grade, _, level, _, interval, _, method, _ = in_two_values(amounts, days, flags, codes, ratios)
            maybe, grade_worst, level_worst, interval_worst, method_worst = fired, grade, level, interval, method

        trace[row, 0], trace[row, 1] = fired, maybe & ~fired
        certain, possible = fired >> FIRST_MEASURE, maybe >> FIRST_MEASURE
        places[row, 0], places[row, 1], places[row, 2] = grade, grade_worst, grade != grade_worst
        places[row, 3], places[row, 4], places[row, 5] = level, level_worst, level != level_worst
        places[row, 6], places[row, 7], places[row, 8] = interval, interval_worst, interval != interval_worst
        places[row, 9], places[row, 10], places[row, 11] = method, method_worst, method != method_worst
        places[row, 12], places[row, 13], places[row, 14] = certain, possible, certain != possible


def run(figures: tuple[Any, ...]) -> tuple[Any, Any, Any]:
    """What `decided` fills."""
    rows = len(figures[0])
    bad, places, trace = np.empty(rows, np.int32), np.empty((rows, 15), np.int16), np.empty((rows, 2), np.int64)
    decided(figures, bad, places, trace)
    return bad, places, trace
