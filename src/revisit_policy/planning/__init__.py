"""When a loan is visited, by which means, and when the result is due: from obligations to a schedule.

Whatever asks for a visit is an obligation with a first and a last day. The one that closes first is served, and takes along what it can.

Which door: ``plan`` makes a schedule of a ``PlanRequest``, which holds the ``OpenTrigger`` of each reason to visit at once, the ``Means`` of each
kind of visit, and the ``LastVisits``. A policy makes the request itself: ``policy.decide`` is the usual way in. Whatever else a loan owes is an
``Agenda`` of ``Owed`` duties: a ``Duty`` is an obligation with the ``Errand`` that meets it, made of a ``DutyOrder``. What several loans of one
customer owe is planned by ``plan_together``.
"""

from revisit_policy.planning.agenda import Agenda
from revisit_policy.planning.duty import Because, Duty, DutyOrder, Owed
from revisit_policy.planning.errand import Errand, ErrandOrder
from revisit_policy.planning.last_visits import LastVisits
from revisit_policy.planning.means import Means
from revisit_policy.planning.open_trigger import OpenTrigger
from revisit_policy.planning.plan import plan
from revisit_policy.planning.plan_calendar import PlanCalendar
from revisit_policy.planning.plan_memory import PlanMemory
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.planning.plan_together import SharedVisit, plan_together

__all__ = [
    "Agenda",
    "Because",
    "Duty",
    "DutyOrder",
    "Errand",
    "ErrandOrder",
    "LastVisits",
    "Means",
    "OpenTrigger",
    "Owed",
    "PlanCalendar",
    "PlanMemory",
    "PlanRequest",
    "SharedVisit",
    "plan",
    "plan_together",
]
