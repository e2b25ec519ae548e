"""Method: by which means a visit is made. The most thorough method that any rule asks for counts.

A triggered visit is asked about each signal that triggers it alone.
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
from revisit_policy.outcomes.grade import Grade
from revisit_policy.outcomes.signal import Level, Signal, SignalCode
from revisit_policy.outcomes.visit import VisitKind, VisitMethod
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.signals import SIGNALS, raised
from revisit_policy.rulebooks.cn_housing.sources import PRACTICE, PRACTICE_UNVERIFIED, PROPOSAL
from revisit_policy.values.citation import Citation
from revisit_policy.values.labels import Label


def table(p: Parameters, *, signals: Fact, grade: Fact) -> Table:
    """Data where the home is valued, a call as a rule, a visit on site where something has to be seen."""
    return Table(
        "method",
        label=Label("回访方式", "method of the visit"),
        outcomes=VisitMethod,
        fold=Fold.WORST,
        otherwise=VisitMethod.OFF_SITE,
        rules=(*_regular(p, grade), *_triggered(signals)),
    )


def _rule(rule_id: str, then: VisitMethod, when: Condition, because: Label, source: Citation) -> Rule:  # noqa: PLR0917 - the columns of a table
    return Rule(f"method-{rule_id}", when=when, then=then, because=because, source=source)


def _regular(p: Parameters, grade: Fact) -> tuple[Rule, ...]:
    kind, on_site = facts.visit_kind, VisitMethod.ON_SITE
    first, regular = kind.is_in(VisitKind.FIRST), kind.is_in(VisitKind.FIRST, VisitKind.PERIODIC)
    return (
        _rule("call", VisitMethod.PHONE, regular, Label("一般以电话回访", "as a rule a call"), PRACTICE),
        _rule("first-large", on_site, first & (facts.principal >= p.large_principal), Label("大额贷款首次回访应上门", "the first visit of a large loan is on site"), PROPOSAL),
        _rule("first-off-plan", on_site, first & facts.property_type.is_in(PropertyType.OFF_PLAN), Label("期房首次回访应查看项目", "the first visit for an off-plan home looks at the project"), PROPOSAL),
        _rule("non-performing", on_site, regular & (grade >= Grade.SUBSTANDARD), Label("不良贷款应上门", "non-performing loans are visited on site"), PRACTICE_UNVERIFIED),
    )


def _triggered(signals: Fact) -> tuple[Rule, ...]:
    code, on_site = SignalCode, VisitMethod.ON_SITE
    triggered = facts.visit_kind.is_in(VisitKind.TRIGGERED)

    def among(*groups: Iterable[Signal]) -> Condition:
        return triggered & signals.includes(*(signal for group in groups for signal in group))

    late = among(raised(code.ARREARS, Level.ORANGE), raised(code.NPL_IMMINENT), raised(code.NPL), raised(code.LOSS))
    serious = among(raised(code.IMPAIRED), raised(code.MISUSE), raised(code.EVASION), raised(code.BANKRUPTCY))
    home = among(raised(code.REGISTRATION_LAPSED), raised(code.SEIZURE), raised(code.PROJECT_STALLED), raised(code.COLLATERAL_DAMAGED))
    collateral = {signal for signal in SIGNALS if signal.code is code.COLLATERAL_DECLINE}
    return (
        _rule("trigger-call", VisitMethod.PHONE, among(signal for signal in SIGNALS if signal not in collateral), Label("先以电话核实", "a call first"), PRACTICE),
        _rule("trigger-little-margin", VisitMethod.SMS, among(raised(code.COLLATERAL_DECLINE, Level.ORANGE)), Label("抵押物余值不足，先以短信核实房屋占有与使用", "hardly any margin: ask by message who uses the home and how"), PROPOSAL),
        _rule("trigger-late", on_site, late, Label("逾期较久，应上门", "long past due: on site"), PRACTICE_UNVERIFIED),
        _rule("trigger-serious", on_site, serious, Label("减值、挪用、逃废债或破产，应上门", "impaired, misused, evaded or bankrupt: on site"), PROPOSAL),
        _rule("trigger-home", on_site, home, Label("押品权属或状况存疑，应实地查看", "title or state of the home in doubt: look at it"), PRACTICE_UNVERIFIED),
        _rule("trigger-under-water", on_site, among(raised(code.COLLATERAL_DECLINE, Level.RED)), Label("贷款余额超过押品价值，应实地查看", "the balance exceeds the value of the home: look at it"), PROPOSAL),
        _rule("trigger-debts-too-high", VisitMethod.VIDEO, among(raised(code.CAPACITY, Level.ORANGE)), Label("债务负担超限，以视频面谈并查看收入材料", "debts above the limit: talk face to face and see proofs of income, by video"), PROPOSAL),
        _rule("trigger-out-of-reach", on_site, among(raised(code.CONTACT, Level.ORANGE)), Label("联系不上，应上门", "out of reach: on site"), PRACTICE_UNVERIFIED),
    )
