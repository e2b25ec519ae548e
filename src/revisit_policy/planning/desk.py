"""What a desk has to do, apart from the visits."""

from __future__ import annotations

import attrs

from revisit_policy.outcomes.obligations.desk_duty import DeskDuty
from revisit_policy.outcomes.obligations.obligation_kind import ServedBy
from revisit_policy.outcomes.schedule import RevisitSchedule
from revisit_policy.planning.duties.pending import Pending, deadline_of


def at_desk(pending: list[Pending]) -> list[Pending]:
    """What of all that is *pending* a desk serves, the earliest deadline first."""
    return sorted((each for each in pending if each.duty.kind.served_by is ServedBy.DESK), key=deadline_of)


def by_visit(pending: list[Pending]) -> list[Pending]:
    """What of all that is *pending* somebody goes and sees, or calls, for."""
    return [each for each in pending if each.duty.kind.served_by is ServedBy.VISIT]


def with_duties(schedule: RevisitSchedule, pending: list[Pending]) -> RevisitSchedule:
    """The *schedule* with what is *pending* at a desk up to its horizon, and what is late."""
    duties = tuple(_duty(each) for each in pending if each.window.missed_on is not None or each.window.closes <= schedule.until)
    late = tuple(each for each in duties if each.is_late)
    return attrs.evolve(schedule, duties=tuple(each for each in duties if not each.is_late), late_duties=late)


def _duty(pending: Pending) -> DeskDuty:
    errand = pending.duty.errand
    return DeskDuty(kind=errand.kind, window=pending.window, checklist=errand.checklist, reasons=errand.reasons, triggers=errand.triggers)
