"""What is pending of all that a loan owes, now and after each visit."""

from __future__ import annotations

from typing import TypeAlias, cast

import attrs

from revisit_policy.language.fact import Fact
from revisit_policy.outcomes.obligations.obligation_kind import AtMaturity, ObligationKind
from revisit_policy.outcomes.obligations.timing import AtNextVisit, Between, Every
from revisit_policy.planning.agenda import Agenda
from revisit_policy.planning.duties.again import KeptUp, caught_up, ends, kept_up, once_more
from revisit_policy.planning.duties.once import Asked, asked, bounds, pending_once
from revisit_policy.planning.duties.pending import Joint, Pending
from revisit_policy.planning.duties.slate import Slate
from revisit_policy.planning.duty import Duty, Owed
from revisit_policy.planning.errand import Errand
from revisit_policy.planning.last_visits import LastVisits
from revisit_policy.planning.plan_calendar import day_after
from revisit_policy.planning.raw_bounds import RawBounds
from revisit_policy.planning.today import Today
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Labelled

#: The last time of what recurs, or that it was kept up since, or since when something is asked for once.
_Counted: TypeAlias = Date | KeptUp | Asked


@attrs.frozen(eq=False)
class Owing:
    """What a loan owes, now and after each visit. What is owed goes by its place in the agenda.

    Args:
        agenda: What the plan is made from.
        today: The day of the plan.
        slate: What all that is owed is to one another.
    """

    agenda: Agenda
    today: Today
    slate: Slate = attrs.field(init=False)
    _last_met: list[Date | None] = attrs.field(init=False)
    _asked: dict[int, Asked | None] = attrs.field(factory=dict, init=False)

    @slate.default
    def _laid_out(self) -> Slate:
        return Slate.of(tuple([owed.duty for owed in self.agenda.owed]), memory=self.today.memory)

    @_last_met.default
    def _days_last_met(self) -> list[Date | None]:
        """By place the last day on which it was met, whenever that counts."""
        last = self.agenda.last_visits
        return [owed.met_on if owed.duty.is_met_by_a_fact else _last_done(owed.duty, last) for owed in self.agenda.owed]

    @property
    def recurring(self) -> tuple[Duty, ...]:
        """What goes on from visit to visit."""
        return self.slate.recurring

    def pending(self) -> list[Pending]:
        """What is pending today, in the order in which it is owed."""
        return self._pending(self.slate.asked)

    def pending_visits(self) -> list[Pending]:
        """The same without what a desk does."""
        return self._pending(self.slate.visits)

    def _pending(self, places: tuple[int, ...]) -> list[Pending]:
        found = [self._made(at, counted) for at, counted in self._served(places)]
        return [one for one in found if one is not None]

    def undated(self) -> list[Owed]:
        """What is counted from the day of the plan, because nobody recorded since when: its deadline moves with every day of asking."""
        owed = self.agenda.owed
        undated = [at for at, each in enumerate(owed) if each.is_undated and not (each.duty.every is not None and self._is_anchored(at))]
        pending = [at for at, _ in self._served(self.slate.asked)] if any(owed[at].duty.kind.alone for at in undated) else []
        return [owed[at] for at in undated if not owed[at].duty.kind.alone or at in pending]

    def _is_anchored(self, at: int) -> bool:
        """Whether a period is counted from something else than the day of the plan."""
        return bool(self.slate.formers[at]) or self.slate.duties[at].is_met_by_a_fact or self._last_met[at] is not None

    def waiting(self, errand: Errand) -> tuple[Owed, ...]:
        """What no visit has met, and waits for one as thorough as an *errand*."""
        return tuple([self.agenda.owed[at] for at in self.slate.waiting if self._is_met_with(errand, at)])

    def _is_met_with(self, errand: Errand, at: int) -> bool:
        return self.slate.duties[at].errand.method <= errand.method and self._is_open(at) and self._unmet(at) is not None

    def after(self, made: Joint, *, others: list[Pending], also: tuple[Labelled, ...] = ()) -> list[Pending]:
        """What is pending once a visit has been *made* on the day it closes: the *others*, and what begins anew; it *also* meets kinds that waited."""
        left = others
        for duty in self.slate.recurring:
            if _begins_anew(duty, made=made, others=others, also=also):
                again = once_more(duty, made.visit.window.closes, agenda=self.agenda, today=self.today, is_projection=True)
                left = [each for each in left if each.duty is not duty]
                if again is not None:
                    left.append(again)
        return left

    def ends_after(self, closes: Date) -> Date:
        """The day up to which a loan must not mature for `after` to say of it what it says of any: all periods counted from a visit end by then."""
        counted = [duty for duty in self.slate.recurring if duty.kind.at_maturity is not AtMaturity.KEPT]
        return max((ends(duty, closes) for duty in counted), default=closes)

    # -- one by one --------------------------------------------------------------------------------------------------

    def _served(self, places: tuple[int, ...]) -> list[tuple[int, _Counted]]:
        """What of all that stands at these *places* has not been met, each with what it is counted from; of a kind that is served alone the earliest."""
        found, formers, duties = list[tuple[int, _Counted]](), self.slate.formers, self.slate.duties
        for at in places:
            if formers[at] and not self._is_open(at):
                continue
            counted = self._unmet(at) if duties[at].every is None else self._recurring(at)
            if counted is not None:
                found.append((at, counted))
        return self._first_of_each(found) if self.slate.is_crowded else found

    def _first_of_each(self, found: list[tuple[int, _Counted]]) -> list[tuple[int, _Counted]]:
        """What is *found*, and of a kind that is served alone the earliest."""
        beside, alone = list[tuple[int, _Counted]](), dict[Labelled, list[tuple[int, _Counted]]]()
        for each in found:
            kind = self.slate.duties[each[0]].kind
            (alone.setdefault(kind.kind, []) if kind.alone else beside).append(each)
        return beside + [min(several, key=self._deadline) for several in alone.values()]

    def _deadline(self, found: tuple[int, _Counted]) -> tuple[Date, bool, Date]:
        """By what those of one kind are compared: what recurs as if the loan never matured, and first where deadlines are equal."""
        duty, counted = self.slate.duties[found[0]], found[1]
        if isinstance(counted, Asked):
            raw = bounds(duty, counted, agenda=self.agenda, today=self.today)
            return raw.closes, True, raw.opens
        if isinstance(counted, KeptUp):
            return counted.closes, False, counted.since
        return ends(duty, counted), False, counted

    def _made(self, at: int, counted: _Counted) -> Pending | None:
        """It with its window; ``None`` if the loan matures before it would be done."""
        duty = self.slate.duties[at]
        if isinstance(counted, Asked):
            return pending_once(duty, counted, agenda=self.agenda, today=self.today)
        if isinstance(counted, KeptUp):
            return caught_up(duty, counted, agenda=self.agenda, today=self.today)
        return once_more(duty, counted, agenda=self.agenda, today=self.today)

    def _is_open(self, at: int) -> bool:
        """Whether what must have been met first has been, if the loan owes it at all."""
        return all(map(self._has_been_met, self.slate.formers[at]))

    def _has_been_met(self, at: int) -> bool:
        return self._unmet(at) is None if self.slate.duties[at].every is None else self._last_met[at] is not None

    def _recurring(self, at: int) -> Date | KeptUp | None:
        """The last time of what recurs, or the visits of a lesser sort that kept it up."""
        since, duty = self._last_time(at), self.slate.duties[at]
        if since is None or self.agenda.person_needed_since is None or not duty.is_visit or duty.is_met_by_a_fact:
            return since
        return kept_up(duty, since=since, agenda=self.agenda) or since

    def _last_time(self, at: int) -> Date | None:
        """The day a period is counted from.

        It is the last time, whatever that was done for: a text message recorded as periodic is none where somebody has to be seen. If there
        was none, it is the end of what must have been met first, or the visit that met that if it came earlier; else the day since when it is
        owed. ``None`` if there is none: what a fact meets that was never there is asked for by other rules.
        """
        last = self._last_met[at]
        if last is not None:
            return last
        if formers := self.slate.formers[at]:
            return min(map(self._ended, formers))
        since = self.agenda.owed[at].since[0]
        return self.today.on if since is None and not self.slate.duties[at].is_met_by_a_fact else since

    def _ended(self, former: int) -> Date:
        met = self._last_met[former]
        if isinstance(self.slate.duties[former].when, Every | AtNextVisit):
            return self.today.on if met is None else met
        closes = self._bounds(former).closes
        return closes if met is None else min(closes, met)

    def _unmet(self, at: int) -> Asked | None:
        """Since when the first of its reasons that nothing has met has been there; ``None`` if all have been met."""
        if at not in self._asked:  # asked for itself, and for what comes after it
            self._asked[at] = self._first_unmet(at)
        return self._asked[at]

    def _first_unmet(self, at: int) -> Asked | None:
        duty, on, met, since = self.slate.duties[at], self.today.on, self._last_met[at], self.agenda.owed[at].since
        if isinstance(duty.when, Between):
            return None if self._was_met_between(at) else asked(since[0], agenda=self.agenda)
        if duty.is_met_by_a_fact:  # rules know the fact: what they ask for all the same, nobody knows since when, it has not met
            left = [day for day in since if day is None or met is None or met < day]
        else:
            left = [day for day in since if met is None or met < (on if day is None else day)]
        if not left:
            return None
        earliest = min(left, key=lambda day: (on, True) if day is None else (day, False))
        found = asked(earliest, agenda=self.agenda)
        return None if self._was_stood_for(duty, found) else found

    def _was_met_between(self, at: int) -> bool:
        kind, last, met = self.slate.duties[at].kind, self.agenda.last_visits, self._last_met[at]
        if met is not None and met >= self._opens(at):  # that alone settles nearly all
            return True
        raw = self._bounds(at)
        if met is not None:
            if met >= raw.counts_from(self.today.calendar):
                return True
            if not isinstance(kind.met_by, Fact) and kind.kind in kind.met_by and last.of_kind(kind.kind) is not None:
                return True
        return self._by_another_kind(kind, after=raw.closes)

    def _was_stood_for(self, duty: Duty, found: Asked) -> bool:
        """Whether a visit of another kind has met it since it closed."""
        kind = duty.kind
        if isinstance(kind.met_by, Fact) or not kind.met_by or duty.waits:
            return False
        return self._by_another_kind(kind, after=bounds(duty, found, agenda=self.agenda, today=self.today).closes)

    def _by_another_kind(self, kind: ObligationKind, *, after: Date) -> bool:
        if isinstance(kind.met_by, Fact):
            return False
        days = (self.agenda.last_visits.of_kind(other) for other in kind.met_by if other != kind.kind)
        return any(day is not None and day > after for day in days)

    def _opens(self, at: int) -> Date:
        """The first day of what is to be done between two, which no maturity cuts."""
        since = asked(self.agenda.owed[at].since[0], agenda=self.agenda).since
        return day_after(since, cast("Between", self.slate.duties[at].when).first)

    def _bounds(self, at: int) -> RawBounds:
        return bounds(self.slate.duties[at], asked(self.agenda.owed[at].since[0], agenda=self.agenda), agenda=self.agenda, today=self.today)


def _last_done(duty: Duty, last: LastVisits) -> Date | None:
    """The last day on which a *duty* that no fact meets was met, by what is read of the visits made."""
    if not duty.is_at_desk:
        return last.at_least(duty.errand.method)
    latest = None
    for kind in duty.met_by:
        day = last.of_kind(kind)
        if day is not None and (latest is None or day > latest):
            latest = day
    return latest


def _begins_anew(duty: Duty, *, made: Joint, others: list[Pending], also: tuple[Labelled, ...]) -> bool:
    """Whether the period of *duty* is counted from the visit that is *made*, the *others* not being met by it."""
    for each in made.served:
        if each.duty is duty:
            return True
    kind, errand = duty.kind, made.errand
    if kind.restarts and any(served in kind.restarts for served in (*errand.serves, *also)):
        return True
    if not duty.is_visit:
        return kind.kind in errand.serves or kind.kind in also
    least = duty.errand.method
    is_thorough = errand.visits_borrower and (errand.method is least or errand.method >= least)
    return is_thorough and (kind.after is None or kind.after not in [each.duty.kind.kind for each in others])
