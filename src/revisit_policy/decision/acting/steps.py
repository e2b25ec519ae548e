"""Steps: the measures of one case in order, each as far as it has come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import attrs

from revisit_policy.casefile.people.action import Action
from revisit_policy.decision import assessment
from revisit_policy.language.fact import Fact
from revisit_policy.outcomes.measure import ActionState
from revisit_policy.outcomes.measure_note import MeasureNote
from revisit_policy.outcomes.recommendation import Recommendation
from revisit_policy.outcomes.words.measure_order import MeasureOrder
from revisit_policy.planning.plan_calendar import PlanCalendar, last_day_within
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Label, Labelled


class Cause(NamedTuple):
    """What calls for a measure, and the last that was done about it: one is made for every measure of every case."""

    reason: assessment.Reason
    """The measure with the rules that call for it."""
    note: MeasureNote
    """What the policy has to say of it."""
    since: Date | None
    """The first day on which they did; ``None`` if nobody recorded it, or nothing counts from it."""
    action: Action | None
    """The last action about it that is not of an earlier cause; ``None`` if there is none."""

    @property
    def measure(self) -> Labelled:
        """The measure."""
        return self.note.measure

    @property
    def state(self) -> ActionState | None:
        """How far it has come."""
        return None if self.action is None else self.action.state

    @property
    def is_in_hand(self) -> bool:
        """Whether somebody is at it."""
        return self.action is not None and self.action.state.is_in_hand

    def begun_by(self, day: Date) -> bool:
        """Whether it was begun on that *day* or before."""
        return self.action is not None and self.action.state is ActionState.BEGUN and self.action.on <= day

    def answered_by(self, action: Action | None) -> bool:
        """Whether an *action*, about it or another choice of its step, has done what it calls for."""
        return action is not None and action.state is ActionState.DONE and began_by(self.since, action.on)


def began_by(since: Date | None, day: Date) -> bool:
    """Whether what began on *since* was there on the *day*; where nobody recorded since when, somebody acted on it that day."""
    return since is None or since <= day


class Days(NamedTuple):
    """The days that deadlines are counted by."""

    on: Date
    """The decision day."""
    calendar: PlanCalendar
    """The working days."""
    to_act: int | None
    """Working days that the level of the loan leaves; ``None`` if it waits for the next visit."""
    otherwise: Date
    """The day until which it waits then."""

    def is_counted(self, note: MeasureNote) -> bool:
        """Whether the deadline of a measure is counted from a day at all, and not that of the next visit."""
        return note.deadline is not None or self.to_act is not None

    def by(self, note: MeasureNote, since: Date) -> Date | None:
        """The last day to set about the measure of a *note*, counted from the day *since*."""
        if not note.has_deadline:
            return None
        if note.deadline is not None:
            return last_day_within(note.deadline, since, calendar=self.calendar)
        return self.otherwise if self.to_act is None else self.calendar.after(since, self.to_act)


@attrs.frozen(kw_only=True, eq=False)
class Steps:
    """The measures of one case.

    Args:
        causes: What calls for each, in the order of the policy.
        actions: The last action about each measure about which there is any.
        order: Which are choices of one step, and which come after which.
        days: The days that deadlines are counted by.
        lacks: Of the facts that a measure is decided on those that are unknown, or of a day before the one given.
        made: Makes a recommendation of a reason, its note and its course.
    """

    causes: Mapping[Labelled, Cause]
    actions: Mapping[Labelled, Action]
    order: MeasureOrder
    days: Days
    lacks: Callable[[tuple[Fact, ...], Date | None], tuple[Label, ...]]
    made: Callable[..., Recommendation]

    @property
    def recommended(self) -> tuple[Recommendation, ...]:
        """What is called for, not in hand, not done, and no other choice of its step taken, in the order of doing."""
        asked = list(self.causes)
        if self.actions:
            asked = [each for each, cause in self.causes.items() if not cause.is_in_hand and not self._is_answered(cause)]
        ordered = self.order.arranged(asked, turned_down=[measure for measure in asked if self.causes[measure].action is not None])
        return tuple([self._step(self.causes[measure], among=ordered) for measure in ordered])

    @property
    def are_timeless(self) -> bool:
        """Whether they are the same for every loan of the kind about which nothing was done: none has a deadline, or rests on figures of a day."""
        notes = [cause.note for cause in self.causes.values()]
        return not any(note.has_deadline or note.needs or self.days.is_counted(note) for note in notes)

    @property
    def in_hand(self) -> tuple[Recommendation, ...]:
        """What somebody is at, whether or not rules still call for it, by the days of the last actions."""
        open_ones = sorted((action for action in self.actions.values() if action.state.is_in_hand), key=lambda action: action.on)
        return tuple(self._in_hand(action.measure, action) for action in open_ones)

    def _in_hand(self, measure: Labelled, action: Action) -> Recommendation:
        cause = self.causes.get(measure)
        return Recommendation(measure, state=action.state, acted_on=action.on) if cause is None else self._step(cause, among=())

    def _is_answered(self, cause: Cause) -> bool:
        """Whether it is done, or another choice of its step is, or is in hand, called for or not: nobody is told to do both."""
        others = self.order.choices.get(cause.measure, ())
        return any(map(self._is_in_hand, others)) or any(cause.answered_by(self.actions.get(each)) for each in (cause.measure, *others))

    def _is_in_hand(self, measure: Labelled) -> bool:
        return measure in self.actions and self.actions[measure].state.is_in_hand

    def _step(self, cause: Cause, *, among: tuple[Labelled, ...]) -> Recommendation:
        freed, before = self._freed(cause) if cause.note.after else (None, ())
        by = None if before else self._by(cause, freed)
        action = cause.action
        return self.made(
            cause.reason,
            cause.note,
            by=by,
            since=cause.since,
            undated=by is not None and cause.since is None and freed is None and self.days.is_counted(cause.note),
            state=cause.state,
            acted_on=None if action is None else action.on,
            late=by is not None and by < self.days.on and not cause.begun_by(by),
            after=before,
            instead_of=tuple([each for each in self.order.choices.get(cause.measure, ()) if each in among]),
            waits_for=self.lacks(cause.note.needs, cause.since) if cause.note.needs else (),
        )

    def _by(self, cause: Cause, freed: Date | None) -> Date | None:
        """Counted from its cause, or from the last action about it where nobody recorded that, and not before what it comes after is done."""
        acted = None if cause.action is None else cause.action.on
        began = [day for day in (cause.since or acted, freed) if day is not None]
        return self.days.by(cause.note, max(began, default=self.days.on))

    def _freed(self, cause: Cause) -> tuple[Date | None, tuple[Labelled, ...]]:
        """The day on which the last that it comes after was done, its notice over, and what of that is still to be done."""
        days: list[Date] = []
        before: list[Labelled] = []
        for former in (self.causes[each] for each in cause.note.after if each in self.causes):
            step = (former.measure, *self.order.choices.get(former.measure, ()))
            ended = [day for each in step if (day := self._ended_on(former, each)) is not None]
            if ended:
                days.append(min(ended))
            else:
                before += [each for each in step if self._is_in_hand(each)] or step[:1]
        return max(days, default=None), tuple(before)

    def _ended_on(self, former: Cause, choice: Labelled) -> Date | None:
        """The day on which a *choice* of a *former* step was done and its notice over, or on which it failed itself; ``None`` if none."""
        action = self.actions.get(choice)
        if action is None or not began_by(former.since, action.on):
            return None
        if action.state is ActionState.FAILED:
            return action.on if choice == former.measure else None
        if action.state is not ActionState.DONE or former.note.notice is None:
            return action.on if action.state is ActionState.DONE else None
        last = last_day_within(former.note.notice, action.on, calendar=self.days.calendar)
        return last if last < self.days.on else None
