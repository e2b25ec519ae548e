"""Reminders: what has to be done soon, is due, or is late, from the schedules of many loans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from revisit_policy.errors import InvalidInputError
from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.outcomes.schedule import RevisitSchedule
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.labels import Lang, OrderedLabelled
from revisit_policy.values.validation import checked, fault, to_whole


class Urgency(OrderedLabelled, zh="紧迫程度"):
    """How pressing a duty is on a day."""

    DUE_SOON = "due_soon", "即将到期", "due soon"
    DUE = "due", "应办", "due"
    LATE = "late", "已逾期", "late"
    ESCALATED = "escalated", "逾期须上报", "late, to be reported upwards"


@attrs.frozen(kw_only=True)
class Reminder:
    """One visit to be reminded of.

    Args:
        loan_no: The bank's number of the loan.
        urgency: How pressing it is.
        by: The last day; of a visit that was missed the day it was missed.
        days: Calendar days from the day of the reminder to *by*; below zero by how many it is late.
        visit: The visit.
    """

    loan_no: str
    urgency: Urgency
    by: Date
    days: int
    visit: Revisit

    def text(self, lang: str = Lang.EN) -> str:
        """The reminder on one line, without anything personal but the loan's number."""
        return f"{self.urgency.label(lang)} · {self.loan_no} · {self.visit.kind.label(lang)} · {self.by}"


def reminders(
    schedules: Mapping[str, RevisitSchedule], on: str | Date, *, soon_days: int = 14, escalate_days: int = 10
) -> tuple[Reminder, ...]:
    """What is due soon, due, late or to be escalated on a day: the most pressing first, then by day and loan.

    A visit is due from the day to aim at, late after its last day, and escalated when it has been late for so many
    days. What is not done yet stays in the list whatever day is asked about, so that no reminder is lost because
    nobody asked on its day. Projections rest on visits still to be made and are no duty yet.

    Args:
        schedules: The schedule of every loan by its number, made for *on* or earlier.
        on: The day of the reminders.
        soon_days: Calendar days before the day to aim at from which a visit is due soon.
        escalate_days: Calendar days late from which a visit is escalated.

    Raises:
        InvalidValueError: If an argument is malformed.
        InvalidInputError: If a schedule was made for a later day.
    """
    day = to_date(on, field="on")
    checked(schedules, Mapping, field="schedules", expected=Phrase("按编号给出的每笔贷款的回访计划", "the schedule of every loan by its number"))
    soon, late = to_whole(soon_days, field="soon_days"), to_whole(escalate_days, field="escalate_days")
    found = [
        reminder
        for loan_no, schedule in schedules.items()
        for reminder in _of_loan(loan_no, _made_by(schedule, day, loan_no=loan_no), day=day, soon=soon, late=late)
    ]
    return tuple(sorted(found, key=lambda reminder: (-reminder.urgency.severity, reminder.by, reminder.loan_no)))


def _made_by(schedule: RevisitSchedule, day: Date, *, loan_no: str) -> Iterable[Revisit]:
    if schedule.on > day:
        raise InvalidInputError.of("reminders", [fault("schedules", str(schedule.on), Phrase(
            "与 `{loan_no}` 的一样，作于{day}或更早", "made for {day} or earlier, as that of `{loan_no}`", day=day, loan_no=loan_no
        ))])
    return (*schedule.overdue, *schedule.revisits)


def _of_loan(loan_no: str, visits: Iterable[Revisit], *, day: Date, soon: int, late: int) -> Iterator[Reminder]:
    for visit in visits:
        if visit.is_projection:
            continue
        by = visit.window.missed_on or visit.window.closes
        days = by.toordinal() - day.toordinal()
        ahead = visit.window.due.toordinal() - day.toordinal()
        if days < 0:
            urgency = Urgency.ESCALATED if -days >= late else Urgency.LATE
        elif ahead <= 0:
            urgency = Urgency.DUE
        elif ahead <= soon:
            urgency = Urgency.DUE_SOON
        else:
            continue
        yield Reminder(loan_no=loan_no, urgency=urgency, by=by, days=days, visit=visit)
