"""Method: by which means a visit is made. The most thorough method that any rule asks for counts.

A periodic visit of a loan that performs is a check of data, unless something asks for a person: points, the first year, the amount, the lot, a
warning of anything but the margin. Beyond 90 days past due a loan is looked at by its file, and on site when it is handed over and before
a loss is written off or sold. A triggered visit is asked about each signal that triggers it alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from revisit_policy.casefile import facts
from revisit_policy.casefile.collateral import PropertyType
from revisit_policy.language.condition import Condition
from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Fold
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.outcomes.signal import Level, Signal, SignalCode
from revisit_policy.outcomes.visit import VisitKind, VisitMethod
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.regulations import civil_code
from revisit_policy.rulebooks.cn_housing.signals import SIGNALS, raised
from revisit_policy.rulebooks.cn_housing.sources import PRACTICE, PRACTICE_UNVERIFIED, PROPOSAL, set_by_bank
from revisit_policy.rulebooks.cn_housing.triggers import FRESH, QUIET
from revisit_policy.values.citation import Citation
from revisit_policy.values.labels import Label


def table(p: Parameters, *, signals: Fact, points: Fact) -> Table:
    """Data as a rule, a call where a person is asked for, a visit on site where something has to be seen."""
    return Table(
        "method",
        label=Label("回访方式", "method of the visit"),
        outcomes=VisitMethod,
        fold=Fold.WORST,
        otherwise=VisitMethod.OFF_SITE,
        rules=(*_first(p), *_periodic(p, signals=signals, points=points), *_triggered(p, signals)),
    )


def _rule(rule_id: str, then: VisitMethod, when: Condition, because: Label, source: Citation) -> Rule:  # noqa: PLR0917 - the columns of a table
    return Rule(f"method-{rule_id}", when=when, then=then, because=because, source=source)


def _first(p: Parameters) -> tuple[Rule, ...]:
    """A call; on site where something has to be seen, as far as the contract lets the bank inspect."""
    first, on_site = facts.visit_kind.is_in(VisitKind.FIRST), VisitMethod.ON_SITE
    large, no_clause = first & (facts.principal >= p.large_principal), facts.has_inspection_clause.is_false()
    return (
        _rule("first-call", VisitMethod.PHONE, first, Label("首次回访一般以电话进行", "as a rule the first visit is a call"), PRACTICE),
        _rule("first-large", on_site, large & _may_inspect(), Label("大额贷款首次回访应上门", "the first visit of a large loan is on site"), PROPOSAL),
        _rule("first-large-no-clause", VisitMethod.VIDEO, large & no_clause, Label("大额贷款，但合同未约定检查，以视频代替上门", "a large loan whose contract has no inspection clause: by video"), set_by_bank(civil_code("672"))),
        _rule("first-off-plan", on_site, first & facts.property_type.is_in(PropertyType.OFF_PLAN), Label("期房首次回访应查看项目", "the first visit for an off-plan home looks at the project"), PROPOSAL),
    )


def _periodic(p: Parameters, *, signals: Fact, points: Fact) -> tuple[Rule, ...]:
    """Data do, unless something is established that asks for a person: what nobody has looked up calls nobody, and brings data sooner."""
    call, some, young = VisitMethod.PHONE, p.points_person, p.first_year_months
    periodic = facts.visit_kind.is_in(VisitKind.PERIODIC)
    by_person = periodic & (facts.days_past_due <= p.days_substandard)  # beyond, it is handed over, seen once, and its file leads
    warned = signals.includes(*(signal for signal in SIGNALS if signal.level >= Level.YELLOW and signal.code is not SignalCode.COLLATERAL_DECLINE))
    return (
        _rule("data-check", VisitMethod.OFF_SITE, periodic, Label("无须人工的，以数据检查代替", "where nothing asks for a person data are checked"), PROPOSAL),
        _rule("person-points", call, by_person & (points >= some), Label(f"回访积分{some}分以上，由人回访", f"{some} points or more: by a person"), PROPOSAL),
        _rule("person-first-year", call, by_person & (facts.months_on_book < young), Label(f"放款不满{young}个月，由人回访", f"paid out less than {young} months ago: by a person"), PROPOSAL),
        _rule("person-large", call, by_person & (facts.principal >= p.large_principal), Label("大额贷款，由人回访", "a large loan: by a person"), PROPOSAL),
        _rule("person-warned", call, by_person & warned, Label("有黄色以上预警（抵押率除外），由人回访", "a warning from yellow, of anything but the margin: by a person"), PROPOSAL),
        _rule("person-drawn", call, by_person & facts.drawn_for_visit.is_true(), Label("抽中的贷款，由人回访", "drawn by lot: by a person"), PROPOSAL),
    )


def _may_inspect() -> Condition:
    """The contract lets the bank inspect, or nobody has looked: then whoever goes there looks first."""
    return facts.has_inspection_clause.is_true() | facts.has_inspection_clause.is_missing()


def _triggered(p: Parameters, signals: Fact) -> tuple[Rule, ...]:
    code, on_site = SignalCode, VisitMethod.ON_SITE
    triggered = facts.visit_kind.is_in(VisitKind.TRIGGERED)

    def among(*groups: Iterable[Signal]) -> Condition:
        return triggered & signals.includes(*(signal for group in groups for signal in group))

    serious = among(raised(code.IMPAIRED), raised(code.MISUSE), raised(code.EVASION))
    home = among(raised(code.REGISTRATION_LAPSED), raised(code.SEIZURE), raised(code.PROJECT_STALLED), raised(code.COLLATERAL_DAMAGED))
    lost = among(raised(code.CONTACT, Level.ORANGE)) & (facts.days_past_due > 0)
    week, near, over = p.days_message, p.days_npl_imminent, p.days_substandard
    return (
        _rule("trigger-message", VisitMethod.SMS, among(FRESH), Label("刚刚逾期，先由系统发送提醒", "past due for a short time: a message first, by machine"), PRACTICE_UNVERIFIED),
        _rule("trigger-fresh-arrears", VisitMethod.PHONE, among(FRESH) & (facts.days_past_due > week), Label(f"逾期超过{week}天，电话核实", f"more than {week} days past due: a call"), PROPOSAL),
        _rule("trigger-call", VisitMethod.PHONE, among(signal for signal in SIGNALS if signal.code not in QUIET and signal not in FRESH), Label("先以电话核实", "a call first"), PRACTICE),
        _rule("trigger-npl-imminent", on_site, among(raised(code.NPL_IMMINENT)), Label(f"逾期超过{near}天，上门一次", f"more than {near} days past due: on site once"), PRACTICE_UNVERIFIED),
        _rule("trigger-hand-over", on_site, among(raised(code.NPL)), Label(f"逾期超过{over}天，移交资产保全时上门", f"more than {over} days past due: on site when it is handed over"), PRACTICE_UNVERIFIED),
        _rule("trigger-disposal", on_site, among(raised(code.LOSS)), Label("预计损失，处置前上门", "a loss is expected: on site before it is disposed of"), PROPOSAL),
        _rule("trigger-serious", on_site, serious, Label("减值、挪用或逃废债，应上门", "impaired, misused or evaded: on site"), PROPOSAL),
        _rule("trigger-home", on_site, home, Label("押品权属或状况存疑，应实地查看", "title or state of the home in doubt: look at it"), PRACTICE_UNVERIFIED),
        _rule("trigger-debts-too-high", VisitMethod.VIDEO, among(raised(code.CAPACITY, Level.ORANGE)), Label("债务负担超限，以视频面谈并查看收入材料", "debts above the limit: talk face to face and see proofs of income, by video"), PROPOSAL),
        _rule("trigger-out-of-reach", on_site, lost, Label("逾期且联系不上，应上门", "past due and out of reach: on site"), PRACTICE_UNVERIFIED),
    )
