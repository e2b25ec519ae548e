"""The book of `loan_cases` as a frame, with what a real book has as well: gaps, and now and then a row that is bad."""

from random import Random
from typing import Any

import loan_policy
import polars as pl
from loan_cases import ON, SEED, book

from revisit_policy import DecisionGraph, Money, frames

GRAPH = DecisionGraph(loan_policy.TABLES)
DENOMINATORS = {"market.volatility": 10**6}
KEY = "loan.key"

#: How many loans differ; a larger book repeats them.
DIFFERENT = 20_000

#: Columns that a bank may not have filled, and how often it has not.
WITH_GAPS = (
    "loan.late_periods", "loan.expected_loss", "collateral.value", "borrower.debt_service", "borrower.income_before", "market.price_index",
    "market.volatility", "collateral.valued_on", "days_since_visit_day", "borrower.employment", "borrower.standing", "loan.misuse",
    "loan.days_past_due", "collateral.seized",
)  # fmt: skip
GAPS = 0.02

#: One row in so many has been past due for less than no time.
BAD = 1_000


def cell(case: Any, path: str) -> Any:
    """One cell as a column holds it."""
    if path == "days_since_visit_day":
        return max((visit.completed_on for visit in case.visits), default=None)
    value: Any = case
    for step in path.split("."):
        value = getattr(value, step)
    if isinstance(value, Money):
        return value.minor
    if path in DENOMINATORS:
        return int(value * DENOMINATORS[path])
    return getattr(value, "value", value)


def frame_of(cases: list[Any]) -> pl.DataFrame:
    """The columns that the policy needs, codes as categories."""
    frame = pl.DataFrame({column.path: [cell(case, column.path) for case in cases] for column in frames.schema(GRAPH)})
    return frame.with_columns(pl.col(pl.String).cast(pl.Categorical))


def with_gaps(frame: pl.DataFrame) -> pl.DataFrame:
    """*frame* with gaps and bad rows."""
    rng = Random(SEED)
    there = {name: pl.Series([rng.random() >= GAPS for _ in range(frame.height)]) for name in WITH_GAPS}
    holed = frame.with_columns(pl.when(pl.lit(known)).then(pl.col(name)).alias(name) for name, known in there.items())
    overdue = pl.col("loan.days_past_due")
    return holed.with_columns(pl.when(pl.int_range(pl.len()) % BAD == BAD // 2).then(-1).otherwise(overdue).alias("loan.days_past_due"))


def repeated(frame: pl.DataFrame, rows: int) -> pl.DataFrame:
    """*frame* over and over, up to so many *rows*."""
    return pl.concat([frame] * -(-rows // frame.height))[:rows].rechunk()


def loans(count: int) -> tuple[list[Any], pl.DataFrame]:
    """So many cases, and their frame."""
    cases = list(book(count))
    return cases, frame_of(cases)


def decided(frame: Any, trace: str, *, keeping: tuple[str, ...] = ()) -> Any:
    """The columns of the decision on a polars *frame*, lazy if it is, and those that are kept."""
    names = [name for name in frame.collect_schema().names() if name not in keeping]
    return frames.decide(GRAPH, frame, on=ON, trace=trace, denominators=DENOMINATORS).select(pl.exclude(names))
