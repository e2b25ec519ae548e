"""Turnaround: the steps between a visit and its result, in working days. No bank publishes such figures: all are our proposal."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from revisit_policy.casefile import facts
from revisit_policy.casefile.borrower import CreditStanding
from revisit_policy.language.condition import Condition
from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Fold
from revisit_policy.language.rule import Rule
from revisit_policy.language.scale import unordered
from revisit_policy.language.table import Table
from revisit_policy.outcomes.grade import Grade
from revisit_policy.outcomes.signal import SignalCode
from revisit_policy.outcomes.turnaround import TurnaroundPart
from revisit_policy.outcomes.visit import VisitKind, VisitMethod
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.signals import raised
from revisit_policy.rulebooks.cn_housing.sources import PROPOSAL
from revisit_policy.values.labels import Label


@attrs.frozen(kw_only=True)
class Step:
    """One step with what calls for it."""

    id: str
    part: TurnaroundPart
    when: Condition
    because: Label


def table(p: Parameters, *, signals: Fact, grade: Fact, method: Fact) -> Table:
    """The steps that this visit needs; those marked contingent only if something happens on the way."""
    steps = (*_reports(p, method), *_contact(p, method), *_valuation(p), *_afterwards(p, signals=signals, grade=grade))
    return Table(
        "turnaround",
        label=Label("结果时限", "time to the result"),
        outcomes=unordered(step.part for step in steps),
        fold=Fold.EVERY,
        rules=tuple(Rule(f"turnaround-{step.id}", when=step.when, then=step.part, because=step.because, source=PROPOSAL) for step in steps),
    )


def _reports(p: Parameters, method: Fact) -> Iterator[Step]:
    days_by = {
        VisitMethod.OFF_SITE: p.off_site_days,
        VisitMethod.SMS: p.sms_days,
        VisitMethod.PHONE: p.phone_days,
        VisitMethod.VIDEO: p.video_days,
        VisitMethod.ON_SITE: p.on_site_days,
    }
    for means, days in days_by.items():
        name = Label(f"核实并报告（{means.labels.zh}）", f"verification and report ({means.labels.en})")
        yield Step(
            id=f"report-{means.value.replace('_', '-')}",
            part=TurnaroundPart(name, days, is_report=True),
            when=method.is_in(means),
            because=Label("报告时限随回访方式而定", "the method sets the time of the report"),
        )


def _contact(p: Parameters, method: Fact) -> tuple[Step, ...]:
    retry = TurnaroundPart(Label("再次联系", "further contact attempts"), p.phone_retry_days, is_contingent=True)
    no_reply = TurnaroundPart(Label("未回复转电话", "no reply, then a call"), p.sms_no_reply_days, is_contingent=True)
    return (
        Step(id="contact", part=retry, when=method.is_in(VisitMethod.PHONE), because=Label("每次未接通加一天", "a day for each call not answered")),
        Step(id="no-reply", part=no_reply, when=method.is_in(VisitMethod.SMS), because=Label("未回复则改为电话", "a message not answered becomes a call")),
    )


def _valuation(p: Parameters) -> tuple[Step, ...]:
    valued = facts.visit_kind.is_in(VisitKind.REVALUATION)
    inside = TurnaroundPart(Label("内部评估", "internal valuation"), p.internal_valuation_days)
    outside = TurnaroundPart(Label("外部评估", "external valuation"), p.external_valuation_days, is_contingent=True)
    return (
        Step(id="valuation", part=inside, when=valued, because=Label("重估须经内部评估", "a revaluation needs a valuation")),
        Step(id="external-valuation", part=outside, when=valued, because=Label("法律或技术需要时委托外部评估", "from outside where law or difficulty asks for it")),
    )


def _afterwards(p: Parameters, *, signals: Fact, grade: Fact) -> Iterator[Step]:
    title = signals.includes(*raised(SignalCode.REGISTRATION_LAPSED), *raised(SignalCode.SEIZURE))
    opinion = TurnaroundPart(Label("法律意见", "legal opinion"), p.legal_opinion_days)
    approval = TurnaroundPart(Label("分类调整审批", "approval of a change of grade"), p.approval_days)
    yield Step(id="legal-opinion", part=opinion, when=title, because=Label("权属问题须法律意见", "title needs a legal opinion"))
    yield Step(id="approval", part=approval, when=grade >= Grade.SUBSTANDARD, because=Label("不良认定须审批", "a non-performing grade is approved"))
    if p.excellent_fewer_days:
        fewer = TurnaroundPart(Label("信用优良", "excellent standing"), -p.excellent_fewer_days)
        known = facts.credit_standing.is_in(CreditStanding.EXCELLENT)
        yield Step(id="excellent", part=fewer, when=known, because=Label("信用优良，时限缩短", "excellent standing takes less time"))
