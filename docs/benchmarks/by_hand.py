"""The same 60 rules as a good developer writes them by hand, nested so that a healthy loan fails early.

Three functions, each written for its own purpose: without a trace, with one, and with one where facts may be missing.
They take the values that the library's readers take, in the same order: ratios as floats, amounts in fen, days as
ordinals, a choice as one bit. Severities are small integers until the end, measures the bits of a table made
beforehand.
"""

# ruff: noqa: C901, PLR0912, PLR0915 - one long nested function is what this rival is
# ruff: noqa: PLR1730 - the faster of two spellings

from datetime import date

from loan_policy import Grade, Level, Measure, Method

#: The order of the values taken.
FACTS = (
    "days_past_due", "missed_periods", "misuse", "on", "restructured", "impaired", "ecl_ratio", "bankrupt", "seized", "loan_to_value", "stalled",
    "late_periods", "price_change", "debt_service", "employment", "standing", "income_change", "volatility", "failed_contacts", "balance",
    "months_on_book", "property_type", "months_left", "days_since_visit", "valuation_age",
)  # fmt: skip

GRADES, LEVELS, METHODS = tuple(Grade), tuple(Level), tuple(Method)
MEASURES = tuple(tuple(measure for bit, measure in enumerate(Measure) if mask >> bit & 1) for mask in range(1 << len(Measure)))
REMIND, DEMAND, REALISE, STOP_DRAWING, RESTRUCTURE, REVALUE, VERIFY = (1 << bit for bit in range(7))
NEW_REGIME = date(2023, 7, 1).toordinal()


def decide(facts: tuple) -> tuple:
    """Grade, level, interval, method and measures; every fact is known."""
    (
        overdue, missed, misuse, on, restructured, impaired, ecl, bankrupt, seized, ltv, stalled, late, prices, dsr, employment, standing, income,
        volatility, unreached, balance, age, property_type, left, visited, valued,
    ) = facts  # fmt: skip
    grade = level = method = measures = 0
    interval = 12

    if overdue > 0:
        grade = 1
        if overdue > 30:
            level = 2
            if ltv > 1.20:
                grade = 2
            if overdue > 60:
                level = 3
                if overdue > 90:
                    grade = 2
                    if overdue > 270:
                        grade = 4 if overdue > 360 else 3
    if missed >= 3:
        if missed >= 6:
            if grade < 2:
                grade = 2
        elif not grade:
            grade = 1
    if misuse or restructured or impaired or bankrupt or seized or stalled:
        if not grade and (misuse or restructured):
            grade = 1
        if misuse:
            measures = STOP_DRAWING
        if grade < 2 and (bankrupt or (restructured and on < NEW_REGIME) or (stalled and overdue > 0)):
            grade = 2
        if impaired and grade < 4:
            if ecl >= 0.50:
                grade = 4 if ecl >= 0.90 else 3
            elif grade < 2:
                grade = 2
        if bankrupt or stalled:
            measures |= VERIFY
            if stalled and level < 2:
                level = 2
        if seized:
            level = 3
            method = 2
            if ltv > 1 and grade < 3:
                grade = 3

    if grade:
        if grade == 1:
            if not level:
                level = 1
            if overdue > 0:
                measures |= REMIND
        else:
            level = 3
            method = 2
            if overdue > 0:
                measures |= DEMAND
                if grade > 2 and overdue > 90 and ltv >= 0.50:
                    measures |= REALISE

    if ltv >= 0.60:
        if balance >= 1_000_000_000:
            interval = 6
        if ltv >= 0.70:
            if valued >= 12:
                measures |= REVALUE
            if prices <= -0.25:
                level = 3
            if ltv >= 0.80:
                if ltv >= 0.90:
                    if ltv > 1 and prices < 0:
                        level = 3
                    elif level < 2:
                        level = 2
                elif not level:
                    level = 1
    if level < 3:
        if dsr > 0.50:
            if not level:
                level = 1
            if dsr > 0.55:
                if employment == 2 or standing >= 4:
                    level = 2
                if dsr > 0.70 and income < -0.30:
                    level = 3
        if late >= 3 and level < 2:
            level = 2 if late >= 6 else level or 1
        if prices < 0 and level < 2:
            if prices <= -0.10:
                level = 2 if prices <= -0.20 else level or 1
            elif volatility >= 0.15 and not level:
                level = 1
        if income <= -0.30 and level < 2:
            level = 2 if income <= -0.50 else level or 1
        if employment == 8 and level < 2:
            level = 2
        if unreached >= 3 and level < 2:
            level = 2 if unreached >= 6 else level or 1

    if property_type != 1:
        if property_type == 4:
            if not method:
                method = 1
        elif age < 36:
            interval = 3
    if level:
        if level == 1:
            if interval > 6:
                interval = 6
        else:
            if level == 3:
                interval = 1
                measures |= STOP_DRAWING
            else:
                interval = 3
            if not method:
                method = 1
            if valued >= 12:
                measures |= REVALUE
    if interval > 3:
        if standing >= 4:
            interval = 3 if standing == 8 else 6
        if age < 12:
            interval = min(interval, 6)
        if left <= 6:
            interval = 3
    if unreached >= 3 or visited > 730:
        method = 2
    if dsr > 0.55 and employment >= 4:
        measures |= RESTRUCTURE
    return GRADES[grade], LEVELS[level], interval, METHODS[method], MEASURES[measures]


