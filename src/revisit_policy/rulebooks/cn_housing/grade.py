"""Grade under the 2023 measures. Floors are floors: the worst of all that apply, and nothing lifts one.

「超过」 excludes the figure and 「以上」 includes it (Civil Code, art. 1259): 90 days past due is special mention, 91 is
substandard; an ECL ratio of one half is doubtful. Retail rules alone are here: what a borrower owes elsewhere, or how
much of all their debt is bad, sets no floor under a housing loan.
"""

from __future__ import annotations

from typing import Final

from revisit_policy.casefile import facts
from revisit_policy.language.condition import Condition
from revisit_policy.language.fold import Fold
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.outcomes.grade import Grade
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.regulations import measures_2023
from revisit_policy.values.citation import Citation
from revisit_policy.values.labels import Label
from revisit_policy.values.ratio import percent_label

LABEL: Final = Label("风险分类", "risk grade")

#: The registers that make a loan special mention though nothing is past due.
GROUNDS: Final = (facts.misuse_of_funds, facts.refinanced, facts.in_observation)


def table(p: Parameters) -> Table:
    """The floors, the last determination among them; collateral lifts none of them."""
    return Table(
        "grade",
        label=LABEL,
        outcomes=Grade,
        fold=Fold.WORST,
        otherwise=Grade.NORMAL,
        rules=(*determined(measures_2023("14", verified=False)), *_special_mention(p), *_substandard(p), *_doubtful(p), *_loss(p)),
    )


def floor(rule_id: str, then: Grade, when: Condition, because: Label, source: Citation) -> Rule:  # noqa: PLR0917 - the columns of a table
    """One floor under the grade."""
    return Rule(rule_id, when=when, then=then, because=because, source=source)


def determined(source: Citation) -> tuple[Rule, ...]:
    """What people determined last is a floor: a milder grade takes another determination."""
    return tuple(
        floor(
            f"determined-{grade.value.replace('_', '-')}",
            grade,
            facts.determined_grade.is_in(grade),
            Label(f"最近一次认定为{grade.label('zh')}，另行认定之前不得上调", f"last determined to be {grade.label('en')}, until it is determined anew"),
            source,
        )
        for grade in Grade
        if grade > Grade.NORMAL
    )


def overdue_more_than(days: int) -> Label:
    """The reason of a floor by days past due."""
    return Label(f"逾期超过{days}天", f"more than {days} days past due")


def _special_mention(p: Parameters) -> tuple[Rule, ...]:
    days, proved, grace = facts.days_past_due, facts.technical_cause_proved, p.technical_grace_days
    brief = days.between(1, grace + 1) & (proved.is_false() | proved.is_missing())
    unless_technical = (
        floor("overdue-unless-technical", Grade.SPECIAL_MENTION, brief, Label(f"逾期{grace}天以内，且未证明系操作或技术原因", f"past due for {grace} days or fewer, and no operational or technical cause is proved"), measures_2023("10", verified=False)),
    )
    return (
        floor("overdue", Grade.SPECIAL_MENTION, days > grace, Label(f"本金、利息或收益逾期超过{grace}天，不论原因", f"principal, interest or income is past due for more than {grace} days, whatever the cause"), measures_2023("10", verified=False)),
        *(unless_technical if grace else ()),
        floor("misuse-of-funds", Grade.SPECIAL_MENTION, facts.misuse_of_funds.is_true(), Label("未经同意改变资金用途", "the use of funds was changed without consent"), measures_2023("10", verified=False)),
        floor("refinanced", Grade.SPECIAL_MENTION, facts.refinanced.is_true(), Label("借新还旧或以其他债务融资偿还", "repaid by a new loan or other debt"), measures_2023("10", verified=False)),
        floor("in-observation", Grade.SPECIAL_MENTION, facts.in_observation.is_true(), Label(f"重组资产在至少{p.observation_months}个月的观察期内", f"a restructured asset in its observation of at least {p.observation_months} months"), measures_2023("21", verified=False)),
    )


def _substandard(p: Parameters) -> tuple[Rule, ...]:
    over = p.days_substandard
    return (
        floor("overdue-90", Grade.SUBSTANDARD, facts.days_past_due > over, Label(f"逾期超过{over}天，押品足值亦不例外", f"more than {over} days past due, however good the collateral"), measures_2023("11", verified=True)),
        floor("impaired", Grade.SUBSTANDARD, facts.impaired.is_true(), Label("已发生信用减值", "credit-impaired"), measures_2023("11", verified=True)),
        floor("restructured-again", Grade.SUBSTANDARD, facts.restructured_again.is_true(), Label("观察期内再次重组", "restructured again under observation"), measures_2023("22", verified=False)),
    )


def _doubtful(p: Parameters) -> tuple[Rule, ...]:
    share = percent_label(p.ecl_doubtful)
    return (
        floor("overdue-270", Grade.DOUBTFUL, facts.days_past_due > p.days_doubtful, overdue_more_than(p.days_doubtful), measures_2023("12", verified=True)),
        floor("debt-evasion", Grade.DOUBTFUL, facts.debt_evasion.is_true(), Label("债务人逃废银行债务", "the debtor evades bank debt"), measures_2023("12", verified=False)),
        floor("ecl-half", Grade.DOUBTFUL, facts.impaired.is_true() & (facts.ecl_ratio >= p.ecl_doubtful), Label(f"已减值，且预期信用损失占账面余额{share.zh}以上", f"impaired, with expected losses of {share.en} of the carrying amount or more"), measures_2023("12", verified=False)),
    )


def _loss(p: Parameters) -> tuple[Rule, ...]:
    share = percent_label(p.ecl_loss)
    return (
        floor("overdue-360", Grade.LOSS, facts.days_past_due > p.days_loss, overdue_more_than(p.days_loss), measures_2023("13", verified=True)),
        floor("bankruptcy", Grade.LOSS, facts.bankruptcy.is_true(), Label("债务人进入破产清算", "the debtor is in bankruptcy liquidation"), measures_2023("13", verified=False)),
        floor("ecl-ninety", Grade.LOSS, facts.impaired.is_true() & (facts.ecl_ratio >= p.ecl_loss), Label(f"已减值，且预期信用损失占账面余额{share.zh}以上", f"impaired, with expected losses of {share.en} of the carrying amount or more"), measures_2023("13", verified=False)),
    )
