"""The visits a loan requires from one day to another."""

from typing import Final

import attrs

from revisit_policy.outcomes.obligations.desk_duty import DeskDuty
from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.values.brief import Shown, Words, few
from revisit_policy.values.dates import Date, text
from revisit_policy.values.labels import Label, Lang, lang_among
from revisit_policy.values.markup.grid import Grid
from revisit_policy.values.markup.outline import folded, in_languages
from revisit_policy.values.validation import to_text
from revisit_policy.values.working_days import WorkCalendar

_COLUMNS: Final = (
    Label("回访", "visit"),
    Label("方式", "method"),
    Label("开始", "opens"),
    Label("建议完成日", "due"),
    Label("截止", "closes"),
    Label("预计结果", "result expected"),
    Label("最迟结果", "result latest"),
    Label("状态", "status"),
)
_FROM_TO: Final = Label("{on}至{until}：共{count}次回访", "visits from {on} to {until}: {count}")
_MORE: Final = Label("另有{count}次", "{count} more")
_OVERDUE: Final = Label("按今日情况推算，期限为{day}", "due by {day} by today's terms")
_PROJECTION: Final = Label("预测", "projection")
_REQUIRED: Final = Label("须完成", "required")

#: How many visits a notebook shows at once; the others are folded.
_SHOWN: Final = 8


@attrs.frozen(kw_only=True)
class RevisitSchedule:
    """The visits to be made from *on* to *until*, in the order in which they close.

    A visit whose deadline has passed stands in *overdue* and nowhere else until it is made. What a desk has to do stands apart from the visits,
    in *duties*, and in *late_duties* once its deadline has passed.

    Args:
        on: The day the schedule was made for.
        until: The horizon, inclusive: visits that close later are left out, except one that is overdue.
        revisits: The visits that can still be made in time.
        overdue: The visits that cannot; their windows close on the first working day there is.
        duties: What is to be done at a desk and can still be done in time, the earliest deadline first; of what recurs the next time.
        late_duties: What should have been done at a desk; their windows close on the first working day there is.
    """

    on: Date
    until: Date
    revisits: tuple[Revisit, ...] = ()
    overdue: tuple[Revisit, ...] = ()
    duties: tuple[DeskDuty, ...] = ()
    late_duties: tuple[DeskDuty, ...] = ()

    @property
    def next(self) -> Revisit | None:
        """The visit with the earliest open deadline, an overdue one before all others; ``None`` if none is planned."""
        if self.overdue:
            return self.overdue[0]
        return self.revisits[0] if self.revisits else None

    @property
    def all(self) -> tuple[Revisit, ...]:
        """The overdue visits, then the others; what a desk has to do is not among them."""
        return self.overdue + self.revisits

    @property
    def all_duties(self) -> tuple[DeskDuty, ...]:
        """What is late at a desk, then what is not."""
        return self.late_duties + self.duties

    def to_rows(self, *, lang: str | Lang | None = None, loan_no: str | None = None) -> tuple[dict[str, object], ...]:
        """The visits as flat rows for a data frame or a file: codes, days and numbers, no objects of this library.

        Days are texts like ``2026-01-31``; several codes in one cell are joined by a space. Overdue visits come first.

        Args:
            lang: The language of words, ``"zh"`` or ``"en"``: beside the codes stand then what the visit serves
                (``visit_text``), by which means (``method_text``), how it stands (``status_text``) and what it finds out, an item
                a line (``checklist_text``). No words if ``None``.
            loan_no: The loan, as the first column, where the schedules of many become one table; no such column if ``None``.

        Raises:
            UnknownNameError: If *lang* is no language of ours.

        Examples:
            >>> from revisit_policy.outcomes.results.result import Result
            >>> from revisit_policy.outcomes.visit import VisitKind, VisitMethod
            >>> from revisit_policy.outcomes.window import Window
            >>> window = Window(opens="2025-02-14", due="2025-03-14", closes="2025-04-15")
            >>> result = Result.of(earliest="2025-02-19", expected="2025-03-19", latest="2025-04-18")
            >>> visit = Revisit(kind=VisitKind.FIRST, window=window, method=VisitMethod.PHONE, result=result)
            >>> schedule = RevisitSchedule(on=Date(2025, 2, 1), until=Date(2025, 12, 31), revisits=(visit,))
            >>> (row,) = schedule.to_rows(lang="zh", loan_no="L-1")
            >>> row["loan_no"], row["closes"], row["method"], row["method_text"]
            ('L-1', '2025-04-15', 'phone', '电话')
        """
        chosen = None if lang is None else self._lang(lang)
        head = {} if loan_no is None else {"loan_no": to_text(loan_no)}
        return tuple({**head, **_row(visit), **({} if chosen is None else _words(visit, chosen))} for visit in self.all)

    def to_html(self, lang: str = Lang.EN) -> str:
        """The visits as a table of HTML that needs no style sheet; those after the first eight are folded.

        Args:
            lang: ``"zh"``, ``"en"`` or a `Lang`.

        Raises:
            UnknownNameError: If *lang* is no language of ours.
        """
        chosen = self._lang(lang)
        return folded(self._heading(chosen), self._html(chosen), lang=chosen, is_open=True)

    def _lang(self, lang: str) -> Lang:
        """The language of a code, which has to be one of ours or of a kind of its visits, or a `Lang` as it is."""
        return lang_among(lang, dict.fromkeys((*Lang, *(code for visit in self.all for code in visit.kind.labels.languages))))

    def to_svg(self, lang: str = Lang.EN, *, calendar: WorkCalendar | None = None) -> str:
        """The schedule as a picture: a lane for each kind of visit and of duty, windows as bars, today as a dashed line.

        A sign before each bar tells the method, the more corners the more it can see, and a line below says which is which.

        Args:
            lang: ``"zh"``, ``"en"`` or a `Lang`, or another language in which its kinds are told.
            calendar: The working days that it was planned by, such as ``cn_housing.CHINA``: holidays of the next sixty days are then
                shaded, and days whose holidays nobody has announced yet are striped; neither if ``None``.

        Raises:
            UnknownNameError: If they are told in no such language.
        """
        return self._drawn(self._lang(lang), calendar)

    def _drawn(self, lang: Lang, calendar: WorkCalendar | None = None) -> str:
        from revisit_policy.outcomes.obligations.time_line import time_line  # noqa: PLC0415 - pictures are loaded when asked for

        return time_line((*self.all, *self.all_duties), lang, on=self.on, until=self.until, calendar=calendar)

    def _heading(self, lang: Lang) -> str:
        return _FROM_TO.filled(lang, on=text(self.on, lang), until=text(self.until, lang), count=len(self.all))

    def _html(self, lang: Lang) -> str:
        first, rest = self.all[:_SHOWN], self.all[_SHOWN:]
        more = folded(_MORE.filled(lang, count=len(rest)), _table_html(rest, lang)) if rest else ""
        return (self._drawn(lang) + _table_html(first, lang) if first else "") + more

    def _repr_html_(self) -> str:
        return in_languages(self._heading, self._html)

    def __rich_repr__(self) -> Shown:
        yield "on", Words(str(self.on))
        yield "until", Words(str(self.until))
        for name, visits in (("overdue", self.overdue), ("revisits", self.revisits)):
            yield name, few(f"{visit.kind.value} by {visit.window.closes}" for visit in visits), ()
        for name, duties in (("late_duties", self.late_duties), ("duties", self.duties)):
            yield name, few(f"{duty.kind.value} by {duty.by}" for duty in duties), ()


