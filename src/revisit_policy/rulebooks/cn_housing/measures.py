"""Measures: what is recommended. Every one rests on established facts, and on the right that its source gives.

A measure is a proposal to a person, who decides. Something is always recommended: where nothing is called for, to keep
watching. Of a loan that is settled nothing is. What needs the borrower's agreement is recommended where there is somebody
to agree with, and as long as the loan performs: beyond that the one way is to restructure it. Nobody who pays is asked for more
security. What is done about a loan that is non-performing stands in `enforcement`, about the home in `home_measures`.
"""

from __future__ import annotations

from typing import Final

from revisit_policy.casefile import facts
from revisit_policy.language.condition import Condition, all_of, any_of
from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Fold
from revisit_policy.language.period import Period
from revisit_policy.language.rule import Rule
from revisit_policy.language.scale import unordered
from revisit_policy.language.table import Table
from revisit_policy.outcomes.grade import Grade
from revisit_policy.outcomes.measure import Measure
from revisit_policy.outcomes.signal import SignalCode
from revisit_policy.rulebooks.cn_housing import arrears, enforcement, home_measures
from revisit_policy.rulebooks.cn_housing.difficulty import Difficulty
from revisit_policy.rulebooks.cn_housing.measure_rule import can_agree, not_fresh
from revisit_policy.rulebooks.cn_housing.measure_rule import recommend as _rule
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.regulations import (
    BULK_TRANSFER,
    EVENTS,
    NO_BULK_TRANSFER,
    PERSONAL_LOANS_CHANGED_ON,
    PERSONAL_LOANS_SINCE,
    RESTRUCTURED_ASSET,
    TELL_FIRST,
    civil_code,
    personal_loans_2010,
    personal_loans_2024,
)
from revisit_policy.rulebooks.cn_housing.signals import raised
from revisit_policy.rulebooks.cn_housing.sources import PRACTICE, PROPOSAL, set_by_bank
from revisit_policy.values.citation import Citation
from revisit_policy.values.labels import Label
from revisit_policy.values.money import cny


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
            *enforcement.rules(p, signals=signals, grade=grade),
            *_conduct(signals),
            *home_measures.rules(p, signals=signals, grade=grade),
            *_borrower(p, signals=signals, grade=grade, difficulty=difficulty),
        ),
    )


