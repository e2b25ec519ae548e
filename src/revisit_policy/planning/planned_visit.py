"""The visit that is made for an errand within a window."""

from __future__ import annotations

from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.outcomes.window import Window
from revisit_policy.planning.errand import Errand
from revisit_policy.planning.results.result_days import result_to_come
from revisit_policy.planning.today import Today
from revisit_policy.values.unchecked import unchecked

_revisit = unchecked(Revisit)


def planned_visit(errand: Errand, window: Window, *, is_projection: bool, today: Today) -> Revisit:
    """The visit, with the days on which its result can be expected."""
    days = (max(window.opens, today.on), window.due, window.closes)
    return _revisit(
        kind=errand.kind,
        window=window,
        method=errand.method,
        officers=errand.officers,
        checklist=errand.checklist,
        result=result_to_come(errand.layout, days, calendar=today.calendar, run_months=errand.run_months),
        reasons=errand.stated,
        serves=errand.serves,
        triggers=errand.triggers,
        is_projection=is_projection,
    )
