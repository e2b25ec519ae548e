"""What the servicer says: how late, what it does, why and how it looks, in English alone."""

from __future__ import annotations

from known import ACKNOWLEDGED_ON, NOTICE_SENT_ON

from revisit_policy import Label, MethodNote, ObligationKind, Vocabulary
from revisit_policy.outcomes import Checklist
from revisit_policy.values import Labelled, OrderedLabelled


class Delinquency(OrderedLabelled):
    """How late a loan is, by the days since the oldest payment that is unpaid was due."""

    CURRENT = "current", Label(en="current")
    LATE = "late", Label(en="late")
    DAYS_30 = "days_30", Label(en="30 to 59 days")
    DAYS_60 = "days_60", Label(en="60 to 89 days")
    DAYS_90 = "days_90", Label(en="90 to 120 days")
    SERIOUS = "serious", Label(en="more than 120 days")


class Duty(Labelled):
    """What is owed to the investor or to the borrower."""

    INITIAL_INSPECTION = "initial_inspection", Label(en="initial property inspection")
    REINSPECTION = "reinspection", Label(en="further property inspection")
    FINAL_INSPECTION = "final_inspection", Label(en="final property inspection before a sale")
    LIVE_CONTACT = "live_contact", Label(en="live contact")
    WRITTEN_NOTICE = "written_notice", Label(en="written notice of early intervention")
    ACKNOWLEDGEMENT = "acknowledgement", Label(en="acknowledgement of an application for help")


class Means(OrderedLabelled):
    """By which means, the least thorough first."""

    LETTER = "letter", Label(en="letter")
    CALL = "call", Label(en="call")
    DRIVE_BY = "drive_by", Label(en="drive-by")
    EXTERIOR = "exterior", Label(en="exterior inspection")
    INTERIOR = "interior", Label(en="interior inspection")


class Step(Labelled):
    """What is done about a loan."""

    FIRST_FILING = "first_filing", Label(en="first notice or filing for foreclosure")
    SALE = "sale", Label(en="foreclosure sale")


US_WORDS = Vocabulary(
    grades=Delinquency,
    measures=Step,
    kinds=[
        ObligationKind(Duty.INITIAL_INSPECTION, at_worst=True),
        ObligationKind(Duty.REINSPECTION, after=Duty.INITIAL_INSPECTION, restarts=[Duty.INITIAL_INSPECTION], at_worst=True),
        ObligationKind(Duty.FINAL_INSPECTION),
        ObligationKind(Duty.LIVE_CONTACT, served_by="desk"),  # who looks at a house has spoken to nobody
        ObligationKind(Duty.WRITTEN_NOTICE, met_by=NOTICE_SENT_ON, served_by="desk", joins=False),
        ObligationKind(Duty.ACKNOWLEDGEMENT, met_by=ACKNOWLEDGED_ON, served_by="desk", joins=False),
    ],
    methods=[
        MethodNote(Means.LETTER, hours="0.25"),
        MethodNote(Means.CALL, hours="0.25"),
        MethodNote(Means.DRIVE_BY, hours="0.5"),
        MethodNote(Means.EXTERIOR, hours=1),
        MethodNote(Means.INTERIOR, hours=2, officers=2),
    ],
    checklists=[
        Checklist(Duty.INITIAL_INSPECTION, [Label(en="who lives there, or whether it is vacant"), Label(en="condition of the outside, with photographs")]),
        Checklist(Duty.REINSPECTION, [Label(en="whether anything has changed since the last inspection")]),
        Checklist(Duty.FINAL_INSPECTION, [Label(en="who lives there, or whether it is vacant"), Label(en="condition before the sale, with photographs")]),
        Checklist(Duty.LIVE_CONTACT, [Label(en="why the payment was missed"), Label(en="which ways out there are, where any fits")]),
    ],
    currency="USD",
)
