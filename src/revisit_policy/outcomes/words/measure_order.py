"""The order of measures: which are choices of one step, which come after which, and whether what notes say of it can be meant."""

from __future__ import annotations

import itertools
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cached_property

import attrs

from revisit_policy.errors import InvalidValueError, UnknownNameError
from revisit_policy.outcomes.measure_note import MeasureNote
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Labelled
from revisit_policy.values.validation import fault


@attrs.frozen(eq=False)
class MeasureOrder:
    """What the *notes* of one vocabulary say of which measure takes the place of which, and which comes after which."""

    notes: tuple[MeasureNote, ...]

    @cached_property
    def choices(self) -> Mapping[Labelled, tuple[Labelled, ...]]:
        """By each measure that is one of several choices of a step the others, in the order of the notes."""
        steps: dict[Labelled, set[Labelled]] = {note.measure: {note.measure} for note in self.notes}
        for note in self.notes:
            for other in note.instead_of:
                joined = steps[note.measure] | steps.get(other, {other})
                steps.update(dict.fromkeys(joined, joined))
        return {
            each: tuple(note.measure for note in self.notes if note.measure in step and note.measure != each)
            for each, step in steps.items()
            if len(step) > 1
        }

    @cached_property
    def after(self) -> Mapping[Labelled, tuple[Labelled, ...]]:
        """By each measure those that come before it, where there are any."""
        return {note.measure: note.after for note in self.notes if note.after}

    def step(self, measure: Labelled) -> frozenset[Labelled]:
        """All choices of the step that a *measure* is one of."""
        return frozenset((measure, *self.choices.get(measure, ())))

    def arranged(self, called_for: Sequence[Labelled], *, turned_down: Container[Labelled] = ()) -> tuple[Labelled, ...]:
        """What is *called_for*, each step behind those that it comes after, its choices side by side, what was *turned_down* last; else as it came."""
        if len(called_for) <= 1 or not (self.after or self.choices):
            return tuple(called_for)
        found: list[Labelled] = []
        waiting = list(called_for)
        while waiting:
            step = self.step(next(each for each in waiting if not self._comes_later(each, waiting)))
            choices = [each for each in waiting if each in step]
            found += sorted(choices, key=turned_down.__contains__)
            waiting = [each for each in waiting if each not in step]
        return tuple(found)

    def _comes_later(self, measure: Labelled, waiting: Sequence[Labelled]) -> bool:
        """Whether any of those still *waiting* comes before the step of a *measure*."""
        former = {other for each in self.step(measure) for before in self.after.get(each, ()) for other in self.step(before)}
        return any(each in former for each in waiting)


def order_fault(notes: tuple[MeasureNote, ...]) -> InvalidValueError | None:
    """What cannot be meant of what *notes* say of other measures: one that there is not, one's own choice, or a circle."""
    return next(itertools.chain(_strangers(notes), _circles(notes)), None)


def _strangers(notes: tuple[MeasureNote, ...]) -> Iterator[InvalidValueError]:
    known = {str(note.measure.value): note.measure for note in notes}
    for note in notes:
        for field in ("after", "instead_of"):
            for other in getattr(note, field):
                if known.get(str(other.value)) != other:
                    near = UnknownNameError(kind=Phrase("措施", "measure"), name=str(other.value), known=tuple(known)).nearest
                    advice = Phrase("；是否指 `{near}`？", "; did you mean `{near}`?", near=near) if near else ""
                    expected = Phrase("词汇中的措施{advice}", "among the measures of the vocabulary{advice}", advice=advice)
                    yield fault("measures", f"{note.measure.value}.{field}: {other.value}", expected)


def _circles(notes: tuple[MeasureNote, ...]) -> Iterator[InvalidValueError]:
    order = MeasureOrder(notes)
    for note in notes:
        for other in note.after:
            said = f"{note.measure.value}.after: {other.value}"
            if other in order.choices.get(note.measure, ()):
                yield fault("measures", said, Phrase("不在同一步骤的措施", "a measure of another step"))
            if order.step(note.measure) & _behind(order, other):
                first = Phrase("不以 `{measure}` 为先的措施", "a measure that does not come after `{measure}`", measure=note.measure.value)
                yield fault("measures", said, first)


def _behind(order: MeasureOrder, measure: Labelled) -> set[Labelled]:
    """All measures that come before one, directly or not, with the other choices of their steps."""
    found: set[Labelled] = set()
    waiting = set(order.step(measure))
    while waiting:
        each = waiting.pop()
        found.add(each)
        waiting |= {other for former in order.after.get(each, ()) for other in order.step(former)} - found
    return found
