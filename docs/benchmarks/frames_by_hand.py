"""The policy of `loan_policy` as a good developer writes it in polars by hand, to win.

Every column that `frames.decide` adds is made here too: outcomes, outcomes at worst, statuses, what is bad in a row, and
a trace of one column a rule. What one table makes of another's outcome is written out for the case at hand; places are
held in one byte; the exactness of long numbers is taken on trust.
"""

from collections.abc import Iterable
from functools import reduce
from operator import add, or_
from typing import Any

import polars as pl
from by_hand import FACTS
from loan_cases import ON

from revisit_policy.values import add_months, cutoff_elapsed, from_ordinal, to_date

TODAY = to_date(ON, field="on")
NEW_REGIME = to_date(ON, field="on") >= to_date("2023-07-01", field="since")

col, lit = pl.col, pl.lit


def day_before(days: int) -> pl.Expr:
    """The day so many *days* before today."""
    return lit(from_ordinal(TODAY.toordinal() - days))


def elapsed(months: int) -> pl.Expr:
    """The last day since which so many *months* have passed."""
    return lit(cutoff_elapsed(months, TODAY))


def ahead(months: int) -> pl.Expr:
    """Today and so many *months*."""
    return lit(add_months(TODAY, months))


def either(parts: Iterable[pl.Expr]) -> pl.Expr:
    """Where one of *parts* holds."""
    return reduce(or_, parts)


def ratio(over: pl.Expr, under: pl.Expr) -> pl.Expr:
    """A quotient; unknown where nothing is divided by."""
    return pl.when(under != 0).then(over / under)


RATIOS = {
    "ecl": ratio(col("loan.expected_loss"), col("loan.balance")),
    "ltv": ratio(col("loan.balance"), col("collateral.value")),
    "dsr": ratio(col("borrower.debt_service"), col("borrower.income")),
    "income": ratio(col("borrower.income") - col("borrower.income_before"), col("borrower.income_before")),
    "prices": ratio(col("market.price_index") - col("market.price_index_before"), col("market.price_index_before")),
}

ecl, ltv, dsr, income, prices = map(col, RATIOS)
overdue, missed, late = col("loan.days_past_due"), col("loan.missed_periods"), col("loan.late_periods")
balance, unreached, volatility = col("loan.balance"), col("loan.failed_contacts"), col("market.volatility")
misuse, restructured, impaired = col("loan.misuse"), col("loan.restructured"), col("loan.impaired")
bankrupt, seized, stalled = col("borrower.bankrupt"), col("collateral.seized"), col("collateral.stalled")
employment, standing, property_type = col("borrower.employment"), col("borrower.standing"), col("collateral.property_type")
disbursed, matures, valued, visited = col("loan.disbursed_on"), col("loan.matures_on"), col("collateral.valued_on"), col("days_since_visit_day")

#: What is bad in a row, in the order of the facts.
BAD = {
    "days_past_due": (overdue < 0) | (overdue > 3650),
    "missed_periods": (missed < 0) | (missed > 360),
    "ecl_ratio": (ecl < 0) | (ecl > 1),
    "loan_to_value": (ltv < 0) | (ltv > 20),
    "late_periods": (late < 0) | (late > 12),
    "price_change": (prices < -1) | (prices > 50),
    "debt_service": (dsr < 0) | (dsr > 20),
    "employment": ~employment.is_in(["salaried", "self_employed", "retired", "unemployed"]),
    "standing": ~standing.is_in(["excellent", "good", "fair", "poor"]),
    "income_change": (income < -1) | (income > 50),
    "volatility": (volatility < 0) | (volatility > 5_000_000),
    "failed_contacts": (unreached < 0) | (unreached > 99),
    "balance": (balance < 0) | (balance > 100_000_000_000),
    "months_on_book": (disbursed > elapsed(0)) | (disbursed <= elapsed(601)),
    "property_type": ~property_type.is_in(["completed_home", "presale_home", "shop"]),
    "months_left": (matures <= ahead(-601)) | (matures > ahead(600)),
    "days_since_visit": (visited > day_before(0)) | (visited <= day_before(20_001)),
    "valuation_age": (valued > elapsed(0)) | (valued <= elapsed(601)),
}

