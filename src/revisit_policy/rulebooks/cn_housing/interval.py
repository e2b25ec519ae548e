"""Intervals: what standing, term and amount earn, then the caps. Good standing lengthens the base; nothing lengthens a cap.

The interval acts at worst, so a cap on a figure that may be unknown never goes below the standard interval by itself: a
home that nobody has valued is answered by a valuation, not by a call every quarter.
"""

from __future__ import annotations

from revisit_policy.casefile import facts
from revisit_policy.casefile.borrower import CreditStanding
from revisit_policy.language.condition import ALWAYS, Condition, any_of
from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Fold
from revisit_policy.language.period import Period
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.outcomes.grade import Grade
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.regulations import PERSONAL_LOANS_CHANGED_ON, PERSONAL_LOANS_SINCE, personal_loans_2010, personal_loans_2024
from revisit_policy.rulebooks.cn_housing.sources import PRACTICE, PRACTICE_UNVERIFIED, PROPOSAL, set_by_bank
from revisit_policy.values.citation import Citation
from revisit_policy.values.labels import Label
from revisit_policy.values.ratio import percent_label


def scale(p: Parameters) -> tuple[int, ...]:
    """The intervals in months that the figures allow, longest first."""
    months = {p.months_excellent, p.months_standard, p.months_special_mention, p.months_restructured, p.months_non_performing}
    return tuple(sorted(months, reverse=True))


def base_table(p: Parameters) -> Table:
    """Months between visits that the borrower has earned."""
    clean = (facts.missed_total_24m <= 0) & (facts.missed_consecutive <= 0) & (facts.delays_over_5_days_12m < p.watch_delays)
    excellent = facts.credit_standing.is_in(CreditStanding.EXCELLENT) & clean & (facts.ltv_now <= p.ltv_longest)
    low, short = percent_label(p.ltv_longest), p.short_remaining_months
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
                because=Label(f"信用优良、两年内无欠款、贷款价值比不超过{low.zh}", f"excellent standing, nothing missed in two years, loan-to-value of at most {low.en}"),
                source=PROPOSAL,
            ),
            Rule(
                "base-short-remaining-term",
                when=facts.remaining_months.between(0, short + 1) & clean,
                then=p.months_excellent,
                because=Label(f"剩余期限不超过{short}个月且无欠款，到期前回访一次", f"{short} months or less to run and nothing missed: once before maturity"),
                source=PROPOSAL,
            ),
            *_duties(p),
        ),
    )


def _duties(p: Parameters) -> tuple[Rule, ...]:
    """The lender sets method, content and frequency: the duty is law, the months are the bank's."""
    months = p.months_standard
    because = Label(f"办法要求贷款人按品种、对象、金额自定检查频率，此处为{months}个月", f"the measures leave the frequency to the lender, by type of loan, borrower and amount: here {months} months")
    return (
        Rule("base-standard-2010", when=ALWAYS, then=p.months_standard, because=because, source=set_by_bank(personal_loans_2010("36")), period=Period(since=PERSONAL_LOANS_SINCE, until=PERSONAL_LOANS_CHANGED_ON)),
        Rule("base-standard-2024", when=ALWAYS, then=p.months_standard, because=because, source=set_by_bank(personal_loans_2024()), period=Period(since=PERSONAL_LOANS_CHANGED_ON)),
    )


def _cap(rule_id: str, when: Condition, months: int, because: Label, source: Citation = PROPOSAL) -> Rule:  # noqa: PLR0917 - the columns of a table
    return Rule(f"cap-{rule_id}", when=when, then=months, because=because, source=source)


def table(p: Parameters, *, base: Fact, grade: Fact, grounds: tuple[Fact, ...]) -> Table:
    """The base and every cap that applies; the shortest counts.

    Args:
        p: The figures.
        base: The base interval.
        grade: The grade.
        grounds: The registers that make a loan special mention beside arrears.
    """
    return Table(
        "interval",
        label=Label("回访间隔（月）", "interval in months"),
        outcomes=scale(p),
        fold=Fold.LEAST,
        rules=(
            Rule("interval-base", when=ALWAYS, then=base, because=Label("基础间隔", "the base interval"), source=PRACTICE),
            *_amount(p, base),
            *_grade(p, grade, grounds),
            *_market(p),
        ),
    )


def _amount(p: Parameters, base: Fact) -> tuple[Rule, ...]:
    large, because = facts.principal >= p.large_principal, Label("大额贷款，间隔缩短一档", "a large loan: one step shorter")
    return (
        _cap("large-from-excellent", large & base.is_in(p.months_excellent), p.months_standard, because),
        _cap("large-from-standard", large & base.is_in(p.months_standard), p.months_special_mention, because),
    )


def _grade(p: Parameters, grade: Fact, grounds: tuple[Fact, ...]) -> tuple[Rule, ...]:  # noqa: PLR0917 - private
    """What the grade shortens. Brief arrears alone shorten nothing: who is a day late owes a call, and no visit of last quarter."""
    days, brief = facts.days_past_due, p.days_second_notice
    other_grounds = any_of(*(ground.is_true() for ground in grounds), facts.determined_grade >= Grade.SPECIAL_MENTION)
    lasting = (days <= 0) | (days > brief) | other_grounds
    mentioned = Label(
        f"关注类或更差；仅因逾期{brief}天以内的，由不定期回访应对，不缩短间隔",
        f"graded special mention or worse; arrears of {brief} days or fewer alone are answered by a visit of their own and shorten nothing",
    )
    return (
        _cap("special-mention", (grade >= Grade.SPECIAL_MENTION) & lasting, p.months_special_mention, mentioned),
        _cap("non-performing", grade >= Grade.SUBSTANDARD, p.months_non_performing, Label("不良贷款", "non-performing"), PRACTICE_UNVERIFIED),
        _cap("in-observation", facts.in_observation.is_true(), p.months_restructured, Label(f"在至少{p.observation_months}个月的重组观察期内", f"in the observation of at least {p.observation_months} months after restructuring")),
    )


def _market(p: Parameters) -> tuple[Rule, ...]:
    thin, falling = facts.ltv_now >= p.ltv_thin, facts.price_change_12m <= p.price_fall
    margin, soft, fall = percent_label(p.ltv_thin), percent_label(-p.price_soft), percent_label(-p.price_fall)
    swing = percent_label(p.high_volatility)
    return (
        _cap("thin-margin", thin, p.months_standard, Label(f"贷款价值比{margin.zh}以上，抵押率偏高", f"loan-to-value of {margin.en} or more: the margin is thin")),
        _cap("prices-soft", facts.price_change_12m <= p.price_soft, p.months_standard, Label(f"房价一年内跌{soft.zh}以上", f"home prices fell by {soft.en} or more within a year")),
        _cap("volatile-market", facts.price_volatility >= p.high_volatility, p.months_standard, Label(f"房价波动率{swing.zh}以上，估值易失准", f"price volatility of {swing.en} or more: a valuation does not last")),
        _cap("squeezed-margin", thin & falling, p.months_special_mention, Label(f"抵押率偏高而房价一年内跌{fall.zh}以上", f"a thin margin, and home prices fell by {fall.en} or more within a year")),
    )
