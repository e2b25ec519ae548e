"""Grade: the five categories. Floors are floors: the worst of all that apply, and nothing lifts one.

「超过」 excludes the figure and 「以上」 includes it (Civil Code, art. 1259): 90 days past due is special mention, 91 is
substandard; an ECL ratio of one half is doubtful.
"""

from __future__ import annotations

from revisit_policy.casefile import facts
from revisit_policy.language.condition import Condition
from revisit_policy.language.fold import Fold
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.outcomes.grade import Grade
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.sources import guideline_2007, measures_2023
from revisit_policy.values.labels import Label

LABEL = Label("风险分类", "risk grade")


def overdue_in_earnest(p: Parameters) -> Condition:
    """Past due, unless a technical cause is proved and the grace days have not run out."""
    return (facts.days_past_due > 0) & (facts.technical_cause_proved.is_false() | (facts.days_past_due > p.technical_grace_days))


def table_2023(p: Parameters) -> Table:
    """The floors of the 2023 measures, retail rules only; collateral lifts none of them."""
    return Table(
        "grade", label=LABEL, outcomes=Grade, fold=Fold.WORST, otherwise=Grade.NORMAL,
        rules=(*_special_mention(p), *_substandard(p), *_doubtful(p), *_loss(p)),
    )


def _special_mention(p: Parameters) -> tuple[Rule, ...]:
    return (
        Rule(
            "overdue",
            when=facts.days_past_due > p.technical_grace_days,
            then=Grade.SPECIAL_MENTION,
            because=Label("本金、利息或收益逾期", "principal, interest or income is past due"),
            source=measures_2023("10", verified=True),
        ),
        Rule(
            "overdue-unless-technical",
            when=facts.days_past_due.between(1, p.technical_grace_days + 1) & facts.technical_cause_proved.is_false(),
            then=Grade.SPECIAL_MENTION,
            because=Label("短期逾期，且未证明系操作或技术原因", "briefly past due, with no operational or technical cause proved"),
            source=measures_2023("10", verified=False),
        ),
        Rule(
            "misuse-of-funds",
            when=facts.misuse_of_funds.is_true(),
            then=Grade.SPECIAL_MENTION,
            because=Label("未经同意改变贷款用途", "the use of funds was changed without consent"),
            source=measures_2023("10", verified=False),
        ),
        Rule(
            "refinanced",
            when=facts.refinanced.is_true(),
            then=Grade.SPECIAL_MENTION,
            because=Label("借新还旧或以其他债务融资偿还", "repaid by a new loan or other debt"),
            source=measures_2023("10", verified=False),
        ),
        Rule(
            "in-observation",
            when=facts.in_observation.is_true(),
            then=Grade.SPECIAL_MENTION,
            because=Label("重组资产尚在观察期", "a restructured asset still under observation"),
            source=measures_2023("21", verified=False),
        ),
    )


def _substandard(p: Parameters) -> tuple[Rule, ...]:
    return (
        Rule(
            "overdue-90",
            when=facts.days_past_due > p.days_substandard,
            then=Grade.SUBSTANDARD,
            because=Label(f"逾期超过{p.days_substandard}天，押品充足亦同", f"more than {p.days_substandard} days past due, however good the collateral"),
            source=measures_2023("11", verified=True),
        ),
        Rule(
            "impaired",
            when=facts.impaired.is_true(),
            then=Grade.SUBSTANDARD,
            because=Label("已发生信用减值", "credit-impaired"),
            source=measures_2023("11", verified=True),
        ),
        Rule(
            "restructured-again",
            when=facts.restructured_again.is_true(),
            then=Grade.SUBSTANDARD,
            because=Label("观察期内再次重组", "restructured again under observation"),
            source=measures_2023("22", verified=False),
        ),
        Rule(
            "not-yet-upgraded",
            when=facts.was_non_performing.is_true() & (facts.months_clean_since_cure < p.upgrade_months),
            then=Grade.SUBSTANDARD,
            because=Label("不良资产上调所需的连续正常还款尚未满期", "the payments required before a non-performing asset is upgraded are not complete"),
            source=measures_2023("14", verified=False),
        ),
    )


def _doubtful(p: Parameters) -> tuple[Rule, ...]:
    return (
        Rule(
            "overdue-270",
            when=facts.days_past_due > p.days_doubtful,
            then=Grade.DOUBTFUL,
            because=Label(f"逾期超过{p.days_doubtful}天", f"more than {p.days_doubtful} days past due"),
            source=measures_2023("12", verified=True),
        ),
        Rule(
            "debt-evasion",
            when=facts.debt_evasion.is_true(),
            then=Grade.DOUBTFUL,
            because=Label("债务人逃废银行债务", "the debtor evades bank debt"),
            source=measures_2023("12", verified=False),
        ),
        Rule(
            "ecl-half",
            when=facts.impaired.is_true() & (facts.ecl_ratio >= p.ecl_doubtful),
            then=Grade.DOUBTFUL,
            because=Label("已减值且预期信用损失占账面余额一半以上", "impaired, with expected losses of half the carrying amount or more"),
            source=measures_2023("12", verified=False),
        ),
    )


