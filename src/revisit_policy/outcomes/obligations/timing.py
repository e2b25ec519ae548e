"""Timing: when an obligation is to be met, counted from the day it is counted from."""

from __future__ import annotations

from typing import Final, TypeAlias

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.language.fact import Fact
from revisit_policy.speech.english import counted
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label, Lang
from revisit_policy.values.validation import fault, gather, gathering, refused, to_flag, to_whole

#: A period beyond this is a slip and no agreement: a hundred years of days, of months.
_MOST_DAYS: Final = 36_525
_MOST_MONTHS: Final = 1_200
_IN_THE_MONTH: Final = Label("且不跨月", "and the same month")


def _to_days(value: int | None) -> int | None:
    return None if value is None else to_whole(value, low=1, high=_MOST_DAYS)


def _to_count(value: int) -> int:
    return to_whole(value, high=_MOST_DAYS)


def _to_days_left(value: int | None) -> int | None:
    return None if value is None else to_whole(value, low=1, high=_MOST_DAYS)


def _to_offset(value: int) -> int:
    return to_whole(value, low=-_MOST_DAYS, high=_MOST_DAYS)


def _to_months(value: int | Fact | None) -> int | Fact | None:
    """Whole months, or what an earlier table says that they are."""
    if value is None:
        return value
    if isinstance(value, Fact):
        if value.table is None:
            raise refused(value.name, Phrase("整月数，或给出月数的前表结论", "whole months, or the outcome of an earlier table that says how many"))
        return value
    return to_whole(value, low=1, high=_MOST_MONTHS)


def _by_kind(value: object) -> tuple[type, object]:
    """What two equal periods have in common: a fact is not asked whether it is a number."""
    return type(value), value


def _months_text(months: int | Fact) -> Label:
    if isinstance(months, Fact):
        return Label(f"{months.label.zh}所定月数", f"the months that `{months.table}` says")
    return Label(f"{months}个月", counted(str(months), "months"))


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Within:
    """By a last day, from the day it is counted from on.

    Args:
        working_days: Working days after that day, from 1.
        days: Calendar days after that day, from 1.
        months: Calendar months after that day, from 1; or the outcome of an earlier table that says how many, taken at worst.
        same_month: Whether it must also be met in the calendar month of that day; by itself it is due by the end of that month.

    Raises:
        InvalidInputError: If more than one of the three counts is given, or nothing at all, or a count is out of bounds.

    Examples:
        >>> Within(working_days=3, same_month=True).label("en"), Within(days=45).label("zh")
        ('within 3 working days and the same month', '45天内')
    """

    working_days: int | None = attrs.field(default=None, converter=_to_days)
    days: int | None = attrs.field(default=None, converter=_to_days)
    months: int | Fact | None = attrs.field(default=None, eq=_by_kind, converter=_to_months)
    same_month: bool = attrs.field(default=False, converter=to_flag)

    def __attrs_post_init__(self) -> None:
        gather(self, _counts_once)

    def label(self, lang: str = Lang.EN) -> str:
        """The time it leaves in words."""
        return self.labels.text(lang)

    @property
    def labels(self) -> Label:
        """The same in both languages."""
        found = self._count
        if found is None:
            return Label("当月内", "within the same month")
        zh, en = f"{found.zh}内", f"within {found.en}"
        return Label(zh + _IN_THE_MONTH.zh, f"{en} {_IN_THE_MONTH.en}") if self.same_month else Label(zh, en)

    @property
    def _count(self) -> Label | None:
        if self.working_days is not None:
            return Label(f"{self.working_days}个工作日", counted(str(self.working_days), "working days"))
        if self.days is not None:
            return Label(f"{self.days}天", counted(str(self.days), "days"))
        return None if self.months is None else _months_text(self.months)


def _counts_once(within: Within) -> InvalidValueError | None:
    given = [name for name in ("working_days", "days", "months") if getattr(within, name) is not None]
    if len(given) > 1:
        return fault(given[1], getattr(within, given[1]), Phrase("已有 `{given}` 时留空", "left out beside `{given}`", given=given[0]))
    if not given and not within.same_month:
        return fault(
            "working_days",
            None,
            Phrase(
                "须给出，或给出 `days`、`months`、`same_month`；没有自身期限的为 `AtNextVisit()`",
                "given, or `days`, `months` or `same_month`; what has no time of its own is `AtNextVisit()`",
            ),
        )
    return None


@attrs.frozen(field_transformer=gathering)
class Between:
    """From a first to a last calendar day after the day it is counted from, both inclusive; that day itself is day 0.

    Days below 0 come before it: what is done before a day to come, such as a sale, counts back from that.

    Raises:
        InvalidInputError: If a bound is no whole number from -36525 to 36525, or the last comes before the first.

    Examples:
        >>> Between(30, 90).label("en"), Between(-35, -1).label("en")
        ('on day 30 to 90', 'from 35 to 1 days before that day')
    """

    first: int = attrs.field(converter=_to_offset)
    last: int = attrs.field(converter=_to_offset)

    def __attrs_post_init__(self) -> None:
        gather(self, _last_is_last)

    def label(self, lang: str = Lang.EN) -> str:
        """The days in words."""
        return self.labels.text(lang)

    @property
    def labels(self) -> Label:
        """The same in both languages."""
        if self.first < 0:
            return self._counted_back
        if self.last == 0:
            return Label("当天", "on that day")
        return Label(f"第{self.first}至{self.last}天", f"on day {self.first} to {self.last}")


    @property
    def _counted_back(self) -> Label:
        before = -self.first
        if self.last < 0:
            return Label(f"该日前{before}至{-self.last}天", f"from {before} to {-self.last} days before that day")
        until = Label("当天", "that day itself") if self.last == 0 else Label(f"其后第{self.last}天", f"day {self.last} after it")
        return Label(f"该日前{before}天至{until.zh}", f"from {counted(str(before), 'days')} before that day to {until.en}")


