"""Made-up panels: loans with a stated hazard, so that what a plan must hit can be worked out by hand."""

from __future__ import annotations

import random
from typing import Any

import polars as pl

from revisit_policy.backtest import Panel
from revisit_policy.values import Date, add_months

FIRST = Date(2012, 3, 31)
COLUMNS = {"loan": "loan", "on": "on", "event": "event", "began": "began", "visited": "visited"}


def quarters(number: int) -> list[Date]:
    return [add_months(FIRST, 3 * at) for at in range(number)]


def rows(loans: int, periods: int, *, seed: int = 7, bad: float = 0.2, low: float = 0.004, high: float = 0.03) -> pl.DataFrame:
    """Loans of which a share is *bad* (points 1): in every quarter the event has the chance *high* for these and *low* for the others.

    Events fall on quarter ends, so that exactly three decision days are 6 to 12 months before each.
    """
    chance, days, found = random.Random(seed), quarters(periods + 1), []  # noqa: S311 - made up, the same on every machine
    for number in range(loans):
        points = int(chance.random() < bad)
        at = next((quarter for quarter in range(1, periods + 1) if chance.random() < (high if points else low)), None)
        fixed = {"loan": f"L-{number:05}", "began": Date(2000, 1, 1), "points": points, "ltv": chance.randrange(40, 110), "city": "AB"[number % 2]}
        fixed["visited"] = add_months(FIRST, -chance.randrange(1, 36))
        fixed["event"] = None if at is None else days[at]
        found += [{**fixed, "on": day} for day in days[: periods if at is None else at]]
    return pl.DataFrame(found, schema_overrides={"event": pl.Date})


def panel(frame: pl.DataFrame | pl.LazyFrame, **more: Any) -> Panel:
    return Panel(frame, **{**COLUMNS, **more})