def _loss(p: Parameters) -> tuple[Rule, ...]:
    return (
        Rule(
            "overdue-360",
            when=facts.days_past_due > p.days_loss,
            then=Grade.LOSS,
            because=Label(f"逾期超过{p.days_loss}天", f"more than {p.days_loss} days past due"),
            source=measures_2023("13", verified=True),
        ),
        Rule(
            "bankruptcy",
            when=facts.bankruptcy.is_true(),
            then=Grade.LOSS,
            because=Label("债务人进入破产清算", "the debtor is in bankruptcy liquidation"),
            source=measures_2023("13", verified=False),
        ),
        Rule(
            "ecl-ninety",
            when=facts.impaired.is_true() & (facts.ecl_ratio >= p.ecl_loss),
            then=Grade.LOSS,
            because=Label("已减值且预期信用损失占账面余额九成以上", "impaired, with expected losses of nine tenths of the carrying amount or more"),
            source=measures_2023("13", verified=False),
        ),
    )


def table_2007(p: Parameters) -> Table:
    """The 2007 guideline as banks applied it to housing loans: a ladder of days, and restructuring."""
    ladder = guideline_2007()
    return Table(
        "grade", label=LABEL, outcomes=Grade, fold=Fold.WORST, otherwise=Grade.NORMAL,
        rules=(
            Rule("overdue", when=overdue_in_earnest(p), then=Grade.SPECIAL_MENTION, because=Label("本金或利息逾期", "principal or interest is past due"), source=ladder),
            Rule(
                "overdue-90",
                when=facts.days_past_due > p.days_substandard,
                then=Grade.SUBSTANDARD,
                because=Label(f"逾期超过{p.days_substandard}天", f"more than {p.days_substandard} days past due"),
                source=ladder,
            ),
            Rule(
                "overdue-180",
                when=facts.days_past_due > p.old_days_doubtful,
                then=Grade.DOUBTFUL,
                because=Label(f"逾期超过{p.old_days_doubtful}天", f"more than {p.old_days_doubtful} days past due"),
                source=ladder,
            ),
            Rule(
                "overdue-360",
                when=facts.days_past_due > p.old_days_loss,
                then=Grade.LOSS,
                because=Label(f"逾期超过{p.old_days_loss}天", f"more than {p.old_days_loss} days past due"),
                source=ladder,
            ),
            Rule("impaired", when=facts.impaired.is_true(), then=Grade.SUBSTANDARD, because=Label("已发生信用减值", "credit-impaired"), source=ladder),
            Rule("misuse-of-funds", when=facts.misuse_of_funds.is_true(), then=Grade.SPECIAL_MENTION, because=Label("改变贷款用途", "the use of funds was changed"), source=guideline_2007("10")),
            Rule("refinanced", when=facts.refinanced.is_true(), then=Grade.SPECIAL_MENTION, because=Label("借新还旧", "repaid by a new loan"), source=guideline_2007("10")),
            Rule("restructured", when=facts.in_observation.is_true(), then=Grade.SUBSTANDARD, because=Label("需要重组的贷款，六个月观察期内不得上调", "a restructured loan, not to be upgraded within six months"), source=guideline_2007("12")),
            Rule("restructured-overdue", when=facts.in_observation.is_true() & (facts.days_past_due > 0), then=Grade.DOUBTFUL, because=Label("重组后仍逾期", "still past due after restructuring"), source=guideline_2007("12")),
            Rule("debt-evasion", when=facts.debt_evasion.is_true(), then=Grade.DOUBTFUL, because=Label("债务人逃废银行债务", "the debtor evades bank debt"), source=ladder),
            Rule("bankruptcy", when=facts.bankruptcy.is_true(), then=Grade.LOSS, because=Label("债务人进入破产清算", "the debtor is in bankruptcy liquidation"), source=ladder),
            Rule(
                "not-yet-upgraded",
                when=facts.was_non_performing.is_true() & (facts.months_clean_since_cure < p.upgrade_months),
                then=Grade.SUBSTANDARD,
                because=Label("不良贷款上调所需的连续正常还款尚未满期", "the payments required before an upgrade are not complete"),
                source=guideline_2007("12"),
            ),
        ),
    )
