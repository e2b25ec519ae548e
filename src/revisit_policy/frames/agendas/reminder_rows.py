"""Reminders of a whole book: what of the next visits, of results, of desk duties and of measures is due soon, due, or late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final, TypeVar, cast

import narwhals as nw

from revisit_policy.contact.reminder import RemindedOf, Urgency
from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.frames.agendas.given_frame import POLARS_OR_PANDAS, brought_over
from revisit_policy.frames.columns.binding import to_name
from revisit_policy.frames.engines.opened import dtypes_of, engine_of, names_of, opened
from revisit_policy.frames.subject import Policy, subject_of
from revisit_policy.outcomes.turnaround import ResultDay
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.validation import fault, several, to_whole

Frame = TypeVar("Frame")

_COLUMN: Final = Phrase("列名", "the name of a column")
_DAYS: Final = ("next_due", "next_closes", "next_missed_on", "next_act_by")
_CODES: Final = ("next_kind", "measures_late")
_DUTY: Final = "next_duty"
_RESULT: Final = "awaited_step"
_RESULT_DAYS: Final = ("awaited_expected", "awaited_latest")
_DUTY_DAYS: Final = ("next_duty_due", "next_duty_closes", "next_duty_missed_on")
_WHOLE: Final = (nw.Int8, nw.Int16, nw.Int32, nw.Int64)
_DAY: Final = Phrase("日期列，如 `decide(..., visits=True)` 所加", "a column of days, as `decide(..., visits=True)` adds it")
_CODE: Final = Phrase("整数列，如 `decide(..., visits=True)` 所加", "a column of whole numbers, as `decide(..., visits=True)` adds it")
_THERE: Final = Phrase("数据框中的列", "a column of the frame")


def reminders(
    policy: Policy,
    decided: Frame,
    on: str | dt.date,
    *,
    keep: Iterable[str] = ("loan.loan_no",),
    soon_days: int = 14,
    escalate_days: int = 10,
) -> Frame:
    """What `contact.reminders` say of one decision after the other, a row each: of every loan's next visit, its result, its next desk duty and measure.

    A frame has the next visit of a loan, the day of its next measure, where ``duties`` were asked for the next duty of a desk, and where
    `results` have been asked for what is awaited of a visit already made, and so has its reminders: one of each at most. What is late of
    measures stands under the earliest of their days; a measure that is done along until the next visit is that visit's.

    Args:
        policy: What decided.
        decided: A frame of polars or pandas with the columns of `decide(..., visits=True)` or `next_visits`, and of `results`, made for *on*; a lazy one stays
            lazy.
        on: The day of the reminders.
        keep: Columns that stand beside each reminder: the number of the loan, and what the caller groups by, such as a branch.
        soon_days: Calendar days before the day to aim at from which something is due soon.
        escalate_days: Calendar days late from which it is escalated.

    Returns:
        The columns *keep*, then ``of``, ``what`` (the code of the kind of visit or of duty, or of the day of a result; null for a measure),
        ``urgency``, ``by`` and ``days`` (below zero by how many it is late): the most pressing first, then by day.

    Raises:
        InvalidInputError: If columns are missing or of another type, all of them together.
        InvalidValueError: If an argument is malformed, or it is no frame of polars or pandas.

    Examples:
        >>> from revisit_policy import BorrowerProfile, CaseFile, Loan, cny, frames
        >>> from revisit_policy.rulebooks import cn_housing
        >>> loan = Loan(
        ...     "L-1", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000), annual_rate="0.0335",
        ...     repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=45,
        ... )
        >>> book = frames.from_cases([CaseFile(loan=loan, borrower=BorrowerProfile("B-1"))])
        >>> decided = frames.next_visits(cn_housing.rulebook, book, on="2026-11-24")
        >>> reminders(cn_housing.rulebook, decided, "2026-11-24").select("loan.loan_no", "of", "what", "urgency").row(0)
        ('L-1', 'visit', 'first', 'escalated')
    """
    day = to_date(on, field="on")
    soon, late = to_whole(soon_days, field="soon_days"), to_whole(escalate_days, field="escalate_days")
    kept = [to_name(name, field="keep", expected=_COLUMN) for name in several(keep, field="keep", expected=Phrase("若干列名", "several names of columns"))]
    words = subject_of(policy).words
    native, there = _checked(decided, kept)
    told = [_windowed(RemindedOf.VISIT, [kind.value for kind in words.visited], kind="next_kind", days="next"), _measures(day)]
    if _RESULT in there:
        told.append(_coded(RemindedOf.RESULT, [day.value for day in ResultDay], kind=_RESULT, days=_RESULT_DAYS))
    if _DUTY in there:
        told.append(_windowed(RemindedOf.DESK, [kind.value for kind in words.at_desk], kind=_DUTY, days=_DUTY))
    rows = nw.dependencies.get_polars().concat([native.select(*kept, **columns) for columns in told])
    pressing = _pressing(rows, day=day, soon=soon, late=late)
    return cast("Frame", pressing.to_pandas() if engine_of(opened(decided)).name == "pandas" else pressing)


def _checked(decided: Any, kept: Iterable[str]) -> tuple[Any, Collection[str]]:
    """The frame in polars, which has what is asked of it, and the names of its columns."""
    given = opened(decided)
    if engine_of(given).name == "pandas":
        read = {*kept, *_DAYS, *_CODES, *_DUTY_DAYS, *_RESULT_DAYS, _DUTY, _RESULT}
        given = opened(brought_over(decided, is_read=lambda name: name in read))
    if engine_of(given).name != "polars":
        raise fault("decided", type(nw.to_native(given)).__name__, POLARS_OR_PANDAS)
    there = names_of(given)
    wanted = [*((name, _THERE, None) for name in kept), *((name, _DAY, (nw.Date,)) for name in _DAYS), *((name, _CODE, _WHOLE) for name in _CODES)]
    if _DUTY in there:
        wanted += [(_DUTY, _CODE, _WHOLE), *((name, _DAY, (nw.Date,)) for name in _DUTY_DAYS)]
    if _RESULT in there:
        wanted += [(_RESULT, _CODE, _WHOLE), *((name, _DAY, (nw.Date,)) for name in _RESULT_DAYS)]
    if faults := list(_faults(given, wanted)):
        raise InvalidInputError.of("frame", faults)
    return nw.to_native(given), there


def _faults(given: Any, wanted: Iterable[tuple[str, Phrase, tuple[Any, ...] | None]]) -> Iterator[InvalidValueError]:
    there, dtypes = names_of(given), dtypes_of(given)
    for name, expected, kinds in wanted:
        if name not in there or (kinds is not None and dtypes[name] not in kinds):
            yield InvalidValueError(owner="frame", field=name, value=str(dtypes[name]) if name in there else None, expected=expected)


def _windowed(of: RemindedOf, codes: list[str], *, kind: str, days: str) -> dict[str, Any]:
    """What is told of the next visit of each row, or of its next duty: what it is, the day to aim at, and the last."""
    polars = nw.dependencies.get_polars()
    told = _coded(of, codes, kind=kind, days=(f"{days}_due", f"{days}_closes"))
    return {**told, "by": polars.coalesce(f"{days}_missed_on", f"{days}_closes")}


def _coded(of: RemindedOf, codes: list[str], *, kind: str, days: tuple[str, str]) -> dict[str, Any]:
    """What is told of what has a day to aim at and a last one alone."""
    polars = nw.dependencies.get_polars()
    aim, by = days
    what = polars.col(kind).cast(polars.Int64).replace_strict(list(range(len(codes))), codes, default=None, return_dtype=polars.String)
    return {"of": polars.lit(of.value), "what": what, "aim": polars.col(aim), "by": polars.col(by)}


def _measures(day: Date) -> dict[str, Any]:
    """What is told of the next measure of each row: nothing where it is done along until the next visit, or was begun in time."""
    polars = nw.dependencies.get_polars()
    by = polars.col("next_act_by")
    is_late = polars.col("measures_late") != 0
    is_its_own = (by >= polars.lit(day)) & by.ne_missing(polars.col("next_closes"))
    own = polars.when(is_late | is_its_own).then(by)
    return {"of": polars.lit(RemindedOf.MEASURE.value), "what": polars.lit(None, dtype=polars.String), "aim": own, "by": own}


def _pressing(rows: Any, *, day: Date, soon: int, late: int) -> Any:
    """The *rows* that are pressing, each with how much, as `contact.reminders` has it."""
    polars = nw.dependencies.get_polars()
    days = (polars.col("by") - polars.lit(day)).dt.total_days()
    ahead = (polars.col("aim") - polars.lit(day)).dt.total_days()
    urgency = (
        polars.when(days <= -max(late, 1))
        .then(polars.lit(Urgency.ESCALATED.severity))
        .when(days < 0)
        .then(polars.lit(Urgency.LATE.severity))
        .when(ahead <= 0)
        .then(polars.lit(Urgency.DUE.severity))
        .when(ahead <= soon)
        .then(polars.lit(Urgency.DUE_SOON.severity))
    )
    pressing = rows.with_columns(urgency=urgency, days=days).filter(polars.col("urgency").is_not_null())
    pressing = pressing.sort("urgency", "by", descending=[True, False], maintain_order=True)
    codes = {member.severity: member.value for member in Urgency}
    kept = [name for name in rows.collect_schema().names() if name not in {"aim", "by"}]
    return pressing.with_columns(polars.col("urgency").replace_strict(codes, return_dtype=polars.String)).select(*kept, "urgency", "by", "days")
