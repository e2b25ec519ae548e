"""The usual kinds: what holds of a first visit, a periodic one, an answer to a signal, a valuation and work at a desk, unless a policy says otherwise."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from revisit_policy.language.derivation import Field
from revisit_policy.language.fact import Fact
from revisit_policy.outcomes.deadline import Deadline
from revisit_policy.outcomes.obligations.desk_kind import DeskKind
from revisit_policy.outcomes.obligations.obligation_kind import AtMaturity, ObligationKind, ServedBy
from revisit_policy.outcomes.obligations.timing import AtNextVisit, When, Within
from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.values.labels import Label, Labelled

VALUED_ON: Final = Fact.day("valued_on", label=Label("估值日", "day of the valuation"), derived=Field("collateral.valued_on"))
"""The day the collateral was last valued."""

CLASSIFIED_ON: Final = Fact.day("determined_on", label=Label("最近一次认定日", "day of the last determination"), derived=Field("determination.on"))
"""The day on which people last determined the grade."""

USUAL_KINDS: Final = MappingProxyType(
    {
        each.kind: each
        for each in (
            ObligationKind(VisitKind.FIRST, met_by=(VisitKind.FIRST, VisitKind.PERIODIC), alone=True, at_maturity=AtMaturity.CUT, at_worst=True),
            ObligationKind(VisitKind.PERIODIC, after=VisitKind.FIRST, at_maturity=AtMaturity.CUT, restarts=(VisitKind.FIRST,)),
            ObligationKind(VisitKind.TRIGGERED, order=1),
            ObligationKind(VisitKind.REVALUATION, met_by=VALUED_ON, alone=True, at_maturity=AtMaturity.CUT, order=2, at_worst=True),
            ObligationKind(DeskKind.CLASSIFICATION, met_by=CLASSIFIED_ON, served_by=ServedBy.DESK, alone=True, order=3),
            ObligationKind(DeskKind.RELEASE, served_by=ServedBy.DESK, alone=True, order=4),
            ObligationKind(DeskKind.GUARANTEE, served_by=ServedBy.DESK, alone=True, order=5),
            ObligationKind(DeskKind.LIMITATION, served_by=ServedBy.DESK, alone=True, order=6),
            ObligationKind(DeskKind.DATA_CHECK, served_by=ServedBy.DESK, alone=True, order=7),
        )
    }
)
"""What holds of the kinds of visits, and of work at a desk, that the library brings."""


def usual_kind(member: Labelled) -> ObligationKind:
    """What holds of a kind of which nothing else is said: of one of ours what is usual, of any other nothing special."""
    return USUAL_KINDS[member] if isinstance(member, VisitKind | DeskKind) else ObligationKind(member)


def as_told(kind: ObligationKind) -> ObligationKind:
    """The *kind* itself, or what is usual of one of which nothing is told."""
    return usual_kind(kind.kind) if kind == ObligationKind(kind.kind) else kind


def time_of(deadline: Deadline) -> When:
    """A *deadline* as a time.

    Examples:
        >>> time_of(Deadline(3)), time_of(Deadline(None))
        (Within(working_days=3, days=None, months=None, same_month=False), AtNextVisit())
    """
    if deadline.waits_for_next_visit:
        return AtNextVisit()
    return Within(working_days=deadline.working_days, same_month=deadline.within_month)
