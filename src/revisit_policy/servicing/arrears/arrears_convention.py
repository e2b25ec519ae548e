"""Conventions of arrears: everything on which two systems differ when they count days past due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

import attrs

from revisit_policy.casefile import fields
from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.joining import clauses, headed, listed
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.citation import Citation, to_citation, to_label
from revisit_policy.values.labels import Label, Labelled, Lang, to_lang
from revisit_policy.values.money import Money
from revisit_policy.values.validation import fault, gather, gathering, refused, to_tuple_of, to_whole

DAYS_OF_A_MONTH: Final = 30
"""What a whole month counts where months are counted."""


class DayCount(Labelled, zh="计日方式"):
    """What is counted since the due day."""

    CALENDAR_DAYS = "calendar_days", "按自然日", "calendar days"
    MONTHS_OF_30 = "months_of_30", "按月、每满一月计30日", "months, each whole one as 30 days"


class GraceFor(Labelled, zh="宽限对象"):
    """Which instalments have days of grace."""

    EVERY_PERIOD = "every_period", "每期", "every instalment"
    FIRST_PERIOD = "first_period", "仅首期", "the first instalment alone"


class AfterGrace(Labelled, zh="宽限期后的计法"):
    """From when on days are counted once the grace is over."""

    FROM_DUE_DAY = "from_due_day", "宽限期满仍未付的，自到期日起算", "counted from the due day once it is over"
    FROM_ITS_END = "from_its_end", "自宽限期末日起算", "counted from its last day"


class DueDayShift(Labelled, zh="应还日顺延方式"):
    """What becomes of a due day that is no working day."""

    NONE = "none", "遇休息日不顺延", "due days stay where they are on days off"
    FOLLOWING = "following", "遇休息日顺延至下一工作日", "due days move to the next working day"
    PRECEDING = "preceding", "遇休息日提前至上一工作日", "due days move to the working day before"


class Allocation(Labelled, zh="还款分配次序"):
    """In which order a payment pays what is due."""

    OLDEST_INTEREST_FIRST = "oldest_interest_first", "先付最早一期，期内先息后本", "oldest instalment first, in it interest before principal"
    OLDEST_PRINCIPAL_FIRST = "oldest_principal_first", "先付最早一期，期内先本后息", "oldest instalment first, in it principal before interest"
    ALL_INTEREST_FIRST = "all_interest_first", "先付全部到期利息，再付本金", "all interest due first, then principal"
    ALL_PRINCIPAL_FIRST = "all_principal_first", "先付全部到期本金，再付利息", "all principal due first, then interest"


def _to_count(value: DayCount | str) -> DayCount:
    return DayCount.parse(value)


def _to_grace_for(value: GraceFor | str) -> GraceFor:
    return GraceFor.parse(value)


def _to_after_grace(value: AfterGrace | str) -> AfterGrace:
    return AfterGrace.parse(value)


def _to_shift(value: DueDayShift | str) -> DueDayShift:
    return DueDayShift.parse(value)


def _to_allocation(value: Allocation | str) -> Allocation:
    return Allocation.parse(value)


def _to_due_day(value: int) -> int:
    return to_whole(value, high=1)


def _to_grace_days(value: int) -> int:
    return to_whole(value, high=366)


def _to_first_day(value: int | None) -> int | None:
    return None if value is None else to_whole(value, low=1, high=fields.LONGEST_ARREARS)


def _to_bands(values: Iterable[int]) -> tuple[int, ...]:
    days = tuple(to_whole(value, low=1, high=fields.LONGEST_ARREARS) for value in to_tuple_of(int, values))
    if days and all(earlier < later for earlier, later in pairwise(days)):
        return days
    raise refused(values, Phrase("一个或多个区间的首日，依次递增", "the first days of one or more bands, each greater than the one before"))


@attrs.frozen(kw_only=True, field_transformer=gathering)
class ArrearsConvention:
    """How days past due are counted; printed in every explanation, because the same payments give other days under another one.

    Days are counted at the end of each day, after its payments.

    Args:
        name: What the convention is called, as a label or a ``(zh, en)`` pair.
        source: Where it comes from.
        due_day: What an instalment unpaid at the end of its own due day counts: 0 or 1.
        whole_balance_from: The days past due from which on all principal counts as overdue; ``None`` if it never does.
        allocation: The order in which payments pay what is due, or the code.
        bands: The first days of the bands, ascending: ``(1, 31, 61, 91)`` are 1 to 30, 31 to 60, 61 to 90, and 91 and more.
        count: What is counted, or the code.
        grace_days: Calendar days by which an instalment may be paid after its due day without being past due, the last of
            them included; it then counts as the due day does. 0 for none.
        grace_for: Which instalments have them, or the code.
        after_grace: From when on days are counted once the grace is over, or the code.
        tolerance: Where all that is past due comes to this or less, nothing counts as past due; ``None`` for no tolerance.
        shift: What becomes of a due day that is no working day, or the code.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.

    Examples:
        >>> house = ArrearsConvention(
        ...     name=("本行", "our bank"), source=Citation(standing="proposal"), due_day=0, whole_balance_from=91,
        ...     allocation="oldest_interest_first", bands=(1, 31, 61, 91),
        ... )
        >>> print(house.text())
        our bank: calendar days; unpaid at the end of the due day is day 0; due days stay where they are on days off; ...
        >>> house.band_of(0), house.band_of(90), house.band_text(61), house.band_text(91)
        (None, 61, '61–90', '91+')
    """

    name: Label = attrs.field(converter=to_label)
    source: Citation = attrs.field(converter=to_citation)
    due_day: int = attrs.field(converter=_to_due_day)
    whole_balance_from: int | None = attrs.field(converter=_to_first_day)
    allocation: Allocation = attrs.field(converter=_to_allocation)
    bands: tuple[int, ...] = attrs.field(converter=_to_bands)
    count: DayCount = attrs.field(default=DayCount.CALENDAR_DAYS, converter=_to_count)
    grace_days: int = attrs.field(default=0, converter=_to_grace_days)
    grace_for: GraceFor = attrs.field(default=GraceFor.EVERY_PERIOD, converter=_to_grace_for)
    after_grace: AfterGrace = attrs.field(default=AfterGrace.FROM_DUE_DAY, converter=_to_after_grace)
    tolerance: Money | None = attrs.field(default=None, converter=fields.amount_or_unknown)
    shift: DueDayShift = attrs.field(default=DueDayShift.NONE, converter=_to_shift)

    def __attrs_post_init__(self) -> None:
        gather(self, _months_are_whole)

    def band_of(self, days: int) -> int | None:
        """The first day of the band in which so many days lie; ``None`` if they are below the first band.

        Raises:
            InvalidValueError: If they are no whole number from 0.
        """
        lain = to_whole(days, field="days")
        return max((first for first in self.bands if first <= lain), default=None)

    def band_text(self, first: int) -> str:
        """The band that begins with a day, from its first to its last day.

        Raises:
            InvalidValueError: If no band begins with that day.
        """
        if type(first) is not int or first not in self.bands:
            raise fault("first", first, Phrase("某一区间的首日：{bands}", "the first day of a band: {bands}", bands=", ".join(map(str, self.bands))))
        after = next((day for day in self.bands if day > first), None)
        return f"{first}+" if after is None else f"{first}–{after - 1}"

    def text(self, lang: str = Lang.EN) -> str:
        """The whole convention on one line, and its source."""
        chosen = to_lang(lang)
        return headed(self.name.text(chosen), f"{clauses(_clauses(self, chosen), chosen)} [{self.source.text(chosen)}]", chosen)


def _months_are_whole(convention: ArrearsConvention) -> InvalidValueError | None:
    if convention.count is DayCount.CALENDAR_DAYS:
        return None
    odd = next((first for first in convention.bands if first % DAYS_OF_A_MONTH and first != 1), None)
    return (
        None
        if odd is None
        else fault(
            "bands",
            odd,
            Phrase("按月计时为1或{days_of_a_month}的倍数", "1 or a multiple of {days_of_a_month} where months are counted", days_of_a_month=DAYS_OF_A_MONTH),
        )
    )


_DUE_DAY: Final = Label("到期日当日未付计第{day}日", "unpaid at the end of the due day is day {day}")
_GRACE: Final = Label("宽限{days}日（{which}），{after}", "{days} days of grace for {which}, {after}")
_NO_GRACE: Final = Label("无宽限", "no grace")
_TOLERANCE: Final = Label("逾期合计不超过{amount}的不计", "nothing counts where all that is past due is at most {amount}")
_NO_TOLERANCE: Final = Label("不设小额容差", "no amount is tolerated")
_WHOLE: Final = Label("自第{days}日起全部本金计为逾期", "all principal counts as overdue from day {days}")
_NEVER_WHOLE: Final = Label("仅到期未付部分计为逾期", "only what was due counts as overdue")
_BANDS: Final = Label("档次{bands}", "bands {bands}")
_LONGER: Final = Label("本金与利息分别计算、取长者", "principal and interest apart, the longer of both")


def _clauses(convention: ArrearsConvention, lang: Lang) -> Iterator[str]:
    yield convention.count.label(lang)
    yield _DUE_DAY.filled(lang, day=convention.due_day)
    yield convention.shift.label(lang)
    if convention.grace_days:
        which, after = convention.grace_for.label(lang), convention.after_grace.label(lang)
        yield _GRACE.filled(lang, days=convention.grace_days, which=which, after=after)
    else:
        yield _NO_GRACE.text(lang)
    if convention.tolerance is None:
        yield _NO_TOLERANCE.text(lang)
    else:
        yield _TOLERANCE.filled(lang, amount=convention.tolerance.text(lang))
    yield convention.allocation.label(lang)
    yield _LONGER.text(lang)
    if convention.whole_balance_from is None:
        yield _NEVER_WHOLE.text(lang)
    else:
        yield _WHOLE.filled(lang, days=convention.whole_balance_from)
    yield _BANDS.filled(lang, bands=listed(map(convention.band_text, convention.bands), lang))
