"""How fast a whole book is decided: every engine, the same policy by hand and as one compiled loop, and OpenFisca.

Run ``python docs/benchmarks/frames.py`` on an idle machine, with a number of rows if a million is not what you want;
``--quick`` checks a few rows and times next to nothing, ``--big`` leaves out the slow ones. The policy is the one of
``scalar.py``: 60 rules over 25 facts in five tables. Everything that is timed is first held against the single decision,
row by row. What is printed is the processor time of all threads and the wall time, medians of rounds that take turns,
and medians of the ratios of each round. numba and OpenFisca are measured where the group ``bench`` is installed.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import polars as pl
from frames_book import DENOMINATORS, DIFFERENT, GRAPH, KEY, decided, loans, repeated, with_gaps
from frames_by_hand import decided as by_hand
from loan_cases import ON
from timing import ratio

from revisit_policy import frames

RULES = [rule.id for table in GRAPH.tables for rule in table.rules]
ROUNDS = 5

#: What is left out of ten million rows, beside the other engines.
SLOW = ("parquet, every column copied", "parquet to parquet, key and decision, booleans", "parquet to parquet, every column and decision")

#: What is run in a process of its own to see how much memory it takes.
ALONE = Path(__file__).with_name("frames_alone.py")

Run = Callable[[], object]
Times = Mapping[str, list[tuple[float, float]]]

OURS = "polars, streaming, trace as booleans"
HAND = "polars by hand, trace as booleans"
FUSED = "numba, one loop, trace as masks"
OPENFISCA = "OpenFisca, trace as booleans"
SCALAR = "one case after the other, facts prepared"
SCAN = "scanning parquet, every column"
KEYED = "parquet to parquet, key and decision, trace as masks"
LIGHTLY = "the same, packed lightly and without statistics"

#: How a file is written lightly: about twice as long, in a good eighth less time.
LIGHT = {"compression": "snappy", "statistics": False}

#: Which run is divided by which, in processor time (0) or wall time (1), and the goal.
RATIOS = (
    (OURS, HAND, 0, "<= 1.1"),
    (OURS, FUSED, 0, "<= 2"),
    (OURS, "polars, streaming, no trace", 0, "<= 1.15"),
    (OPENFISCA, OURS, 1, ">= 8"),
    ("OpenFisca from the same frame", OURS, 1, ">= 8"),
    (SCALAR, OURS, 1, ">= 8"),
    ("one case after the other", OURS, 1, ">= 8"),
    ("parquet to parquet, key and decision, no trace", SCAN, 0, "<= 4"),
    (KEYED, SCAN, 0, "<= 4"),
    (LIGHTLY, SCAN, 0, "<= 4"),
    ("parquet to parquet, every column and decision", SCAN, 0, "<= 4"),
)


def check(cases: list[Any], frame: pl.DataFrame) -> None:
    """Hold every row against the single decision."""
    found = frames.decide(GRAPH, frame, on=ON, denominators=DENOMINATORS)
    for at, case in enumerate(cases):
        said = GRAPH.decide(case, on=ON)
        assert found["grade"][at] == said["grade"].outcome.severity
        fired = [rule for name in said for rule in said[name].fired]
        assert found["fired_mask"][at] == sum(1 << RULES.index(rule) for rule in fired)


def check_rivals(frame: pl.DataFrame, whole: pl.DataFrame) -> None:
    """Hold the rivals against what the library decides, on a *frame* with gaps and a *whole* one."""
    ours, hand = decided(frame, "booleans"), by_hand(frame.lazy(), trace=True).collect()
    assert ours.columns == hand.columns
    assert ours.equals(hand.cast(dict(ours.schema)))
    if find_spec("numba"):
        import frames_fused

        bad, places, trace = frames_fused.run(frames_fused.arrays(frame))
        masks = decided(frame, "masks").fill_null(frames_fused.NOTHING).to_numpy()
        assert (masks[:, 0] == bad).all()
        assert (masks[:, 1:-2] == places).all()
        assert (masks[:, -2:] == trace).all()
    if find_spec("openfisca_core"):
        import frames_openfisca

        figures = frames_openfisca.figures(whole)
        found, ours = frames_openfisca.run(frames_openfisca.system(figures), figures), decided(whole, "booleans")
        assert all((found[frames_openfisca.named(rule)] == ours[f"fired_{rule}"].to_numpy()).all() for rule in RULES)
        assert all((found[table.id] == ours[table.id].to_numpy()).all() for table in GRAPH.tables)


def in_memory(frame: pl.DataFrame) -> dict[str, Run]:
    """What is timed on columns in memory."""
    lazy = frame.lazy()
    ours = {trace: decided(lazy, trace) for trace in ("booleans", "masks", "none")}
    hand = {trace: by_hand(lazy, trace=trace) for trace in (True, False)}
    return {
        "reading every column once": lambda: lazy.select(pl.all().max()).collect(engine="streaming"),
        "polars, streaming, no trace": lambda: ours["none"].collect(engine="streaming"),
        "polars, streaming, trace as masks": lambda: ours["masks"].collect(engine="streaming"),
        OURS: lambda: ours["booleans"].collect(engine="streaming"),
        HAND: lambda: hand[True].collect(engine="streaming"),
        "polars by hand, no trace": lambda: hand[False].collect(engine="streaming"),
    }


def fused(frame: pl.DataFrame) -> dict[str, Run]:
    """The compiled loop, on arrays made beforehand."""
    if not find_spec("numba"):
        return {}
    import frames_fused

    figures = frames_fused.arrays(frame)
    return {FUSED: lambda: frames_fused.run(figures)}


def openfisca(whole: pl.DataFrame) -> dict[str, Run]:
    """OpenFisca, which knows no gaps: on the book without any."""
    if not find_spec("openfisca_core"):
        return {}
    import frames_openfisca

    figures = frames_openfisca.figures(whole)
    policy = frames_openfisca.system(figures)
    return {
        OPENFISCA: lambda: frames_openfisca.run(policy, figures),
        "OpenFisca from the same frame": lambda: frames_openfisca.run(policy, frames_openfisca.figures(whole)),
    }


def engines(frame: pl.DataFrame) -> dict[str, Run]:
    """The other engines, and polars asked at once."""
    arrow = frame.with_columns(pl.col(pl.Categorical).cast(pl.String)).to_arrow()
    relation = duckdb.from_arrow(arrow)
    pandas = arrow.to_pandas(date_as_object=False)
    asked: dict[str, Any] = {"on": ON, "denominators": DENOMINATORS}

    def on_duckdb() -> object:
        return frames.decide(GRAPH, relation, **asked).aggregate("sum(grade), sum(fired_mask % 1000)").fetchall()

    return {
        "polars, eager, trace as masks": lambda: frames.decide(GRAPH, frame, **asked),
        "pyarrow, trace as masks": lambda: frames.decide(GRAPH, arrow, **asked),
        "pandas, trace as masks": lambda: frames.decide(GRAPH, pandas, **asked),
        "DuckDB, trace as masks": on_duckdb,
    }


def scalar(cases: list[Any], rows: int) -> dict[str, Run]:
    """The single decision on as many cases as there are rows."""
    reader, extraction = GRAPH.reader, GRAPH.extraction
    prepared = [extraction.snapshot(case, on=ON, supplied={}) for case in cases]
    times = max(1, rows // len(cases))

    def resolving() -> None:
        for _ in range(times):
            for snapshot in prepared:
                reader.resolve(snapshot)

    def deciding() -> None:
        for _ in range(times):
            for case in cases:
                reader.resolve(extraction.snapshot(case, on=ON, supplied={}))

    return {SCALAR: resolving, "one case after the other": deciding}


def on_disk(folder: Path) -> dict[str, Run]:
    """What is timed from file to file."""
    source, target = folder / "loans.parquet", folder / "decided.parquet"

    def written(trace: str, **settings: Any) -> None:
        decided(pl.scan_parquet(source), trace, keeping=(KEY,)).sink_parquet(target, **settings)

    def whole() -> None:
        frames.decide(GRAPH, pl.scan_parquet(source), on=ON, denominators=DENOMINATORS).sink_parquet(target)

    return {
        SCAN: lambda: pl.scan_parquet(source).select(pl.all().max()).collect(engine="streaming"),
        "parquet, every column copied": lambda: pl.scan_parquet(source).sink_parquet(target),
        KEYED: lambda: written("masks"),
        LIGHTLY: lambda: written("masks", **LIGHT),
        "parquet to parquet, key and decision, no trace": lambda: written("none"),
        "parquet to parquet, key and decision, booleans": lambda: written("booleans"),
        "parquet to parquet, every column and decision": whole,
    }


def timed(runs: Mapping[str, Run], *, rounds: int) -> Times:
    """Processor and wall time of every run, a pair a round, after one round that is not counted."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in runs}
    for count in range(rounds + 1):
        for name, run in runs.items():
            processor, wall = time.process_time(), time.perf_counter()
            run()
            if count or not rounds:
                taken[name].append((time.process_time() - processor, time.perf_counter() - wall))
    return taken


