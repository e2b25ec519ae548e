"""What is announced about working days: a year's notice, a local overlay, the statutory days of fixed date."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, Self, TypeAlias

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.validation import fault, gather, gathering, refused, to_text, to_whole

Day: TypeAlias = str | date
"""A day as `to_date` takes it."""
Run: TypeAlias = Day | tuple[Day, Day]
"""One day, or the first and the last of several, both inclusive."""

_FRIDAY: Final = 5
"""Its ordinal divided by seven leaves this; Monday leaves 1."""
_EARLIEST: Final = (12, 29)
"""No notice has ever changed a day of the year before that comes earlier than this."""
_MONTH_DAY: Final = re.compile(r"(\d{4}-)?\d{2}-\d{2}", re.ASCII)


def to_runs(values: Iterable[Run]) -> tuple[tuple[Date, Date], ...]:
    """Runs of days in order of time, each with its first and last day.

    Raises:
        InvalidValueError: If one is no run of days or ends before it begins.
    """
    return tuple(sorted({_run(value) for value in _each(values)}))


def to_days(values: Iterable[Day]) -> tuple[Date, ...]:
    """Days in order of time, each once.

    Raises:
        InvalidValueError: If one is no day.
    """
    return tuple(sorted({to_date(value) for value in _each(values)}))


def _to_year(value: int) -> int:
    return to_whole(value, low=1, high=9998)


def _to_notice_year(value: int) -> int:
    return to_whole(value, low=2, high=9998)  # a notice reaches back into the year before


def _to_reference(value: str) -> str:
    given: object = value
    return "" if isinstance(given, str) and not given else to_text(value)


@attrs.frozen(field_transformer=gathering)
class Notice:
    """What the notice of one year says about its working days.

    It speaks of its own year and may reach back to 29 December of the year before, which is why those three days are
    not settled until it is out. A day it does not mention is a working day from Monday to Friday.

    Args:
        year: The year the notice is for.
        off: Runs of days off, first and last day inclusive; a run of one day may be given as that day.
        work: Saturdays and Sundays that are working days.
        reference: The notice's number or title; empty if not recorded. It takes no part in a calendar's edition.

    Raises:
        InvalidInputError: If a run is reversed, a day is both off and worked, a make-up day is no weekend day, or a
            day lies outside the year and the last three days before it.

    Examples:
        >>> Notice(2027, off=[("2026-12-31", "2027-01-02")], work=["2027-01-03"]) == Notice.of(2027, off="2026-12-31/01-02", work="01-03")
        True
    """

    year: int = attrs.field(converter=_to_notice_year)
    off: tuple[tuple[Date, Date], ...] = attrs.field(kw_only=True, converter=to_runs)
    work: tuple[Date, ...] = attrs.field(kw_only=True, default=(), converter=to_days)
    reference: str = attrs.field(kw_only=True, default="", converter=_to_reference)

    def __attrs_post_init__(self) -> None:
        gather(self, _off_lies_in_year, _work_lies_in_year, _work_is_weekend, _work_is_not_off)

    @classmethod
    def of(cls, year: int, *, off: str, work: str = "", reference: str = "") -> Self:
        """The notice written the short way.

        Args:
            year: The year the notice is for.
            off: Runs with spaces between: ``05-01/05-05``, or ``05-01/05`` within a month, or ``06-10`` for one day. A
                day of another year has its year in front: ``2026-12-31/01-02``.
            work: Days with spaces between.
            reference: The notice's number or title.

        Raises:
            InvalidValueError: If a run or day is written otherwise.
            InvalidInputError: If the notice contradicts itself.

        Examples:
            >>> Notice.of(2024, off="06-10", work="").off
            ((Date(2024, 6, 10), Date(2024, 6, 10)),)
        """
        runs = tuple(_short_run(text, _to_year(year)) for text in off.split())
        days = tuple(_short_day(text, year) for text in work.split())
        return cls(year, off=runs, work=days, reference=reference)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Overlay:
    """What holds besides the notices: provincial holidays, a bank's closing days, an expected Spring Festival.

    Args:
        edition: A name for it, which becomes part of the calendar's edition.
        off: Runs of days off, first and last day inclusive.
        work: Days that are working days whatever the notices say.

    Raises:
        InvalidInputError: If a run is reversed, a day is both off and worked, or the edition has no name.
    """

    edition: str = attrs.field(converter=to_text)
    off: tuple[tuple[Date, Date], ...] = attrs.field(default=(), converter=to_runs)
    work: tuple[Date, ...] = attrs.field(default=(), converter=to_days)

    def __attrs_post_init__(self) -> None:
        gather(self, _work_is_not_off)


def _to_month(value: int) -> int:
    return to_whole(value, low=1, high=12)


def _to_day_of_month(value: int) -> int:
    return to_whole(value, low=1, high=28)


@attrs.frozen(field_transformer=gathering)
class StatutoryDay:
    """A holiday of fixed date, for the years that have no notice yet.

    Args:
        month: Its month.
        day: Its day of the month, at most the 28th.
        since: The first year that has it.
    """

    month: int = attrs.field(converter=_to_month)
    day: int = attrs.field(converter=_to_day_of_month)
    since: int = attrs.field(default=1, kw_only=True, converter=_to_year)

    def __attrs_post_init__(self) -> None:
        gather(self)


def days_of(runs: Iterable[tuple[Date, Date]]) -> Iterator[int]:
    """The ordinals of every day of *runs*."""
    for first, last in runs:
        yield from range(first.toordinal(), last.toordinal() + 1)


def _each(values: object) -> Iterable[Day]:
    if isinstance(values, Iterable) and not isinstance(values, str):
        return values
    raise refused(values, Phrase("若干日期", "several days"))


def _run(value: Run) -> tuple[Date, Date]:
    match value:
        case (first, last):
            run = to_date(first), to_date(last)
        case str() | date():
            run = (to_date(value),) * 2
        case _:
            raise refused(value, Phrase("一日或（首日，末日）一对", "a day or a (first, last) pair"))
    if run[1] < run[0]:
        raise refused(f"{run[0]}/{run[1]}", Phrase("末日不早于首日的一段日期", "a run that ends no earlier than it begins"))
    return run


def _short_day(text: str, year: int) -> str:
    if not _MONTH_DAY.fullmatch(text):
        raise InvalidValueError(owner="", field="work", value=text, expected=Phrase("形如 01-04 的日期，以空格分隔", "days like 01-04, spaces between"))
    return text if len(text) == len("2026-01-04") else f"{year}-{text}"


def _short_run(text: str, year: int) -> tuple[str, str]:
    first, slash, last = text.partition("/")
    if slash and len(last) == len("05"):
        last = first[: -len("05")] + last
    return _short_day(first, year), _short_day(last if slash else first, year)


_Announced: TypeAlias = Notice | Overlay


def _stray(notice: Notice, days: Iterable[Date]) -> Date | None:
    first, last = Date(notice.year - 1, *_EARLIEST), Date(notice.year, 12, 31)
    return next((day for day in days if not first <= day <= last), None)


def _off_lies_in_year(notice: Notice) -> InvalidValueError | None:
    stray = _stray(notice, (day for run in notice.off for day in run))
    return None if stray is None else fault("off", str(stray), _span_text(notice))


def _work_lies_in_year(notice: Notice) -> InvalidValueError | None:
    stray = _stray(notice, notice.work)
    return None if stray is None else fault("work", str(stray), _span_text(notice))


def _span_text(notice: Notice) -> str:
    return Phrase("{before}-12-29 至 {year}-12-31 之间", "within {before}-12-29 and {year}-12-31", before=notice.year - 1, year=notice.year)


def _work_is_weekend(notice: Notice) -> InvalidValueError | None:
    weekday = next((day for day in notice.work if 1 <= day.toordinal() % 7 <= _FRIDAY), None)
    return (
        None if weekday is None else fault("work", str(weekday), Phrase("周六与周日：其他日子本就上班", "Saturdays and Sundays: other days are worked anyway"))
    )


def _work_is_not_off(announced: _Announced) -> InvalidValueError | None:
    off = set(days_of(announced.off))
    both = next((day for day in announced.work if day.toordinal() in off), None)
    return None if both is None else fault("work", str(both), Phrase("不同时列为放假的日期", "days that are not off as well"))
