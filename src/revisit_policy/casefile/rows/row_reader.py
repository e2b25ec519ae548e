"""Rows as case files: every cell read exactly, or the row refused with all that is wrong with it."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from typing import Any, Final

import attrs

from revisit_policy.casefile.case_columns import CURRENCY, FIELDS, PARTS, ROOTS, kind_path, result_paths
from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.event import Event
from revisit_policy.casefile.fields import day_or_unknown
from revisit_policy.casefile.holding import Holding
from revisit_policy.casefile.people.action import Action
from revisit_policy.casefile.rows.cell import CellForm, CellValue, read_cell
from revisit_policy.casefile.rows.cell_unit import StatedUnits
from revisit_policy.casefile.rows.word_columns import OUR_COLUMNS, WordColumns
from revisit_policy.casefile.stand_ins import completed
from revisit_policy.casefile.visit import Visit
from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.outcomes.grade import UNCLASSIFIED
from revisit_policy.outcomes.visit import Finding, VisitKind
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Labelled
from revisit_policy.values.money import Money

#: Numbers that are made up where a row has none: nothing is decided by them.
_NUMBERS: Final = {"loan.loan_no": "-", "borrower.id": "-"}


@attrs.frozen(kw_only=True)
class RowReader:
    """Makes case files of rows that are written alike.

    Args:
        columns: Names in a row by path, for those that differ.
        without: Paths, or whole parts such as ``"events"``, that are not read although a row has them.
        units: The units that the caller states.
        currency: ISO 4217 code of all amounts of a row that does not say its own in ``loan.currency``.
        with_gaps: Whether the rows come from columns of NumPy; see `cell.read_cell`.
        named: The columns of visits and events, in the words of a policy.
    """

    columns: Mapping[str, str] = attrs.field(factory=dict)
    without: Collection[str] = ()
    units: StatedUnits = attrs.field(factory=StatedUnits)
    currency: str = "CNY"
    with_gaps: bool = False
    named: WordColumns = OUR_COLUMNS

    def case(self, row: Mapping[str, Any], *, only: Collection[str] | None = None) -> CaseFile:
        """The case file of one *row*, a mapping from column to value; columns of anything but a case file are passed over.

        A column that is not there leaves its field as a case file leaves it; the numbers of loan and borrower are made up.

        Args:
            row: The row.
            only: The paths that are read; everything that a case file has if ``None``. A field outside it that every case
                file needs is made up.

        Raises:
            InvalidInputError: If cells cannot be read, fields are malformed or contradict one another, a column that every case
                file needs is missing, or one is named as none of a case file is; all of it together.
        """
        found = {path: row[name] for path in self.named.paths if (name := self.called(path, row)) in row and not is_left_out(path, self.without)}
        faults: list[InvalidValueError] = []
        if only is None:
            faults += [*self._strangers(row), *_missing(found)]
        else:
            found = {path: value for path, value in found.items() if path in only or (path in _NUMBERS and _is_number(value))}
        read = self._read(found, faults)
        if only is None:
            faults += self._untold(read)
        if faults:
            raise InvalidInputError.of("row", faults)
        case = _case_file(read if only is None else completed(read, currency=self.currency), self.named)
        own = dict(self._own(row))
        return case if not own else attrs.evolve(case, own=own)

    def _own(self, row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """The bank's own facts by name, in columns such as ``own.insured_until``."""
        paths = {name: path for path, name in self.columns.items()}
        for column, value in row.items():
            part, _, name = paths.get(column, str(column)).partition(".")
            if part == "own" and not is_left_out(f"own.{name}", self.without):
                yield name, _plain(value, with_gaps=self.with_gaps)

    def called(self, path: str, row: Container[str]) -> str:
        """The name in a *row* of the column of *path*; one that it had before, where only that is there."""
        name, former = self.columns.get(path, path), self.named.former.get(path)
        return name if former is None or name in row else self.columns.get(former, former)

    def cell(self, value: object, *, path: str, holds: Holding, currency: str | None = None) -> CellValue:
        """The exact value of one cell of the column *path*; see `cell.read_cell`.

        Raises:
            InvalidValueError: If it cannot be read.
        """
        form = CellForm(unit=self.units.of_column(path, holds), currency=currency or self.currency, with_gaps=self.with_gaps)
        try:
            return read_cell(value, holds, form=form)
        except InvalidValueError as error:
            raise InvalidValueError(owner="row", field=path, value=value, expected=error.expected) from None

    def _strangers(self, row: Mapping[str, Any]) -> Iterator[InvalidValueError]:
        """The columns that are named like those of a case file and are none: a slip would leave its field unknown, or its register empty."""
        known = {*self.named.paths, *self.named.former.values(), *self.columns.values()}
        for name in row:
            if name not in known and str(name).partition(".")[0] in _PARTS and "." in str(name):
                near = difflib.get_close_matches(name, self.named.paths, n=1)
                advice = Phrase("；是否指 `{nearest}`？", "; did you mean `{nearest}`?", nearest=near[0]) if near else ""
                yield InvalidValueError(
                    owner="row",
                    field=name,
                    value=row[name],
                    expected=Phrase("案件资料所有的名称{advice}", "called by a name that a case file has{advice}", advice=advice),
                )

    def _untold(self, read: Mapping[str, Any]) -> Iterator[InvalidValueError]:
        """What a case file derives, where a row says it and has no column that tells it: it would be passed over."""
        for path, roots in ROOTS.items():
            if read.get(path) is not None and not any(root in read or is_left_out(root, self.without) for root in roots):
                expected = Phrase("随同可推得它的列，如 `{root}`", "said by the columns that tell it, such as `{root}`", root=roots[0])
                yield InvalidValueError(owner="row", field=path, value=read[path], expected=expected)

    def _read(self, found: Mapping[str, Any], faults: list[InvalidValueError]) -> dict[str, Any]:
        """The exact values by path; what cannot be read is added to the *faults*."""
        read: dict[str, Any] = {}
        currency = self.currency
        try:
            currency = self._currency(found.get(CURRENCY))
        except InvalidValueError as error:
            faults.append(error)
        for path, value in found.items():
            try:
                read[path] = self.cell(value, path=path, holds=self.named.holds(path), currency=currency)
                if path in self.named.days:
                    read[path] = day_or_unknown(read[path])
            except InvalidValueError as error:
                faults.append(error.located(owner="row", field=path))
        return read

    def _currency(self, value: object) -> str:
        """The currency of a row: its own, or the one that the caller said."""
        own = self.cell(value, path=CURRENCY, holds=Holding.TEXT)
        try:
            return self.currency if own is None else Money(0, str(own)).currency
        except InvalidInputError:
            expected = Phrase("三个大写字母的货币代码，如 CNY", "a currency code of three capitals, such as CNY")
            raise InvalidValueError(owner="row", field=CURRENCY, value=value, expected=expected) from None


