"""A policy of few rules, one or two a table, and a loan to ask it about."""

from __future__ import annotations

from typing import Any, Final

import attrs

from revisit_policy import (
    BorrowerProfile,
    CaseFile,
    Citation,
    Collateral,
    Conventions,
    DayWindow,
    Deadline,
    Determination,
    Edition,
    Grade,
    Label,
    Level,
    Loan,
    MarketConditions,
    Measure,
    RevisitPolicy,
    Rule,
    Rulebook,
    Signal,
    Table,
    Trigger,
    TurnaroundPart,
    Visit,
    VisitMethod,
    cny,
    facts,
    unordered,
)
from revisit_policy.language.condition import ALWAYS
from revisit_policy.outcomes.checklist import Checklist
from revisit_policy.outcomes.measure_note import MeasureNote
from revisit_policy.outcomes.origination_finding import OriginationFinding
from revisit_policy.outcomes.revaluation_duty import RevaluationDuty
from revisit_policy.values.cn_notices import CHINA

PRACTICE: Final = Citation(document=Label("内部规定", "house rule"), standing="bank_practice")
LATE, VERY_LATE = Signal("arrears", level="yellow"), Signal("arrears", level="orange")
SEIZED, POORER, THIN = Signal("seizure", level="red"), Signal("capacity", level="yellow"), Signal("collateral_decline", level="yellow")
SIGNALS: Final = (LATE, VERY_LATE, SEIZED, POORER, THIN)


def rule(rule_id: str, when: Any, then: Any) -> Rule:
    return Rule(rule_id, when=when, then=then, because=Label("理由", f"the reason of {rule_id}"), source=PRACTICE)


def table(table_id: str, outcomes: Any, fold: str, *rules: Rule, otherwise: Any = None) -> Table:
    return Table(table_id, outcomes=outcomes, fold=fold, rules=rules, otherwise=otherwise, label=Label(f"表{table_id}", table_id.replace("_", " ")))


def case_tables() -> tuple[Table, ...]:
    days = facts.days_past_due
    grade = table(
        "grade", Grade, "worst",
        rule("overdue", days > 0, Grade.SPECIAL_MENTION),
        rule("overdue-90", days > 90, Grade.SUBSTANDARD),
        rule("impaired-half", facts.impaired.is_true() & (facts.ecl_ratio >= "0.50"), Grade.DOUBTFUL),
        otherwise=Grade.NORMAL,
    )
    signals = table(
        "signals", unordered(SIGNALS), "every",
        rule("signal-late", days > 0, LATE),
        rule("signal-very-late", (days > 30) & (facts.technical_cause_proved.is_false() | (days > 37)), VERY_LATE),
        rule("signal-seized", facts.seized.is_true(), SEIZED),
        rule("signal-poorer", facts.income_change <= "-0.20", POORER),
        rule("signal-thin", facts.ltv_now >= "0.80", THIN),
    )
    level = table(
        "level", Level, "worst",
        *(
            rule(f"level-{level.value}", signals.outcome.includes(*(s for s in SIGNALS if s.level is level)), level)
            for level in (Level.YELLOW, Level.ORANGE, Level.RED)
        ),
        otherwise=Level.NONE,
    )
    base = table("interval_base", (12, 6, 3), "first", rule("base-excellent", facts.credit_standing.is_in("excellent"), 12), otherwise=6)
    interval = table(
        "interval", (12, 6, 3), "least",
        rule("interval-base", ALWAYS, base.outcome),
        rule("cap-thin", facts.ltv_now >= "0.80", 3),
        otherwise=12,
    )
    triggers = {signal: Trigger(signal.code, signal.level, Deadline(days)) for signal, days in zip(SIGNALS, (5, 3, 1, 5, 10), strict=True)}
    return (
        table("difficulty", ("none", "strained"), "worst", rule("strained", days > 0, "strained"), otherwise="none"),
        grade,
        signals,
        level,
        base,
        interval,
        table("first_window", unordered((DayWindow(30, 90),)), "first", otherwise=DayWindow(30, 90)),
        table(
            "triggers", unordered(triggers.values()), "every",
            *(rule(f"trigger-{s.code.value.replace('_', '-')}-{s.level.value}", signals.outcome.includes(s), triggers[s]) for s in SIGNALS),
        ),
        table(
            "revaluation", RevaluationDuty, "worst",
            rule("valuation-old", facts.months_begun_since_valuation > 12, RevaluationDuty.DUE),
            rule("valuation-missing", facts.months_begun_since_valuation.is_missing(), RevaluationDuty.DUE),
            otherwise=RevaluationDuty.NOT_DUE,
        ),
        table(
            "measures", unordered(Measure), "every",
            rule("remind", days > 0, Measure.REMIND),
            rule("sue", grade.outcome >= Grade.SUBSTANDARD, Measure.LITIGATE),
            rule("sell", grade.outcome >= Grade.SUBSTANDARD, Measure.BULK_TRANSFER),
            otherwise=(Measure.MONITOR,),
        ),
        table("barred", unordered(Measure), "every", rule("no-bulk", ALWAYS, Measure.BULK_TRANSFER)),
        table("origination", unordered(OriginationFinding), "every", rule("term", facts.term_months > 360, OriginationFinding.TERM_TOO_LONG)),
        *visit_tables(signals, grade),
    )


