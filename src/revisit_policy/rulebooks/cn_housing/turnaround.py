"""Turnaround: the steps between a visit and its result, in working days. No bank publishes such figures: all are our proposal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

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
from revisit_policy.outcomes.measure import OwnerRole
from revisit_policy.outcomes.signal import Level, SignalCode
from revisit_policy.outcomes.turnaround import ResultDay, TurnaroundPart, WaitsFor
from revisit_policy.outcomes.visit import VisitKind, VisitMethod
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.signals import SIGNALS, raised
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
    steps = (*_reports(p, method), *_contact(p, method), *_valuation(p), *_determination(p, signals=signals, grade=grade), *_decision(p, signals=signals))
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
            part=TurnaroundPart(name, days, is_report=True, owner=OwnerRole.ACCOUNT_MANAGER),
            when=method.is_in(means),
            because=Label("报告时限随回访方式而定", "the method sets the time of the report"),
        )
    if p.excellent_fewer_days:
        fewer = TurnaroundPart(Label("信用优良，报告时限缩短", "report sooner, excellent standing"), -p.excellent_fewer_days)
        known = facts.credit_standing.is_in(CreditStanding.EXCELLENT)
        yield Step(id="excellent", part=fewer, when=known, because=Label("信用优良，时限缩短", "excellent standing takes less time"))


def _contact(p: Parameters, method: Fact) -> tuple[Step, ...]:
    retry = TurnaroundPart(
        Label("再次联系", "further contact attempts"), p.phone_retry_days, is_contingent=True, owner=OwnerRole.ACCOUNT_MANAGER,
        waits_for=WaitsFor.BORROWER, due_if=Label("电话未接通或须再次核实", "a call is not answered, or something has to be asked again"),
    )
    no_reply = TurnaroundPart(
        Label("未回复转电话", "no reply, then a call"), p.sms_no_reply_days, is_contingent=True, owner=OwnerRole.ACCOUNT_MANAGER,
        waits_for=WaitsFor.BORROWER, due_if=Label("信息未获回复", "a message is not answered"),
    )
    return (
        Step(id="contact", part=retry, when=method.is_in(VisitMethod.PHONE), because=Label("每次未接通加一天", "a day for each call not answered")),
        Step(id="no-reply", part=no_reply, when=method.is_in(VisitMethod.SMS), because=Label("未回复则改为电话", "a message not answered becomes a call")),
    )


def _valuation(p: Parameters) -> tuple[Step, ...]:
    valued = facts.visit_kind.is_in(VisitKind.REVALUATION)
    inside = TurnaroundPart(
        Label("内部评估", "internal valuation"), p.internal_valuation_days, leads_to=ResultDay.DETERMINED, owner=OwnerRole.COLLATERAL_OFFICER
    )
    outside = TurnaroundPart(
        Label("外部评估", "external valuation"), p.external_valuation_days, is_contingent=True, leads_to=ResultDay.DETERMINED,
        owner=OwnerRole.COLLATERAL_OFFICER, waits_for=WaitsFor.VALUER, due_if=Label("法律要求或技术上难以自评", "law asks for it, or the bank cannot value it itself"),
    )
    return (
        Step(id="valuation", part=inside, when=valued, because=Label("重估须经内部评估", "a revaluation needs a valuation")),
        Step(id="external-valuation", part=outside, when=valued, because=Label("法律或技术需要时委托外部评估", "from outside where law or difficulty asks for it")),
    )


#: The signals that a person has to answer with a measure or with a reason why there is none.
_WARNINGS: Final = tuple(signal for signal in SIGNALS if signal.level >= Level.YELLOW)
#: Those that concern what the registry shows of the home.
_TITLE: Final = (*raised(SignalCode.REGISTRATION_LAPSED), *raised(SignalCode.SEIZURE))


def _determination(p: Parameters, *, signals: Fact, grade: Fact) -> tuple[Step, ...]:
    """What leads from a finding to the grade as determined."""
    day = ResultDay.DETERMINED
    determined = TurnaroundPart(Label("分类认定", "determination of the grade"), p.determination_days, leads_to=day, owner=OwnerRole.RISK_OFFICER)
    approval = TurnaroundPart(
        Label("不良分类审批", "approval of a non-performing grade"), p.approval_days, leads_to=day, owner=OwnerRole.APPROVER
    )
    registry = TurnaroundPart(
        Label("向登记机构查证", "enquiry at the registry"), p.registry_days, is_contingent=True, leads_to=day, owner=OwnerRole.COLLATERAL_OFFICER,
        waits_for=WaitsFor.REGISTRY, due_if=Label("登记状态须现场查档", "the register has to be looked up on the spot"),
    )
    may_change = (grade >= Grade.SPECIAL_MENTION) | signals.includes(*_WARNINGS)
    return (
        Step(
            id="determination", part=determined, when=(grade < Grade.SUBSTANDARD) & may_change,
            because=Label("有预警或列关注类，分类须经认定", "with a warning or in special mention, a person determines the grade"),
        ),
        Step(id="approval", part=approval, when=grade >= Grade.SUBSTANDARD, because=Label("不良认定须审批", "a non-performing grade is approved")),
        Step(id="registry", part=registry, when=signals.includes(*_TITLE), because=Label("权属问题须查登记", "a question of title is looked up at the registry")),
    )


def _decision(p: Parameters, *, signals: Fact) -> tuple[Step, ...]:
    """What leads from the grade to a measure, and to the borrower."""
    day = ResultDay.DECIDED
    decision = TurnaroundPart(
        Label("处置审批", "approval of the measure"), p.decision_days, leads_to=day, owner=OwnerRole.APPROVER
    )
    opinion = TurnaroundPart(
        Label("法律意见", "legal opinion"), p.legal_opinion_days, leads_to=day, owner=OwnerRole.LEGAL_COUNSEL
    )
    papers = TurnaroundPart(
        Label("借款人补充材料", "papers from the borrower"), p.papers_days, is_contingent=True, leads_to=day, owner=OwnerRole.ACCOUNT_MANAGER,
        waits_for=WaitsFor.BORROWER, due_if=Label("申请调整还款而材料不齐", "a change of the plan is asked for and papers are missing"),
    )
    telling = TurnaroundPart(Label("告知借款人", "telling the borrower"), p.telling_days, leads_to=ResultDay.TOLD, owner=OwnerRole.ACCOUNT_MANAGER)
    warned = signals.includes(*_WARNINGS)
    return (
        Step(id="decision", part=decision, when=warned, because=Label("有预警须决定是否处置", "with a warning it is decided what to do")),
        Step(id="legal-opinion", part=opinion, when=signals.includes(*_TITLE), because=Label("权属问题须法律意见", "title needs a legal opinion")),
        Step(
            id="papers", part=papers, when=signals.includes(*raised(SignalCode.CAPACITY)),
            because=Label("还款能力下降者可能申请调整还款", "who earns less may ask for a change of the plan"),
        ),
        Step(id="telling", part=telling, when=warned, because=Label("处置决定须告知借款人", "the borrower is told what was decided")),
    )
