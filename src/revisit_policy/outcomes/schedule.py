"""The visits a loan requires from one day to another."""

from html import escape
from typing import Final

import attrs

from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Label

_COLUMNS: Final = (
    Label("回访", "visit"),
    Label("方式", "method"),
    Label("开始", "opens"),
    Label("目标日", "due"),
    Label("截止", "closes"),
    Label("预计结果", "result expected"),
    Label("最迟结果", "result latest"),
    Label("状态", "status"),
)
_OVERDUE: Final = Label("按现行期限应不晚于{day}完成", "due by {day} by today's terms")
_PROJECTION: Final = Label("预测", "projection")
_REQUIRED: Final = Label("须完成", "required")


@attrs.frozen(kw_only=True)
class RevisitSchedule:
    """The visits to be made from *on* to *until*, in the order in which they close.

    A visit whose deadline has passed stands in *overdue* and nowhere else until it is made.

    Args:
        on: The day the schedule was made for.
        until: The horizon, inclusive: visits that close later are left out, except one that is overdue.
        revisits: The visits that can still be made in time.
        overdue: The visits that cannot; their windows close on the first working day there is.
    """

    on: Date
    until: Date
    revisits: tuple[Revisit, ...] = ()
    overdue: tuple[Revisit, ...] = ()

    @property
    def next(self) -> Revisit | None:
        """The visit with the earliest open deadline, an overdue one before all others; ``None`` if none is planned."""
        if self.overdue:
            return self.overdue[0]
        return self.revisits[0] if self.revisits else None

    @property
    def all(self) -> tuple[Revisit, ...]:
        """The overdue visits, then the others."""
        return self.overdue + self.revisits

    def to_rows(self) -> tuple[dict[str, object], ...]:
        """The visits as flat rows for a data frame or a file: codes, days and numbers, no objects of this library.

        Days are texts like ``2026-01-31``; several codes in one cell are joined by a space. Overdue visits come first.
        """
        return tuple(_row(visit) for visit in self.all)

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{_both(label)}</th>" for label in _COLUMNS)
        body = "".join(f"<tr>{''.join(_cell_html(cell) for cell in _cells(visit))}</tr>" for visit in self.all)
        caption = f"<caption>{self.on} to {self.until}</caption>"
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell_html(cell: str) -> str:
    """A cell of the table; a day stays on one line, however narrow the table is."""
    return f'<td style="white-space:nowrap">{cell}</td>' if cell[:4].isdigit() else f"<td>{escape(cell)}</td>"


def _row(visit: Revisit) -> dict[str, object]:
    window, result = visit.window, visit.result_due
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


def _cells(visit: Revisit) -> tuple[str, ...]:
    """What a notebook shows of a visit, in the order of the columns."""
    window, result = visit.window, visit.result_due
    kinds = " + ".join(_both(kind.labels) for kind in visit.serves or (visit.kind,))
    days = (window.opens, window.due, window.closes, result.expected, result.latest)
    return kinds, _both(visit.method.labels), *map(str, days), _standing(visit)


def _both(label: Label) -> str:
    return f"{label.zh} {label.en}"


def _standing(visit: Revisit) -> str:
    missed = visit.window.missed_on
    if missed is not None:
        return f"{_OVERDUE.zh.format(day=missed)} {_OVERDUE.en.format(day=missed)}"
    return _both(_PROJECTION if visit.is_projection else _REQUIRED)