def visit_tables(signals: Table, grade: Table) -> tuple[Table, ...]:
    method = table(
        "method", VisitMethod, "worst",
        rule("call", facts.visit_kind.is_in("first", "periodic", "triggered"), VisitMethod.PHONE),
        rule("look", facts.visit_kind.is_in("triggered") & signals.outcome.includes(SEIZED), VisitMethod.ON_SITE),
        otherwise=VisitMethod.OFF_SITE,
    )
    report = TurnaroundPart(Label("报告", "report"), 3, is_report=True)
    approval = TurnaroundPart(Label("审批", "approval"), 2)
    return method, table(
        "turnaround", unordered((report, approval)), "every",
        rule("report", ALWAYS, report),
        rule("approval", grade.outcome >= Grade.SUBSTANDARD, approval),
    )


FIGURES: Final = Conventions(
    periodic_lead_days=30,
    red_working_days=1,
    orange_working_days=3,
    yellow_working_days=5,
    red_result_working_days=1,
    revaluation_months=12,
    revaluation_working_days=10,
    on_site_officers=2,
)

WORDS: Final[dict[str, Any]] = {
    "measure_notes": (
        MeasureNote("remind", owner="collection_centre"),
        MeasureNote("litigate", owner="legal_counsel", precondition=("已催告", "a demand was made"), sources=(PRACTICE,)),
        MeasureNote("monitor", owner="account_manager", warning=("勿忘", "do not forget"), sources=(PRACTICE,)),
    ),
    "checklists": (
        Checklist("first", [Label("核实用途", "verify the use")]),
        Checklist("periodic", [Label("核实收入", "verify the income"), Label("核实房屋", "verify the home")]),
        Checklist("triggered", [Label("核实原因", "verify the cause")]),
    ),
    "calendar": CHINA,
    "conventions": FIGURES,
}


def small_policy(policy_id: str = "small", **changes: Any) -> RevisitPolicy:
    return RevisitPolicy(policy_id, version="1", label=Label("小政策", "small policy"), tables=case_tables(), **WORDS | changes)


def small_rulebook() -> Rulebook:
    """An edition until mid-2023 in which nothing is graded doubtful, then the small policy; old loans pass by 2025."""
    old = small_policy("small-old").without("overdue-90")
    return Rulebook(
        "small",
        editions=(
            Edition(id="OLD", policy=old, since="2010-01-01", until="2023-07-01", source=PRACTICE, label=Label("旧", "old")),
            Edition(id="NEW", policy=small_policy(), since="2023-07-01", stock_until="2025-12-31", source=PRACTICE, label=Label("新", "new")),
        ),
    )


LOAN: Final = Loan(
    "L-1", product="first_home", principal=cny(1_000_000), balance=cny(700_000), annual_rate="0.0335", repayment="level_payment",
    disbursed_on="2024-03-15", term_months=360, days_past_due=0,
)


CASE: Final = CaseFile(
    loan=LOAN,
    borrower=BorrowerProfile("B-1", credit_standing="good", monthly_income=cny(20_000), income_at_last_review=cny(20_000), reviewed_on="2026-01-20"),
    collateral=Collateral(value=cny(1_400_000), valued_on="2026-03-02"),
    market=MarketConditions(),
    visits=(
        Visit(kind="first", method="on_site", completed_on="2024-05-20", finding="satisfactory"),
        Visit(kind="periodic", method="phone", completed_on="2026-03-09", finding="satisfactory"),
    ),
)


def case_with(case: CaseFile = CASE, *, events: Any = (), determined: Any = "unclassified", **changes: Any) -> CaseFile:
    """The case with fields of its loan, borrower or collateral changed, wherever they are."""
    parts: dict[str, Any] = {"events": tuple(events), "determination": Determination(determined)}
    for name in ("loan", "borrower", "collateral"):
        part = getattr(case, name)
        own = {field: changes.pop(field) for field in list(changes) if field in {known.name for known in attrs.fields(type(part))}}
        parts[name] = attrs.evolve(part, **own)
    return attrs.evolve(case, **parts, **changes)
