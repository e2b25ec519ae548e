"""Intervals: what standing, term and grade earn, then the caps. Good standing lengthens the base; nothing lengthens a cap."""

from __future__ import annotations

from typing import Final

from revisit_policy.casefile import facts
from revisit_policy.language.condition import ALWAYS, Condition
from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Fold
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.outcomes.grade import Grade
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.sources import PRACTICE, PRACTICE_UNVERIFIED, PROPOSAL, measures_2023, personal_loans_2024
from revisit_policy.values.citation import Citation
from revisit_policy.values.labels import Label

#: The duty that leaves method, content and frequency to the bank: it is why every interval here is a parameter.
FREQUENCY: Final = personal_loans_2024("36")


def scale(p: Parameters) -> tuple[int, ...]:
    """The intervals in months that the figures allow, longest first."""
    months = {p.months_excellent, p.months_standard, p.months_special_mention, p.months_restructured, p.months_non_performing, 1}
    return tuple(sorted(months, reverse=True))


def base_table(p: Parameters) -> Table:
    """Months between visits that the borrower has earned."""
    clean = (facts.missed_total_24m <= 0) & (facts.missed_consecutive <= 0) & (facts.delays_over_5_days_12m < p.watch_delays)
    excellent = facts.credit_standing.is_in("excellent") & clean & (facts.ltv_now <= p.ltv_longest)
    return Table(
        "interval_base",
        label=Label("基础回访间隔（月）", "base interval in months"),
        outcomes=scale(p),
        fold=Fold.FIRST,
        otherwise=p.months_standard,
        rules=(
            Rule(
                "base-excellent-standing",
                when=excellent,
                then=p.months_excellent,
                because=Label("信用优良、两年内无欠款、贷款价值比低", "excellent standing, no missed payment in two years, low loan-to-value"),
                source=PRACTICE,
            ),
            Rule(
                "base-short-remaining-term",
                when=(facts.remaining_months <= p.short_remaining_months) & clean,
                then=p.months_excellent,
                because=Label("剩余期限不足一年且无欠款，到期前回访一次", "a year or less to run and nothing missed: once before maturity"),
                source=PROPOSAL,
            ),
        ),
    )


def table(p: Parameters, *, base: Fact, grade: Fact) -> Table:
    """The base and every cap that applies; the shortest counts."""
    shorter, shortest = p.months_standard, p.months_special_mention

    def cap(rule_id: str, when: Condition, months: int, because: Label, source: Citation = PROPOSAL) -> Rule:
        return Rule(rule_id, when=when, then=months, because=because, source=source)

    return Table(
        "interval",
        label=Label("回访间隔（月）", "interval in months"),
        outcomes=scale(p),
        fold=Fold.LEAST,
        otherwise=p.months_excellent,
        rules=(
            Rule("interval-base", when=ALWAYS, then=base, because=Label("基础间隔", "the base interval"), source=FREQUENCY),
            cap("cap-special-mention", grade >= Grade.SPECIAL_MENTION, p.months_special_mention, Label("关注类贷款", "graded special mention")),
            cap("cap-non-performing", grade >= Grade.SUBSTANDARD, p.months_non_performing, Label("不良贷款", "non-performing"), PRACTICE_UNVERIFIED),
            cap("cap-in-observation", facts.in_observation.is_true(), p.months_restructured, Label("重组观察期内", "under observation after restructuring"), measures_2023("20", verified=True)),
            cap("cap-large-from-standard", (facts.principal >= p.large_principal) & base.is_in(p.months_standard), shortest, Label("大额贷款，间隔缩短一档", "a large loan, one step shorter")),
            cap("cap-large", facts.principal >= p.large_principal, shorter, Label("大额贷款，间隔缩短一档", "a large loan, one step shorter")),
            cap("cap-thin-margin", facts.ltv_now >= p.ltv_thin, shorter, Label("押品余值偏薄", "the margin of the collateral is thin")),
            cap("cap-little-margin", facts.ltv_now >= p.ltv_orange, shortest, Label("押品几无余值", "the collateral has almost no margin")),
            cap("cap-prices-soft", facts.price_change_12m <= p.price_soft, shorter, Label("房价走低", "home prices are falling")),
            cap("cap-prices-fall", facts.price_change_12m <= p.price_fall, shortest, Label("房价明显下跌", "home prices have fallen markedly")),
            cap("cap-volatile-market", facts.price_volatility >= p.high_volatility, shorter, Label("市场波动大", "the market moves fast")),
            cap("cap-missed-often", (facts.missed_consecutive >= p.missed_consecutive) | (facts.missed_total_24m >= p.missed_total), shortest, Label("连三累六", "three periods missed in a row or six in two years"), PRACTICE_UNVERIFIED),
        ),
    )

