"""How fast a whole decision is: grade, warnings, measures and the visits of two years, from a case file in memory.

Run ``python docs/benchmarks/decision.py`` on an idle machine; ``--quick`` checks that the rivals agree and times next to
nothing, ``--check`` checks and times nothing. Every loan that is timed is seen for the first time, the rivals take turns at the same ones, and what is printed
are medians of the time that the processor spent. The rival by hand is given complete case files only: it cannot do others.
"""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from random import Random
from statistics import median
from typing import Any

import attrs
import decision_by_hand
from decision_cases import ON, SEED, book, with_gaps

from revisit_policy import BorrowerProfile, CaseFile, Collateral, Decision, Glance, Level, Loan, MarketConditions, Revisit, Visit
from revisit_policy.decision.deciding import CaseOnDay
from revisit_policy.language import Snapshot
from revisit_policy.outcomes import DeskDuty, Recommendation
from revisit_policy.planning import plan
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values import add_months

UNTIL = add_months(ON, 24)
POLICY = cn_housing.rulebook.in_force(ON)


def decide(case: CaseFile) -> Decision:
    """The decision of the library."""
    return POLICY.decide(case, on=ON)


def glance(case: CaseFile) -> Glance:
    """Its grade and its next visit alone."""
    return POLICY.glance(case, on=ON)


def by_hand(case: CaseFile) -> tuple:
    """The same figures by hand."""
    return decision_by_hand.decide(case, ON, UNTIL)


def figures(decision: Decision) -> tuple:
    """Of a decision what the rival by hand returns: all of it but reasons, sources, checklists and the order of measures."""
    schedule, upgrade = decision.schedule, decision.upgrade
    return (
        decision.grade,
        None if upgrade is None else upgrade.grade,
        decision.verdicts["points"].outcome,
        decision.level,
        decision.interval_months,
        [(signal.code, signal.level, signal.since) for signal in decision.signals],
        set(decision.undated),
        [_measure(step) for step in decision.measures],
        set(decision.origination),
        [tuple(_visit(visit)) for visit in schedule.all],
        [_duty(duty) for duty in (*schedule.late_duties, *schedule.duties)],
    )


def _measure(step: Recommendation) -> tuple:
    return step.measure, step.since, step.by, step.undated, step.late, step.after, step.instead_of, bool(step.waits_for)


def _visit(visit: Revisit) -> Iterator[object]:
    window, result = visit.window, visit.result
    yield from (visit.kind, visit.method, visit.officers, window.opens, window.due, window.closes, window.missed_on)
    yield from (result.earliest_days, result.expected_days, result.latest_days)
    yield from (visit.is_projection, frozenset(visit.serves), frozenset(visit.triggers))


def _duty(duty: DeskDuty) -> tuple:
    window = duty.window
    return duty.kind, window.opens, window.due, window.closes, window.missed_on, frozenset(duty.triggers)


def _in_any_order(told: tuple) -> tuple:
    *known, visits, duties = told
    return (*(sorted(part, key=repr) if isinstance(part, list | set) else part for part in known), visits, sorted(duties, key=repr))


#: What these case files do not hold: of a loan without a guarantor, all paid out, never restructured, its home built.
NOT_HELD = {"days_since_guarantee_ended", "guarantee_until", "undrawn", "days_since_observation", "stall_cause"}


def check(cases: Iterable[CaseFile]) -> tuple[int, list[str]]:
    """Hold the rivals against each other: how many rules held at least once, and the loans on which they differ."""
    met: set[str] = set()
    differ: list[str] = []
    for case in cases:
        decision = decide(case)
        assert set(decision.verdicts.facts.missing) <= NOT_HELD, (case.loan.loan_no, decision.verdicts.facts.missing)
        if _in_any_order(figures(decision)) != _in_any_order(by_hand(case)):
            differ.append(case.loan.loan_no)
        met.update(rule_id for verdict in decision.verdicts.values() for rule_id in verdict.fired)
        met.update(rule_id for visit in decision.schedule.all for rule_id in visit.reasons)
    return len(met), differ


# -- timing ----------------------------------------------------------------------------------------------------------


def each(call: Callable[[Any], Any], items: Iterable[Any]) -> tuple[list[Any], float]:
    """What *call* makes of every item, and the nanoseconds an item."""
    items, began = list(items), time.process_time()
    made = [call(item) for item in items]
    return made, (time.process_time() - began) / len(items) * 1e9


