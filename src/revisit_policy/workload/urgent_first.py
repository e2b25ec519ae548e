"""Urgent first: visits brought forward within a plan that stays as good as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from revisit_policy.workload.agenda_days import AgendaDays
from revisit_policy.workload.earliest_deadline import Placing


def urgent_first(agenda: AgendaDays, placing: Placing, room: Sequence[int], *, skilled: Mapping[str, Sequence[int]]) -> Placing:  # noqa: PLR0917 - the plan, then the room it has
    """The plan in which no visit can be brought forward to an earlier day with room, nor by changing places with a less urgent one.

    Visits that change places need equally many officers and the same skill, so that no day gets busier. Each step makes
    the sum of urgency times day smaller, so it comes to an end.
    """
    plan = _Plan.of(agenda, placing, room=room, skilled=skilled)
    urgent = sorted((at for at, visit in enumerate(agenda.visits) if visit.urgency), key=lambda at: -agenda.visits[at].urgency)
    while any(plan.bring_forward(at) for at in urgent):
        pass
    return plan.placing


@attrs.define(eq=False)
class _Plan:
    """A plan under way."""

    agenda: AgendaDays
    placing: Placing
    room: list[int]
    skilled: dict[str, list[int]]
    on_day: list[set[int]]
    latest: list[dict[tuple[int, int, str | None], int] | None]

    @classmethod
    def of(cls, agenda: AgendaDays, placing: Placing, *, room: Sequence[int], skilled: Mapping[str, Sequence[int]]) -> _Plan:
        on_day: list[set[int]] = [set() for _ in agenda.days]
        plan = cls(agenda, list(placing), list(room), {skill: list(left) for skill, left in skilled.items()}, on_day, [None] * len(agenda.days))
        for at, day in enumerate(placing):
            if day is not None:
                plan._put(at, day)
        return plan

    def bring_forward(self, at: int) -> bool:
        """Whether a visit has found an earlier day."""
        now = self.placing[at]
        if now is None:
            return False
        for day in range(self.agenda.opens[at], now):
            if self._has_room(at, day):
                self._move(at, day)
                return True
            other = self._giving_way(at, day, until=now)
            if other is not None:
                self._take(other)
                self._move(at, day)
                self._put(other, now)
                return True
        return False

    def _has_room(self, at: int, day: int) -> bool:
        visit = self.agenda.visits[at]
        if visit.skill in self.skilled and not self.skilled[visit.skill][day]:
            return False
        return visit.officers <= self.room[day]

    def _giving_way(self, at: int, day: int, *, until: int) -> int | None:
        """A less urgent visit of *day* that can wait *until* then: the least urgent, of those the one that can wait longest."""
        visit = self.agenda.visits[at]
        latest = self._latest(day)
        if not any(
            urgency < visit.urgency and (officers, skill) == (visit.officers, visit.skill) and closes >= until
            for (urgency, officers, skill), closes in latest.items()
        ):
            return None
        return min(self._waiting(visit.urgency, (visit.officers, visit.skill), day, until), key=self._reluctance)

    def _waiting(self, urgency: int, need: tuple[int, str | None], day: int, until: int) -> Iterator[int]:  # noqa: PLR0917 - private
        for other in self.on_day[day]:
            there = self.agenda.visits[other]
            if there.urgency < urgency and (there.officers, there.skill) == need and self.agenda.closes[other] >= until:
                yield other

    def _reluctance(self, at: int) -> tuple[int, int, str]:
        visit = self.agenda.visits[at]
        return visit.urgency, -self.agenda.closes[at], visit.loan_no

    def _latest(self, day: int) -> dict[tuple[int, int, str | None], int]:
        """The latest closing of the visits of a day, by urgency and need; kept until the day changes."""
        kept = self.latest[day]
        if kept is None:
            kept = {}
            for at in self.on_day[day]:
                visit = self.agenda.visits[at]
                key = visit.urgency, visit.officers, visit.skill
                kept[key] = max(kept.get(key, 0), self.agenda.closes[at])
            self.latest[day] = kept
        return kept

    def _move(self, at: int, day: int) -> None:
        self._take(at)
        self._put(at, day)

    def _take(self, at: int) -> None:
        day = self.placing[at]
        assert day is not None  # noqa: S101 - only what has a day is taken from it
        self._change(at, day, by=1)
        self.on_day[day].discard(at)
        self.placing[at] = None

    def _put(self, at: int, day: int) -> None:
        self._change(at, day, by=-1)
        self.on_day[day].add(at)
        self.placing[at] = day

    def _change(self, at: int, day: int, *, by: int) -> None:
        visit = self.agenda.visits[at]
        self.room[day] += by * visit.officers
        if visit.skill in self.skilled:
            self.skilled[visit.skill][day] += by
        self.latest[day] = None
