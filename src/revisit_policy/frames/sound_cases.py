"""Case files of rows that have been found sound: made without looking at every field again, which takes most of the time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from fractions import Fraction
from typing import Any, Final, TypeVar, get_args

import attrs

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.event import Event
from revisit_policy.casefile.visit import Visit
from revisit_policy.frames.binding import Layout, is_left_out
from revisit_policy.frames.case_columns import EVENT_PATHS, FIELDS, PARTS, VISIT_PATHS
from revisit_policy.frames.column import Holding
from revisit_policy.outcomes.signal import SignalCode
from revisit_policy.outcomes.visit import Finding, VisitKind, VisitMethod
from revisit_policy.values.dates import Date
from revisit_policy.values.money import Money
from revisit_policy.values.ratio import exact_ratio

Made = TypeVar("Made")
Read = Callable[[Any], Any]

_NUMBERS: Final = {"loan.loan_no": "-", "borrower.id": "-"}


def _made(kind: type[Made], fields: Mapping[str, Any]) -> Made:
    """An object of a frozen *kind* with these *fields*, none of them looked at."""
    made = object.__new__(kind)
    for name, value in fields.items():
        object.__setattr__(made, name, value)
    return made


@attrs.frozen(kw_only=True, eq=False)
class SoundCases:
    """The way from a row to a case file.

    Args:
        fields: For every part, its fields with the column that each is read from and how.
        defaults: For every part, what a field is that has no column.
        days: The column of each visit day and each event, by path.
    """

    fields: Mapping[str, tuple[tuple[str, str, Read], ...]]
    defaults: Mapping[str, Mapping[str, Any]]
    days: Mapping[str, str]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are read."""
        return (*(column for part in self.fields.values() for _, column, _ in part), *self.days.values())

    @classmethod
    def of(cls, names: tuple[str, ...], *, currency: str, layout: Layout) -> SoundCases:
        """The way for frames with these column *names*, written as *layout* says."""
        columns = {path: layout.get("columns", {}).get(path, path) for path in (*FIELDS, *VISIT_PATHS, *EVENT_PATHS)}
        without = layout.get("without", ())
        there = {path: column for path, column in columns.items() if column in names and not is_left_out(path, without)}
        fields: dict[str, list[tuple[str, str, Read]]] = {part: [] for part in PARTS}
        for path in FIELDS:
            if path in there:
                part, _, field = path.partition(".")
                read = _reader(path, currency=currency, denominator=layout.get("denominators", {}).get(path))
                fields[part].append((field, there[path], read))
        return cls(
            fields={part: tuple(found) for part, found in fields.items()},
            defaults={part: _defaults(part, kind) for part, kind in PARTS.items()},
            days={path: column for path, column in there.items() if path not in FIELDS},
        )

    def case(self, row: Mapping[str, Any]) -> CaseFile:
        """The case file of a sound *row*."""
        parts: dict[str, Any] = {}
        for part, kind in PARTS.items():
            found = {field: None if (value := row[column]) is None else read(value) for field, column, read in self.fields[part]}
            parts[part] = _made(kind, {**self.defaults[part], **found})
        days = {path: _day(row[column]) for path, column in self.days.items() if row[column] is not None}
        visits = tuple(sorted(_visits(days), key=_completed_on))
        return _made(CaseFile, {**parts, "visits": visits, "events": tuple(_events(days))})


def _completed_on(visit: Visit) -> Date:
    return visit.completed_on


def _defaults(part: str, kind: type[attrs.AttrsInstance]) -> Mapping[str, Any]:
    return {
        field.name: _NUMBERS.get(f"{part}.{field.name}") if field.default is attrs.NOTHING else field.default for field in attrs.fields(kind)
    }


def _reader(path: str, *, currency: str, denominator: int | None) -> Read:
    """How a known cell of *path* becomes the value of its field."""
    match FIELDS[path].holds:
        case Holding.AMOUNT:
            return lambda cell: _made(Money, {"minor": int(cell), "currency": currency})
        case Holding.COUNT:
            return int
        case Holding.RATIO if denominator is not None:
            return lambda cell: Fraction(int(cell), denominator)
        case Holding.RATIO:
            return exact_ratio
        case Holding.DAY:
            return _day
        case Holding.FLAG:
            return bool
        case Holding.CODE:
            return _members(path).__getitem__
        case Holding.TEXT:
            return str


def _members(path: str) -> Mapping[str, Enum]:
    part, _, name = path.partition(".")
    field = attrs.fields_dict(PARTS[part])[name]
    kinds = [kind for kind in get_args(field.type) or (field.type,) if isinstance(kind, type) and issubclass(kind, Enum)]
    return {str(member.value): member for kind in kinds for member in kind}


def _day(cell: Any) -> Date:
    return Date(cell.year, cell.month, cell.day)


def _visits(days: Mapping[str, Date]) -> Iterator[Visit]:
    """Visits of which the last days are these: each method's on a visit of the kind that came next after it."""
    kinds = sorted((days[path], kind) for kind, path in _KINDS if path in days)
    for day, kind in kinds:
        yield _visit(kind, VisitMethod.OFF_SITE, day)
    for method, path in _METHODS:
        if path in days:
            yield _visit(next(kind for last, kind in kinds if last >= days[path]), method, days[path])


_KINDS: Final = tuple((kind.value, f"visits.{kind.value}") for kind in VisitKind)
_METHODS: Final = tuple((method, f"visits.{method.value}") for method in VisitMethod)


def _visit(kind: str, method: VisitMethod, day: Date) -> Visit:
    fields = {"kind": VisitKind.parse(kind), "method": method, "completed_on": day, "finding": Finding.SATISFACTORY}
    return _made(Visit, fields)


def _events(days: Mapping[str, Date]) -> Iterator[Event]:
    for code in SignalCode:
        day = days.get(f"events.{code.value}")
        if day is not None:
            yield _made(Event, {"code": code, "since": day})
