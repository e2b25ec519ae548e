"""Policies that plan visits in unusual ways, each made of the small one."""

from __future__ import annotations

import datetime as dt
from typing import Final

import attrs
from tests.policy.small_policy import LATE, POORER, PRACTICE, SEIZED, SIGNALS, THIN, VERY_LATE, rule, small_policy, small_rulebook, table

from revisit_policy import DayWindow, Deadline, Edition, Grade, Label, Measure, RevisitPolicy, Rulebook, Trigger, TurnaroundPart, VisitMethod, facts, unordered
from revisit_policy.decision.seats.conventions import Conventions
from revisit_policy.language.condition import ALWAYS
from revisit_policy.values.cn_notices import CHINA

BASE: Final = small_policy()
GRADE, SIGNALLED, METHOD = (BASE.graph.by_id[name].outcome for name in ("grade", "signals", "method"))
KIND: Final = facts.visit_kind


def part(days: int, *, is_contingent: bool = False, is_report: bool = False) -> TurnaroundPart:
    name = f"{'report' if is_report else 'step'} of {days}{' at most' * is_contingent}"
    return TurnaroundPart(Label(f"步骤{name}", name), days, is_contingent=is_contingent, is_report=is_report)


def by_order() -> RevisitPolicy:
    """The first rule for a method counts, and what is not known leaves it open; several reports belong to one visit."""
    reports = [part(days, is_report=True) for days in (1, 2, 4, 6)]
    steps = [part(3), part(-2), part(5, is_contingent=True), part(-1, is_contingent=True)]
    return BASE.with_table(
        table(
            "method", VisitMethod, "first",
            rule("video-if-poor", facts.credit_standing.is_in("poor") & KIND.is_in("periodic", "triggered"), VisitMethod.VIDEO),
            rule("look-if-thin", (facts.ltv_now >= "0.80") | (facts.income_change <= "-0.20"), VisitMethod.ON_SITE),
            rule("text-late", KIND.is_in("triggered") & SIGNALLED.includes(LATE, THIN), VisitMethod.SMS),
            rule("look-if-bad", KIND.is_in("periodic", "first") & ((GRADE >= Grade.DOUBTFUL) | facts.seized.is_true()), VisitMethod.ON_SITE),
            rule("text-if-thin", KIND.is_in("triggered") & (GRADE >= Grade.SUBSTANDARD) & facts.impaired.is_true(), VisitMethod.SMS),
            rule("call-first", KIND.is_in("first") | (GRADE >= Grade.SUBSTANDARD), VisitMethod.PHONE),
            otherwise=VisitMethod.PHONE,
        )
    ).with_table(
        table(
            "turnaround", unordered((*reports, *steps)), "every",
            rule("report-on-signal", KIND.is_in("triggered") & SIGNALLED.includes(SEIZED, POORER), reports[0]),
            rule("report-on-call", METHOD.is_in(VisitMethod.PHONE), reports[1]),
            rule("report-on-first", KIND.is_in("first", "revaluation"), reports[2]),
            rule("report-if-poor", facts.credit_standing.is_in("poor"), reports[3]),
            rule("step-on-site", METHOD >= VisitMethod.VIDEO, steps[0]),
            rule("quick-if-good", facts.credit_standing.is_in("excellent", "good"), steps[1]),
            rule("wait-if-poor", ~SIGNALLED.includes(LATE) & KIND.is_in("triggered", "periodic"), steps[2]),
            rule("less-if-thin", facts.ltv_now >= "0.80", steps[3]),
        )
    )  # fmt: skip


def by_month() -> RevisitPolicy:
    """Triggers within the month, two for one signal, one that waits; a first visit within days, an interval of a month."""
    asked = (
        Trigger("arrears", "yellow", Deadline(None, within_month=True)),
        Trigger("arrears", "orange", Deadline(8, within_month=True)),
        Trigger("arrears", "orange", Deadline(2)),
        Trigger("seizure", "red", Deadline(25)),
        Trigger("capacity", "yellow", Deadline(None)),
        Trigger("collateral_decline", "yellow", Deadline(1, within_month=True)),
    )
    raised = dict(zip(asked, (LATE, VERY_LATE, VERY_LATE, SEIZED, POORER, THIN), strict=True))
    triggers = table(
        "triggers", unordered(asked), "every",
        *(rule(f"trigger-{at}", SIGNALLED.includes(raised[trigger]), trigger) for at, trigger in enumerate(asked)),
        rule("trigger-unsignalled", facts.project_stalled.is_true(), asked[3]),
    )  # fmt: skip
    windows = (DayWindow(0, 0), DayWindow(5, 9))
    window = table("first_window", unordered(windows), "first", rule("at-once", facts.ltv_now >= "0.80", windows[0]), otherwise=windows[1])
    interval = table("interval", (12, 2, 1), "least", rule("monthly", facts.days_past_due > 0, 1), rule("thin", facts.ltv_now >= "0.80", 2), otherwise=12)
    figures = Conventions(periodic_lead_days=45, revaluation_months=1, revaluation_working_days=2, red_result_working_days=4, on_site_officers=3)
    policy = BASE.with_table(triggers).with_table(window).with_table(interval)
    return attrs.evolve(policy, conventions=figures)


def by_count() -> RevisitPolicy:
    """Signals that rest on alternatives, on counts of days of every sort, and on what an earlier table says."""
    days, valued, registrable = facts.days_past_due, facts.days_since_valuation, facts.days_since_registrable
    whens = (
        (days > 0) | (valued > 365),
        ((days >= 7) & (facts.technical_cause_proved.is_false() | (valued > 30))) | ((registrable > 90) & (days > 0)),
        (GRADE >= Grade.SUBSTANDARD) | (registrable >= 31) | facts.seized.is_true(),
        (facts.income_change <= "-0.20") & ((valued > 90) | facts.total_dsr.is_missing()),
        facts.ltv_now.is_missing() | (facts.ltv_now >= "0.80") | (facts.price_change_12m <= "-0.10"),
    )
    signals = table(
        "signals", unordered(SIGNALS), "every",
        *(rule(f"signal-{at}", when, signal) for at, (when, signal) in enumerate(zip(whens, SIGNALS, strict=True))),
        rule("signal-late-too", facts.project_stalled.is_true(), LATE),
        otherwise=(POORER,),
    )  # fmt: skip
    barred = table("barred", unordered(Measure), "every", rule("no-reminder", ALWAYS, Measure.REMIND))
    return BASE.with_table(signals).with_table(barred)


def by_edition() -> Rulebook:
    """Editions with figures, working days and means of their own."""
    old, new = small_rulebook().editions
    city = CHINA.overlay(edition="city", off=[(dt.date(2026, 11, 23), dt.date(2026, 12, 4)), (dt.date(2025, 2, 5), dt.date(2025, 2, 20))])
    earlier = attrs.evolve(by_order(), id="earlier", calendar=city, conventions=Conventions(horizon_months=3, revaluation_working_days=3))
    later = attrs.evolve(new.policy, conventions=Conventions(red_working_days=2, periodic_lead_days=10))
    return Rulebook(
        "switched",
        editions=(
            Edition(id="OLD", policy=earlier, since=old.since, until=old.until, source=PRACTICE, label=Label("旧", "old")),
            Edition(id="NEW", policy=later, since=new.since, stock_until="2028-12-31", source=PRACTICE, label=Label("新", "new")),
        ),
    )


POLICIES: Final = {
    "methods by order and several reports": by_order(),
    "deadlines within the month": by_month(),
    "signals that rest on counts": by_count(),
    "editions with figures of their own": by_edition(),
}
