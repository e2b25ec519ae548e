"""Turnaround: the steps between a visit and its result, in working days. No bank publishes such figures: all are our proposal."""

from __future__ import annotations

from revisit_policy.casefile import facts
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


def table(p: Parameters, *, signals: Fact, grade: Fact, method: Fact) -> Table:
    """The steps that this visit needs; those marked contingent only if something happens on the way."""
    means = {
        VisitMethod.OFF_SITE: p.off_site_days,
        VisitMethod.SMS: p.sms_days,
        VisitMethod.PHONE: p.phone_days,
        VisitMethod.VIDEO: p.video_days,
        VisitMethod.ON_SITE: p.on_site_days,
    }
    valued = facts.visit_kind.is_in(VisitKind.REVALUATION)
    title = signals.includes(*raised(SignalCode.REGISTRATION_LAPSED), *raised(SignalCode.SEIZURE))
    steps: list[tuple[str, TurnaroundPart, Condition, Label]] = [
        (
            f"report-{means_of.value.replace('_', '-')}",
            TurnaroundPart(Label(f"核实并报告（{means_of.labels.zh}）", f"verification and report ({means_of.labels.en})"), days),
            method.is_in(means_of),
            Label("方式决定基准时限", "the method sets the base"),
        )
        for means_of, days in means.items()
    ]
    steps += [
        ("contact", TurnaroundPart(Label("再次联系", "further contact attempts"), 3, is_contingent=True), method.is_in(VisitMethod.PHONE), Label("每次未接通加一天，至多三次", "a day for each call not answered, three at most")),
        ("no-reply", TurnaroundPart(Label("未回复转电话", "no reply, then a call"), 1, is_contingent=True), method.is_in(VisitMethod.SMS), Label("未回复加一天", "a day if there is no reply")),
        ("valuation", TurnaroundPart(Label("内部评估", "internal valuation"), p.internal_valuation_days), valued, Label("重估须内部评估", "a revaluation needs a valuation")),
        ("external-valuation", TurnaroundPart(Label("外部评估", "external valuation"), p.external_valuation_days, is_contingent=True), valued, Label("必要时委托外部评估", "from outside where needed")),
        ("legal-opinion", TurnaroundPart(Label("法律意见", "legal opinion"), p.legal_opinion_days), title, Label("权属问题须法律意见", "title needs a legal opinion")),
        ("approval", TurnaroundPart(Label("分类调整审批", "approval of a change of grade"), p.approval_days), grade >= Grade.SUBSTANDARD, Label("不良认定须审批", "a non-performing grade is approved")),
        ("excellent", TurnaroundPart(Label("信用优良", "excellent standing"), -1), facts.credit_standing.is_in("excellent"), Label("信用优良缩短一天", "a day less for excellent standing")),
    ]
    return Table(
        "turnaround",
        label=Label("结果时限", "time to the result"),
        outcomes=unordered(step for _, step, _, _ in steps),
        fold=Fold.EVERY,
        rules=tuple(Rule(f"turnaround-{name}", when=when, then=step, because=because, source=PROPOSAL) for name, step, when, because in steps),
    )
