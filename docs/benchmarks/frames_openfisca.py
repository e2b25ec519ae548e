"""The policy of `loan_policy` in OpenFisca-core: one variable a rule, one a table, each a formula over whole columns.

OpenFisca holds whole numbers in 32 bits and fractions in as many, so amounts in fen do not fit and ratios would be
rounded; it is handed what its rules compare, made beforehand and not counted: ratios as whole hundredths, rounded down
and up, and days as numbers. It knows no missing figures, so its book has none.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import polars as pl
from frames_by_hand import GRADES, INTERVALS, LEVELS, MEASURES, METHODS, NEW_REGIME, RULES, TODAY
from frames_fused import AHEAD_6, CODES, ELAPSED_12, ELAPSED_36, epoch_day
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERIOD = "2026-11"
LOAN = build_entity(key="loan", plural="loans", label="A housing loan", is_person=True)
LAST_SEEN = epoch_day(TODAY) - 731

#: What each rule compares.
RULE: Mapping[str, Any] = {
    "overdue": lambda of: of("overdue") > 0,
    "overdue-90": lambda of: of("overdue") > 90,
    "overdue-270": lambda of: of("overdue") > 270,
    "overdue-360": lambda of: of("overdue") > 360,
    "missed-3": lambda of: of("missed") >= 3,
    "missed-6": lambda of: of("missed") >= 6,
    "misused": lambda of: of("misuse"),
    "restructured-anew": lambda of: of("restructured") & NEW_REGIME,
    "restructured-of-old": lambda of: of("restructured") & (not NEW_REGIME),
    "impaired": lambda of: of("impaired"),
    "impaired-half": lambda of: of("impaired") & (of("ecl_down") >= 50),
    "impaired-whole": lambda of: of("impaired") & (of("ecl_down") >= 90),
    "bankrupt": lambda of: of("bankrupt"),
    "seized-under-water": lambda of: of("seized") & (of("ltv_up") > 100),
    "stalled-overdue": lambda of: of("stalled") & (of("overdue") > 0),
    "under-water-overdue": lambda of: (of("ltv_up") > 120) & (of("overdue") > 30),
    "grade-mentioned": lambda of: of("grade") == 1,
    "grade-bad": lambda of: of("grade") >= 2,
    "arrears-30": lambda of: of("overdue") > 30,
    "arrears-60": lambda of: of("overdue") > 60,
    "late-3": lambda of: of("late") >= 3,
    "late-6": lambda of: of("late") >= 6,
    "thin-margin": lambda of: of("ltv_down") >= 80,
    "thinner-margin": lambda of: of("ltv_down") >= 90,
    "no-margin": lambda of: (of("ltv_up") > 100) & (of("prices_down") < 0),
    "burdened": lambda of: of("dsr_up") > 50,
    "burdened-and-unsteady": lambda of: (of("dsr_up") > 55) & ((of("employment") == 1) | (of("standing") >= 2)),
    "overburdened": lambda of: (of("dsr_up") > 70) & (of("income_down") < -30),
    "prices-fall": lambda of: of("prices_up") <= -10,
    "prices-plunge": lambda of: of("prices_up") <= -20,
    "prices-eat-margin": lambda of: (of("prices_up") <= -25) & (of("ltv_down") >= 70),
    "prices-swing": lambda of: (of("volatility") >= 150_000) & (of("prices_down") < 0),
    "income-falls": lambda of: of("income_up") <= -30,
    "income-halves": lambda of: of("income_up") <= -50,
    "out-of-work": lambda of: of("employment") == 3,
    "not-reached-3": lambda of: of("unreached") >= 3,
    "not-reached-6": lambda of: of("unreached") >= 6,
    "building-stalled": lambda of: of("stalled"),
    "collateral-seized": lambda of: of("seized"),
    "in-alarm": lambda of: of("level") == 3,
    "in-alert": lambda of: of("level") == 2,
    "on-watch": lambda of: of("level") == 1,
    "large": lambda of: (of("balance_yuan") >= 10_000_000) & (of("ltv_down") >= 60),
    "young": lambda of: of("disbursed") > ELAPSED_12,
    "unfinished": lambda of: (of("property_type") == 1) & (of("disbursed") > ELAPSED_36),
    "standing-fair": lambda of: of("standing") >= 2,
    "standing-poor": lambda of: of("standing") >= 3,
    "matures-soon": lambda of: of("matures") <= AHEAD_6,
    "see-the-shop": lambda of: of("property_type") == 2,
    "see-the-alert": lambda of: of("level") >= 2,
    "go-and-see": lambda of: (of("grade") >= 2) | of("seized"),
    "go-and-find": lambda of: of("unreached") >= 3,
    "long-unseen": lambda of: of("visited") <= LAST_SEEN,
    "remind": lambda of: (of("grade") == 1) & (of("overdue") > 0),
    "demand": lambda of: (of("grade") >= 2) & (of("overdue") > 0),
    "realise": lambda of: (of("grade") >= 3) & (of("overdue") > 90) & (of("ltv_down") >= 50),
    "stop-drawing": lambda of: of("misuse") | (of("level") == 3),
    "restructure": lambda of: (of("dsr_up") > 55) & ((of("employment") == 3) | (of("employment") == 2)),
    "revalue": lambda of: (of("valued") <= ELAPSED_12) & ((of("level") >= 2) | (of("ltv_down") >= 70)),
    "verify": lambda of: of("bankrupt") | of("stalled"),
}

TABLES = {"grade": GRADES, "level": LEVELS, "interval": INTERVALS, "method": METHODS}


def figures(frame: pl.DataFrame) -> dict[str, Any]:
    """What OpenFisca is handed, from a frame without gaps."""
    found: dict[str, Any] = {}
    for name, column in WHOLE.items():
        found[name] = frame[column].cast(pl.Int32).to_numpy()
    for name, (over, under) in RATIOS.items():
        hundredfold, below = frame.select(100 * over, under).to_numpy(structured=False).T
        found[f"{name}_down"] = np.floor_divide(hundredfold, below).astype(np.int32)
        found[f"{name}_up"] = -np.floor_divide(-hundredfold, below).astype(np.int32)
    for name, column in FLAGS.items():
        found[name] = frame[column].to_numpy()
    for name, column in {"employment": "borrower.employment", "standing": "borrower.standing", "property_type": "collateral.property_type"}.items():
        found[name] = np.array([CODES[column].index(code) for code in frame[column].cast(pl.String)], np.int32)
    return found | {"balance_yuan": (frame["loan.balance"] // 100).cast(pl.Int32).to_numpy()}


WHOLE = {
    "overdue": "loan.days_past_due",
    "missed": "loan.missed_periods",
    "late": "loan.late_periods",
    "unreached": "loan.failed_contacts",
    "volatility": "market.volatility",
    "disbursed": "loan.disbursed_on",
    "matures": "loan.matures_on",
    "valued": "collateral.valued_on",
    "visited": "days_since_visit_day",
}
FLAGS = {
    "misuse": "loan.misuse",
    "restructured": "loan.restructured",
    "impaired": "loan.impaired",
    "bankrupt": "borrower.bankrupt",
    "seized": "collateral.seized",
    "stalled": "collateral.stalled",
}
RATIOS = {
    "ecl": (pl.col("loan.expected_loss"), pl.col("loan.balance")),
    "ltv": (pl.col("loan.balance"), pl.col("collateral.value")),
    "dsr": (pl.col("borrower.debt_service"), pl.col("borrower.income")),
    "income": (pl.col("borrower.income") - pl.col("borrower.income_before"), pl.col("borrower.income_before")),
    "prices": (pl.col("market.price_index") - pl.col("market.price_index_before"), pl.col("market.price_index_before")),
}


def named(rule: str) -> str:
    """A rule as a variable is called."""
    return "rule_" + rule.replace("-", "_")


def variable(name: str, kind: type, formula: Any = None) -> type[Variable]:
    """A variable of a loan, an input if it has no formula."""
    parts = {"value_type": kind, "entity": LOAN, "definition_period": DateUnit.MONTH, "label": name}
    return type(name, (Variable,), parts if formula is None else parts | {"formula": formula})


def system(inputs: Mapping[str, Any]) -> TaxBenefitSystem:
    """The policy."""
    made = TaxBenefitSystem([LOAN])
    for name, cells in inputs.items():
        made.add_variable(variable(name, bool if cells.dtype == bool else int))
    for rule, compared in RULE.items():
        made.add_variable(variable(named(rule), bool, rule_formula(compared)))
    for table, places in TABLES.items():
        made.add_variable(variable(table, int, table_formula(places)))
    made.add_variable(variable("measures", int, measures))
    return made


def rule_formula(compared: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    """What a rule compares, as OpenFisca calls it: with two arguments and no more."""
    return lambda loan, period: compared(lambda name: loan(name, period))


def table_formula(places: tuple[tuple[str, ...], ...]) -> Callable[[Any, Any], Any]:
    """The outcome of a table, in the same way."""
    return lambda loan, period: highest(loan, period, places)


def highest(loan: Any, period: Any, places: tuple[tuple[str, ...], ...]) -> Any:
    """The highest place with a rule that fires."""
    found = loan.empty_array().astype(np.int32)
    for at, rules in enumerate(places, start=1):
        fires = loan(named(rules[0]), period)
        for rule in rules[1:]:
            fires = fires | loan(named(rule), period)
        found = np.where(fires, at, found)
    return found


def measures(loan: Any, period: Any) -> Any:
    """The measures as bits."""
    return sum(loan(named(rule), period).astype(np.int32) << bit for bit, rule in enumerate(MEASURES))


def run(policy: TaxBenefitSystem, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The outcomes of all tables and whether each rule fires."""
    simulation = SimulationBuilder().build_default_simulation(policy, count=len(next(iter(inputs.values()))))
    for name, cells in inputs.items():
        simulation.set_input(name, PERIOD, cells)
    return {name: simulation.calculate(name, PERIOD) for name in (*TABLES, "measures", *map(named, RULES))}
