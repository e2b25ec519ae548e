"""Arrears: days past due and all that is counted beside them, from instalments and payments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from revisit_policy.casefile.loan import Loan
from revisit_policy.servicing.arrears.arrears_convention import ArrearsConvention
from revisit_policy.servicing.arrears.claim import LATE_DAYS, checked_currency
from revisit_policy.servicing.arrears.course import Course, course_of
from revisit_policy.servicing.arrears.loan_account import LoanAccount
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, cutoff_elapsed, from_ordinal, months_elapsed, to_date
from revisit_policy.values.dates import text as day_text
from revisit_policy.values.labels import Label, Lang, to_lang
from revisit_policy.values.money import Money
from revisit_policy.values.validation import checked, fault
from revisit_policy.values.working_days import WorkCalendar

MISSED_MONTHS: Final = 24
DELAY_MONTHS: Final = 12
"""The months over which missed periods and delays are counted; the fields of the case file fix them by their names."""


@attrs.frozen(kw_only=True)
class BandSpell:
    """A time in which the days past due lay in one band.

    Args:
        first_day: The first day of the band, which names it.
        entered_on: The first day on which they lay in it.
        left_on: The first day on which they no longer did; ``None`` if they still do.
    """

    first_day: int
    entered_on: Date
    left_on: Date | None


@attrs.frozen(kw_only=True)
class Arrears:
    """What a loan is behind with at the end of a day, under one convention.

    Args:
        on: The day.
        convention: How it was counted.
        principal_days: Days past due of the oldest unpaid principal; 0 if none is past due.
        interest_days: The same of interest.
        unpaid_since: The due day from which the longer of both is counted, after shift and grace; ``None`` if nothing is past due.
        outstanding: Principal not yet paid back; money paid ahead of its due day is not taken off.
        overdue_principal: Principal of the instalments that are past due.
        overdue_interest: Interest of the instalments that are past due.
        overdue_balance: Principal that counts as overdue: *overdue_principal*, or all that is outstanding from the day that
            the convention names.
        tolerated: What is past due and does not count, because the convention tolerates so little.
        missed_consecutive: Periods past due and unpaid now. Payments pay the oldest first, so they are the last ones in a row.
        missed_total: Periods that were not paid by the end of their due day or grace, whenever they were paid later.
        missed_total_24m: Those of them that were first late within 24 months.
        delays_over_5_days_12m: Periods that were first more than five days late within 12 months: a payment five days after
            the due day is no delay, one six days after is.
        missed_due: The due days of the periods of *missed_total*, in order, before any shift or grace.
        cured_on: The day on which the last arrears were cleared; ``None`` if there were none, or they still are.
        spells: When each band was entered and left, in order of time; a band entered twice has two.
    """

    on: Date
    convention: ArrearsConvention
    principal_days: int
    interest_days: int
    unpaid_since: Date | None
    outstanding: Money
    overdue_principal: Money
    overdue_interest: Money
    overdue_balance: Money
    tolerated: Money
    missed_consecutive: int
    missed_total: int
    missed_total_24m: int
    delays_over_5_days_12m: int
    missed_due: tuple[Date, ...]
    cured_on: Date | None
    spells: tuple[BandSpell, ...]

    @property
    def days_past_due(self) -> int:
        """The longer of principal and interest."""
        return max(self.principal_days, self.interest_days)

    @property
    def months_clean_since_cure(self) -> int:
        """Whole months since the last arrears were cleared; 0 if there were none, or they still are."""
        return 0 if self.cured_on is None else months_elapsed(self.cured_on, self.on)

    def as_facts(self, loan: Loan) -> Loan:
        """The loan of a case file with all that this tells: balance, days past due, missed periods, delays, months since the cure.

        Args:
            loan: The loan whose account was read; what it says of arrears is replaced.

        Raises:
            InvalidValueError: If it is none.
            InvalidInputError: If the loan was of less than is outstanding, or of another currency.
        """
        return attrs.evolve(
            checked(loan, Loan, field="loan", expected=Phrase("Loan", "a Loan")),
            balance=self.outstanding,
            days_past_due=self.days_past_due,
            arrears_as_of=self.on,
            unpaid_since=None,
            missed_consecutive=self.missed_consecutive,
            missed_total_24m=self.missed_total_24m,
            delays_over_5_days_12m=self.delays_over_5_days_12m,
            months_clean_since_cure=self.months_clean_since_cure,
        )

    def text(self, lang: str = Lang.EN) -> str:
        """What was counted, since when, and by which convention, a line each.

        Raises:
            UnknownNameError: If *lang* is no language of ours.
        """
        chosen = to_lang(lang)
        return "\n".join((*_told(self, chosen), _BY.filled(chosen, convention=self.convention.text(chosen))))


def arrears(account: LoanAccount, convention: ArrearsConvention, *, on: str | Date, calendar: WorkCalendar | None = None) -> Arrears:
    """What a loan is behind with at the end of a day.

    Args:
        account: Instalments, payments and pauses. What was paid after the day plays no part.
        convention: How days are counted. Nothing is assumed beside it.
        on: The day, its payments included; not before the disbursement.
        calendar: Which days are working days; needed only if the convention moves due days.

    Raises:
        InvalidValueError: If an argument is malformed, the day lies before the disbursement, the convention's tolerance is of
            another currency, or it moves due days and there is no calendar.
        OutsideCalendarError: If the calendar does not know a due day.

    Examples:
        >>> from revisit_policy.servicing.arrears.instalment import Instalment
        >>> from revisit_policy.values.citation import Citation
        >>> from revisit_policy.values.money import cny
        >>> house = ArrearsConvention(
        ...     name=("本行", "our bank"), source=Citation(standing="proposal"), due_day=0, whole_balance_from=91,
        ...     allocation="oldest_interest_first", bands=(1, 31, 61, 91),
        ... )
        >>> account = LoanAccount(
        ...     disbursed_on="2025-02-20", principal=cny(800000),
        ...     instalments=[Instalment(due_on="2025-03-20", principal=cny(1500), interest=cny(2200))],
        ... )
        >>> for day in ("2025-03-20", "2025-06-18", "2025-06-19"):
        ...     found = arrears(account, house, on=day)
        ...     print(found.days_past_due, found.overdue_balance)
        0 CNY 0.00
        90 CNY 1,500.00
        91 CNY 800,000.00
    """
    day = to_date(on, field="on")
    account = checked(account, LoanAccount, field="account", expected=Phrase("LoanAccount", "a LoanAccount"))
    convention = checked(convention, ArrearsConvention, field="convention", expected=Phrase("ArrearsConvention", "an ArrearsConvention"))
    if calendar is not None:
        checked(calendar, WorkCalendar, field="calendar", expected=Phrase("工作日历", "a calendar of working days"))
    if day < account.disbursed_on:
        raise fault("on", day, Phrase(
            "不早于 `disbursed_on`（{disbursed_on}）", "on or after `disbursed_on` ({disbursed_on})", disbursed_on=account.disbursed_on
        ))
    if (wrong := checked_currency(account, convention)) is not None:
        raise wrong
    return _read(course_of(account, convention, on=day, calendar=calendar), account, convention, day)


def _read(course: Course, account: LoanAccount, convention: ArrearsConvention, on: Date) -> Arrears:  # noqa: PLR0917 - internal, all four are needed
    now, until = course.stands[-1], on.toordinal()
    counted = now.counted()

    def amount(minor: int) -> Money:
        return Money(minor, account.principal.currency)

    overdue = now.rest(principal=True)
    outstanding = account.principal.minor - now.principal_paid
    whole_from = convention.whole_balance_from
    return Arrears(
        on=on,
        convention=convention,
        principal_days=course.days(until, principal=True),
        interest_days=course.days(until, principal=False),
        unpaid_since=None if counted is None else from_ordinal(counted),
        outstanding=amount(outstanding),
        overdue_principal=amount(overdue),
        overdue_interest=amount(now.rest(principal=False)),
        overdue_balance=amount(outstanding if whole_from is not None and course.days(until) >= whole_from else overdue),
        tolerated=amount(now.tolerated),
        missed_consecutive=len({each.claim.period for each in now.past_due}),
        missed_total=len(course.missed),
        missed_total_24m=_within(course.missed, MISSED_MONTHS, on=on),
        delays_over_5_days_12m=_within(course.late, DELAY_MONTHS, on=on),
        missed_due=tuple(sorted(account.instalments[period].counted_from for period in course.missed)),
        cured_on=_cured_on(course),
        spells=_spells(course, convention),
    )


def _within(days: Mapping[int, int], months: int, *, on: Date) -> int:
    """How many of the days lie after the day that is so many months before *on*."""
    after = cutoff_elapsed(months, on).toordinal()
    return sum(day > after for day in days.values())


def _cured_on(course: Course) -> Date | None:
    if course.stands[-1].past_due:
        return None
    cures = [stand.day for stand in course.stands if stand.was_behind and not stand.past_due]
    return from_ordinal(cures[-1]) if cures else None


def _spells(course: Course, convention: ArrearsConvention) -> tuple[BandSpell, ...]:
    crossed = [(from_ordinal(day), band) for day, band in course.crossings(convention.bands)]
    ends: Iterable[Date | None] = [*(day for day, _ in crossed[1:]), None]
    return tuple(
        BandSpell(first_day=band, entered_on=day, left_on=end) for (day, band), end in zip(crossed, ends, strict=False) if band is not None
    )


_NOTHING: Final = Label("{day}：无逾期", "on {day} nothing is past due")
_DAYS: Final = Label(
    "{day}：逾期{days}日（本金{principal}日，利息{interest}日），自{since}起算",
    "on {day} {days} days past due (principal {principal}, interest {interest}), counted from {since}",
)
_OVERDUE: Final = Label(
    "逾期本金{principal}，逾期利息{interest}，计为逾期的余额{balance}",
    "past due: principal {principal}, interest {interest}; overdue balance {balance}",
)
_PERIODS: Final = Label(
    "连续欠款{consecutive}期，{missed_months}个月内{recent}期，累计{total}期；{delay_months}个月内迟付超过{late_days}日{late}次",
    "missed: {consecutive} in a row, {recent} within {missed_months} months, {total} in all; "
    "delays over {late_days} days within {delay_months} months: {late}",
)
_TOLERATED: Final = Label("未计的小额{amount}", "tolerated: {amount}")
_BY: Final = Label("口径：{convention}", "counted by {convention}")


def _told(found: Arrears, lang: Lang) -> Iterable[str]:
    day = day_text(found.on, lang)
    if found.unpaid_since is None:
        yield _NOTHING.filled(lang, day=day)
    else:
        yield _DAYS.filled(
            lang,
            day=day,
            days=found.days_past_due,
            principal=found.principal_days,
            interest=found.interest_days,
            since=day_text(found.unpaid_since, lang),
        )
        amounts = {"principal": found.overdue_principal, "interest": found.overdue_interest, "balance": found.overdue_balance}
        yield _OVERDUE.filled(lang, **{name: amount.text(lang) for name, amount in amounts.items()})
    if found.tolerated.minor:
        yield _TOLERATED.filled(lang, amount=found.tolerated.text(lang))
    yield _PERIODS.filled(
        lang,
        consecutive=found.missed_consecutive,
        recent=found.missed_total_24m,
        total=found.missed_total,
        late=found.delays_over_5_days_12m,
        missed_months=MISSED_MONTHS,
        delay_months=DELAY_MONTHS,
        late_days=LATE_DAYS,
    )
