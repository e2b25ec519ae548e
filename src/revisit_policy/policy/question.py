"""Questions: for which day a case is decided, how far ahead, on which calendar, and what the caller adds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from revisit_policy.casefile import facts
from revisit_policy.errors import InvalidInputError, InvalidValueError, UnknownNameError
from revisit_policy.language.fact import Assumption
from revisit_policy.values.dates import Date, add_months, to_date
from revisit_policy.values.validation import gather, gathering
from revisit_policy.values.working_days import WorkCalendar

if TYPE_CHECKING:
    from revisit_policy.policy.revisit_policy import RevisitPolicy


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Question:
    """What a policy is asked besides the case file; the same for every case of a batch.

    Args:
        on: The decision day.
        until: The last day of the schedule, inclusive; ``None`` for the horizon of the policy.
        calendar: The working days; ``None`` for the policy's own.
        supplied: Values of supplied facts by name.
        assuming: Stand-ins for facts that turn out unknown.

    Raises:
        InvalidInputError: If a day is malformed, or *until* is before *on*.
        UnknownNameError: If *supplied* tells the kind of a visit, which is the policy's to say.
    """

    on: Date = attrs.field(converter=to_date)
    until: Date | None = attrs.field(default=None, converter=attrs.converters.optional(to_date))
    calendar: WorkCalendar | None = None
    supplied: Mapping[str, object] = attrs.field(factory=dict)
    assuming: tuple[Assumption, ...] = ()

    def __attrs_post_init__(self) -> None:
        gather(self)
        if self.until is not None and self.until < self.on:
            late = InvalidValueError(owner="", field="until", value=str(self.until), expected=f"on or after the decision day ({self.on})")
            raise InvalidInputError.of("decide", [late])
        if facts.visit_kind.name in self.supplied:
            raise UnknownNameError(kind="supplied fact", name=facts.visit_kind.name, known=())

    def days_for(self, policy: RevisitPolicy) -> tuple[Date, Date, WorkCalendar]:
        """The decision day, the last day of the schedule and the calendar, as *policy* fills them in."""
        until = add_months(self.on, policy.conventions.horizon_months) if self.until is None else self.until
        return self.on, until, policy.calendar if self.calendar is None else self.calendar
