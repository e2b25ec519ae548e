"""What is to be done again and again, so many months after the last time."""

from __future__ import annotations

import attrs
from tests.planning.former.loan_days import LoanDays
from tests.planning.former.obligation import Obligation

from revisit_policy.outcomes.window import BoundReason, Window
from revisit_policy.planning.errand import Errand
from revisit_policy.planning.plan_calendar import day_after, months_after
from revisit_policy.planning.plan_memory import PlanMemory
from revisit_policy.planning.raw_bounds import RawBounds
from revisit_policy.planning.today import Today
from revisit_policy.values.dates import Date


@attrs.frozen(kw_only=True, eq=False)  # shared between plans, and a key in them
class Recurrence:
    """An errand that recurs, such as the periodic visit or the valuation.

    It may be done in the lead before its deadline. The deadline is cut to the day the loan matures: a loan about to
    mature gets one more visit, in the lead before that day, and while it runs none after it. If it was not made, it is
    missed and stays so. If it was, and the loan has matured unpaid, the interval goes on.

    Args:
        errand: What recurs.
        months: Calendar months from one time to the next; ``None`` if it does not recur by itself.
        because: What the months are.
        lead_days: How many calendar days before its deadline it may be done.
    """

    errand: Errand
    months: int | None
    because: BoundReason
    lead_days: int

    @classmethod
    def of(cls, errand: Errand, *, months: int | None, because: BoundReason, lead_days: int, memory: PlanMemory) -> Recurrence:
        """The recurrence of *errand*; the same object for the same arguments, as long as it is remembered."""
        key = (errand, months, because, lead_days)
        found: Recurrence | None = memory.duties.find(key)
        return memory.duties.keep(key, cls(errand=errand, months=months, because=because, lead_days=lead_days)) if found is None else found

    def once_more(self, since: Date, *, loan: LoanDays, today: Today, is_projection: bool = False) -> Obligation | None:
        """The next time.

        Args:
            since: The last time. It may lie before the loan was paid out; the next time does not.
            loan: The days between which the loan runs.
            today: The day of the plan.
            is_projection: Whether the last time is still to come.

        Returns:
            ``None`` if it does not recur, or if it was done within the lead before the loan matures, which it has not done yet.
        """
        if self.months is None:
            return None
        closes = months_after(since, self.months)
        early = loan.disbursed_on if day_after(since, 1) < loan.disbursed_on else None
        if loan.matures_on < closes:
            last = self._due(since, loan.matures_on, True, early, today, is_projection)
            if last is not None or today.on <= loan.matures_on:
                return last
        return self._due(since, closes, False, early, today, is_projection)

    def _due(self, since: Date, closes: Date, is_cut: bool, early: Date | None, today: Today, is_projection: bool) -> Obligation | None:
        key = (self, since, closes, is_cut, early, is_projection, today.token)
        found: Obligation | None = today.memory.obligations.find(key)
        if found is None and (window := self._seen(since, closes, is_cut, early, today)) is not None:
            found = today.memory.obligations.keep(key, Obligation(self.errand, window, is_projection=is_projection))
        return found

    def _seen(self, since: Date, closes: Date, is_cut: bool, early: Date | None, today: Today) -> Window | None:
        """Most windows of a book are those of other loans, seen from the same last visit, whatever these are visited for."""
        key = (self.months, self.because, self.lead_days, since, closes, is_cut, early, today.token)
        window: Window | None = today.memory.deadlines.find(key)
        if window is None and (made := self._window(since, closes, is_cut, early, today)) is not None:
            window = today.memory.deadlines.keep(key, made)
        return window

    def _window(self, since: Date, closes: Date, is_cut: bool, early: Date | None, today: Today) -> Window | None:
        because = (self.because, BoundReason.MATURITY) if is_cut else (self.because,)
        raw = RawBounds(
            opens=day_after(closes, -self.lead_days),
            closes=closes,
            not_before=day_after(since, 1),
            opens_because=(*because, BoundReason.LEAD),
            closes_because=because,
        )
        if is_cut and since >= raw.counts_from(today.calendar):
            return None
        raw = raw if early is None else RawBounds.since(early, raw)
        return today.seen(raw.settled(today.calendar))
