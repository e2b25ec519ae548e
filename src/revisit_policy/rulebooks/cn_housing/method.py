"""Method: by which means a visit is made, for every kind of visit. The most thorough method that any rule asks for counts."""

from __future__ import annotations

from revisit_policy.casefile import facts
from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Fold
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.outcomes.grade import Grade
from revisit_policy.outcomes.signal import Level, SignalCode
from revisit_policy.outcomes.visit import VisitKind, VisitMethod
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.signals import raised
from revisit_policy.rulebooks.cn_housing.sources import PRACTICE, PROPOSAL
from revisit_policy.values.labels import Label


def table(p: Parameters, *, signals: Fact, grade: Fact) -> Table:
    """Data where the home is valued, a call as a rule, a visit on site where something is wrong."""
    kind, code = facts.visit_kind, SignalCode
    triggered = kind.is_in(VisitKind.TRIGGERED)
    revisit = kind.is_in(VisitKind.FIRST, VisitKind.PERIODIC)
    loud = raised(code.ARREARS, Level.ORANGE) + raised(code.NPL) + raised(code.LOSS) + raised(code.MISUSE) + raised(code.EVASION) + raised(code.IMPAIRED)
    title = raised(code.REGISTRATION_LAPSED) + raised(code.SEIZURE) + raised(code.PROJECT_STALLED) + raised(code.COLLATERAL_DAMAGED)
    return Table(
        "method",
        label=Label("回访方式", "method of the visit"),
        outcomes=VisitMethod,
        fold=Fold.WORST,
        otherwise=VisitMethod.OFF_SITE,
        rules=(
            Rule("method-call", when=revisit, then=VisitMethod.PHONE, because=Label("一般以电话回访", "as a rule a call"), source=PRACTICE),
            Rule("method-first-large", when=kind.is_in(VisitKind.FIRST) & (facts.principal >= p.large_principal), then=VisitMethod.ON_SITE, because=Label("大额贷款首次回访应上门", "the first visit of a large loan is on site"), source=PROPOSAL),
            Rule("method-first-off-plan", when=kind.is_in(VisitKind.FIRST) & facts.property_type.is_in("off_plan"), then=VisitMethod.ON_SITE, because=Label("期房首次回访应查看项目", "the first visit for an off-plan home looks at the project"), source=PROPOSAL),
            Rule("method-non-performing", when=revisit & (grade >= Grade.SUBSTANDARD), then=VisitMethod.ON_SITE, because=Label("不良贷款应上门", "non-performing loans are visited on site"), source=PRACTICE),
            Rule("method-trigger-call", when=triggered & signals.includes(*raised(code.ARREARS, Level.YELLOW), *raised(code.CAPACITY), *raised(code.CONTACT), *raised(code.BAD_DEBT_ELSEWHERE), *raised(code.DECEASED), *raised(code.BANKRUPTCY)), then=VisitMethod.PHONE, because=Label("先以电话核实", "a call first"), source=PRACTICE),
            Rule("method-trigger-loud", when=triggered & signals.includes(*loud), then=VisitMethod.ON_SITE, because=Label("情况严重，应上门", "serious: on site"), source=PRACTICE),
            Rule("method-trigger-title", when=triggered & signals.includes(*title), then=VisitMethod.ON_SITE, because=Label("押品权属或状况异常，应实地查看", "title or state of the home in doubt: look at it"), source=PRACTICE),
            Rule("method-trigger-out-of-reach", when=triggered & signals.includes(*raised(code.CONTACT, Level.ORANGE)), then=VisitMethod.ON_SITE, because=Label("联系不上，应上门", "out of reach: on site"), source=PRACTICE),
        ),
    )
