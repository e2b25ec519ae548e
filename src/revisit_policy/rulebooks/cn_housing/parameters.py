"""Parameters: every figure of the rulebook, with its provenance.

A bank tunes a figure without touching a rule: ``attrs.evolve(DEFAULTS, first_window_days=(15, 60))``. The sentences of
the rules follow. A figure from law may be tuned too, but only to the strict side is that lawful.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.outcomes.results.classification_run import to_run_months
from revisit_policy.rulebooks.cn_housing.down_payment_floor import NATIONAL_FLOORS, SHOP_FLOORS, DownPaymentFloor
from revisit_policy.rulebooks.cn_housing.figure import Figure, amount, day, days, figure, share
from revisit_policy.rulebooks.cn_housing.regulations import (
    civil_code,
    collateral_2017,
    down_payment_notice,
    guideline_2007,
    measures_2023,
    real_estate_2004,
    shop_notice,
)
from revisit_policy.rulebooks.cn_housing.sources import PRACTICE, PRACTICE_UNVERIFIED, PROPOSAL, set_by_bank
from revisit_policy.rulebooks.cn_housing.upgrade_strategy import UpgradeStrategy, to_upgrade_strategy
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.brief import Shown, stated
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Label, Lang, to_lang
from revisit_policy.values.markup.grid import Grid
from revisit_policy.values.money import Money, cny
from revisit_policy.values.validation import checked, fault, gather, gathering, names_known, refused, to_tuple_of, to_whole


def _to_window(value: tuple[int, int]) -> tuple[int, int]:
    match value:
        case (int(first), int(last)) if 0 <= first <= last and {type(first), type(last)} == {int}:
            return (first, last)
    raise refused(value, Phrase("两个整日数，前者不为负且不大于后者", "two whole numbers of days, the first not negative and not after the second"))


def _to_optional_days(value: int | None) -> int | None:
    return None if value is None else to_whole(value, low=1)


def _to_floors(value: tuple[DownPaymentFloor, ...]) -> tuple[DownPaymentFloor, ...]:
    floors = to_tuple_of(DownPaymentFloor, value)
    starts = [floor.since for floor in floors]
    if starts != sorted(set(starts)):
        raise refused(value, Phrase("依日期先后的下限，每日一个", "floors in the order of their days, one a day"))
    return floors


@names_known
@attrs.frozen(kw_only=True, field_transformer=gathering)
class Parameters:
    """The figures of the Chinese housing rulebook. Days are calendar days unless the name says working days.

    Raises:
        InvalidInputError: If figures are malformed or contradict one another, all of them together.

    Examples:
        >>> attrs.evolve(DEFAULTS, months_standard=18)
        Traceback (most recent call last):
        revisit_policy.errors.InvalidInputError: `Parameters.months_standard` must be at most `months_excellent` (12), got `18` (int)
    """

    # When to visit
    first_window_days: tuple[int, int] = figure((30, 90), "首次回访窗口（放款后天数，含首尾）", "first visit, days after disbursement, both ends inclusive", PRACTICE_UNVERIFIED, converter=_to_window)
    first_window_last_day_large: int = days(60, "大额贷款首次回访最迟天数（含）", "last day of the first visit of a large loan, inclusive", PROPOSAL)
    use_of_funds_check_days: int | None = figure(None, "首次回访提前为资金用途核查时的最迟天数（含）", "last day if the first visit is an early check of the use of funds, inclusive", PRACTICE, converter=_to_optional_days)
    periodic_lead_days: int = days(30, "定期回访提前开放天数", "days a periodic window opens before it closes", PROPOSAL)
    catch_up_days: int | None = figure(30, "此前数据检查已足够的，自须由人回访之日起完成回访的天数", "days in which a person visits from the day on which one was needed, where checks of data were enough until then", PROPOSAL, converter=_to_optional_days)
    data_check_months: int = days(1, "数据检查间隔（月）", "months between checks of data by machine", PROPOSAL)
    classification_working_days: int = days(5, "红色预警后重新分类的工作日", "working days to classify anew after a red signal", PROPOSAL)
    release_working_days: int = days(10, "重组观察期届满后作出认定的工作日", "working days to decide once an observation can end", PROPOSAL)
    months_excellent: int = days(12, "积分低于points_standard的回访间隔（月）", "months between visits, with fewer points than points_standard", PRACTICE)
    months_standard: int = days(6, "积分达到points_standard的回访间隔（月）", "months between visits, from points_standard points on", PRACTICE_UNVERIFIED)
    months_special_mention: int = days(3, "关注类或积分达到points_close的回访间隔（月）", "months between visits, special mention or from points_close points on", PROPOSAL)
    months_non_performing: int = days(3, "不良类的回访间隔（月）", "months between visits, non-performing", PRACTICE_UNVERIFIED)
    months_restructured: int = days(3, "重组观察期内的回访间隔（月）", "months between visits while restructured and observed", PROPOSAL)
    large_principal: Money = amount(cny(5_000_000), "大额贷款起点（含）", "principal from which a loan is large, inclusive", PROPOSAL)

    # Points: one for each limit passed, those of warnings and collateral below among them
    points_standard: int = days(5, "回访间隔缩至months_standard的积分（含）", "points from which visits are months_standard apart, inclusive", PROPOSAL)
    points_close: int = days(9, "回访间隔缩至months_special_mention的积分（含）", "points from which visits are months_special_mention apart, inclusive", PROPOSAL)
    points_person: int = days(10, "定期回访须由人进行的积分（含）", "points from which a periodic visit is made by a person and not by data, inclusive", PROPOSAL)
    missed_some: int = days(3, "24个月内累计欠款计第二分的期数（含）", "missed periods in 24 months from which there is a second point, inclusive", PROPOSAL, low=2)
    dsr_strained: Fraction = share("0.40", "计分的所有债务与收入比（含）", "total debt-service ratio from which there is a point, inclusive", PROPOSAL)
    long_term_months: int = days(300, "计分的原定期限（月，含）", "original term in months from which there is a point, inclusive", PROPOSAL)
    first_year_months: int = days(12, "放款后不满此月数计分", "months after disbursement before which there is a point", PROPOSAL)

    # Grades
    measures_in_force_on: Date = day("2023-07-01", "2023年分类办法施行日（新业务）", "first day of the 2023 measures, new business", measures_2023(verified=True))
    stock_until: Date = day("2025-12-31", "存量贷款重新分类的最迟日", "last day on which an older loan may await re-classification", measures_2023(verified=True))
    days_substandard: int = days(90, "超过此逾期天数至少次级", "days past due above which at least substandard", measures_2023("11", verified=True))
    days_doubtful: int = days(270, "超过此逾期天数至少可疑", "days past due above which at least doubtful", measures_2023("12", verified=True))
    days_loss: int = days(360, "超过此逾期天数至少损失", "days past due above which at least loss", measures_2023("13", verified=True))
    technical_grace_days: int = days(7, "技术性原因逾期的宽限天数（含）", "days past due that a proved technical cause excuses, inclusive", measures_2023("10", verified=False), low=0)
    ecl_doubtful: Fraction = share("0.50", "已减值且预期信用损失占比达到此值至少可疑（含）", "ECL ratio of an impaired loan from which at least doubtful, inclusive", measures_2023("12", verified=False))
    ecl_loss: Fraction = share("0.90", "已减值且预期信用损失占比达到此值至少损失（含）", "ECL ratio of an impaired loan from which at least loss, inclusive", measures_2023("13", verified=False))
    upgrade_strategy: UpgradeStrategy = figure(UpgradeStrategy.STRICT, "不良上调策略", "when a cured loan may be performing again", measures_2023("14", verified=False), converter=to_upgrade_strategy)
    upgrade_months: int = days(6, "不良上调前须连续正常还款月数", "months paid in full before an upgrade", measures_2023("14", verified=False))
    observation_months: int = days(12, "重组观察期至少月数，且不少于两个还款期", "months of observation of a restructured asset, at least, and two periods", measures_2023("20", verified=True))
    old_observation_months: int = days(6, "2007年指引下重组观察期至少月数", "2007 guideline: months before a restructured loan is upgraded, at least", guideline_2007("12"))
    old_days_doubtful: int = days(180, "2007年指引下超过此逾期天数为可疑", "2007 guideline as applied: days past due above which doubtful", PRACTICE)

    # Warnings
    days_message: int = days(7, "此逾期天数以内由系统发送提醒，不致电（含）", "days past due up to which a machine reminds and nobody calls, inclusive", PROPOSAL)
    days_second_notice: int = days(30, "超过此逾期天数为橙色逾期预警、发催收函并缩短回访间隔", "days past due above which arrears are orange, a letter is sent and visits come closer together", PRACTICE_UNVERIFIED)
    days_npl_imminent: int = days(60, "超过此逾期天数视为临近不良", "days past due above which a loan is close to non-performing", PRACTICE_UNVERIFIED)
    housing_dsr_limit: Fraction = share("0.50", "房产支出与收入比上限（含）", "housing debt-service ratio, limit inclusive", real_estate_2004("36"))
    total_dsr_limit: Fraction = share("0.55", "所有债务与收入比上限（含）", "total debt-service ratio, limit inclusive", real_estate_2004("36"))
    income_fall: Fraction = share("-0.20", "收入变动达到此值视为下降（含）", "income change from which income has fallen, inclusive", PROPOSAL)
    lost_contact_attempts: int = days(3, "达到此次数联系不上视为失联（含）", "failed attempts from which contact is lost, inclusive", PROPOSAL)
    watch_delays: int = days(4, "十二个月内迟付超过5天达到此次数列入观察（含）", "delays over five days in twelve months from which a loan is watched, inclusive", PRACTICE)
    missed_consecutive: int = days(3, "连续欠款期数（连三，含）", "missed periods in a row that are a warning, inclusive", PRACTICE_UNVERIFIED)
    missed_total: int = days(6, "24个月内累计欠款期数（累六，含）", "missed periods in 24 months that are a warning, inclusive", PRACTICE)

    # Collateral
    revaluation_months: int = days(12, "押品重估最长间隔（月，含）", "months within which collateral is revalued, inclusive", collateral_2017("18", verified=True))
    volatile_revaluation_months: int = days(6, "高波动市场的押品重估最长间隔（月，含）", "months within which collateral in a volatile market is revalued, inclusive", set_by_bank(collateral_2017("18", verified=True)))
    high_volatility: Fraction = share("0.10", "高波动市场起点（含）", "price volatility from which a market moves fast, inclusive", PROPOSAL)
    fresh_valuation_months: int = days(3, "估值视为新近、无须因事件重估的月数（含）", "months within which a valuation is fresh and no event asks for another, inclusive", PROPOSAL)
    revaluation_working_days: int = days(10, "押品重估完成工作日", "working days to revalue once it is due", PROPOSAL)
    ltv_longest: Fraction = share("0.60", "计分的贷款价值比起点（含）", "loan-to-value from which there is a point, inclusive", PROPOSAL)
    ltv_second: Fraction = share("0.80", "再计一分的贷款价值比（含）", "loan-to-value from which there is a second point, inclusive", PROPOSAL)
    ltv_third: Fraction = share("0.90", "计第三分的贷款价值比（含）", "loan-to-value from which there is a third point, inclusive", PROPOSAL)
    ltv_thin: Fraction = share("0.80", "抵押率偏高的贷款价值比（含）", "loan-to-value from which the margin is thin, inclusive", PROPOSAL)
    ltv_orange: Fraction = share("0.90", "橙色预警的贷款价值比（含）", "loan-to-value from which the warning is orange, inclusive", PROPOSAL)
    price_soft: Fraction = share("-0.05", "计分的房价十二个月跌幅（含）", "price change in twelve months from which there is a point, inclusive", PROPOSAL)
    price_fall: Fraction = share("-0.10", "房价十二个月跌幅触发预警与重估（含）", "price change in twelve months from which there is a warning and a revaluation, inclusive", PROPOSAL)
    pre_registration_days: int = days(90, "预告登记失效天数（含末日有效）", "days a pre-registration lasts once registration is possible, inclusive", civil_code("221"))

    # Reactions
    red_working_days: int = days(1, "红色预警处置工作日", "working days to act on red", PROPOSAL)
    arrears_call_working_days: int = days(10, "逾期首日起电话核实的工作日", "working days to call about arrears, from the first day past due", PROPOSAL)
    orange_working_days: int = days(3, "橙色预警处置工作日", "working days to act on orange", PROPOSAL)
    yellow_working_days: int = days(5, "黄色预警处置工作日", "working days to act on yellow", PROPOSAL)
    lawyer_letter_missed: int = days(6, "达到此连续欠款期数发律师函（含）", "missed periods in a row from which a lawyer's letter goes out, inclusive", PRACTICE)
    days_enforcement: int = days(150, "超过此逾期天数可起诉或实现担保物权（相当于欠款六期）", "days past due above which a suit or the realisation of the security is proposed, as long as six periods", PROPOSAL)
    registration_working_days: int = days(10, "抵押权未设立的核实工作日", "working days to find out why a mortgage was never registered", PROPOSAL)
    on_site_officers: int = days(2, "上门回访最少人数", "officers on an on-site visit, at least", PRACTICE)

    # Turnaround, in working days after the visit
    off_site_days: int = days(1, "非现场检查报告工作日", "working days to report, off-site data", PROPOSAL)
    sms_days: int = days(2, "短信回访报告工作日", "working days to report, message", PROPOSAL)
    sms_no_reply_days: int = days(1, "短信未回复加计工作日", "working days more if a message is not answered", PROPOSAL)
    phone_days: int = days(3, "电话回访报告工作日", "working days to report, phone", PROPOSAL)
    phone_retry_days: int = days(3, "电话未接通至多加计工作日（每次一天）", "working days more, at most, for calls not answered, one each", PROPOSAL)
    video_days: int = days(3, "视频回访报告工作日", "working days to report, video", PROPOSAL)
    on_site_days: int = days(7, "上门回访报告工作日", "working days to report, on-site", PROPOSAL)
    internal_valuation_days: int = days(3, "内部评估加计工作日", "working days more for an internal valuation", PROPOSAL)
    external_valuation_days: int = days(10, "外部评估加计工作日", "working days more for an external valuation", PROPOSAL)
    legal_opinion_days: int = days(5, "法律意见加计工作日", "working days more for a legal opinion", PROPOSAL)
    determination_days: int = days(1, "有预警或关注类时认定分类加计工作日", "working days more to determine the grade where there is a warning or special mention", PROPOSAL)
    approval_days: int = days(3, "不良分类审批加计工作日", "working days more to approve a non-performing grade", PROPOSAL)
    registry_days: int = days(5, "须向登记机构查证时至多加计工作日", "working days more, at most, where the registry has to be asked", PROPOSAL)
    decision_days: int = days(2, "有预警时处置审批加计工作日", "working days more to approve a measure where there is a warning", PROPOSAL)
    papers_days: int = days(10, "须借款人补充材料时至多加计工作日", "working days more, at most, where the borrower has to hand in papers", PROPOSAL)
    telling_days: int = days(1, "告知借款人加计工作日", "working days more to tell the borrower what was decided", PROPOSAL)
    classification_months: int = figure(3, "风险分类间隔（月，自一月起算）", "months from one classification run to the next, counted from January", measures_2023(verified=False), converter=to_run_months)
    excellent_fewer_days: int = days(1, "信用优良报告时限缩短工作日", "working days by which the report comes sooner with excellent standing", PROPOSAL, low=0)
    red_result_days: int = days(1, "红色预警回访的报告工作日，不论方式", "working days to report a visit on a red warning, by whatever method", PROPOSAL)

    # Origination
    down_payment_floors: tuple[DownPaymentFloor, ...] = figure(NATIONAL_FLOORS, "首付比例全国下限", "national floors of the down payment", down_payment_notice(NATIONAL_FLOORS[-1].since, verified=all(floor.verified for floor in NATIONAL_FLOORS)), converter=_to_floors)
    shop_floors: tuple[DownPaymentFloor, ...] = figure(SHOP_FLOORS, "商业用房首付比例下限", "floors of the down payment for shops and offices", shop_notice(SHOP_FLOORS[-1].since, verified=all(floor.verified for floor in SHOP_FLOORS)), converter=_to_floors)
    shop_max_term_months: int = days(120, "商业用房贷款最长期限（月，含）", "longest term of a loan for a shop or an office, in months, inclusive", shop_notice(SHOP_FLOORS[0].since, verified=False))
    grant_review_months: int = days(3, "放款后此月数内以现时收入核对发放条件", "months after disbursement within which income still speaks for the grant", PROPOSAL)
    max_term_months: int = days(360, "最长贷款期限（月，含）", "longest term in months, inclusive", PRACTICE_UNVERIFIED)

    def __attrs_post_init__(self) -> None:
        gather(self, *_IN_ORDER)

    def sheet(self) -> tuple[Figure, ...]:
        """Every figure with its label, value and provenance, in the order above."""
        return tuple(
            Figure(name=field.name, label=field.metadata["label"], value=getattr(self, field.name), source=field.metadata["source"])
            for field in attrs.fields(Parameters)
        )

    def to_markdown(self, lang: str | Lang = "en") -> str:
        """The parameter sheet as a Markdown table.

        Raises:
            UnknownNameError: If *lang* is no language of ours.
        """
        chosen = to_lang(lang)
        told = ((figure.name, figure.label.text(chosen), figure.text(chosen), figure.source.text(chosen)) for figure in self.sheet())
        return Grid([column.text(chosen) for column in _COLUMNS], told, code=(0,)).markdown() + "\n"

    def __rich_repr__(self) -> Shown:
        yield from stated(self)


_COLUMNS: Final = (Label("参数", "parameter"), Label("含义", "meaning"), Label("取值", "figure"), Label("依据", "source"))


class _InOrder:
    """A check that figures run from low to high, ``<=`` unless *strictly*."""

    def __init__(self, *names: str, strictly: bool = False) -> None:
        self.names = names
        self.strictly = strictly

    def __call__(self, parameters: Parameters) -> InvalidValueError | None:
        for lower, upper in zip(self.names, self.names[1:], strict=False):
            low, high = getattr(parameters, lower), getattr(parameters, upper)
            if low > high or (self.strictly and low == high):
                bound = Phrase("小于", "below") if self.strictly else Phrase("不大于", "at most")
                return fault(lower, low, Phrase("{bound} `{upper}`（{high}）", "{bound} `{upper}` ({high})", bound=bound, upper=upper, high=high))
        return None


def _falls_are_below_zero(parameters: Parameters) -> InvalidValueError | None:
    for name in ("income_fall", "price_soft"):
        if (value := getattr(parameters, name)) >= 0:
            return fault(name, value, Phrase("小于0：这是跌幅", "below 0: it is a fall"))
    return None


_IN_ORDER: Final = (
    _InOrder("months_non_performing", "months_special_mention", "months_standard", "months_excellent"),
    _InOrder("months_non_performing", "months_restructured", "months_excellent"),
    _InOrder("days_message", "days_second_notice", strictly=True),
    _InOrder("technical_grace_days", "days_second_notice", "days_npl_imminent", "days_substandard", "days_doubtful", "days_loss", strictly=True),
    _InOrder("days_substandard", "old_days_doubtful", strictly=True),
    _InOrder("days_substandard", "days_enforcement", "days_doubtful", strictly=True),
    _InOrder("points_standard", "points_close", strictly=True),
    _InOrder("dsr_strained", "total_dsr_limit", strictly=True),
    _InOrder("missed_some", "missed_total", strictly=True),
    _InOrder("volatile_revaluation_months", "revaluation_months"),
    _InOrder("ecl_doubtful", "ecl_loss", strictly=True),
    _InOrder("ltv_longest", "ltv_second", "ltv_third", strictly=True),
    _InOrder("ltv_thin", "ltv_orange", strictly=True),
    _InOrder("price_fall", "price_soft", strictly=True),
    _InOrder("red_working_days", "orange_working_days", "yellow_working_days"),
    _InOrder("red_working_days", "revaluation_working_days"),
    _InOrder("fresh_valuation_months", "revaluation_months"),
    _falls_are_below_zero,
)



def to_parameters(value: Parameters) -> Parameters:
    """The figures themselves, where a function takes them.

    Raises:
        InvalidValueError: If *value* is anything else.
    """
    return checked(value, Parameters, field="parameters", expected=Phrase(
        "Parameters，如 `attrs.evolve(cn_housing.DEFAULTS, ...)`", "Parameters, such as `attrs.evolve(cn_housing.DEFAULTS, ...)`"
    ))


#: The figures as shipped.
DEFAULTS: Final = Parameters()
