"""Scales: the closed set of outcomes of a table."""

from collections.abc import Hashable, Iterable
from enum import Enum
from typing import TypeAlias

import attrs

from revisit_policy.errors import InvalidPolicyError
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.parts import check_whole, items_of
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.brief import Shown, few
from revisit_policy.values.validation import has_items


def _to_outcomes(values: Iterable[Hashable]) -> tuple[Hashable, ...]:
    return items_of(values, subject="scale", field="outcomes")


@attrs.frozen
class Scale:
    """Outcomes from mild to severe, or declared to have no order.

    The place of an outcome, from 0, is its severity. Two outcomes are never equal.

    Examples:
        >>> Scale(("low", "high")).place("high")
        1
    """

    outcomes: tuple[Hashable, ...] = attrs.field(converter=_to_outcomes)
    ordered: bool = attrs.field(default=True, kw_only=True)

    def __attrs_post_init__(self) -> None:
        Choices(self.outcomes, ordered=self.ordered)

    def place(self, outcome: Hashable) -> int:
        """The place of *outcome* on the scale, from 0.

        Raises:
            InvalidPolicyError: If it is not on it.
        """
        for place, item in enumerate(self.outcomes):
            if item is outcome or (type(item) is type(outcome) and item == outcome):
                return place
        raise InvalidPolicyError(
            subject="scale",
            problem=Phrase(
                "结论 `{outcome!r}` 不在其中：{outcomes!r}", "the outcome `{outcome!r}` is not on it: {outcomes!r}", outcome=outcome, outcomes=self.outcomes
            ),
        )

    def mask(self, outcomes: Iterable[Hashable]) -> int:
        """One bit for each of *outcomes*, at its place."""
        return sum(1 << self.place(outcome) for outcome in items_of(outcomes, subject="scale", field="outcomes"))

    def unmask(self, mask: int) -> tuple[Hashable, ...]:
        """The outcomes whose bits are set, in the order of the scale."""
        check_whole(mask, subject="scale", field="mask", low=0)
        return tuple(outcome for place, outcome in enumerate(self.outcomes) if mask >> place & 1)

    @property
    def everything(self) -> int:
        """All bits: nothing is known of the outcome."""
        return (1 << len(self.outcomes)) - 1

    def __rich_repr__(self) -> Shown:
        yield "outcomes", few(self.outcomes)
        yield "ordered", self.ordered, True


@attrs.frozen
class Score:
    """Whole points, added up; *worse* says which end is the bad one: ``"high"`` or ``"low"``.

    Examples:
        >>> Score(worse="low")
        Score(worse='low')
    """

    worse: str = "high"

    def __attrs_post_init__(self) -> None:
        if type(self.worse) is not str or self.worse not in {"high", "low"}:
            raise InvalidPolicyError(
                subject="score",
                problem=Phrase('`worse` 须为 "high" 或 "low"，实际为 `{worse}`', '`worse` must be "high" or "low", got `{worse}`', worse=self.worse),
            )


Outcomes: TypeAlias = Scale | Score


def unordered(outcomes: Iterable[Hashable]) -> Scale:
    """A scale whose outcomes are not better or worse than one another.

    Examples:
        >>> unordered(("salaried", "own_business")).ordered
        False
    """
    return Scale(tuple(outcomes) if isinstance(outcomes, str) else _to_outcomes(outcomes), ordered=False)


def to_outcomes(value: Outcomes | type[Enum] | Iterable[Hashable]) -> Outcomes:
    """Return *value* as a scale: an enumeration class or a sequence runs from mild to severe."""
    if isinstance(value, Scale | Score):
        return value
    if not has_items(value):
        problem = Phrase(
            "`outcomes` 须为枚举、元组、Scale 或 Score，实际为 `{value!r}`",
            "`outcomes` must be an enumeration, a tuple, a Scale or a Score, got `{value!r}`",
            value=value,
        )
        raise InvalidPolicyError(subject="table", problem=problem)
    return Scale(tuple(value))
