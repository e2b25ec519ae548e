"""Admission: which loans are visited in a period when not all can be, and why the others are not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from math import floor

import attrs

from revisit_policy.errors import InvalidInputError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.brief import few_of
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Labelled
from revisit_policy.values.validation import fault, several
from revisit_policy.workload.admission_terms import AdmissionTerms
from revisit_policy.workload.candidate import Candidate
from revisit_policy.workload.lot import lots


class AdmittedBecause(Labelled, zh="入选理由"):
    """Why a loan is visited in a period."""

    MUST = "must", "本期必须回访", "has to be visited in this period"
    SAMPLED = "sampled", "抽样抽中", "drawn by lot"
    LONGEST_GAP = "longest_gap", "再等一期将超过最长间隔", "would exceed the longest gap if it waited"
    WORST_FIRST = "worst_first", "按风险高低排在名额之内", "among the worst that the capacity allows"


class LeftOutBecause(Labelled, zh="未入选理由"):
    """Why a loan is not visited in a period; one of which points or the last visit are *unknown* is met in columns only."""

    COOLING_DOWN = "cooling_down", "距上次回访不足冷却期", "visited too short a time ago"
    CAPACITY = "capacity", "名额已用于风险更高的贷款", "the capacity went to worse loans"
    BY_DATA = "by_data", "下一次回访为数据检查，无须人工", "its data are checked next, which takes nobody"
    UNKNOWN = "unknown", "资料不全，无法比较，应先补正", "cannot be compared until its figures are mended"


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
        left_out: Those left by capacity, worst first, then those whose data are checked or that cool down, in the order they came.
        available: The visits there were: the capacity and what was carried over to it.
        carried: What is carried over to the next period: what is left of *available*, at most one visit.
    """

    admitted: tuple[Admitted, ...] = attrs.field(repr=few_of)
    left_out: tuple[LeftOut, ...] = attrs.field(repr=few_of)
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

    A must is a candidate marked so, one drawn by lot, and one whose gap would exceed the longest before the next period. Musts are
    visited whatever the capacity and use it up; they never cool down. Of whom data are checked next (`Candidate.by_data`) takes no visit
    and is no must, but for the last two. What is left goes to the others by points, by the
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
    terms = AdmissionTerms(
        on=on, until=until, capacity=capacity, carried=carried, cooldown_months=cooldown_months, longest_months=longest_months, seed=seed
    )
    musts, others, waiting = _sorted_out(_each_once(candidates), terms)
    room = terms.room_beside(len(musts))
    waiting = _worst_first(waiting, terms)
    admitted = (*musts, *(Admitted(each, AdmittedBecause.WORST_FIRST) for each in waiting[:room]))
    left = (LeftOut(each, LeftOutBecause.CAPACITY) for each in waiting[room:])
    return Admission(admitted=admitted, left_out=(*left, *others), available=terms.available, carried=terms.carried_from(len(admitted)))


def _worst_first(waiting: list[Candidate], terms: AdmissionTerms) -> list[Candidate]:
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


def _sorted_out(candidates: Iterable[Candidate], terms: AdmissionTerms) -> tuple[list[Admitted], list[LeftOut], list[Candidate]]:
    """The musts, those whose data are checked or that cool down, and those that wait their turn."""
    musts: list[Admitted] = []
    others: list[LeftOut] = []
    waiting: list[Candidate] = []
    for each in candidates:
        if (because := _why_admitted(each, terms)) is not None:
            musts.append(Admitted(each, because))
        elif each.by_data:
            others.append(LeftOut(each, LeftOutBecause.BY_DATA))
        elif each.since > terms.cooled_down:
            others.append(LeftOut(each, LeftOutBecause.COOLING_DOWN, terms.cool_again(each.since)))
        else:
            waiting.append(each)
    return musts, others, waiting


def _why_admitted(candidate: Candidate, terms: AdmissionTerms) -> AdmittedBecause | None:
    """Why a loan is visited whatever the capacity; ``None`` if it waits its turn."""
    if candidate.must and not candidate.by_data:
        return AdmittedBecause.MUST
    if candidate.sampled:
        return AdmittedBecause.SAMPLED
    if terms.waited_too_long is not None and candidate.since <= terms.waited_too_long:
        return AdmittedBecause.LONGEST_GAP
    return None


def _each_once(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    met: set[str] = set()
    for each in several(candidates, field="candidates", expected=Phrase("若干候选贷款", "several candidates")):
        if not isinstance(each, Candidate):
            raise InvalidInputError.of("admit", [fault("candidates", each, Phrase("若干候选贷款", "several candidates"))])
        if each.loan_no in met:
            raise InvalidInputError.of("admit", [fault("candidates", each.loan_no, Phrase("互不重复的贷款", "loans that are each there once"))])
        met.add(each.loan_no)
        yield each
