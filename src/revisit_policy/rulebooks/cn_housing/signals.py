"""Signals: what is worth a warning, and how loud. A code that is raised at several levels has the loudest of them.

No regulation fixes signals or their colours: grades come from law, signals from practice and proposal. Where a signal names a
law, the state is of the law and the signal is proposed.

A signal never falls silent because things get worse: at 91 days past due the arrears of 31 days are still there, so that
a visit owed for them since is not forgotten.
"""

from __future__ import annotations

from typing import Final

from revisit_policy.casefile import facts
from revisit_policy.casefile.borrower import Employment
from revisit_policy.casefile.collateral import RegistrationState
from revisit_policy.language.condition import Condition, any_of
from revisit_policy.language.fold import Fold
from revisit_policy.language.rule import Rule
from revisit_policy.language.scale import unordered
from revisit_policy.language.table import Table
from revisit_policy.outcomes.signal import Level, Signal, SignalCode
from revisit_policy.rulebooks.cn_housing import arrears, revaluation
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.regulations import civil_code, collateral_2017, house_sales
from revisit_policy.rulebooks.cn_housing.sources import PRACTICE, PRACTICE_UNVERIFIED, PROPOSAL, set_by_bank
from revisit_policy.values.citation import Citation
from revisit_policy.values.labels import Label
from revisit_policy.values.ratio import percent_label

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
        SignalCode.NOT_REGISTERED: (Level.ORANGE,),
        SignalCode.SEIZURE: (Level.RED,),
        SignalCode.PROJECT_STALLED: (Level.ORANGE,),
        SignalCode.PURCHASE_RESCINDED: (Level.ORANGE,),
        SignalCode.CAPACITY: (Level.YELLOW, Level.ORANGE),
        SignalCode.CONTACT: (Level.YELLOW, Level.ORANGE),
        SignalCode.BAD_DEBT_ELSEWHERE: (Level.YELLOW,),
        SignalCode.DECEASED: (Level.YELLOW, Level.ORANGE),
        SignalCode.WATCH: (Level.BLUE, Level.YELLOW),
    }.items()
    for level in levels
)


def raised(code: SignalCode, *levels: Level) -> tuple[Signal, ...]:
    """The signals of *code*, at *levels* or at any."""
    return tuple(signal for signal in SIGNALS if signal.code is code and (not levels or signal.level in levels))


def _rule(rule_id: str, code: SignalCode, level: Level, when: Condition, because: Label, source: Citation) -> Rule:  # noqa: PLR0917 - the columns of a table
    return Rule(rule_id, when=when, then=Signal(code, level=level), because=because, source=source)


def table(p: Parameters) -> Table:
    """All signals: of arrears, conduct, collateral, title and borrower."""
    return Table(
        "signals",
        label=Label("预警信号", "warning signals"),
        outcomes=unordered(SIGNALS),
        fold=Fold.EVERY,
        rules=(*_arrears(p), *_history(p), *_losses(p), *_conduct(), *_collateral(p), *_title(p), *_capacity(p), *_borrower(p)),
    )


def _arrears(p: Parameters) -> tuple[Rule, ...]:
    days, code = facts.days_past_due, SignalCode

    def more_than(limit: int, *, zh: str = "", en: str = "") -> Label:
        return Label(f"逾期超过{limit}天{zh}", f"more than {limit} days past due{en}")

    return (
        _rule("signal-arrears", code.ARREARS, Level.YELLOW, arrears.in_earnest(p), Label("出现逾期，且未证明系技术原因", "past due, and no technical cause is proved"), PRACTICE),
        _rule("signal-arrears-31", code.ARREARS, Level.ORANGE, days > p.days_second_notice, more_than(p.days_second_notice), PRACTICE_UNVERIFIED),
        _rule("signal-npl-imminent", code.NPL_IMMINENT, Level.ORANGE, days > p.days_npl_imminent, more_than(p.days_npl_imminent, zh="，临近或已成不良", en=", close to non-performing or beyond"), PROPOSAL),
        _rule("signal-npl", code.NPL, Level.RED, days > p.days_substandard, more_than(p.days_substandard, zh="，已成不良", en=", non-performing"), PROPOSAL),
        _rule("signal-loss", code.LOSS, Level.RED, days > p.days_loss, more_than(p.days_loss, zh="，预计损失", en=", a loss is expected"), PROPOSAL),
    )


