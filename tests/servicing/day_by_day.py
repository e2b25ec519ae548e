"""Arrears as anybody would count them with a pencil: every day, every claim, one after the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import attrs

from revisit_policy.servicing import AfterGrace, Allocation, ArrearsConvention, DayCount, GraceFor, LoanAccount
from revisit_policy.values import Date, add_months

ONE = dt.timedelta(days=1)


@attrs.define
class Owed:
    period: int
    is_principal: bool
    due: Date
    grace_end: Date
    begin: Date
    rest: int


@attrs.frozen
class Told:
    """What is past due at the end of one day."""

    day: Date
    principal_days: int
    interest_days: int
    principal: int
    interest: int
    periods: frozenset[int]
    late: frozenset[int]
    cured: bool = False
    missed: frozenset[int] = frozenset()


def told(account: LoanAccount, convention: ArrearsConvention, until: Date) -> Iterator[Told]:
    owed = _owed(account, convention)
    yesterday: Told | None = None
    waiting, day = 0, account.disbursed_on
    while day <= until:
        morning = _of_day(owed, account, convention, day)
        waiting += sum(payment.amount.minor for payment in account.payments if payment.paid_on == day)
        for each in sorted((each for each in owed if each.due <= day), key=_order(convention.allocation)):
            paid = min(waiting, each.rest)
            waiting -= paid
            each.rest -= paid
        evening = _of_day(owed, account, convention, day)
        # with a due day that counts 1, whoever has not paid by its end is late; else whoever has not by the next morning
        latest, behind = (evening, bool(yesterday and yesterday.periods)) if convention.due_day else (morning, bool(morning.periods))
        yesterday = attrs.evolve(evening, missed=latest.periods, late=latest.late, cured=behind and not evening.periods)
        yield yesterday
        day += ONE


def _owed(account: LoanAccount, convention: ArrearsConvention) -> list[Owed]:
    found = []
    for period, instalment in enumerate(account.instalments):
        due = instalment.counted_from
        grace = convention.grace_days if convention.grace_for is GraceFor.EVERY_PERIOD or period == 0 else 0
        end = due + dt.timedelta(days=grace)
        begin = end if convention.after_grace is AfterGrace.FROM_ITS_END else due
        found += [
            Owed(period, is_principal, due, end, begin, amount.minor) for is_principal, amount in ((False, instalment.interest), (True, instalment.principal))
        ]
    return found


def _order(allocation: Allocation) -> Any:
    principal_first = "principal_first" in allocation.value
    apart = allocation.value.startswith("all")

    def key(each: Owed) -> Any:
        kind = each.is_principal is not principal_first
        return (kind, each.due, each.period) if apart else (each.due, each.period, kind)

    return key


def _of_day(owed: list[Owed], account: LoanAccount, convention: ArrearsConvention, day: Date) -> Told:
    last_free = ONE * (1 - convention.due_day)
    counts = [
        (each, count) for each in owed if each.rest and day >= each.grace_end + last_free and (count := _count(each.begin, day, account, convention)) > 0
    ]
    if convention.tolerance is not None and sum(each.rest for each, _ in counts) <= convention.tolerance.minor:
        counts = []
    return Told(
        day=day,
        principal_days=max((count for each, count in counts if each.is_principal), default=0),
        interest_days=max((count for each, count in counts if not each.is_principal), default=0),
        principal=sum(each.rest for each, _ in counts if each.is_principal),
        interest=sum(each.rest for each, _ in counts if not each.is_principal),
        periods=frozenset(each.period for each, _ in counts),
        late=frozenset(each.period for each, count in counts if count > 5),
    )


def _count(begin: Date, day: Date, account: LoanAccount, convention: ArrearsConvention) -> int:
    first = begin if convention.due_day else begin + ONE
    counted = [each for at in range((day - first).days + 1) if not _is_paused(each := first + ONE * at, account)]
    if convention.count is DayCount.CALENDAR_DAYS:
        return len(counted)
    end, months = begin + ONE * len(counted), 0
    while add_months(begin, months + 1) <= end:
        months += 1
    return 30 * months + min(29, (end - add_months(begin, months)).days)


def _is_paused(day: Date, account: LoanAccount) -> bool:
    return any(pause.begins_on <= day and (pause.resumes_on is None or day < pause.resumes_on) for pause in account.pauses)
