"""What visits take: hours and officers, by the method they are made by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

import attrs

from revisit_policy.outcomes.schedule import RevisitSchedule
from revisit_policy.outcomes.words.method_note import MethodNote
from revisit_policy.outcomes.words.vocabulary import Vocabulary
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import OrderedLabelled
from revisit_policy.values.validation import checked, several

_SCHEDULES = Phrase("若干回访计划（RevisitSchedule）", "several schedules, each a RevisitSchedule")


@attrs.frozen(kw_only=True)
class MethodHours:
    """What the visits by one method take.

    Args:
        method: The method.
        visits: How many visits there are.
        officers: How many times an officer goes or calls: two on one visit are two.
        hours: The hours that they spend together, exact; ``None`` if the vocabulary does not say how long such a visit takes.
    """

    method: OrderedLabelled
    visits: int
    officers: int
    hours: Fraction | None


@attrs.frozen(kw_only=True)
class VisitHours:
    """What the visits of many schedules take.

    Args:
        by_method: One for every method of the vocabulary, the least thorough first, with none left out.
    """

    by_method: tuple[MethodHours, ...]

    @classmethod
    def of(cls, words: Vocabulary, made: Mapping[str, tuple[int, int]]) -> VisitHours:
        """The hours of visits and officers that were counted by the code of their method."""
        return cls(by_method=tuple(_hours(note, *made.get(note.method.value, (0, 0))) for note in words.methods))

    @property
    def visits(self) -> int:
        """How many visits there are."""
        return sum(each.visits for each in self.by_method)

    @property
    def hours(self) -> Fraction:
        """The hours of all officers together, as far as it is known how long visits take."""
        return sum((each.hours for each in self.by_method if each.hours is not None), start=Fraction(0))

    @property
    def unknown(self) -> int:
        """How many visits are by methods of which nobody said how long they take: their hours are not among the others."""
        return sum(each.visits for each in self.by_method if each.hours is None)


def hours(schedules: Iterable[RevisitSchedule], vocabulary: Vocabulary) -> VisitHours:
    """The hours and officers that all visits of *schedules* take, overdue ones and projections included.

    A visit takes the hours of its method for each of its officers. What a desk does is no visit.

    Args:
        schedules: Of any number of loans, each to its own horizon.
        vocabulary: What says how long a visit takes: `policy.words`, or one with other hours.

    Returns:
        The sums by method; zeros where there is no visit.

    Raises:
        InvalidValueError: If an argument is of another kind.
        UnknownNameError: If a visit is by a method that the vocabulary has not.

    Examples:
        >>> from revisit_policy.outcomes.words.method_note import MethodNote
        >>> words = Vocabulary(methods=[MethodNote("phone", hours="0.5"), MethodNote("on_site", hours=4)])
        >>> found = hours([], words)
        >>> found.hours, [each.method.value for each in found.by_method]
        (Fraction(0, 1), ['phone', 'on_site'])
    """
    words = checked(vocabulary, Vocabulary, field="vocabulary", expected=Phrase("Vocabulary", "a Vocabulary"))
    counted = {note.method.value: [0, 0] for note in words.methods}
    for schedule in several(schedules, field="schedules", expected=_SCHEDULES):
        for visit in checked(schedule, RevisitSchedule, field="schedules", expected=_SCHEDULES).all:
            count = counted[words.method(visit.method.value).method.value]
            count[0] += 1
            count[1] += visit.officers
    return VisitHours.of(words, {code: (visits, officers) for code, (visits, officers) in counted.items()})


def _hours(note: MethodNote, visits: int, officers: int) -> MethodHours:  # noqa: PLR0917 - in the order of the fields
    return MethodHours(method=note.method, visits=visits, officers=officers, hours=None if note.hours is None else note.hours * officers)
