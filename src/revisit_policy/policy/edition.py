"""Editions: which policy is in force when, and how loans pass from one to the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias, cast

import attrs

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.fields import day_or_unknown, to_day
from revisit_policy.casefile.visit import Visit
from revisit_policy.decision.decision import Decision
from revisit_policy.decision.glance import Glance
from revisit_policy.decision.policy_reader import Identity
from revisit_policy.decision.question import Question
from revisit_policy.errors import InvalidPolicyError
from revisit_policy.outcomes.results.result import Result
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.brief import Shown, Words
from revisit_policy.values.citation import Citation, to_citation, to_label
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.labels import Label, OrderedLabelled
from revisit_policy.values.validation import gather, gathering, refused, to_text


def _to_policy(value: RevisitPolicy) -> RevisitPolicy:
    if isinstance(value, RevisitPolicy):
        return value
    raise refused(value, Phrase("RevisitPolicy", "a RevisitPolicy"))


FormerGrades: TypeAlias = Mapping[OrderedLabelled, OrderedLabelled] | Iterable[tuple[OrderedLabelled, OrderedLabelled]]
"""Each former grade with the one that it is read as: a mapping, or pairs."""


def _to_former_grades(value: FormerGrades) -> tuple[tuple[OrderedLabelled, OrderedLabelled], ...]:
    given: object = value
    pairs = tuple(given.items()) if isinstance(given, Mapping) else tuple(given) if isinstance(given, tuple | list) else (None,)
    if all(type(pair) is tuple and len(pair) == 2 and all(isinstance(grade, OrderedLabelled) for grade in pair) for pair in pairs):  # noqa: PLR2004 - a pair
        return cast("tuple[tuple[OrderedLabelled, OrderedLabelled], ...]", pairs)
    raise refused(value, Phrase("由原分类到本版分类的对应，均为有序枚举的成员", "former grades with those of this edition, members of ordered enumerations"))


def _check_former(edition: Edition) -> None:
    """Refuse a map onto grades that the edition does not have, or one that turns the order round."""
    scales: dict[type, list[OrderedLabelled]] = {}
    for former, grade in edition.former_grades:
        scales.setdefault(type(former), []).append(former)
        if grade not in edition.policy.words.grades:
            raise InvalidPolicyError(subject=edition.id, problem=Phrase(
                "`former_grades` 将 `{former}` 读作本版没有的 `{grade}`", "`former_grades` reads `{former}` as `{grade}`, which it does not have",
                former=former.value, grade=grade.value,
            ))
    for milder, worse in (pair for scale in scales.values() for pair in pairwise(sorted(scale))):
        if edition.reads_as[worse] < edition.reads_as[milder]:
            raise InvalidPolicyError(subject=edition.id, problem=Phrase(
                "`former_grades` 将较重的 `{worse}` 读作较轻者", "`former_grades` reads the worse `{worse}` as the milder grade", worse=worse.value
            ))


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Edition:
    """One policy and the days of new business it is for.

    Args:
        id: The name decisions carry.
        policy: The policy itself.
        since: The first day of new business under it, inclusive.
        until: The first day no longer under it; ``None`` for the edition in force.
        stock_until: The last day on which a loan granted before *since* may still be under the edition before this
            one, if it has not been re-classified; ``None`` if all loans pass at once.
        source: The regulation that brought the edition.
        label: What it is called.
        former_grades: Of a scale that was in use before, each grade with the one of this edition's scale that it is read as: what people
            determined on it holds on. Its order is kept: a worse former grade is never a milder one here. In columns the grades are
            those of this scale.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.
        InvalidPolicyError: If its days are not in order.
    """

    id: str = attrs.field(converter=to_text)
    policy: RevisitPolicy = attrs.field(converter=_to_policy)
    since: Date = attrs.field(converter=to_day)
    until: Date | None = attrs.field(default=None, converter=day_or_unknown)
    stock_until: Date | None = attrs.field(default=None, converter=day_or_unknown)
    source: Citation = attrs.field(converter=to_citation)
    label: Label = attrs.field(converter=to_label)
    former_grades: tuple[tuple[OrderedLabelled, OrderedLabelled], ...] = attrs.field(default=(), converter=_to_former_grades)

    def __attrs_post_init__(self) -> None:
        gather(self)
        _check_former(self)
        if self.until is not None and self.until <= self.since:
            raise InvalidPolicyError(
                subject=self.id,
                problem=Phrase("`until` 须晚于{since}，实际为 `{until}`", "`until` must be after {since}, got `{until}`", since=self.since, until=self.until),
            )
        if self.stock_until is not None and self.stock_until < self.since:
            raise InvalidPolicyError(
                subject=self.id, problem=Phrase("`stock_until` 不得早于{since}", "`stock_until` must not be before {since}", since=self.since)
            )

    @cached_property
    def _identity(self) -> Identity:
        return attrs.evolve(self.policy.identity, edition=self.id, edition_label=self.label)

    def decide_on(self, case: CaseFile, question: Question) -> Decision:
        """The decision of this edition's policy on *case*, asked as much of a *question* as it reads."""
        return self.policy.decide_on(self._graded_here(case), question.put_to(self.policy.reader), identity=self._identity)

    def glance_on(self, case: CaseFile, question: Question) -> Glance:
        """The glance of this edition's policy at *case*, asked as much of a *question* as it reads."""
        return self.policy.glance_on(self._graded_here(case), question.put_to(self.policy.reader))

    @cached_property
    def reads_as(self) -> Mapping[OrderedLabelled, OrderedLabelled]:
        """By each former grade the one that it is read as."""
        return dict(self.former_grades)

    def _graded_here(self, case: CaseFile) -> CaseFile:
        """The *case* with what people determined on a former scale as a grade of this edition; what it does not map is refused later."""
        grade = self.reads_as.get(case.determination.grade) if self.former_grades else None  # type: ignore[arg-type] # any grade is asked
        return case if grade is None else attrs.evolve(case, determination=attrs.evolve(case.determination, grade=grade))

    def result_on(self, visit: Visit, case: CaseFile, *, question: Question) -> Result:
        """The result of a *visit* of the *case* by this edition's policy, asked as much of a *question* as it reads."""
        return self.policy.result_on(visit, case, question=question.put_to(self.policy.reader))

    def holds_new_business_of(self, day: Date) -> bool:
        """True if business new on *day* is under this edition."""
        day = to_date(day, field="day")
        return self.since <= day and (self.until is None or day < self.until)

    def __rich_repr__(self) -> Shown:
        yield Words(self.id)
        yield "policy", Words(f"{self.policy.id} {self.policy.version}")
        yield "since", Words(str(self.since))
        yield "until", Words(str(self.until)), Words("None")
        yield "label", Words(self.label.en)