def _plain(value: Any, *, with_gaps: bool) -> Any:  # noqa: ANN401 - whatever a cell holds
    """The cell as a case file takes it; what says that nothing is there is unknown, and a whole number among gaps is one."""
    if value is None or value != value or str(value) in {"NaT", "<NA>"}:  # noqa: PLR0124 - a NaN is not itself
        return None
    plain = value.item() if hasattr(value, "item") else value
    if isinstance(plain, dt.datetime):
        return plain.date()
    return int(plain) if with_gaps and isinstance(plain, float) and plain.is_integer() else plain


_PARTS: Final = frozenset((*PARTS, "visits", "events", "actions"))


def _is_number(value: object) -> bool:
    """Whether a loan or a borrower can be called by it."""
    return type(value) is int or (isinstance(value, str) and value == value.strip() != "")


def is_left_out(path: str, without: Iterable[str]) -> bool:
    """True if *path*, or the part of a case file that it lies in, is among those *without* a column."""
    return any(path == name or path.startswith(f"{name}.") for name in without)


def _missing(found: Mapping[str, Any]) -> Iterator[InvalidValueError]:
    """The columns that every case file needs and that are not there."""
    for path, column in FIELDS.items():
        if column.is_required and path not in _NUMBERS and path not in found:
            yield InvalidValueError(owner="row", field=path, value=None, expected=Phrase("其中的一列", "a column of it"))


# -- the case file ---------------------------------------------------------------------------------------------------


def _case_file(read: Mapping[str, Any], named: WordColumns) -> CaseFile:
    fields: dict[str, dict[str, Any]] = {part: {} for part in PARTS}
    for path, value in (_NUMBERS | dict(read)).items():
        part, _, field = path.partition(".")
        if path in FIELDS:
            fields[part][field] = value
    grade = fields["determination"].setdefault("grade", UNCLASSIFIED)
    fields["determination"]["grade"] = named.grades.get(grade, grade) if isinstance(grade, str) else grade
    made: dict[str, Any] = {}
    faults: list[InvalidValueError] = []
    for part, kind in PARTS.items():
        try:
            made[part] = kind(**fields[part])
        except InvalidInputError as error:
            faults += error.exceptions  # type: ignore[arg-type] # the group holds nothing else
    if faults:
        raise InvalidInputError.of("row", faults)
    return CaseFile(**made, visits=tuple(_visits(read, named)), events=tuple(_events(read, named)), actions=tuple(_actions(read, named)))


