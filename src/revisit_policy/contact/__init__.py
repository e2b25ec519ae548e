"""Contact: reaching the people of a loan lawfully, and not forgetting to.

A log has every attempt, revisits and collection in one; rules are values that say what they forbid, where that comes from,
and from when on they no longer do. No rule here is any country's: a rulebook has them, such as ``cn_housing.CONTACT_RULES``.

Which door: `may_contact` asks rules about one moment, `contact_plan` makes attempts that can break none of them, `reach`
says whether somebody is lost and what comes next; `reminders` tell from many decisions what is due or late, of visits, their
results, measures and desk duties, `grouped` as the caller keys them, and `calendar_text` writes days for people's calendars.
"""

from revisit_policy.contact.as_preferred import AsPreferred
from revisit_policy.contact.attempt import Attempt, Response
from revisit_policy.contact.calendar_text import CalendarEntry, calendar_text
from revisit_policy.contact.calls_a_day import CallsADay, UnansweredADay
from revisit_policy.contact.contact import Caller, Channel, Contact, Person, Purpose
from revisit_policy.contact.contact_log import ContactLog
from revisit_policy.contact.contact_plan import ContactPlan, contact_plan
from revisit_policy.contact.contact_rule import ContactRule
from revisit_policy.contact.days_apart import DaysApart
from revisit_policy.contact.hours import Hours
from revisit_policy.contact.may_contact import Permission, may_contact
from revisit_policy.contact.quiet_hours import QuietHours
from revisit_policy.contact.reach import Reach, ReachStep, reach
from revisit_policy.contact.reminder import RemindedOf, Reminder, Urgency
from revisit_policy.contact.reminders import Decided, grouped, reminders
from revisit_policy.contact.third_persons import NoStaysNo, ThirdPersons

__all__ = [
    "AsPreferred",
    "Attempt",
    "CalendarEntry",
    "Caller",
    "CallsADay",
    "Channel",
    "Contact",
    "ContactLog",
    "ContactPlan",
    "ContactRule",
    "DaysApart",
    "Decided",
    "Hours",
    "NoStaysNo",
    "Permission",
    "Person",
    "Purpose",
    "QuietHours",
    "Reach",
    "ReachStep",
    "RemindedOf",
    "Reminder",
    "Response",
    "ThirdPersons",
    "UnansweredADay",
    "Urgency",
    "calendar_text",
    "contact_plan",
    "grouped",
    "may_contact",
    "reach",
    "reminders",
]
