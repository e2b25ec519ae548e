"""The results that are awaited of visits already made, of a whole book: `result_of`, one row after the other.

What was owed on the day of a visit is planned anew for every row, on a day of its own, so that this is no query: it reads those rows alone
whose last visits have not been told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Mapping
from typing import Any, Final, TypeVar, Unpack, cast

import attrs
import narwhals as nw

from revisit_policy.casefile.case_columns import kind_path, result_paths
from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.holding import Holding
from revisit_policy.casefile.rows.row_reader import RowReader, is_left_out
from revisit_policy.casefile.visit import Visit
from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.frames.columns.binding import Layout, check_cells, to_name
from revisit_policy.frames.columns.row_layout import row_reader
from revisit_policy.frames.columns.supplied import supplied_by
from revisit_policy.frames.deciding import check
from revisit_policy.frames.engines.opened import check_free, dtypes_of, engine_of, names_of, new_frame, opened, whole_rows
from revisit_policy.frames.outputs.output import PREFIXES, UNREAD, Output, result_outputs
from revisit_policy.frames.row_case import case_asked
from revisit_policy.frames.subject import subject_of
from revisit_policy.outcomes.results.result_stage import ResultStage
from revisit_policy.outcomes.results.stage_state import StageState
from revisit_policy.outcomes.turnaround import ResultDay
from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.policy.rulebook import Rulebook
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.labels import Labelled
from revisit_policy.values.validation import checked, fault
from revisit_policy.values.working_days import WorkCalendar

Frame = TypeVar("Frame")

_ROWS_IN_MEMORY: Final = ("polars", "pandas", "pyarrow")
_POLICY: Final = Phrase("RevisitPolicy 或 Rulebook", "a RevisitPolicy or a Rulebook")


def results(
    policy: RevisitPolicy | Rulebook,
    frame: Frame,
    *,
    on: str | dt.date,
    calendar: WorkCalendar | None = None,
    currency: str | None = None,
    prefix: str = "",
    **layout: Unpack[Layout],
) -> Frame:
    """*frame* with the result that is awaited of the last visits of every row, as `result_of` tells it of one case file.

    Of the visits that ``case.untold_visits(on)`` has of the row's case file the one whose next day has the earliest limit is told:
    ``awaited_kind`` (the place of the kind of visit, for `label`), ``awaited_visited_on``, ``awaited_step`` (which of the four days is
    waited for), ``awaited_expected`` and ``awaited_latest`` (the days of that step), ``awaited_state`` (how it stands: on track, at risk, late) and
    ``awaited_unread``, the columns that stand in the way: of what cannot be read, and of a visit of which no cell tells enough, because how it or one
    before it was made is hidden by a later one by as good a method. A row of which nothing is awaited has nulls.

    Of its history a row has the last visit of each kind alone: where an earlier one of the same kind had answered some of what was owed,
    which no row can say, the case file knows more. A valuation is no visit to the borrower. It takes about a millisecond for each row of which something is
    awaited, and hardly anything for the others.

    Args:
        policy: What plans.
        frame: A frame of polars, pandas or pyarrow with the columns of ``schema(policy, visits=True)``, decided or not, and for each kind
            of visit (``visits.periodic``) the days on which the last was reported (``visits.periodic.reported_on``) and the borrower told
            (``visits.periodic.told_on``); a lazy frame of polars stays lazy. Columns that nobody records are said to be missing by
            ``without``: then nothing has been reported, or told.
        on: The day asked about; what was reported or told later has not been yet.
        calendar: The working days; the policy's own if ``None``.
        currency: As for `explain`.
        prefix: What the names of the added columns begin with.
        layout: How the frame is written, as for `decide`.

    Raises:
        InvalidInputError: If columns are missing or of another type, or names are taken, all of them together.
        InvalidValueError: If it is no frame of polars, pandas or pyarrow, or an argument is malformed.

    Examples:
        >>> from revisit_policy import BorrowerProfile, CaseFile, Loan, Visit, cny, frames
        >>> from revisit_policy.rulebooks import cn_housing
        >>> loan = Loan(
        ...     "L-1", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000), annual_rate="0.0335",
        ...     repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=45,
        ... )
        >>> call = Visit(kind="periodic", method="phone", completed_on="2026-11-16", finding="satisfactory", reported_on="2026-11-17")
        >>> book = frames.from_cases([CaseFile(loan=loan, borrower=BorrowerProfile("B-1"), visits=[call])])
        >>> found = frames.label(cn_housing.rulebook, results(cn_housing.rulebook, book, on="2026-11-24"))
        >>> found.select("awaited_kind", "awaited_step", "awaited_state").row(0)
        ('periodic visit', 'grade as determined', 'late')
    """
    checked(policy, RevisitPolicy | Rulebook, field="policy", expected=_POLICY)
    day = to_date(on, field="on")
    to_name(prefix, field="prefix", expected=PREFIXES)
    given = opened(frame)
    outputs = result_outputs(subject_of(policy).words)
    _check(policy, given, layout, names=[prefix + output.name for output in outputs])
    reader = row_reader(layout, currency=currency, with_gaps=engine_of(given).is_loosely_typed, vocabulary=subject_of(policy).words)
    add = _Adding(policy=policy, reader=reader, on=day, calendar=calendar, outputs=outputs, prefix=prefix)
    if isinstance(given, nw.LazyFrame):
        native = nw.to_native(given)
        schema = native.collect_schema() | nw.to_native(add.answers([])).schema
        return cast("Frame", native.map_batches(add, schema=schema, projection_pushdown=False, predicate_pushdown=False))
    return cast("Frame", add(frame))


def _check(policy: RevisitPolicy | Rulebook, frame: Any, layout: Layout, *, names: list[str]) -> None:
    engine = engine_of(frame)
    if engine.name not in _ROWS_IN_MEMORY:
        expected = Phrase(
            "polars、pandas 或 pyarrow 的数据框：结果须逐行计算（可先取出有待结果的行）",
            "a frame of polars, pandas or pyarrow: results are worked out row by row (fetch the rows that await one first)",
        )
        raise fault("frame", type(nw.to_native(frame)).__name__, expected)
    native = nw.to_native(frame)
    check(policy, native, visits=True, **layout)
    named, there = subject_of(policy).named, names_of(frame)
    check_cells(dtypes_of(frame), layout=layout, is_pandas=engine.is_loosely_typed, named=named)
    check_free(frame, names)
    columns, without = layout.get("columns", {}), layout.get("without", ())
    made = [kind for kind in named.told.values() if columns.get(kind_path(kind), kind_path(kind)) in there and not is_left_out(kind_path(kind), without)]
    missing = [path for kind in made for path in result_paths(kind) if columns.get(path, path) not in there and not is_left_out(path, without)]
    if missing:
        expected = Phrase(
            "一列日期；若无人记录，请列入 `without`，即视为未报告、未告知",
            "a column of days; where nobody records them name it in `without`, and nothing counts as reported or told",
        )
        raise InvalidInputError.of("frame", [InvalidValueError(owner="frame", field=path, value=None, expected=expected) for path in missing])


@attrs.frozen(kw_only=True, eq=False)
class _Adding:
    """Rows in memory with what is awaited beside them."""

    policy: RevisitPolicy | Rulebook
    reader: RowReader
    on: Date
    calendar: WorkCalendar | None
    outputs: tuple[Output, ...]
    prefix: str

    def __call__(self, native: Any) -> Any:
        """The frame as it came, and the columns."""
        frame = nw.from_native(native, eager_only=True)
        answers = self.answers([self._answer(row) for row in whole_rows(frame)], engine=engine_of(frame).name)
        return nw.to_native(frame.with_columns(*(answers.get_column(name) for name in answers.columns)))

    def answers(self, rows: list[Mapping[str, Any]], *, engine: str = "polars") -> Any:
        """A Narwhals frame of the answers of *rows*."""
        columns = {self.prefix + output.name: [row.get(output.name) for row in rows] for output in self.outputs}
        return nw.from_native(new_frame(columns, {self.prefix + output.name: output.dtype for output in self.outputs}, engine=engine))

    def _answer(self, row: Mapping[str, Any]) -> Mapping[str, Any]:
        try:
            if not self._can_wait(row):
                return {}
            known, unsaid = self._untold(row)
            found = min(known, key=lambda each: each[1].latest, default=None)
        except InvalidInputError as error:
            fields = dict.fromkeys(each.field for each in error.exceptions if isinstance(each, InvalidValueError))
            return {UNREAD: ", ".join(fields) or str(error)}
        return {**({} if found is None else self._told(*found)), UNREAD: ", ".join(unsaid) or None}

    def _can_wait(self, row: Mapping[str, Any]) -> bool:
        """Whether any of the last visits of a row has not been told, as far as its cells can be read at a glance."""
        named = self.reader.named
        for kind, told in zip(named.told.values(), named.told, strict=True):
            made_on, told_on = (self._day(row, path) for path in (kind_path(kind), told))
            if made_on is not None and (told_on is None or told_on > self.on):
                return True
        return False

    def _day(self, row: Mapping[str, Any], path: str) -> dt.date | None:
        if is_left_out(path, self.reader.without):
            return None
        cell = self.reader.cell(row.get(self.reader.called(path, row)), path=path, holds=Holding.DAY)
        return None if cell is None else to_date(cast("dt.date", cell))

    def _untold(self, row: Mapping[str, Any]) -> tuple[list[tuple[Visit, ResultStage]], list[str]]:
        """The visits of which the borrower has not been told, each with the step that it waits for; and the columns of those no cell tells enough of.

        A row has the last day of a visit by each method or a better one: how a visit was made before one by a better method is in none. That
        is said of the visit itself, and of a later one wherever it would be owed otherwise for it.
        """
        named = self.reader.named
        case = case_asked((self.policy,), row, self.reader, also=named.results)
        told_apart = {self._day(row, path) for path in named.methods}
        at_best = _at_best(case, told_apart)
        supplied = supplied_by((self.policy,), row, self.reader)
        known: list[tuple[Visit, ResultStage]] = []
        unsaid: list[str] = []
        for visit in case.untold_visits(self.on):
            is_said = visit.completed_on in told_apart
            stage = self._awaited(visit, case, supplied) if is_said else None
            if not is_said or (at_best is not None and stage != self._awaited(visit, at_best, supplied)):
                unsaid.append(kind_path(visit.kind))
            elif stage is not None:
                known.append((visit, stage))
        return known, unsaid

    def _awaited(self, visit: Visit, case: CaseFile, supplied: Mapping[str, Any]) -> ResultStage | None:
        return self.policy.result_of(visit, case, on=self.on, calendar=self.calendar, supplied=supplied).awaited

    def _told(self, visit: Visit, stage: ResultStage) -> Mapping[str, Any]:
        places: dict[str, tuple[Any, ...]] = {output.name: output.items for output in self.outputs}
        kind: Labelled = visit.kind
        assert stage.state is not None  # noqa: S101 - the visit was made
        return {
            "awaited_kind": places["awaited_kind"].index(kind),
            "awaited_visited_on": _plain(visit.completed_on),
            "awaited_step": tuple(ResultDay).index(stage.day),
            "awaited_expected": _plain(stage.expected),
            "awaited_latest": _plain(stage.latest),
            "awaited_state": tuple(StageState).index(stage.state),
        }


def _at_best(case: CaseFile, told_apart: Container[dt.date | None]) -> CaseFile | None:
    """The *case* with its visits made by as good a method as can be, where none is told; ``None`` where all are."""
    open_ones = [visit for visit in case.visits if visit.completed_on not in told_apart and visit.kind != VisitKind.REVALUATION]
    if not open_ones:
        return None
    best = max(visit.method for visit in case.visits)
    return attrs.evolve(case, visits=[attrs.evolve(visit, method=best) if visit in open_ones else visit for visit in case.visits])


def _plain(day: Date) -> dt.date:
    return dt.date(day.year, day.month, day.day)
