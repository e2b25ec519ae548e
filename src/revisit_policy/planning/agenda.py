"""Agendas: what one loan owes, and all else that a plan is made from."""

from __future__ import annotations

import attrs

from revisit_policy.planning.duty import Owed
from revisit_policy.planning.last_visits import LastVisits
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Label
from revisit_policy.values.working_days import WorkCalendar


@attrs.frozen(kw_only=True)
class Agenda:
    """What one loan owes on a day, and all else that a plan is made from. Nothing is checked: a policy makes it from what it decided.

    Args:
        on: The day of the plan.
        until: Its horizon, inclusive.
        calendar: The working days.
        disbursed_on: The day the loan was paid out.
        matures_on: The day it is to be repaid.
        is_settled: Whether nothing is owed any more: then nothing is planned.
        owed: What is owed, what has been met included. Where deadlines are equal and so are the orders of their kinds, a visit is made for the
            one that stands first.
        last_visits: What is read of the visits made.
        person_needed_since: The first day from which more than checks of data was needed; ``None`` if nobody recorded it.
        gaps: What is not known and has to be asked: it goes on the checklist of the next visit only.
    """

    on: Date
    until: Date
    calendar: WorkCalendar
    disbursed_on: Date
    matures_on: Date
    is_settled: bool = False
    owed: tuple[Owed, ...] = ()
    last_visits: LastVisits
    person_needed_since: Date | None = None
    gaps: tuple[Label, ...] = ()