def _history(p: Parameters) -> tuple[Rule, ...]:
    watch, late = SignalCode.WATCH, p.watch_delays
    row, total = p.missed_consecutive, p.missed_total
    return (
        _rule("signal-watch-delays", watch, Level.BLUE, facts.delays_over_5_days_12m >= late, Label(f"十二个月内迟付超过5天达{late}次以上", f"{late} payments or more over five days late in twelve months"), PRACTICE),
        _rule("signal-life-change", watch, Level.BLUE, any_of(facts.divorced.is_true(), facts.seriously_ill.is_true(), facts.moved_away.is_true()), Label("离婚、重病或搬迁，下次联系时核实还款人、收入与联系方式", "divorce, serious illness or a move: at the next contact ask who pays, of what income, and how to be reached"), PROPOSAL),
        _rule("signal-missed-in-a-row", watch, Level.YELLOW, facts.missed_consecutive >= row, Label(f"连续欠款{row}期以上", f"{row} periods or more missed in a row"), PRACTICE_UNVERIFIED),
        _rule("signal-unpaid-at-maturity", watch, Level.YELLOW, arrears.left_after_maturity(), Label("到期已逾一个月，本金仍未结清", "more than a month beyond maturity, and principal is still owed"), PROPOSAL),
        _rule("signal-missed-in-all", watch, Level.YELLOW, facts.missed_total_24m >= total, Label(f"24个月内累计欠款{total}期以上", f"{total} periods or more missed in 24 months"), PRACTICE),
    )


def _losses(p: Parameters) -> tuple[Rule, ...]:
    code, impaired = SignalCode, facts.impaired.is_true()
    share = percent_label(p.ecl_loss)
    return (
        _rule("signal-impaired", code.IMPAIRED, Level.RED, impaired, Label("已发生信用减值", "credit-impaired"), PROPOSAL),
        _rule("signal-loss-expected", code.LOSS, Level.RED, impaired & (facts.ecl_ratio >= p.ecl_loss), Label(f"已减值，且预期信用损失占比{share.zh}以上", f"impaired, with expected losses of {share.en} or more"), PROPOSAL),
    )


def _conduct() -> tuple[Rule, ...]:
    code = SignalCode
    return (
        _rule("signal-misuse", code.MISUSE, Level.RED, facts.misuse_of_funds.is_true(), Label("贷款资金被挪用", "the loan was used for something else"), set_by_bank(civil_code("673"))),
        _rule("signal-evasion", code.EVASION, Level.RED, facts.debt_evasion.is_true(), Label("逃废债务", "debt is being evaded"), PRACTICE_UNVERIFIED),
        _rule("signal-bankruptcy", code.BANKRUPTCY, Level.RED, facts.bankruptcy.is_true(), Label("进入破产清算", "in bankruptcy liquidation"), PRACTICE_UNVERIFIED),
        _rule("signal-refinanced", code.REFINANCED, Level.YELLOW, facts.refinanced.is_true(), Label("借新还旧", "repaid by new debt"), PROPOSAL),
        _rule("signal-restructured", code.RESTRUCTURED, Level.YELLOW, facts.in_observation.is_true(), Label("在重组观察期内", "restructured and under observation"), PROPOSAL),
    )


def _collateral(p: Parameters) -> tuple[Rule, ...]:
    code, decline, yearly = SignalCode, SignalCode.COLLATERAL_DECLINE, set_by_bank(collateral_2017("18", verified=True))
    age, value, granted = facts.months_begun_since_valuation, facts.ltv_now, facts.ltv_at_origination
    owed = arrears.principal_owed()
    grown_thin = (value >= p.ltv_thin) & ((granted < p.ltv_thin) | granted.is_missing())
    fall, thin, orange = percent_label(-p.price_fall), percent_label(p.ltv_thin), percent_label(p.ltv_orange)
    return (
        _rule("signal-revaluation-due", code.REVALUATION_DUE, Level.BLUE, (age > p.revaluation_months) & owed, Label(f"押品估值已逾{p.revaluation_months}个月", f"the valuation is more than {p.revaluation_months} months old"), yearly),
        _rule("signal-revaluation-due-sooner", code.REVALUATION_DUE, Level.BLUE, revaluation.outdated_in_volatile_market(p), revaluation.outdated_sooner(p), yearly),
        _rule("signal-valuation-missing", code.REVALUATION_DUE, Level.BLUE, (age.is_missing() | value.is_missing()) & owed, Label("没有押品估值", "there is no valuation"), yearly),
        _rule("signal-prices-fall", decline, Level.YELLOW, (facts.price_change_12m <= p.price_fall) & owed, Label(f"所在地房价一年内跌{fall.zh}以上", f"home prices in the region fell by {fall.en} or more within a year"), PROPOSAL),
        _rule("signal-ltv-thin", decline, Level.YELLOW, grown_thin, Label(f"贷款价值比{thin.zh}以上，抵押率偏高；已知发放时即如此的不在此列", f"loan-to-value of {thin.en} or more, unless it is known to have been so when the loan was granted: the margin has grown thin"), PROPOSAL),
        _rule("signal-ltv-orange", decline, Level.ORANGE, value >= p.ltv_orange, Label(f"贷款价值比{orange.zh}以上，抵押物余值不足", f"loan-to-value of {orange.en} or more: hardly any margin"), PROPOSAL),
        _rule("signal-ltv-under-water", decline, Level.RED, value > 1, Label("贷款余额超过押品价值", "the balance exceeds the value of the home"), PROPOSAL),
        _rule("signal-collateral-damaged", code.COLLATERAL_DAMAGED, Level.ORANGE, facts.collateral_damaged.is_true(), Label("抵押人行为致押品减值", "the owner's acts reduce the value"), set_by_bank(civil_code("408"))),
    )


