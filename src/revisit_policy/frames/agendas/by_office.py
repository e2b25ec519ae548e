"""Admission office by office: one capacity of a whole book, or one an office, each then levelled by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any, TypeAlias

import narwhals as nw

from revisit_policy.errors import InvalidInputError, InvalidValueError, UnknownNameError
from revisit_policy.frames.agendas.admitting import standings
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import fault
from revisit_policy.workload.admission_terms import AdmissionTerms

#: Visits there are, exact.
Visits: TypeAlias = str | int | Decimal | Fraction

#: Visits there are for a whole book, or for each of its offices.
OfBook: TypeAlias = Visits | Mapping[str | None, Visits]


def terms_by_office(capacity: OfBook, carried: OfBook, terms: partial[AdmissionTerms]) -> AdmissionTerms | Mapping[str | None, AdmissionTerms]:
    """The terms of the whole book, or by office where the *capacity* is; what nothing is said about carries nothing over.

    Args:
        capacity: The visits there are.
        carried: What the period before carried over.
        terms: What makes terms of the two.

    Raises:
        InvalidInputError: If a capacity is malformed; the first office that has one is named.
        InvalidValueError: If the capacity is by office and what was carried over is not, or there is no office.
        UnknownNameError: If an office has something carried over and no capacity.
    """
    if not isinstance(capacity, Mapping):
        return terms(capacity=capacity, carried=carried)
    if not capacity:
        raise fault("capacity", 0, Phrase("一个数，或至少一个机构的数", "one figure, or those of at least one office"))
    if not isinstance(carried, Mapping):
        if carried != 0:
            raise fault("carried", carried, Phrase("与名额一样按机构给出", "by office, as the capacity is"))
        carried = {}
    _check_known(carried, capacity)
    return {office: _of_office(office, partial(terms, capacity=visits, carried=carried.get(office, 0))) for office, visits in capacity.items()}


def _of_office(office: str | None, terms: partial[AdmissionTerms]) -> AdmissionTerms:
    try:
        return terms()
    except InvalidInputError as error:
        faults = [each.located(owner=str(office), field="") for each in error.exceptions if isinstance(each, InvalidValueError)]
        raise InvalidInputError.of("agenda", faults) from None


def _check_known(offices: Iterable[str | None], capacity: Collection[str | None]) -> None:
    for office in offices:
        if office not in capacity:
            raise UnknownNameError(kind=Phrase("机构", "office"), name=office, known=tuple(map(str, capacity)))


def standings_by_office(rows: Any, terms: AdmissionTerms | Mapping[str | None, AdmissionTerms]) -> Any:
    """What is said of each of the *rows*, in their order, as `admitting.standings` has it of the loans of one office.

    Raises:
        UnknownNameError: If *terms* are by office and one with loans is not there, with the nearest.
    """
    if isinstance(terms, AdmissionTerms):
        return standings(rows, terms)
    offices = rows["office"].unique().sort().to_list()
    _check_known(offices, terms)
    polars = nw.dependencies.get_polars()
    numbered = rows.with_columns(place=polars.int_range(polars.len(), dtype=polars.UInt32))
    parts = [numbered.filter(polars.col("office").eq_missing(polars.lit(office))) for office in offices] or [numbered]
    said = [standings(part, terms.get(office, next(iter(terms.values())))) for office, part in zip(offices or [None], parts, strict=True)]
    return polars.concat(said).gather(polars.concat([part["place"] for part in parts]).arg_sort())
