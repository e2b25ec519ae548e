"""Plans: ways to say who is visited when, as frozen values."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.frames.subject import Policy, subject_of
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.policy.rulebook import Rulebook
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import checked, fault, gather, gathering, refused, to_text, to_whole
from revisit_policy.workload.capacity import to_visits


def _to_months(value: int) -> int:
    return to_whole(value, low=1)


def _to_cooldown(value: int) -> int:
    return to_whole(value)


def _to_longest(value: int | None) -> int | None:
    return None if value is None else to_whole(value, low=1)


def _to_name(value: str) -> str:
    return to_text(value)


def _to_other_name(value: str | None) -> str | None:
    return None if value is None else to_text(value)


def _to_policy(value: Policy) -> Policy:
    subject_of(value)
    return value


def _to_ranking(value: Policy | None) -> Policy | None:
    return None if value is None else _to_policy(value)


def _to_planner(value: RevisitPolicy | Rulebook) -> RevisitPolicy | Rulebook:
    return checked(value, RevisitPolicy | Rulebook, field="", expected= Phrase("RevisitPolicy 或 Rulebook", "a RevisitPolicy or a Rulebook"))


def _to_seed(value: str | int) -> str:
    return str(to_whole(value)) if isinstance(value, int) else to_text(value)


def _to_capacity(value: str | int | Decimal | Fraction) -> Fraction:
    capacity = to_visits(value)
    if not capacity:
        raise refused(value, Phrase("大于0", "above 0"))
    return capacity


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Flat:
    """Every loan whenever so many *months* have passed since its last visit, or since it began.

    Raises:
        InvalidInputError: If *months* is no whole number from 1.
    """

    months: int = attrs.field(converter=_to_months)

    def __attrs_post_init__(self) -> None:
        gather(self)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Intervals:
    """Every loan whenever the interval that a policy says on the decision day has passed since its last visit.

    A trigger of the policy brings a visit sooner: on the first decision day on which it stands, and again only after one on which it
    was gone; a visit for whatever reason answers all that stand.

    Args:
        policy: Whatever decides a frame: a rulebook, a policy, a graph or a table.
        by: The column of `frames.decide` that says the months: places on a scale of whole numbers, or numbers. A row without one
            has no visit.

    Raises:
        InvalidInputError: If *policy* is none, or *by* no name.
    """

    policy: Policy = attrs.field(converter=_to_policy, kw_only=False)
    by: str = attrs.field(default="interval_months", converter=_to_name)

    def __attrs_post_init__(self) -> None:
        gather(self)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Planned:
    """The visits that a policy plans, each made in the period that it cannot wait beyond, and fed back.

    Before a loan's first row its visits are those that the columns ``visits.*`` of that row tell; later ones are the replay's own.

    Raises:
        InvalidInputError: If *policy* is no policy and no rulebook.
    """

    policy: RevisitPolicy | Rulebook = attrs.field(converter=_to_planner, kw_only=False)

    def __attrs_post_init__(self) -> None:
        gather(self)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Ranked:
    """Worst first, as many as there is capacity for in every period: `workload.admit` again and again.

    Args:
        policy: What gives the points; ``None`` if the panel has them already.
        by: The column of points: of `frames.decide`, or of the panel. More is worse.
        then: A column that decides between equal points; left out, the lot does. More is worse, and unknown is worst.
        capacity: Visits a loan and year, exact; every period has its part, and carries at most one visit over.
        cooldown_months: Calendar months after a visit in which a loan is not visited again.
        longest_months: Calendar months within which every loan is visited again; ``None`` for no limit.
        must: A column of flags: who has to be visited on this decision day whatever the capacity; ``None`` for nobody.
        seed: What the lots are drawn with.

    Raises:
        InvalidInputError: If fields are malformed (a float capacity, one of 0, a cool-down longer than the longest gap).
    """

    policy: Policy | None = attrs.field(default=None, converter=_to_ranking, kw_only=False)
    by: str = attrs.field(default="points", converter=_to_name)
    then: str | None = attrs.field(default=None, converter=_to_other_name)
    capacity: Fraction = attrs.field(converter=_to_capacity)
    cooldown_months: int = attrs.field(default=0, converter=_to_cooldown)
    longest_months: int | None = attrs.field(default=None, converter=_to_longest)
    must: str | None = attrs.field(default=None, converter=_to_other_name)
    seed: str = attrs.field(default="admission", converter=_to_seed)

    def __attrs_post_init__(self) -> None:
        gather(self, _cooldown_is_shorter)


def _cooldown_is_shorter(plan: Ranked) -> InvalidValueError | None:
    if plan.longest_months is None or plan.cooldown_months <= plan.longest_months:
        return None
    return fault("cooldown_months", plan.cooldown_months, Phrase(
        "不超过 `longest_months`（{longest}）", "at most `longest_months` ({longest})", longest=plan.longest_months
    ))


def _to_dealt(value: Flat | Intervals | Planned | Ranked) -> Flat | Intervals | Planned | Ranked:
    expected = Phrase("Flat、Intervals、Planned 或 Ranked", "a Flat, Intervals, Planned or Ranked")
    return checked(value, Flat | Intervals | Planned | Ranked, field="", expected=expected)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Dealt:
    """The answers of a plan, dealt to other loans: what is left of its gain is spend and timing, not knowing whom to visit.

    All loans stand in one circle in the order of lots; on every decision day each gets the answer of the next one that is there, so
    that a loan keeps its source as long as both are there. Dealt are points and intervals, which are then replayed with the
    loan's own visits; of `Planned` whole visits.

    Args:
        plan: The plan.
        seed: What the lots are drawn with; text or a whole number.

    Raises:
        InvalidInputError: If *plan* is none that could be dealt.
    """

    plan: Flat | Intervals | Planned | Ranked = attrs.field(converter=_to_dealt, kw_only=False)
    seed: str = attrs.field(default="dealt", converter=_to_seed)

    def __attrs_post_init__(self) -> None:
        gather(self)


Plan: TypeAlias = Flat | Intervals | Planned | Ranked | Dealt
