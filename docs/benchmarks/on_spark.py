"""Spark on one machine: the policy of `loan_policy` as a plan of Spark and in batches by polars, and the making of either.

Run ``python docs/benchmarks/on_spark.py`` where Java 17 and the group ``spark`` are, with a number of rows if 200,000 are
not what you want. Wall time, medians of three runs after one that is not counted; the result is thrown away.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

import polars as pl
from decision_cases import book as cases
from frames_book import DENOMINATORS, GRAPH, loans, repeated, with_gaps
from loan_cases import ON
from pyspark.sql import SparkSession

from revisit_policy import frames
from revisit_policy.rulebooks import cn_housing

ROUNDS = 3
ASKED: dict[str, Any] = {"on": ON, "denominators": DENOMINATORS}


def batched(given: Any) -> Any:
    """The frame decided by polars, in batches of Arrow."""
    names = given.columns
    empty = frames.decide(GRAPH, given.limit(0).toArrow(), **ASKED)
    schema = given.sparkSession.createDataFrame(empty).schema

    def decided(batches: Iterable[Any]) -> Iterator[Any]:
        for batch in batches:
            part = pl.DataFrame(batch.rename_columns(names)).lazy()
            yield from frames.decide(GRAPH, part, **ASKED).collect().to_arrow(compat_level=pl.CompatLevel.oldest()).to_batches()

    return given.toDF(*(f"column_{at}" for at in range(len(names)))).mapInArrow(decided, schema)


def seconds(work: Callable[[], object]) -> float:
    """Wall time, the median of some runs after one that is not counted."""
    return median([once(work) for _ in range(ROUNDS + 1)][1:])


def once(work: Callable[[], object]) -> float:
    """Wall time of the first run."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def done(given: Any) -> None:
    """Every row and column of *given*, thrown away."""
    given.write.format("noop").mode("overwrite").save()


def main(words: list[str]) -> None:
    """Make both, run both."""
    rows = next((int(word) for word in words if word.isdigit()), 200_000)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYTHONPATH"] = str(Path(__file__).parent)  # the workers import this script's neighbours
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    with tempfile.TemporaryDirectory() as folder:
        source = f"{folder}/loans.parquet"
        repeated(with_gaps(loans(20_000)[1]), rows).with_columns(pl.col(pl.Categorical).cast(pl.String)).write_parquet(source)
        given = spark.read.parquet(source)
        plan, batches = frames.decide(GRAPH, given, **ASKED), batched(given)
        print(f"{rows:,} rows, seconds", flush=True)
        print(f"making the plan            {seconds(lambda: frames.decide(GRAPH, given, **ASKED)):6.2f}", flush=True)
        book = spark.createDataFrame(frames.from_cases([]).to_arrow())
        print(f"the same, shipped rulebook {seconds(lambda: frames.decide(cn_housing.rulebook, book, on=ON)):6.2f}", flush=True)
        visited = spark.createDataFrame(frames.from_cases([*cases(300)]).to_arrow())
        print(f"the same, with visits      {once(lambda: frames.decide(cn_housing.rulebook, visited, on=ON, visits=True)):6.2f}", flush=True)
        planned = frames.decide(cn_housing.rulebook, visited, on=ON, visits=True)
        print(f"300 loans with visits      {once(lambda: done(planned)):6.2f}", flush=True)
        print(f"making the batches         {seconds(lambda: batched(given)):6.2f}", flush=True)
        print(f"reading every column       {seconds(lambda: done(given)):6.2f}", flush=True)
        print(f"as a plan                  {seconds(lambda: done(plan)):6.2f}", flush=True)
        print(f"in batches, by polars      {seconds(lambda: done(batches)):6.2f}", flush=True)
    spark.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