#: The rules that read facts alone, null where they are unknown.
FACTUAL = {
    "overdue": overdue > 0,
    "overdue-90": overdue > 90,
    "overdue-270": overdue > 270,
    "overdue-360": overdue > 360,
    "missed-3": missed >= 3,
    "missed-6": missed >= 6,
    "misused": misuse,
    "restructured-anew": restructured if NEW_REGIME else lit(value=False),
    "restructured-of-old": lit(value=False) if NEW_REGIME else restructured,
    "impaired": impaired,
    "impaired-half": impaired & (ecl >= 0.50),
    "impaired-whole": impaired & (ecl >= 0.90),
    "bankrupt": bankrupt,
    "seized-under-water": seized & (ltv > 1),
    "stalled-overdue": stalled & (overdue > 0),
    "under-water-overdue": (ltv > 1.20) & (overdue > 30),
    "arrears-30": overdue > 30,
    "arrears-60": overdue > 60,
    "late-3": late >= 3,
    "late-6": late >= 6,
    "thin-margin": ltv >= 0.80,
    "thinner-margin": ltv >= 0.90,
    "no-margin": (ltv > 1) & (prices < 0),
    "burdened": dsr > 0.50,
    "burdened-and-unsteady": (dsr > 0.55) & ((employment == "self_employed") | (standing == "fair") | (standing == "poor")),
    "overburdened": (dsr > 0.70) & (income < -0.30),
    "prices-fall": prices <= -0.10,
    "prices-plunge": prices <= -0.20,
    "prices-eat-margin": (prices <= -0.25) & (ltv >= 0.70),
    "prices-swing": (volatility >= 150_000) & (prices < 0),
    "income-falls": income <= -0.30,
    "income-halves": income <= -0.50,
    "out-of-work": employment == "unemployed",
    "not-reached-3": unreached >= 3,
    "not-reached-6": unreached >= 6,
    "building-stalled": stalled,
    "collateral-seized": seized,
    "large": (balance >= 1_000_000_000) & (ltv >= 0.60),
    "young": disbursed > elapsed(12),
    "unfinished": (property_type == "presale_home") & (disbursed > elapsed(36)),
    "standing-fair": (standing == "fair") | (standing == "poor"),
    "standing-poor": standing == "poor",
    "matures-soon": matures <= ahead(6),
    "see-the-shop": property_type == "shop",
    "go-and-find": unreached >= 3,
    "long-unseen": visited <= day_before(731),
    "restructure": (dsr > 0.55) & ((employment == "unemployed") | (employment == "retired")),
    "verify": bankrupt | stalled,
}

GRADES = (
    ("overdue", "missed-3", "misused", "restructured-anew"),
    ("overdue-90", "missed-6", "restructured-of-old", "impaired", "bankrupt", "stalled-overdue", "under-water-overdue"),
    ("overdue-270", "impaired-half", "seized-under-water"),
    ("overdue-360", "impaired-whole"),
)
LEVELS = (
    ("grade-mentioned", "late-3", "thin-margin", "burdened", "prices-fall", "prices-swing", "income-falls", "not-reached-3"),
    (
        "arrears-30", "late-6", "thinner-margin", "burdened-and-unsteady", "prices-plunge", "income-halves", "out-of-work", "not-reached-6",
        "building-stalled",
    ),
    ("grade-bad", "arrears-60", "no-margin", "overburdened", "prices-eat-margin", "collateral-seized"),
)  # fmt: skip
INTERVALS = (
    ("on-watch", "large", "young", "standing-fair"),
    ("in-alert", "unfinished", "standing-poor", "matures-soon"),
    ("in-alarm",),
)
METHODS = (("see-the-shop", "see-the-alert"), ("go-and-see", "go-and-find", "long-unseen"))
MEASURES = ("remind", "demand", "realise", "stop-drawing", "restructure", "revalue", "verify")
READING = ("grade-mentioned", "grade-bad", "in-alarm", "in-alert", "on-watch", "see-the-alert", "go-and-see", *MEASURES[:4], "revalue")


def fired(rule: str) -> pl.Expr:
    """Where *rule* surely holds."""
    return col(f"fired_{rule}")


def undecided(rule: str) -> pl.Expr:
    """Where *rule* may hold, and need not."""
    return col(f"undecided_{rule}")


