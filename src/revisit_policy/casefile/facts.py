"""The catalogue of facts: the named quantities that rules compare, and how each is read from a case file.

A *measurement* that nobody made is unknown. A *register* records events: nothing on file means that nothing happened,
for the reason written on the fact; ``None`` in the field says that nobody searched the register, and is unknown too.
Rules name facts as attributes: ``facts.days_past_due > 90``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from revisit_policy.casefile.borrower import CreditStanding, Employment
from revisit_policy.casefile.collateral import PropertyType, RegistrationState, StallCause
from revisit_policy.casefile.fields import (
    FIRST_YEAR,
    HIGHEST_PRICE_CHANGE,
    LARGEST_MINOR,
    LAST_YEAR,
    LONGEST_ARREARS,
    LONGEST_TERM,
    MOST_EVENTS,
)
from revisit_policy.casefile.loan import Product, Repayment
from revisit_policy.language.derivation import (
    DaysSince,
    Field,
    GrownDaily,
    MonthsBegun,
    MonthsElapsed,
    MonthsUntil,
    Quotient,
    RelativeChange,
    Terms,
)
from revisit_policy.language.fact import Fact, Unit
from revisit_policy.outcomes.grade import UNCLASSIFIED, Grade
from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.values.labels import Label, OrderedLabelled
from revisit_policy.values.money import NO_CURRENCY, Money

_NOTHING: Final = Money(0, NO_CURRENCY)
_MOST: Final = Money(LARGEST_MINOR, NO_CURRENCY)
_MONTHS: Final = 12 * (LAST_YEAR - FIRST_YEAR + 1)
_DAYS: Final = 366 * (LAST_YEAR - FIRST_YEAR + 1)
_HIGHEST_RATIO: Final = str(2 * LARGEST_MINOR)
"""The greatest sum of two amounts over the least: no home booked at one minor unit is beyond it.

