"""A reminder: one thing of one loan that has to be done soon, is due, or is late."""

from __future__ import annotations

import attrs

from revisit_policy.contact.calendar_text import CalendarEntry
from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.values.dates import Date, from_ordinal
from revisit_policy.values.labels import Labelled, Lang, OrderedLabelled


class Urgency(OrderedLabelled, zh="紧迫程度"):
    """How pressing a duty is on a day."""

    DUE_SOON = "due_soon", "即将到期", "due soon"
    DUE = "due", "应办", "due"
    LATE = "late", "已逾期", "late"
    ESCALATED = "escalated", "逾期须上报", "late, to be reported upwards"


class RemindedOf(Labelled, zh="提醒事项"):
    """What a reminder is about."""

    VISIT = "visit", "回访", "visit"
    RESULT = "result", "回访结果", "result of a visit"
    MEASURE = "measure", "措施", "measure"
    DESK = "desk", "后台事项", "desk duty"


@attrs.frozen(kw_only=True)
class Reminder:
    """One thing to be reminded of.

    Args:
        loan_no: The bank's number of the loan.
        of: Whether it is a visit, the result of one, a measure, or what a desk has to do.
        what: Which: the kind of visit or of duty, the measure, or the day of the result that is waited for.
        urgency: How pressing it is.
        by: The last day; of a visit or a duty that was missed the day it was missed.
        days: Calendar days from the day of the reminder to *by*; below zero by how many it is late.
        owners: The roles that have it; empty where the policy names nobody.
        visit: The visit, where it is one.
    """

    loan_no: str
    of: RemindedOf
    what: Labelled
    urgency: Urgency
    by: Date
    days: int
    owners: tuple[Labelled, ...] = ()
    visit: Revisit | None = None

    @property
    def is_late(self) -> bool:
        """Whether its last day has passed."""
        return self.days < 0

    def text(self, lang: str = Lang.EN) -> str:
        """The reminder on one line, without anything personal but the loan's number."""
        return f"{self.urgency.label(lang)} · {self.loan_no} · {self.what.label(lang)} · {self.by}"

    def entry(self, lang: str = Lang.EN) -> CalendarEntry:
        """The reminder as it stands in a calendar: on its last day, or, where that has passed, on the day of the reminder."""
        day = from_ordinal(self.by.toordinal() - min(self.days, 0))
        return CalendarEntry(id=f"{self.loan_no}/{self.of.value}/{self.what.value}/{self.by}", on=day, title=self.text(lang))
