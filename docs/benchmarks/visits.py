"""How fast the next visits of a whole book are planned: every engine, beside the decision without them and case by case.

Run ``python docs/benchmarks/visits.py`` on an idle machine, with a number of rows if 200,000 are not what you want;
``--quick`` times next to nothing. The policy is the shipped rulebook, the book that of ``decision.py``. Every row that
differs is first held against the single decision. What is printed is the processor time of all threads and the wall
time, medians of rounds that take turns. Where the group ``bench`` is installed, a rival plans the same visits in one loop that numba compiles: it is first held
against the frames, in these loans and in some in which more goes wrong, and the median of the ratios of each round is printed.
"""

import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from statistics import median
from typing import Any

import duckdb
import polars as pl
from decision_cases import ON, book

from revisit_policy import CaseFile, frames
from revisit_policy.rulebooks import cn_housing

DIFFERENT = 5_000
ROUNDS = 3
POLICY = cn_housing.rulebook

Run = Callable[[], object]


def check(cases: list[CaseFile], frame: pl.DataFrame) -> None:
    """Hold the windows and results of every row against the single decision."""
    planned = frames.next_visits(POLICY, frame, on=ON)
    for row, case in zip(planned.iter_rows(named=True), cases, strict=True):
        visit = POLICY.decide(case, on=ON).schedule.next
        days = None if visit is None else (visit.window.opens, visit.window.due, visit.window.closes, visit.result.latest)
        assert days == (None if visit is None else tuple(row[name] for name in ("next_opens", "next_due", "next_closes", "result_latest")))


ALONE, RIVAL = "polars, streaming: visits alone", "numba, one loop on one core: visits alone"


def rival_on(frame: pl.DataFrame) -> Callable[[], Any]:
    """The rival over the arrays of *frame*."""
    from visits_in_one_loop import arrays, months_later, next_visits

    today = int(pl.Series([ON], dtype=pl.Date).cast(pl.Int32)[0])
    loans, until = arrays(frame), months_later(today, 24)
    return lambda: next_visits(loans, today, until)


def check_rival(frame: pl.DataFrame) -> None:
    """Hold every visit of the rival against that of the frames."""
    found, planned = rival_on(frame)(), frames.next_visits(POLICY, frame, on=ON)
    for place, name in enumerate(("next_kind", "next_method", "next_opens", "next_due", "next_closes", "result_latest")):
        assert (planned[name].cast(pl.Int32).fill_null(-1).to_numpy() == found[:, place]).all(), name


def runs_on(frame: pl.DataFrame, cases: list[CaseFile]) -> dict[str, tuple[Run, int]]:
    """What is timed, and how many rows it takes."""
    rows, lazy, arrow = frame.height, frame.lazy(), frame.to_arrow()
    pandas = arrow.to_pandas(date_as_object=False)
    connection = duckdb.connect()
    connection.register("arrow", arrow)
    connection.execute("CREATE TABLE loans AS SELECT * FROM arrow")

    def on_polars(*, visits: bool) -> Run:
        plan = frames.decide(POLICY, lazy, on=ON, trace="none", visits=visits).select(pl.exclude(frame.columns))
        return lambda: plan.collect(engine="streaming")

    def on_duckdb(*, visits: bool) -> Run:
        names = "max(next_kind), max(next_due), max(result_latest), max(next_act_by)" if visits else "sum(grade), sum(measures), sum(interval_months)"
        return lambda: frames.decide(POLICY, connection.table("loans"), on=ON, trace="none", visits=visits).aggregate(names).fetchall()

    alone = frames.next_visits(POLICY, lazy, on=ON).select(pl.exclude(frame.columns))
    return {
        "polars, streaming: the decision": (on_polars(visits=False), rows),
        "polars, streaming: the decision with visits": (on_polars(visits=True), rows),
        ALONE: (lambda: alone.collect(engine="streaming"), rows),
        **({RIVAL: (rival_on(frame), rows)} if find_spec("numba") else {}),
        "DuckDB: the decision": (on_duckdb(visits=False), rows),
        "DuckDB: the decision with visits": (on_duckdb(visits=True), rows),
        "pyarrow: visits alone": (lambda: frames.next_visits(POLICY, arrow, on=ON), rows),
        "pandas: visits alone": (lambda: frames.next_visits(POLICY, pandas, on=ON), rows),
        "one case file after the other": (lambda: [POLICY.decide(case, on=ON).schedule.next for case in cases], len(cases)),
    }


def main(words: list[str]) -> None:
    """Check, then time."""
    quick = "--quick" in words
    rows = next((int(word) for word in words if word.isdigit()), 1_000 if quick else 200_000)
    cases = list(book(200 if quick else DIFFERENT))
    frame = frames.from_cases(cases)
    check(cases, frame)
    if find_spec("numba"):
        check_rival(pl.concat([frame, frames.from_cases(list(book(len(cases), seed=7, trouble=8.0)))]))
    whole = pl.concat([frame] * -(-rows // len(cases)))[:rows].rechunk()
    runs = runs_on(whole, cases)
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in runs}
    for count in range(1 if quick else ROUNDS + 1):
        for name, (run, _) in runs.items():
            processor, wall = time.process_time(), time.perf_counter()
            run()
            if count or quick:
                taken[name].append((time.process_time() - processor, time.perf_counter() - wall))
    print(f"{rows:,} rows")
    for name, times in taken.items():
        processor, wall = (median(part) for part in zip(*times, strict=True))
        here = runs[name][1]
        print(f"{name:45} {processor / here * 1e9:8,.0f} ns a row   {here / wall / 1e3:8.0f} thousand rows a second")
    if RIVAL in taken:
        processor, wall = (median(one[part] / other[part] for one, other in zip(taken[ALONE], taken[RIVAL], strict=True)) for part in (0, 1))
        print(f"{ALONE}, against the loop: {processor:.1f} times its processor time, {wall:.1f} times its wall time")


if __name__ == "__main__":
    main(sys.argv[1:])
