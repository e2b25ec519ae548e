"""Measures in columns: what is recommended, in hand and late of every row, as `decision.acting.steps` says of one case."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import attrs

from revisit_policy.casefile.case_columns import action_paths
from revisit_policy.frames.columns.binding import Form
from revisit_policy.frames.columns.day_columns import DayColumns, chosen, first_known, highest, is_before, lowest, where_it
from revisit_policy.frames.columns.fact_columns import is_code
from revisit_policy.frames.expressions.expression import Expression
from revisit_policy.frames.expressions.truth import Flag, where_null
from revisit_policy.frames.visits.days.plan_days import PlanDays
from revisit_policy.language.flags import both, either, inverse
from revisit_policy.outcomes.measure import ActionState
from revisit_policy.outcomes.measure_note import MeasureNote
from revisit_policy.outcomes.obligations.timing import Within
from revisit_policy.outcomes.words.measure_order import MeasureOrder
from revisit_policy.values.labels import Labelled


@attrs.frozen(eq=False)
class ActionColumns:
    """The last actions of rows: how far each measure has come, and on which day it had."""

    days: DayColumns
    _known: dict[tuple[Labelled, ActionState], Flag] = attrs.field(factory=dict)

    def is_known(self, measure: Labelled) -> bool:
        """Whether the frame tells of actions about a *measure* at all."""
        return action_paths(measure)[0] in self.days.read

    def on(self, measure: Labelled) -> Expression | None:
        """The day of the last action; null where there is none."""
        return self.days.of(action_paths(measure)[1])

    def has_come_to(self, measure: Labelled, *states: ActionState) -> Flag:
        """Where the last action is one of these *states*."""
        return either(self._is(measure, state) for state in states)

    def _is(self, measure: Labelled, state: ActionState) -> Flag:
        key = measure, state
        if key not in self._known:
            cell = self.days.read.get(action_paths(measure)[0])
            is_there = cell is not None and cell.source.form is not Form.EMPTY
            self._known[key] = self.days.stages.put_flag(is_code(state.value, cell).fill_null(value=False)) if cell is not None and is_there else False
        return self._known[key]


_IN_HAND = tuple(state for state in ActionState if state.is_in_hand)


@attrs.frozen(kw_only=True, eq=False)
class StepColumns:
    """The measures of rows under the notes of one policy.

    Args:
        notes: The notes.
        handed: Where each measure is called for and not barred.
        since: The first day of what calls for it; null or ``None`` where nobody knows it.
        actions: What has been done.
        is_settled: Where nothing is asked any more.
        days: The days of the rows.
    """

    notes: tuple[MeasureNote, ...]
    handed: Mapping[Labelled, Flag]
    since: Mapping[Labelled, Expression | None]
    actions: ActionColumns
    is_settled: Flag
    days: DayColumns

    @cached_property
    def order(self) -> MeasureOrder:
        """Which measures are choices of one step, and which come after which."""
        return MeasureOrder(self.notes)

    @cached_property
    def called_for(self) -> Mapping[Labelled, Flag]:
        """Where each measure is called for."""
        open_ones = inverse(self.is_settled)
        return {note.measure: self._put(both((self.handed.get(note.measure, False), open_ones))) for note in self.notes}

    @cached_property
    def in_hand(self) -> Mapping[Labelled, Flag]:
        """Where somebody is at it, whether or not rules still call for it."""
        open_ones = inverse(self.is_settled)
        return {note.measure: self._put(both((self.actions.has_come_to(note.measure, *_IN_HAND), open_ones))) for note in self.notes}

    @cached_property
    def recommended(self) -> Mapping[Labelled, Flag]:
        """Where it is called for, not in hand, not done, and no other choice of its step taken."""
        return {note.measure: self._put(self._recommended(note.measure)) for note in self.notes}

    def _recommended(self, measure: Labelled) -> Flag:
        others = self.order.choices.get(measure, ())
        taken = either(self.in_hand[other] for other in others)
        answered = either(self._answers(each, measure, ActionState.DONE) for each in (measure, *others))
        return both((self.called_for[measure], inverse(self.in_hand[measure]), inverse(taken), inverse(answered)))

    def _answers(self, choice: Labelled, measure: Labelled, *states: ActionState) -> Flag:
        """Where the last action about a *choice* is one of these *states*, on or after the day on which what calls for a *measure* began."""
        came = self.actions.has_come_to(choice, *states)
        return False if came is False else both((came, inverse(is_before(self.actions.on(choice), self.since[measure]))))

    def by(self, note: MeasureNote, days: PlanDays, *, usual: Mapping[int, Flag], otherwise: Expression) -> Expression | None:
        """The last day to set about the measure of a *note*: in the time of its own, else that of the level, or *otherwise*."""
        if not note.has_deadline or self.called_for[note.measure] is False:
            return None
        freed, waits = self._freed(note, days)
        base = highest((first_known(self.since[note.measure], self._acted(note.measure)), freed))
        began = days.on if base is None else self.days.stages.put(base.fill_null(days.on))
        if note.deadline is not None:
            return where_it(inverse(waits), days.last_day_within(note.deadline, began))
        by = otherwise
        for working_days, flag in usual.items():
            by = chosen(flag, days.after(began, working_days), by)
        return where_it(inverse(waits), self.days.stages.put(by))

    def is_late(self, measure: Labelled, by: Expression | None, on: Expression) -> Flag:
        """Where the deadline *by* has passed and the measure was not begun by then."""
        begun = self.actions.has_come_to(measure, ActionState.BEGUN)
        acted = self.actions.on(measure)
        in_time = False if begun is False or acted is None or by is None else both((begun, (acted <= by).fill_null(value=False)))
        return both((self.shown(measure), is_before(by, on), inverse(in_time)))

    def shown(self, measure: Labelled) -> Flag:
        """Where it is recommended, or in hand and called for."""
        return either((self.recommended[measure], both((self.called_for[measure], self.in_hand[measure]))))

    def _acted(self, measure: Labelled) -> Expression | None:
        """The day of the last action that is not of an earlier cause."""
        counts = either((self.in_hand[measure], self._answers(measure, measure, *ActionState)))
        return where_it(counts, self.actions.on(measure))

    def _freed(self, note: MeasureNote, days: PlanDays) -> tuple[Expression | None, Flag]:
        """The day on which the last that it comes after was done and its notice over, and where something of that is still to be done."""
        found: list[Expression | None] = []
        waits: list[Flag] = []
        notices = {each.measure: each.notice for each in self.notes}
        for former in note.after:
            asked = self.called_for[former]
            if asked is not False:
                ended = self._ended(former, notices[former], days)
                found.append(where_it(asked, ended))
                waits.append(both((asked, True if ended is None else where_null(ended))))
        return highest(found), self._put(either(waits))

    def _ended(self, former: Labelled, notice: Within | None, days: PlanDays) -> Expression | None:
        """The first day on which a choice of the *former* step was done and the *notice* over, or it failed; null if none has come."""
        found = [where_it(self._answers(former, former, ActionState.FAILED), self.actions.on(former))]
        for choice in (former, *self.order.choices.get(former, ())):
            done, day = self._answers(choice, former, ActionState.DONE), self.actions.on(choice)
            if done is not False and day is not None and notice is not None:
                day = days.last_day_within(notice, self.days.stages.put(day))
                done = both((done, is_before(day, days.on)))
            found.append(where_it(done, day))
        ended = lowest(found)
        return None if ended is None else self.days.stages.put(ended)

    def _put(self, flag: Flag) -> Flag:
        return self.days.stages.put_flag(flag)
