"""When the visits of the made-up book were reported and the borrowers told. Chance of its own, so that the book itself stays as it is."""

from __future__ import annotations

import random

import attrs

from revisit_policy import CaseFile, Visit
from revisit_policy.values import Date, from_ordinal


def with_reports(case: CaseFile, *, on: Date) -> CaseFile:
    """The *case* with the days its visits were reported and the borrower was told, as far as they lie before *on*; three in a hundred forgotten."""
    chance = random.Random(case.loan.loan_no)  # noqa: S311 - a made-up book, the same on every machine
    return attrs.evolve(case, visits=tuple(_reported(visit, chance, on=on) for visit in case.visits))


def _reported(visit: Visit, chance: random.Random, *, on: Date) -> Visit:
    reported = from_ordinal(visit.completed_on.toordinal() + chance.choice((0, 1, 1, 2, 3)))
    told = from_ordinal(reported.toordinal() + chance.choice((1, 2, 3, 5)))
    if chance.random() < 0.03 or reported >= on:
        return visit
    return attrs.evolve(visit, reported_on=reported, told_on=told if told < on else None)
