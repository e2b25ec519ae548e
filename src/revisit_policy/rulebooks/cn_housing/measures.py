"""Measures: what is recommended. Every one rests on established facts; legal ones on arrears over 90 days, missed periods or a clause.

A measure is a proposal to a person, who decides. Something is always recommended: where nothing is called for, to keep
watching. Of a loan that is settled nothing is. What needs the borrower's agreement is recommended where there is somebody
to agree with, and as long as the loan performs: beyond that the one way is to restructure it.
"""

from __future__ import annotations

from typing import Final

from revisit_policy.casefile import facts
from revisit_policy.language.condition import ALWAYS, Condition, all_of, any_of
from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Fold
from revisit_policy.language.period import Period
from revisit_policy.language.rule import Rule
from revisit_policy.language.scale import unordered
from revisit_policy.language.table import Table
from revisit_policy.outcomes.grade import Grade
from revisit_policy.outcomes.measure import Measure
from revisit_policy.outcomes.signal import Level, SignalCode
from revisit_policy.rulebooks.cn_housing import arrears
from revisit_policy.rulebooks.cn_housing.difficulty import Difficulty
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.regulations import (
    BULK_TRANSFER,
    PERSONAL_LOANS_CHANGED_ON,
    PERSONAL_LOANS_SINCE,
    RESTRUCTURED_ASSET,
    STALLED_PROJECTS,
    civil_code,
    collateral_2017,
    commercial_bank_law,
    measures_2023,
    personal_loans_2010,
    personal_loans_2024,
)
from revisit_policy.rulebooks.cn_housing.signals import raised
from revisit_policy.rulebooks.cn_housing.sources import PRACTICE, PRACTICE_UNVERIFIED, PROPOSAL, set_by_bank
from revisit_policy.rulebooks.cn_housing.upgrade_strategy import UpgradeStrategy
from revisit_policy.values.citation import Citation
from revisit_policy.values.labels import Label


def _rule(rule_id: str, measure: Measure, when: Condition, because: Label, source: Citation = PRACTICE_UNVERIFIED) -> Rule:  # noqa: PLR0917 - the columns of a table
    return Rule(f"measure-{rule_id}", when=when, then=measure, because=because, source=source)


def table(p: Parameters, *, signals: Fact, grade: Fact, difficulty: Fact) -> Table:
    """All measures."""
    return Table(
        "measures",
        label=Label("建议措施", "recommended measures"),
        outcomes=unordered(Measure),
        fold=Fold.EVERY,
        rules=(
            *_watching(p, grade),
            *_arrears(p, signals=signals),
            *_enforcement(p, signals=signals, grade=grade),
            *_recovery(p, signals=signals, grade=grade),
            *_conduct(signals),
            *_collateral(p, signals),
            *_title(signals),
            *_borrower(p, signals=signals, grade=grade, difficulty=difficulty),
        ),
    )


def _watching(p: Parameters, grade: Fact) -> tuple[Rule, ...]:
    """What is done about a loan that pays."""
    grace, months = p.technical_grace_days, p.upgrade_months
    performing = any_of(grade <= Grade.SPECIAL_MENTION, *(register.is_missing() for register in _REGISTERS_OF_GRADE))
    kept = performing & all_of(*map(_not_on_file, (facts.misuse_of_funds, facts.debt_evasion, facts.seized, facts.collateral_damaged)))
    brief = facts.days_past_due.between(1, grace + 1) & facts.technical_cause_proved.is_missing()
    paid_up = (facts.determined_grade >= Grade.SUBSTANDARD) & (facts.days_past_due <= 0)
    unsearched = _rule("verify-technical-cause", Measure.VERIFY, brief, Label(f"逾期{grace}天以内，尚未查明是否系技术原因", f"past due for {grace} days or fewer, and nobody has looked for a technical cause"), PROPOSAL)
    recorded = _rule("review-early-upgrade", Measure.REVIEW_GRADE, paid_up & (facts.months_clean_since_cure < months), Label(f"脱期法：已还清欠款，连续正常还款未满{months}个月，是否上调须认定并记录", f"by days past due: nothing is past due, before {months} months paid in full; whether it is upgraded is to be determined and recorded"), measures_2023("14", verified=False))
    return (
        _rule("monitor", Measure.MONITOR, arrears.excused(p) & arrears.owed() & kept, Label("未逾期或系已证明的技术原因，未成不良，亦无挪用、逃废债、查封或毁损，继续观察", "not past due, or by a proved technical cause, not non-performing, nothing misused, evaded, seized or harmed: keep watching")),
        _rule("verify-maturity", Measure.VERIFY, arrears.left_after_maturity() & (facts.days_past_due <= 0), Label("到期已逾一个月，本金未清而逾期天数为零，核实到期日与逾期天数", "more than a month beyond maturity, principal unpaid and no day past due: check the day of maturity and the days past due"), PROPOSAL),
        _rule("review-upgrade", Measure.REVIEW_GRADE, paid_up & (facts.months_clean_since_cure >= months), Label(f"不良贷款还清欠款并连续正常还款满{months}个月，可以上调：须认定能持续履约，且在本行无其他已减值资产", f"a non-performing loan, its arrears cleared and {months} months paid in full, may be upgraded: whether the borrower will keep paying and has no other impaired debt here is to be determined")),
        *([unsearched] if grace else ()),
        *([recorded] if p.upgrade_strategy is UpgradeStrategy.DPD else ()),
    )


