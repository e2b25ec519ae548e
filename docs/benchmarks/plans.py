"""How long `frames.decide` takes before a row is looked at: the shipped rulebook as a plan, made and used again.

Run ``python docs/benchmarks/plans.py``; ``--quick`` does it once. The engines are the lazy ones of this process; Spark is in
``on_spark.py``. A new day is no new plan. What is printed is the processor time of this process, medians. What a plan that is
used again takes is the engine's, which looks its layers through; what one that is made takes beyond that is ours. Then one
row is decided by it, before which the engine makes a plan of its own.
"""

import datetime as dt
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import duckdb

from revisit_policy import BorrowerProfile, CaseFile, Collateral, Loan, cny, frames
from revisit_policy.frames.plan import plan_of
from revisit_policy.rulebooks import cn_housing

FIRST = dt.date(2026, 11, 24)
ROUNDS = 9


def book() -> Any:
    """A frame of one row."""
    loan = Loan(
        "1", product="first_home", principal=cny("1800000"), balance=cny("1455000"), annual_rate="0.0335", repayment="level_payment",
        disbursed_on="2024-03-15", term_months=360, days_past_due=0,
    )  # fmt: skip
    home = Collateral(value=cny("2450000"), valued_on="2026-03-02", property_type="completed_home")
    return frames.from_cases([CaseFile(loan=loan, borrower=BorrowerProfile("B"), collateral=home)])


def run(result: Any) -> object:
    """Every row of *result*."""
    return result.collect() if hasattr(result, "collect") else result.fetchall()


def milliseconds(work: Callable[[], object]) -> float:
    """Processor time of *work*."""
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1e3


def main(words: list[str]) -> None:
    """Time every engine."""
    rounds = 1 if "--quick" in words else ROUNDS
    row = book()
    engines = {"polars": row.lazy(), "DuckDB": duckdb.from_arrow(row.to_arrow())}
    for name, frame in engines.items():
        for visits in (False, True):

            def decided(frame: Any = frame, *, visits: bool = visits) -> Any:
                return frames.decide(cn_housing.rulebook, frame, on=FIRST, visits=visits)

            taken: list[tuple[float, float, float]] = []
            for _ in range(rounds):
                plan_of.cache_clear()
                made, again, result = milliseconds(decided), milliseconds(decided), decided()
                taken.append((made - again, again, milliseconds(lambda: run(result))))  # noqa: B023 - called at once
            ours, engine, row_decided = map(median, zip(*taken, strict=True))
            words_of = f"{name}{', with visits' if visits else ''}"
            print(f"{words_of:24} ours {ours:5,.0f} ms   the engine's {engine:5,.0f} ms   one row decided {row_decided:6,.0f} ms")


if __name__ == "__main__":
    main(sys.argv[1:])
