"""Signals: what is worth a warning, and how loud. A code that fires at several levels has the worst of them.

No regulation fixes signals or their colours. Grades come from law, signals from practice and proposal.
"""

from __future__ import annotations

from typing import Final

from revisit_policy.casefile import facts
from revisit_policy.language.condition import Condition
from revisit_policy.language.fold import Fold
from revisit_policy.language.rule import Rule
from revisit_policy.language.scale import unordered
from revisit_policy.language.table import Table
from revisit_policy.outcomes.signal import Level, Signal, SignalCode
from revisit_policy.rulebooks.cn_housing.grade import overdue_in_earnest
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.sources import PRACTICE, PRACTICE_UNVERIFIED, PROPOSAL, civil_code, collateral_2017, measures_2023, real_estate_2004
from revisit_policy.values.citation import Citation
from revisit_policy.values.labels import Label

#: Every signal that this rulebook can raise, in the order in which decisions list them.
SIGNALS: Final = tuple(
    Signal(code, level=level)
    for code, levels in {
        SignalCode.ARREARS: (Level.YELLOW, Level.ORANGE),
        SignalCode.NPL_IMMINENT: (Level.ORANGE,),
        SignalCode.NPL: (Level.RED,),
        SignalCode.LOSS: (Level.RED,),
        SignalCode.IMPAIRED: (Level.RED,),
        SignalCode.MISUSE: (Level.RED,),
        SignalCode.EVASION: (Level.RED,),
        SignalCode.BANKRUPTCY: (Level.RED,),
        SignalCode.REFINANCED: (Level.YELLOW,),
        SignalCode.RESTRUCTURED: (Level.YELLOW,),
        SignalCode.REVALUATION_DUE: (Level.BLUE,),
        SignalCode.COLLATERAL_DECLINE: (Level.YELLOW, Level.ORANGE, Level.RED),
        SignalCode.COLLATERAL_DAMAGED: (Level.ORANGE,),
        SignalCode.REGISTRATION_LAPSED: (Level.RED,),
        SignalCode.SEIZURE: (Level.RED,),
        SignalCode.PROJECT_STALLED: (Level.ORANGE,),
        SignalCode.CAPACITY: (Level.YELLOW, Level.ORANGE),
        SignalCode.CONTACT: (Level.YELLOW, Level.ORANGE),
        SignalCode.BAD_DEBT_ELSEWHERE: (Level.YELLOW,),
        SignalCode.DECEASED: (Level.YELLOW,),
        SignalCode.WATCH: (Level.BLUE,),
    }.items()
    for level in levels
)


def raised(code: SignalCode, *levels: Level) -> tuple[Signal, ...]:
    """The signals of *code*, at *levels* or at any."""
    return tuple(signal for signal in SIGNALS if signal.code is code and (not levels or signal.level in levels))


def _rule(rule_id: str, code: SignalCode, level: Level, when: Condition, because: Label, source: Citation) -> Rule:  # noqa: PLR0913, PLR0917 - the columns of a table
    return Rule(rule_id, when=when, then=Signal(code, level=level), because=because, source=source)


def table(p: Parameters) -> Table:
    """All signals, of arrears, conduct, collateral, title and borrower."""
    return Table(
        "signals",
        label=Label("预警信号", "warning signals"),
        outcomes=unordered(SIGNALS),
        fold=Fold.EVERY,
        rules=(*_arrears(p), *_conduct(), *_collateral(p), *_title(p), *_borrower(p)),
    )


def _arrears(p: Parameters) -> tuple[Rule, ...]:
    days, code = facts.days_past_due, SignalCode
    over = p.days_substandard
    return (
        _rule("signal-arrears", code.ARREARS, Level.YELLOW, overdue_in_earnest(p), Label("出现逾期", "payments are past due"), PRACTICE),
        _rule("signal-arrears-31", code.ARREARS, Level.ORANGE, days.between(31, over + 1), Label("逾期超过30天", "more than 30 days past due"), PRACTICE),
        _rule("signal-npl-imminent", code.NPL_IMMINENT, Level.ORANGE, days.between(61, over + 1), Label("逾期超过60天，即将转为不良", "more than 60 days past due, about to become non-performing"), PROPOSAL),
        _rule("signal-npl", code.NPL, Level.RED, days > over, Label(f"逾期超过{over}天", f"more than {over} days past due"), measures_2023("11", verified=True)),
        _rule("signal-loss", code.LOSS, Level.RED, days > p.days_loss, Label(f"逾期超过{p.days_loss}天", f"more than {p.days_loss} days past due"), measures_2023("13", verified=True)),
        _rule("signal-impaired", code.IMPAIRED, Level.RED, facts.impaired.is_true(), Label("已发生信用减值", "credit-impaired"), measures_2023("11", verified=True)),
        _rule("signal-loss-expected", code.LOSS, Level.RED, facts.impaired.is_true() & (facts.ecl_ratio >= p.ecl_loss), Label("预期信用损失占比九成以上", "expected losses of nine tenths or more"), measures_2023("13", verified=False)),
        _rule("signal-watch-delays", code.WATCH, Level.BLUE, facts.delays_over_5_days_12m >= p.watch_delays, Label("十二个月内多次迟付超过5天", "several delays of more than five days in twelve months"), PRACTICE_UNVERIFIED),
    )


