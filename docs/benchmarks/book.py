"""Times the choices of a book: visits spread over working days with their proof, and loans admitted to a capacity.

Run it as ``python docs/benchmarks/book.py``. The visits cluster at quarter ends, as those of real books do, so that the
least peak has to be found and is not just the mean. Each figure is the median of *RUNS*, on one core.
"""

from __future__ import annotations

import random
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from revisit_policy.values import CHINA, Date, from_ordinal
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


def main() -> None:
    """Print the figures."""
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


if __name__ == "__main__":
    main()
