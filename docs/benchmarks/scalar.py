"""How fast one case is decided: the generated reader, the same policy by hand, other engines, the reference reader.

Run ``python docs/benchmarks/scalar.py`` on an idle machine; ``--quick`` checks that all agree and times next to nothing.
Everything is given the same prepared facts. Rounds are interleaved in one process; what is printed are medians of
processor time, and medians of the ratios of each round. The engines are measured where the group ``bench`` is installed.
"""

import sys
from importlib.util import find_spec
from random import Random
from statistics import median
from typing import Any

import by_hand
import loan_policy
from by_hand_with_gaps import decide_with_gaps
from loan_cases import OFTEN_MISSING, ON, SEED, book, with_gaps
from timing import Run, interleaved, ratio, seconds

from revisit_policy import DecisionGraph, Fold
from revisit_policy.language import Resolution, Snapshot
from revisit_policy.language.readers import reference

#: Which run is divided by which, and the goal.
RATIOS = (
    ("generated", "by hand", "<= 0.8"),
    ("generated + trace", "by hand + trace", "<= 0.9"),
    ("generated, few cases", "by hand, few cases", "<= 0.8"),
    ("generated + trace, few cases", "by hand + trace, few cases", "<= 0.9"),
    ("generated, facts missing", "generated", "<= 2"),
    ("generated + trace, facts missing", "generated + trace", "<= 2"),
    ("generated + trace, facts missing", "by hand + trace, facts missing", ""),
    ("reference", "generated + trace", ">= 15"),
)

#: How many cases slow rivals are given. The processor keeps their facts close by, as it does with facts just made;
#: those of the whole book it must fetch. Quick rivals go over the few so often that the first time does not count.
FEW = 300
OFTEN = 100

#: This library beside the engines.
OURS = "generated + trace, few cases"

Gap = tuple[tuple[Any, ...], tuple[int, ...]]


def check(graph: DecisionGraph, snapshots: list[Snapshot], gaps: list[Gap]) -> float:
    """Hold the rivals against one another on every case; return how many rules fire in the mean."""
    fired = 0
    for snapshot in snapshots:
        found = graph.reader.resolve(snapshot)
        walked = reference.read(graph, snapshot)
        assert all(found.tables[name].ruling == reading.ruling for name, reading in walked.items())
        outcomes, trace = by_hand.decide(snapshot.values), by_hand.decide_with_trace(snapshot.values)
        assert outcomes == tuple(found.outcome(table.id) for table in loan_policy.TABLES)
        assert graph.rulings(snapshot) == {name: said.ruling for name, said in found.tables.items()}
        assert trace[:-1] == outcomes
        assert sorted(trace[-1]) == sorted(found.fired)
        fired += len(found.fired)
    for values, unknown in gaps:
        found = graph.reader.resolve_values(values, unknown)
        *outcomes_with_gaps, fired_with_gaps, undecided = decide_with_gaps(values)
        assert outcomes_with_gaps == [_certain_and_worst(found, table.id) for table in loan_policy.TABLES]
        assert (sorted(fired_with_gaps), sorted(undecided)) == (sorted(found.fired), sorted(found.undecided))
        assert graph.ruling_reader.resolve_values(values, unknown) == {name: said.ruling for name, said in found.tables.items()}
    return fired / len(snapshots)


def _certain_and_worst(found: Resolution, table_id: str) -> tuple[Any, Any]:
    ruling = found.tables[table_id].ruling
    is_list = next(table for table in loan_policy.TABLES if table.id == table_id).fold is Fold.EVERY
    return (ruling.candidates[0], ruling.candidates[1]) if is_list else (ruling.outcome, ruling.at_worst)


