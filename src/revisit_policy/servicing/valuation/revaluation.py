"""Revaluation: what a home is worth today by its last appraisal and an index, and when that is not good enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import floor
from typing import Final

import attrs

from revisit_policy.casefile.collateral import Collateral, PropertyType
from revisit_policy.casefile.fields import to_amount
from revisit_policy.errors import InvalidValueError
from revisit_policy.servicing.valuation.appraisal import Appraisal, last_appraisal
from revisit_policy.servicing.valuation.price_index import PriceIndex, to_month
from revisit_policy.servicing.valuation.valuation_convention import ValuationConvention
from revisit_policy.speech.joining import clauses, listed
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, month_end, months_begun, months_elapsed, to_date
from revisit_policy.values.dates import text as day_text
from revisit_policy.values.labels import Label, Labelled, Lang, to_lang
from revisit_policy.values.money import Money
from revisit_policy.values.ratio import percent_text
from revisit_policy.values.validation import checked, fault


class AppraisalReason(Labelled, zh="评估理由"):
    """Why somebody has to look at a home before its value can be told."""

    NO_APPRAISAL = "no_appraisal", "没有评估", "it was never appraised"
    APPRAISAL_TOO_OLD = "appraisal_too_old", "评估过久", "the last appraisal is too old"
    INDEX_ENDED = "index_ended", "指数过旧", "the index ended too long ago"
    INDEX_HAS_HOLES = "index_has_holes", "指数缺月", "months are missing in the index"
    FELL_FAR = "fell_far", "价格大幅下跌", "prices have fallen far"
    DAMAGED = "damaged", "抵押物受损或未查", "the home is damaged, or nobody has looked whether it is"
    PROJECT_STALLED = "project_stalled", "项目停工或未查", "the building project stands still, or nobody has looked whether it does"
    OTHER_PROPERTY = "other_property", "不属住宅，指数不适用", "it is no home, and the index is of homes"


class ValueLimit(Labelled, zh="价值限制"):
    """What held an indexed value down."""

    MARKET_PRICE = "market_price", "合理市场价格", "the market price"
    APPRAISAL = "appraisal", "最近评估值（无市场价格佐证）", "the appraisal, for want of a market price"


@attrs.frozen(kw_only=True)
class Revaluation:
    """What a home is worth on a day, or why somebody has to look first.

    Args:
        on: The day.
        convention: By which convention.
        appraisal: The appraisal that was carried on; ``None`` if there is none.
        as_of: The day the value is of: the end of the last month of the index, or the day of an appraisal that is younger;
            ``None`` where nothing could be computed.
        factor: Prices of that month as a share of those of the appraisal's; ``None`` where nothing could be computed.
        indexed: What comes of it, cut to whole minor units and held down; ``None`` where nothing could be computed. It is told even if
            it may not be used.
        limited_by: What held it down; ``None`` if nothing did.
        margin: How far the home may be off its index by now, as a share; ``None`` without an appraisal.
        reasons: Why an appraisal is due; empty if the index may be used.
        missing: The months that the index lacks.
    """

    on: Date
    convention: ValuationConvention
    appraisal: Appraisal | None
    as_of: Date | None
    factor: Fraction | None
    indexed: Money | None
    limited_by: ValueLimit | None
    margin: Fraction | None
    reasons: tuple[AppraisalReason, ...]
    missing: tuple[str, ...]

    @property
    def appraisal_due(self) -> bool:
        """Whether somebody has to look."""
        return bool(self.reasons)

    @property
    def value(self) -> Money | None:
        """What the home is worth; ``None`` where the index may not be used."""
        return None if self.reasons else self.indexed

    @property
    def low(self) -> Money | None:
        """What it is worth at least, if it is off its index as far as the margin; ``None`` where the index may not be used."""
        return None if self.value is None or self.margin is None else _times(self.value, 1 - self.margin)

    @property
    def months_since_appraisal(self) -> int | None:
        """Months since the appraisal, a begun one counted as whole; ``None`` without one."""
        return None if self.appraisal is None else months_begun(self.appraisal.on, self.on)

    def as_facts(self, collateral: Collateral) -> Collateral:
        """The collateral of a case file with the value and its day; as it was where the index may not be used.

        Raises:
            InvalidValueError: If it is none.
        """
        known = checked(collateral, Collateral, field="collateral", expected=Phrase("Collateral", "a Collateral"))
        if self.value is None:
            return known
        return attrs.evolve(known, value=self.value, valued_on=self.as_of)

    def text(self, lang: str = Lang.EN) -> str:
        """The value with its age and margin, or why an appraisal is due, and the convention, a line each.

        Raises:
            UnknownNameError: If *lang* is no language of ours.
        """
        chosen = to_lang(lang)
        return "\n".join((*_told(self, chosen), _BY.filled(chosen, convention=self.convention.text(chosen))))


def revalue(  # noqa: PLR0917 - the order of the question: these appraisals, carried by this index, under this convention
    appraisals: Iterable[Appraisal],
    index: PriceIndex,
    convention: ValuationConvention,
    *,
    on: str | Date,
    market_price: Money | None = None,
    collateral: Collateral | None = None,
) -> Revaluation:
    """What a home is worth on a day: its last appraisal, carried on by the index of its region.

    A value by index is never above what the market would reasonably pay, and without a market price never above the appraisal:
    a rise is believed only with evidence, a fall at once.

    Args:
        appraisals: All there are, in any order; those after the day play no part.
        index: Home prices where it stands, as they are known: a restated index is another one.
        convention: How far the index may carry the appraisal.
        on: The day. Of the index the months count that have ended by then.
        market_price: What the market would reasonably pay on the day; ``None`` if nobody has asked.
        collateral: What is known of the home; damage, a stalled project and property that is no home call for an appraisal.
            ``None`` leaves that to the caller.

    Raises:
        InvalidValueError: If an argument is malformed, two appraisals of one day differ, or amounts are of different currencies.
    """
    day = to_date(on, field="on")
    checked(index, PriceIndex, field="index", expected=Phrase("PriceIndex", "a PriceIndex"))
    checked(convention, ValuationConvention, field="convention", expected=Phrase("ValuationConvention", "a ValuationConvention"))
    if collateral is not None:
        checked(collateral, Collateral, field="collateral", expected=Phrase("Collateral", "a Collateral"))
    last = last_appraisal(appraisals, on=day)
    _check_market_price(market_price, last)
    if last is None:
        return Revaluation(
            on=day, convention=convention, appraisal=None, as_of=None, factor=None, indexed=None, limited_by=None, margin=None,
            reasons=(AppraisalReason.NO_APPRAISAL, *_of_the_home(collateral)), missing=(),
        )  # fmt: skip
    month, missing = _carried_to(index, last, day)
    factor = None if missing else index.change(to_month(last.on), month)
    indexed, limited_by = (None, None) if factor is None else _held_down(_times(last.value, factor), last.value, market_price)
    return Revaluation(
        on=day,
        convention=convention,
        appraisal=last,
        as_of=None if factor is None else _as_of(last, month),
        factor=factor,
        indexed=indexed,
        limited_by=limited_by,
        margin=min(Fraction(1), convention.error_a_month * months_begun(last.on, day)),
        reasons=(*_of_time(last, month, convention, on=day), *_of_prices(factor, convention), *_of_the_home(collateral)),
        missing=missing,
    )


def _check_market_price(market_price: Money | None, appraisal: Appraisal | None) -> None:
    if market_price is None:
        return
    try:
        to_amount(market_price)
    except InvalidValueError as error:
        raise error.located(owner="", field="market_price") from None
    if appraisal is not None and market_price.currency != appraisal.value.currency:
        raise fault(
            "market_price", market_price, Phrase("与估值一样以 `{currency}` 计", "in `{currency}` as the appraisal is", currency=appraisal.value.currency)
        )


def _carried_to(index: PriceIndex, appraisal: Appraisal, on: Date) -> tuple[str, tuple[str, ...]]:  # noqa: PLR0917 - internal
    """The month to which the index carries the appraisal, and the months that it would need and lacks."""
    begin = to_month(appraisal.on)
    month = max(begin, index.last_month(on) or begin)
    return month, index.missing(begin, month)


def _as_of(appraisal: Appraisal, month: str) -> Date:
    """The day that a value carried to a month is of: its end, or the appraisal itself if it was carried nowhere."""
    return appraisal.on if month == to_month(appraisal.on) else month_end(to_date(f"{month}-01"))


def _held_down(indexed: Money, appraised: Money, market_price: Money | None) -> tuple[Money, ValueLimit | None]:  # noqa: PLR0917 - internal
    limit, by = (appraised, ValueLimit.APPRAISAL) if market_price is None else (market_price, ValueLimit.MARKET_PRICE)
    return (limit, by) if indexed > limit else (indexed, None)


def _times(amount: Money, share: Fraction) -> Money:
    """A share of an amount, cut to whole minor units: a value is never rounded up."""
    return Money(floor(amount.minor * share), amount.currency)


def _of_time(appraisal: Appraisal, month: str, convention: ValuationConvention, *, on: Date) -> Iterator[AppraisalReason]:  # noqa: PLR0917 - internal
    if months_begun(appraisal.on, on) > convention.most_months:
        yield AppraisalReason.APPRAISAL_TOO_OLD
    if months_elapsed(_as_of(appraisal, month), on) > convention.most_index_months:
        yield AppraisalReason.INDEX_ENDED


def _of_prices(factor: Fraction | None, convention: ValuationConvention) -> Iterator[AppraisalReason]:
    if factor is None:
        yield AppraisalReason.INDEX_HAS_HOLES
    elif 1 - factor >= convention.most_fall:
        yield AppraisalReason.FELL_FAR


def _of_the_home(collateral: Collateral | None) -> Iterator[AppraisalReason]:
    if collateral is None:
        return
    if collateral.damaged_by_owner is not False:
        yield AppraisalReason.DAMAGED
    if collateral.project_stalled is not False:
        yield AppraisalReason.PROJECT_STALLED
    if collateral.property_type is PropertyType.COMMERCIAL:
        yield AppraisalReason.OTHER_PROPERTY


_VALUE: Final = Label(
    "{on}：抵押物价值{value}，不低于{low}（误差{margin}），按{as_of}指数，评估于{appraised}（已{months}个月）",
    "on {on} the home is worth {value}, at least {low} (margin {margin}), by prices of {as_of} and the appraisal of {appraised}, {months} months ago",
)
_LIMITED: Final = Label("以{limit}为限", "held down by {limit}")
_DUE: Final = Label("{on}：须评估：{reasons}", "on {on} an appraisal is due: {reasons}")
_MISSING: Final = Label("指数缺{months}", "the index lacks {months}")
_BY: Final = Label("口径：{convention}", "valued by {convention}")


def _told(found: Revaluation, lang: Lang) -> Iterator[str]:
    on = day_text(found.on, lang)
    if found.reasons:
        yield _DUE.filled(lang, on=on, reasons=clauses((reason.label(lang) for reason in found.reasons), lang))
    if found.missing:
        yield _MISSING.filled(lang, months=listed(found.missing, lang))
    value, low, as_of, appraisal = found.value, found.low, found.as_of, found.appraisal
    if value is not None and low is not None and as_of is not None and appraisal is not None:
        yield _VALUE.filled(
            lang,
            on=on,
            value=value.text(lang),
            low=low.text(lang),
            margin=percent_text(found.margin or 0, 1, lang=lang),
            as_of=day_text(as_of, lang),
            appraised=day_text(appraisal.on, lang),
            months=found.months_since_appraisal,
        )
    if found.limited_by is not None:
        yield _LIMITED.filled(lang, limit=found.limited_by.label(lang))