def _title(p: Parameters) -> tuple[Rule, ...]:
    code, limit = SignalCode, p.pre_registration_days
    state, late = facts.registration_state, facts.days_since_registrable > limit
    lapsed, never = state.is_in(RegistrationState.PRE_REGISTERED) & late, state.is_in(RegistrationState.NONE) & late
    return (
        _rule("signal-registration-lapsed", code.REGISTRATION_LAPSED, Level.RED, lapsed, Label(f"自能够登记之日起{limit}日内未申请登记，预告登记已失效", f"registration was not applied for within {limit} days from the day it could be: the pre-registration has lapsed"), set_by_bank(civil_code("221"))),
        _rule("signal-not-registered", code.NOT_REGISTERED, Level.ORANGE, never, Label(f"能够登记已逾{limit}日而未办理，抵押权尚未设立", f"registration has been possible for more than {limit} days and was not made: there is no mortgage yet"), PROPOSAL),
        _rule("signal-seizure", code.SEIZURE, Level.RED, facts.seized.is_true(), Label("押品被查封或冻结", "the home is sealed or frozen"), PRACTICE),
        _rule("signal-project-stalled", code.PROJECT_STALLED, Level.ORANGE, facts.project_stalled.is_true(), Label("楼盘停工或逾期交付", "the building project is stalled or late"), PROPOSAL),
        _rule("signal-purchase-rescinded", code.PURCHASE_RESCINDED, Level.ORANGE, facts.purchase_rescinded.is_true(), Label("购房合同已解除或被认定无效", "the contract by which the home was bought has been rescinded or is void"), set_by_bank(house_sales("20"))),
    )


def _capacity(p: Parameters) -> tuple[Rule, ...]:
    code, fall = SignalCode.CAPACITY, percent_label(-p.income_fall)
    housing, total = percent_label(p.housing_dsr_limit), percent_label(p.total_dsr_limit)
    return (
        _rule("signal-income-fall", code, Level.YELLOW, facts.income_change <= p.income_fall, Label(f"收入较上次核实下降{fall.zh}以上", f"income fell by {fall.en} or more since the last review"), PRACTICE_UNVERIFIED),
        _rule("signal-unemployed", code, Level.YELLOW, facts.employment.is_in(Employment.UNEMPLOYED), Label("失业", "out of work"), PRACTICE_UNVERIFIED),
        _rule("signal-housing-dsr", code, Level.YELLOW, facts.housing_dsr > p.housing_dsr_limit, Label(f"房产支出与收入比超过{housing.zh}", f"housing debt service exceeds {housing.en} of income"), PRACTICE),
        _rule("signal-total-dsr", code, Level.ORANGE, facts.total_dsr > p.total_dsr_limit, Label(f"所有债务与收入比超过{total.zh}", f"total debt service exceeds {total.en} of income"), PRACTICE),
    )


def _borrower(p: Parameters) -> tuple[Rule, ...]:
    code, attempts = SignalCode, p.lost_contact_attempts
    out_of_reach = (facts.failed_contacts >= attempts) | facts.lost_contact.is_true()
    alone = facts.deceased.is_true() & facts.co_borrower_paying.is_false()
    return (
        _rule("signal-contact-failed", code.CONTACT, Level.YELLOW, facts.failed_contacts >= 1, Label("联系未成功", "attempts to reach the borrower failed"), PROPOSAL),
        _rule("signal-lost-contact", code.CONTACT, Level.ORANGE, out_of_reach, Label(f"{attempts}次以上联系不上，或已认定失联", f"{attempts} attempts or more failed, or declared out of reach"), PROPOSAL),
        _rule("signal-bad-debt-elsewhere", code.BAD_DEBT_ELSEWHERE, Level.YELLOW, facts.other_bad_debt.is_true(), Label("他处债务不良", "non-performing debt elsewhere"), PRACTICE),
        _rule("signal-deceased", code.DECEASED, Level.YELLOW, facts.deceased.is_true(), Label("借款人死亡，须核实继承人与共同还款人", "the borrower has died: heirs and co-borrowers are to be found"), set_by_bank(civil_code("1161"))),
        _rule("signal-deceased-unpaid", code.DECEASED, Level.ORANGE, alone, Label("借款人死亡，且共同借款人未继续还款", "the borrower has died and no co-borrower keeps paying"), PROPOSAL),
    )
