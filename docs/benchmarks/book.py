"""Times the choices of a book: visits spread over working days with their proof, loans admitted to a capacity, plans replayed.

Run it as ``python docs/benchmarks/book.py``, with ``--full`` for the sizes of a large bank in columns, and ``--columns`` for these alone. The visits cluster at
quarter ends, as those of real books do, so that the least peak has to be found and is not just the mean. Figures of plain
Python are medians of *RUNS* on one core; those of columns are taken once, as processor time of all threads and as wall time.
"""

from __future__ import annotations

import random
import resource
import sys
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING

import polars as pl
from decision_cases import ON, book

from revisit_policy import frames
from revisit_policy.backtest import Panel, Planned, Ranked, run
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values import CHINA, Date, add_months, from_ordinal
from revisit_policy.workload import Candidate, Capacity, DueVisit, admit, spread

if TYPE_CHECKING:
    from collections.abc import Callable

VISITS, DAYS, CANDIDATES, RUNS = 100_000, 500, 100_000, 5
FIRST = Date(2024, 1, 2)


def book_of_visits(*, urgent: float = 0.05) -> list[DueVisit]:
    """Visits with windows of one to twenty working days; a third of them closes at a quarter's end."""
    chance = random.Random(7)
    days = [FIRST]
    while len(days) < DAYS:
        days.append(CHINA.add_working_days(days[-1], 1))
    ends = [at for at in range(DAYS - 1) if (days[at].month - 1) // 3 != (days[at + 1].month - 1) // 3] + [DAYS - 1]
    visits = []
    for number in range(VISITS):
        closes = chance.choice(ends) if chance.random() < 1 / 3 else chance.randrange(DAYS)
        opens = max(0, closes - chance.randrange(20))
        visits.append(DueVisit(f"L-{number:06}", opens=days[opens], closes=days[closes], urgency=int(chance.random() < urgent)))
    return visits


def book_of_candidates() -> list[Candidate]:
    """Loans with up to nine points and a loan-to-value, visited some time in the last four years."""
    chance = random.Random(7)
    on = Date(2026, 12, 31).toordinal()
    return [
        Candidate(f"L-{number:06}", points=chance.randrange(10), then=f"0.{chance.randrange(1000):03}", since=from_ordinal(on - chance.randrange(1_460)))
        for number in range(CANDIDATES)
    ]


def timed(act: Callable[[], object]) -> float:
    """The median seconds of processor time of *act*."""
    seconds = []
    for _ in range(RUNS):
        begun = process_time()
        act()
        seconds.append(process_time() - begun)
    return median(seconds)


def once(name: str, act: Callable[[], object]) -> None:
    """Print the processor and the wall time of *act*, done once, and the most memory the process has had."""
    begun, wall = process_time(), perf_counter()
    act()
    seconds, waited = process_time() - begun, perf_counter() - wall
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"  {name:<58}{seconds:8.2f} s of processors{waited:8.2f} s by the wall{memory:7.2f} GB", flush=True)


