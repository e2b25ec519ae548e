"""Intervals: how often a loan is looked at again. Once a year at least; the more points it has, the sooner; and what its grade demands.

The interval acts at worst: what nobody has looked up may have all its points. An own interval of the bank's is a figure or two away
(`months_excellent`, `points_standard`), and so is a fourth step.
"""

from __future__ import annotations

from revisit_policy.casefile import facts
from revisit_policy.language.condition import ALWAYS, Condition, any_of
from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Fold
from revisit_policy.language.period import Period
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.outcomes.grade import Grade
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.regulations import PERSONAL_LOANS_CHANGED_ON, PERSONAL_LOANS_SINCE, personal_loans_2010, personal_loans_2024
from revisit_policy.rulebooks.cn_housing.sources import PRACTICE_UNVERIFIED, PROPOSAL, set_by_bank
from revisit_policy.values.citation import Citation
from revisit_policy.values.labels import Label


def scale(p: Parameters) -> tuple[int, ...]:
    """The intervals in months that the figures allow, longest first."""
    months = {p.months_excellent, p.months_standard, p.months_special_mention, p.months_restructured, p.months_non_performing}
    return tuple(sorted(months, reverse=True))


def table(p: Parameters, *, points: Fact, grade: Fact, grounds: tuple[Fact, ...]) -> Table:
    """The longest interval and all that shortens it; the shortest counts.

    Args:
        p: The figures.
        points: The points.
        grade: The grade.
        grounds: The registers that make a loan special mention beside arrears.
    """
    return Table(
        "interval",
        label=Label("回访间隔（月）", "interval in months"),
        outcomes=scale(p),
        fold=Fold.LEAST,
        otherwise=p.months_excellent,
        rules=(*_duties(p), *_by_points(p, points), *_by_grade(p, grade, grounds)),
    )


def _duties(p: Parameters) -> tuple[Rule, ...]:
    """The lender sets method, content and frequency: the duty is law, the months are the bank's."""
    months = p.months_excellent
    because = Label(f"办法要求贷款人按品种、对象、金额自定检查频率，此处至少每{months}个月一次", f"the measures leave the frequency to the lender, by type of loan, borrower and amount: here once in {months} months at least")
    return (
        Rule("interval-longest-2010", when=ALWAYS, then=months, because=because, source=set_by_bank(personal_loans_2010("36")), period=Period(since=PERSONAL_LOANS_SINCE, until=PERSONAL_LOANS_CHANGED_ON)),
        Rule("interval-longest-2024", when=ALWAYS, then=months, because=because, source=set_by_bank(personal_loans_2024()), period=Period(since=PERSONAL_LOANS_CHANGED_ON)),
    )


def _cap(rule_id: str, when: Condition, months: int, because: Label, source: Citation = PROPOSAL) -> Rule:  # noqa: PLR0917 - the columns of a table
    return Rule(f"cap-{rule_id}", when=when, then=months, because=because, source=source)


def _by_points(p: Parameters, points: Fact) -> tuple[Rule, ...]:
    some, many = p.points_standard, p.points_close
    return (
        _cap("points-standard", points >= some, p.months_standard, Label(f"回访积分{some}分以上", f"{some} points or more")),
        _cap("points-close", points >= many, p.months_special_mention, Label(f"回访积分{many}分以上", f"{many} points or more")),
    )


def _by_grade(p: Parameters, grade: Fact, grounds: tuple[Fact, ...]) -> tuple[Rule, ...]:  # noqa: PLR0917 - private
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