#: Registers that can make a loan non-performing though nothing is past due; where nobody searched one, the grade is open.
_REGISTERS_OF_GRADE: Final = (
    facts.impaired,
    facts.restructured_again,
    facts.in_observation,
    facts.determined_grade,
    facts.debt_evasion,
    facts.bankruptcy,
)


def _not_on_file(register: Fact) -> Condition:
    """Nothing on the *register*, or nobody has searched it: what is only possible does not end the watching."""
    return register.is_false() | register.is_missing()


def _can_agree(p: Parameters) -> Condition:
    """There is somebody to agree on a new plan with: a borrower in good faith, or after a death a co-borrower who pays."""
    in_good_faith = facts.misuse_of_funds.is_false() & facts.debt_evasion.is_false()
    within_reach = facts.lost_contact.is_false() & (facts.failed_contacts < p.lost_contact_attempts)
    return in_good_faith & within_reach & (facts.deceased.is_false() | facts.co_borrower_paying.is_true())


def _arrears(p: Parameters, *, signals: Fact) -> tuple[Rule, ...]:
    """What arrears ask for until they are non-performing; none of it where only a search for a technical cause is missing."""
    days, second, over = facts.days_past_due, p.days_second_notice, p.days_substandard
    performing = arrears.established(p) & (days <= over)
    longer = days.between(second + 1, over + 1)
    imminent = signals.includes(*raised(SignalCode.NPL_IMMINENT)) & (days <= over)
    return (
        _rule("remind", Measure.REMIND, arrears.established(p) & (days <= second), Label("刚刚逾期，先提醒", "past due for a short time: remind first"), PRACTICE),
        _rule("collect", Measure.COLLECT, performing, Label("逾期须催收", "arrears are collected"), PRACTICE),
        _rule("demand-letter", Measure.DEMAND_LETTER, longer, Label(f"逾期超过{second}天，发催收函", f"more than {second} days past due: a letter of demand")),
        # the letter is asked for already; this says that the guarantor gets one too
        _rule("demand-letter-guarantor", Measure.DEMAND_LETTER, imminent & facts.has_guarantor.is_true(), Label("临近不良，同时向保证人催收", "close to non-performing: a letter to the guarantor too")),
        _rule("adjust-arrears", Measure.ADJUST_REPAYMENT, longer & _can_agree(p), Label(f"逾期即属财务困难；此处自逾期超过{second}天起，有人可协商的，可调整还款计划", f"to be past due is to be in difficulty: here after {second} days the plan may be adjusted, where there is somebody to agree with"), set_by_bank(RESTRUCTURED_ASSET)),
        _rule("guarantee-npl-imminent", Measure.ADD_GUARANTEE, imminent & facts.has_top_up_clause.is_true(), Label("临近不良，依约追加担保", "close to non-performing: more security as the contract allows")),
        _rule("revalue-npl-imminent", Measure.REVALUE, imminent & _not_fresh(p), Label(f"临近不良，而估值已逾{p.fresh_valuation_months}个月，重估押品", f"close to non-performing, and the valuation is more than {p.fresh_valuation_months} months old: revalue"), _EVENTS),
    )


