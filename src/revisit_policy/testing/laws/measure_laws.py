"""Laws of measures with a life: of choices one is taken, a step waits for what it rests on, and no deadline moves by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

import attrs
from hypothesis import strategies as st

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.people.action import Action
from revisit_policy.decision.decision import Decision
from revisit_policy.outcomes.measure import ActionState
from revisit_policy.outcomes.measure_note import MeasureNote
from revisit_policy.outcomes.recommendation import Recommendation
from revisit_policy.outcomes.words.measure_order import MeasureOrder
from revisit_policy.outcomes.words.vocabulary import OURS
from revisit_policy.speech.phrase import Phrase
from revisit_policy.testing.laws.schedule_laws import Decides, broken_by, decided, sampled_cases, words_of
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Labelled

#: Which of the measures is acted on, how far it comes, and how many days ago.
_ACTS: Final = st.tuples(st.integers(0, 5), st.sampled_from(ActionState), st.integers(0, 40))


def check_measures(policy: Decides, *, examples: int | None = None) -> None:
    """Return nothing if measures have a life as they should, whatever was done about them.

    Of the choices of a step none is recommended while another is in hand, whether or not rules still call for that, and
    those that are recommended name one another. A step stands behind what it comes after, and has no deadline while that is still to be
    done. A step waits for each fact that it needs and nobody knows. A deadline of its own that counts from a recorded day does not
    move because a day passed. Of some cases somebody acts on what is recommended first, or on another choice of its step that no rule calls for, so
    that it is tried what becomes of that.

    Args:
        policy: A policy or a rulebook.
        examples: How many case files are tried; ``None`` for as many as the hypothesis profile says.

    Raises:
        LawBrokenError: If it is otherwise.
    """
    __tracebackhide__ = True
    notes = {note.measure: note for note in (words_of(policy) or OURS).measures}
    order = MeasureOrder(tuple(notes.values()))

    def law(on: Date, drawn: CaseFile, act: tuple[int, ActionState, int]) -> None:
        case = _acted_on(drawn, decided(policy, drawn, on).measures, act, order=order, on=on)
        decision = decided(policy, case, on)
        for expected, got in (*_taken_twice(decision, order), *_not_waited_for(decision, notes)):
            broken_by(Phrase("措施有序", "orderly in its measures"), expected=expected, got=got, case=case, on=on)
        for expected, got in _moved(decision, decided(policy, case, on + dt.timedelta(days=1)), notes):
            broken_by(Phrase("期限不移动", "steady in its deadlines"), expected=expected, got=got, case=case, on=on)

    sampled_cases(policy, law, examples, _ACTS)


def _acted_on(
    case: CaseFile, steps: tuple[Recommendation, ...], act: tuple[int, ActionState, int], *, order: MeasureOrder, on: Date
) -> CaseFile:
    """The *case* once somebody has done something about one of the *steps*, or a choice beside it, that nobody has touched; itself if there is none."""
    place, state, ago = act
    touched = {action.measure for action in case.actions}
    choices = dict.fromkeys(each for step in steps for each in (step.measure, *order.choices.get(step.measure, ())))
    untouched = [measure for measure in choices if measure not in touched]
    if place >= len(untouched):
        return case
    day = max(case.loan.disbursed_on, on - dt.timedelta(days=ago))
    return attrs.evolve(case, actions=(*case.actions, Action(untouched[place], state=state, on=day)))


def _taken_twice(decision: Decision, order: MeasureOrder) -> Iterator[tuple[str, str]]:
    """Choices of a step of which more than one is taken, or that do not know of one another."""
    taken = {step.measure for step in decision.measures_in_hand}
    asked = {step.measure for step in decision.measures}
    for step in decision.measures:
        others = set(order.choices.get(step.measure, ()))
        if both := taken & others:
            expected = Phrase(
                "不建议 `{one}`：同一步骤的 `{other}` 已在办",
                "no `{one}` while `{other}`, a choice of its step, is in hand",
                one=step.measure.value,
                other=_codes(both),
            )
            yield expected, str(step.measure.value)
        if asked & others != set(step.instead_of):
            expected = Phrase("`{one}` 可代之以 `{other}`", "`{one}` instead of `{other}`", one=step.measure.value, other=_codes(asked & others))
            yield expected, _codes(step.instead_of)


def _not_waited_for(decision: Decision, notes: dict[Labelled, MeasureNote]) -> Iterator[tuple[str, str]]:
    """Steps that do not wait for one that comes before them, or for a fact that they need."""
    if "measures" not in decision.verdicts:
        return
    known = decision.verdicts["measures"].facts
    place = {step.measure: at for at, step in enumerate(decision.measures)}
    for step in decision.measures:
        note = notes[step.measure]
        for former in (decision.measures[place[each]] for each in note.after if each in place):
            is_behind = place[former.measure] < place[step.measure]
            if not is_behind or (former.state is not ActionState.FAILED and (step.by is not None or not step.after)):
                expected = Phrase(
                    "`{one}` 在 `{other}` 之后并等待之", "`{one}` behind `{other}`, and waiting for it", one=step.measure.value, other=former.measure.value
                )
                yield expected, f"{place[step.measure]}, {step.by}, {_codes(step.after)}"
        for fact in note.needs:
            if known[fact.name] is None and fact.label not in step.waits_for:
                yield Phrase("`{one}` 等待 `{other}`", "`{one}` to wait for `{other}`", one=step.measure.value, other=fact.name), str(step.waits_for)


def _moved(decision: Decision, tomorrow: Decision, notes: dict[Labelled, MeasureNote]) -> Iterator[tuple[str, str]]:
    """Deadlines that are another on the day after, though the same rules call for the measure since the same day."""
    later = {step.measure: step for step in (*tomorrow.measures, *tomorrow.measures_in_hand)}
    for step in (*decision.measures, *decision.measures_in_hand):
        after = later.get(step.measure)
        if after is None or step.since is None or step.measure not in notes or notes[step.measure].deadline is None:
            continue
        if _course(step) == _course(after) and after.by != step.by:
            expected = Phrase("`{one}` 的最迟日仍为 {day}", "`{one}` by {day} still", one=step.measure.value, day=step.by)
            yield expected, str(after.by)


def _course(step: Recommendation) -> tuple[Any, ...]:
    return step.rules, step.since, step.after, step.state


def _codes(measures: Any) -> str:
    return ", ".join(sorted(str(each.value) for each in measures))
