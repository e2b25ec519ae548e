"""Grade under the 2007 guideline, for loans not yet re-classified, as banks applied it to housing loans.

The guideline itself counts no days beyond the point where interest leaves the books. The ladder of days is the one
that banks used for retail loans; the guideline's own grounds are from memory and say so.
"""

from __future__ import annotations

from typing import Final

from revisit_policy.casefile import facts
from revisit_policy.language.fold import Fold
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.outcomes.grade import Grade
from revisit_policy.rulebooks.cn_housing.arrears import in_earnest
from revisit_policy.rulebooks.cn_housing.grade import LABEL, determined, floor, overdue_more_than
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.regulations import guideline_2007
from revisit_policy.rulebooks.cn_housing.sources import PRACTICE, PROPOSAL
from revisit_policy.values.labels import Label
from revisit_policy.values.ratio import percent_label

#: The registers that make a loan special mention though nothing is past due: two more than the measures of 2023 have for retail loans.
GROUNDS: Final = (facts.misuse_of_funds, facts.refinanced, facts.in_observation, facts.other_bad_debt, facts.granted_in_breach)


def table(p: Parameters) -> Table:
    """The ladder of days, conduct, and restructuring."""
    return Table(
        "grade",
        label=LABEL,
        outcomes=Grade,
        fold=Fold.WORST,
        otherwise=Grade.NORMAL,
        rules=(*determined(PROPOSAL), *_days(p), *_conduct(), *_restructuring(p), *_losses(p)),
    )


def _days(p: Parameters) -> tuple[Rule, ...]:
    days = facts.days_past_due
    return (
        floor("overdue", Grade.SPECIAL_MENTION, in_earnest(p), Label("本金或利息逾期，且未证明系偶发的技术原因", "principal or interest is past due, and no accidental cause is proved"), guideline_2007("10")),
        floor("overdue-90", Grade.SUBSTANDARD, days > p.days_substandard, overdue_more_than(p.days_substandard), PRACTICE),
        floor("overdue-180", Grade.DOUBTFUL, days > p.old_days_doubtful, overdue_more_than(p.old_days_doubtful), PRACTICE),
    )


def _conduct() -> tuple[Rule, ...]:
    return (
        floor("misuse-of-funds", Grade.SPECIAL_MENTION, facts.misuse_of_funds.is_true(), Label("改变贷款用途", "the use of funds was changed"), guideline_2007("10")),
        floor("refinanced", Grade.SPECIAL_MENTION, facts.refinanced.is_true(), Label("借新还旧", "repaid by a new loan"), guideline_2007("10")),
        floor("bad-debt-elsewhere", Grade.SPECIAL_MENTION, facts.other_bad_debt.is_true(), Label("同一借款人的其他债务部分已成不良", "other debts of the same borrower are partly non-performing"), guideline_2007("10", verified=True)),
        floor("granted-in-breach", Grade.SPECIAL_MENTION, facts.granted_in_breach.is_true(), Label("违反国家法律法规发放", "granted in breach of law or regulation"), guideline_2007("10", verified=True)),
        floor("debt-evasion", Grade.SPECIAL_MENTION, facts.debt_evasion.is_true(), Label("恶意逃废银行债务，本息尚未逾期", "bank debt is evaded, nothing is past due yet"), guideline_2007("10")),
        floor("debt-evasion-overdue", Grade.SUBSTANDARD, facts.debt_evasion.is_true() & (facts.days_past_due > 0), Label("恶意逃废银行债务，本息已经逾期", "bank debt is evaded and past due"), guideline_2007("11")),
    )


def _restructuring(p: Parameters) -> tuple[Rule, ...]:
    months = p.old_observation_months
    return (
        floor("restructured", Grade.SUBSTANDARD, facts.in_observation.is_true(), Label(f"需要重组的贷款，在至少{months}个月的观察期内", f"a loan that needed restructuring, in its observation of at least {months} months"), guideline_2007("12")),
        floor("restructured-again", Grade.SUBSTANDARD, facts.restructured_again.is_true(), Label("再次重组", "restructured again"), guideline_2007("12")),
        floor("restructured-overdue", Grade.DOUBTFUL, facts.in_observation.is_true() & (facts.days_past_due > 0), Label("重组后仍逾期", "still past due after restructuring"), guideline_2007("12")),
    )


def _losses(p: Parameters) -> tuple[Rule, ...]:
    share = percent_label(p.ecl_loss)
    return (
        floor("impaired", Grade.SUBSTANDARD, facts.impaired.is_true(), Label("已发生减值", "impaired"), guideline_2007()),
        floor("bankruptcy", Grade.LOSS, facts.bankruptcy.is_true(), Label("债务人进入破产清算", "the debtor is in bankruptcy liquidation"), guideline_2007()),
        floor("ecl-ninety", Grade.LOSS, facts.impaired.is_true() & (facts.ecl_ratio >= p.ecl_loss), Label(f"已减值，且预计损失占账面余额{share.zh}以上，只能收回极少部分", f"impaired, with expected losses of {share.en} of the carrying amount or more: very little can be recovered"), PROPOSAL),
    )