def parts(cases: list[CaseFile]) -> Iterator[tuple[str, float]]:
    """The parts of a decision, each on its own, in the order in which `decision.deciding` takes them."""

    def facts(case: CaseFile) -> Snapshot:
        case.check(ON)
        return POLICY.graph.extraction.snapshot(case, on=ON, supplied={})

    def rules(known: tuple[CaseFile, Any]) -> CaseOnDay:
        case, snapshot = known
        return CaseOnDay.of(case, snapshot, known=case, policy=POLICY.reader, days=(ON, UNTIL, POLICY.calendar))

    def handed_out(found: tuple[CaseOnDay, Any]) -> tuple:
        hearing, schedule = found
        return tuple(map(hearing.dated, hearing.assessment.worst_signals)), hearing.measures(schedule.next)

    snapshots, taken = each(facts, cases)
    yield "facts", taken
    hearings, taken = each(rules, zip(cases, snapshots, strict=True))
    yield "rules", taken
    requests, taken = each(CaseOnDay.agenda, hearings)
    yield "what the schedule needs to know, methods and turnarounds among it", taken
    schedules, taken = each(partial(plan, memory=POLICY.reader.visit_reader.plan_memory), requests)
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


def measure(loans: int, *, warm: int) -> dict[str, float]:
    """Median nanoseconds a loan of everything over portions of a book of *loans*, after one of *warm* loans that is not counted."""
    rng = Random(SEED)
    for case in book(warm, seed=SEED + 1):
        decide(case), decide(with_gaps(case, rng)), by_hand(case)
    taken: dict[str, list[float]] = {}
    for cases in _portions(book(loans, seed=SEED + 2), PORTION):
        some, others = cases[: PORTION // 2], cases[PORTION // 2 :]
        found = {
            "decide": each(decide, some)[1],
            "by hand": each(by_hand, some)[1],
            "decide, facts missing": each(decide, [with_gaps(case, rng) for case in some])[1],
            "case file made": each(rebuilt, some)[1],
            **dict(parts(others)),
        }
        for name, nanoseconds in found.items():
            taken.setdefault(name, []).append(nanoseconds)
    return {name: median(times) for name, times in taken.items()}


PORTION = 80
"""Loans between two turns of one rival: short, so that whatever else the machine does slows all of them alike."""


def measure_in_order(loans: int) -> dict[str, float]:
    """Median nanoseconds of the loans of a book that raise no warning and have at most five visits ahead, seen before."""
    calm = [case for case in book(loans, seed=SEED + 3) if (found := decide(case)).level is Level.NONE and len(found.schedule.all) <= 5]
    rivals = {"decide": decide, "glance": glance, "by hand": by_hand}
    times = [{name: each(rival, calm)[1] for name, rival in rivals.items()} for _ in range(15)]
    return {f"{name}, a loan in order": median(taken[name] for taken in times) for name in rivals}


def _portions(cases: Iterable[CaseFile], size: int) -> Iterator[list[CaseFile]]:
    rest = iter(cases)
    while portion := list(islice(rest, size)):
        yield portion


def main(*, quick: bool) -> None:
    """Check, measure, print."""
    rules = agreed(300 if quick else 2_000)
    found = measure(2 * PORTION if quick else 8_000, warm=200 if quick else 8_000)
    found |= measure_in_order(200 if quick else 2_000)
    names = [name for name, _ in parts(list(book(10)))]
    whole = sum(found[name] for name in names)
    kinds = len({id(decide(case).verdicts.resolution) for case in book(1_000)})
    print(f"{POLICY.id} {POLICY.version}: {sum(len(table.rules) for table in POLICY.tables)} rules, {len(POLICY.graph.facts)} facts.")
    print(f"The rivals agree on a book in which {rules} rules held at least once.")
    print(f"A thousand loans are of {kinds} kinds: a kind is read with care once, and remembered.\n")
    print("| | microseconds | a second |\n|---|---:|---:|")
    for name in ("decide", "decide, facts missing", "by hand", "decide, a loan in order", "glance, a loan in order", "by hand, a loan in order", "case file made"):
        print(f"| {name} | {found[name] / 1e3:,.1f} | {1e9 / found[name]:,.0f} |")
    in_order = [found[f"{name}, a loan in order"] for name in ("decide", "glance", "by hand")]
    print(f"\ndecide / by hand: {found['decide'] / found['by hand']:.1f}, of a loan in order {in_order[0] / in_order[2]:.2f}")
    print(f"glance / decide, a loan in order: {in_order[1] / in_order[0]:.2f}\n")
    print("| part of decide | microseconds | share |\n|---|---:|---:|")
    for name in names:
        print(f"| {name} | {found[name] / 1e3:,.1f} | {found[name] / whole:.0%} |")


def agreed(loans: int) -> int:
    """How many rules held at least once in books of *loans* on which the rivals agree; a rival behind the rulebook ends the run."""
    rules, differ = check([*book(loans, trouble=25), *book(loans)])
    if differ:
        sys.exit(f"The rival by hand is behind the rulebook: it differs on {len(differ)} of {2 * loans} loans, such as {differ[0]}; its ratio would say nothing.")
    return rules


if __name__ == "__main__":
    if "--check" in sys.argv:
        print(f"The rivals agree on a book in which {agreed(150)} rules held at least once.")
    else:
        main(quick="--quick" in sys.argv)