#: Events ask for a valuation by law; how old the last one may be is for the bank to say.
_EVENTS: Final = set_by_bank(collateral_2017("19", verified=False))


def _not_fresh(p: Parameters) -> Condition:
    """The valuation is too old to speak for what has happened since; one that is missing is asked for on its own."""
    return facts.months_begun_since_valuation > p.fresh_valuation_months


def _enforcement(p: Parameters, *, signals: Fact, grade: Fact) -> tuple[Rule, ...]:
    days, npl = facts.days_past_due, signals.includes(*raised(SignalCode.NPL))
    over, far, periods = p.days_substandard, p.days_doubtful, p.lawyer_letter_missed
    missed = facts.missed_consecutive >= periods
    return (
        _rule("hand-over", Measure.HAND_OVER, grade >= Grade.SUBSTANDARD, Label("不良贷款移交资产保全，已移交的由其继续管理", "non-performing loans go to special assets, or stay there"), PRACTICE),
        _rule("revalue-npl", Measure.REVALUE, (grade >= Grade.SUBSTANDARD) & _not_fresh(p), Label(f"不良贷款，而估值已逾{p.fresh_valuation_months}个月，重估押品", f"non-performing, and the valuation is more than {p.fresh_valuation_months} months old: revalue"), _EVENTS),
        _rule("lawyer-letter", Measure.LAWYER_LETTER, npl | missed, Label(f"逾期超过{over}天，或连续欠款{periods}期以上", f"more than {over} days past due, or {periods} periods or more missed in a row"), PRACTICE),
        _rule("accelerate-npl", Measure.ACCELERATE, npl & facts.has_acceleration_clause.is_true(), Label(f"逾期超过{over}天，依约提前到期", f"more than {over} days past due: the whole loan falls due as the contract says")),
        _rule("payment-order", Measure.PAYMENT_ORDER, npl & (days <= far), Label("债权清楚，可申请支付令", "a clear debt: a payment order can be asked for")),
        _rule("litigate", Measure.LITIGATE, (days > far) | (npl & missed), Label(f"逾期超过{far}天，或不良且连续欠款{periods}期以上，提起诉讼", f"more than {far} days past due, or non-performing with {periods} periods or more missed in a row: sue"), PRACTICE),
        _rule("realise-security", Measure.REALISE_SECURITY, days > far, Label(f"逾期超过{far}天，申请实现担保物权", f"more than {far} days past due: apply to realise the security"), PRACTICE),
    )


def _recovery(p: Parameters, *, signals: Fact, grade: Fact) -> tuple[Rule, ...]:
    days, far = facts.days_past_due, p.days_doubtful
    npl, loss = signals.includes(*raised(SignalCode.NPL)), signals.includes(*raised(SignalCode.LOSS))
    return (
        _rule("negotiated-sale", Measure.NEGOTIATED_SALE, days > far, Label(f"逾期超过{far}天，可与抵押人协议折价或变卖", f"more than {far} days past due: a sale may be agreed on with the owner"), set_by_bank(civil_code("410"))),
        _rule("debt-asset-swap", Measure.DEBT_ASSET_SWAP, loss, Label("预计损失，可以物抵债并在两年内处置", "a loss is expected: the home may be taken for the debt, to be sold within two years"), commercial_bank_law("42")),
        _rule("write-off", Measure.WRITE_OFF, grade >= Grade.LOSS, Label("损失类，账销案存", "graded loss: write off, and keep the claim"), PRACTICE),
        _rule("bulk-transfer", Measure.BULK_TRANSFER, grade >= Grade.SUBSTANDARD, Label("不良贷款通常可批量转让", "non-performing loans can as a rule be sold in bulk")),
        _rule("restructure", Measure.RESTRUCTURE, npl & facts.cooperative.is_true(), Label("已成不良而借款人配合，可协议重组", "non-performing, and the borrower co-operates: the loan may be restructured"), set_by_bank(RESTRUCTURED_ASSET)),
    )


