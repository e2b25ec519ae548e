"""Clocks of a claim: until when the bank can sue the borrower, and until when it can hold the guarantor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, add_months, to_date
from revisit_policy.values.validation import fault, several, to_flag

#: Three years, by article 188 of the Civil Code.
LIMITATION_MONTHS: Final = 36
#: Six months where nothing was agreed, by article 692.
GUARANTEE_MONTHS: Final = 6


def limitation_until(last_due_on: str | Date, *, interrupted_on: Iterable[str | Date] = ()) -> Date:
    """The last day on which a debt paid in instalments can be sued for without a plea of limitation.

    It runs from the last instalment's due day and not from the first missed one. Recalling the loan brings that day forward, and an
    extension puts it back: give the due day that holds. Each interruption lets the whole time begin anew. The suspension of
    article 194, which needs an obstacle within the last six months, is for a lawyer to add.

    Args:
        last_due_on: The day on which the last instalment is due.
        interrupted_on: Days of demands that reached the debtor, of promises of his to pay, and on which a suit ended, in any order. One
            that comes when the time has run out revives nothing, and one before it has begun plays no part.

    Returns:
        That day included.

    Raises:
        InvalidValueError: If a day is malformed.

    Source:
        Civil Code, articles 188 (three years), 189 (instalments), 195 (interruption).

    Examples:
        >>> limitation_until("2040-01-20")
        Date(2043, 1, 20)
        >>> limitation_until("2040-01-20", interrupted_on=["2042-06-30", "2030-01-01"])
        Date(2045, 6, 30)
    """
    begins = to_date(last_due_on, field="last_due_on")
    given = several(interrupted_on, field="interrupted_on", expected=Phrase("若干日期", "several days"))
    until = add_months(begins, LIMITATION_MONTHS)
    for day in sorted(to_date(each, field="interrupted_on") for each in given):
        if begins <= day <= until:
            until = add_months(day, LIMITATION_MONTHS)
    return until


def guarantee_until(
    due_on: str | Date, *, agreed_until: str | Date | None = None, extended_to: str | Date | None = None, has_consented: bool = False
) -> Date:
    """The last day on which the guarantor can be held.

    Whoever extends a loan without his written consent lets him go: his time is still counted from the day that was due before.

    Args:
        due_on: The day on which the debt was due when the guarantee was given.
        agreed_until: The last day that was agreed with the guarantor; ``None`` if none was. One that is not after the due day counts as
            none.
        extended_to: The day on which the debt is due by now; ``None`` if it was not moved.
        has_consented: Whether the guarantor has agreed to that in writing.

    Returns:
        That day included. By then the bank must have sued the debtor, or of a joint guarantee have called the guarantor.

    Raises:
        InvalidValueError: If a day is malformed, or an extension ends before the debt was due.

    Source:
        Civil Code, articles 692 (six months), 693 (what has to be done by then), 695 (no consent, no change).

    Examples:
        >>> guarantee_until("2040-01-20")
        Date(2040, 7, 20)
        >>> [str(guarantee_until("2040-01-20", extended_to="2045-01-20", has_consented=asked)) for asked in (False, True)]
        ['2040-07-20', '2045-07-20']
    """
    due, is_bound = to_date(due_on, field="due_on"), to_flag(has_consented, field="has_consented")
    if extended_to is not None:
        moved = to_date(extended_to, field="extended_to")
        if moved < due:
            raise fault("extended_to", str(moved), Phrase("不早于 `due_on`（{due}）", "on or after `due_on` ({due})", due=due))
        due = moved if is_bound else due
    agreed = None if agreed_until is None else to_date(agreed_until, field="agreed_until")
    return agreed if agreed is not None and agreed > due else add_months(due, GUARANTEE_MONTHS)