A ratio is taken to be this where there is nothing to divide by: no income, a home that is worth nothing.
"""

_RATIO_LIMITS: Final = ("0", "5")
"""A rule that asks whether a debt is more than five times a value or an income is a slip for a percentage."""
_CHANGE_LIMITS: Final = ("-1", "1")
_SHARE_LIMITS: Final = ("0", "1")

_NO_ENTRY: Final = Label("登记簿无记录即未发生", "nothing on the register means that it has not happened")
_NO_GUARANTOR: Final = Label("未载即无保证人", "a guarantor that is not on file is none")
_NEVER_CLASSIFIED: Final = Label("未曾分类", "never classified")


def _amount(name: str, zh: str, en: str, path: str) -> Fact:
    return Fact.money(name, low=_NOTHING, high=_MOST, label=Label(zh, en), derived=Field(path))


def _register(name: str, zh: str, en: str, path: str, *, register: Label = _NO_ENTRY) -> Fact:
    return Fact.flag(name, label=Label(zh, en), derived=Field(path), register=register)


def _answer(name: str, zh: str, en: str, path: str) -> Fact:
    return Fact.flag(name, label=Label(zh, en), derived=Field(path))


def _days_since(name: str, zh: str, en: str, path: str) -> Fact:
    return Fact.count(name, low=-_DAYS, high=_DAYS, unit=Unit.DAYS, label=Label(zh, en), derived=DaysSince(Field(path)))


def _times(name: str, zh: str, en: str, path: str, *, unit: Unit = Unit.TIMES, register: Label | None = None) -> Fact:
    return Fact.count(name, low=0, high=MOST_EVENTS, unit=unit, label=Label(zh, en), derived=Field(path), register=register)


def _debt_service(name: str, zh: str, en: str, *paths: str) -> Fact:
    part = Quotient(Terms(paths), Terms(("borrower.monthly_income",)), under_zero=_HIGHEST_RATIO)
    return Fact.ratio(name, low="0", high=_HIGHEST_RATIO, limits=_RATIO_LIMITS, denominator=LARGEST_MINOR, label=Label(zh, en), derived=part)


def _loan_to_value(name: str, zh: str, en: str, *, owed: str, value: str) -> Fact:
    part = Quotient(Terms((owed,)), Terms((value,)), under_zero=_HIGHEST_RATIO)
    return Fact.ratio(name, low="0", high=_HIGHEST_RATIO, limits=_RATIO_LIMITS, denominator=LARGEST_MINOR, label=Label(zh, en), derived=part)


# -- the loan --------------------------------------------------------------------------------------------------------

product: Final = Fact.choice("product", Product, label=Label("贷款品种", "product"), derived=Field("loan.product"))
repayment: Final = Fact.choice("repayment", Repayment, label=Label("还款方式", "repayment method"), derived=Field("loan.repayment"))
principal: Final = _amount("principal", "贷款本金", "principal", "loan.principal")
balance: Final = _amount("balance", "贷款余额", "balance", "loan.balance")
annual_rate: Final = Fact.ratio("annual_rate", low="0", high="1", label=Label("年利率", "annual rate"), derived=Field("loan.annual_rate"))
housing_instalment: Final = _amount("housing_instalment", "月还款额", "monthly instalment", "loan.instalment")
term_months: Final = Fact.count("term_months", low=1, high=LONGEST_TERM, unit=Unit.MONTHS, label=Label("贷款期限", "term"), derived=Field("loan.term_months"))
disbursed_on: Final = Fact.day("disbursed_on", label=Label("放款日", "disbursement date"), derived=Field("loan.disbursed_on"))
signed_on: Final = Fact.day("signed_on", label=Label("签约日", "day of signing"), derived=Field("loan.signed_on"))
months_on_book: Final = Fact.count(
    "months_on_book", low=0, high=_MONTHS, unit=Unit.MONTHS, label=Label("在账月数", "months on book"), derived=MonthsElapsed(Field("loan.disbursed_on"))
)
matures_on: Final = Fact.day("matures_on", label=Label("到期日", "day of maturity"), derived=Field("loan.matures_on"))
remaining_months: Final = Fact.count(
    "remaining_months", low=-_MONTHS, high=_MONTHS, unit=Unit.MONTHS, label=Label("剩余期限", "remaining term"), derived=MonthsUntil(Field("loan.matures_on"))
)
days_past_due: Final = Fact.count(
    "days_past_due", low=0, high=LONGEST_ARREARS, unit=Unit.DAYS, label=Label("逾期天数", "days past due"),
    derived=GrownDaily("loan.days_past_due", "loan.arrears_as_of", "loan.unpaid_since"),
)
missed_consecutive: Final = _times("missed_consecutive", "连续欠款期数", "consecutive missed periods", "loan.missed_consecutive", unit=Unit.PERIODS)
missed_total_24m: Final = _times("missed_total_24m", "24个月内累计欠款期数", "missed periods in 24 months", "loan.missed_total_24m", unit=Unit.PERIODS)
delays_over_5_days_12m: Final = _times(
    "delays_over_5_days_12m", "12个月内迟付超过5天次数", "payments over five days late in 12 months", "loan.delays_over_5_days_12m"
)
technical_cause_proved: Final = _register(
    "technical_cause_proved", "已证明逾期系操作或技术原因", "technical cause of the arrears proved", "loan.technical_cause_proved",
    register=Label("没有证明即未证明", "without a proof on file it is not proved"),
)
misuse_of_funds: Final = _register("misuse_of_funds", "挪用贷款资金", "misuse of funds", "loan.misuse_of_funds")
refinanced: Final = _register("refinanced", "借新还旧", "repaid by new debt", "loan.refinanced")
impaired: Final = _register("impaired", "已发生信用减值", "credit-impaired", "loan.impaired")
ecl_ratio: Final = Fact.ratio(
    "ecl_ratio", low="0", high="1", denominator=LARGEST_MINOR, label=Label("预期信用损失占比", "expected credit loss ratio"),
    derived=Quotient(Terms(("loan.ecl",)), Terms(("loan.carrying_amount",))),
)
restructured: Final = _register("restructured", "曾经重组", "restructured", "loan.restructured")
in_observation: Final = _register("in_observation", "处于重组观察期", "under observation after restructuring", "loan.in_observation")
restructured_again: Final = _register("restructured_again", "观察期内再次重组", "restructured again under observation", "loan.restructured_again")
observation_until: Final = Fact.day("observation_until", label=Label("重组观察期可届满日", "first day on which the observation can end"), derived=Field("loan.observation_until"))
days_since_observation: Final = _days_since("days_since_observation", "重组观察期可届满以来天数", "days since the observation could end", "loan.observation_until")
demanded_on: Final = Fact.day("demanded_on", label=Label("最近一次催收送达日", "last demand that reached the borrower"), derived=Field("loan.demanded_on"))
months_clean_since_cure: Final = _times(
    "months_clean_since_cure", "还清欠款后连续正常还款月数", "months paid in full since the arrears were cleared", "loan.months_clean_since_cure",
    unit=Unit.MONTHS, register=Label("没有记录即尚未还清", "nothing on file means that nothing has been cured"),
)
price: Final = _amount("price", "购房价款", "price of the home", "loan.price")
down_payment: Final = _amount("down_payment", "首付款", "down payment", "loan.down_payment")
down_payment_ratio: Final = Fact.ratio(
    "down_payment_ratio", low="0", high="1", denominator=LARGEST_MINOR, label=Label("首付款比例", "down-payment ratio"),
    derived=Quotient(Terms(("loan.down_payment",)), Terms(("loan.price",)))
)
home_count: Final = _times("home_count", "家庭住房套数", "homes of the household", "loan.home_count", unit=Unit.HOMES)
has_acceleration_clause: Final = _answer("has_acceleration_clause", "有提前到期条款", "acceleration clause in the contract", "loan.has_acceleration_clause")
has_top_up_clause: Final = _answer("has_top_up_clause", "有追加担保条款", "top-up clause in the contract", "loan.has_top_up_clause")
has_inspection_clause: Final = _answer("has_inspection_clause", "有检查条款", "inspection clause in the contract", "loan.has_inspection_clause")
undrawn: Final = _amount("undrawn", "尚未发放金额", "amount still to be paid out", "loan.undrawn")
prepaid_12m: Final = _amount("prepaid_12m", "12个月内提前还款金额", "amount prepaid in 12 months", "loan.prepaid_12m")
granted_in_breach: Final = _register("granted_in_breach", "违规发放", "granted in breach of law or regulation", "loan.granted_in_breach")
drawn_for_visit: Final = _register(
    "drawn_for_visit", "抽中待访", "drawn for a visit by lot", "loan.drawn_for_visit",
    register=Label("抽样名单未载即未抽中", "a loan that is not on the list of the draw was not drawn"),
)
extended: Final = _register("extended", "曾经展期", "term extended before", "loan.extended", register=Label("没有展期后到期日即未展期", "without a maturity after an extension it was not extended"))

# -- the borrower ----------------------------------------------------------------------------------------------------

credit_standing: Final = Fact.choice(
    "credit_standing", CreditStanding, ordered=True, label=Label("信用状况", "credit standing"), derived=Field("borrower.credit_standing")
)
employment: Final = Fact.choice("employment", Employment, label=Label("就业状况", "employment"), derived=Field("borrower.employment"))
monthly_income: Final = _amount("monthly_income", "月收入", "monthly income", "borrower.monthly_income")
property_fee: Final = _amount("property_fee", "月物业费", "monthly property fee", "borrower.property_fee")
income_change: Final = Fact.ratio(
    "income_change", low="-1", high=_HIGHEST_RATIO, denominator=LARGEST_MINOR, limits=_CHANGE_LIMITS, label=Label("较上次核实的收入变动", "income change since the last review"),
    derived=RelativeChange(now="borrower.monthly_income", before="borrower.income_at_last_review"),
)
housing_dsr: Final = _debt_service("housing_dsr", "房产支出与收入比", "housing debt-service ratio", "loan.instalment", "borrower.property_fee")
total_dsr: Final = _debt_service("total_dsr", "所有债务与收入比", "total debt-service ratio", "borrower.monthly_debt_service")
cooperative: Final = _answer("cooperative", "借款人配合", "borrower co-operates", "borrower.cooperative")
co_borrower_paying: Final = _answer("co_borrower_paying", "共同借款人正常还款", "co-borrower keeps paying", "borrower.co_borrower_paying")
has_co_borrower: Final = _answer("has_co_borrower", "有共同借款人", "co-borrower in the contract", "borrower.has_co_borrower")
failed_contacts: Final = _times("failed_contacts", "连续联系未成功次数", "failed contact attempts in a row", "borrower.failed_contact_attempts", register=_NO_ENTRY)
lost_contact: Final = _register("lost_contact", "借款人失联", "borrower out of reach", "borrower.lost_contact")
deceased: Final = _register("deceased", "借款人死亡", "borrower deceased", "borrower.deceased")
other_bad_debt: Final = _register("other_bad_debt", "其他债务不良", "bad debt elsewhere", "borrower.other_bad_debt")
debt_evasion: Final = _register("debt_evasion", "逃废债务", "debt evasion", "borrower.debt_evasion")
bankruptcy: Final = _register("bankruptcy", "破产清算", "bankruptcy liquidation", "borrower.bankruptcy")
divorced: Final = _register("divorced", "放款后离婚", "divorced since the grant", "borrower.divorced")
seriously_ill: Final = _register("seriously_ill", "患重病或伤残", "seriously ill or disabled", "borrower.seriously_ill")
moved_away: Final = _register("moved_away", "已搬离原住址", "moved away", "borrower.moved_away")

# -- the collateral --------------------------------------------------------------------------------------------------

property_type: Final = Fact.choice("property_type", PropertyType, label=Label("房屋类型", "property type"), derived=Field("collateral.property_type"))
ltv_now: Final = _loan_to_value("ltv_now", "贷款价值比", "loan-to-value", owed="loan.balance", value="collateral.value")
ltv_at_origination: Final = _loan_to_value(
    "ltv_at_origination", "发放时贷款价值比", "loan-to-value at origination", owed="loan.principal", value="collateral.value_at_origination"
)
days_since_valuation: Final = Fact.count(
    "days_since_valuation", low=0, high=_DAYS, unit=Unit.DAYS, label=Label("距上次估值天数", "days since valuation"), derived=DaysSince(Field("collateral.valued_on"))
)
months_begun_since_valuation: Final = Fact.count(
    "months_begun_since_valuation", low=0, high=_MONTHS, unit=Unit.MONTHS, label=Label("距上次估值月数（不足一月计一月）", "months begun since valuation"),
    derived=MonthsBegun(Field("collateral.valued_on")),
)
registration_state: Final = Fact.choice(
    "registration_state", RegistrationState, label=Label("抵押登记状态", "registration of the mortgage"), derived=Field("collateral.registration")
)
days_since_registrable: Final = _days_since("days_since_registrable", "可办理登记以来天数", "days since registration became possible", "collateral.registrable_since")
seized: Final = _register("seized", "押品被查封", "collateral seized", "collateral.seized")
project_stalled: Final = _register("project_stalled", "楼盘停工或逾期交付", "building project stalled", "collateral.project_stalled")
collateral_damaged: Final = _register("collateral_damaged", "抵押人行为致押品减值", "collateral harmed by its owner", "collateral.damaged_by_owner")
has_guarantor: Final = _register("has_guarantor", "有保证人", "guarantor", "collateral.has_guarantor", register=_NO_GUARANTOR)
has_developer_guarantee: Final = _register(
    "has_developer_guarantee", "有开发商阶段性保证", "developer's guarantee until registration", "collateral.has_developer_guarantee", register=_NO_GUARANTOR
)
guarantee_until: Final = Fact.day("guarantee_until", label=Label("保证期间届满日", "last day of the guarantee"), derived=Field("collateral.guarantee_until"))
days_since_guarantee_ended: Final = _days_since("days_since_guarantee_ended", "保证期间届满以来天数", "days since the guarantee ended", "collateral.guarantee_until")
insurance_lapsed: Final = _register("insurance_lapsed", "房屋保险已到期", "insurance of the home has lapsed", "collateral.insurance_lapsed")
stall_cause: Final = Fact.choice("stall_cause", StallCause, label=Label("停工或延期原因", "cause of the stall or delay"), derived=Field("collateral.stall_cause"))
purchase_rescinded: Final = _register("purchase_rescinded", "购房合同已解除或无效", "purchase contract rescinded or void", "collateral.purchase_rescinded")

# -- the market ------------------------------------------------------------------------------------------------------

price_change_12m: Final = Fact.ratio(
    "price_change_12m", low="-1", high=str(HIGHEST_PRICE_CHANGE), limits=_CHANGE_LIMITS, label=Label("十二个月房价变动", "change of home prices in 12 months"),
    derived=Field("market.price_change_12m"),
)
price_volatility: Final = Fact.ratio(
    "price_volatility", low="0", high=str(HIGHEST_PRICE_CHANGE), limits=_SHARE_LIMITS, label=Label("房价波动率", "volatility of home prices"), derived=Field("market.price_volatility")
)

# -- people ----------------------------------------------------------------------------------------------------------


def determined_grade_of(scale: Iterable[OrderedLabelled]) -> Fact:
    """The fact ``determined_grade`` of a bank that grades on a *scale* of its own: what people determined last.

    It can be any grade of the scale, from mild to severe, and below them all *unclassified*: never classified. With a scale that
    maps onto a coarser one it is compared with members of that as well.

    Args:
        scale: The grades of the policy, mild to severe: those of its table ``grade``.

    Examples:
        >>> from revisit_policy.outcomes.grade import FineGrade
        >>> determined_grade_of(FineGrade) >= Grade.SUBSTANDARD
        (determined_grade >= FineGrade.SUBSTANDARD_1)
    """
    label = Label("最近一次认定的分类", "grade last determined")
    return Fact.choice("determined_grade", (UNCLASSIFIED, *scale), ordered=True, label=label, derived=Field("determination.grade"), register=_NEVER_CLASSIFIED)


determined_grade: Final = determined_grade_of(Grade)
"""What people determined last: a floor under the grade. Never classified is below every grade; unknown is that nobody looked."""
determined_on: Final = Fact.day("determined_on", label=Label("最近一次认定日", "day of the last determination"), derived=Field("determination.on"))

# -- given by the caller ---------------------------------------------------------------------------------------------

visit_kind: Final = Fact.choice("visit_kind", VisitKind, label=Label("回访类型", "kind of the visit"))
"""Why the visit in question is made: the policy gives it, once for every kind of visit."""

score: Final = Fact.count("score", low=0, high=1000, unit=Unit.POINTS, label=Label("内部评分", "score of the bank's own model"))
"""A supplied fact for a bank's own rules; the shipped rulebook does not read it."""

