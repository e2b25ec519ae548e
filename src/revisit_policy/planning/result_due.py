"""When the result of a planned visit is due."""

from __future__ import annotations

from functools import lru_cache

from revisit_policy.outcomes.signal import Level
from revisit_policy.outcomes.turnaround import Turnaround, TurnaroundPart
from revisit_policy.outcomes.window import Window
from revisit_policy.planning.obligation import Obligation
from revisit_policy.planning.plan_days import PlanDays
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.values.labels import Label

_RED_REPORT = Label("红色预警报告", "report on a red signal")


def result_due(served: list[Obligation], *, window: Window, request: PlanRequest, days: PlanDays) -> Turnaround:
    """The days on which the result of the visit can be expected, at least one working day after it.

    If the visit answers a red signal, the report on that is all that is waited for.

    Args:
        served: The obligations the visit meets.
        window: When it is made.
        request: What the plan is made from.
        days: Its days.
    """
    parts = _red_report(request.red_result_days) if _answers_red(served) else _parts(served)
    usual = max(1, sum(part.working_days for part in parts if not part.is_contingent))
    longest = max(usual, sum(part.working_days for part in parts))
    earliest = days.after(max(window.opens, request.on), usual)
    latest = days.after(window.closes, longest)
    return Turnaround(
        earliest=earliest,
        expected=days.after(window.due, usual),
        latest=latest,
        parts=parts,
        basis=days.basis(earliest, latest),
    )


def _answers_red(served: list[Obligation]) -> bool:
    return any(obligation.trigger is not None and obligation.trigger.level is Level.RED for obligation in served)


@lru_cache
def _red_report(working_days: int) -> tuple[TurnaroundPart, ...]:
    return (TurnaroundPart(_RED_REPORT, working_days, is_report=True),)


def _parts(served: list[Obligation]) -> tuple[TurnaroundPart, ...]:
    """What the most thorough of the obligations takes, then what the others add; a visit has one report."""
    leading = max(served, key=lambda obligation: obligation.method).means.parts
    if len(served) == 1:
        return leading
    others = (part for obligation in served for part in obligation.means.parts if not part.is_report)
    return tuple(dict.fromkeys((*leading, *others)))
