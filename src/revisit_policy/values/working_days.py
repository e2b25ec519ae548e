"""Working days: which days count, how to count them, and how to leave the days that do not.

The Chinese calendar cannot be computed: a yearly notice takes weekdays off and makes weekends up. A calendar here is a
value made of notices, and it refuses to guess about days that none of them covers.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Final, Protocol, TypeVar, runtime_checkable

import attrs

from revisit_policy.errors import InvalidValueError, OutsideCalendarError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.brief import Shown, Words, few
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.day_table import DayTable
from revisit_policy.values.labels import Labelled
from revisit_policy.values.notices import Day, Notice, Overlay, Run, StatutoryDay, days_of
from revisit_policy.values.validation import checked, fault, gather, gathering, to_flag, to_text, to_tuple_of

__all__ = ["Basis", "Notice", "NoticeCalendar", "Overlay", "StatutoryDay", "WorkCalendar"]

_HORIZON: Final = Date(2199, 12, 31)

#: How many years after the confirmed days plans ask about, nearly always.
_NEAR_YEARS: Final = 12

Answer = TypeVar("Answer")
"""Where provisional answers end."""
_LAST_CONFIRMED: Final = (12, 28)
"""The days after it can still change with the next year's notice."""


class Basis(Labelled, zh="依据"):
    """What an answer about a day rests on."""

    CONFIRMED = "confirmed", "已公布", "confirmed by notice"
    PROVISIONAL = "provisional", "暂定", "provisional"


@runtime_checkable
class WorkCalendar(Protocol):
    """A calendar of working days.

    Every method raises `OutsideCalendarError` if its answer needs a day that the calendar does not cover.
    """

    def __hash__(self) -> int:
        """A calendar is a value and can be a key."""

    @property
    def edition(self) -> str:
        """A short text that changes whenever an answer could."""

    @property
    def confirmed(self) -> tuple[Date, Date]:
        """The first and the last day whose answer is final, both inclusive."""

    def is_working(self, day: Date, /) -> bool:
        """Whether *day* is a working day."""

    def basis(self, day: Date, /) -> Basis:
        """What an answer about *day* rests on."""

    def add_working_days(self, day: Date, days: int, /) -> Date:
        """The working day number *days* after *day*, which is not counted; for 0 as `roll_forward`."""

    def working_days_between(self, start: Date, end: Date, /) -> int:
        """The number of working days after *start* up to and including *end*."""

    def roll_forward(self, day: Date, /) -> Date:
        """*day* if it is a working day, else the first one after it."""

    def roll_back(self, day: Date, /) -> Date:
        """*day* if it is a working day, else the last one before it."""

    def provisional(self) -> "WorkCalendar":
        """The calendar that also answers beyond the confirmed days, and as this one within them."""


def _to_notices(values: Iterable[Notice]) -> tuple[Notice, ...]:
    return tuple(sorted(to_tuple_of(Notice, values), key=lambda notice: notice.year))


def _to_overlays(values: Iterable[Overlay]) -> tuple[Overlay, ...]:
    return to_tuple_of(Overlay, values)


def _to_statutory(values: Iterable[StatutoryDay]) -> tuple[StatutoryDay, ...]:
    return to_tuple_of(StatutoryDay, values)


