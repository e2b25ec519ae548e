"""What a plan reads of the visits that have been made."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, TypeVar

import attrs

from revisit_policy.casefile.visit import Visit
from revisit_policy.outcomes.obligations.desk_kind import DeskKind
from revisit_policy.outcomes.visit import Finding, VisitKind
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Labelled, OrderedLabelled

Word = TypeVar("Word", bound=Labelled)

#: What is found where somebody was reached.
_REACHED: Final = frozenset(finding for finding in Finding if finding.reached_borrower)


@attrs.frozen(kw_only=True)
class LastVisits:
    """The last day of a visit of each kind, and of a visit to the borrower by each method.

    A valuation is no visit to the borrower, by whatever method it was made: it has no day but that of its kind.

    Nothing else of the history decides about the next visit, so one row of a data frame with these columns has the same
    plan. Of a kind or a method that is not there, there was no such visit.

    Args:
        kinds: The last day of each kind, the earliest first.
        methods: The last day by each method alone; `at_least` counts the better ones, too.

    Examples:
        >>> from revisit_policy.outcomes.visit import VisitMethod
        >>> call = Visit(kind="first", method="phone", completed_on="2025-03-10", finding="satisfactory")
        >>> last = LastVisits.of([call], on=Date(2025, 6, 1))
        >>> last.of_kind(VisitKind.FIRST), last.at_least(VisitMethod.SMS), last.at_least(VisitMethod.ON_SITE)
        (Date(2025, 3, 10), Date(2025, 3, 10), None)
    """

    kinds: tuple[tuple[Labelled, Date], ...] = ()
    methods: tuple[tuple[OrderedLabelled, Date], ...] = ()

    @classmethod
    def of(cls, visits: Iterable[Visit], *, on: Date, apart: frozenset[Labelled] = frozenset()) -> LastVisits:
        """The last days of those *visits* that reached the borrower, up to and including *on*.

        Args:
            visits: In any order.
            on: Visits completed later are left out.
            apart: Kinds that are no visit to the borrower besides a valuation, such as what a desk does: they have no day but that of their kind.
        """
        kinds: dict[Labelled, Date] = {}
        methods: dict[OrderedLabelled, Date] = {}
        latest, is_in_order = Date.min, True
        for visit in visits:
            day = visit.completed_on
            if day > on or visit.finding not in _REACHED:
                continue
            is_in_order = is_in_order and day > latest
            kind, method, latest = visit.kind, visit.method, day
            if kind is DeskKind.DATA_CHECK:  # whoever made it, it is no more than a check of data
                method = next(iter(type(method)))
            if is_in_order or kind not in kinds or kinds[kind] <= day:
                kinds.pop(kind, None)  # so that the last of them stands last
                kinds[kind] = day
            if kind is VisitKind.REVALUATION or kind in apart:
                continue
            if is_in_order or method not in methods or methods[method] <= day:
                methods.pop(method, None)
                methods[method] = day
        if is_in_order:  # as a case file has them
            return cls(kinds=tuple(kinds.items()), methods=tuple(methods.items()))
        return cls(kinds=_in_order(kinds), methods=_in_order(methods))

    def of_kind(self, kind: Labelled) -> Date | None:
        """The last visit recorded as *kind*; ``None`` for a kind that is not recorded."""
        for each, day in self.kinds:  # written out, as below
            if each == kind:
                return day
        return None

    @property
    def by_any_method(self) -> Date | None:
        """The last visit to the borrower by whatever method, a check of data among them; ``None`` if there was none."""
        return max([day for _, day in self.methods], default=None)

    def at_least(self, method: OrderedLabelled) -> Date | None:
        """The last visit to the borrower by *method* or a better one of its enumeration."""
        last, enough = None, _as_good_as(method)
        for each, day in self.methods:  # written out: every duty of every loan asks it
            if each in enough and (last is None or day > last):
                last = day
        return last


@lru_cache(maxsize=2**6)
def _as_good_as(method: OrderedLabelled) -> frozenset[OrderedLabelled]:
    """The *method* and the better ones of its enumeration."""
    return frozenset(each for each in type(method) if each >= method)


def _in_order(found: dict[Word, Date]) -> tuple[tuple[Word, Date], ...]:
    return tuple(sorted(found.items(), key=_day_and_word))


def _day_and_word(each: tuple[Labelled, Date]) -> tuple[Date, str]:
    return each[1], str(each[0].value)
