"""The glance: of a decision what is asked most often."""

from __future__ import annotations

import attrs

from revisit_policy.outcomes.grade import Grade
from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.values.brief import Shown
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import OrderedLabelled


@attrs.frozen(kw_only=True)
class Glance:
    """How a loan is graded, how loud it is, and when it is visited next: as the whole decision has it, made without the rest of it.

    It keeps no reasons but those of the visit, no measures, no later visits and nothing that a desk has to do. It is for whoever goes over many
    loans and decides those in full that he looks into: nothing is recorded of it, and nobody signs it.

    Args:
        on: The decision day.
        grade: The established grade; ``None`` if a table that goes by order establishes none.
        grade_at_worst: The most severe grade that missing facts could still bring about.
        level: How loud the loudest signal is.
        next_visit: The visit with the earliest open deadline, as `RevisitSchedule.next` has it; ``None`` if none is planned up to the horizon.

    Examples:
        >>> from revisit_policy import BorrowerProfile, CaseFile, Loan, cny
        >>> from revisit_policy.rulebooks import cn_housing
        >>> loan = Loan(
        ...     "L-1", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000), annual_rate="0.0335",
        ...     repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=45,
        ... )
        >>> found = cn_housing.rulebook.glance(CaseFile(loan=loan, borrower=BorrowerProfile("B-1")), on="2026-11-24")
        >>> found.grade, found.level, str(found.next_visit.window.closes)
        (Grade.SPECIAL_MENTION, Level.ORANGE, '2026-11-24')
    """

    on: Date
    grade: Grade
    grade_at_worst: Grade
    level: OrderedLabelled
    next_visit: Revisit | None

    def __rich_repr__(self) -> Shown:
        yield "on", str(self.on)
        yield "grade", self.grade
        yield "grade_at_worst", self.grade_at_worst, self.grade
        yield "level", self.level
        yield "next_visit", self.next_visit, None
