"""How fast a whole decision is: grade, warnings, measures and the visits of two years, from a case file in memory.

Run ``python docs/benchmarks/decision.py`` on an idle machine; ``--quick`` checks that the rivals agree and times next to
nothing. Every round decides loans that were never seen before, and each rival gets the same ones; what is printed are
medians of the time that the processor spent. The rival by hand is given complete case files only: it cannot do others.
"""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from random import Random
from statistics import median
from typing import Any

import attrs
import decision_by_hand
from decision_cases import ON, SEED, book, with_gaps

from revisit_policy import BorrowerProfile, CaseFile, Collateral, Loan, MarketConditions, Revisit, Visit
from revisit_policy.language.snapshot import Snapshot
from revisit_policy.planning.plan import plan
from revisit_policy.policy.deciding import CaseOnDay
from revisit_policy.policy.decision import Decision
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values.dates import add_months

UNTIL = add_months(ON, 24)
POLICY = cn_housing.rulebook.in_force(ON)


def decide(case: CaseFile) -> Decision:
    """The decision of the library."""
    return POLICY.decide(case, on=ON)


def by_hand(case: CaseFile) -> tuple:
    """The same figures by hand."""
    return decision_by_hand.decide(case, ON, UNTIL)


def figures(decision: Decision) -> tuple:
    """Of a decision what the rival by hand returns."""
    return (
        decision.grade,
        decision.level,
        decision.interval_months,
        [(signal.code, signal.level, signal.since) for signal in decision.signals],
        [(measure.measure, measure.by) for measure in decision.measures],
        set(decision.origination),
        [tuple(_visit(visit)) for visit in decision.schedule.all],
    )


def _visit(visit: Revisit) -> Iterator[object]:
    window, result = visit.window, visit.result_due
    yield from (visit.kind, visit.method, visit.officers, window.opens, window.due, window.closes, window.missed_on)
    yield from (result.earliest, result.expected, result.latest, visit.is_projection, frozenset(visit.serves), frozenset(visit.triggers))


def _in_any_order(told: tuple) -> tuple:
    *known, visits = told
    return (*(sorted(part, key=repr) if isinstance(part, list | set) else part for part in known), visits)


def check(cases: Iterable[CaseFile]) -> int:
    """Hold the rivals against each other; return how many rules held at least once."""
    met: set[str] = set()
    for case in cases:
        decision = decide(case)
        assert not decision.verdicts.facts.unknown, (case.loan.loan_no, decision.verdicts.facts.missing)
        ours, theirs = _in_any_order(figures(decision)), _in_any_order(by_hand(case))
        assert ours == theirs, f"{case.loan.loan_no}: {[pair for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1]]}"
        met.update(rule_id for verdict in decision.verdicts.values() for rule_id in verdict.fired)
        met.update(rule_id for visit in decision.schedule.all for rule_id in visit.reasons)
    return len(met)


# -- timing ----------------------------------------------------------------------------------------------------------


def each(call: Callable[[Any], Any], items: Iterable[Any]) -> tuple[list[Any], float]:
    """What *call* makes of every item, and the nanoseconds an item."""
    items, began = list(items), time.process_time()
    made = [call(item) for item in items]
    return made, (time.process_time() - began) / len(items) * 1e9


def parts(cases: list[CaseFile]) -> Iterator[tuple[str, float]]:
    """The parts of a decision, each on its own, in the order in which `policy.deciding` takes them."""
    calendar = POLICY.calendar

    def facts(case: CaseFile) -> Snapshot:
        case.check(ON)
        return POLICY.graph.extraction.snapshot(case, on=ON, supplied={})

    def rules(known: tuple[CaseFile, Any]) -> CaseOnDay:
        case, snapshot = known
        verdicts = POLICY.case_verdicts(snapshot)
        said = POLICY.assessments[verdicts.resolution, verdicts.facts.unknown]
        visits = POLICY.visit_reader.reading(snapshot, verdicts.resolution)
        return CaseOnDay(policy=POLICY, case=case, on=ON, until=UNTIL, calendar=calendar, facts=snapshot, assessment=said, visits=visits)

    def handed_out(found: tuple[CaseOnDay, Any]) -> tuple:
        hearing, schedule = found
        return tuple(map(hearing.dated, hearing.assessment.worst_signals)), tuple(hearing.recommendations(schedule.next))

    snapshots, taken = each(facts, cases)
    yield "facts", taken
    hearings, taken = each(rules, zip(cases, snapshots, strict=True))
    yield "rules", taken
    requests, taken = each(CaseOnDay.request, hearings)
    yield "what the schedule needs to know, methods and turnarounds among it", taken
    schedules, taken = each(plan, requests)
    yield "schedule", taken
    _, taken = each(handed_out, zip(hearings, schedules, strict=True))
    yield "signals and measures handed out", taken


def rebuilt(case: CaseFile) -> CaseFile:
    """The same case file made anew from the values of its fields, every check included."""
    fresh = {name: kind(**_fields(getattr(case, name))) for name, kind in PARTS.items()}
    return CaseFile(**fresh, visits=tuple(Visit(**_fields(visit)) for visit in case.visits), events=case.events)


PARTS = {"loan": Loan, "borrower": BorrowerProfile, "collateral": Collateral, "market": MarketConditions}


def _fields(value: attrs.AttrsInstance) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in attrs.fields(type(value))}


def measure(loans: int, rounds: int) -> dict[str, float]:
    """Median nanoseconds a loan of everything, over *rounds* books after one that is not counted."""
    taken: dict[str, list[float]] = {}
    for number in range(rounds + 1):
        cases = list(book(loans, seed=SEED + number))
        rng = Random(SEED + number)
        gaps = [with_gaps(case, rng) for case in cases]
        halves = cases[: loans // 2], cases[loans // 2 :]
        found = {
            "case file made": each(rebuilt, cases)[1],
            "decide": each(decide, halves[0])[1],
            "by hand": each(by_hand, cases)[1],
            "decide, facts missing": each(decide, gaps)[1],
            **dict(parts(halves[1])),
        }
        for name, nanoseconds in found.items():
            taken.setdefault(name, []).append(nanoseconds)
    return {name: median(times[1:]) for name, times in taken.items()}


def main(*, quick: bool) -> None:
    """Check, measure, print."""
    rules = check([*book(300 if quick else 2_000, trouble=25), *book(300 if quick else 2_000)])
    found = measure(100 if quick else 3_000, rounds=1 if quick else 7)
    names = [name for name, _ in parts(list(book(10)))]
    whole = sum(found[name] for name in names)
    total = sum(len(table.rules) for table in POLICY.tables)
    kinds = len({id(decide(case).verdicts.resolution) for case in book(1_000)})
    print(f"{total} rules, {len(POLICY.graph.facts)} facts; the rivals agree on a book in which {rules} rules held at least once.")
    print(f"A thousand loans are of {kinds} kinds: a kind is read with care once, and remembered.\n")
    print("| | microseconds | a second |\n|---|---:|---:|")
    for name in ("decide", "decide, facts missing", "by hand", "case file made"):
        print(f"| {name} | {found[name] / 1e3:,.1f} | {1e9 / found[name]:,.0f} |")
    print(f"\ndecide / by hand: {found['decide'] / found['by hand']:.1f}\n")
    print("| part of decide | microseconds | share |\n|---|---:|---:|")
    for name in names:
        print(f"| {name} | {found[name] / 1e3:,.1f} | {found[name] / whole:.0%} |")


if __name__ == "__main__":
    main(quick="--quick" in sys.argv)