def _last_is_last(between: Between) -> InvalidValueError | None:
    return (
        fault("last", between.last, Phrase("不小于 `first`（{first}）", "at least `first` ({first})", first=between.first))
        if between.last < between.first
        else None
    )


def _to_span(value: int | tuple[int, int] | None) -> int | tuple[int, int] | None:
    """Days from one time to the next: so many at most, or from a least to a most."""
    if not isinstance(value, tuple | list):
        return _to_days(value)
    if len(value) != 2:  # noqa: PLR2004 - a least and a most
        raise refused(value, Phrase("天数，或最少与最多天数", "days, or the least and the most days"))
    least, most = (to_whole(each, low=1, high=_MOST_DAYS) for each in value)
    if most < least:
        raise refused(value, Phrase("先最少天数，后最多天数", "the least days and then the most"))
    return least, most


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Every:
    """Again and again, counted from the last time.

    Args:
        months: Calendar months from one time to the next, from 1; or the outcome of an earlier table that says how many, taken at worst.
        days: Calendar days from one time to the next, at most; or the least and the most, both inclusive.
        lead_days: Calendar days before its last day from which it may be met, from 0: on that day alone. With a least and a
            most of days it is what lies between them, and is left out.
        catch_up_days: Of what a visit meets, the calendar days, from 1, that are left to do it from the day on which the need for it began
            (`Loan.person_needed_since`), where visits of a lesser sort, such as checks of data, were enough until then, but not beyond the day
            on which the next of those would be due. The later of that and the end of the period is the deadline. If it is left out, or nobody
            recorded the day, the period is counted from the last visit that was thorough enough, however long ago that was.

    Raises:
        InvalidInputError: If not exactly one of *months* and *days* is given, or a figure is out of bounds.

    Examples:
        >>> Every(months=6, lead_days=30).label("en"), Every(days=(20, 35)).label("zh")
        ('every 6 months', '每20至35天')
        >>> Every(days=(20, 35)).lead
        15
    """

    months: int | Fact | None = attrs.field(default=None, eq=_by_kind, converter=_to_months)
    days: int | tuple[int, int] | None = attrs.field(default=None, converter=_to_span)
    lead_days: int = attrs.field(default=0, converter=_to_count)
    catch_up_days: int | None = attrs.field(default=None, converter=_to_days_left)

    def __attrs_post_init__(self) -> None:
        gather(self, _recurs_once)

    @property
    def lead(self) -> int:
        """Calendar days before its last day from which it may be met."""
        return self.days[1] - self.days[0] if isinstance(self.days, tuple) else self.lead_days

    @property
    def most_days(self) -> int | None:
        """Calendar days from one time to the next, at most; ``None`` if months are counted."""
        return self.days[1] if isinstance(self.days, tuple) else self.days

    def label(self, lang: str = Lang.EN) -> str:
        """How often, in words."""
        return self.labels.text(lang)

    @property
    def labels(self) -> Label:
        """The same in both languages."""
        if self.months is not None:
            months = _months_text(self.months)
            often = f"every {months.en}" if isinstance(self.months, int) else f"whenever {months.en} have passed"
            return Label(f"每{months.zh}", often)
        if isinstance(self.days, tuple):
            return Label(f"每{self.days[0]}至{self.days[1]}天", f"every {self.days[0]} to {self.days[1]} days")
        return Label(f"每{self.days}天", f"every {counted(str(self.days), 'days')}")


def _recurs_once(every: Every) -> InvalidValueError | None:
    if every.months is not None and every.days is not None:
        return fault("days", every.days, Phrase("已有 `months` 时留空", "left out beside `months`"))
    if every.months is None and every.days is None:
        return fault("months", None, Phrase("须给出，或给出 `days`", "given, or `days`"))
    if isinstance(every.days, tuple) and every.lead_days:
        return fault("lead_days", every.lead_days, Phrase("`days` 已给出最少与最多天数时留空", "left out beside the least and the most of `days`"))
    return None


@attrs.frozen
class AtNextVisit:
    """With the next visit that is made anyway, if that is as thorough: it asks for none of its own.

    Examples:
        >>> AtNextVisit().label("en")
        'at the next visit'
    """

    def label(self, lang: str = Lang.EN) -> str:
        """The same in words."""
        return self.labels.text(lang)

    @property
    def labels(self) -> Label:
        """The same in both languages."""
        return Label("下次回访时", "at the next visit")


When: TypeAlias = Within | Between | Every | AtNextVisit
"""When something is to be done."""
