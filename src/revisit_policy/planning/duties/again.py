"""What is to be done again and again, counted from the last time."""

from __future__ import annotations

from typing import NamedTuple

from revisit_policy.outcomes.obligations.obligation_kind import AtMaturity
from revisit_policy.outcomes.obligations.timing import Every
from revisit_policy.outcomes.window import BoundReason, Window
from revisit_policy.planning.agenda import Agenda
from revisit_policy.planning.duties.pending import Pending
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
    assert isinstance(when.months, int)  # noqa: S101 - what a table says of it has been read
    return months_after(since, when.months)


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
    if since >= agenda.disbursed_on:
        key = (duty, since, is_projection, today.token)
        usual: Usual = today.memory.obligations.kept.get(key) or _usual(key, duty, since, today)
        if duty.kind.at_maturity is AtMaturity.KEPT or agenda.matures_on >= usual.ends:
            return usual.pending
    return _near_the_ends(duty, since, closes=ends(duty, since), agenda=agenda, today=today, is_projection=is_projection)


class KeptUp(NamedTuple):
    """Visits of a lesser sort were enough until more was needed, which leaves time after the end of the period."""

    since: Date
    """The last time."""
    closes: Date
    """The last day that is left to catch up."""


def kept_up(duty: Duty, *, since: Date, agenda: Agenda) -> KeptUp | None:
    """What is left to catch up, *since* being the last time; ``None`` if nothing beyond the end of the period.

    Nothing is left beyond the day on which a lesser visit would have been due: to need more never delays what is next, and nobody is excused
    who was not visited in time by a check of data either.
    """
    days, needed, checked = _every(duty).catch_up_days, agenda.person_needed_since, agenda.last_visits.by_any_method
    if days is None or needed is None or checked is None:
        return None
    closes = min(day_after(needed, days), ends(duty, checked))
    return KeptUp(since, closes) if closes > ends(duty, since) else None


def caught_up(duty: Duty, found: KeptUp, *, agenda: Agenda, today: Today) -> Pending | None:
    """The next time of what visits of a lesser sort kept up; ``None`` as for `once_more`."""
    return _near_the_ends(duty, found.since, closes=found.closes, agenda=agenda, today=today, is_projection=False)


class Usual(NamedTuple):
    """The next time of a loan that is far from its first day and from its last: its last day before that is cut, and what is pending if it is not."""

    ends: Date
    pending: Pending


def _usual(key: tuple[Duty, Date, bool, object], duty: Duty, since: Date, today: Today) -> Usual:  # noqa: PLR0917 - private
    """The next time of a loan that is far from its first day and from its last: all such loans share it."""
    found: Usual | None = today.memory.obligations.find(key)
    if found is None:
        closes = ends(duty, since)
        window = _seen(duty, since, closes, False, None, today)  # noqa: FBT003 - a key
        assert window is not None  # noqa: S101 - only what is cut can be too late
        found = today.memory.obligations.keep(key, Usual(closes, Pending(duty, window, is_projection=key[2])))
    return found


def _near_the_ends(duty: Duty, since: Date, *, closes: Date, agenda: Agenda, today: Today, is_projection: bool) -> Pending | None:
    """The next time, until the day *closes*, of a loan that was paid out since the last, or may mature before the next."""
    early = agenda.disbursed_on if day_after(since, 1) < agenda.disbursed_on else None
    fate = duty.kind.at_maturity
    if fate is AtMaturity.KEPT or agenda.matures_on >= closes:
        return _due(duty, since, closes, False, early, today, is_projection)  # noqa: FBT003 - a key
    if fate is AtMaturity.CUT:
        last = _due(duty, since, agenda.matures_on, True, early, today, is_projection)  # noqa: FBT003 - a key
        if last is not None:
            return last
    return None if today.on <= agenda.matures_on else _due(duty, since, closes, False, early, today, is_projection)  # noqa: FBT003 - a key


def _due(duty: Duty, since: Date, closes: Date, is_cut: bool, early: Date | None, today: Today, is_projection: bool) -> Pending | None:  # noqa: FBT001, PLR0913, PLR0917 - private
    key = (duty, since, closes, is_cut, early, is_projection, today.token)
    found: Pending | None = today.memory.obligations.find(key)
    if found is None and (window := _seen(duty, since, closes, is_cut, early, today)) is not None:
        found = today.memory.obligations.keep(key, Pending(duty, window, is_projection=is_projection))
    return found


def _seen(duty: Duty, since: Date, closes: Date, is_cut: bool, early: Date | None, today: Today) -> Window | None:  # noqa: FBT001, PLR0917 - private
    """Most windows of a book are those of other loans, seen from the same last time, whatever these are visited for."""
    key = (duty.because.period, _every(duty).lead, since, closes, is_cut, early, today.token)
    window: Window | None = today.memory.deadlines.find(key)
    if window is None and (made := _window(duty, since, closes, is_cut, early, today)) is not None:
        window = today.memory.deadlines.keep(key, made)
    return window


def _window(duty: Duty, since: Date, closes: Date, is_cut: bool, early: Date | None, today: Today) -> Window | None:  # noqa: FBT001, PLR0917 - private
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
    assert isinstance(when, Every)  # noqa: S101 - only what recurs is asked
    return when