def on_grade(rule: str, surely: pl.Expr, possibly: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The two columns of a *rule* that reads another table."""
    return surely.alias(f"fired_{rule}"), (possibly & ~surely).alias(f"undecided_{rule}")


def place(table: str, rules: tuple[tuple[str, ...], ...]) -> list[pl.Expr]:
    """The outcome and the one at worst: the highest place with a rule that holds, or may."""
    sure = [either(map(fired, names)) for names in rules]
    maybe = [either(part(name) for name in names for part in (fired, undecided)) for names in rules]
    return [highest(flags).alias(name) for name, flags in ((table, sure), (f"{table}_at_worst", maybe))]


def highest(flags: list[pl.Expr]) -> pl.Expr:
    """The highest place with a rule that holds; constants are chosen faster than flags are made into numbers."""
    found = pl.when(flags[-1]).then(lit(len(flags), pl.UInt8))
    for at in range(len(flags) - 1, 0, -1):
        found = found.when(flags[at - 1]).then(lit(at, pl.UInt8))
    return found.otherwise(lit(0, pl.UInt8))


def bits(flags: Iterable[tuple[pl.Expr, int]], dtype: Any) -> pl.Expr:
    """The bits of those *flags* that hold."""
    return reduce(add, (pl.when(flag).then(lit(1 << bit, dtype)).otherwise(lit(0, dtype)) for flag, bit in flags))


def decided(loans: pl.LazyFrame, *, trace: bool) -> pl.LazyFrame:
    """The columns of the decision alone, in the order of `frames.decide`; the trace if it is asked for."""
    bad = {name: flag.eq_missing(other=True) for name, flag in BAD.items()}
    rows = loans.with_columns(**RATIOS).with_columns(**FACTUAL, **{f"bad_{name}": flag for name, flag in bad.items()})
    rows = rows.with_columns(
        *(col(rule).eq_missing(other=True).alias(f"fired_{rule}") for rule in FACTUAL),
        *(col(rule).is_null().alias(f"undecided_{rule}") for rule in FACTUAL),
        bits(((col(f"bad_{name}"), FACTS.index(name)) for name in BAD), pl.Int32).alias("bad_input"),
    )
    rows = rows.with_columns(*place("grade", GRADES))
    rows = rows.with_columns(*read_grade())
    rows = rows.with_columns(*place("level", LEVELS))
    rows = rows.with_columns(*read_level())
    rows = rows.with_columns(*place("interval", INTERVALS), *place("method", METHODS), *measures(), (col("bad_input") == 0).alias("sound"))
    return rows.select("bad_input", *(pl.when("sound").then(part) for part in outputs(trace=trace)))


def read_grade() -> list[pl.Expr]:
    """The rules that read the grade, and those that read it together with facts."""
    grade, worst = col("grade"), col("grade_at_worst")
    mentioned = (grade == 1) & (worst == 1), (grade == 1) | ((grade == 0) & either(map(undecided, GRADES[0])))
    bad, doubtful = (grade >= 2, worst >= 2), (grade >= 3, worst >= 3)
    late, later = (overdue > 0), (overdue > 90) & (ltv >= 0.50)
    rules = {
        "grade-mentioned": mentioned,
        "grade-bad": bad,
        "go-and-see": (bad[0] | seized.fill_null(value=False), bad[1] | seized.fill_null(value=True)),
        "remind": (mentioned[0] & fired("overdue"), mentioned[1] & late.fill_null(value=True)),
        "demand": (bad[0] & fired("overdue"), bad[1] & late.fill_null(value=True)),
        "realise": (doubtful[0] & later.fill_null(value=False), doubtful[1] & later.fill_null(value=True)),
    }
    return [part for rule, (surely, possibly) in rules.items() for part in on_grade(rule, surely, possibly)]


def read_level() -> list[pl.Expr]:
    """The rules that read the level."""
    level, worst = col("level"), col("level_at_worst")
    old, thin = valued <= elapsed(12), ltv >= 0.70
    rules = {
        "in-alarm": (level == 3, worst == 3),
        "in-alert": ((level == 2) & (worst == 2), (level == 2) | ((level < 2) & either(map(undecided, LEVELS[1])))),
        "on-watch": ((level == 1) & (worst == 1), (level == 1) | ((level < 1) & either(map(undecided, LEVELS[0])))),
        "see-the-alert": (level >= 2, worst >= 2),
        "stop-drawing": (fired("misused") | (level == 3), misuse.fill_null(value=True) | (worst == 3)),
        "revalue": (
            old.fill_null(value=False) & ((level >= 2) | thin.fill_null(value=False)),
            old.fill_null(value=True) & ((worst >= 2) | thin.fill_null(value=True)),
        ),
    }
    return [part for rule, (surely, possibly) in rules.items() for part in on_grade(rule, surely, possibly)]


def measures() -> list[pl.Expr]:
    """The set of measures, and the one at worst, as bits."""
    sure = bits(((fired(rule), bit) for bit, rule in enumerate(MEASURES)), pl.UInt8)
    maybe = bits(((fired(rule) | undecided(rule), bit) for bit, rule in enumerate(MEASURES)), pl.UInt8)
    return [sure.alias("measures"), maybe.alias("measures_at_worst")]


def outputs(*, trace: bool) -> list[pl.Expr]:
    """What a sound row is told, in order."""
    found: list[pl.Expr] = []
    for table in ("grade", "level", "interval", "method", "measures"):
        outcome, worst = col(table), col(f"{table}_at_worst")
        found += [outcome, worst, bits([(outcome != worst, 0)], pl.UInt8).alias(f"{table}_status")]
    return [*found, *(part(rule) for part in (fired, undecided) for rule in RULES)] if trace else found


RULES = (
    "overdue", "overdue-90", "overdue-270", "overdue-360", "missed-3", "missed-6", "misused", "restructured-anew", "restructured-of-old", "impaired",
    "impaired-half", "impaired-whole", "bankrupt", "seized-under-water", "stalled-overdue", "under-water-overdue", "grade-mentioned", "grade-bad",
    "arrears-30", "arrears-60", "late-3", "late-6", "thin-margin", "thinner-margin", "no-margin", "burdened", "burdened-and-unsteady", "overburdened",
    "prices-fall", "prices-plunge", "prices-eat-margin", "prices-swing", "income-falls", "income-halves", "out-of-work", "not-reached-3",
    "not-reached-6", "building-stalled", "collateral-seized", "in-alarm", "in-alert", "on-watch", "large", "young", "unfinished", "standing-fair",
    "standing-poor", "matures-soon", "see-the-shop", "see-the-alert", "go-and-see", "go-and-find", "long-unseen", "remind", "demand", "realise",
    "stop-drawing", "restructure", "revalue", "verify",
)  # fmt: skip
