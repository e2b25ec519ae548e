"""The next visit of every row, without the decision that it rests on."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar, Unpack

from revisit_policy.decision.question import Question
from revisit_policy.frames.columns.binding import Layout
from revisit_policy.frames.deciding import decided, planning
from revisit_policy.frames.horizon import Horizon
from revisit_policy.frames.outputs.output import Trace
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.policy.rulebook import Rulebook
from revisit_policy.values.validation import to_flag
from revisit_policy.values.working_days import WorkCalendar

Frame = TypeVar("Frame")


def next_visits(  # noqa: PLR0913 - all that a plan depends on
    policy: RevisitPolicy | Rulebook,
    frame: Frame,
    *,
    on: str | dt.date,
    until: str | dt.date | None = None,
    calendar: WorkCalendar | None = None,
    duties: bool = False,
    prefix: str = "",
    **layout: Unpack[Layout],
) -> Frame:
    """*frame* with the next visit of every row beside it, as the single decision plans it, and nothing else of the decision.

    Obligations of any kind are planned, those of a bank's own words too.

    The added columns are ``next_kind`` and ``next_method`` (places, for `label`), ``next_opens``, ``next_due``,
    ``next_closes``, ``next_missed_on`` (the deadline, if it has passed), ``next_officers``, ``result_earliest``,
    ``result_expected``, ``result_latest``, ``measures_late``, what should have been set about before, and ``next_act_by``, the
    earliest deadline of what is recommended or in hand; ``undated``,
    the signals, and the kinds of what is owed, of which nobody recorded since when, so that a deadline moves with every day of asking; and ``calendar``,
    the edition of the working days. A row that cannot be decided has nulls in all of them; one of which no visit is due up
    to the horizon has nulls about the visit.

    What comes in comes out, as with `decide`, which has the same columns beside its own if it is asked for ``visits``.

    Args:
        policy: What decides.
        frame: A frame as `decide` takes it, with the columns of ``schema(policy, visits=True)``.
        on: The decision day.
        until: The last day of the schedule, inclusive; the horizon of the policy if ``None``.
        calendar: The working days; the policy's own if ``None``.
        duties: Whether to add what a desk has to do, where the policy has anything for one: ``next_duty`` (the kind of what closes first,
            what is late before all else), ``next_duty_due``, ``next_duty_closes``, ``next_duty_missed_on`` (the deadline, if it has
            passed) and ``duties_late``, the kinds of all that is late. ``undated`` then tells of these duties too.
        prefix: What the names of the added columns begin with.
        layout: How the frame is written, as for `decide`.

    Raises:
        InvalidInputError: If columns are missing or of another type, or names are taken, all of them together; or *until*
            comes before *on*.
        InvalidValueError: If it is no frame of an accepted engine, or no policy.
        InvalidPolicyError: If something that the policy owes counts from a day that is in no column; cases are then decided one by one.

    Examples:
        >>> from revisit_policy import BorrowerProfile, CaseFile, Loan, cny, frames
        >>> from revisit_policy.rulebooks import cn_housing
        >>> loan = Loan(
        ...     "L-1", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000), annual_rate="0.0335",
        ...     repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=45,
        ... )
        >>> case = CaseFile(loan=loan, borrower=BorrowerProfile("B-1"))
        >>> book = frames.from_cases([case])
        >>> planned = next_visits(cn_housing.rulebook, book, on="2026-11-24")
        >>> str(planned["next_closes"][0])
        '2026-11-24'
    """
    question = Question(on=on, until=until, calendar=calendar)
    subject = planning(policy, Horizon(until=question.until, calendar=question.calendar, is_alone=True, has_duties=to_flag(duties, field="duties")))
    return decided(subject, frame, on=question.on, trace=Trace.NONE, prefix=prefix, layout=layout)
