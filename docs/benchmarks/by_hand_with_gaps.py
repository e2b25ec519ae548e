"""The same 60 rules by hand once more, for cases that lack measurements: what is certain, what is possible, and why.

Written by someone who wants it fast: what is known is nested as in :mod:`by_hand`, and each fact that is unknown is
asked about once. Registers, arrears and amounts are taken to be known; any of :data:`loan_cases.OFTEN_MISSING` may be
``None``. It says again what :mod:`by_hand` says, because one part shared as a function costs a rival 15 to 23 in a hundred.
"""

# ruff: noqa: C901, PLR0912, PLR0915 - one long nested function is what this rival is

from by_hand import DEMAND, GRADES, LEVELS, MEASURES, METHODS, NEW_REGIME, REALISE, REMIND, RESTRUCTURE, REVALUE, STOP_DRAWING, VERIFY

INTERVALS = (12, 6, 3, 1)


def decide_with_gaps(facts: tuple) -> tuple:
    """For each table the certain outcome and the worst one; then the rules that fire, and those that are undecided.

    Severities are places on their scales until the end. ``more_*`` are the places, as bits, that undecided rules add.
    """
    (
        overdue, missed, misuse, on, restructured, impaired, ecl, bankrupt, seized, ltv, stalled, late, prices, dsr, employment, standing, income,
        volatility, unreached, balance, age, property_type, left, visited, valued,
    ) = facts  # fmt: skip
    fired, undecided = [], []
    grade = level = interval = method = certain = possible = 0
    more_grades = more_levels = more_intervals = more_methods = 0

    if overdue > 0:
        fired.append("overdue")
        grade = 1
        if overdue > 30:
            fired.append("arrears-30")
            level = 2
            if ltv is None:
                undecided.append("under-water-overdue")
                more_grades = 4
            elif ltv > 1.20:
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
            grade = max(grade, 2)
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
                grade = max(grade, 2)
        if impaired:
            fired.append("impaired")
            grade = max(grade, 2)
            if ecl is None:
                undecided += "impaired-half", "impaired-whole"
                more_grades |= 24
            elif ecl >= 0.50:
                fired.append("impaired-half")
                grade = max(grade, 3)
                if ecl >= 0.90:
                    fired.append("impaired-whole")
                    grade = 4
        if bankrupt:
            fired.append("bankrupt")
            grade = max(grade, 2)
        if bankrupt or stalled:
            fired.append("verify")
            certain = VERIFY
        if seized:
            fired.append("collateral-seized")
            level = 3
            if ltv is None:
                undecided.append("seized-under-water")
                more_grades |= 8
            elif ltv > 1:
                fired.append("seized-under-water")
                grade = max(grade, 3)
        if stalled:
            fired.append("building-stalled")
            level = max(level, 2)
            if overdue > 0:
                fired.append("stalled-overdue")
                grade = max(grade, 2)

    grades = 1 << grade
    if more_grades:
        grades |= more_grades >> grade << grade
    if grades > 1:
        if grades & 2:
            if grades == 2:
                fired.append("grade-mentioned")
                if not level:
                    level = 1
                if overdue > 0:
                    fired.append("remind")
                    certain |= REMIND
            else:
                undecided.append("grade-mentioned")
                more_levels = 2
                if overdue > 0:
                    undecided.append("remind")
                    possible = REMIND
        if grades > 3:
            if grade > 1:
                fired.append("grade-bad")
                level = 3
                if overdue > 0:
                    fired.append("demand")
                    certain |= DEMAND
            else:
                undecided.append("grade-bad")
                more_levels |= 8
                if overdue > 0:
                    undecided.append("demand")
                    possible |= DEMAND
            if grades > 7 and overdue > 90:
                if ltv is None:
                    undecided.append("realise")
                    possible |= REALISE
                elif ltv >= 0.50:
                    if grade > 2:
                        fired.append("realise")
                        certain |= REALISE
                    else:
                        undecided.append("realise")
                        possible |= REALISE
    if grade > 1 or seized:
        fired.append("go-and-see")
        method = 2
    elif grades > 3:
        undecided.append("go-and-see")
        more_methods = 4

    if ltv is None:
        undecided += "thin-margin", "thinner-margin"
        more_levels |= 6
        if balance >= 1_000_000_000:
            undecided.append("large")
            more_intervals = 2
        if prices is None:
            undecided += "no-margin", "prices-eat-margin"
            more_levels |= 8
        elif prices < 0:
            undecided.append("no-margin")
            more_levels |= 8
            if prices <= -0.25:
                undecided.append("prices-eat-margin")
    elif ltv >= 0.60:
        if balance >= 1_000_000_000:
            fired.append("large")
            interval = 1
        if ltv >= 0.70:
            if prices is None:
                undecided.append("prices-eat-margin")
                more_levels |= 8
            elif prices <= -0.25:
                fired.append("prices-eat-margin")
                level = 3
            if ltv >= 0.80:
                fired.append("thin-margin")
                if not level:
                    level = 1
                if ltv >= 0.90:
                    fired.append("thinner-margin")
                    level = max(level, 2)
                    if ltv > 1:
                        if prices is None:
                            undecided.append("no-margin")
                            more_levels |= 8
                        elif prices < 0:
                            fired.append("no-margin")
                            level = 3
    if late is None:
        undecided += "late-3", "late-6"
        more_levels |= 6
    elif late >= 3:
        fired.append("late-3")
        if not level:
            level = 1
        if late >= 6:
            fired.append("late-6")
            level = max(level, 2)
    if dsr is None:
        undecided.append("burdened")
        more_levels |= 2
        if (employment is None or employment == 2) or (standing is None or standing >= 4):
            undecided.append("burdened-and-unsteady")
            more_levels |= 4
        if employment is None or employment >= 4:
            undecided.append("restructure")
            possible |= RESTRUCTURE
        if income is None or income < -0.30:
            undecided.append("overburdened")
            more_levels |= 8
    elif dsr > 0.50:
        fired.append("burdened")
        if not level:
            level = 1
        if dsr > 0.55:
            if employment == 2 or (standing is not None and standing >= 4):
                fired.append("burdened-and-unsteady")
                level = max(level, 2)
            elif employment is None or standing is None:
                undecided.append("burdened-and-unsteady")
                more_levels |= 4
            if employment is None:
                undecided.append("restructure")
                possible |= RESTRUCTURE
            elif employment >= 4:
                fired.append("restructure")
                certain |= RESTRUCTURE
            if dsr > 0.70:
                if income is None:
                    undecided.append("overburdened")
                    more_levels |= 8
                elif income < -0.30:
                    fired.append("overburdened")
                    level = 3
    if prices is None:
        undecided += "prices-fall", "prices-plunge"
        more_levels |= 6
        if volatility is None or volatility >= 0.15:
            undecided.append("prices-swing")
    elif prices < 0:
        if volatility is None:
            undecided.append("prices-swing")
            more_levels |= 2
        elif volatility >= 0.15:
            fired.append("prices-swing")
            if not level:
                level = 1
        if prices <= -0.10:
            fired.append("prices-fall")
            if not level:
                level = 1
            if prices <= -0.20:
                fired.append("prices-plunge")
                level = max(level, 2)
    if income is None:
        undecided += "income-falls", "income-halves"
        more_levels |= 6
    elif income <= -0.30:
        fired.append("income-falls")
        if not level:
            level = 1
        if income <= -0.50:
            fired.append("income-halves")
            level = max(level, 2)
    if employment is None:
        undecided.append("out-of-work")
        more_levels |= 4
    elif employment == 8:
        fired.append("out-of-work")
        level = max(level, 2)
    if unreached >= 3:
        fired.append("not-reached-3")
        fired.append("go-and-find")
        method = 2
        if not level:
            level = 1
        if unreached >= 6:
            fired.append("not-reached-6")
            level = max(level, 2)

    if property_type != 1:
        if property_type == 4:
            fired.append("see-the-shop")
            if not method:
                method = 1
        elif age < 36:
            fired.append("unfinished")
            interval = 2
    if visited is None:
        undecided.append("long-unseen")
        more_methods = 4
    elif visited > 730:
        fired.append("long-unseen")
        method = 2
    levels = 1 << level
    if more_levels:
        levels |= more_levels >> level << level
    if levels > 1:
        if levels & 2:
            if levels == 2:
                fired.append("on-watch")
                if not interval:
                    interval = 1
            else:
                undecided.append("on-watch")
                more_intervals |= 2
        if levels > 3:
            if level > 1:
                fired.append("see-the-alert")
                if not method:
                    method = 1
            else:
                undecided.append("see-the-alert")
                more_methods |= 2
            if levels & 4:
                if levels == 4:
                    fired.append("in-alert")
                    interval = 2
                else:
                    undecided.append("in-alert")
                    more_intervals |= 4
            if levels & 8:
                if levels == 8:
                    fired.append("in-alarm")
                    interval = 3
                else:
                    undecided.append("in-alarm")
                    more_intervals |= 8
    if misuse or level == 3:
        fired.append("stop-drawing")
        certain |= STOP_DRAWING
    elif levels > 7:
        undecided.append("stop-drawing")
        possible |= STOP_DRAWING
    if valued is None or valued >= 12:
        if valued is not None and (level > 1 or (ltv is not None and ltv >= 0.70)):
            fired.append("revalue")
            certain |= REVALUE
        elif levels > 3 or ltv is None or ltv >= 0.70:
            undecided.append("revalue")
            possible |= REVALUE
    if age < 12:
        fired.append("young")
        if not interval:
            interval = 1
    if standing is None:
        undecided += "standing-fair", "standing-poor"
        more_intervals |= 6
    elif standing >= 4:
        fired.append("standing-fair")
        if not interval:
            interval = 1
        if standing == 8:
            fired.append("standing-poor")
            interval = max(interval, 2)
    if left <= 6:
        fired.append("matures-soon")
        interval = max(interval, 2)
    return (
        (GRADES[grade], GRADES[grades.bit_length() - 1]),
        (LEVELS[level], LEVELS[levels.bit_length() - 1]),
        (INTERVALS[interval], INTERVALS[max(interval, more_intervals.bit_length() - 1)]),
        (METHODS[method], METHODS[max(method, more_methods.bit_length() - 1)]),
        (MEASURES[certain], MEASURES[certain | possible]),
        fired,
        undecided,
    )