CATALOGUE: Final = tuple(value for value in tuple(globals().values()) if isinstance(value, Fact))
"""All facts, in the order above."""

GROWS_DAILY: Final = (
    days_past_due, days_since_observation, days_since_valuation, days_since_registrable, days_since_guarantee_ended,
)
"""The facts that grow by one a day while nothing happens, so that their value tells since when a threshold is passed."""

MEASURED_ON: Final[Mapping[Fact, str]] = MappingProxyType(
    {
        income_change: "borrower.reviewed_on",
        housing_dsr: "borrower.reviewed_on",
        total_dsr: "borrower.reviewed_on",
        employment: "borrower.reviewed_on",
        ltv_now: "collateral.valued_on",
        price_change_12m: "market.as_of",
        price_volatility: "market.as_of",
    }
)
"""The facts whose figures carry a day of their own, with the field that holds it: what they give rise to began then."""

__all__ = [
    "CATALOGUE",
    "GROWS_DAILY",
    "MEASURED_ON",
    "annual_rate",
    "balance",
    "bankruptcy",
    "co_borrower_paying",
    "collateral_damaged",
    "cooperative",
    "credit_standing",
    "days_past_due",
    "days_since_guarantee_ended",
    "days_since_observation",
    "days_since_registrable",
    "days_since_valuation",
    "debt_evasion",
    "deceased",
    "delays_over_5_days_12m",
    "demanded_on",
    "determined_grade",
    "determined_grade_of",
    "determined_on",
    "disbursed_on",
    "divorced",
    "down_payment",
    "down_payment_ratio",
    "drawn_for_visit",
    "ecl_ratio",
    "employment",
    "extended",
    "failed_contacts",
    "granted_in_breach",
    "guarantee_until",
    "has_acceleration_clause",
    "has_co_borrower",
    "has_developer_guarantee",
    "has_guarantor",
    "has_inspection_clause",
    "has_top_up_clause",
    "home_count",
    "housing_dsr",
    "housing_instalment",
    "impaired",
    "in_observation",
    "income_change",
    "insurance_lapsed",
    "lost_contact",
    "ltv_at_origination",
    "ltv_now",
    "matures_on",
    "missed_consecutive",
    "missed_total_24m",
    "misuse_of_funds",
    "monthly_income",
    "months_begun_since_valuation",
    "months_clean_since_cure",
    "months_on_book",
    "moved_away",
    "observation_until",
    "other_bad_debt",
    "prepaid_12m",
    "price",
    "price_change_12m",
    "price_volatility",
    "principal",
    "product",
    "project_stalled",
    "property_fee",
    "property_type",
    "purchase_rescinded",
    "refinanced",
    "registration_state",
    "remaining_months",
    "repayment",
    "restructured",
    "restructured_again",
    "score",
    "seized",
    "seriously_ill",
    "signed_on",
    "stall_cause",
    "technical_cause_proved",
    "term_months",
    "total_dsr",
    "undrawn",
    "visit_kind",
]
