"""A bank that shares no word with ours: ten grades, its own warnings, measures, visits and currency."""

from __future__ import annotations

from typing import Any, Final

import attrs
from tests.policy.small_policy import rule, table

from revisit_policy import (
    BorrowerProfile,
    CaseFile,
    Collateral,
    Conventions,
    Deadline,
    Event,
    Label,
    Loan,
    MethodNote,
    Money,
    RevisitPolicy,
    Signal,
    Trigger,
    TurnaroundPart,
    Visit,
    Vocabulary,
    facts,
    unordered,
)  # fmt: skip
from revisit_policy.language.condition import ALWAYS
from revisit_policy.outcomes import Checklist, MeasureNote, ObligationKind
from revisit_policy.values.cn_notices import CHINA
from revisit_policy.values.labels import Labelled, OrderedLabelled


class Band(OrderedLabelled):
    """Three bands of risk."""

    GOOD = "good", "好", "good"
    FAIR = "fair", "中", "fair"
    POOR = "poor", "差", "poor"


class Rank(OrderedLabelled):
    """Ten ranks, each in one of the bands."""

    R1 = "r1", "一等", "rank 1"
    R2 = "r2", "二等", "rank 2"
    R3 = "r3", "三等", "rank 3"
    R4 = "r4", "四等", "rank 4"
    R5 = "r5", "五等", "rank 5"
    R6 = "r6", "六等", "rank 6"
    R7 = "r7", "七等", "rank 7"
    R8 = "r8", "八等", "rank 8"
    R9 = "r9", "九等", "rank 9"
    R10 = "r10", "十等", "rank 10"

    @property
    def coarser(self) -> Band:
        """The band that the rank lies in."""
        return tuple(Band)[min(self.severity // 4, 2)]


class Alarm(OrderedLabelled):
    """How loud."""

    SILENT = "silent", "无", "silent"
    SOFT = "soft", "轻", "soft"
    LOUD = "loud", "响", "loud"


class Topic(Labelled):
    """What about."""

    LATE = "late", "迟付", "late payment"
    UNINSURED = "uninsured", "保险失效", "insurance lapsed"
    EMPTY = "empty", "空置", "home stands empty"


class Step(Labelled):
    """What is done."""

    WRITE = "write", "发函", "write a letter"
    INSURE = "insure", "代投保险", "insure on the borrower's behalf"
    AUCTION = "auction", "拍卖", "auction the home"


class Reason(Labelled):
    """Why somebody calls."""

    INSPECTION = "inspection", "房屋检查", "property inspection"
    LIVE_CONTACT = "phone", "联系借款人", "live contact"  # of the code of one of our methods


class Way(OrderedLabelled):
    """By which means."""

    DRIVE_BY = "drive_by", "驾车查看", "drive-by"
    EXTERIOR = "exterior", "外部查看", "exterior inspection"
    INTERIOR = "interior", "入户查看", "interior inspection"


class Owner(Labelled):
    """Who does it."""

    SERVICER = "servicer", "服务商", "servicer"


LATE, VERY_LATE, BARE = Signal(Topic.LATE, level=Alarm.SOFT), Signal(Topic.LATE, level=Alarm.LOUD), Signal(Topic.UNINSURED, level=Alarm.LOUD)

VOCABULARY: Final = Vocabulary(
    grades=Rank,
    levels=Alarm,
    signals=Topic,
    measures=[MeasureNote(Step.WRITE, owner=Owner.SERVICER), Step.INSURE, Step.AUCTION],
    kinds=[ObligationKind(Reason.INSPECTION), Reason.LIVE_CONTACT],
    methods=[MethodNote(Way.DRIVE_BY, hours="0.5"), MethodNote(Way.EXTERIOR, hours=1), MethodNote(Way.INTERIOR, hours=2, officers=2)],
    checklists=[Checklist(Reason.INSPECTION, [Label("有无人居住", "is anybody living there")])],
    currency="JPY",
)


def yen(amount: int) -> Money:
    """An amount of yen, which have no minor unit."""
    return Money(amount, "JPY")


def own_tables() -> tuple[Any, ...]:
    """Tables that say nothing in our words."""
    days = facts.days_past_due
    worse = zip(range(0, 270, 30), tuple(Rank)[1:], strict=True)
    grade = table("grade", Rank, "worst", *(rule(f"over-{limit}", days > limit, rank) for limit, rank in worse), otherwise=Rank.R1)
    signals = table(
        "signals", unordered((VERY_LATE, LATE, BARE)), "every",
        rule("late", days > 0, LATE), rule("very-late", days > 60, VERY_LATE), rule("bare", facts.collateral_damaged.is_true(), BARE),
    )
    return (
        grade,
        signals,
        table(
            "measures", unordered(Step), "every",
            rule("write", days > 0, Step.WRITE),
            rule("auction", grade.outcome >= Band.POOR, Step.AUCTION),
            rule("insure", signals.outcome.includes(BARE), Step.INSURE),
        ),
        table("barred", unordered((Step.AUCTION, Step.INSURE)), "every", rule("not-yet", grade.outcome <= Rank.R9, Step.AUCTION)),
    )  # fmt: skip


def own_policy(**changes: Any) -> RevisitPolicy:
    """A policy of those tables."""
    given: dict[str, Any] = {"vocabulary": VOCABULARY, "calendar": CHINA, "tables": own_tables()} | changes
    return RevisitPolicy("own", version="1", label=Label("自有政策", "a policy of its own"), **given)


def mixed_policy(**changes: Any) -> RevisitPolicy:
    """The same, with visits that signals trigger by its own methods, of the kinds of ours."""
    tables = list(own_tables())
    late, loud = Trigger(Topic.LATE, Alarm.SOFT, Deadline(5)), Trigger(Topic.LATE, Alarm.LOUD, Deadline(3))
    kind = Vocabulary().visit_kind
    signals = tables[1]
    tables += [
        table(
            "triggers", unordered((loud, late)), "every",
            rule("see", signals.outcome.includes(LATE), late), rule("see-soon", signals.outcome.includes(VERY_LATE), loud),
        ),
        table("interval", (12, 6), "least", rule("half", tables[0].outcome >= Band.FAIR, 6), otherwise=12),
        table(
            "method", Way, "worst",
            rule("go-in", kind.is_in("triggered") & signals.outcome.includes(VERY_LATE), Way.INTERIOR), otherwise=Way.DRIVE_BY,
        ),
        table("turnaround", unordered((REPORT,)), "every", rule("report", ALWAYS, REPORT)),
    ]

    words = attrs.evolve(VOCABULARY, kinds=(), checklists=())
    return own_policy(**{"tables": tuple(tables), "vocabulary": words, "conventions": Conventions(periodic_lead_days=30, red_result_working_days=2)} | changes)


REPORT: Final = TurnaroundPart(Label("报告", "report"), 3, is_report=True)

CASE: Final = CaseFile(
    loan=Loan(
        "T-1", product="first_home", principal=yen(35_000_000), balance=yen(30_000_000), annual_rate="0.0115", repayment="level_payment",
        disbursed_on="2024-03-15", term_months=360, days_past_due=75,
    ),
    borrower=BorrowerProfile("B-1"),
    collateral=Collateral(value=yen(40_000_000), valued_on="2026-03-02"),
    visits=(
        Visit(kind=Reason.INSPECTION, method=Way.INTERIOR, completed_on="2024-05-20", finding="satisfactory"),
        Visit(kind=Reason.LIVE_CONTACT, method=Way.DRIVE_BY, completed_on="2026-03-09", finding="satisfactory"),
    ),
    events=(Event(Topic.UNINSURED, since="2026-05-04"),),
)  # fmt: skip
