"""Ten million payments on one core: days past due of a whole book, beside the same written in polars by hand.

Run it with ``python docs/benchmarks/servicing.py``; ``--quick`` takes a small book. What the two have timed is compared row for row.
"""

import os
import sys

os.environ["POLARS_MAX_THREADS"] = "1"  # before polars is imported: one core

import datetime as dt
import warnings
from collections.abc import Callable

import polars as pl
from timing import seconds

from revisit_policy import frames
from revisit_policy.rulebooks import cn_housing

ON = dt.date(2026, 11, 23)
MONTHS = 48
INSTALMENT = 235_000
COMPARED = ["days_past_due", "missed_consecutive", "missed_total_24m", "delays_over_5_days_12m", "overdue_principal"]


def book(loans: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Four years of instalments and payments in no order: most in time, some late, some never."""
    numbers = pl.DataFrame({"loan": range(loans)}).join(pl.DataFrame({"month": range(MONTHS)}), how="cross")
    due = numbers.select(
        loan_no=pl.format("GZ-{}", "loan"),
        due_on=pl.lit(dt.date(2022, 12, 20)).dt.offset_by(pl.format("{}mo", "month")),
        principal=pl.lit(150_000, dtype=pl.Int64),
        interest=pl.lit(INSTALMENT - 150_000, dtype=pl.Int64),
        drawn=(pl.col("loan") * 7919 + pl.col("month") * 104_729) % 1000,
    )
    late = pl.when(pl.col("drawn") < 30).then(pl.col("drawn")).otherwise(0)
    paid = due.filter(pl.col("drawn") < 995).select("loan_no", paid_on=pl.col("due_on") + pl.duration(days=late), amount=pl.lit(INSTALMENT, dtype=pl.Int64))
    return due.drop("drawn").sample(fraction=1, shuffle=True, seed=1), paid.sample(fraction=1, shuffle=True, seed=2)


def by_hand(due: pl.LazyFrame, paid: pl.LazyFrame) -> pl.LazyFrame:
    """What somebody would write for the Chinese convention alone: two searches for what had been paid by a day."""
    due = due.filter(pl.col("due_on") <= ON).sort("loan_no", "due_on")
    due = due.with_columns(up_to=(pl.col("principal") + pl.col("interest")).cum_sum().over("loan_no"), late_on=pl.col("due_on").dt.offset_by("5d"))
    paid = paid.filter(pl.col("paid_on") <= ON).sort("loan_no", "paid_on").with_columns(paid=pl.col("amount").cum_sum().over("loan_no"))
    paid = paid.select("loan_no", "paid_on", "paid")
    found = due.join_asof(paid, left_on="due_on", right_on="paid_on", by="loan_no").rename({"paid": "in_time"}).drop("paid_on", strict=False)
    found = found.join_asof(paid, left_on="late_on", right_on="paid_on", by="loan_no").rename({"paid": "nearly"}).drop("paid_on", strict=False)
    found = found.join(paid.group_by("loan_no").agg(pl.col("paid").max()), on="loan_no", how="left").with_columns(pl.col("in_time", "nearly", "paid").fill_null(0))
    unpaid = pl.col("up_to") > pl.col("paid")
    missed, late = pl.col("up_to") > pl.col("in_time"), pl.col("up_to") > pl.col("nearly")
    behind = unpaid & (pl.col("due_on") < ON)
    return found.group_by("loan_no").agg(
        days_past_due=(pl.lit(ON) - pl.col("due_on").filter(behind).min()).dt.total_days().fill_null(0),
        missed_consecutive=behind.sum(),
        missed_total_24m=(missed & pl.col("due_on").is_between(dt.date(2024, 11, 23), ON, closed="left")).sum(),
        delays_over_5_days_12m=(late & (pl.col("late_on") >= dt.date(2025, 11, 23)) & (pl.col("late_on") < ON)).sum(),
        overdue_principal=pl.min_horizontal(pl.col("up_to") - pl.col("paid"), "principal").filter(behind).sum(),
    )


def ours(due: pl.LazyFrame, paid: pl.LazyFrame) -> pl.LazyFrame:
    """The same and more, of the named convention."""
    return frames.arrears(due, paid, cn_housing.ARREARS_CONVENTION, on=ON.isoformat())


def timed(job: Callable[[pl.LazyFrame, pl.LazyFrame], pl.LazyFrame], due: pl.LazyFrame, paid: pl.LazyFrame) -> tuple[float, pl.DataFrame]:
    """The processor time of one run, and what came of it."""
    found: list[pl.DataFrame] = []
    taken = seconds(lambda: found.append(job(due, paid).collect()))
    return taken, found[0].rename(lambda name: name.removeprefix("loan.")).sort("loan_no").select("loan_no", pl.col(COMPARED).cast(pl.Int64))


def main(*, quick: bool) -> None:
    """Time both, and hold their rows against one another."""
    warnings.filterwarnings("ignore", message="Sortedness of columns")
    due, paid = (frame.lazy() for frame in book(2_000 if quick else 210_000))
    rows = paid.select(pl.len()).collect().item()
    theirs, expected = timed(by_hand, due, paid)
    mine, found = timed(ours, due, paid)
    if not found.equals(expected):
        sys.exit("expected the same rows by hand and by `frames.arrears`, got others")
    print(f"{rows:,} payments; arrears of {expected.filter(pl.col('days_past_due') > 0).height:,} of {expected.height:,} loans; the same rows")
    for name, taken in (("by hand", theirs), ("frames.arrears", mine)):
        print(f"{name:15} {taken:6.2f} s {rows / taken / 1e6:6.2f} million payments a second")
    print(f"{'ratio':15} {mine / theirs:6.2f}")


if __name__ == "__main__":
    main(quick="--quick" in sys.argv)
