"""Scales: the closed set of outcomes of a table."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from enum import Enum
from typing import TypeAlias

import attrs

from revisit_policy.errors import InvalidPolicyError
from revisit_policy.language.domain import Choices
from revisit_policy.values.validation import to_tuple


@attrs.frozen
class Scale:
    """Outcomes from mild to severe, or declared to have no order.

    The place of an outcome, from 0, is its severity. Two outcomes are never equal.

    Examples:
        >>> Scale(("low", "high")).place("high")
        1
    """

    outcomes: tuple[Hashable, ...] = attrs.field(converter=to_tuple)
    ordered: bool = attrs.field(default=True, kw_only=True)

    def __attrs_post_init__(self) -> None:
        Choices(self.outcomes, ordered=self.ordered)

    def place(self, outcome: Hashable) -> int:
        """The place of *outcome* on the scale, from 0."""
        return self.outcomes.index(outcome)

    def mask(self, outcomes: Iterable[Hashable]) -> int:
        """One bit for each of *outcomes*, at its place."""
        return sum(1 << self.outcomes.index(outcome) for outcome in outcomes)

    def unmask(self, mask: int) -> tuple[Hashable, ...]:
        """The outcomes whose bits are set, in the order of the scale."""
        return tuple(outcome for place, outcome in enumerate(self.outcomes) if mask >> place & 1)

    @property
    def everything(self) -> int:
        """All bits: nothing is known of the outcome."""
        return (1 << len(self.outcomes)) - 1


@attrs.frozen
class Score:
    """Whole points, added up; *worse* says which end is the bad one: ``"high"`` or ``"low"``."""

    worse: str = "high"

    def __attrs_post_init__(self) -> None:
        if self.worse not in {"high", "low"}:
            raise InvalidPolicyError(subject="score", problem=f'`worse` must be "high" or "low", got `{self.worse}`')


Outcomes: TypeAlias = Scale | Score


def unordered(outcomes: Iterable[Hashable]) -> Scale:
    """A scale whose outcomes are not better or worse than one another."""
    return Scale(tuple(outcomes), ordered=False)


def to_outcomes(value: Outcomes | type[Enum] | Iterable[Hashable]) -> Outcomes:
    """Return *value* as a scale: an enumeration class or a sequence runs from mild to severe."""
    if isinstance(value, Scale | Score):
        return value
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        problem = f"`outcomes` must be an enumeration, a tuple, a Scale or a Score, got `{value!r}`"
        raise InvalidPolicyError(subject="table", problem=problem)
    return Scale(tuple(value))