def decide_with_trace(facts: tuple) -> tuple:
    """Grade, level, interval, method, measures and the list of the rules that fire; every fact is known."""
    (
        overdue, missed, misuse, on, restructured, impaired, ecl, bankrupt, seized, ltv, stalled, late, prices, dsr, employment, standing, income,
        volatility, unreached, balance, age, property_type, left, visited, valued,
    ) = facts  # fmt: skip
    fired = []
    grade = level = method = measures = 0
    interval = 12

    if overdue > 0:
        fired.append("overdue")
        grade = 1
        if overdue > 30:
            fired.append("arrears-30")
            level = 2
            if ltv > 1.20:
                fired.append("under-water-overdue")
                grade = 2
            if overdue > 60:
                fired.append("arrears-60")
                level = 3
                if overdue > 90:
                    fired.append("overdue-90")
                    grade = 2
                    if overdue > 270:
                        fired.append("overdue-270")
                        grade = 3
                        if overdue > 360:
                            fired.append("overdue-360")
                            grade = 4
    if missed >= 3:
        fired.append("missed-3")
        if not grade:
            grade = 1
        if missed >= 6:
            fired.append("missed-6")
            if grade < 2:
                grade = 2
    if misuse or restructured or impaired or bankrupt or seized or stalled:
        if misuse:
            fired.append("misused")
            if not grade:
                grade = 1
        if restructured:
            if on >= NEW_REGIME:
                fired.append("restructured-anew")
                if not grade:
                    grade = 1
            else:
                fired.append("restructured-of-old")
                if grade < 2:
                    grade = 2
        if impaired:
            fired.append("impaired")
            if grade < 2:
                grade = 2
            if ecl >= 0.50:
                fired.append("impaired-half")
                if grade < 3:
                    grade = 3
                if ecl >= 0.90:
                    fired.append("impaired-whole")
                    grade = 4
        if bankrupt:
            fired.append("bankrupt")
            if grade < 2:
                grade = 2
        if bankrupt or stalled:
            fired.append("verify")
            measures = VERIFY
        if seized:
            fired.append("collateral-seized")
            level = 3
            if ltv > 1:
                fired.append("seized-under-water")
                if grade < 3:
                    grade = 3
        if stalled:
            fired.append("building-stalled")
            if level < 2:
                level = 2
            if overdue > 0:
                fired.append("stalled-overdue")
                if grade < 2:
                    grade = 2

    if grade:
        if grade == 1:
            fired.append("grade-mentioned")
            if not level:
                level = 1
            if overdue > 0:
                fired.append("remind")
                measures |= REMIND
        else:
            fired.append("grade-bad")
            level = 3
            if overdue > 0:
                fired.append("demand")
                measures |= DEMAND
                if grade > 2 and overdue > 90 and ltv >= 0.50:
                    fired.append("realise")
                    measures |= REALISE
    if grade > 1 or seized:
        fired.append("go-and-see")
        method = 2

    if ltv >= 0.60:
        if balance >= 1_000_000_000:
            fired.append("large")
            interval = 6
        if ltv >= 0.70:
            if prices <= -0.25:
                fired.append("prices-eat-margin")
                level = 3
            if ltv >= 0.80:
                fired.append("thin-margin")
                if not level:
                    level = 1
                if ltv >= 0.90:
                    fired.append("thinner-margin")
                    if level < 2:
                        level = 2
                    if ltv > 1 and prices < 0:
                        fired.append("no-margin")
                        level = 3
    if late >= 3:
        fired.append("late-3")
        if not level:
            level = 1
        if late >= 6:
            fired.append("late-6")
            if level < 2:
                level = 2
    if dsr > 0.50:
        fired.append("burdened")
        if not level:
            level = 1
        if dsr > 0.55:
            if employment == 2 or standing >= 4:
                fired.append("burdened-and-unsteady")
                if level < 2:
                    level = 2
            if employment >= 4:
                fired.append("restructure")
                measures |= RESTRUCTURE
            if dsr > 0.70 and income < -0.30:
                fired.append("overburdened")
                level = 3
    if prices < 0:
        if volatility >= 0.15:
            fired.append("prices-swing")
            if not level:
                level = 1
        if prices <= -0.10:
            fired.append("prices-fall")
            if not level:
                level = 1
            if prices <= -0.20:
                fired.append("prices-plunge")
                if level < 2:
                    level = 2
    if income <= -0.30:
        fired.append("income-falls")
        if not level:
            level = 1
        if income <= -0.50:
            fired.append("income-halves")
            if level < 2:
                level = 2
    if employment == 8:
        fired.append("out-of-work")
        if level < 2:
            level = 2
    if unreached >= 3:
        fired.append("not-reached-3")
        fired.append("go-and-find")
        method = 2
        if not level:
            level = 1
        if unreached >= 6:
            fired.append("not-reached-6")
            if level < 2:
                level = 2

    if property_type != 1:
        if property_type == 4:
            fired.append("see-the-shop")
            if not method:
                method = 1
        elif age < 36:
            fired.append("unfinished")
            interval = 3
    if visited > 730:
        fired.append("long-unseen")
        method = 2
    if level:
        if level == 1:
            fired.append("on-watch")
            if interval > 6:
                interval = 6
        else:
            fired.append("see-the-alert")
            if not method:
                method = 1
            if level == 2:
                fired.append("in-alert")
                interval = 3
            else:
                fired.append("in-alarm")
                interval = 1
    if misuse or level == 3:
        fired.append("stop-drawing")
        measures |= STOP_DRAWING
    if valued >= 12 and (level > 1 or ltv >= 0.70):
        fired.append("revalue")
        measures |= REVALUE
    if age < 12:
        fired.append("young")
        if interval > 6:
            interval = 6
    if standing >= 4:
        fired.append("standing-fair")
        if interval > 6:
            interval = 6
        if standing == 8:
            fired.append("standing-poor")
            if interval > 3:
                interval = 3
    if left <= 6:
        fired.append("matures-soon")
        if interval > 3:
            interval = 3
    return GRADES[grade], LEVELS[level], interval, METHODS[method], MEASURES[measures], fired
