"""Crowding: the interval of days that needs most of an office.

Hall's theorem for intervals: visits of one officer each can be spread if and only if no interval of days holds more
windows than it has room. So the worst interval is at once the least peak and its proof. Where a visit takes two
officers, or a skill, the interval still proves what cannot be, and no longer what can.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate

import attrs

from revisit_policy.workload.agenda_days import AgendaDays
from revisit_policy.workload.capacity import Capacity
from revisit_policy.workload.crowd import Crowd


def worst_crowd(agenda: AgendaDays, capacity: Capacity | None) -> Crowd | None:
    """The interval of days that lacks most room or, where none lacks any, the one with the highest peak.

    Of equal ones it is the shortest, then the first; of everybody before that of a skill. ``None`` without visits.
    """
    crowds = list(_crowds(agenda, capacity))
    return max(crowds, key=_badness, default=None)


def _badness(crowd: Crowd) -> tuple[int, int, int, int]:
    lacking = 0 if crowd.room is None else max(0, crowd.officers - crowd.room)
    return lacking, 0 if crowd.skill else crowd.least_peak, -crowd.days, -crowd.first.toordinal()


def _crowds(agenda: AgendaDays, capacity: Capacity | None) -> Iterator[Crowd]:
    """The worst interval for all officers, and for every skill."""
    everybody = [visit.officers for visit in agenda.visits]
    yield from _worst(agenda, everybody, room=None if capacity is None else agenda.room(capacity))
    for skill, room in agenda.skilled(capacity).items():
        found = _worst(agenda, [int(visit.skill == skill) for visit in agenda.visits], room=room)
        yield from (attrs.evolve(crowd, skill=skill) for crowd in found)


def _worst(agenda: AgendaDays, needs: Sequence[int], *, room: Sequence[int] | None) -> Iterator[Crowd]:
    """The worst interval that windows bound, if there is any window.

    Every bound is tried against every other, the firsts from the last day backwards, so that each window is counted once.
    """
    opening = _needs_by_window(agenda, needs)
    rooms = list(accumulate(room or (), initial=0))
    closing: Counter[int] = Counter()
    worst: tuple[tuple[int, int, int, int], int, int, int] | None = None
    for first in sorted(opening, reverse=True):
        closing += opening[first]
        needed = 0
        for last in sorted(closing):
            needed += closing[last]
            lacking = 0 if room is None else max(0, needed - rooms[last + 1] + rooms[first])
            days = last - first + 1
            badness = (lacking, -(-needed // days), -days, -first)
            if worst is None or badness > worst[0]:
                worst = badness, first, last, needed
    if worst is not None:
        _, first, last, needed = worst
        there = None if room is None else rooms[last + 1] - rooms[first]
        yield Crowd(first=agenda.days[first], last=agenda.days[last], days=last - first + 1, officers=needed, room=there)


def _needs_by_window(agenda: AgendaDays, needs: Sequence[int]) -> dict[int, Counter[int]]:
    """For every opening what is needed by closing."""
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for opens, closes, need in zip(agenda.opens, agenda.closes, needs, strict=True):
        if need:
            found[opens][closes] += need
    return found
