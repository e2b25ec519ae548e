"""Visits that have taken place."""

from __future__ import annotations

import attrs

from revisit_policy.casefile import fields
from revisit_policy.outcomes.visit import Finding, to_visit_kind, to_visit_method
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Labelled, OrderedLabelled
from revisit_policy.values.validation import gather, gathering


def to_finding(value: Finding | str) -> Finding:
    """The finding itself or the one with this code.

    Raises:
        UnknownNameError: If there is none.
    """
    return Finding.parse(value)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Visit:
    """A visit that has taken place, or an attempt that reached nobody. A planned visit is no `Visit`.

    Args:
        kind: Why it was made, a member of any labelled enumeration or the code of a `VisitKind`.
        method: By which means, likewise; codes are those of a `VisitMethod`.
        completed_on: The day it was completed.
        finding: What it found, or the code. ``not_reached`` is an attempt and answers nothing.

    One that served several purposes is recorded once for each: who calls on the borrower and values the home on one day
    has made a periodic visit and a revaluation.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.

    Examples:
        >>> Visit(kind="periodic", method="phone", completed_on="2025-12-09", finding="satisfactory").method
        VisitMethod.PHONE
    """

    kind: Labelled = attrs.field(converter=to_visit_kind)
    method: OrderedLabelled = attrs.field(converter=to_visit_method)
    completed_on: Date = attrs.field(converter=fields.to_day)
    finding: Finding = attrs.field(converter=to_finding)

    def __attrs_post_init__(self) -> None:
        gather(self)

    @property
    def reached_borrower(self) -> bool:
        """Whether it took place at all; an attempt that reached nobody changes nothing, whatever is asked."""
        return self.finding.reached_borrower
