"""Observations: the first day on which a time of good payment can end."""

from __future__ import annotations

from collections.abc import Iterable

from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, add_months, to_date
from revisit_policy.values.validation import several, to_whole


def observation_until(
    begins_on: str | Date, *, months: int, periods: int = 0, period_months: int = 1, restarts: Iterable[str | Date] = ()
) -> Date:
    """The first day on which an observation can end: so many months and so many periods after it began, or began anew.

    Both are counted from one day, so the longer wins: of yearly instalments two periods outlast a year. It says when the end can be
    decided, and decides nothing: whether every payment came and the difficulty is resolved is for people and rules.

    Args:
        begins_on: The first repayment day after the change; where arrears were cleared, the day on which they were.
        months: Months that it lasts at least; 0 for none.
        periods: Repayment periods that it lasts at least; 0 for none.
        period_months: Months from one repayment day to the next.
        restarts: Days on which it begins anew, such as the due days of missed instalments (`Arrears.missed_due`) or a further
            restructuring, in any order; those before *begins_on* play no part.

    Returns:
        Counted in months from the last day on which it began. On that day the payment still has to come.

    Raises:
        InvalidValueError: If an argument is malformed.

    Examples:
        >>> observation_until("2025-04-20", months=12, periods=2)
        Date(2026, 4, 20)
        >>> observation_until("2025-04-20", months=12, periods=2, restarts=["2025-09-20"])
        Date(2026, 9, 20)
        >>> observation_until("2025-06-30", months=12, periods=2, period_months=12)
        Date(2027, 6, 30)
    """
    begins = to_date(begins_on, field="begins_on")
    least = to_whole(months, high=600, field="months")
    lasting = max(least, to_whole(periods, high=600, field="periods") * to_whole(period_months, low=1, high=600, field="period_months"))
    days = [to_date(day, field="restarts") for day in several(restarts, field="restarts", expected=Phrase("若干日期", "several days"))]
    return add_months(max([begins, *days]), lasting)