def numbered(loans: int, *, seed: int) -> pl.DataFrame:
    """Loans with made-up points."""
    number = pl.int_range(loans, dtype=pl.UInt32, eager=True)
    lots = number.hash(seed)
    return pl.DataFrame({"loan": number, "points": (lots % 10).cast(pl.Int8), "ltv": (lots // 16 % 1_000).cast(pl.Int16), "lots": lots})


def admitted_in_columns(loans: int) -> None:
    """Time the admission of a book of columns."""
    since = pl.lit(Date(2026, 12, 31)) - pl.duration(days=pl.col("lots") // 2**20 % 1_460)
    decided = numbered(loans, seed=1).select(
        pl.col("loan").cast(pl.String), "points", "ltv", since=since.cast(pl.Date), next_closes=pl.lit(Date(2027, 6, 1)),
        next_method=pl.lit(2, dtype=pl.Int16), next_officers=pl.lit(1, dtype=pl.Int16),
    )  # fmt: skip
    terms = {"on": "2027-01-01", "until": "2027-03-31", "capacity": loans // 4, "cooldown_months": 9, "longest_months": 48}
    read = {"loan": "loan", "points": "points", "then": "ltv", "since": "since"}
    once(f"{loans:,} loans admitted in columns", lambda: frames.agenda(cn_housing.policy(), decided, **terms, **read))


def replayed_synthetic(loans: int, quarters: int) -> None:
    """Time a ranking by made-up points, worst first, over loans that all stay to the end."""
    days = [add_months(Date(2020, 3, 31), 3 * at) for at in range(quarters)]
    event = pl.when(pl.col("lots") % 50 == 0).then(pl.lit(add_months(days[-1], 3))).cast(pl.Date)
    each = numbered(loans, seed=2).select("loan", "points", began=pl.lit(Date(2019, 1, 15)), lost_on=event)
    panel = Panel(pl.concat([each.with_columns(on=pl.lit(day)) for day in days]), loan="loan", on="on", event="lost_on", began="began")
    plan = Ranked(by="points", capacity="1.055", cooldown_months=9)
    once(f"{loans:,} loans over {quarters} quarters, worst first", lambda: run(plan, panel, flats=(), dealt=0))


def replayed_rulebook(loans: int, quarters: int) -> None:
    """Time the shipped rulebook over a panel of case files, by its points and by its visits."""
    days = [add_months(ON, 3 * at) for at in range(quarters)]
    rows = frames.from_cases(list(book(loans)))
    rows = pl.concat([rows.with_columns(on=pl.lit(day)) for day in days]).with_columns(lost_on=pl.lit(None, dtype=pl.Date))
    panel = Panel(rows, event="lost_on")
    ranked = Ranked(cn_housing.rulebook, by="points_at_worst", capacity="1.055", cooldown_months=9)
    once(f"{len(rows):,} loan-quarters, the rulebook's points", lambda: run(ranked, panel, flats=(), dealt=0))
    once(f"{len(rows):,} loan-quarters, the rulebook's visits", lambda: run(Planned(cn_housing.rulebook), panel, flats=(), dealt=0))


def in_plain_python() -> None:
    """Print the figures of single values."""
    calm, urgent, loans = book_of_visits(urgent=0), book_of_visits(), book_of_candidates()
    plan = spread(calm, calendar=CHINA).of(None)
    assert plan.crowd is not None
    assert plan.gap == 0
    print(f"{VISITS:,} visits of one officer over {DAYS} days: least peak {plan.peak} a day, mean {VISITS / DAYS:.0f}")
    print(f"  proved by {plan.crowd.officers:,} visits from {plan.crowd.first} to {plan.crowd.last}")
    last_day = max(sum(visit.closes == day for visit in calm) for day in {visit.closes for visit in calm})
    print(f"  everybody on the last day of the window: {last_day} on the worst day")
    print(f"  spread with its proof            {timed(lambda: spread(calm, calendar=CHINA)):6.2f} s")
    print(f"  one visit in twenty urgent       {timed(lambda: spread(urgent, calendar=CHINA)):6.2f} s")
    tight = Capacity(plan.peak - 1)
    assert spread(calm, calendar=CHINA, capacity=tight).of(None).is_impossible
    print(f"  one officer too few, proved      {timed(lambda: spread(calm, calendar=CHINA, capacity=tight)):6.2f} s")
    terms = {"on": "2027-01-01", "until": "2027-03-31", "capacity": CANDIDATES // 4, "cooldown_months": 9, "longest_months": 48}
    print(f"{CANDIDATES:,} candidates admitted          {timed(lambda: admit(loans, **terms)):6.2f} s")


def in_columns(*, is_full: bool) -> None:
    """Print the figures of columns; the larger sizes take minutes and some gigabytes."""
    print("in columns")
    replayed_rulebook(1_722 if is_full else 172, 36 if is_full else 6)
    admitted_in_columns(10_000_000 if is_full else 1_000_000)
    replayed_synthetic(10_000_000 if is_full else 200_000, 20)


def main(words: list[str]) -> None:
    """Print the figures."""
    if "--columns" not in words:
        in_plain_python()
    in_columns(is_full="--full" in words)


if __name__ == "__main__":
    main(sys.argv[1:])
