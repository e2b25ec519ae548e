"""How fast a whole book is decided, engine by engine, beside reading the same columns once.

Run ``python docs/benchmarks/frames.py`` on an idle machine, with a number of rows if a million is not what you want;
``--quick`` checks a few rows against the single decision and times next to nothing. The policy is the one of
``scalar.py``: 60 rules over 25 facts in five tables. What is printed is the processor time of all threads and the wall
time, medians of rounds that take turns.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import loan_policy
import polars as pl
from loan_cases import ON, book

from revisit_policy import DecisionGraph, frames
from revisit_policy.values.money import Money

GRAPH = DecisionGraph(loan_policy.TABLES)
RULES = [rule.id for table in GRAPH.tables for rule in table.rules]
DIFFERENT = 20_000
DENOMINATORS = {"market.volatility": 10**6}
ROUNDS = 3

Run = Callable[[], object]


def cell(case: Any, path: str) -> Any:  # noqa: ANN401 - any case, any cell
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


def check(cases: list[Any], frame: pl.DataFrame) -> None:
    """Hold every row against the single decision."""
    decided = frames.decide(GRAPH, frame, on=ON, denominators=DENOMINATORS)
    for at, case in enumerate(cases):
        said = GRAPH.decide(case, on=ON)
        assert decided["grade"][at] == said["grade"].outcome.severity
        fired = [rule for name in said for rule in said[name].fired]
        assert decided["fired_mask"][at] == sum(1 << RULES.index(rule) for rule in fired)


def runs_on(frame: pl.DataFrame, folder: Path) -> dict[str, Run]:
    """What is timed."""
    lazy, arrow = frame.lazy(), frame.with_columns(pl.col(pl.Categorical).cast(pl.String)).to_arrow()
    source, target = folder / "loans.parquet", folder / "decided.parquet"
    frame.write_parquet(source)
    relation = duckdb.connect().from_arrow(arrow)
    pandas = arrow.to_pandas(date_as_object=False)

    def ours(trace: str) -> Run:
        plan = frames.decide(GRAPH, lazy, on=ON, trace=trace, denominators=DENOMINATORS).select(pl.exclude(frame.columns))
        return lambda: plan.collect(engine="streaming")

    def on_duckdb() -> object:
        decided = frames.decide(GRAPH, relation, on=ON, denominators=DENOMINATORS)
        return decided.aggregate("sum(grade), sum(fired_mask % 1000)").fetchall()

    def parquet() -> None:
        frames.decide(GRAPH, pl.scan_parquet(source), on=ON, denominators=DENOMINATORS).sink_parquet(target)

    return {
        "reading every column once": lambda: lazy.select(pl.all().max()).collect(engine="streaming"),
        "polars, streaming, no trace": ours("none"),
        "polars, streaming, trace as masks": ours("masks"),
        "polars, streaming, trace as booleans": ours("booleans"),
        "polars, eager, trace as masks": lambda: frames.decide(GRAPH, frame, on=ON, denominators=DENOMINATORS),
        "pyarrow, trace as masks": lambda: frames.decide(GRAPH, arrow, on=ON, denominators=DENOMINATORS),
        "pandas, trace as masks": lambda: frames.decide(GRAPH, pandas, on=ON, denominators=DENOMINATORS),
        "DuckDB, trace as masks": on_duckdb,
        "scanning parquet": lambda: pl.scan_parquet(source).select(pl.all().max()).collect(engine="streaming"),
        "parquet to parquet": parquet,
    }


def main(words: list[str]) -> None:
    """Check, then time."""
    quick = "--quick" in words
    rows = next((int(word) for word in words if word.isdigit()), 2_000 if quick else 1_000_000)
    cases = list(book(300 if quick else DIFFERENT))
    frame = frame_of(cases)
    check(cases[:2_000], frame[:2_000])
    whole = pl.concat([frame] * -(-rows // len(cases)))[:rows].rechunk()
    with tempfile.TemporaryDirectory() as folder:
        runs = runs_on(whole, Path(folder))
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in runs}
        for count in range(1 if quick else ROUNDS + 1):
            for name, run in runs.items():
                processor, wall = time.process_time(), time.perf_counter()
                run()
                if count or quick:
                    taken[name].append((time.process_time() - processor, time.perf_counter() - wall))
    print(f"{rows:,} rows")
    for name, times in taken.items():
        processor, wall = (median(part) for part in zip(*times, strict=True))
        print(f"{name:40} {processor / rows * 1e9:8,.0f} ns a row   {rows / wall / 1e6:8.2f} million rows a second")
    print(f"most memory used: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


if __name__ == "__main__":
    main(sys.argv[1:])
