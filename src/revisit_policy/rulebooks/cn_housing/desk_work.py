"""What a desk has to do about a loan by a day: check its data, classify it anew, release an observation, hold the guarantor, and not let the time to sue run out.

The days of the law are those of `claims`. A debt whose day was brought forward by a recall counts from its contracted maturity here: whoever recalls
a loan asks `claims` with the day that holds. Nothing is owed for a loan that is settled. The next classification counts
from the last one on file: of a loan without a determination nobody can say when it is due, but a red signal asks for one all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from revisit_policy.casefile import facts
from revisit_policy.language.condition import ALWAYS, Condition
from revisit_policy.language.derivation import Field
from revisit_policy.language.domains.days import FIRST_DAY
from revisit_policy.language.fact import Fact
from revisit_policy.language.period import DECISION_DAY
from revisit_policy.language.rule import Rule
from revisit_policy.language.scale import Scale
from revisit_policy.language.table import Table
from revisit_policy.outcomes.obligations.desk_kind import DeskKind
from revisit_policy.outcomes.obligations.obligation import Obligation
from revisit_policy.outcomes.obligations.timing import Between, Every, Within
from revisit_policy.outcomes.obligations.usual import CLASSIFIED_ON
from revisit_policy.outcomes.signal import Signal
from revisit_policy.outcomes.trigger import Trigger
from revisit_policy.rulebooks.cn_housing import arrears
from revisit_policy.rulebooks.cn_housing.claims import GUARANTEE_MONTHS, LIMITATION_MONTHS
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.regulations import civil_code
from revisit_policy.rulebooks.cn_housing.sources import PROPOSAL
from revisit_policy.speech.english import counted
from revisit_policy.values.citation import Citation
from revisit_policy.values.labels import Label

LIMITATION_FROM: Final = Fact.day("limitation_from", label=Label("诉讼时效起算日", "day from which limitation runs"), derived=Field("loan.limitation_from"))
"""The day that was due, or that of a later demand that reached the borrower."""

_UNPAID: Final = facts.remaining_months <= 0


def rules(p: Parameters, *, triggers: Table, classified_by: Citation) -> tuple[Rule, ...]:
    """One rule for each thing that a desk has to do by a day; red signals are those of the *triggers*, and *classified_by* says how often to classify."""
    return (_data_check(p), *_classification(p, triggers, classified_by), *_clocks(p))


def _data_check(p: Parameters) -> Rule:
    """The data of every loan that is not settled, month by month and by machine.

    It is counted from the last check on file; where there is none, from the day of the decision, which is a check itself.
    """
    months = p.data_check_months
    owed = Obligation(DeskKind.DATA_CHECK, Every(months=months, lead_days=p.periodic_lead_days), since=DECISION_DAY)
    because = Label(f"存量贷款每{months}个月由系统检查一次数据", f"a machine checks the data of every loan each {counted(str(months), 'months')}")
    return _owed("desk-data-check", arrears.owed(), owed, because, PROPOSAL)


def _classification(p: Parameters, triggers: Table, source: Citation) -> Iterator[Rule]:  # noqa: PLR0917 - private
    """The next classification: some months after the last one that is on file, and soon after a red signal that came since."""
    months, days, kind = p.classification_months, p.classification_working_days, DeskKind.CLASSIFICATION
    yield _owed(
        "desk-classification", ALWAYS, Obligation(kind, Every(months=months, lead_days=p.periodic_lead_days), since=CLASSIFIED_ON),
        Label(f"资产至少每{months}个月分类一次", f"assets are classified at least every {months} months"), source,
    )  # fmt: skip
    for trigger in triggers.outcomes.outcomes if isinstance(triggers.outcomes, Scale) else ():
        if isinstance(trigger, Trigger) and trigger.level.is_last:
            yield _owed(
                f"desk-classification-{trigger.code.value.replace('_', '-')}", triggers.outcome.includes(trigger),
                Obligation(kind, Within(working_days=days), since=Signal(trigger.code, level=trigger.level)),
                Label(f"发生重大变化，{days}个工作日内重新分类", f"a major change: classify anew within {days} working days"), source,
            )  # fmt: skip


def _clocks(p: Parameters) -> tuple[Rule, ...]:
    guaranteed = facts.has_guarantor.is_true()
    return (
        _owed(
            "desk-release", facts.in_observation.is_true() & (facts.days_since_observation >= 0),
            Obligation(DeskKind.RELEASE, Within(working_days=p.release_working_days), since=facts.observation_until),
            Label("重组观察期已可届满，须认定解除或重新起算", "the observation can end: decide whether it does or begins anew"), PROPOSAL,
        ),
        _owed(
            "desk-guarantee-agreed", guaranteed & ((facts.days_past_due > 0) | _UNPAID) & (facts.guarantee_until > FIRST_DAY),
            Obligation(DeskKind.GUARANTEE, Between(0, 0), since=facts.guarantee_until),
            Label("逾期不主张，保证人在约定期间届满后免责", "the guarantor is free once the agreed time has run out unclaimed"), civil_code("692, 693"),
        ),
        _owed(
            "desk-guarantee-unspecified", guaranteed & _UNPAID & facts.guarantee_until.is_missing(),
            Obligation(DeskKind.GUARANTEE, Within(months=GUARANTEE_MONTHS), since=facts.matures_on),
            Label("未约定保证期间的，自到期日起六个月", "where no time was agreed the guarantor is held for six months from the due day"), civil_code("692, 693"),
        ),
        _owed(
            "desk-limitation", _UNPAID, Obligation(DeskKind.LIMITATION, Within(months=LIMITATION_MONTHS), since=LIMITATION_FROM),
            Label("诉讼时效三年，自最后一期到期日起；其后的催收使时效重新起算", "three years to sue from the last due day; a demand after it begins them anew"),
            civil_code("188, 189, 195"),
        ),
    )  # fmt: skip


def _owed(rule_id: str, when: Condition, then: Obligation, because: Label, source: Citation) -> Rule:  # noqa: PLR0917 - the columns of a table
    return Rule(rule_id, when=when, then=then, because=because, source=source)
