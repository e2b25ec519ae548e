"""Parameters: every figure of the rulebook that is not a word, with its provenance.

A bank tunes a figure without touching a rule: ``attrs.evolve(DEFAULTS, first_window_days=(15, 60))``. A figure from
law may be tuned too, but only to the strict side is that lawful; its citation says where it comes from.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

import attrs

from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.rulebooks.cn_housing.sources import (
    PRACTICE,
    PRACTICE_UNVERIFIED,
    PROPOSAL,
    civil_code,
    collateral_2017,
    guideline_2007,
    measures_2023,
    real_estate_2004,
)
from revisit_policy.values.citation import Citation
from revisit_policy.values.labels import Label
from revisit_policy.values.money import Money, cny
from revisit_policy.values.ratio import exact_ratio


def _figure(default: Any, zh: str, en: str, source: Citation) -> Any:
    """A parameter with its label and provenance; text that reads as a ratio becomes an exact one."""
    converter = exact_ratio if isinstance(default, str) else None
    return attrs.field(default=default, converter=converter, metadata={"label": Label(zh, en), "source": source})


@attrs.frozen(kw_only=True)
class Figure:
    """One row of the parameter sheet."""

    name: str
    label: Label
    value: Any
    source: Citation


@attrs.frozen(kw_only=True)
class Parameters:
    """The figures of the Chinese housing rulebook. Days are calendar days unless the name says working days."""

    # When to visit
    first_window_days: tuple[int, int] = _figure((30, 90), "首次回访窗口（放款后天数，含首尾）", "first visit, days after disbursement, both ends inclusive", PRACTICE)
    first_window_days_large: tuple[int, int] = _figure((30, 60), "大额贷款的首次回访窗口", "first visit of a large loan, days after disbursement, both ends inclusive", PROPOSAL)
    periodic_lead_days: int = _figure(30, "定期回访提前开放天数", "days a periodic window opens before it closes", PROPOSAL)
    months_excellent: int = _figure(12, "优良信用的回访间隔（月）", "months between visits, excellent standing", PRACTICE)
    months_standard: int = _figure(6, "一般情形的回访间隔（月）", "months between visits, otherwise", PRACTICE)
    months_special_mention: int = _figure(3, "关注类的回访间隔（月）", "months between visits, special mention", PROPOSAL)
    months_non_performing: int = _figure(1, "不良类的回访间隔（月）", "months between visits, non-performing", PROPOSAL)
    months_restructured: int = _figure(3, "重组观察期内的回访间隔（月）", "months between visits while restructured and observed", PROPOSAL)
    short_remaining_months: int = _figure(12, "剩余期限不超过此月数视为短期", "remaining months up to which a term is short", PROPOSAL)
    large_principal: Money = _figure(cny(5_000_000), "大额贷款起点", "principal from which a loan is large", PROPOSAL)
    high_volatility: Fraction = _figure("0.10", "高波动市场起点", "price volatility from which a market moves fast", PROPOSAL)

    # Grades
    days_substandard: int = _figure(90, "超过此逾期天数至少次级", "days past due above which at least substandard", measures_2023("11", verified=True))
    days_doubtful: int = _figure(270, "超过此逾期天数至少可疑", "days past due above which at least doubtful", measures_2023("12", verified=True))
    days_loss: int = _figure(360, "超过此逾期天数至少损失", "days past due above which at least loss", measures_2023("13", verified=True))
    technical_grace_days: int = _figure(7, "技术性原因逾期的宽限天数", "days past due that a proved technical cause excuses", measures_2023("10", verified=False))
    ecl_doubtful: Fraction = _figure("0.50", "预期信用损失占比达到此值至少可疑", "ECL ratio from which at least doubtful", measures_2023("12", verified=False))
    ecl_loss: Fraction = _figure("0.90", "预期信用损失占比达到此值至少损失", "ECL ratio from which at least loss", measures_2023("13", verified=False))
    upgrade_months: int = _figure(6, "不良上调前须连续正常还款月数", "months paid normally before an upgrade", measures_2023("14", verified=False))
    old_days_doubtful: int = _figure(180, "2007年指引下超过此逾期天数为可疑", "2007 guideline: days past due above which doubtful", guideline_2007())
    old_days_loss: int = _figure(360, "2007年指引下超过此逾期天数为损失", "2007 guideline: days past due above which loss", guideline_2007())

    # Warnings
    housing_dsr_limit: Fraction = _figure("0.50", "房产支出与收入比上限（含）", "housing debt-service ratio, limit inclusive", real_estate_2004("36"))
    total_dsr_limit: Fraction = _figure("0.55", "所有债务与收入比上限（含）", "total debt-service ratio, limit inclusive", real_estate_2004("36"))
    income_fall: Fraction = _figure("-0.20", "收入变动达到此值视为下降", "income change from which income has fallen", PROPOSAL)
    lost_contact_attempts: int = _figure(3, "达到此次数联系不上视为失联", "failed attempts from which contact is lost", PROPOSAL)
    watch_delays: int = _figure(4, "十二个月内超过5天的迟付次数", "delays over five days in twelve months from which a loan is watched", PRACTICE_UNVERIFIED)
    missed_consecutive: int = _figure(3, "连续欠款期数（连三）", "consecutive missed periods of the usual standing test", PRACTICE_UNVERIFIED)
    missed_total: int = _figure(6, "累计欠款期数（累六）", "missed periods in 24 months of the usual standing test", PRACTICE_UNVERIFIED)

    # Collateral
    revaluation_months: int = _figure(12, "押品重估最长间隔（月）", "months within which collateral is revalued", collateral_2017("18", verified=True))
    revaluation_working_days: int = _figure(10, "押品重估完成工作日", "working days to revalue once it is due", PROPOSAL)
    ltv_longest: Fraction = _figure("0.60", "享有最长间隔的贷款价值比上限（含）", "loan-to-value up to which the longest interval is earned", PROPOSAL)
    ltv_thin: Fraction = _figure("0.80", "余值偏薄的贷款价值比", "loan-to-value from which the margin is thin", PROPOSAL)
    ltv_orange: Fraction = _figure("0.90", "橙色预警的贷款价值比", "loan-to-value from which the warning is orange", PROPOSAL)
    price_fall: Fraction = _figure("-0.10", "房价十二个月跌幅触发重估", "price change in twelve months from which collateral is revalued", PROPOSAL)
    price_soft: Fraction = _figure("-0.05", "房价十二个月跌幅触发缩短间隔", "price change in twelve months from which the interval is capped", PROPOSAL)
    pre_registration_days: int = _figure(90, "预告登记失效天数", "days after which a pre-registration lapses", civil_code("221"))

    # Reactions, in working days
    red_working_days: int = _figure(1, "红色预警处置工作日", "working days to act on red", PROPOSAL)
    orange_working_days: int = _figure(3, "橙色预警处置工作日", "working days to act on orange", PROPOSAL)
    yellow_working_days: int = _figure(5, "黄色预警处置工作日", "working days to act on yellow", PROPOSAL)
    lawyer_letter_missed: int = _figure(6, "达到此连续欠款期数发律师函", "consecutive missed periods from which a lawyer's letter goes out", PRACTICE)
    on_site_officers: int = _figure(2, "上门回访最少人数", "officers on an on-site visit, at least", PRACTICE)

    # Turnaround, in working days after the visit
    off_site_days: int = _figure(1, "非现场基准工作日", "working days, off-site data", PROPOSAL)
    sms_days: int = _figure(2, "短信基准工作日", "working days, message", PROPOSAL)
    phone_days: int = _figure(3, "电话基准工作日", "working days, phone", PROPOSAL)
    video_days: int = _figure(3, "视频基准工作日", "working days, video", PROPOSAL)
    on_site_days: int = _figure(7, "上门基准工作日", "working days, on-site", PROPOSAL)
    internal_valuation_days: int = _figure(3, "内部评估加计工作日", "working days more for an internal valuation", PROPOSAL)
    external_valuation_days: int = _figure(10, "外部评估加计工作日", "working days more for an external valuation", PROPOSAL)
    legal_opinion_days: int = _figure(5, "法律意见加计工作日", "working days more for a legal opinion", PROPOSAL)
    approval_days: int = _figure(3, "分类调整审批加计工作日", "working days more to approve a change of grade", PROPOSAL)

    # Origination
    max_term_months: int = _figure(360, "最长贷款期限（月）", "longest term in months", PRACTICE_UNVERIFIED)

    def __attrs_post_init__(self) -> None:
        faults = [fault for name, expected, holds in _checks(self) if (fault := _fault(self, name, expected, holds=holds))]
        if faults:
            raise InvalidInputError.of("Parameters", faults)

    def sheet(self) -> tuple[Figure, ...]:
        """Every figure with its label, value and provenance, in the order above."""
        return tuple(
            Figure(
                name=field.name,
                label=field.metadata["label"],
                value=getattr(self, field.name),
                source=field.metadata["source"],
            )
            for field in attrs.fields(Parameters)
        )


def _checks(p: Parameters) -> tuple[tuple[str, str, bool], ...]:
    """What must hold between figures: name, what is expected, and whether it is so."""
    window = p.first_window_days
    months = (p.months_excellent, p.months_standard, p.months_special_mention, p.months_non_performing)
    return (
        ("first_window_days", "two days, the first not after the second and not negative", len(window) == 2 and 0 <= window[0] <= window[1]),
        ("months_excellent", "the longest interval, none shorter than one month", list(months) == sorted(months, reverse=True) and months[-1] >= 1),
        ("months_restructured", "at least 1", p.months_restructured >= 1),
        ("days_loss", "above days_doubtful, above days_substandard", p.days_substandard < p.days_doubtful < p.days_loss),
        ("ecl_loss", "above ecl_doubtful", p.ecl_doubtful < p.ecl_loss),
        ("ltv_orange", "above ltv_thin, above ltv_longest", p.ltv_longest < p.ltv_thin < p.ltv_orange),
        ("price_fall", "below price_soft, below zero", p.price_fall < p.price_soft < 0),
        ("income_fall", "below zero", p.income_fall < 0),
    )


def _fault(parameters: Parameters, name: str, expected: str, *, holds: bool) -> InvalidValueError | None:
    if holds:
        return None
    return InvalidValueError(owner="Parameters", field=name, value=getattr(parameters, name), expected=expected)


#: The figures as shipped.
DEFAULTS: Final = Parameters()
