"""How much memory a process takes that decides for a long time, and how long the longest decision in it is.

Run ``python docs/benchmarks/long_run.py``, and ``--quick`` for next to nothing of everything; a number sets the loans. Each run has a
process of its own and prints what it holds at its beginning and at its end, in MB, and the processor time of what is repeated, in ms.
Nothing that is decided is kept, and the loans of the first run are as unlike as loans can be: two in three are of a new kind.
"""

import gc
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import attrs
from decision_cases import ON, SEED, book, with_gaps

from revisit_policy import CaseFile, RevisitPolicy
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values import NoticeCalendar, from_ordinal

HERE = Path(__file__)
LOANS = 300_000


def unlike_loans(count: int) -> Iterator[CaseFile]:
    """*count* loans in much trouble, a third of them with gaps: hardly two of a kind."""
    rng = Random(SEED)
    for number, case in enumerate(book(count, trouble=25)):
        yield case if number % 3 else with_gaps(case, rng)


def _policy() -> RevisitPolicy:
    return cn_housing.rulebook.in_force(ON)


def loans(count: int) -> Iterator[Callable[[], Any]]:
    """Unlike loans, one policy, one day."""
    policy = _policy()
    for case in unlike_loans(count):
        yield lambda case=case: policy.decide(case, on=ON)


def loans_as_advised(count: int) -> Iterator[Callable[[], Any]]:
    """The same in a service that decides some loans before it answers, freezes what is there, and goes over the young only from then on."""
    calls = loans(count)
    for call in islice(calls, min(2_000, count // 5)):
        call()
    gc.collect()
    gc.freeze()
    gc.set_threshold(700, 10, 2**31 - 1)
    yield from calls


def _city(number: int) -> NoticeCalendar:
    return cn_housing.CHINA.overlay(edition=f"city-{number}", off=(from_ordinal(ON.toordinal() + number % 700).isoformat(),))


def calendars(count: int) -> Iterator[Callable[[], Any]]:
    """A calendar of its own for each decision."""
    policy = _policy()
    for number, case in enumerate(book(count)):
        yield lambda number=number, case=case: policy.decide(case, on=ON, calendar=_city(number))


def calendars_again(count: int) -> Iterator[Callable[[], Any]]:
    """Thirty cities, each of whose calendars is made anew for each decision."""
    policy = _policy()
    for number, case in enumerate(book(count)):
        yield lambda number=number, case=case: policy.decide(case, on=ON, calendar=_city(number % 30))


def policies(count: int) -> Iterator[Callable[[], Any]]:
    """A policy for each decision, dropped after it."""
    policy, cases = _policy(), list(book(10))
    for number in range(count):
        yield lambda number=number: attrs.evolve(policy, id=f"policy-{number}").decide(cases[number % 10], on=ON)


def days(count: int) -> Iterator[Callable[[], Any]]:
    """One loan, decided on one day after the other."""
    policy, (case,) = _policy(), book(1)
    for number in range(count):
        yield lambda number=number: policy.decide(case, on=from_ordinal(ON.toordinal() + number))


def frames(count: int) -> Iterator[Callable[[], Any]]:
    """A book of a hundred loans in polars, decided on one day after the other, with visits."""
    from revisit_policy import frames as columns

    policy, rows = _policy(), columns.from_cases(book(100))
    for number in range(count):
        yield lambda number=number: columns.decide(policy, rows, on=from_ordinal(ON.toordinal() + number), visits=True)


RUNS: dict[str, tuple[Callable[[int], Iterator[Callable[[], Any]]], int, int]] = {
    "unlike loans": (loans, LOANS, 300),
    "unlike loans, the collector set as the page advises": (loans_as_advised, LOANS, 300),
    "calendars made for one decision": (calendars, 900, 40),
    "calendars of thirty cities, made anew each time": (calendars_again, 900, 40),
    "policies made and dropped": (policies, 300, 4),
    "decision days": (days, 1_500, 30),
    "decision days in polars, with visits": (frames, 100, 2),
}


def _megabytes() -> float:
    """What the process holds in memory now, as Linux tells it."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 2**20


def run(name: str, count: int) -> str:
    """One row of the table."""
    began, taken, tenth = 0.0, [], 0.0
    for number, call in enumerate(RUNS[name][0](count)):
        start = time.process_time()
        call()
        taken.append((time.process_time() - start) * 1e3)
        began = began or _megabytes()
        if number == count // 10:
            tenth = _megabytes()
    ended = _megabytes()
    later = sorted(taken[1:])
    shown = (later[int((len(later) - 1) * share)] for share in (0.5, 0.99, 0.999, 1))
    figures = " | ".join(f"{each:,.2f}" for each in shown)
    return f"| {count:,} {name} | {began:,.0f} | {tenth:,.0f} | {ended:,.0f} | {taken[0]:,.0f} | {figures} |"


def main(arguments: list[str]) -> None:
    """Every run in a process of its own, one after the other."""
    if "--run" in arguments:
        _, name, count = arguments
        print(run(name, int(count)))
        return
    loans_asked = next((int(each) for each in arguments if each.isdecimal()), LOANS)
    print("| run | MB after the first | after a tenth | at the end | first, ms | p50 | p99 | p99.9 | max |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|", flush=True)
    for name, (_, many, few) in RUNS.items():
        count = few if "--quick" in arguments else loans_asked if name.startswith("unlike loans") else many
        subprocess.run([sys.executable, str(HERE), "--run", name, str(count)], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
