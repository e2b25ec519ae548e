"""Against theory: a fault that shows for a time *w* and visits every *T* are found with the chance min(1, w / T), as in delay-time models."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.backtest.panels import panel, rows

from revisit_policy.backtest import Dealt, Flat, Ranked, Window, compare, run

WINDOW = Window(earliest_months=12, latest_months=6)
WIDE = 9
"""Months that are in the window on a grid of quarters: three decision days."""

BOOK = panel(rows(3_000, 24))


@pytest.mark.parametrize("months", [6, 9, 12, 18, 24, 36])
def test_flat_plans_hit_what_the_closed_form_says(months: int) -> None:
    found = run(Flat(months=months), BOOK, window=WINDOW, flats=())
    reach = float(found.tally.reach(WINDOW).value or 0)
    assert 0.85 < reach < 1
    assert found.hit_rate.low - 0.02 <= reach * min(1, WIDE / months) <= found.hit_rate.high + 0.02
    assert float(found.visits_per_loan_year) == pytest.approx(12 / months, abs=0.12)


def test_worst_first_beats_flat_by_what_the_hazard_implies() -> None:
    plan = Ranked(by="points", capacity="0.6", cooldown_months=9)
    found = run(plan, BOOK, window=WINDOW, dealt=3)
    bad = BOOK.frame.filter(BOOK.frame["points"] == 1)
    share = len(bad) / len(BOOK.frame)
    of_bad = bad.filter(bad["event"].is_not_null())["loan"].n_unique() / BOOK.events
    rate_of_others = (0.6 - share * 12 / WIDE) / (1 - share)
    implied = float(found.tally.reach(WINDOW).value or 0) * (of_bad + (1 - of_bad) * rate_of_others * WIDE / 12)
    assert found.hit_rate.low - 0.02 <= implied <= found.hit_rate.high + 0.02
    flat, dealt = found.flat_at_the_same_spend(), found.own_answers_dealt()
    assert flat is not None
    assert dealt is not None
    assert float(flat) == pytest.approx(0.45 * float(found.tally.reach(WINDOW).value or 0), abs=0.04)
    assert found.hit_rate.low > max(flat, dealt) + Fraction(1, 10)


def test_the_gain_stands_beside_other_windows_and_is_paired_by_event() -> None:
    plan = Ranked(by="points", capacity="0.6", cooldown_months=9)
    found = compare({"worst first": plan, "dealt": Dealt(plan, seed=3)}, BOOK, window=WINDOW)
    lift, over_flat = found.lift("worst first", over="dealt"), found.over_flat("worst first")
    assert lift.low > 0.1
    assert over_flat is not None
    assert 0.1 < over_flat.low < (over_flat.value or 0) < over_flat.high
    windows = found.results["worst first"].by_window()
    assert [str(row.window) for row in windows] == ["3–6", "3–12", "6–12", "6–18", "6–24"]
    assert windows[2].hit_rate == found.results["worst first"].hit_rate
    assert all(row.flat is not None and row.dealt is not None for row in windows)
