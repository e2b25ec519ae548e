"""Claims: the principal or the interest of one instalment, with the days on which something happens to it."""

from __future__ import annotations

from typing import Final

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.servicing.arrears.arrears_convention import AfterGrace, ArrearsConvention, DueDayShift, GraceFor
from revisit_policy.servicing.arrears.day_counter import DayCounter
from revisit_policy.servicing.arrears.loan_account import LoanAccount
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date
from revisit_policy.values.validation import fault
from revisit_policy.values.working_days import WorkCalendar

LATE_DAYS: Final = 5
"""A payment more than so many days late is a delay; the field of the case file fixes it by its name."""


@attrs.frozen(kw_only=True)
class Claim:
    """What is owed of one instalment, as principal or as interest. All days are ordinals.

    Args:
        period: The instalment's place in the account.
        is_principal: Whether it is principal.
        amount: Minor units.
        due: The due day as the convention shifts it.
        counted: The day from which days are counted: *due*, or the end of the grace.
        past_due: The first day on which it is past due if nothing is paid.
        late: The first day on which it is more than five days past due if nothing is paid.
    """

    period: int
    is_principal: bool
    amount: int
    due: int
    counted: int
    past_due: int
    late: int


def claims_of(account: LoanAccount, convention: ArrearsConvention, counter: DayCounter, calendar: WorkCalendar | None) -> tuple[Claim, ...]:  # noqa: PLR0917 - internal, all four are needed
    """What falls due until the last day that the counter knows, in order of the due days; principal after interest.

    Raises:
        InvalidValueError: If the convention shifts due days and there is no calendar.
        OutsideCalendarError: If the calendar does not know a due day.
    """
    if convention.shift is not DueDayShift.NONE and calendar is None:
        raise fault("calendar", None, Phrase("须给出：该口径顺延非工作日的应还日", "given: the convention moves due days that are no working days"))
    found: list[Claim] = []
    for period, instalment in enumerate(account.instalments):
        if (agreed := instalment.counted_from).toordinal() > counter.until + _LONGEST_BREAK:
            continue
        due = _shifted(agreed, convention.shift, calendar=calendar).toordinal()
        if due > counter.until:
            continue
        has_grace = convention.grace_for is GraceFor.EVERY_PERIOD or period == 0
        graced = due + convention.grace_days * has_grace
        counted = graced if convention.after_grace is AfterGrace.FROM_ITS_END else due
        past_due = max(counter.reaching(counted, 1), graced + 1 - counter.due_day)
        late = max(past_due, counter.reaching(counted, LATE_DAYS + 1))
        for is_principal, amount in ((False, instalment.interest.minor), (True, instalment.principal.minor)):
            if amount:
                found.append(Claim(period=period, is_principal=is_principal, amount=amount, due=due, counted=counted, past_due=past_due, late=late))
    return tuple(sorted(found, key=lambda claim: (claim.due, claim.period)))


_LONGEST_BREAK: Final = 31
"""Days by which a due day can come forward to the working day before; no break is longer."""


def _shifted(day: Date, shift: DueDayShift, *, calendar: WorkCalendar | None) -> Date:
    if calendar is None or shift is DueDayShift.NONE:
        return day
    return calendar.roll_forward(day) if shift is DueDayShift.FOLLOWING else calendar.roll_back(day)


def checked_currency(account: LoanAccount, convention: ArrearsConvention) -> InvalidValueError | None:
    """What is wrong if the convention tolerates an amount of another currency than the loan's."""
    tolerance = convention.tolerance
    if tolerance is None or tolerance.currency == account.principal.currency:
        return None
    return fault(
        "convention",
        tolerance,
        Phrase(
            "与账户一样以 `{currency}` 计容差的口径", "one that tolerates an amount in `{currency}`, as the account is", currency=account.principal.currency
        ),
    )
