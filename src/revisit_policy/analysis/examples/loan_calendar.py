"""The calendar of a loan: signing, disbursement, term and maturity, so that all that counts from them comes out right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

import attrs

from revisit_policy.values.dates import Date, add_months, months_begun, months_elapsed

#: The first and the last value that a fact can have, both inclusive.
Ends: TypeAlias = tuple[Any, Any]

#: A loan of which nothing else is asked has run for a year of thirty.
USUAL_MONTHS: Final = 12
USUAL_TERM: Final = 360

#: Ends that bound nothing.
ANY_MONTHS: Final = (-10_000, 10_000)
ANY_TERM: Final = (1, 600)
ANY_DAY: Final = (Date(1900, 1, 1), Date(2199, 12, 31))


@attrs.frozen(kw_only=True)
class LoanCalendar:
    """What is asked of the days of a loan.

    Args:
        on: The decision day.
        disbursed: The days on which it may have been paid out.
        signed: The days on which it may have been signed; ``None`` if nobody asks.
        on_book: The completed months since the disbursement.
        remaining: The months until maturity; ``None`` if nobody asks.
        term: The months of the contracted term.
    """

    on: Date
    disbursed: Ends = ANY_DAY
    signed: Ends | None = None
    on_book: Ends = ANY_MONTHS
    remaining: Ends | None = None
    term: Ends = ANY_TERM

    def fields(self) -> Mapping[str, Any]:
        """The fields of a loan that keeps to all of it; of one that keeps to some of it if none is found."""
        for day in self._days():
            found = self._on(day)
            if found is not None:
                return found
        return {"loan.disbursed_on": next(self._days()), "loan.term_months": _nearest(USUAL_TERM, self.term)}

    def _days(self) -> Iterator[Date]:
        """Days of disbursement to be tried: about a year ago, then those at the ends of what is asked."""
        months = [_nearest(USUAL_MONTHS, self.on_book)]
        if self.remaining is not None:
            months.append(_nearest(self.term[0] - self.remaining[1], self.on_book))
            months.append(_nearest(self.term[1] - self.remaining[0], self.on_book))
        months += [end for end in self.on_book if abs(end) < ANY_MONTHS[1]]
        for count in months:
            day = add_months(self.on, -count)
            latest = min(self.disbursed[1], self.on)
            yield min(max(day, self.disbursed[0]), latest)
            if self.signed is not None:
                yield min(max(day, self.disbursed[0], self.signed[0]), latest)

    def _on(self, day: Date) -> Mapping[str, Any] | None:
        """The fields if it was paid out on *day*, ``None`` if that cannot be."""
        if not self.on_book[0] <= months_elapsed(day, self.on) <= self.on_book[1]:
            return None
        found: dict[str, Any] = {"loan.disbursed_on": day}
        if self.signed is not None:
            if self.signed[0] > day:
                return None
            found["loan.signed_on"] = min(day, self.signed[1])
        return self._with_term(found, day)

    def _with_term(self, found: dict[str, Any], day: Date) -> Mapping[str, Any] | None:
        if self.remaining is None:
            return {**found, "loan.term_months": _nearest(USUAL_TERM, self.term)}
        least, most = self.remaining
        since = months_begun(day, self.on)
        for term in (_nearest(USUAL_TERM, (since + least, since + most)), since + least, since + most - 1, self.term[0]):
            if self.term[0] <= term <= self.term[1] and least <= months_begun(self.on, add_months(day, term)) <= most:
                return {**found, "loan.term_months": term}
        extended = add_months(self.on, max(least, 1))
        if extended > add_months(day, self.term[1]) and least <= max(least, 1) <= most:
            return {**found, "loan.term_months": self.term[1], "loan.extended_to": extended}
        return None


def _nearest(usual: Any, ends: Ends) -> Any:  # noqa: ANN401 - months or a day, as the ends are
    return min(max(usual, ends[0]), ends[1])
