"""The visit that is made for what is pending."""

from __future__ import annotations

import attrs

from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.outcomes.turnaround import Turnaround
from revisit_policy.outcomes.window import Window
from revisit_policy.planning.duties.owing import Owing
from revisit_policy.planning.duties.pending import Joint
from revisit_policy.planning.errand import Errand
from revisit_policy.planning.plan_calendar import PlanCalendar
from revisit_policy.planning.today import Today
from revisit_policy.values.dates import Date


def planned_visit(made: Joint, today: Today) -> Revisit:
    """The visit that is *made*, with the days on which its result can be expected.

    Most visits of a book are those of other loans, planned for the same reasons and days.
    """
    errand, window, calendar = made.errand, made.window, today.calendar
    first_day = max(window.opens, today.on)
    key = (errand, window, first_day, made.is_projection, calendar.token)
    found: Revisit | None = today.memory.visits.find(key)
    if found is None:
        result = _result_due(errand, window, first_day=first_day, calendar=calendar)
        found = today.memory.visits.keep(key, _visit(made, result))
    return found


def informed(made: Joint, *, owing: Owing, today: Today) -> Joint:
    """What is *made*, which looks after what is not known and what can wait as the next visit."""
    errand, gaps = made.errand, owing.agenda.gaps
    waiting = tuple(owing.waiting(errand)) if errand.visits_borrower else ()
    if not gaps and not waiting:
        return made
    codes = tuple(code for owed in waiting for code in owed.duty.errand.triggers)
    kinds = tuple(owed.duty.kind.kind for owed in waiting if not owed.duty.errand.triggers)
    return attrs.evolve(made, errand=errand.also_about(gaps, codes, kinds=kinds, memory=today.memory))


def _visit(made: Joint, result: Turnaround) -> Revisit:
    errand = made.errand
    return Revisit(
        kind=errand.kind,
        window=made.window,
        method=errand.method,
        officers=errand.officers,
        checklist=errand.checklist,
        result_due=result,
        reasons=errand.reasons,
        serves=errand.serves,
        triggers=errand.triggers,
        is_projection=made.is_projection,
    )


def _result_due(errand: Errand, window: Window, *, first_day: Date, calendar: PlanCalendar) -> Turnaround:
    """The days of the result of a visit that can be made from *first_day* on."""
    earliest = calendar.after(first_day, errand.usual_days)
    latest = calendar.after(window.closes, errand.longest_days)
    return Turnaround(
        earliest=earliest,
        expected=calendar.after(window.due, errand.usual_days),
        latest=latest,
        parts=errand.parts,
        basis=calendar.basis(earliest, latest),
    )
