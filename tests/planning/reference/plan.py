"""The planner as it was first written for any obligations: nothing is remembered, each visit is made anew.

It stands here as the oracle of the one that decides, which lays out once what this one asks at every visit.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from tests.planning.reference.owing import Owing
from tests.planning.reference.pending import Joint, Pending, joined
from tests.planning.results import laid_step_by_step

from revisit_policy.outcomes.obligations.desk_duty import DeskDuty
from revisit_policy.outcomes.obligations.obligation_kind import ServedBy
from revisit_policy.outcomes.results.result import Result
from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.outcomes.schedule import RevisitSchedule
from revisit_policy.planning.agenda import Agenda
from revisit_policy.planning.plan_memory import PlanMemory
from revisit_policy.planning.today import Today
from revisit_policy.values.dates import Date


def plan(agenda: Agenda) -> RevisitSchedule:
    """The visits that an *agenda* comes to."""
    if agenda.is_settled:
        return RevisitSchedule(on=agenda.on, until=agenda.until)
    owing = Owing(agenda, Today.of(agenda.on, agenda.calendar, memory=PlanMemory()))
    pending = owing.pending()
    visits = list(_visits(owing, [each for each in pending if each.duty.kind.served_by is ServedBy.VISIT]))
    missed = sum(visit.is_overdue for visit in visits)
    duties = [_duty(each) for each in _at_desk(pending) if each.window.missed_on is not None or each.window.closes <= agenda.until]
    return RevisitSchedule(
        on=agenda.on,
        until=agenda.until,
        revisits=tuple(visits[missed:]),
        overdue=tuple(visits[:missed]),
        duties=tuple(each for each in duties if not each.is_late),
        late_duties=tuple(each for each in duties if each.is_late),
    )


def _at_desk(pending: list[Pending]) -> list[Pending]:
    return sorted((each for each in pending if each.duty.kind.served_by is ServedBy.DESK), key=deadline_of)


def _duty(pending: Pending) -> DeskDuty:
    errand = pending.duty.errand
    return DeskDuty(kind=errand.kind, window=pending.window, checklist=errand.checklist, reasons=errand.reasons, triggers=errand.triggers)


def _visits(owing: Owing, pending: list[Pending]) -> Iterator[Revisit]:
    agenda, today, is_told = owing.agenda, owing.today, False
    while pending:
        pending.sort(key=deadline_of)
        first = pending[0].window
        if first.closes > agenda.until and first.missed_on is None:
            break
        served, others = shared(pending)
        made = joined(served, today=today)
        if not is_told:
            made, is_told = informed(made, owing=owing, today=today), True
        yield planned_visit(made, today)
        pending = owing.after(made, others=others)


def shared(pending: list[Pending]) -> tuple[list[Pending], list[Pending]]:
    """What is met together with the first of all that is *pending*, and the others."""
    kind, closes = pending[0].duty.kind, pending[0].window.closes
    served, others = pending[:1], list[Pending]()
    for each in pending[1:]:
        other = each.duty.kind
        (served if kind.joins and other.joins and each.window.opens <= closes else others).append(each)
    return served, others


def deadline_of(pending: Pending) -> tuple[Date, int]:
    """By what all that is pending is served: its deadline, then the order of its kind."""
    return pending.window.missed_on or pending.window.closes, pending.duty.kind.order


def planned_visit(made: Joint, today: Today) -> Revisit:
    """The visit that is *made*, with the days on which its result can be expected."""
    first_day = max(made.window.opens, today.on)
    return _visit(made, laid_step_by_step(made.errand, made.window, first_day=first_day, calendar=today.calendar))


def informed(made: Joint, *, owing: Owing, today: Today) -> Joint:
    """What is *made*, which looks after what is not known and what can wait as the next visit."""
    errand, gaps = made.errand, owing.agenda.gaps
    waiting = tuple(owing.waiting(errand)) if errand.visits_borrower else ()
    if not gaps and not waiting:
        return made
    codes = tuple(code for owed in waiting for code in owed.duty.errand.triggers)
    kinds = tuple(owed.duty.kind.kind for owed in waiting if not owed.duty.errand.triggers)
    return attrs.evolve(made, errand=errand.also_about(gaps, codes, kinds=kinds, memory=today.memory))


def _visit(made: Joint, result: Result) -> Revisit:
    errand = made.errand
    return Revisit(
        kind=errand.kind,
        window=made.window,
        method=errand.method,
        officers=errand.officers,
        checklist=errand.checklist,
        result=result,
        reasons=errand.reasons,
        serves=errand.serves,
        triggers=errand.triggers,
        is_projection=made.is_projection,
    )
