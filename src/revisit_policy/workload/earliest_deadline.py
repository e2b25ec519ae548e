"""Earliest deadline first: whoever has least time left goes first.

For visits of one officer each it finds a day for all wherever that is possible at all (Jackson's rule). Where visits
take more, or a skill, it is a good plan and no proof.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heappop, heappush

from revisit_policy.workload.agenda_days import AgendaDays

#: The day of a visit as its place among the working days; ``None`` where it found none.
Placing = list[int | None]


def by_deadline(agenda: AgendaDays, room: Sequence[int], *, skilled: Mapping[str, Sequence[int]]) -> Placing:
    """A day for every visit, where this order finds one; of equal deadlines the more urgent and the larger go first.

    Args:
        agenda: The visits and the working days.
        room: The officers of every day.
        skilled: For every skill that binds, the officers of every day who have it.
    """
    arriving: list[list[int]] = [[] for _ in agenda.days]
    for at, opens in enumerate(agenda.opens):
        arriving[opens].append(at)
    placing: Placing = [None] * len(agenda.visits)
    waiting: list[tuple[int, int, int, str, int]] = []
    for day, new in enumerate(arriving):
        for at in new:
            visit = agenda.visits[at]
            heappush(waiting, (agenda.closes[at], -visit.urgency, -visit.officers, visit.loan_no, at))
        for at in _taken(agenda, waiting, day=day, room=room[day], skilled={skill: officers[day] for skill, officers in skilled.items()}):
            placing[at] = day
    return placing


def _taken(agenda: AgendaDays, waiting: list[tuple[int, int, int, str, int]], *, day: int, room: int, skilled: dict[str, int]) -> list[int]:
    """The visits made on one day, taken out of those waiting; who is too late by then is dropped."""
    taken: list[int] = []
    passed_over: list[tuple[int, int, int, str, int]] = []
    while waiting and room:
        item = heappop(waiting)
        at = item[-1]
        visit = agenda.visits[at]
        if item[0] < day:
            continue
        if visit.officers > room or (visit.skill in skilled and not skilled[visit.skill]):
            passed_over.append(item)
            continue
        taken.append(at)
        room -= visit.officers
        if visit.skill in skilled:
            skilled[visit.skill] -= 1
    for item in passed_over:
        heappush(waiting, item)
    return taken