def _table_html(visits: tuple[Revisit, ...], lang: Lang) -> str:
    return Grid([label.text(lang) for label in _COLUMNS], [_cells(visit, lang) for visit in visits]).html()


def _row(visit: Revisit) -> dict[str, object]:
    window, result = visit.window, visit.result
    return {
        "kind": visit.kind.value,
        "method": visit.method.value,
        "officers": visit.officers,
        "opens": str(window.opens),
        "due": str(window.due),
        "closes": str(window.closes),
        "missed_on": str(window.missed_on) if window.missed_on else None,
        "window_basis": window.basis.value,
        "result_earliest": str(result.earliest),
        "result_expected": str(result.expected),
        "result_latest": str(result.latest),
        "result_basis": result.basis.value,
        "serves": " ".join(kind.value for kind in visit.serves),
        "triggers": " ".join(visit.triggers),
        "reasons": " ".join(visit.reasons),
        "checklist": len(visit.checklist),
        "is_projection": visit.is_projection,
        "is_overdue": visit.is_overdue,
    }


def _words(visit: Revisit, lang: Lang) -> dict[str, object]:
    """What a row says in words beside its codes."""
    kinds, method, *_, standing = _cells(visit, lang)
    return {
        "visit_text": kinds,
        "method_text": method,
        "status_text": standing,
        "checklist_text": "\n".join(item.text(lang) for item in visit.checklist),
    }


def _cells(visit: Revisit, lang: Lang) -> tuple[str, ...]:
    """What a notebook shows of a visit, in the order of the columns."""
    window, result = visit.window, visit.result
    kinds = " + ".join(kind.label(lang) for kind in visit.serves or (visit.kind,))
    days = (window.opens, window.due, window.closes, result.expected, result.latest)
    return kinds, visit.method.label(lang), *(text(day, lang) for day in days), _standing(visit, lang)


def _standing(visit: Revisit, lang: Lang) -> str:
    missed = visit.window.missed_on
    if missed is not None:
        return _OVERDUE.filled(lang, day=text(missed, lang))
    return (_PROJECTION if visit.is_projection else _REQUIRED).text(lang)
