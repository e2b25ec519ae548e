"""What a change of a policy does to the loans of a frame, with the numbers that case files would give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, TypedDict, Unpack

import attrs

from revisit_policy import analysis
from revisit_policy.analysis.impact import Hours, Impact
from revisit_policy.analysis.study import MissingFacts
from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.rows.row_reader import RowReader
from revisit_policy.errors import InvalidInputError
from revisit_policy.frames.cases import reader_and_rows
from revisit_policy.frames.columns.binding import Layout
from revisit_policy.frames.columns.supplied import supplied_by
from revisit_policy.frames.row_case import case_asked
from revisit_policy.frames.subject import subject_of
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.policy.rulebook import Rulebook
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import checked
from revisit_policy.values.working_days import WorkCalendar


class Asked(TypedDict, total=False):
    """What :func:`revisit_policy.analysis.impact` takes besides the book; every part may be left out."""

    until: str | dt.date
    calendar: WorkCalendar
    hours: Hours
    missing: MissingFacts
    budget: int


def impact(
    old: RevisitPolicy | Rulebook,
    new: RevisitPolicy | Rulebook,
    frame: object,
    *,
    on: str | dt.date,
    currency: str | None = None,
    layout: Layout | None = None,
    **asked: Unpack[Asked],
) -> Impact:
    """Decide every row of *frame* by both versions and count what differs.

    Visits are counted to the horizon, which only a whole schedule tells, so the rows are made into case files one after
    the other: it takes the time of the single decision, twice for every row. Supplied facts are read from the columns of
    their names. A row that cannot be decided is kept in ``refused`` with its reason.

    Args:
        old: The policy or rulebook in force.
        new: The one that is to be signed.
        frame: A frame of any accepted engine; a lazy one is collected.
        on: The decision day.
        currency: ISO 4217 code of all amounts of a row that has none of its own in ``loan.currency``; left out, that of *new*.
        layout: How the frame is written, as for `decide`.
        asked: As for :func:`revisit_policy.analysis.impact`: ``until``, ``calendar``, ``hours``, ``missing``, ``budget``.

    Raises:
        InvalidValueError: If *frame* is no frame of an accepted engine.
        InvalidPolicyError: If *hours* leaves out a method that is visited by.
        AnalysisLimitError: If *budget* runs out.

    Examples:
        >>> from revisit_policy import BorrowerProfile, CaseFile, Loan, cny, frames
        >>> from revisit_policy.rulebooks import cn_housing
        >>> loan = Loan(
        ...     "L-1", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000), annual_rate="0.0335",
        ...     repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=45,
        ... )
        >>> case = CaseFile(loan=loan, borrower=BorrowerProfile("B-1"))
        >>> book = frames.from_cases([case])
        >>> policy = cn_housing.policy()
        >>> impact(policy, policy, book, on="2026-11-24").loans
        1
    """
    written: Layout = (
        {}
        if layout is None
        else checked(layout, Mapping, field="layout", expected=Phrase("映射，同 `decide` 以关键字所取", "a mapping, as `decide` takes it by keyword"))
    )
    for field, version in (("old", old), ("new", new)):
        checked(version, RevisitPolicy | Rulebook, field=field, expected=Phrase("RevisitPolicy 或 Rulebook", "a RevisitPolicy or a Rulebook"))
    book = _Book(policies=(old, new), rows=reader_and_rows(frame, currency=currency, layout=written, vocabulary=subject_of(new).words))
    more: dict[str, Any] = dict(asked)
    return analysis.impact(old, new, book.cases(), on=on, supplied=book.supplied_to, **more)


@attrs.define(eq=False, kw_only=True)
class _Book:
    """The rows of a frame as case files, and what each row supplies beside its case file."""

    policies: tuple[RevisitPolicy | Rulebook, ...]
    rows: tuple[RowReader, Iterator[Mapping[str, Any]]]
    told: dict[int, tuple[CaseFile, Mapping[str, Any]]] = attrs.field(factory=dict)

    def cases(self) -> Iterator[CaseFile | InvalidInputError]:
        """One case file for each row, in order; for a row that is refused, the error that says why."""
        reader, rows = self.rows
        for row in rows:
            try:
                case = case_asked(self.policies, row, reader)
                facts = supplied_by(self.policies, row, reader)
            except InvalidInputError as error:
                yield error
            else:
                self.told[id(case)] = case, facts  # two rows can have equal case files and other facts; kept, so that no other gets its id
                yield case

    def supplied_to(self, case: CaseFile) -> Mapping[str, Any]:
        """What the row of this very case file supplies."""
        return self.told[id(case)][1]
