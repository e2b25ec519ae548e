"""What the servicer knows of a loan beside the catalogue; a case file holds it under ``own``."""

from __future__ import annotations

from revisit_policy import Fact, Label, facts
from revisit_policy.casefile import own_fact
from revisit_policy.language import Choices, Counts, Days, DaysFromTo, Field, Flags


def _noted(name: str, label: str) -> Fact:
    return own_fact(name, Flags(), Label(en=label), register=Label(en="nothing in the servicing system: it has not happened"))


def _day(name: str, label: str) -> Fact:
    return own_fact(name, Days(), Label(en=label))


UNPAID_SINCE = Fact.day("unpaid_since", label=Label(en="due day of the oldest payment that is unpaid"), derived=Field("loan.unpaid_since"))
LAST_MISSED_ON = _day("last_missed_on", "due day of the latest payment that is unpaid")

OCCUPANCY = own_fact("occupancy", Choices(("borrower", "tenant", "vacant")), Label(en="who lives in the home"))
CONTACTED = _noted("contacted_within_30_days", "the right party was reached about a way out within 30 days")
PAID = _noted("paid_within_30_days", "a full payment came in within 30 days")
PLAN_PERFORMS = _noted("plan_performs", "a repayment plan or a trial plan is kept to")
WORKOUT_PERFORMS = _noted("workout_performs", "another approved way out is kept to")
BANKRUPTCY_PLAN_PERFORMS = _noted("bankruptcy_plan_performs", "the plan of a bankruptcy court is kept to")

MISSED_AGAIN = _noted("missed_again", "a further payment has been missed")
NOTICE_SENT_ON = _day("notice_sent_on", "day on which the written notice was sent")
NOTIFIED = _noted("notified_within_180_days", "the written notice was sent within 180 days")
APPLIED = _noted("applied_for_help", "an application for help is on file")
APPLICATION_ON = _day("application_on", "day on which the application for help came in")
ACKNOWLEDGED_ON = _day("acknowledged_on", "day on which the application was acknowledged")

SALE_IS_SET = _noted("sale_is_set", "a foreclosure sale is scheduled")
SALE_ON = _day("sale_on", "day of the foreclosure sale")
IS_COMPLETE = _noted("application_is_complete", "the application for help is complete")
HELP_HAS_ENDED = _noted("help_has_ended", "the help applied for was refused for good, turned down, or not kept to")
DAYS_TO_SALE = own_fact(
    "days_to_sale", Counts(-36_525, 36_525), Label(en="days from the complete application to the foreclosure sale"),
    derived=DaysFromTo(Field("own.complete_on"), Field("own.sale_on")),
)

IS_LATE = facts.days_past_due > 0
