"""Officer hours: what the visits of one version of a policy cost, as far as it is known how long they take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

import attrs

from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.outcomes.schedule import RevisitSchedule
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import OrderedLabelled
from revisit_policy.values.validation import to_tuple

#: Days of the year by which hours of a whole horizon are told as hours of a year.
_YEAR = 365


@attrs.frozen(kw_only=True)
class OfficerHours:
    """The hours that officers spend on the visits of one version, from the decision day to its horizon.

    What a desk does is no visit, and machine time is nobody's: neither is counted.

    Args:
        until: The last day of the visits counted, inclusive; the decision day if there are no loans.
        visits: How many visits there are, overdue ones and projections included.
        hours: The hours of all officers together, exact; ``None`` if nobody said of a method that is visited by how long it takes.
        unknown: The methods of which nobody did, the least thorough first; empty if *hours* is known.
        a_loan_year: The same hours for one loan and 365 days; ``None`` if *hours* is, or if there is no loan or no day.
    """

    until: Date
    visits: int
    hours: Fraction | None
    unknown: tuple[OrderedLabelled, ...] = attrs.field(converter=to_tuple)
    a_loan_year: Fraction | None

    @classmethod
    def of(cls, schedules: Iterable[RevisitSchedule], hours: Mapping[OrderedLabelled, Fraction], *, on: Date) -> OfficerHours:
        """The hours of one schedule a loan, where a visit by a method takes its *hours* for each officer."""
        loans = tuple(schedules)
        until = max((each.until for each in loans), default=on)
        visits = [visit for each in loans for visit in each.all]
        spent = time_of(visits, hours)
        days = (until - on).days
        return cls(
            until=until,
            visits=len(visits),
            hours=spent,
            unknown=tuple(sorted({visit.method for visit in visits} - set(hours), key=lambda method: method.severity)),
            a_loan_year=None if spent is None or not loans or not days else spent * _YEAR / (len(loans) * days),
        )


def time_of(visits: Iterable[Revisit], hours: Mapping[OrderedLabelled, Fraction]) -> Fraction | None:
    """The hours of all officers on *visits*; ``None`` if one is by a method of which none are known."""
    spent = Fraction(0)
    for visit in visits:
        if visit.method not in hours:
            return None
        spent += visit.officers * hours[visit.method]
    return spent
