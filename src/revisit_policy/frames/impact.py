"""What a change of a policy does to the loans of a frame, with the numbers that case files would give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypedDict, Unpack

from revisit_policy import analysis
from revisit_policy.analysis.impact import Hours, Impact
from revisit_policy.analysis.study import MissingFacts
from revisit_policy.frames.binding import Layout, check_layout
from revisit_policy.frames.cases import to_cases
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.policy.rulebook import Rulebook
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
    layout: Layout | None = None,
    **asked: Unpack[Asked],
) -> Impact:
    """Decide every row of *frame* by both versions and count what differs.

    Visits are counted to the horizon, which only a whole schedule tells, so the rows are made into case files one after
    the other: it takes the time of the single decision, twice for every row. A row that cannot be decided is kept in
    ``refused`` with its reason.

    Args:
        old: The policy or rulebook in force.
        new: The one that is to be signed.
        frame: A frame of any accepted engine; a lazy one is collected.
        on: The decision day.
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
    written: Layout = {} if layout is None else checked(layout, Mapping, field="layout", expected="a mapping, as `decide` takes it by keyword")
    check_layout(written)
    more: dict[str, Any] = dict(asked)
    return analysis.impact(old, new, to_cases(frame, **written), on=on, **more)
