"""What a plan reads of the visits that have been made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Final

import attrs

from revisit_policy.casefile.visit import Visit
from revisit_policy.outcomes.visit import VisitKind, VisitMethod
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Labelled


@attrs.frozen(kw_only=True)
class LastVisits:
    """The last day of a visit of each kind, and of a visit to the borrower by each method or a better one.

    A valuation is no visit to the borrower, by whatever method it was made: it has no day but that of its kind.

    Nothing else of the history decides about the next visit, so one row of a data frame with these columns has the same
    plan. ``None`` means that there was no such visit.

    Args:
        first: The last visit recorded as a first visit.
        periodic: The last one recorded as periodic.
        triggered: The last one recorded as triggered.
        revaluation: The last one recorded as a revaluation.
        off_site: The last visit to the borrower, of any other kind and by any method.
        sms: The last one by text message or better.
        phone: The last one by telephone or better.
        video: The last one by video or better.
        on_site: The last one on site.

    Examples:
        >>> call = Visit(kind="first", method="phone", completed_on="2025-03-10", finding="satisfactory")
        >>> last = LastVisits.of([call], on=Date(2025, 6, 1))
        >>> last.first, last.at_least(VisitMethod.SMS), last.at_least(VisitMethod.ON_SITE)
        (Date(2025, 3, 10), Date(2025, 3, 10), None)
    """

    first: Date | None = None
    periodic: Date | None = None
    triggered: Date | None = None
    revaluation: Date | None = None
    off_site: Date | None = None
    sms: Date | None = None
    phone: Date | None = None
    video: Date | None = None
    on_site: Date | None = None

    @classmethod
    def of(cls, visits: Iterable[Visit], *, on: Date) -> LastVisits:
        """The last days of those *visits* that reached the borrower, up to and including *on*.

        Args:
            visits: In any order.
            on: Visits completed later are left out.
        """
        found: dict[str, Date] = {}
        for visit in visits:
            day = visit.completed_on
            if day > on or not visit.reached_borrower:
                continue
            for name in _COUNTS_AS[visit.kind, visit.method]:
                if name not in found or found[name] < day:
                    found[name] = day
        return cls(**found)

    def of_kind(self, kind: Labelled) -> Date | None:
        """The last visit recorded as *kind*; ``None`` for a kind that is not recorded."""
        return _OF_KIND[kind](self) if isinstance(kind, VisitKind) else None

    def at_least(self, method: VisitMethod) -> Date | None:
        """The last visit to the borrower by *method* or a better one."""
        return _AT_LEAST[method](self)


_OF_KIND: Final[Mapping[VisitKind, Callable[[LastVisits], Date | None]]] = {kind: attrgetter(kind.value) for kind in VisitKind}
_AT_LEAST: Final[Mapping[VisitMethod, Callable[[LastVisits], Date | None]]] = {method: attrgetter(method.value) for method in VisitMethod}

#: The fields that a visit of a kind by a method is a last one of.
_COUNTS_AS: Final[Mapping[tuple[VisitKind, VisitMethod], tuple[str, ...]]] = {
    (kind, method): (kind.value, *(lesser.value for lesser in VisitMethod if lesser <= method and kind is not VisitKind.REVALUATION))
    for kind in VisitKind
    for method in VisitMethod
}
