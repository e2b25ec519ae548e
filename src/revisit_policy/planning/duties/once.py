"""What is to be done once: within a time from a day, or between two."""

from __future__ import annotations

from typing import NamedTuple

from revisit_policy.outcomes.obligations.obligation_kind import AtMaturity
from revisit_policy.outcomes.obligations.timing import Between, Within
from revisit_policy.outcomes.window import BoundReason, Window
from revisit_policy.planning.agenda import Agenda
from revisit_policy.planning.duties.pending import Pending
from revisit_policy.planning.duty import Because, Duty
from revisit_policy.planning.plan_calendar import PlanCalendar, counted_from, day_after, last_day_within
from revisit_policy.planning.raw_bounds import RawBounds, Reasons
from revisit_policy.planning.today import Today
from revisit_policy.values.dates import Date


class Asked(NamedTuple):
    """Since when something is asked for: the day, whether somebody recorded it, and whether that was before the loan was paid out."""

    since: Date
    is_dated: bool
    is_early: bool


def asked(since: Date | None, *, agenda: Agenda) -> Asked:
    """From *since* on, or from the day of the plan where nobody recorded it; never before the loan was paid out."""
    if since is None:
        return Asked(max(agenda.on, agenda.disbursed_on), is_dated=False, is_early=agenda.on < agenda.disbursed_on)
    is_early = since < agenda.disbursed_on
    return Asked(agenda.disbursed_on if is_early else since, True, is_early)  # noqa: FBT003 - by place, because it is asked of every loan


def bounds(duty: Duty, found: Asked, *, agenda: Agenda, today: Today) -> RawBounds:
    """The bounds of what is *asked* for, cut to the day the loan matures where its kind is and that lies between them."""
    key = (duty, found, agenda.matures_on if duty.kind.at_maturity is AtMaturity.CUT else None, today.calendar.token)
    known: RawBounds | None = today.memory.bounds.kept.get(key) or today.memory.bounds.find(key)
    if known is None:
        known = today.memory.bounds.keep(key, _cut(_bounds(duty, found, calendar=today.calendar), duty=duty, matures_on=agenda.matures_on))
    return known


def pending_once(duty: Duty, found: Asked, *, agenda: Agenda, today: Today) -> Pending | None:
    """What is *asked* for, with its window; ``None`` if the loan runs, and is to be repaid before it would be done."""
    raw = bounds(duty, found, agenda=agenda, today=today)
    if is_too_late(raw, duty, agenda=agenda):
        return None
    key = (duty, raw, today.token)
    known: Pending | None = today.memory.obligations.find(key)
    return today.memory.obligations.keep(key, Pending(duty, today.seen(settled(raw, today=today)))) if known is None else known


def settled(raw: RawBounds, *, today: Today) -> Window:
    """The window of the bounds *raw* on working days; many loans of a book have it."""
    key = (raw, today.calendar.token)
    found: Window | None = today.memory.windows.find(key)
    return today.memory.windows.keep(key, raw.settled(today.calendar)) if found is None else found


def is_too_late(raw: RawBounds, duty: Duty, *, agenda: Agenda) -> bool:
    """Whether the loan runs, and is to be repaid before this would be done."""
    fate, matures_on = duty.kind.at_maturity, agenda.matures_on
    if fate is AtMaturity.KEPT or matures_on < agenda.on:
        return False
    return matures_on < (raw.opens if fate is AtMaturity.CUT else raw.closes)


def _bounds(duty: Duty, found: Asked, *, calendar: PlanCalendar) -> RawBounds:
    when, began = duty.when, _began(duty.because, found)
    if isinstance(when, Between):
        first, last = day_after(found.since, when.first), day_after(found.since, when.last)
        return RawBounds(opens=first, closes=last, not_before=min(first, found.since), opens_because=began, closes_because=began)
    assert isinstance(when, Within)  # noqa: S101 - what recurs or waits is asked elsewhere
    closes, because = _closing(when, found.since, because=duty.because, calendar=calendar)
    return RawBounds(opens=found.since, closes=closes, not_before=found.since, opens_because=began, closes_because=(*began, because))


def _began(because: Because, found: Asked) -> Reasons:
    start = because.began if found.is_dated else because.not_dated
    return (start, BoundReason.NOT_BEFORE_DISBURSEMENT) if found.is_early else (start,)


def _closing(within: Within, since: Date, *, because: Because, calendar: PlanCalendar) -> tuple[Date, BoundReason]:
    closes = counted_from(within, since, calendar=calendar)
    last = last_day_within(within, since, calendar=calendar)
    return last, because.deadline if last == closes else because.month_end


def _cut(raw: RawBounds, *, duty: Duty, matures_on: Date) -> RawBounds:
    if duty.kind.at_maturity is not AtMaturity.CUT or not raw.opens <= matures_on < raw.closes:
        return raw
    return RawBounds(
        opens=raw.opens,
        closes=matures_on,
        not_before=raw.not_before,
        opens_because=raw.opens_because,
        closes_because=(*raw.closes_because, BoundReason.MATURITY),
    )
