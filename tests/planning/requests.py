"""Requests for a plan that differ from an ordinary loan only in what a test says."""

from __future__ import annotations

from typing import Any

import attrs

from revisit_policy.outcomes.day_window import DayWindow
from revisit_policy.outcomes.deadline import Deadline
from revisit_policy.outcomes.trigger import Trigger
from revisit_policy.outcomes.turnaround import TurnaroundPart
from revisit_policy.outcomes.visit import VisitKind, VisitMethod
from revisit_policy.planning.last_visits import LastVisits
from revisit_policy.planning.means import Means
from revisit_policy.planning.open_trigger import OpenTrigger
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.values.cn_notices import CHINA
from revisit_policy.values.dates import Date, add_months, to_date
from revisit_policy.values.labels import Label

CALL = TurnaroundPart(Label("联系", "contact"), 1)
CALL_REPORT = TurnaroundPart(Label("电话回访报告", "report of a call"), 2, is_report=True)
SECOND_CALL = TurnaroundPart(Label("再次联系", "another attempt"), 1, is_contingent=True)
VISIT_REPORT = TurnaroundPart(Label("现场回访报告", "report of a visit on site"), 7, is_report=True)
VALUATION = TurnaroundPart(Label("估值", "valuation"), 3)

BY_PHONE = Means(method=VisitMethod.PHONE, parts=(CALL, CALL_REPORT, SECOND_CALL), reasons=("by-phone",), checklist=(Label("收入", "income"),))
ON_SITE = Means(method=VisitMethod.ON_SITE, officers=2, parts=(VISIT_REPORT,), reasons=("on-site",), checklist=(Label("押品", "the home"),))
OFF_SITE = Means(method=VisitMethod.OFF_SITE, parts=(VALUATION,), reasons=("off-site",), checklist=(Label("价值", "value"),))
MEANS = {VisitKind.FIRST: BY_PHONE, VisitKind.PERIODIC: BY_PHONE, VisitKind.TRIGGERED: BY_PHONE, VisitKind.REVALUATION: OFF_SITE}


def request(*, on: str | Date, disbursed_on: str | Date = "2024-03-15", **changes: Any) -> PlanRequest:
    """A loan over thirty years that nobody has visited, looked at for two years, with half-yearly visits and no valuation."""
    day, disbursed = to_date(on), to_date(disbursed_on)
    for name in ("until", "matures_on", "valued_on", "revaluation_since"):
        if name in changes and changes[name] is not None:
            changes[name] = to_date(changes[name])
    fields = {
        "on": day,
        "until": add_months(day, 24),
        "calendar": CHINA,
        "lead_days": 30,
        "disbursed_on": disbursed,
        "matures_on": add_months(disbursed, 360),
        "first_window": DayWindow(30, 90),
        "first_reasons": ("first-visit",),
        "interval_months": 6,
        "interval_reasons": ("half-yearly",),
        "revaluation_months": 12,
        "revaluation_working_days": 10,
        "revaluation_reasons": ("yearly-valuation",),
        "means": MEANS,
        "red_result_days": 1,
        "on_site_officers": 2,
    }
    return PlanRequest(**{**fields, **changes})


def trigger(
    code: str = "arrears",
    level: str = "yellow",
    *,
    since: str | Date | None,
    days: int | None = 5,
    within_month: bool = False,
    method: VisitMethod = VisitMethod.PHONE,
) -> OpenTrigger:
    """A trigger set off by the rule named after its signal."""
    began = None if since is None else to_date(since)
    return OpenTrigger(
        trigger=Trigger(code, level, Deadline(days, within_month=within_month)),
        since=began,
        means=attrs.evolve(BY_PHONE, method=method),
        reasons=(f"{code}-trigger",),
    )


def visited(**days: str | Date) -> LastVisits:
    """The last visits, by kind and method; a thorough one counts for every lesser method, a kind alone for none."""
    kinds = tuple((kind, to_date(days[kind.value])) for kind in VisitKind if kind.value in days)
    return LastVisits(kinds=kinds, methods=tuple((method, to_date(days[method.value])) for method in VisitMethod if method.value in days))


def first_visited(day: str | Date, method: VisitMethod = VisitMethod.PHONE, **later: str | Date) -> LastVisits:
    """The first visit made on *day* by *method*, and since then those made *later*, by kind and method."""
    names = ["first", *(lesser.value for lesser in VisitMethod if lesser <= method)]
    return visited(**dict.fromkeys(names, day) | later)
