"""What is to be done again and again, counted from the last time."""

from __future__ import annotations

from tests.planning.reference.pending import Pending

from revisit_policy.language.fact import Fact
from revisit_policy.outcomes.obligations.obligation_kind import AtMaturity, ServedBy
from revisit_policy.outcomes.obligations.timing import Every
from revisit_policy.outcomes.window import BoundReason, Window
from revisit_policy.planning.agenda import Agenda
from revisit_policy.planning.duty import Duty
from revisit_policy.planning.plan_calendar import day_after, months_after
from revisit_policy.planning.raw_bounds import RawBounds
from revisit_policy.planning.today import Today
from revisit_policy.values.dates import Date


def ends(duty: Duty, since: Date) -> Date:
    """The last day of the next time, before it is cut to the day the loan matures."""
    when = _every(duty)
    if when.most_days is not None:
        return day_after(since, when.most_days)
    assert isinstance(when.months, int)
    return months_after(since, when.months)


def last_day_left(duty: Duty, since: Date, agenda: Agenda) -> Date:
    """The same, or some days after more was needed than visits of a lesser sort, and by when the next of those would be due, if that is later."""
    left, needed, closes = _every(duty).catch_up_days, agenda.person_needed_since, ends(duty, since)
    kind, lesser = duty.kind, max((day for _, day in agenda.last_visits.methods), default=None)
    if left is None or needed is None or lesser is None or isinstance(kind.met_by, Fact) or kind.served_by is ServedBy.DESK:
        return closes
    return max(closes, min(day_after(needed, left), ends(duty, lesser)))


def once_more(duty: Duty, since: Date, *, agenda: Agenda, today: Today, is_projection: bool = False) -> Pending | None:
    """The next time.

    It may be done in the lead before its deadline. Where its kind is cut to the day the loan matures, a loan about to mature gets one more
    visit, in the lead before that day, and while it runs none after it. If it was not made, it is missed and stays so. If it was, and
    the loan has matured unpaid, the period goes on.

    Args:
        duty: What recurs.
        since: The last time. It may lie before the loan was paid out; the next time does not.
        agenda: What the plan is made from.
        today: The day of the plan.
        is_projection: Whether the last time is still to come.

    Returns:
        ``None`` if the loan matures first, which it has not done yet, and its kind is dropped, or was done within the lead before that.
    """
    closes = ends(duty, since) if is_projection else last_day_left(duty, since, agenda)
    early = agenda.disbursed_on if day_after(since, 1) < agenda.disbursed_on else None
    fate = duty.kind.at_maturity
    if fate is AtMaturity.KEPT or agenda.matures_on >= closes:
        return _due(duty, since, closes, False, early, today, is_projection)
    if fate is AtMaturity.CUT:
        last = _due(duty, since, agenda.matures_on, True, early, today, is_projection)
        if last is not None:
            return last
    return None if today.on <= agenda.matures_on else _due(duty, since, closes, False, early, today, is_projection)


def _due(duty: Duty, since: Date, closes: Date, is_cut: bool, early: Date | None, today: Today, is_projection: bool) -> Pending | None:
    window = _window(duty, since, closes, is_cut, early, today)
    return None if window is None else Pending(duty, window, is_projection=is_projection)


def _window(duty: Duty, since: Date, closes: Date, is_cut: bool, early: Date | None, today: Today) -> Window | None:
    because = (duty.because.period, BoundReason.MATURITY) if is_cut else (duty.because.period,)
    raw = RawBounds(
        opens=day_after(closes, -_every(duty).lead),
        closes=closes,
        not_before=day_after(since, 1),
        opens_because=(*because, BoundReason.LEAD),
        closes_because=because,
    )
    if is_cut and since >= raw.counts_from(today.calendar):
        return None
    raw = raw if early is None else RawBounds.since(early, raw)
    return today.seen(raw.settled(today.calendar))


def _every(duty: Duty) -> Every:
    when = duty.when
    assert isinstance(when, Every)
    return when