def _conduct(signals: Fact) -> tuple[Rule, ...]:
    misuse = signals.includes(*raised(SignalCode.MISUSE))
    evasion = signals.includes(*raised(SignalCode.EVASION))
    conduct, npl = misuse | evasion, signals.includes(*raised(SignalCode.NPL))
    clause = facts.has_acceleration_clause.is_true()
    return (
        _rule("stop-drawing-misuse", Measure.STOP_DRAWING, misuse, Label("挪用贷款，停止发放余款", "misuse: pay out nothing more"), civil_code("673")),
        _rule("stop-drawing-evasion", Measure.STOP_DRAWING, evasion, Label("逃废债务，依约停止发放余款", "evasion: pay out nothing more, as the contract says")),
        _rule("accelerate-misuse", Measure.ACCELERATE, misuse & clause, Label("挪用贷款，依约提前收回", "misuse: recall as the contract says"), civil_code("673")),
        _rule("accelerate-evasion", Measure.ACCELERATE, evasion & clause, Label("逃废债务，依约提前到期", "evasion: the whole loan falls due as the contract says")),
        _rule("litigate-conduct", Measure.LITIGATE, conduct & npl, Label("挪用或逃废债且已成不良，提起诉讼", "misused or evaded, and non-performing: sue")),
        _rule("review-conduct", Measure.REVIEW_GRADE, conduct, Label("挪用或逃废债，重新认定分类", "misused or evaded: the grade is to be determined again")),
    )


def _collateral(p: Parameters, signals: Fact) -> tuple[Rule, ...]:
    code = SignalCode
    decline = signals.includes(*raised(code.COLLATERAL_DECLINE))
    deep = signals.includes(*raised(code.COLLATERAL_DECLINE, Level.ORANGE, Level.RED))
    return (
        _rule("revalue-due", Measure.REVALUE, signals.includes(*raised(code.REVALUATION_DUE)), Label("估值到期或缺失", "the valuation has run out or is missing"), collateral_2017("18", verified=True)),
        _rule("revalue-decline", Measure.REVALUE, decline & _not_fresh(p), Label(f"押品价值下降，而估值已逾{p.fresh_valuation_months}个月，重估", f"the collateral has lost value, and the valuation is more than {p.fresh_valuation_months} months old: revalue"), _EVENTS),
        _rule("guarantee-decline", Measure.ADD_GUARANTEE, deep & facts.has_top_up_clause.is_true(), Label("余值不足，依约追加担保；市价下跌本身无法定追加权", "too little margin: more security as the contract allows; a market fall alone gives no such right")),
    )


def _title(signals: Fact) -> tuple[Rule, ...]:
    """What is done where the mortgage itself, or the home, is in danger."""
    code, clause = SignalCode, facts.has_acceleration_clause.is_true()
    seized, damaged = signals.includes(*raised(code.SEIZURE)), signals.includes(*raised(code.COLLATERAL_DAMAGED))
    stalled = signals.includes(*raised(code.PROJECT_STALLED))
    return (
        _rule("complete-registration", Measure.COMPLETE_REGISTRATION, signals.includes(*raised(code.REGISTRATION_LAPSED)), Label("立即办理正式抵押登记", "complete the mortgage registration at once"), civil_code("221")),
        _rule("demand-restoration", Measure.DEMAND_RESTORATION, damaged, Label("要求停止侵害、恢复价值或另行担保", "demand that harm stops and value is restored or secured"), civil_code("408")),
        _rule("accelerate-damage", Measure.ACCELERATE, damaged & clause, Label("不恢复价值也不提供担保的，提前到期", "if value is neither restored nor secured, the loan falls due"), civil_code("408")),
        _rule("accelerate-seizure", Measure.ACCELERATE, seized & clause, Label("押品被查封，依约提前到期", "the home is seized: the whole loan falls due as the contract says")),
        _rule("verify-seizure", Measure.VERIFY, seized, Label("核实查封机关、案由与顺位", "find out who has seized the home, why, and in which rank")),
        _rule("verify-stalled", Measure.VERIFY, stalled, Label("核实项目停工与交付情况，并列入房地产贷款风险监测报表", "find out how the project stands and when it will be handed over, and list the loan in the return on real-estate lending"), STALLED_PROJECTS),
        _rule("guarantee-stalled", Measure.ADD_GUARANTEE, stalled & facts.has_top_up_clause.is_true(), Label("项目停工，依约追加担保", "the project is stalled: more security as the contract allows")),
    )