def _conduct() -> tuple[Rule, ...]:
    code = SignalCode
    return (
        _rule("signal-misuse", code.MISUSE, Level.RED, facts.misuse_of_funds.is_true(), Label("贷款资金被挪用", "the loan was used for something else"), civil_code("673")),
        _rule("signal-evasion", code.EVASION, Level.RED, facts.debt_evasion.is_true(), Label("逃废债务", "debt is being evaded"), measures_2023("12", verified=False)),
        _rule("signal-bankruptcy", code.BANKRUPTCY, Level.RED, facts.bankruptcy.is_true(), Label("进入破产清算", "in bankruptcy liquidation"), measures_2023("13", verified=False)),
        _rule("signal-refinanced", code.REFINANCED, Level.YELLOW, facts.refinanced.is_true(), Label("借新还旧", "repaid by new debt"), measures_2023("10", verified=False)),
        _rule("signal-restructured", code.RESTRUCTURED, Level.YELLOW, facts.in_observation.is_true(), Label("重组观察期内", "restructured and under observation"), measures_2023("20", verified=True)),
    )


def _collateral(p: Parameters) -> tuple[Rule, ...]:
    code, decline = SignalCode, SignalCode.COLLATERAL_DECLINE
    stale = facts.months_begun_since_valuation > p.revaluation_months
    return (
        _rule("signal-revaluation-due", code.REVALUATION_DUE, Level.BLUE, stale, Label("押品估值已过期", "the valuation has run out"), collateral_2017("18", verified=True)),
        _rule("signal-valuation-missing", code.REVALUATION_DUE, Level.BLUE, facts.months_begun_since_valuation.is_missing(), Label("没有押品估值", "there is no valuation"), collateral_2017("18", verified=True)),
        _rule("signal-prices-fall", decline, Level.YELLOW, facts.price_change_12m <= p.price_fall, Label("所在地房价明显下跌", "home prices in the region have fallen markedly"), collateral_2017("19", verified=False)),
        _rule("signal-ltv-thin", decline, Level.YELLOW, facts.ltv_now >= p.ltv_thin, Label("贷款价值比偏高，余值偏薄", "loan-to-value is high, the margin thin"), PROPOSAL),
        _rule("signal-ltv-orange", decline, Level.ORANGE, facts.ltv_now >= p.ltv_orange, Label("贷款价值比接近押品价值", "the balance is close to the value of the home"), PROPOSAL),
        _rule("signal-ltv-under-water", decline, Level.RED, facts.ltv_now > 1, Label("贷款余额超过押品价值", "the balance exceeds the value of the home"), PROPOSAL),
        _rule("signal-collateral-damaged", code.COLLATERAL_DAMAGED, Level.ORANGE, facts.collateral_damaged.is_true(), Label("抵押人行为致押品减值", "the owner's acts reduce the value"), civil_code("408")),
    )


def _title(p: Parameters) -> tuple[Rule, ...]:
    code = SignalCode
    lapsed = facts.registration_state.is_in("none", "pre_registered") & (facts.days_since_registrable > p.pre_registration_days)
    return (
        _rule("signal-registration-lapsed", code.REGISTRATION_LAPSED, Level.RED, lapsed, Label("可办登记之日起逾九十日未申请，预告登记失效", "ninety days passed without applying for registration, so the pre-registration lapsed"), civil_code("221")),
        _rule("signal-seizure", code.SEIZURE, Level.RED, facts.seized.is_true(), Label("押品被查封或冻结", "the home is sealed or frozen"), PRACTICE),
        _rule("signal-project-stalled", code.PROJECT_STALLED, Level.ORANGE, facts.project_stalled.is_true(), Label("楼盘停工或逾期交付", "the building project is stalled or late"), PRACTICE),
    )


def _borrower(p: Parameters) -> tuple[Rule, ...]:
    code, capacity = SignalCode, SignalCode.CAPACITY
    limits = real_estate_2004("36")
    return (
        _rule("signal-income-fall", capacity, Level.YELLOW, facts.income_change <= p.income_fall, Label("收入明显下降", "income has fallen markedly"), PRACTICE),
        _rule("signal-unemployed", capacity, Level.YELLOW, facts.employment.is_in("unemployed"), Label("失业", "out of work"), PRACTICE),
        _rule("signal-housing-dsr", capacity, Level.YELLOW, facts.housing_dsr > p.housing_dsr_limit, Label("房产支出与收入比超过上限", "the housing debt-service ratio exceeds its limit"), limits),
        _rule("signal-total-dsr", capacity, Level.ORANGE, facts.total_dsr > p.total_dsr_limit, Label("所有债务与收入比超过上限", "the total debt-service ratio exceeds its limit"), limits),
        _rule("signal-contact-failed", code.CONTACT, Level.YELLOW, facts.failed_contacts >= 1, Label("联系未成功", "attempts to reach the borrower failed"), PROPOSAL),
        _rule("signal-lost-contact", code.CONTACT, Level.ORANGE, (facts.failed_contacts >= p.lost_contact_attempts) | facts.lost_contact.is_true(), Label("借款人失联", "the borrower cannot be reached"), PROPOSAL),
        _rule("signal-bad-debt-elsewhere", code.BAD_DEBT_ELSEWHERE, Level.YELLOW, facts.other_bad_debt.is_true(), Label("他行债务不良；零售贷款仅作信号", "non-performing debt elsewhere: for retail loans a signal, no floor"), measures_2023("10", verified=False)),
        _rule("signal-deceased", code.DECEASED, Level.YELLOW, facts.deceased.is_true(), Label("借款人死亡，须核实继承与共同还款", "the borrower has died: heirs and co-borrowers are to be checked"), civil_code("1161")),
    )
