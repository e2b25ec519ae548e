"""Quotas: the cut-offs in points that a capacity allows, as a table that can be signed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import attrs

from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.language.fact import Fact
from revisit_policy.language.grid import bands
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.citation import Citation
from revisit_policy.values.labels import Label
from revisit_policy.values.validation import fault, gather, gathering, refused, to_tuple, to_whole
from revisit_policy.workload.capacity import to_visits

_MONTHS_OF_A_YEAR = 12


@attrs.frozen(kw_only=True)
class Quota:
    """Intervals by points that keep within a capacity, as loose as whole cut-offs allow.

    Args:
        cuts: From how many points on the next shorter interval holds, rising; one fewer than *months*.
        months: The intervals in months, from the fewest points to the most, falling.
        expected: Visits a loan-year that they come to, what is reserved included.
        one_looser: The same if every cut were one point lower: more than the capacity; ``None`` where every loan has
            the shortest interval already, so that nothing looser is left.
    """

    cuts: tuple[int, ...]
    months: tuple[int, ...]
    expected: Fraction
    one_looser: Fraction | None

    def months_of(self, points: int) -> int:
        """The interval in months of a loan with so many points."""
        return self.months[bisect_right(self.cuts, points)]

    def table(self, points: Fact, *, id: str = "interval", label: Label, source: Citation) -> Table:  # noqa: A002 - as `Table` has it
        """The cut-offs as a table of months over *points*, to be signed, and compared with last year's.

        Args:
            points: The fact that holds them, such as the outcome of a table of points.
            id: What the table and its rules are called.
            label: What the table is called for people.
            source: What the cut-offs rest on; a bank's own decision, as a rule.

        Raises:
            InvalidPolicyError: If *points* is no whole number, or the cuts lie outside what it can be.
        """
        rules = tuple(
            Rule(f"{id}-{months}", when=band, then=months, because=_because(months), source=source)
            for band, months in zip(bands(points, *self.cuts), self.months, strict=True)
        )
        return Table(id, outcomes=self.months, fold="unique", rules=rules, label=label)


def _because(months: int) -> Label:
    return Label(f"按积分档位每{months}个月回访一次", f"a visit every {months} months in this band of points")


def _to_book(value: Mapping[int, int]) -> Mapping[int, int]:
    if value and isinstance(value, Mapping):
        return {to_whole(points, low=None): to_whole(loans) for points, loans in sorted(value.items())}
    raise refused(value, Phrase("各分值的贷款笔数", "how many loans have how many points"))


def _to_months(value: Iterable[int]) -> tuple[int, ...]:
    months = tuple(to_whole(each, low=1) for each in to_tuple(value))
    if len(months) > 1 and all(longer > shorter for longer, shorter in pairwise(months)):
        return months
    raise refused(value, Phrase("两个或更多以月计的间隔，依次缩短", "two intervals in months or more, each shorter than the one before"))


def _to_steps(value: Iterable[int]) -> tuple[int, ...]:
    steps = tuple(to_whole(each, low=1) for each in to_tuple(value))
    if all(lower < higher for lower, higher in pairwise(steps)):
        return steps
    raise refused(value, Phrase("其后各分界与第一分界的距离，递增", "distances of the later cuts from the first, rising"))


@attrs.frozen(kw_only=True, field_transformer=gathering)
class _Terms:
    book: Mapping[int, int] = attrs.field(converter=_to_book)
    months: tuple[int, ...] = attrs.field(converter=_to_months)
    steps: tuple[int, ...] = attrs.field(converter=_to_steps)
    capacity: Fraction = attrs.field(converter=to_visits)
    reserved: Fraction = attrs.field(converter=to_visits)

    def __attrs_post_init__(self) -> None:
        gather(self, _one_step_less_than_cuts, _has_loans, place="")

    def cuts(self, first: int) -> tuple[int, ...]:
        return (first, *(first + step for step in self.steps))

    def spend(self, first: int) -> Fraction:
        """Visits a loan-year if the first cut stands at *first*."""
        cuts = self.cuts(first)
        visits = Fraction(0)
        for points, loans in self.book.items():
            visits += Fraction(_MONTHS_OF_A_YEAR * loans, self.months[bisect_right(cuts, points)])
        return self.reserved + visits / sum(self.book.values())


def _one_step_less_than_cuts(terms: _Terms) -> InvalidValueError | None:
    wanted = len(terms.months) - 2
    return (
        None
        if len(terms.steps) == wanted
        else fault(
            "steps", terms.steps, Phrase("{len}个间隔须有{wanted}个距离", "{wanted} distances for {len} intervals", wanted=wanted, len=len(terms.months))
        )
    )


def _has_loans(terms: _Terms) -> InvalidValueError | None:
    return None if sum(terms.book.values()) else fault("book", dict(terms.book), Phrase("至少有一笔贷款的贷款组合", "a book with at least one loan"))


def quota(
    book: Mapping[int, int],
    *,
    months: Iterable[int],
    steps: Iterable[int] = (),
    capacity: str | int | Decimal | Fraction,
    reserved: str | int | Decimal | Fraction = 0,
) -> Quota:
    """The lowest cut-offs in points whose visits keep within *capacity*, exactly.

    Moving the first cut up by a point lengthens intervals and never shortens one, so spend falls as it rises, and the
    cut is found by bisection. The expected spend holds for this book as it stands: what arrears, musts and next year's
    book do to it is not foreseen; `admit` keeps a capacity exactly.

    Args:
        book: How many loans have how many points; more points are worse.
        months: The intervals in months, from the fewest points to the most, falling.
        steps: How far the second and later cuts lie above the first, in points, rising.
        capacity: Visits a loan-year there are.
        reserved: Visits a loan-year that are spent otherwise, such as first visits.

    Raises:
        InvalidInputError: If an argument is malformed, or the longest interval for every loan takes more than there is.

    Examples:
        >>> found = quota({0: 600, 2: 250, 4: 100, 7: 50}, months=(36, 24, 12, 9), steps=(2, 5), capacity="0.5")
        >>> found.cuts, float(found.expected), float(found.one_looser)
        ((1, 3, 6), 0.4916..., 0.7166...)
    """
    terms = _Terms(book=book, months=months, steps=steps, capacity=capacity, reserved=reserved)
    lowest, highest = min(terms.book) - max((0, *terms.steps)), max(terms.book) + 1
    if (least := terms.spend(highest)) > terms.capacity:
        raise InvalidInputError.of(
            "quota",
            [
                fault(
                    "capacity",
                    terms.capacity,
                    Phrase("不小于{least}：每笔贷款均取最长间隔", "at least {least}: every loan at the longest interval", least=least),
                )
            ],
        )
    while lowest < highest:
        middle = (lowest + highest) // 2
        if terms.spend(middle) <= terms.capacity:
            highest = middle
        else:
            lowest = middle + 1
    looser = terms.spend(lowest - 1)
    expected = terms.spend(lowest)
    return Quota(cuts=terms.cuts(lowest), months=terms.months, expected=expected, one_looser=looser if looser > expected else None)