def _watching(p: Parameters, grade: Fact) -> tuple[Rule, ...]:
    """What is done about a loan that pays."""
    grace = p.technical_grace_days
    performing = any_of(grade <= Grade.SPECIAL_MENTION, *(register.is_missing() for register in _REGISTERS_OF_GRADE))
    kept = performing & all_of(*map(_not_on_file, (facts.misuse_of_funds, facts.debt_evasion, facts.seized, facts.collateral_damaged)))
    brief = facts.days_past_due.between(1, grace + 1) & facts.technical_cause_proved.is_missing()
    unsearched = _rule("verify-technical-cause", Measure.VERIFY, brief, Label(f"逾期{grace}天以内，尚未查明是否系技术原因", f"past due for {grace} days or fewer, and nobody has looked for a technical cause"), PROPOSAL)
    return (
        _rule("monitor", Measure.MONITOR, arrears.excused(p) & arrears.owed() & kept, Label("未逾期或系已证明的技术原因，未成不良，亦无挪用、逃废债、查封或毁损：还款方面继续观察，另有措施的照办", "not past due, or by a proved technical cause, not non-performing, nothing misused, evaded, seized or harmed: keep watching how it is paid, beside whatever else is recommended")),
        _rule("verify-maturity", Measure.VERIFY, arrears.left_after_maturity() & (facts.days_past_due <= 0), Label("到期已逾一个月，本金未清而逾期天数为零，核实到期日与逾期天数", "more than a month beyond maturity, principal unpaid and no day past due: check the day of maturity and the days past due"), PROPOSAL),
        *([unsearched] if grace else ()),
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


def _arrears(p: Parameters, *, signals: Fact) -> tuple[Rule, ...]:
    """What arrears ask for until they are non-performing; none of it where only a search for a technical cause is missing."""
    days, second, over = facts.days_past_due, p.days_second_notice, p.days_substandard
    performing = arrears.established(p) & (days <= over)
    longer = days.between(second + 1, over + 1)
    imminent = signals.includes(*raised(SignalCode.NPL_IMMINENT)) & (days <= over)
    return (
        _rule("remind", Measure.REMIND, arrears.established(p) & (days <= second), Label("刚刚逾期，先提醒", "past due for a short time: remind first"), PRACTICE),
        _rule("collect", Measure.COLLECT, performing, Label("逾期须催收", "arrears are collected"), PRACTICE),
        _rule("tell-before-reporting", Measure.TELL_BEFORE_REPORTING, arrears.established(p), Label("逾期将作为不良信息报送征信，报送前须告知本人", "arrears are reported as a bad record, and the borrower is told before"), TELL_FIRST),
        _rule("demand-letter", Measure.DEMAND_LETTER, longer, Label(f"逾期超过{second}天，发催收函", f"more than {second} days past due: a letter of demand")),
        # the letter is asked for already; this says that the guarantor gets one too
        _rule("demand-letter-guarantor", Measure.DEMAND_LETTER, imminent & facts.has_guarantor.is_true(), Label("临近不良，同时向保证人催收", "close to non-performing: a letter to the guarantor too")),
        _rule("adjust-arrears", Measure.ADJUST_REPAYMENT, longer & can_agree(p), Label(f"逾期即属财务困难；此处自逾期超过{second}天起，有人可协商的，可调整还款计划", f"to be past due is to be in difficulty: here after {second} days the plan may be adjusted, where there is somebody to agree with"), set_by_bank(RESTRUCTURED_ASSET)),
        _rule("revalue-npl-imminent", Measure.REVALUE, imminent & not_fresh(p), Label(f"临近不良，而估值已逾{p.fresh_valuation_months}个月，重估押品", f"close to non-performing, and the valuation is more than {p.fresh_valuation_months} months old: revalue"), EVENTS),
    )


def _conduct(signals: Fact) -> tuple[Rule, ...]:
    """Misuse gives its rights by law, evasion by the contract. Of a loan that is paid out in full nothing can be stopped."""
    misuse, evasion = signals.includes(*raised(SignalCode.MISUSE)), signals.includes(*raised(SignalCode.EVASION))
    undrawn, clause = facts.undrawn > cny(0), facts.has_acceleration_clause.is_true()
    return (
        _rule("stop-drawing-misuse", Measure.STOP_DRAWING, misuse & undrawn, Label("挪用贷款，停止发放余款", "misuse: pay out nothing more"), civil_code("673")),
        _rule("stop-drawing-evasion", Measure.STOP_DRAWING, evasion & undrawn, Label("逃废债务，依约停止发放余款", "evasion: pay out nothing more, as the contract says")),
        _rule("accelerate-misuse", Measure.ACCELERATE, misuse, Label("挪用贷款，依法提前收回，无须合同另有约定；宜先限期纠正", "misuse: the loan is recalled by law, whatever the contract says; a day is set first to put it right"), civil_code("673")),
        _rule("rescind-misuse", Measure.RESCIND, misuse, Label("挪用贷款，亦可解除合同", "misuse: or the contract is rescinded"), civil_code("673")),
        _rule("accelerate-evasion", Measure.ACCELERATE, evasion & clause, Label("逃废债务，依约提前到期", "evasion: the whole loan falls due as the contract says")),
        _rule("review-conduct", Measure.REVIEW_GRADE, misuse | evasion, Label("挪用或逃废债，重新认定分类", "misused or evaded: the grade is to be determined again")),
    )


def _borrower(p: Parameters, *, signals: Fact, grade: Fact, difficulty: Fact) -> tuple[Rule, ...]:
    code = SignalCode
    capacity = signals.includes(*raised(code.CAPACITY))
    changed = signals.includes(*raised(code.CAPACITY), *raised(code.CONTACT), *raised(code.BAD_DEBT_ELSEWHERE))
    strained = capacity & difficulty.is_in(Difficulty.IN_DIFFICULTY)
    agreed = strained & can_agree(p)
    eased = agreed & (facts.days_past_due <= p.days_substandard)
    return (
        _rule("verify-borrower", Measure.VERIFY, changed, Label("核实借款人的收入、联系方式与他处负债", "verify income, how the borrower is reached, and debts elsewhere")),
        _rule("verify-heirs", Measure.VERIFY, signals.includes(*raised(code.DECEASED)), Label("核实继承人、遗产与共同还款人；继承人以所得遗产实际价值为限清偿", "find heirs, estate and co-borrowers: heirs owe up to the value of what they inherit"), civil_code("1161")),
        _rule("lodge-claim", Measure.LODGE_CLAIM, signals.includes(*raised(code.BANKRUPTCY)), Label("经管理人了解程序与债权申报期限，按期申报债权，不直接向本人催收", "learn from the administrator how it stands and by when claims are lodged, and lodge the claim; the person is not dunned")),
        _rule("adjust-capacity", Measure.ADJUST_REPAYMENT, eased, Label("还款能力下降且有困难，逾期未成不良，有人可协商的，可调整还款计划", "weaker ability and in difficulty, not yet non-performing by days past due: the plan may be adjusted, where there is somebody to agree with"), set_by_bank(RESTRUCTURED_ASSET)),
        _rule("grace", Measure.GRACE, agreed & (facts.days_past_due <= 0), Label("尚未逾期，可给予宽限期", "not yet past due: a grace period may be granted"), set_by_bank(RESTRUCTURED_ASSET)),
        *_extension(p, eased),
        _rule("guarantor-consent", Measure.VERIFY, eased & facts.has_guarantor.is_true(), Label("变更期限须经保证人书面同意，否则保证期间不变、加重部分不受担保", "a change of term needs the guarantor's written consent: without it the period of the guarantee stays and a heavier debt is not covered"), civil_code("695")),
        _rule("review-capacity", Measure.REVIEW_GRADE, strained & (grade <= Grade.NORMAL), Label("还款能力下降且有困难，重新认定是否归为关注类", "weaker ability and in difficulty: whether it is special mention is to be determined")),
    )


def _extension(p: Parameters, eased: Condition) -> tuple[Rule, ...]:
    """The term may be extended once, up to the tightest of three limits; what an earlier extension has left, `longest_extension` counts."""
    room, cap = (facts.term_months < p.max_term_months) & facts.extended.is_false(), p.max_term_months
    because = Label(
        f"未曾展期，原期限不足{cap}个月，尚有余地：展期不超过原期限一半，五年以上的不超过三年，且原期限加展期不超过{cap}个月，取其最短",
        f"not extended before, and the term is below {cap} months, so that there is room: by half of the term, of more than five years by three years, and to {cap} months in all, whichever is least",
    )

    def extend(rule_id: str, *, period: Period, source: Citation) -> Rule:
        return Rule(f"measure-extend-term-{rule_id}", when=eased & room, then=Measure.EXTEND_TERM, because=because, source=source, period=period)

    return (
        extend("2010", period=Period(since=PERSONAL_LOANS_SINCE, until=PERSONAL_LOANS_CHANGED_ON), source=set_by_bank(personal_loans_2010("39"))),
        extend("2024", period=Period(since=PERSONAL_LOANS_CHANGED_ON), source=set_by_bank(personal_loans_2024())),
    )


def barred_table(grade: Fact) -> Table:
    """Measures never recommended, whatever rule asks for them: subtracted last, after overlays. Said where somebody might think of them."""
    bad = grade >= Grade.SUBSTANDARD
    pilot = Label("不良贷款转让试点（2021年1月起，经延期至2026年12月31日，新规施行前继续执行）不含个人住房贷款", "the pilot of transfers, from January 2021 and prolonged to 31 December 2026, until there are rules in its place, leaves housing loans out")
    batch = Label("试点之外，个人贷款不得批量转让", "outside the pilot personal loans may not be sold in bulk")
    return Table(
        "barred",
        label=Label("禁止措施", "barred measures"),
        outcomes=unordered(Measure),
        fold=Fold.EVERY,
        rules=(
            Rule("barred-bulk-transfer", when=bad, then=Measure.BULK_TRANSFER, because=batch, source=NO_BULK_TRANSFER),
            Rule("barred-bulk-transfer-pilot", when=bad, then=Measure.BULK_TRANSFER, because=pilot, source=BULK_TRANSFER),
        ),
    )
