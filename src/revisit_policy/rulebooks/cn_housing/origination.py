"""Origination: was the loan granted within the limits of its day? Findings, not grades.

The floor of the down payment is that of the day of signing; a city's higher floor is laid over it: :func:`city_floor`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from revisit_policy.casefile import facts
from revisit_policy.casefile.loan import Product
from revisit_policy.language.condition import Condition
from revisit_policy.language.fold import Fold
from revisit_policy.language.period import Period
from revisit_policy.language.rule import Rule
from revisit_policy.language.scale import unordered
from revisit_policy.language.table import Table
from revisit_policy.outcomes.origination_finding import OriginationFinding
from revisit_policy.policy.overlay import Addition, Overlay
from revisit_policy.rulebooks.cn_housing.down_payment_floor import DownPaymentFloor
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.regulations import down_payment_notice, real_estate_2004, shop_notice
from revisit_policy.rulebooks.cn_housing.sources import PRACTICE_UNVERIFIED
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.citation import Citation
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.labels import Label
from revisit_policy.values.ratio import percent_label
from revisit_policy.values.validation import checked

_IS_A_HOME: Final = facts.product.is_in(*(product for product in Product if product is not Product.COMMERCIAL))


def table(p: Parameters) -> Table:
    """What was wrong with the grant, if anything."""
    return Table(
        "origination",
        label=Label("发放合规检查", "check of the grant"),
        outcomes=unordered(OriginationFinding),
        fold=Fold.EVERY,
        rules=(*_national_floors(p), *_shop_floors(p), *_affordability(p), *_terms(p)),
    )


def _affordability(p: Parameters) -> tuple[Rule, ...]:
    """The limits bind at the grant, so they are asked while today's income still speaks for it."""
    recent = facts.months_on_book < p.grant_review_months
    housing, total = percent_label(p.housing_dsr_limit), percent_label(p.total_dsr_limit)
    return (
        Rule(
            "grant-housing-dsr",
            when=recent & (facts.housing_dsr > p.housing_dsr_limit),
            then=OriginationFinding.HOUSING_DSR_ABOVE_LIMIT,
            because=Label(f"房产支出与收入比超过{housing.zh}", f"housing debt service exceeds {housing.en} of income"),
            source=real_estate_2004("36"),
        ),
        Rule(
            "grant-total-dsr",
            when=recent & (facts.total_dsr > p.total_dsr_limit),
            then=OriginationFinding.TOTAL_DSR_ABOVE_LIMIT,
            because=Label(f"所有债务与收入比超过{total.zh}", f"total debt service exceeds {total.en} of income"),
            source=real_estate_2004("36"),
        ),
    )


def _terms(p: Parameters) -> Iterator[Rule]:
    shop = shop_notice(p.shop_floors[0].since, verified=False) if p.shop_floors else PRACTICE_UNVERIFIED
    limits = (("grant-term", _IS_A_HOME, p.max_term_months, PRACTICE_UNVERIFIED), ("grant-term-shop", ~_IS_A_HOME, p.shop_max_term_months, shop))
    for rule_id, when, months, source in limits:
        because = Label(f"期限超过{months}个月", f"the term exceeds {months} months")
        yield Rule(rule_id, when=when & (facts.term_months > months), then=OriginationFinding.TERM_TOO_LONG, because=because, source=source)


def _shop_floors(p: Parameters) -> Iterator[Rule]:
    """The floors of shops and offices: one for all, whatever homes the buyer has."""
    ends = [floor.since for floor in p.shop_floors[1:]]
    for floor, until in zip(p.shop_floors, [*ends, None], strict=bool(p.shop_floors)):
        least = percent_label(floor.first_home)
        yield Rule(
            f"down-payment-shop-{floor.since}",
            when=~_IS_A_HOME & (facts.down_payment_ratio < floor.first_home),
            then=OriginationFinding.DOWN_PAYMENT_BELOW_FLOOR,
            because=Label(f"商业用房首付比例低于{least.zh}", f"the down payment of a shop or an office is below {least.en}"),
            source=shop_notice(floor.since, verified=floor.verified, number=floor.number),
            period=Period(since=floor.since, until=until, of=facts.signed_on),
        )


def _national_floors(p: Parameters) -> Iterator[Rule]:
    ends = [floor.since for floor in p.down_payment_floors[1:]]
    for floor, until in zip(p.down_payment_floors, [*ends, None], strict=True):
        source = down_payment_notice(floor.since, verified=floor.verified, number=floor.number)
        yield from _rules(f"down-payment-{floor.since}", floor, until=until, source=source)


def _rules(prefix: str, floor: DownPaymentFloor, *, until: Date | None, source: Citation) -> Iterator[Rule]:
    """The floor of every home, and that of the second where it is higher. Shops and offices are no homes."""
    period = Period(since=floor.since, until=until, of=facts.signed_on)
    first, other = percent_label(floor.first_home), percent_label(floor.second_home)
    every = Label(f"首付比例低于{first.zh}", f"the down payment is below {first.en}")
    yield _floor(prefix, facts.down_payment_ratio < floor.first_home, every, period=period, source=source)
    if floor.second_home > floor.first_home:
        second = facts.product.is_in(Product.SECOND_HOME) | (facts.home_count >= 2)  # noqa: PLR2004 - the second home
        short = second & (facts.down_payment_ratio < floor.second_home)
        further = Label(f"二套及以上住房首付比例低于{other.zh}", f"the down payment of a second or further home is below {other.en}")
        yield _floor(f"{prefix}-second-home", short, further, period=period, source=source)


def _floor(rule_id: str, when: Condition, because: Label, *, period: Period, source: Citation) -> Rule:  # noqa: PLR0917 - the columns of a table
    return Rule(
        rule_id,
        when=_IS_A_HOME & when,
        then=OriginationFinding.DOWN_PAYMENT_BELOW_FLOOR,
        because=because,
        source=source,
        period=period,
    )


def city_floor(city: str, floor: DownPaymentFloor, *, until: str | dt.date | None = None, source: Citation) -> Overlay:
    """The overlay of a city that has its own floor of the down payment, to be laid over a policy with ``|``.

    Both floors then apply, so the higher one binds.

    Args:
        city: The name of the overlay and of its rules, in kebab-case.
        floor: The floor, from the day of signing on which it begins.
        until: The first day of signing for which it no longer holds; ``None`` if it has no end.
        source: The city's notice.

    Raises:
        InvalidPolicyError: If *city* is no proper name, or the floor ends before it begins.

    Examples:
        >>> from revisit_policy.rulebooks import cn_housing
        >>> notice = Citation(document=Label("本市住房信贷通知", "notice of the city"), standing="regulation")
        >>> floor = cn_housing.DownPaymentFloor(since="2024-09-29", first_home="0.15", second_home="0.20")
        >>> local = cn_housing.policy() | cn_housing.city_floor("shenzhen", floor, source=notice)
        >>> granted = {"signed_on": "2024-10-01", "product": "second_home", "down_payment_ratio": "0.19", "months_on_book": 0}
        >>> local.origination(**granted).fired, cn_housing.policy().origination(**granted).fired
        (('shenzhen-down-payment-second-home',), ())
    """
    checked(floor, DownPaymentFloor, field="floor", expected=Phrase("DownPaymentFloor", "a DownPaymentFloor"))
    ends = None if until is None else to_date(until, field="until")
    rules = tuple(_rules(f"{city}-down-payment", floor, until=ends, source=source))
    return Overlay(id=city, additions=(Addition(table="origination", rules=rules),))