def readers(graph: DecisionGraph, snapshots: list[Snapshot], gaps: list[Gap]) -> dict[str, Run]:
    """The runs of this library and by hand: without a trace what the tables say, with one the rules that say it as well."""
    values = tuple(snapshot.values for snapshot in snapshots)
    few = values[:FEW] * (OFTEN if len(values) > FEW else 1)
    say, trace = graph.ruling_reader.resolve_complete, graph.reader.resolve_complete
    apart = loan_policy.build()  # memories of its own: each run is as if it were alone
    say_open, trace_open = apart.ruling_reader.resolve_open, apart.reader.resolve_open
    return {
        "generated": Run(say, values),
        "generated + trace": Run(trace, values),
        "generated, facts missing": Run(lambda gap: say_open(*gap), tuple(gaps)),
        "generated + trace, facts missing": Run(lambda gap: trace_open(*gap), tuple(gaps)),
        "by hand": Run(by_hand.decide, values),
        "by hand + trace": Run(by_hand.decide_with_trace, values),
        "by hand + trace, facts missing": Run(decide_with_gaps, tuple(case for case, _ in gaps)),
        "generated, few cases": Run(say, few),
        "generated + trace, few cases": Run(trace, few),
        "by hand, few cases": Run(by_hand.decide, few),
        "by hand + trace, few cases": Run(by_hand.decide_with_trace, few),
        "reference": Run(lambda snapshot: reference.read(graph, snapshot), tuple(snapshots[:FEW])),
    }


def peers(graph: DecisionGraph, snapshots: list[Snapshot]) -> dict[str, Run]:
    """The runs of other engines, each checked to fire the same rules; none if they are not installed."""
    if find_spec("zen") is None:
        print("The group `bench` is not installed: no other engines.\n")
        return {}
    from peers import engines, plain_case

    resolutions = [graph.reader.resolve(snapshot) for snapshot in snapshots]
    cases = [plain_case(graph, snapshot, found) for snapshot, found in zip(snapshots, resolutions, strict=True)]
    found = engines(graph)
    for name, engine in found.items():
        for case, resolution in zip(cases, resolutions, strict=True):
            assert engine.fired(case) == set(resolution.fired), name
    return {name: Run(engine.fire, tuple(engine.prepare(case) for case in cases)) for name, engine in found.items()}


def once(graph: DecisionGraph, snapshots: list[Snapshot], cases: list[Any]) -> dict[str, float]:
    """What is paid once, or per case while the memory is empty, or before a decision (nanoseconds)."""
    fresh = loan_policy.build()
    compiling = seconds(lambda: fresh.reader.resolve_complete) * 1e9
    cold = Run(fresh.reader.resolve_complete, tuple(snapshot.values for snapshot in snapshots)).nanoseconds()
    facts = Run(lambda case: graph.extraction.snapshot(case, on=ON, supplied={}), tuple(cases))
    return {"compiling the reader": compiling, "a case while the memory is cold": cold, "the facts of a case file": median(facts.nanoseconds() for _ in range(5))}


def main(*, quick: bool) -> None:
    """Check, measure, print."""
    graph = loan_policy.build()
    cases = list(book(300 if quick else 20_000))
    snapshots = [graph.extraction.snapshot(case, on=ON, supplied={}) for case in cases]
    rng = Random(SEED)
    places = tuple(at for at, fact in enumerate(graph.facts) if fact.name in OFTEN_MISSING)
    gaps = [with_gaps(snapshot.values, places, rng) for snapshot in snapshots]
    fired = check(graph, snapshots[:2_000], gaps[:2_000])
    others = peers(graph, snapshots[:FEW])
    found = interleaved(readers(graph, snapshots, gaps) | others, rounds=1 if quick else 9)
    print(f"{sum(len(table.rules) for table in graph.tables)} rules, {len(graph.facts)} facts, {fired:.1f} rules fire in the mean\n")
    print("| | ns a case |\n|---|---|")
    for name, times in found.items():
        print(f"| {name} | {median(times):,.0f} |")
    for name, taken in once(graph, snapshots, cases[:2_000]).items():
        print(f"| {name} | {taken:,.0f} |")
    print("\n| ratio | measured | goal |\n|---|---|---|")
    for above, below, goal in (*RATIOS, *((name, OURS, ">= 100") for name in others)):
        print(f"| {above} / {below} | {ratio(found[above], found[below]):.2f} | {goal} |")


if __name__ == "__main__":
    main(quick="--quick" in sys.argv)
