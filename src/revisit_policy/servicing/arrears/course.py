"""The course of arrears: what stood unpaid past its day, from each day on which that changed.

Everything that arrears say is read off it, and it is made by walking once over the days on which something falls due, is past
due, counts as late or is paid.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import attrs

from revisit_policy.servicing.arrears.allocation import Till, Unpaid
from revisit_policy.servicing.arrears.arrears_convention import ArrearsConvention
from revisit_policy.servicing.arrears.claim import Claim, claims_of
from revisit_policy.servicing.arrears.day_counter import DayCounter, counted_pauses
from revisit_policy.servicing.arrears.loan_account import LoanAccount
from revisit_policy.values.dates import Date
from revisit_policy.values.working_days import WorkCalendar


@attrs.frozen(kw_only=True)
class Stand:
    """What is unpaid past its day, from one day until the next stand.

    Args:
        day: The first day on which it is so, as an ordinal.
        past_due: The claims that are past due; none where what they come to is tolerated.
        tolerated: What is past due and tolerated, in minor units.
        principal_paid: The principal paid so far, in minor units.
        missed: The claims that nobody had paid by the end of their last day, as far as they were open when the day began.
        was_behind: Whether anything was past due before the payments of the day.
    """

    day: int
    past_due: tuple[Unpaid, ...] = ()
    tolerated: int = 0
    principal_paid: int = 0
    missed: tuple[Claim, ...] = ()
    was_behind: bool = False

    def counted(self, *, principal: bool | None = None) -> int | None:
        """The earliest day from which days are counted; ``None`` if nothing is past due.

        Args:
            principal: Of principal alone, of interest alone, or of both.
        """
        days = (each.claim.counted for each in self.past_due if principal is None or each.claim.is_principal is principal)
        return min(days, default=None)

    def rest(self, *, principal: bool) -> int:
        """What is past due as principal or as interest, in minor units."""
        return sum(each.rest for each in self.past_due if each.claim.is_principal is principal)


@attrs.frozen(kw_only=True)
class Course:
    """The stands of one loan in order, with the counter that tells the days in between.

    Args:
        counter: Counts the days.
        stands: In order of their days, the first before anything was due.
        missed: The first day on which each period was late: not paid by the end of its due day or its grace.
        late: The first day on which each period was more than five days late.
    """

    counter: DayCounter
    stands: tuple[Stand, ...]
    missed: Mapping[int, int]
    late: Mapping[int, int]

    def days(self, on: int, *, principal: bool | None = None) -> int:
        """The days past due at the end of the last stand's time."""
        counted = self.stands[-1].counted(principal=principal)
        return 0 if counted is None else self.counter.days(counted, on)

    def crossings(self, thresholds: Sequence[int]) -> Iterator[tuple[int, int | None]]:
        """Each day on which the days past due come to lie between other thresholds, with the one that they have reached.

        ``None`` says that they have reached none.
        """
        reached: int | None = None
        for stand, until in zip(self.stands, [*(later.day for _, later in pairwise(self.stands)), self.counter.until + 1], strict=True):
            for day, threshold in self._within(stand, until, thresholds):
                if threshold != reached:
                    reached = threshold
                    yield day, threshold

    def _within(self, stand: Stand, until: int, thresholds: Sequence[int]) -> Iterator[tuple[int, int | None]]:  # noqa: PLR0917 - internal
        counted = stand.counted()
        if counted is None:
            yield stand.day, None
            return
        days = self.counter.days(counted, stand.day)
        yield stand.day, max((threshold for threshold in thresholds if threshold <= days), default=None)
        for threshold in thresholds:
            if threshold > days and (day := self.counter.reaching(counted, threshold)) < until:
                yield day, threshold


def course_of(account: LoanAccount, convention: ArrearsConvention, *, on: Date, calendar: WorkCalendar | None) -> Course:
    """The course of arrears to the end of a day.

    Raises:
        InvalidValueError: If the convention shifts due days and there is no calendar.
        OutsideCalendarError: If the calendar does not know a due day.
    """
    until = on.toordinal()
    pauses = counted_pauses(account.pauses, until=until)
    counter = DayCounter(count=convention.count, due_day=convention.due_day, pauses=pauses, until=until)
    claims = claims_of(account, convention, counter, calendar)
    paid: defaultdict[int, int] = defaultdict(int)
    for payment in account.payments:
        if payment.paid_on <= on:
            paid[payment.paid_on.toordinal()] += payment.amount.minor
    tolerance = -1 if convention.tolerance is None else convention.tolerance.minor
    missed: dict[int, int] = {}
    late: dict[int, int] = {}
    stands = [Stand(day=account.disbursed_on.toordinal())]
    for stand in _stands(claims, paid, Till(convention.allocation), tolerance=tolerance, counter=counter):
        stands.append(stand)
        for claim in stand.missed:
            missed.setdefault(claim.period, stand.day)
            if claim.late <= stand.day:
                late.setdefault(claim.period, stand.day)
    return Course(counter=counter, stands=tuple(stands), missed=missed, late=late)


def _stands(claims: Iterable[Claim], paid: Mapping[int, int], till: Till, *, tolerance: int, counter: DayCounter) -> Iterator[Stand]:  # noqa: PLR0917 - internal
    falling_due: defaultdict[int, list[Claim]] = defaultdict(list)
    days = set(paid)
    for claim in claims:
        falling_due[claim.due].append(claim)
        days.update((claim.due, claim.past_due, claim.late))
    principal_paid = 0
    for day in sorted(day for day in days if day <= counter.until):
        till.fall_due(falling_due[day])
        # who pays a day after the due day has missed it, although nothing is past due at the end of the day
        before = _past_due(till, day - counter.due_day, tolerance=tolerance)
        principal_paid += till.pay(paid.get(day, 0))
        after = _past_due(till, day, tolerance=tolerance)
        yield Stand(
            day=day,
            past_due=after,
            tolerated=0 if after else sum(each.rest for each in _past_due(till, day)),
            principal_paid=principal_paid,
            missed=tuple(each.claim for each in (after if counter.due_day else before)),
            was_behind=bool(before),
        )


def _past_due(till: Till, day: int, *, tolerance: int = -1) -> tuple[Unpaid, ...]:
    """What is unpaid and past due on *day*; nothing if it comes to no more than *tolerance*."""
    found = tuple(each for each in till.unpaid() if each.claim.past_due <= day)
    return () if sum(each.rest for each in found) <= tolerance else found