@attrs.frozen(field_transformer=gathering)
class NoticeCalendar:
    """A calendar made of yearly notices, frozen like every other value.

    It answers for the days that notices have settled and raises for all others. The last notice settles its year only
    to 28 December: 29 to 31 December can still change with the next one. `provisional` answers beyond that, marked.

    A later notice wins over an earlier one, an overlay over the notices, and a later overlay over an earlier one.

    Args:
        name: What the edition begins with.
        notices: One for each of consecutive years.
        statutory: Holidays of fixed date, which provisional answers leave out.
        overlays: In the order in which they apply.
        is_provisional: Whether days after the confirmed ones are answered; `provisional` sets it.

    Raises:
        InvalidInputError: If there is no notice, a year is missing or there twice, or an overlay speaks of days before
            the first notice.

    Examples:
        >>> from revisit_policy.values.cn_notices import CHINA
        >>> CHINA.is_working(Date(2026, 2, 14)), CHINA.add_working_days(Date(2025, 1, 24), 3)
        (True, Date(2025, 2, 5))
        >>> CHINA.add_working_days(Date(2026, 12, 25), 10)
        Traceback (most recent call last):
        revisit_policy.errors.OutsideCalendarError: expected a working-day question from 2004-01-01 to 2026-12-28, ...
        >>> later = CHINA.provisional()
        >>> later.add_working_days(Date(2026, 12, 25), 10), later.basis(Date(2027, 1, 11))
        (Date(2027, 1, 11), Basis.PROVISIONAL)
    """

    name: str = attrs.field(converter=to_text)
    notices: tuple[Notice, ...] = attrs.field(kw_only=True, converter=_to_notices)
    statutory: tuple[StatutoryDay, ...] = attrs.field(kw_only=True, default=(), converter=_to_statutory)
    overlays: tuple[Overlay, ...] = attrs.field(kw_only=True, default=(), converter=_to_overlays)
    is_provisional: bool = attrs.field(kw_only=True, default=False, converter=to_flag)

    def __attrs_post_init__(self) -> None:
        gather(self, _years_are_consecutive, _overlays_are_covered)

    def __hash__(self) -> int:
        return hash(self.edition)

    @cached_property
    def edition(self) -> str:
        """Name, last notice year, overlays, and a digest of every day the calendar was given.

        Two calendars that could answer differently have different editions; a notice's reference plays no part.
        """
        parts = [f"{self.name}-{self.notices[-1].year}", *(overlay.edition for overlay in self.overlays)]
        digest = hashlib.sha256(_canonical(self).encode()).hexdigest()[:8]
        return f"{'+'.join(parts)}{'-provisional' * self.is_provisional}-{digest}"

    @cached_property
    def confirmed(self) -> tuple[Date, Date]:
        """1 January of the first notice year and 28 December of the last, both inclusive."""
        return Date(self.notices[0].year, 1, 1), Date(self.notices[-1].year, *_LAST_CONFIRMED)

    # Two threads may both build a table; the tables are equal, so it does not matter whose is kept.

    @cached_property
    def _table(self) -> DayTable:
        """All days: of a provisional calendar 71,000, which take several times as long as what a plan asks for."""
        return DayTable.of(self.confirmed[0], _HORIZON, is_working=_rule(self)) if self.is_provisional else self._near

    @cached_property
    def _near(self) -> DayTable:
        """The days that plans ask for: the confirmed ones, and of a provisional calendar the years after them."""
        first, last = self.confirmed
        return DayTable.of(first, Date(min(last.year + _NEAR_YEARS, _HORIZON.year), 12, 31) if self.is_provisional else last, is_working=_rule(self))

    def _ask(self, question: Callable[[DayTable], Answer]) -> Answer:
        """What the near days answer, or all days where the near ones do not reach."""
        try:
            return question(self._near)
        except OutsideCalendarError as error:
            if not self.is_provisional:
                raise
            if error.day < error.first:
                raise OutsideCalendarError(day=error.day, first=error.first, last=_HORIZON) from None
            return question(self._table)

    def is_working(self, day: Day, /) -> bool:
        """Whether *day* is a working day.

        Raises:
            OutsideCalendarError: If the calendar does not cover the day.
        """
        asked = to_date(day)
        return self._ask(lambda table: table.is_working(asked))

    def basis(self, day: Day, /) -> Basis:
        """What an answer about *day* rests on.

        Raises:
            OutsideCalendarError: If the calendar does not cover the day.
        """
        asked = to_date(day)
        self.is_working(asked)
        return Basis.CONFIRMED if asked <= self.confirmed[1] else Basis.PROVISIONAL

    def add_working_days(self, day: Day, days: int, /) -> Date:
        """The working day number *days* after *day*.

        The start is never counted, whether it is a working day or not: one working day after a Saturday is Monday, and
        so is one after the Friday before. For 0 the answer is `roll_forward`, so it is always a working day.

        Args:
            day: The start.
            days: Working days, from 0; there is no counting backwards.

        Raises:
            InvalidValueError: If *days* is below zero or no int.
            OutsideCalendarError: If the calendar does not reach that far.
        """
        if type(days) is not int or days < 0:
            raise InvalidValueError(
                owner="", field="days", value=days, expected=Phrase("工作日数，为不小于0的整数", "a whole number of working days, at least 0")
            )
        if not days:
            return self.roll_forward(day)
        asked = to_date(day)
        return self._ask(lambda table: table.after(asked, days))

    def working_days_between(self, start: Day, end: Day, /) -> int:
        """The number of working days in ``(start, end]``: after *start*, up to and including *end*.

        Below zero if *end* comes before *start*: then minus the number in ``(end, start]``.

        Raises:
            OutsideCalendarError: If the calendar does not cover both days.
        """
        first, last = to_date(start), to_date(end)
        return self._ask(lambda table: table.rank(last) - table.rank(first))

    def roll_forward(self, day: Day, /) -> Date:
        """*day* if it is a working day, else the first working day after it.

        Raises:
            OutsideCalendarError: If the calendar does not reach that far.
        """
        asked = to_date(day)
        return self._ask(lambda table: asked if table.is_working(asked) else table.after(asked, 1))

    def roll_back(self, day: Day, /) -> Date:
        """*day* if it is a working day, else the last working day before it.

        Raises:
            OutsideCalendarError: If the calendar does not cover the day or does not reach back that far.
        """
        asked = to_date(day)
        return self._ask(lambda table: asked if table.is_working(asked) else table.before(asked))

    def with_notice(self, notice: Notice, /) -> "NoticeCalendar":
        """The calendar with one notice more, or with the notice of its year replaced.

        The notice of the next year changes no confirmed day. A replacement is the whole year's table as amended.

        Args:
            notice: Of a year already there, or the one before the first or after the last.

        Raises:
            InvalidInputError: If it leaves a gap between years.
        """
        checked(notice, Notice, field="notice", expected=Phrase("Notice", "a Notice"))
        kept = (known for known in self.notices if known.year != notice.year)
        return attrs.evolve(self, notices=(*kept, notice))

    def overlay(self, *, edition: str, off: Iterable[Run] = (), work: Iterable[Day] = ()) -> "NoticeCalendar":
        """The calendar with days that hold besides the notices.

        An overlay confirms nothing: days after the confirmed ones stay provisional.

        Args:
            edition: A name for the overlay.
            off: Days off, or runs of them with first and last day inclusive.
            work: Days that are working days whatever the notices say.

        Raises:
            InvalidInputError: If a day is both off and worked, or lies before the first notice.
        """
        return attrs.evolve(self, overlays=(*self.overlays, Overlay(edition=edition, off=off, work=work)))

    def provisional(self) -> "NoticeCalendar":
        """The calendar that also answers after the confirmed days, to the end of 2199.

        There a working day is Monday to Friday and no statutory day of fixed date. Festivals of the lunar year,
        Qingming and make-up days are not foreseen: give those that are known by `overlay`. `basis` tells such an answer
        from a confirmed one, and confirmed answers do not change. Every call gives the same calendar.
        """
        return self if self.is_provisional else self._extended

    @cached_property
    def _extended(self) -> "NoticeCalendar":
        return attrs.evolve(self, is_provisional=True)  # asked of no provisional calendar: one that held itself would not be freed

    def __rich_repr__(self) -> Shown:
        yield Words(self.edition)
        yield "notices", Words(f"{self.notices[0].year} to {self.notices[-1].year}")
        yield "overlays", few(overlay.edition for overlay in self.overlays), ()


