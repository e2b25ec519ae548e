"""Obligation kinds: what holds of all obligations of one kind, whenever they fall due."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.language.domains.days import Days
from revisit_policy.language.fact import Fact
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label, Labelled, Lang
from revisit_policy.values.validation import fault, gather, gathering, refused, to_flag, to_tuple_of, to_whole


class ServedBy(Labelled, zh="履行方式"):
    """Who meets an obligation."""

    VISIT = "visit", "回访", "a visit"
    DESK = "desk", "后台", "a desk"


class AtMaturity(Labelled, zh="到期处理"):
    """What becomes of an obligation that the loan matures before."""

    CUT = "cut", "提前至到期日", "cut to the day the loan matures"
    DROPPED = "dropped", "不再要求", "dropped"
    KEPT = "kept", "照常", "kept"


MetBy: TypeAlias = tuple[Labelled, ...] | Fact
"""What meets an obligation: visits, those of some kinds also beyond what any visit does, or a day fact."""


def to_member(value: Labelled) -> Labelled:
    """The member of a labelled enumeration itself.

    Raises:
        InvalidValueError: If it is none.
    """
    if isinstance(value, Labelled):
        return value
    raise refused(value, Phrase("带标签枚举的成员，如 `VisitKind.PERIODIC`", "a member of a labelled enumeration, such as `VisitKind.PERIODIC`"))


def to_day_fact(value: Fact) -> Fact:
    """The fact itself.

    Raises:
        InvalidValueError: If it is no day.
    """
    if isinstance(value.domain, Days):
        return value
    raise refused(value.name, Phrase("日期类事实，而这是{kind}", "a fact that is a day, got a {kind}", kind=value.domain.kind))


def _to_members(values: Iterable[Labelled]) -> tuple[Labelled, ...]:
    return to_tuple_of(Labelled, values)


def _to_met_by(value: MetBy) -> MetBy:
    return to_day_fact(value) if isinstance(value, Fact) else _to_members(value)


def _to_served_by(value: ServedBy | str) -> ServedBy:
    return ServedBy.parse(value)


def _to_at_maturity(value: AtMaturity | str) -> AtMaturity:
    return AtMaturity.parse(value)


def _to_order(value: int) -> int:
    return to_whole(value, high=1_000)


def _to_former(value: Labelled | None) -> Labelled | None:
    return None if value is None else to_member(value)


@attrs.frozen(field_transformer=gathering, cache_hash=True)  # what is made for a kind is looked up by it
class ObligationKind:
    """What holds of all obligations of one kind.

    Left out, nothing is special about a kind: any visit as thorough as it has to be meets it from the day it counts, it shares
    a visit with whatever is open by then, and the day the loan matures changes nothing.

    Args:
        kind: The member of a labelled enumeration that obligations, visits and checklists name.
        met_by: Kinds whose visits meet it beside any that is as thorough and counts: one of this kind itself also before the
            window opens, one of another kind, by whatever method, once the window has closed. Or a day fact, such as the day
            of a valuation: then no visit meets it, and a visit of this kind alone is none to the borrower.
        served_by: ``visit``, or ``desk``: what a desk serves stands apart from the visits and shares none, and only what is recorded as a
            visit of the kinds named meets it, or its day fact. Of what recurs the next time alone is told.
        joins: Whether it shares a visit with others that are open when the first of them closes.
        after: The kind that must have been met first, if the policy asks for it at all.
        alone: Whether of several that are pending only the one with the earliest deadline is served. What recurs is compared by the
            deadline it has before that is cut to the day the loan matures.
        at_maturity: ``cut``: a deadline after the day the loan matures is moved to that day, and what would only open later is
            not asked for while the loan runs; ``dropped``: it is not asked for at all while the loan runs; ``kept``: nothing changes.
        restarts: Further kinds that, when a visit serves them, begin its period anew, by whatever method. Serving this kind itself does, and so
            does any visit to the borrower as thorough as it has to be.
        order: Its place where deadlines are equal, the least first.
        at_worst: Whether it is owed where a rule that asks for it is open, and not only where it holds.

    Raises:
        InvalidInputError: If fields are malformed, or a kind comes after itself; all faults together.

    Examples:
        >>> from revisit_policy.outcomes.visit import VisitKind
        >>> periodic = ObligationKind(VisitKind.PERIODIC, after=VisitKind.FIRST, at_maturity="cut", restarts=[VisitKind.FIRST])
        >>> periodic.is_visit, periodic.label("en")
        (True, 'periodic visit')
    """

    kind: Labelled = attrs.field(converter=to_member)
    met_by: MetBy = attrs.field(default=(), kw_only=True, converter=_to_met_by)
    served_by: ServedBy = attrs.field(default=ServedBy.VISIT, kw_only=True, converter=_to_served_by)
    joins: bool = attrs.field(default=True, kw_only=True, converter=to_flag)
    after: Labelled | None = attrs.field(default=None, kw_only=True, converter=_to_former)
    alone: bool = attrs.field(default=False, kw_only=True, converter=to_flag)
    at_maturity: AtMaturity = attrs.field(default=AtMaturity.KEPT, kw_only=True, converter=_to_at_maturity)
    restarts: tuple[Labelled, ...] = attrs.field(default=(), kw_only=True, converter=_to_members)
    order: int = attrs.field(default=0, kw_only=True, converter=_to_order)
    at_worst: bool = attrs.field(default=False, kw_only=True, converter=to_flag)

    def __attrs_post_init__(self) -> None:
        gather(self, _is_not_after_itself)

    @property
    def is_visit(self) -> bool:
        """Whether somebody sees the borrower for it: a desk does not, nor does whoever makes the day of a fact."""
        return self.served_by is ServedBy.VISIT and not isinstance(self.met_by, Fact)

    @property
    def labels(self) -> Label:
        """The kind in the languages that it has."""
        return self.kind.labels

    def label(self, lang: str = Lang.EN) -> str:
        """The kind in words."""
        return self.kind.label(lang)


def _is_not_after_itself(kind: ObligationKind) -> InvalidValueError | None:
    return fault("after", kind.after, Phrase("其他类型", "another kind")) if kind.after == kind.kind else None


def to_obligation_kinds(values: Iterable[ObligationKind]) -> tuple[ObligationKind, ...]:
    """The kinds themselves, in their order.

    Raises:
        InvalidValueError: If one is none, or a member is told twice.
    """
    kinds = to_tuple_of(ObligationKind, values)
    if len({each.kind for each in kinds}) < len(kinds):
        raise refused(values, Phrase("每一类型至多一个 ObligationKind", "at most one ObligationKind a kind"))
    return kinds
