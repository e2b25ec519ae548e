"""Admission: which loans are visited in a period when not all can be, and why the others are not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import floor

import attrs

from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, add_months, cutoff_elapsed, to_date
from revisit_policy.values.labels import Labelled
from revisit_policy.values.validation import fault, gather, gathering, several, to_text, to_whole
from revisit_policy.workload.candidate import Candidate
from revisit_policy.workload.capacity import to_visits
from revisit_policy.workload.lot import lots


class AdmittedBecause(Labelled, zh="入选理由"):
    """Why a loan is visited in a period."""

    MUST = "must", "本期必须回访", "has to be visited in this period"
    LONGEST_GAP = "longest_gap", "再等一期将超过最长间隔", "would exceed the longest gap if it waited"
    WORST_FIRST = "worst_first", "按风险高低排在名额之内", "among the worst that the capacity allows"


class LeftOutBecause(Labelled, zh="未入选理由"):
    """Why a loan is not visited in a period."""

    COOLING_DOWN = "cooling_down", "距上次回访不足冷却期", "visited too short a time ago"
    CAPACITY = "capacity", "名额已用于风险更高的贷款", "the capacity went to worse loans"


@attrs.frozen
class Admitted:
    """A loan that is visited, and why."""

    candidate: Candidate
    because: AdmittedBecause


@attrs.frozen
class LeftOut:
    """A loan that is not visited, and why; *until* is the first day on which it could be, where a day keeps it out."""

    candidate: Candidate
    because: LeftOutBecause
    until: Date | None = None


@attrs.frozen(kw_only=True)
class Admission:
    """Who is visited in a period: every candidate stands either in *admitted* or in *left_out*, once.

    Args:
        admitted: The musts in the order they came, then the others, worst first.
        left_out: Those left by capacity, worst first, then those that cool down in the order they came.
        available: The visits there were: the capacity and what was carried over to it.
        carried: What is carried over to the next period: what is left of *available*, at most one visit.
    """

    admitted: tuple[Admitted, ...]
    left_out: tuple[LeftOut, ...]
    available: Fraction
    carried: Fraction

    @property
    def overspent(self) -> int:
        """How many visits more than were available the musts ask for; 0 if they had room."""
        return max(0, len(self.admitted) - floor(self.available))

    @property
    def loans(self) -> tuple[str, ...]:
        """The numbers of the loans that are visited, in order."""
        return tuple(each.candidate.loan_no for each in self.admitted)


def _to_day(value: str | dt.date) -> Date:
    return to_date(value)


def _to_months(value: int) -> int:
    return to_whole(value)


def _to_longest(value: int | None) -> int | None:
    return None if value is None else to_whole(value, low=1)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class _Terms:
    on: Date = attrs.field(converter=_to_day)
    until: Date = attrs.field(converter=_to_day)
    capacity: Fraction = attrs.field(converter=to_visits)
    carried: Fraction = attrs.field(converter=to_visits)
    cooldown_months: int = attrs.field(converter=_to_months)
    longest_months: int | None = attrs.field(converter=_to_longest)
    seed: str = attrs.field(converter=to_text)

    def __attrs_post_init__(self) -> None:
        gather(self, _period_runs_forward, _carries_at_most_one, _cooldown_is_shorter, place="")

    def why_admitted(self, candidate: Candidate) -> AdmittedBecause | None:
        """Why a loan is visited whatever the capacity; ``None`` if it waits its turn."""
        if candidate.must:
            return AdmittedBecause.MUST
        if self._waited_too_long is not None and candidate.since <= self._waited_too_long:
            return AdmittedBecause.LONGEST_GAP
        return None

    def cools_until(self, candidate: Candidate) -> Date | None:
        """The first day on which a loan may be visited again, where that is after the period begins."""
        return None if candidate.since <= self._cooled_down else add_months(candidate.since, self.cooldown_months)

    @cached_property
    def _waited_too_long(self) -> Date | None:
        """The last day from which the longest gap is over by the end of the period."""
        return None if self.longest_months is None else cutoff_elapsed(self.longest_months, self.until)

    @cached_property
    def _cooled_down(self) -> Date:
        """The last day from which a cool-down is over when the period begins."""
        return cutoff_elapsed(self.cooldown_months, self.on)


def _period_runs_forward(terms: _Terms) -> InvalidValueError | None:
    return fault("until", str(terms.until), Phrase("不早于 `on`（{on}）", "on or after `on` ({on})", on=terms.on)) if terms.until < terms.on else None


def _carries_at_most_one(terms: _Terms) -> InvalidValueError | None:
    return fault("carried", terms.carried, Phrase("不超过1：不结转更多", "at most 1: no more is carried over")) if terms.carried > 1 else None


def _cooldown_is_shorter(terms: _Terms) -> InvalidValueError | None:
    if terms.longest_months is None or terms.cooldown_months <= terms.longest_months:
        return None
    return fault("cooldown_months", terms.cooldown_months, Phrase(
        "不超过 `longest_months`（{longest_months}）", "at most `longest_months` ({longest_months})", longest_months=terms.longest_months
    ))


def admit(  # noqa: PLR0913 - the terms of an admission, each by its name
    candidates: Iterable[Candidate],
    *,
    on: str | dt.date,
    until: str | dt.date,
    capacity: str | int | Decimal | Fraction,
    carried: str | int | Decimal | Fraction = 0,
    cooldown_months: int = 0,
    longest_months: int | None = None,
    seed: str = "admission",
) -> Admission:
    """Who is visited from *on* to *until*: those who must be, then the worst, as many as there is capacity for.

    A must is a candidate marked so, and one whose gap would exceed the longest before the next period. Musts are
    visited whatever the capacity and use it up; they never cool down. What is left goes to the others by points, by the
    second fact where points are equal, and by lot where that is equal too, so that neither the order of the rows nor
    the seed of a process matters.

    Args:
        candidates: The loans that could be visited, each once.
        on: The first day of the period.
        until: Its last day, inclusive.
        capacity: The visits there are in the period, exact: 1,055 loans visited once a year make ``"263.75"`` a quarter.
        carried: What the period before carried over.
        cooldown_months: Calendar months after a visit in which a loan is not visited again, unless it must be.
        longest_months: Calendar months within which every loan is visited again; ``None`` for no limit.
        seed: What the lots are drawn with.

    Raises:
        InvalidInputError: If an argument is malformed (a float capacity, a cool-down longer than the longest gap), or
            a loan is there twice.

    Examples:
        >>> book = [Candidate(f"L-{points}", points=points, since="2026-01-15") for points in (3, 9, 5, 7)]
        >>> found = admit(book, on="2027-01-01", until="2027-03-31", capacity="2.5")
        >>> found.loans, [each.candidate.loan_no for each in found.left_out], found.carried
        (('L-9', 'L-7'), ['L-5', 'L-3'], Fraction(1, 2))
    """
    terms = _Terms(
        on=on, until=until, capacity=capacity, carried=carried, cooldown_months=cooldown_months, longest_months=longest_months, seed=seed
    )
    musts, cooling, waiting = _sorted_out(_each_once(candidates), terms)
    available = terms.capacity + terms.carried
    room = max(0, floor(available) - len(musts))
    waiting = _worst_first(waiting, terms)
    admitted = (*musts, *(Admitted(each, AdmittedBecause.WORST_FIRST) for each in waiting[:room]))
    left = (LeftOut(each, LeftOutBecause.CAPACITY) for each in waiting[room:])
    carry = min(Fraction(1), max(Fraction(0), available - len(admitted)))
    return Admission(admitted=admitted, left_out=(*left, *cooling), available=available, carried=carry)


def _worst_first(waiting: list[Candidate], terms: _Terms) -> list[Candidate]:
    """By points, the second fact, then the lot.

    The second facts are replaced by their places among themselves: fractions are slow to compare, and of most pairs
    their floats tell enough.
    """
    seconds = {(each.then.numerator, each.then.denominator) for each in waiting}
    in_order = sorted((Fraction(*parts) for parts in seconds), key=lambda second: (float(second), second))
    place = {(second.numerator, second.denominator): at for at, second in enumerate(in_order)}
    drawn = lots(period=str(terms.on), seed=terms.seed)

    def order(each: Candidate) -> tuple[int, int, int]:
        return -each.points, -place[each.then.numerator, each.then.denominator], drawn(each.loan_no)

    return sorted(waiting, key=order)


def _sorted_out(candidates: Iterable[Candidate], terms: _Terms) -> tuple[list[Admitted], list[LeftOut], list[Candidate]]:
    """The musts, those that cool down, and those that wait their turn."""
    musts: list[Admitted] = []
    cooling: list[LeftOut] = []
    waiting: list[Candidate] = []
    for each in candidates:
        if (because := terms.why_admitted(each)) is not None:
            musts.append(Admitted(each, because))
        elif (day := terms.cools_until(each)) is not None:
            cooling.append(LeftOut(each, LeftOutBecause.COOLING_DOWN, day))
        else:
            waiting.append(each)
    return musts, cooling, waiting


def _each_once(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    met: set[str] = set()
    for each in several(candidates, field="candidates", expected=Phrase("若干候选贷款", "several candidates")):
        if not isinstance(each, Candidate):
            raise InvalidInputError.of("admit", [fault("candidates", each, Phrase("若干候选贷款", "several candidates"))])
        if each.loan_no in met:
            raise InvalidInputError.of("admit", [fault("candidates", each.loan_no, Phrase("互不重复的贷款", "loans that are each there once"))])
        met.add(each.loan_no)
        yield each
