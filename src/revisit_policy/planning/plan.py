"""Planning: which visits a loan requires, in the order in which they close."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.outcomes.schedule import RevisitSchedule
from revisit_policy.planning.agenda import Agenda
from revisit_policy.planning.desk import by_whom, desk_duties
from revisit_policy.planning.duties.owing import Owing
from revisit_policy.planning.duties.pending import Joint, Pending, deadline_of, joined
from revisit_policy.planning.duty import Owed
from revisit_policy.planning.plan_memory import PlanMemory
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.planning.today import Today
from revisit_policy.planning.usual_duties import agenda_of
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Label, Labelled
from revisit_policy.values.unchecked import unchecked

_schedule = unchecked(RevisitSchedule)


def plan(request: PlanRequest | Agenda, *, memory: PlanMemory | None = None) -> RevisitSchedule:
    """The visits from the day of the request to its horizon.

    Duties are met by earliest closing: the next visit closes with the first of them and meets all that may share it and are open by
    then, which takes the fewest visits for windows that stay where they are. What recurs goes on from there: each later
    time is a projection, counted from the closing of the one before. What a desk serves stands apart: each by itself, and the next time alone.

    Args:
        request: What the plan is made from: the usual duties in figures, or whatever is owed.
        memory: What is remembered from one plan to the next, for whoever makes many; nothing if ``None``. It changes no plan.

    Returns:
        The schedule; empty if nothing is owed. An overdue visit stands in it even if it can only be made after the
        horizon, because its deadline has passed. The next visit does not depend on the horizon.

    Examples:
        >>> from revisit_policy.outcomes.day_window import DayWindow
        >>> from revisit_policy.outcomes.visit import VisitKind, VisitMethod
        >>> from revisit_policy.planning.means import Means
        >>> from revisit_policy.values.dates import Date
        >>> from revisit_policy.values.cn_notices import CHINA
        >>> found = plan(
        ...     PlanRequest(
        ...         on=Date(2025, 1, 20),
        ...         until=Date(2026, 1, 20),
        ...         calendar=CHINA,
        ...         lead_days=30,
        ...         disbursed_on=Date(2025, 1, 15),
        ...         matures_on=Date(2055, 1, 15),
        ...         first_window=DayWindow(30, 90),
        ...         interval_months=6,
        ...         revaluation_months=12,
        ...         revaluation_working_days=10,
        ...         means=dict.fromkeys(VisitKind, Means(method=VisitMethod.PHONE)),
        ...         red_result_days=1,
        ...         on_site_officers=2,
        ...     )
        ... )
        >>> for visit in found.all:
        ...     print(visit.kind.value, visit.window.opens, visit.window.due, visit.window.closes, visit.is_projection)
        first 2025-02-14 2025-03-14 2025-04-15 False
        periodic 2025-09-15 2025-09-30 2025-10-15 True
    """
    remembered = PlanMemory() if memory is None else memory
    agenda = request if isinstance(request, Agenda) else agenda_of(request, memory=remembered)
    return planned(Owing(agenda, Today.of(agenda.on, agenda.calendar, memory=remembered)), gaps=agenda.gaps)


def planned(owing: Owing, *, gaps: tuple[Label, ...]) -> RevisitSchedule:
    """The visits of what a loan is *owing*, whose next is to look after these *gaps*; see `plan`."""
    agenda = owing.agenda
    if agenda.is_settled:
        return RevisitSchedule(on=agenda.on, until=agenda.until)
    visited, desk = by_whom(owing.pending())
    visits = _visits(owing, visited, gaps=gaps)
    # what has been missed closes on the first working day there is, before all else
    missed = len([visit for visit in visits if visit.window.missed_on is not None])
    late, duties = desk_duties(desk, until=agenda.until, memory=owing.today.memory) if desk else ((), ())
    return _schedule(
        on=agenda.on, until=agenda.until, revisits=tuple(visits[missed:]), overdue=tuple(visits[:missed]), duties=duties, late_duties=late
    )


def next_visit(owing: Owing, *, gaps: tuple[Label, ...]) -> Revisit | None:
    """Of what `planned` plans the next visit alone, nothing being planned that comes after it."""
    agenda = owing.agenda
    ahead = [] if agenda.is_settled else sorted(owing.pending_visits(), key=deadline_of)
    if not ahead or _is_beyond(ahead[0], agenda.until):
        return None
    served, _ = _shared(tuple(ahead))
    return _informed(joined(served, today=owing.today), owing=owing, gaps=gaps)


def _is_beyond(first: Pending, until: Date) -> bool:
    """Whether the first of all that is pending closes after the horizon, its deadline not having passed."""
    return first.window.closes > until and first.window.missed_on is None


def _visits(owing: Owing, pending: list[Pending], *, gaps: tuple[Label, ...]) -> list[Revisit]:
    made = _made(tuple(sorted(pending, key=deadline_of)), owing)
    return [each.visit if at else _informed(each, owing=owing, gaps=gaps) for at, each in enumerate(made)]


def _made(ahead: tuple[Pending, ...], owing: Owing) -> tuple[Joint, ...]:
    """The visits one after the other: loans that owe the same on the same days are visited alike, until one of them matures."""
    memory, agenda = owing.today.memory.courses, owing.agenda
    if owing.slate.is_met_in_passing:  # the first visit may meet more than what is pending
        return tuple(_step_by_step(ahead, owing))
    key = (agenda.until, owing.recurring, *ahead)
    found = memory.kept.get(key) or memory.find(key)
    if found is not None and found[0] <= agenda.matures_on and agenda.disbursed_on <= found[1].window.closes:
        return cast("tuple[Joint, ...]", found[1:])
    made = tuple(_step_by_step(ahead, owing))
    if made and owing.recurring and agenda.disbursed_on <= made[0].window.closes:
        ends = owing.ends_after(max([each.window.closes for each in made]))
        if ends <= agenda.matures_on:
            memory.keep(key, (ends, *made))
    return made


def _step_by_step(ahead: tuple[Pending, ...], owing: Owing) -> Iterator[Joint]:
    """Each visit meets what closes first, and all that may share it; what it meets begins anew."""
    until, is_next = owing.agenda.until, True
    while ahead:
        if _is_beyond(ahead[0], until):
            break
        served, others = _shared(ahead)
        made = joined(served, today=owing.today)
        also = _waiting_kinds(owing.waiting(made.errand)) if is_next and made.errand.visits_borrower else ()
        ahead, is_next = tuple(sorted(owing.after(made, others=others, also=also), key=deadline_of)), False
        yield made


def _waiting_kinds(waiting: tuple[Owed, ...]) -> tuple[Labelled, ...]:
    """The kinds of what waits for a visit without a signal that asks for it."""
    return tuple([owed.duty.kind.kind for owed in waiting if not owed.duty.errand.triggers])


def _informed(made: Joint, *, owing: Owing, gaps: tuple[Label, ...]) -> Revisit:
    """The visit that is *made*, which looks after what is not known and what can wait as the next visit."""
    errand, today = made.errand, owing.today
    waiting = owing.waiting(errand) if owing.slate.waiting and errand.visits_borrower else ()
    if not gaps and not waiting:
        return made.visit
    codes = tuple(code for owed in waiting for code in owed.duty.errand.triggers)
    return made.about(errand.also_about(gaps, codes, kinds=_waiting_kinds(waiting), memory=today.memory), today=today)


def _shared(pending: tuple[Pending, ...]) -> tuple[list[Pending], list[Pending]]:
    """What is met together with the first of all that is *pending*, and the others."""
    first = pending[0]
    served, others = [first], list[Pending]()
    for each in pending[1:]:
        (served if goes_with(each, first) else others).append(each)
    return served, others


def goes_with(other: Pending, first: Pending) -> bool:
    """Whether the visit that meets the *first* of all that is pending meets the *other*, too."""
    return first.duty.kind.joins and other.duty.kind.joins and other.window.opens <= first.window.closes