def _years_are_consecutive(calendar: NoticeCalendar) -> InvalidValueError | None:
    years = [notice.year for notice in calendar.notices]
    if years and years == list(range(years[0], years[0] + len(years))):
        return None
    return fault("notices", years, Phrase("连续年份每年一份通知，至少一份", "one notice for each of consecutive years, at least one"))


def _overlays_are_covered(calendar: NoticeCalendar) -> InvalidValueError | None:
    if not calendar.notices:
        return None
    first = Date(calendar.notices[0].year, 1, 1)
    for overlay in calendar.overlays:
        for day in (*(day for run in overlay.off for day in run), *overlay.work):
            if not first <= day <= _HORIZON:
                return fault("overlays", str(day), Phrase("{first}至{horizon}之间", "within {first} and {horizon}", first=first, horizon=_HORIZON))
    return None


def _rule(calendar: NoticeCalendar) -> Callable[[int], bool]:
    told = dict.fromkeys(_statutory_days(calendar), False)
    sources: tuple[Notice | Overlay, ...] = (*calendar.notices, *calendar.overlays)
    for source in sources:
        told.update(dict.fromkeys(days_of(source.off), False))
        told.update((day.toordinal(), True) for day in source.work)
    return lambda ordinal: told.get(ordinal, 1 <= ordinal % 7 <= 5)  # noqa: PLR2004 - ordinal 1 was a Monday


def _statutory_days(calendar: NoticeCalendar) -> Iterator[int]:
    for year in range(calendar.notices[-1].year + 1, _HORIZON.year + 1):
        yield from (Date(year, day.month, day.day).toordinal() for day in calendar.statutory if year >= day.since)


def _canonical(calendar: NoticeCalendar) -> str:
    lines = [calendar.name]
    lines += (f"notice {notice.year}: {_days_text(notice)}" for notice in calendar.notices)
    lines += (f"overlay {overlay.edition}: {_days_text(overlay)}" for overlay in calendar.overlays)
    if calendar.is_provisional:
        lines += (f"statutory {day.month}-{day.day} since {day.since}" for day in calendar.statutory)
    return "\n".join(lines)


def _days_text(source: Notice | Overlay) -> str:
    return f"off {[f'{first}/{last}' for first, last in source.off]} work {[str(day) for day in source.work]}"
