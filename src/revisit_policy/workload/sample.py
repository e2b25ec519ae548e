"""Samples: a share of every part of a book, exactly, drawn by lot."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import TypeAlias

import attrs

from revisit_policy.errors import UnknownNameError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.brief import few_of
from revisit_policy.values.validation import checked, to_whole
from revisit_policy.workload.lot import lots, to_share

Ratio: TypeAlias = str | int | Decimal | Fraction


@attrs.frozen(kw_only=True)
class Stratum:
    """One part of a book and whom the lot has drawn of it.

    Args:
        name: What the part is called.
        size: How many loans it has.
        drawn: The loans drawn, in the order of their lots, the lowest first.
    """

    name: str
    size: int
    drawn: tuple[str, ...] = attrs.field(repr=few_of)


@attrs.frozen(kw_only=True)
class Sample:
    """Whom a draw has chosen, stratum by stratum in the order of their names.

    Args:
        period: What was drawn for.
        seed: The text fixed before the draw.
        strata: The parts of the book.
    """

    period: str
    seed: str
    strata: tuple[Stratum, ...] = attrs.field(repr=few_of)

    @property
    def loans(self) -> tuple[str, ...]:
        """All loans drawn, stratum by stratum."""
        return tuple(loan for stratum in self.strata for loan in stratum.drawn)

    def __contains__(self, loan_no: object) -> bool:
        return any(loan_no in stratum.drawn for stratum in self.strata)


def draw(loans: Mapping[str, str], *, rate: Ratio | Mapping[str, Ratio], period: str, seed: str, at_least: int = 0) -> Sample:
    """A share of every stratum of a book, exact in number.

    The number drawn of all strata together is the sum of rate times size, rounded up. It is divided among them by the
    largest-remainder method (Hamilton): each gets its whole share, and the places left go to the largest fractions,
    of equal ones to the first by name. Within a stratum the lowest lots are drawn, so that a larger share draws all
    that a smaller one draws.

    Args:
        loans: The stratum of every loan by loan number.
        rate: The share to be drawn, from 0 to 1, exact; one for all, or by stratum.
        period: What is drawn for.
        seed: A text fixed before the draw.
        at_least: The fewest drawn of a stratum, whatever its share; all of one that is smaller. It comes on top.

    Raises:
        InvalidValueError: If an argument is malformed.
        UnknownNameError: If *rate* is by stratum and a loan's stratum has none.

    Examples:
        >>> book = {f"L-{number}": "Guangzhou" if number < 30 else "Shenzhen" for number in range(50)}
        >>> sample = draw(book, rate="0.05", period="2027", seed="committee of 2026-12-01")
        >>> [(stratum.name, stratum.size, len(stratum.drawn)) for stratum in sample.strata]
        [('Guangzhou', 30, 2), ('Shenzhen', 20, 1)]
    """
    checked(loans, Mapping, field="loans", expected=Phrase("按借据号给出的每笔贷款所在的层", "the stratum of every loan by loan number"))
    fewest = to_whole(at_least, field="at_least")
    members: dict[str, list[str]] = {}
    for loan_no, stratum in loans.items():
        members.setdefault(stratum, []).append(loan_no)
    names = sorted(members)
    shares = {name: len(members[name]) * _rate_of(name, rate) for name in names}
    strata = []
    for name, number in _apportioned(shares).items():
        drawn = sorted(members[name], key=lots(period=period, seed=seed, stratum=name))
        strata.append(Stratum(name=name, size=len(drawn), drawn=tuple(drawn[: max(number, fewest)])))
    return Sample(period=period, seed=seed, strata=tuple(strata))


def _rate_of(stratum: str, rate: Ratio | Mapping[str, Ratio]) -> Fraction:
    if not isinstance(rate, Mapping):
        return to_share(rate, field="rate")
    if stratum not in rate:
        raise UnknownNameError(kind=Phrase("层", "stratum"), name=stratum, known=tuple(rate))
    return to_share(rate[stratum], field="rate")


def _apportioned(shares: Mapping[str, Fraction]) -> dict[str, int]:
    """Whole numbers for *shares*, together their sum rounded up: largest remainders first."""
    whole = {name: floor(share) for name, share in shares.items()}
    left = ceil(sum(shares.values())) - sum(whole.values())
    by_remainder = sorted(shares, key=lambda name: (whole[name] - shares[name], name))
    return {name: whole[name] + (name in by_remainder[:left]) for name in shares}
