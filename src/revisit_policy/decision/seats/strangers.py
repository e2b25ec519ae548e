"""Strangers: what a case file says in words or amounts that its policy does not have."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final

import attrs

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.people.determination import Determination
from revisit_policy.errors import InvalidInputError, InvalidValueError, UnknownNameError
from revisit_policy.outcomes.words.vocabulary import Vocabulary
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Labelled, OrderedLabelled

_WORD: Final = Phrase("用语", "word")


@attrs.frozen(eq=False)
class Strangers:
    """Refuses the case files that do not speak of visits, events, measures and money as a policy does.

    Args:
        vocabulary: The words of the policy.
    """

    vocabulary: Vocabulary

    def check(self, case: CaseFile) -> None:
        """Do nothing if *case* speaks as the vocabulary does.

        Raises:
            InvalidInputError: If a kind or a method of a visit, the code of an event, the measure of an action, or the grade that was
                determined is not in it, each with the nearest word that is, or if amounts are in another currency; all of them together.
        """
        if not self._is_understood(case):
            raise InvalidInputError.of("CaseFile", [*_words(case, self.vocabulary), *_currency(case, self.vocabulary)])

    def _is_understood(self, case: CaseFile) -> bool:
        """Whether nothing is strange, which nothing is in nearly every case file."""
        purposes, means = self._purposes, self._means
        for visit in case.visits:
            if visit.kind not in purposes or visit.method not in means:
                return False
        if case.events and not {event.code for event in case.events} <= self._signals:
            return False
        if case.actions and not {action.measure for action in case.actions} <= self._measures:
            return False
        return is_graded(case.determination, self.vocabulary) and self.vocabulary.is_in_currency(case.loan.principal)

    # As sets: a word that is compared with one word after the other is asked each time whether it equals it.

    @cached_property
    def _purposes(self) -> frozenset[Labelled]:
        return frozenset(self.vocabulary.purposes)

    @cached_property
    def _means(self) -> frozenset[Labelled]:
        return frozenset(self.vocabulary.means)

    @cached_property
    def _signals(self) -> frozenset[Labelled]:
        return frozenset(self.vocabulary.signals)

    @cached_property
    def _measures(self) -> frozenset[Labelled]:
        return frozenset(note.measure for note in self.vocabulary.measures)


def _words(case: CaseFile, vocabulary: Vocabulary) -> Iterator[InvalidValueError]:
    for visit in case.visits:
        if visit.kind not in vocabulary.purposes:
            yield _stranger("visits", visit.kind, among=vocabulary.purposes)
        if visit.method not in vocabulary.means:
            yield _stranger("visits", visit.method, among=vocabulary.means)
    for event in case.events:
        if event.code not in vocabulary.signals:
            yield _stranger("events", event.code, among=vocabulary.signals)
    yield from _what_people_did(case, vocabulary)


def _what_people_did(case: CaseFile, vocabulary: Vocabulary) -> Iterator[InvalidValueError]:
    measures = tuple(note.measure for note in vocabulary.measures) if case.actions else ()
    for action in case.actions:
        if action.measure not in measures:
            yield _stranger("actions", action.measure, among=measures)
    grade = case.determination.grade
    if grade is not None and not is_graded(case.determination, vocabulary):
        yield _stranger("determination", grade, among=tuple(each for each in vocabulary.grades if isinstance(each, Labelled)))


def is_graded(determination: Determination, vocabulary: Vocabulary) -> bool:
    """Whether what people determined, if anything, is a grade of the *vocabulary*, or lies in one."""
    grade = determination.grade
    return not isinstance(grade, OrderedLabelled) or grade in vocabulary.grades or grade.coarser in vocabulary.grades


def _stranger(field: str, word: Labelled, *, among: tuple[Labelled, ...]) -> InvalidValueError:
    """The fault of a *word*; one of a known code is a member of another enumeration."""
    codes = tuple(str(each.value) for each in among)
    nearest = UnknownNameError(kind=_WORD, name=str(word.value), known=codes).nearest
    owner = next((type(each).__name__ for each in among if each.value == word.value), None)
    advice: str = Phrase("，或为 `{nearest}`", ", perhaps `{nearest}`", nearest=nearest) if nearest else ""
    if owner is not None:
        advice = Phrase("，须为 {owner} 的成员", ", members of {owner}", owner=owner)
    expected = Phrase("政策的用语：{codes}{advice}", "in words of the policy: {codes}{advice}", codes=", ".join(codes), advice=advice)
    return InvalidValueError(owner="CaseFile", field=field, value=word, expected=expected)


def _currency(case: CaseFile, vocabulary: Vocabulary) -> Iterator[InvalidValueError]:
    if not vocabulary.is_in_currency(case.loan.principal):
        expected = Phrase("政策的币种 {currency}", "in the currency of the policy, {currency}", currency=vocabulary.currency)
        yield InvalidValueError(owner="CaseFile", field="loan", value=case.loan.principal, expected=expected)
