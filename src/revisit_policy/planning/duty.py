"""Duties: an obligation as planning takes it, with the errand that meets it; and since when it is owed."""

from __future__ import annotations

from functools import cached_property
from types import MappingProxyType
from typing import Final, NamedTuple

import attrs

from revisit_policy.language.fact import Fact
from revisit_policy.outcomes.obligations.obligation_kind import ObligationKind, ServedBy
from revisit_policy.outcomes.obligations.timing import AtNextVisit, Every, When
from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.outcomes.window import BoundReason
from revisit_policy.planning.errand import Errand, ErrandOrder
from revisit_policy.planning.means import Means
from revisit_policy.planning.plan_memory import PlanMemory
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Labelled


class DutyOrder(NamedTuple):
    """What a duty is made from.

    Args:
        kind: What holds of all of its kind.
        when: When, every number of months being given.
        means: How it is met.
        reasons: Ids of the rules behind it.
        on_site_officers: How many people a visit on site takes.
        code: The code of the signal that it answers; ``None`` if it answers none.
        red_result_days: Working days within which its result is due because that signal is red; ``None`` if it is due as any other.
    """

    kind: ObligationKind
    when: When
    means: Means
    reasons: tuple[str, ...]
    on_site_officers: int
    code: str | None = None
    red_result_days: int | None = None


class Because(NamedTuple):
    """The words for what fixes the bounds of a duty: where it begins, where nobody knows that, and how far it reaches."""

    began: BoundReason
    not_dated: BoundReason
    deadline: BoundReason
    month_end: BoundReason
    period: BoundReason


_OF_OTHERS: Final = Because(BoundReason.COUNTED, BoundReason.NOT_DATED, BoundReason.TIME_LIMIT, BoundReason.MONTH_OVER, BoundReason.PERIOD)
_OF_SIGNALS: Final = Because(BoundReason.SIGNAL_BEGAN, BoundReason.SIGNAL_NOT_DATED, BoundReason.DEADLINE, BoundReason.MONTH_END, BoundReason.PERIOD)
_OF_KINDS: Final = MappingProxyType(
    {
        VisitKind.FIRST: _OF_OTHERS._replace(began=BoundReason.DISBURSEMENT),
        VisitKind.PERIODIC: _OF_OTHERS._replace(period=BoundReason.INTERVAL),
        VisitKind.REVALUATION: Because(
            BoundReason.VALUATION_DUE,
            BoundReason.VALUATION_NOT_DATED,
            BoundReason.VALUATION_DEADLINE,
            BoundReason.MONTH_OVER,
            BoundReason.VALUATION_EXPIRES,
        ),
    }
)


@attrs.frozen(kw_only=True, eq=False)  # shared between plans, and a key in them
class Duty:
    """What is to be done, by whichever loan owes it.

    Args:
        kind: What holds of all of its kind.
        when: When, every number of months being given.
        errand: What is done, and how.
        because: The words for what fixes its bounds.
    """

    kind: ObligationKind
    when: When
    errand: Errand
    because: Because

    # What a plan asks of every duty at every visit, laid out once.

    @cached_property
    def every(self) -> Every | None:
        """When it recurs; ``None`` if it does not."""
        return self.when if isinstance(self.when, Every) else None

    @cached_property
    def waits(self) -> bool:
        """Whether it asks for no visit of its own."""
        return isinstance(self.when, AtNextVisit)

    @cached_property
    def is_visit(self) -> bool:
        """Whether somebody sees the borrower for it."""
        return self.kind.is_visit

    @cached_property
    def is_at_desk(self) -> bool:
        """Whether a desk does it."""
        return self.kind.served_by is ServedBy.DESK

    @cached_property
    def is_met_by_a_fact(self) -> bool:
        """Whether the day of a fact meets it, and no visit."""
        return isinstance(self.kind.met_by, Fact)

    @cached_property
    def met_by(self) -> tuple[Labelled, ...]:
        """What is done at a desk and meets it: of its own kind, and of those that stand for it."""
        others = self.kind.met_by
        return (self.kind.kind,) if isinstance(others, Fact) else (self.kind.kind, *others)

    @classmethod
    def of(cls, order: DutyOrder, *, memory: PlanMemory) -> Duty:
        """The duty that is made of an *order*; the same object for equal ones, as long as it is remembered."""
        found: Duty | None = memory.duties.find(order)
        return memory.duties.keep(order, cls._made(order, memory)) if found is None else found

    @classmethod
    def _made(cls, order: DutyOrder, memory: PlanMemory) -> Duty:
        kind, triggers = order.kind, () if order.code is None else (order.code,)
        errand = ErrandOrder(kind.kind, order.means, order.reasons, order.on_site_officers, triggers, order.red_result_days, kind.is_visit)
        return cls(kind=kind, when=order.when, errand=Errand.of(errand, memory=memory), because=_because(order))


def _because(order: DutyOrder) -> Because:
    kind = order.kind.kind
    if order.code is not None:
        return _OF_SIGNALS
    return _OF_KINDS.get(kind, _OF_OTHERS) if isinstance(kind, VisitKind) else _OF_OTHERS


class Owed(NamedTuple):
    """A duty of one loan.

    Args:
        duty: What is owed.
        since: The first days of the reasons for it, at least one, each met by itself; ``None`` where nobody recorded the day.
        met_on: The day of the fact that meets it; ``None`` if there is none, and where visits meet it.
    """

    duty: Duty
    since: tuple[Date | None, ...] = (None,)
    met_on: Date | None = None

    @property
    def is_undated(self) -> bool:
        """Whether nobody recorded since when it, or one of the reasons for it, has been there."""
        return None in self.since
