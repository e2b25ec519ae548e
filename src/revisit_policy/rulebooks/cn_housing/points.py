"""Points: how much speaks for coming back soon. One whole point for each limit that a loan has passed, and nothing fitted.

A point says that a limit was passed, not how likely a loss is. The sum ranks loans: the interval is read off it, and where officers are
few the highest come first. What nobody has looked up may be the worst it can be: the sum is then a range, no wider than the points of
what is unknown, and the interval acts on its upper end. A gap in the data brings somebody sooner until it is filled, and never later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from revisit_policy.casefile import facts
from revisit_policy.casefile.borrower import CreditStanding
from revisit_policy.casefile.loan import Product
from revisit_policy.language.condition import Condition
from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Fold
from revisit_policy.language.grid import increments
from revisit_policy.language.rule import Rule
from revisit_policy.language.scale import Score
from revisit_policy.language.table import Table
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.sources import PROPOSAL
from revisit_policy.values.labels import Label

#: What is riskier than a first home by its kind: a second home, one that is not built yet, a shop.
RISKIER_PRODUCTS: Final = (Product.SECOND_HOME, Product.OFF_PLAN, Product.COMMERCIAL)


def table(p: Parameters) -> Table:
    """The sum of all points; 0 for a loan that has passed no limit."""
    return Table(
        "points",
        label=Label("回访积分", "points for coming back soon"),
        outcomes=Score(worse="high"),
        fold=Fold.TOTAL,
        otherwise=0,
        rules=(*_standing(), *_home(p), *_record(p), *_debts(p), *_loan(p)),
    )


def _standing() -> Iterator[Rule]:
    for standing in (CreditStanding.GOOD, CreditStanding.AVERAGE, CreditStanding.POOR):
        because = standing.labels if standing.is_last else Label(f"{standing.labels.zh}或更差", f"{standing.labels.en} or worse")
        because = Label(f"信用状况{because.zh}", f"credit standing {because.en}")
        yield _point(f"standing-{standing.value}", facts.credit_standing >= standing, because)


def _home(p: Parameters) -> Iterator[Rule]:
    yield from _steps("ltv", facts.ltv_now, (p.ltv_longest, p.ltv_second, p.ltv_third, Fraction(1)), Label("贷款价值比达到{cut}", "loan-to-value of {cut} or more"))
    yield from _steps("prices", facts.price_change_12m, (p.price_soft, p.price_fall), Label("房价一年内涨跌幅达到{cut}", "home prices changed by {cut} or worse within a year"))


def _record(p: Parameters) -> Iterator[Rule]:
    yield from _steps("missed", facts.missed_total_24m, (1, p.missed_some, p.missed_total), Label("24个月内累计欠款达到{cut}期", "missed periods in 24 months: {cut} or more"))
    late = p.watch_delays
    yield _point("delays", facts.delays_over_5_days_12m >= late, Label(f"十二个月内迟付超过5天达{late}次以上", f"{late} payments or more over five days late in twelve months"))


def _debts(p: Parameters) -> Iterator[Rule]:
    yield from _steps("debts", facts.total_dsr, (p.dsr_strained, p.total_dsr_limit), Label("所有债务与收入比达到{cut}", "total debt service of {cut} of income or more"))


def _loan(p: Parameters) -> tuple[Rule, ...]:
    """The loan itself: its product, its original term, its amount, and whether the borrower is still new to us."""
    term, young = p.long_term_months, p.first_year_months
    return (
        _point("product", facts.product.is_in(*RISKIER_PRODUCTS), Label("二套、期房或商业用房", "a second home, a home bought off plan, or a shop")),
        _point("term", facts.term_months >= term, Label(f"原定期限{term}个月以上", f"an original term of {term} months or more")),
        _point("amount", facts.principal >= p.large_principal, Label("大额贷款", "a large loan")),
        _point("first-year", facts.months_on_book < young, Label(f"放款不满{young}个月", f"paid out less than {young} months ago")),
    )


def _point(name: str, when: Condition, because: Label) -> Rule:  # noqa: PLR0917 - the columns of a table
    return Rule(f"points-{name}", when=when, then=1, because=because, source=PROPOSAL)


def _steps(name: str, fact: Fact, cuts: Sequence[int | Fraction], because: Label) -> tuple[Rule, ...]:  # noqa: PLR0917 - the columns of a table
    return increments(fact, cuts, (1,) * len(cuts), because=because, source=PROPOSAL, prefix=f"points-{name}")
