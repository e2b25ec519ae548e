"""The usual duties: a first visit, a periodic one, an answer to each trigger, and a valuation, as a `PlanRequest` has them in figures."""

from __future__ import annotations

from collections.abc import Iterator

from revisit_policy.outcomes.obligations.timing import Between, Every, When, Within
from revisit_policy.outcomes.obligations.usual import USUAL_KINDS, time_of
from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.planning.agenda import Agenda
from revisit_policy.planning.duty import Duty, DutyOrder, Owed
from revisit_policy.planning.open_trigger import OpenTrigger
from revisit_policy.planning.plan_memory import PlanMemory
from revisit_policy.planning.plan_request import PlanRequest


def agenda_of(request: PlanRequest, *, memory: PlanMemory) -> Agenda:
    """What a *request* asks for as duties; those made before are the same objects, as long as the *memory* has them."""
    return Agenda(
        on=request.on,
        until=request.until,
        calendar=request.calendar,
        disbursed_on=request.disbursed_on,
        matures_on=request.matures_on,
        is_settled=request.is_settled,
        owed=tuple(_owed(request, memory)),
        last_visits=request.last_visits,
        gaps=request.gaps,
    )


def _owed(request: PlanRequest, memory: PlanMemory) -> Iterator[Owed]:
    window, months, since = request.first_window, request.interval_months, (request.disbursed_on,)
    if window is not None:
        order = _order(request, VisitKind.FIRST, when=Between(window.first, window.last), reasons=request.first_reasons)
        yield Owed(Duty.of(order, memory=memory), since)
    if months is not None:
        order = _order(request, VisitKind.PERIODIC, when=Every(months=months, lead_days=request.lead_days), reasons=request.interval_reasons)
        yield Owed(Duty.of(order, memory=memory), since)
    for found in request.triggers:
        yield Owed(Duty.of(_answering(request, found), memory=memory), (found.since, *found.also_since))
    yield from _valuations(request, memory)


def _valuations(request: PlanRequest, memory: PlanMemory) -> Iterator[Owed]:
    kind, reasons, valued_on = VisitKind.REVALUATION, request.revaluation_reasons, request.valued_on
    if request.revaluation_months is not None:
        order = _order(request, kind, when=Every(months=request.revaluation_months, lead_days=request.lead_days), reasons=reasons)
        yield Owed(Duty.of(order, memory=memory), (valued_on,), valued_on)
    if request.revaluation_is_due:
        order = _order(request, kind, when=Within(working_days=request.revaluation_working_days), reasons=reasons)
        yield Owed(Duty.of(order, memory=memory), (request.revaluation_since,), valued_on)


def _order(request: PlanRequest, kind: VisitKind, *, when: When, reasons: tuple[str, ...]) -> DutyOrder:
    return DutyOrder(USUAL_KINDS[kind], when, request.means_of(kind), reasons, request.on_site_officers)


def _answering(request: PlanRequest, found: OpenTrigger) -> DutyOrder:
    red_days = request.red_result_days if found.is_red else None
    kind, when = USUAL_KINDS[VisitKind.TRIGGERED], time_of(found.trigger.deadline)
    return DutyOrder(kind, when, found.means, found.reasons, request.on_site_officers, found.code, red_days)