def _visits(read: Mapping[str, Any], named: WordColumns) -> Iterator[Visit]:
    """Visits of which the last days are those of the row."""
    by_kind: dict[Labelled, Date] = {kind: day for path, kind in named.kinds.items() if (day := read.get(path)) is not None}
    least = next(iter(named.methods.values()))
    results = {kind: (read.get(reported), read.get(told)) for (reported, kind), told in zip(named.reported.items(), named.told, strict=True)}
    _check_results(results, by_kind)
    for kind, day in by_kind.items():
        reported_on, told_on = results.get(kind, (None, None))
        yield Visit(kind=kind, method=least, completed_on=day, finding=Finding.SATISFACTORY, reported_on=reported_on, told_on=told_on)
    for path, kind in named.desk.items():
        if (day := read.get(path)) is not None:
            yield Visit(kind=kind, method=least, completed_on=day, finding=Finding.SATISFACTORY)
    for path, method in named.methods.items():
        day = read.get(path)
        if day is not None:
            kinds = sorted(((at, str(kind.value), kind) for kind, at in by_kind.items() if at >= day and kind != VisitKind.REVALUATION), key=_in_order)
            if not kinds:
                expected = Phrase("不晚于某类回访（重估除外）的最近一次", "on or before the last visit of some kind, a revaluation aside")
                fault = InvalidValueError(owner="CaseFile", field=path, value=str(day), expected=expected)
                raise InvalidInputError.of("CaseFile", [fault])
            yield Visit(kind=kinds[0][2], method=method, completed_on=day, finding=Finding.SATISFACTORY)


def _check_results(results: Mapping[Labelled, tuple[Date | None, Date | None]], by_kind: Mapping[Labelled, Date]) -> None:
    """Refuse the result of a visit that was not made or came before it, and one told before it was reported: a day slipped into the wrong column.

    Raises:
        InvalidInputError: If there are any, all of them together.
    """
    faults: list[InvalidValueError] = []
    for kind, days in results.items():
        made_on = by_kind.get(kind)
        for path, day in zip(result_paths(kind), days, strict=True):
            if day is not None and (made_on is None or day < made_on):
                made = kind_path(kind)
                expected = Phrase("不早于该类回访完成日 `{made}`（{day}）", "on or after the day of that visit, `{made}` ({day})", made=made, day=made_on)
                if made_on is None:
                    expected = Phrase("留空：`{made}` 无回访", "left empty where `{made}` has no visit", made=made)
                faults.append(InvalidValueError(owner="CaseFile", field=path, value=str(day), expected=expected))
        reported_on, told_on = days
        if made_on is not None and reported_on is not None and told_on is not None and made_on <= told_on < reported_on:
            reported, told = result_paths(kind)
            expected = Phrase("不早于报告日 `{path}`（{day}）", "on or after the day of the report, `{path}` ({day})", path=reported, day=reported_on)
            faults.append(InvalidValueError(owner="CaseFile", field=told, value=str(told_on), expected=expected))
    if faults:
        raise InvalidInputError.of("CaseFile", faults)


def _in_order(found: tuple[Date, str, Labelled]) -> tuple[Date, str]:
    return found[:2]


def _events(read: Mapping[str, Any], named: WordColumns) -> Iterator[Event]:
    for path, code in named.codes.items():
        if read.get(path) is not None:
            yield Event(code, since=read[path])


def _actions(read: Mapping[str, Any], named: WordColumns) -> Iterator[Action]:
    """The last actions of the row, each of a state and its day."""
    for (state_path, measure), day_path in zip(named.action_states.items(), named.action_days, strict=True):
        state, day = read.get(state_path), read.get(day_path)
        if (state is None) != (day is None):
            missing = state_path if state is None else day_path
            expected = Phrase("与 `{other}` 同时给出", "given together with `{other}`", other=day_path if state is None else state_path)
            raise InvalidInputError.of("CaseFile", [InvalidValueError(owner="CaseFile", field=missing, value=None, expected=expected)])
        if state is not None and day is not None:
            yield Action(measure, state=state, on=day)
