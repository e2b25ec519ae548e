"""What a desk has to do, apart from the visits."""

from __future__ import annotations

from typing import TypeAlias

from revisit_policy.outcomes.obligations.desk_duty import DeskDuty
from revisit_policy.planning.duties.pending import Pending, deadline_of
from revisit_policy.planning.plan_memory import PlanMemory
from revisit_policy.values.dates import Date

#: What is late at a desk, and what is not.
Duties: TypeAlias = tuple[tuple[DeskDuty, ...], tuple[DeskDuty, ...]]


def by_whom(pending: list[Pending]) -> tuple[list[Pending], list[Pending]]:
    """What of all that is *pending* somebody goes and sees, or calls, for; and what a desk serves."""
    visited, desk = list[Pending](), list[Pending]()
    for each in pending:
        (desk if each.duty.is_at_desk else visited).append(each)
    return visited, desk


def desk_duties(pending: list[Pending], *, until: Date, memory: PlanMemory) -> Duties:
    """What is *pending* at a desk and late, and what falls due up to the horizon, each the earliest deadline first; the loans that owe the same share it."""
    key = (until, *pending)
    found: Duties | None = memory.desk_duties.kept.get(key) or memory.desk_duties.find(key)
    if found is None:
        ahead = sorted(pending, key=deadline_of)
        duties = [_duty(each) for each in ahead if each.window.missed_on is not None or each.window.closes <= until]
        found = tuple(each for each in duties if each.is_late), tuple(each for each in duties if not each.is_late)
        memory.desk_duties.keep(key, found)
    return found


def _duty(pending: Pending) -> DeskDuty:
    errand = pending.duty.errand
    return DeskDuty(kind=errand.kind, window=pending.window, checklist=errand.checklist, reasons=errand.reasons, triggers=errand.triggers)
