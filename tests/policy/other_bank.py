"""Another bank's policy: what it owes is of its own kinds, by its own cadences, at a desk and on the road."""

from __future__ import annotations

from typing import Any, Final

from tests.policy.small_policy import case_with, rule, small_policy, table

from revisit_policy import (
    Between,
    CaseFile,
    Every,
    Fact,
    Grade,
    Label,
    Obligation,
    RevisitPolicy,
    Signal,
    TurnaroundPart,
    Visit,
    VisitMethod,
    Vocabulary,
    Within,
    facts,
    unordered,
)
from revisit_policy.casefile import own_fact
from revisit_policy.language.condition import ALWAYS
from revisit_policy.language.derivation import DaysSince, Field
from revisit_policy.language.domains.days import Days
from revisit_policy.outcomes import Checklist, ObligationKind
from revisit_policy.values.labels import Labelled


class Work(Labelled):
    """What this bank does about a loan."""

    SEEN = "seen", "上门回访", "visit on site"
    CHECKED = "checked", "非现场检查", "check off site"
    AGREED = "agreed", "约定回访", "agreed visit"
    SOURCE = "source", "核实还款来源", "check of the source of repayment"
    INSPECTED = "inspected", "查看空置房屋", "inspection of an empty home"


class Matter(Labelled):
    """What its warnings are about."""

    LATE = "late", "迟付", "late payment"


LATE: Final = Signal(Matter.LATE, level="orange")
AGREED_ON: Final = own_fact("agreed_on", Days(), Label("约定日", "agreed day"))
TO_GO: Final = Fact.count(
    "days_since_maturity", low=-36_500, high=36_500, label=Label("到期后天数", "days since maturity"), derived=DaysSince(Field("loan.matures_on"))
)
WORDS: Final = Vocabulary(
    grades=Grade,
    signals=Matter,
    kinds=[
        ObligationKind(Work.SEEN),
        ObligationKind(Work.CHECKED, order=1, restarts=[Work.SEEN]),
        ObligationKind(Work.AGREED, order=2, joins=False),
        ObligationKind(Work.SOURCE, at_maturity="cut"),
        ObligationKind(Work.INSPECTED, order=3),
    ],
    checklists=[Checklist(Work.SOURCE, [Label("还款资金来源", "where the money comes from")])],
)
KIND: Final = WORDS.visit_kind

OWED: Final = (
    rule("see-yearly", ALWAYS, Obligation(Work.SEEN, Every(months=12, lead_days=30), since=facts.disbursed_on)),
    rule("check-half-yearly", ALWAYS, Obligation(Work.CHECKED, Every(months=6, lead_days=30), since=facts.disbursed_on)),
    rule("as-agreed", AGREED_ON >= "2020-01-01", Obligation(Work.AGREED, Between(0, 7), since=AGREED_ON)),
    rule("source-before-maturity", TO_GO >= -90, Obligation(Work.SOURCE, Within(days=60))),
    rule("inspect-late", facts.days_past_due > 45, Obligation(Work.INSPECTED, Within(days=15), since=LATE)),
    rule("inspect-again", facts.days_past_due > 45, Obligation(Work.INSPECTED, Every(days=(20, 35)), since=LATE)),
)


def other_bank() -> RevisitPolicy:
    """The policy, of five tables."""
    report = TurnaroundPart(Label("报告", "report"), 3, is_report=True)
    return RevisitPolicy(
        "other",
        version="1",
        label=Label("他行政策", "another bank's policy"),
        vocabulary=WORDS,
        calendar=small_policy().calendar,
        tables=(
            table("grade", Grade, "worst", rule("late", facts.days_past_due > 90, Grade.SUBSTANDARD), otherwise=Grade.NORMAL),
            table("signals", unordered((LATE,)), "every", rule("is-late", facts.days_past_due > 15, LATE)),
            table("obligations", unordered(dict.fromkeys(each.then for each in OWED)), "every", *OWED),
            table("method", VisitMethod, "worst", rule("go", KIND.is_in(Work.SEEN, Work.INSPECTED), VisitMethod.ON_SITE), otherwise=VisitMethod.PHONE),
            table("turnaround", unordered((report,)), "every", rule("report", ALWAYS, report)),
        ),
    )


def seen(day: str, *, kind: Work = Work.SEEN, method: str = "on_site") -> Visit:
    """A visit that was made."""
    return Visit(kind=kind, method=method, completed_on=day, finding="satisfactory")


def case(*visits: Visit, **fields: Any) -> CaseFile:
    """A loan with these *visits*."""
    return case_with(visits=visits, **fields)
