"""How fast one case is decided: the generated reader, the same policy by hand, and the reference reader, side by side.

Run ``python docs/benchmarks/scalar.py`` on an idle machine; ``--quick`` checks that all agree and times next to nothing.
Everything is given the same prepared facts. Rounds are interleaved in one process; medians and their ratios are printed.
"""

import sys
import time
from collections.abc import Callable, Iterable
from random import Random
from statistics import median
from typing import Any

import by_hand
import loan_policy
from loan_cases import OFTEN_MISSING, ON, SEED, book, with_gaps

from revisit_policy.language import reference
from revisit_policy.language.generated import GeneratedReader
from revisit_policy.language.graph import DecisionGraph
from revisit_policy.language.snapshot import Snapshot

Values = tuple[Any, ...]


def seconds(work: Callable[[], object]) -> float:
    """Wall time of *work*."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def each(call: Callable[..., object], cases: Iterable[Any]) -> Callable[[], None]:
    """A run of *call* over *cases*."""

    def run() -> None:
        for case in cases:
            call(case)

    return run


def check(graph: DecisionGraph, snapshots: list[Snapshot]) -> float:
    """Hold the rivals against one another on every case; return how many rules fire in the mean."""
    fired = 0
    for snapshot in snapshots:
        found = graph.reader.resolve(snapshot)
        walked = reference.read(graph, snapshot)
        assert all(found.tables[name].ruling == reading.ruling for name, reading in walked.items())
        outcomes, trace = by_hand.decide(snapshot.values), by_hand.decide_with_trace(snapshot.values)
        assert outcomes == tuple(found.outcome(table.id) for table in loan_policy.TABLES)
        assert trace[:-1] == outcomes
        assert sorted(trace[-1]) == sorted(found.fired)
        fired += len(found.fired)
    return fired / len(snapshots)


def measure(graph: DecisionGraph, snapshots: list[Snapshot], *, rounds: int) -> dict[str, float]:
    """Median nanoseconds a case of every rival, rounds interleaved."""
    values = [snapshot.values for snapshot in snapshots]
    rng = Random(SEED)
    places = tuple(at for at, fact in enumerate(graph.facts) if fact.name in OFTEN_MISSING)
    gaps = [with_gaps(case, places, rng) for case in values]
    reader = graph.reader
    decide, with_trace = reader.resolve_complete, _traced(reader)
    runs = {
        "generated": each(decide, values),
        "generated + trace": each(with_trace, values),
        "generated, facts missing": each(lambda case: reader.resolve_values(*case), gaps),
        "by hand": each(by_hand.decide, values),
        "by hand + trace": each(by_hand.decide_with_trace, values),
        "reference": each(lambda snapshot: reference.read(graph, snapshot), snapshots[: max(20, len(snapshots) // 50)]),
    }
    counts = {name: len(values) for name in runs} | {"reference": max(20, len(snapshots) // 50)}
    for run in runs.values():
        run()
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            taken[name].append(seconds(run) / counts[name] * 1e9)
    return {name: median(times) for name, times in taken.items()}


def _traced(reader: GeneratedReader) -> Callable[[Values], object]:
    decide = reader.resolve_complete
    return lambda values: decide(values).fired


def once(graph: DecisionGraph, snapshots: list[Snapshot], cases: list[Any]) -> dict[str, float]:
    """What is paid once: compiling, a cold memory, and making the facts (nanoseconds; compiling in milliseconds)."""
    fresh = GeneratedReader(graph.tables, graph.facts)
    compiling = seconds(lambda: fresh.resolve_complete) * 1e3
    cold = seconds(each(fresh.resolve_complete, [snapshot.values for snapshot in snapshots])) / len(snapshots) * 1e9
    facts = seconds(each(lambda case: graph.extraction.snapshot(case, on=ON, supplied={}), cases)) / len(cases) * 1e9
    return {"compile (ms)": compiling, "cold memory, a case (ns)": cold, "facts from a case file (ns)": facts}


def main(*, quick: bool) -> None:
    """Check, measure, print."""
    graph = loan_policy.build()
    cases = list(book(300 if quick else 20_000))
    snapshots = [graph.extraction.snapshot(case, on=ON, supplied={}) for case in cases]
    fired = check(graph, snapshots[:2_000])
    found = measure(graph, snapshots, rounds=1 if quick else 9)
    print(f"{sum(len(table.rules) for table in graph.tables)} rules, {len(graph.facts)} facts, {fired:.1f} rules fire in the mean\n")
    print("| reader | ns a case |\n|---|---|")
    for name, taken in (found | once(graph, snapshots, cases[:2_000])).items():
        print(f"| {name} | {taken:,.1f} |" if "ms" in name else f"| {name} | {taken:,.0f} |")
    ratios = {
        "generated / by hand": (found["generated"] / found["by hand"], "<= 0.8"),
        "generated + trace / by hand + trace": (found["generated + trace"] / found["by hand + trace"], "<= 0.9"),
        "facts missing / complete": (found["generated, facts missing"] / found["generated"], "<= 2"),
        "reference / generated": (found["reference"] / found["generated"], ">= 15"),
    }
    print("\n| ratio | measured | goal |\n|---|---|---|")
    for name, (ratio, goal) in ratios.items():
        print(f"| {name} | {ratio:.2f} | {goal} |")


if __name__ == "__main__":
    main(quick="--quick" in sys.argv)