def main(words: list[str]) -> None:
    """Check, then time."""
    quick, big = "--quick" in words, "--big" in words
    rows = next((int(word) for word in words if word.isdigit()), 2_000 if quick else 1_000_000)
    cases, whole = loans(300 if quick else DIFFERENT)
    check(cases[:2_000], whole[:2_000])
    holed = with_gaps(whole)
    check_rivals(holed, whole)
    frame = repeated(holed, rows)
    with tempfile.TemporaryDirectory() as folder:
        frame.with_row_index(KEY).write_parquet(Path(folder) / "loans.parquet")
        runs = in_memory(frame) | fused(frame) | on_disk(Path(folder))
        if big:
            runs = {name: run for name, run in runs.items() if name not in SLOW}
        else:
            runs |= openfisca(repeated(whole, rows)) | scalar(cases, rows) | engines(frame)
        taken = timed(runs, rounds=0 if quick else 1 if big else ROUNDS)
        report(taken, rows, ratios=() if quick else RATIOS)
        for job in ("scan", "decide", "decide all"):
            print(f"{job + ', most memory of a process of its own':56}", alone(job, Path(folder)), flush=True)


def report(taken: Times, rows: int, *, ratios: tuple[tuple[str, str, int, str], ...]) -> None:
    """The times, and the ratios."""
    print(f"{rows:,} rows")
    for name, times in taken.items():
        processor, wall = (median(part) for part in zip(*times, strict=True))
        print(f"{name:56} {processor / rows * 1e9:8,.0f} ns a row   {rows / wall / 1e6:8.2f} million rows a second")
    for above, below, which, goal in ratios:
        if above in taken and below in taken:
            found = ratio(*([times[which] for times in taken[name]] for name in (above, below)))
            print(f"{above} / {below}, {('processor', 'wall')[which]} time: {found:.2f}  (goal {goal})")


def alone(job: str, folder: Path) -> str:
    """The most memory that a *job* takes in a process of its own."""
    return subprocess.run([sys.executable, str(ALONE), job, str(folder)], capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    main(sys.argv[1:])