def _borrower(p: Parameters, *, signals: Fact, grade: Fact, difficulty: Fact) -> tuple[Rule, ...]:
    code = SignalCode
    capacity = signals.includes(*raised(code.CAPACITY))
    changed = signals.includes(*raised(code.CAPACITY), *raised(code.CONTACT), *raised(code.BAD_DEBT_ELSEWHERE))
    strained = capacity & difficulty.is_in(Difficulty.IN_DIFFICULTY)
    agreed = strained & _can_agree(p)
    eased = agreed & (facts.days_past_due <= p.days_substandard)
    return (
        _rule("verify-borrower", Measure.VERIFY, changed, Label("核实借款人的收入、联系方式与他处负债", "verify income, how the borrower is reached, and debts elsewhere")),
        _rule("verify-heirs", Measure.VERIFY, signals.includes(*raised(code.DECEASED)), Label("核实继承人、遗产与共同还款人；继承人以所得遗产实际价值为限清偿", "find heirs, estate and co-borrowers: heirs owe up to the value of what they inherit"), civil_code("1161")),
        _rule("verify-bankruptcy", Measure.VERIFY, signals.includes(*raised(code.BANKRUPTCY)), Label("核实管理人与债权申报期限，按期申报债权", "find out who administers the estate and by when claims are to be lodged, and lodge the claim")),
        _rule("adjust-capacity", Measure.ADJUST_REPAYMENT, eased, Label("还款能力下降且有困难，逾期未成不良，有人可协商的，可调整还款计划", "weaker ability and in difficulty, not yet non-performing by days past due: the plan may be adjusted, where there is somebody to agree with"), set_by_bank(RESTRUCTURED_ASSET)),
        _rule("grace", Measure.GRACE, agreed & (facts.days_past_due <= 0), Label("尚未逾期，可给予宽限期", "not yet past due: a grace period may be granted"), set_by_bank(RESTRUCTURED_ASSET)),
        *_extension(p, eased),
        _rule("guarantor-consent", Measure.VERIFY, eased & facts.has_guarantor.is_true(), Label("变更期限须经保证人书面同意，否则保证期间不变、加重部分不受担保", "a change of term needs the guarantor's written consent: without it the period of the guarantee stays and a heavier debt is not covered"), civil_code("695")),
        _rule("guarantee-capacity", Measure.ADD_GUARANTEE, signals.includes(*raised(code.CAPACITY, Level.ORANGE)) & facts.has_top_up_clause.is_true(), Label("负担过重，依约追加担保", "debt service is too high: more security as the contract allows")),
        _rule("review-capacity", Measure.REVIEW_GRADE, strained & (grade <= Grade.NORMAL), Label("还款能力下降且有困难，重新认定是否归为关注类", "weaker ability and in difficulty: whether it is special mention is to be determined")),
    )


def _extension(p: Parameters, eased: Condition) -> tuple[Rule, ...]:
    """The term may be extended up to the longest that the product allows, by the measures in force on the day."""
    room, cap = facts.term_months < p.max_term_months, p.max_term_months
    because = Label(f"原期限加展期不得超过该品种最长期限，此处为{cap}个月，尚有余地", f"term and extensions together stay within the longest term of the product, here {cap} months: there is room")

    def extend(rule_id: str, *, period: Period, source: Citation) -> Rule:
        return Rule(f"measure-extend-term-{rule_id}", when=eased & room, then=Measure.EXTEND_TERM, because=because, source=source, period=period)

    return (
        extend("2010", period=Period(since=PERSONAL_LOANS_SINCE, until=PERSONAL_LOANS_CHANGED_ON), source=personal_loans_2010("39")),
        extend("2024", period=Period(since=PERSONAL_LOANS_CHANGED_ON), source=personal_loans_2024()),
    )


def barred_table() -> Table:
    """Measures never recommended, whatever rule asks for them: subtracted last, after overlays."""
    return Table(
        "barred",
        label=Label("禁止措施", "barred measures"),
        outcomes=unordered(Measure),
        fold=Fold.EVERY,
        rules=(
            Rule(
                "barred-bulk-transfer",
                when=ALWAYS,
                then=Measure.BULK_TRANSFER,
                because=Label("个人住房贷款原则上不纳入批量转让", "housing loans are in principle left out of bulk transfers"),
                source=BULK_TRANSFER,
            ),
        ),
    )
