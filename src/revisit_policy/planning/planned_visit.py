"""The visit that is made for an errand within a window."""

from __future__ import annotations

from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.outcomes.turnaround import Turnaround
from revisit_policy.outcomes.window import Window
from revisit_policy.planning.errand import Errand
from revisit_policy.planning.today import Today


def planned_visit(errand: Errand, window: Window, *, is_projection: bool, today: Today) -> Revisit:
    """The visit, with the days on which its result can be expected."""
    return Revisit(
        kind=errand.kind,
        window=window,
        method=errand.method,
        officers=errand.officers,
        checklist=errand.checklist,
        result_due=_result_due(errand, window, today=today),
        reasons=errand.reasons,
        serves=errand.serves,
        triggers=errand.triggers,
        is_projection=is_projection,
    )


def _result_due(errand: Errand, window: Window, *, today: Today) -> Turnaround:
    """The days of the result of a visit, which can be made from today on."""
    calendar = today.calendar
    earliest = calendar.after(max(window.opens, today.on), errand.usual_days)
    latest = calendar.after(window.closes, errand.longest_days)
    return Turnaround(
        earliest=earliest,
        expected=calendar.after(window.due, errand.usual_days),
        latest=latest,
        parts=errand.parts,
        basis=calendar.basis(earliest, latest),
    )
