"""Classes of a bank's own: enumerations and values that a policy says, and that whoever reads a record of it hands over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any, Final, TypeAlias

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.scale import Scale
from revisit_policy.outcomes.words.vocabulary import Vocabulary
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.policy.rulebook import Rulebook
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import several

OwnClasses: TypeAlias = RevisitPolicy | Rulebook | Vocabulary | Iterable[type[Any]]
"""Classes, or a vocabulary, a policy or a rulebook that has them in its words, tables and facts."""

_EXPECTED: Final = Phrase("词汇、政策、规则手册，或如 `(MyGrade,)` 的类", "a vocabulary, a policy, a rulebook, or classes such as `(MyGrade,)`")


def by_name(given: OwnClasses) -> dict[str, type[Any]]:
    """The classes *given*, by their names.

    Raises:
        InvalidValueError: If one of them is neither an enumeration nor a class of fields.
    """
    if isinstance(given, RevisitPolicy | Rulebook):
        return {kind.__name__: kind for kind in _of_policies(given) if _has_values(kind)}
    if isinstance(given, Vocabulary):
        return {kind.__name__: kind for kind in _of_words(given) if _has_values(kind)}
    kinds = tuple(several(given, field="vocabulary", expected=_EXPECTED))
    for kind in kinds:
        if not _has_values(kind):
            raise InvalidValueError(
                owner="", field="vocabulary", value=kind, expected=Phrase("枚举或由字段组成的冻结类", "enumerations or frozen classes of fields")
            )
    return {kind.__name__: kind for kind in kinds}


def _has_values(kind: object) -> bool:
    return isinstance(kind, type) and (issubclass(kind, Enum) or attrs.has(kind))


def _of_words(words: Vocabulary) -> Iterator[type[Any]]:
    yield from map(type, (*words.grades, *words.levels, *words.signals, *words.purposes, *words.means, *(note.measure for note in words.measures)))


def _of_policies(given: RevisitPolicy | Rulebook) -> Iterator[type[Any]]:
    policies = (given,) if isinstance(given, RevisitPolicy) else tuple(edition.policy for edition in given.editions)
    for policy in policies:
        yield from _of_words(policy.words)
        for table in policy.tables:
            if isinstance(table.outcomes, Scale):
                yield from map(type, table.outcomes.outcomes)
        for fact in policy.graph.facts:
            if isinstance(fact.domain, Choices):
                yield from map(type, fact.domain.items)
