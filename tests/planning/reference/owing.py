"""What is pending of all that a loan owes, now and after each visit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import attrs
from tests.planning.reference.again import last_day_left, once_more
from tests.planning.reference.once import Asked, asked, bounds, is_too_late, settled
from tests.planning.reference.pending import Joint, Pending

from revisit_policy.language.fact import Fact
from revisit_policy.outcomes.obligations.obligation_kind import ObligationKind, ServedBy
from revisit_policy.outcomes.obligations.timing import AtNextVisit, Between, Every
from revisit_policy.planning.agenda import Agenda
from revisit_policy.planning.duty import Duty, Owed
from revisit_policy.planning.errand import Errand
from revisit_policy.planning.raw_bounds import RawBounds
from revisit_policy.planning.today import Today
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Labelled

#: The last time of what recurs, or since when something is asked for once.
_Counted: TypeAlias = Date | Asked


@attrs.frozen(eq=False)
class Owing:
    """What a loan owes, now and after each visit.

    Args:
        agenda: What the plan is made from.
        today: The day of the plan.
    """

    agenda: Agenda
    today: Today
    _asked: dict[Owed, Asked | None] = attrs.field(factory=dict, init=False)

    def pending(self) -> list[Pending]:
        """What is pending today, in the order in which it is owed."""
        found = (self._made(owed, counted) for owed, counted in self._served())
        return [one for one in found if one is not None]

    def undated(self) -> list[Owed]:
        """What is counted from the day of the plan, because nobody recorded since when: its deadline moves with every day of asking."""
        pending = [owed for owed, _ in self._served()]
        undated = (owed for owed in self.agenda.owed if owed.is_undated and not (isinstance(owed.duty.when, Every) and self._is_anchored(owed)))
        return [owed for owed in undated if not owed.duty.kind.alone or owed in pending]

    def _is_anchored(self, owed: Owed) -> bool:
        """Whether a period is counted from something else than the day of the plan."""
        kind = owed.duty.kind
        former = kind.after is not None and any(self._of_kind(kind.after))
        return former or isinstance(kind.met_by, Fact) or self._last_met(owed) is not None

    def waiting(self, errand: Errand) -> Iterator[Owed]:
        """What no visit has met, and waits for one as thorough as an *errand*."""
        for owed in self.agenda.owed:
            duty = owed.duty
            if isinstance(duty.when, AtNextVisit) and duty.errand.method <= errand.method and self._is_open(duty.kind) and self._unmet(owed) is not None:
                yield owed

    def after(self, made: Joint, *, others: list[Pending]) -> list[Pending]:
        """What is pending once a visit has been *made* on the day it closes: the *others*, and what begins anew."""
        left = others
        for owed in self.agenda.owed:
            duty = owed.duty
            if isinstance(duty.when, Every) and duty.kind.served_by is ServedBy.VISIT and _begins_anew(duty, made=made, others=others):
                again = once_more(duty, made.window.closes, agenda=self.agenda, today=self.today, is_projection=True)
                left = [each for each in left if each.duty is not duty]
                if again is not None:
                    left.append(again)
        return left

    # -- one by one --------------------------------------------------------------------------------------------------

    def _counted(self) -> Iterator[tuple[Owed, _Counted]]:
        """What is owed and has not been met, each with what it is counted from."""
        for owed in self.agenda.owed:
            duty = owed.duty
            if isinstance(duty.when, AtNextVisit) or not self._is_open(duty.kind):
                continue
            counted = self._last_time(owed) if isinstance(duty.when, Every) else self._unmet(owed)
            if counted is not None:
                yield owed, counted

    def _served(self) -> list[tuple[Owed, _Counted]]:
        """The same, and of a kind that is served alone the earliest."""
        found: list[tuple[Owed, _Counted]] = []
        alone: dict[Labelled, list[tuple[Owed, _Counted]]] = {}
        for each in self._counted():
            kind = each[0].duty.kind
            (alone.setdefault(kind.kind, []) if kind.alone else found).append(each)
        return found + [several[0] if len(several) == 1 else min(several, key=self._deadline) for several in alone.values()]

    def _deadline(self, found: tuple[Owed, _Counted]) -> tuple[Date, bool, Date]:
        """By what those of one kind are compared: what recurs as if the loan never matured, and first where deadlines are equal."""
        owed, counted = found
        if isinstance(counted, Asked):
            raw = bounds(owed.duty, counted, agenda=self.agenda, today=self.today)
            return raw.closes, True, raw.opens
        return last_day_left(owed.duty, counted, self.agenda), False, counted

    def _made(self, owed: Owed, counted: _Counted) -> Pending | None:
        """It with its window; ``None`` if the loan matures before it would be done."""
        duty = owed.duty
        if not isinstance(counted, Asked):
            return once_more(duty, counted, agenda=self.agenda, today=self.today)
        raw = bounds(duty, counted, agenda=self.agenda, today=self.today)
        if is_too_late(raw, duty, agenda=self.agenda):
            return None
        return Pending(duty, self.today.seen(settled(raw, today=self.today)))

    def _is_open(self, kind: ObligationKind) -> bool:
        """Whether what must have been met first has been, if the loan owes it at all."""
        return kind.after is None or all(self._has_been_met(owed) for owed in self._of_kind(kind.after))

    def _of_kind(self, kind: Labelled) -> Iterator[Owed]:
        return (owed for owed in self.agenda.owed if owed.duty.kind.kind == kind)

    def _has_been_met(self, owed: Owed) -> bool:
        return self._last_met(owed) is not None if isinstance(owed.duty.when, Every) else self._unmet(owed) is None

    def _last_met(self, owed: Owed) -> Date | None:
        """The last day on which it was met, whenever that counts."""
        kind, last = owed.duty.kind, self.agenda.last_visits
        if isinstance(kind.met_by, Fact):
            return owed.met_on
        if kind.served_by is ServedBy.DESK:
            days = (last.of_kind(each) for each in (kind.kind, *kind.met_by))
            return max((day for day in days if day is not None), default=None)
        return last.at_least(owed.duty.errand.method)

    def _last_time(self, owed: Owed) -> Date | None:
        """The day a period is counted from.

        It is the last time, whatever that was done for: a text message recorded as periodic is none where somebody has to be seen. If there
        was none, it is the end of what must have been met first, or the visit that met that if it came earlier; else the day since when it is
        owed. ``None`` if there is none: what a fact meets that was never there is asked for by other rules.
        """
        last, kind = self._last_met(owed), owed.duty.kind
        if last is not None:
            return last
        if kind.after is not None and (ended := [self._ended(former) for former in self._of_kind(kind.after)]):
            return min(ended)
        since = owed.since[0]
        return self.today.on if since is None and not isinstance(kind.met_by, Fact) else since

    def _ended(self, former: Owed) -> Date:
        met = self._last_met(former)
        if isinstance(former.duty.when, Every | AtNextVisit):
            return self.today.on if met is None else met
        closes = self._bounds(former).closes
        return closes if met is None else min(closes, met)

    def _unmet(self, owed: Owed) -> Asked | None:
        """Since when the first of its reasons that nothing has met has been there; ``None`` if all have been met."""
        if owed not in self._asked:  # asked for itself, and for what comes after it
            self._asked[owed] = self._first_unmet(owed)
        return self._asked[owed]

    def _first_unmet(self, owed: Owed) -> Asked | None:
        kind, on = owed.duty.kind, self.today.on
        if isinstance(owed.duty.when, Between):
            return None if self._was_met_between(owed) else asked(owed.since[0], agenda=self.agenda)
        if isinstance(kind.met_by, Fact):  # rules know the fact: what they ask for all the same, nobody knows since when, it has not met
            left = [day for day in owed.since if day is None or owed.met_on is None or owed.met_on < day]
        else:
            met = self._last_met(owed)
            left = [day for day in owed.since if met is None or met < (on if day is None else day)]
        if not left:
            return None
        earliest = min(left, key=lambda day: (on, True) if day is None else (day, False))
        found = asked(earliest, agenda=self.agenda)
        return None if self._was_stood_for(owed, found) else found

    def _was_met_between(self, owed: Owed) -> bool:
        kind, last, raw = owed.duty.kind, self.agenda.last_visits, self._bounds(owed)
        met = self._last_met(owed)
        if met is not None:
            if met >= raw.counts_from(self.today.calendar):
                return True
            if not isinstance(kind.met_by, Fact) and kind.kind in kind.met_by and last.of_kind(kind.kind) is not None:
                return True
        return self._by_another_kind(kind, after=raw.closes)

    def _was_stood_for(self, owed: Owed, found: Asked) -> bool:
        """Whether a visit of another kind has met it since it closed."""
        kind = owed.duty.kind
        if isinstance(kind.met_by, Fact) or not kind.met_by or isinstance(owed.duty.when, AtNextVisit):
            return False
        return self._by_another_kind(kind, after=bounds(owed.duty, found, agenda=self.agenda, today=self.today).closes)

    def _by_another_kind(self, kind: ObligationKind, *, after: Date) -> bool:
        if isinstance(kind.met_by, Fact):
            return False
        days = (self.agenda.last_visits.of_kind(other) for other in kind.met_by if other != kind.kind)
        return any(day is not None and day > after for day in days)

    def _bounds(self, owed: Owed) -> RawBounds:
        return bounds(owed.duty, asked(owed.since[0], agenda=self.agenda), agenda=self.agenda, today=self.today)


def _begins_anew(duty: Duty, *, made: Joint, others: list[Pending]) -> bool:
    """Whether the period of *duty* is counted from the visit that is *made*, the *others* not being met by it."""
    kind, errand = duty.kind, made.errand
    if duty in made.duties or any(served in kind.restarts for served in errand.serves):
        return True
    if not kind.is_visit:
        return kind.kind in errand.serves
    is_thorough = errand.visits_borrower and errand.method >= duty.errand.method
    return is_thorough and (kind.after is None or all(each.duty.kind.kind != kind.after for each in others))
