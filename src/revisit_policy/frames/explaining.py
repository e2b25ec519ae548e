"""One row of a frame as the single decision decides it, and frames decided one after the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar, Unpack

from revisit_policy.decision.decision import Decision
from revisit_policy.errors import InvalidValueError
from revisit_policy.frames.columns.binding import Layout
from revisit_policy.frames.columns.row_layout import is_pandas_row, plain_row, row_reader
from revisit_policy.frames.columns.supplied import supplied_by
from revisit_policy.frames.deciding import decide
from revisit_policy.frames.engines.opened import is_frame
from revisit_policy.frames.outputs.output import Trace
from revisit_policy.frames.row_case import case_asked
from revisit_policy.frames.subject import Policy, subject_of
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.policy.rulebook import Rulebook
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import checked
from revisit_policy.values.working_days import WorkCalendar

Frame = TypeVar("Frame")


def explain(
    policy: RevisitPolicy | Rulebook, row: Mapping[str, Any], *, on: str | dt.date, currency: str | None = None, **layout: Unpack[Layout]
) -> Decision:
    """The full decision on one *row*, as the single decision takes it: verdicts, schedule, reasons.

    Ask it for words: ``explain(policy, row, on=day).explain("zh")``.

    Args:
        policy: What decides.
        row: A mapping from column to value, such as ``frame.row(0, named=True)`` of polars gives, or a row of a frame of pandas,
            ``frame.iloc[0]``; columns that `decide` has added are passed over. A row that `decide` takes is taken: with all
            columns of the schema there, what is wrong with others does not matter.
        on: The decision day.
        currency: ISO 4217 code of all amounts of a row that has none of its own in ``loan.currency``; left out, that of the policy.
        layout: How the frame is written, as for `decide`.

    Raises:
        InvalidInputError: If the row cannot be decided, with all that is wrong.
        InvalidValueError: If *row* is no mapping, such as a whole frame, or *policy* is none.

    Examples:
        >>> from revisit_policy import BorrowerProfile, CaseFile, Loan, cny, frames
        >>> from revisit_policy.rulebooks import cn_housing
        >>> loan = Loan(
        ...     "L-1", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000), annual_rate="0.0335",
        ...     repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=45,
        ... )
        >>> case = CaseFile(loan=loan, borrower=BorrowerProfile("B-1"))
        >>> book = frames.from_cases([case])
        >>> explain(cn_housing.rulebook, book.row(0, named=True), on="2026-11-24").grade
        Grade.SPECIAL_MENTION
    """
    if is_frame(row):
        expected = Phrase("一行，为映射，如 polars 的 `frame.row(0, named=True)`", "one row as a mapping, such as `frame.row(0, named=True)` of polars")
        raise InvalidValueError(owner="", field="row", value=type(row).__name__, expected=expected)
    checked(policy, RevisitPolicy | Rulebook, field="policy", expected=Phrase("RevisitPolicy 或 Rulebook", "a RevisitPolicy or a Rulebook"))
    reader, plain = row_reader(layout, currency=currency, with_gaps=is_pandas_row(row), vocabulary=subject_of(policy).words), plain_row(row)
    return policy.decide(case_asked((policy,), plain, reader), on=on, supplied=supplied_by((policy,), plain, reader))


def iter_decide(  # noqa: PLR0913 - what `decide` takes
    policy: Policy,
    frames: Iterable[Frame],
    *,
    on: str | dt.date,
    trace: Trace | str = Trace.MASKS,
    visits: bool = False,
    until: str | dt.date | None = None,
    calendar: WorkCalendar | None = None,
    prefix: str = "",
    **layout: Unpack[Layout],
) -> Iterator[Frame]:
    """Each of *frames* decided, as it is asked for: wrap it in a progress bar, or write each away before the next.

    Args:
        policy: What decides.
        frames: Frames that are written alike, such as the slices of a large one or the parts of a data set.
        on: The decision day.
        trace: As for `decide`.
        visits: As for `decide`.
        until: As for `decide`.
        calendar: As for `decide`.
        prefix: As for `decide`.
        layout: How the frames are written, as for `decide`.

    Raises:
        InvalidInputError: When the first frame that cannot be read is reached.
        InvalidValueError: At once, if *frames* is a single frame, which is for `decide`.

    Examples:
        >>> from revisit_policy import BorrowerProfile, CaseFile, Loan, cny, frames
        >>> from revisit_policy.rulebooks import cn_housing
        >>> loan = Loan(
        ...     "L-1", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000), annual_rate="0.0335",
        ...     repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=45,
        ... )
        >>> case = CaseFile(loan=loan, borrower=BorrowerProfile("B-1"))
        >>> book = frames.from_cases([case])
        >>> slices = (book, book)
        >>> [part["grade"].to_list() for part in iter_decide(cn_housing.rulebook, slices, on="2026-11-24")]
        [[1], [1]]
    """
    if is_frame(frames) or not isinstance(frames, Iterable):
        expected = Phrase("若干数据框，依次给出（单个请用 `decide`）", "several frames, one after the other (a single one is for `decide`)")
        raise InvalidValueError(owner="", field="frames", value=type(frames).__name__, expected=expected)
    return (
        decide(policy, frame, on=on, trace=trace, visits=visits, until=until, calendar=calendar, prefix=prefix, **layout)
        for frame in frames
    )
