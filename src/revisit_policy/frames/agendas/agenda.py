"""Monday's list: who of a book is visited in a period, who is not and why, and the hours that it takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any, Final, Unpack

import narwhals as nw

from revisit_policy.frames.agendas.admitting import STANDINGS, VISITED
from revisit_policy.frames.agendas.agenda_rows import AgendaColumns, agenda_rows, may_be_read
from revisit_policy.frames.agendas.book_agenda import BookAgenda, OfficeHours
from revisit_policy.frames.agendas.by_office import standings_by_office, terms_by_office
from revisit_policy.frames.agendas.given_frame import GivenFrame
from revisit_policy.frames.subject import subject_of
from revisit_policy.outcomes.visit import VisitMethod
from revisit_policy.outcomes.words.vocabulary import Vocabulary
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.policy.rulebook import Rulebook
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import OrderedLabelled
from revisit_policy.values.validation import checked, fault
from revisit_policy.workload.admission import LeftOutBecause
from revisit_policy.workload.admission_terms import AdmissionTerms
from revisit_policy.workload.hours import VisitHours

#: The columns that an agenda adds.
STANDING: Final = "agenda"
UNTIL: Final = "agenda_until"


def agenda(  # noqa: PLR0913 - the terms of an admission, each by its name
    policy: RevisitPolicy | Rulebook,
    decided: Any,
    *,
    on: str | dt.date,
    until: str | dt.date,
    capacity: str | int | Decimal | Fraction | Mapping[str | None, str | int | Decimal | Fraction],
    carried: str | int | Decimal | Fraction | Mapping[str | None, str | int | Decimal | Fraction] = 0,
    cooldown_months: int = 0,
    longest_months: int | None = None,
    seed: str = "admission",
    by_data: OrderedLabelled | str | None = None,
    **columns: Unpack[AgendaColumns],
) -> BookAgenda:
    """Who of a book is visited from *on* to *until*, as `workload.admit` says it of one candidate after the other.

    A must is a loan whose next visit closes in the period, or has been missed. Whoever is drawn by lot, or would exceed the longest
    gap, is visited too; what is left of the capacity goes to the others, worst first. Every other loan is left out with its reason.
    A loan whose next visit is a check of data takes nobody, and is left out so; what a person has to do after that check, where the two are not
    done together, stands in the list of the loan as it is decided once the check is recorded.

    Args:
        policy: What decided; its vocabulary says how long visits take.
        decided: A frame of polars or pandas, a row a loan, with the columns of `decide(..., visits=True)`; a lazy one is collected, and what is
            read of one of pandas is brought over by way of Arrow.
        on: The first day of the period.
        until: Its last day, inclusive.
        capacity: The visits there are in the period, exact: one figure for the whole book, or by office, ``None`` for loans that name
            none. Each office is then levelled by itself: what one has left no other gets.
        carried: What the period before carried over; by office where the capacity is, nothing for one that is left out.
        cooldown_months: Calendar months after a visit in which a loan is not visited again, unless it must be.
        longest_months: Calendar months within which every loan is visited again; ``None`` for no limit.
        seed: What the lots are drawn with.
        by_data: The method of the policy that takes nobody, or its code; left out, `VisitMethod.OFF_SITE` where the policy has it.
        columns: Which columns are read; see `AgendaColumns`.

    Returns:
        The agenda; its ``frame`` is *decided* with ``agenda``, a code of `workload.AdmittedBecause` or `workload.LeftOutBecause`, and
        ``agenda_until``, the first day on which a loan that cools down could be visited.

    Raises:
        InvalidInputError: If terms are malformed (a float capacity, a cool-down longer than the longest gap), columns are missing
            or of another type, a loan is there twice, or the frame has an agenda.
        InvalidValueError: If it is no frame of polars or pandas, or no policy, or a capacity is by office and no column says the *office*.
        UnknownNameError: If a capacity is by office and one with loans has none, with the nearest that has, or the policy has no method *by_data*.

    Examples:
        >>> from revisit_policy import BorrowerProfile, CaseFile, Loan, cny, frames
        >>> from revisit_policy.rulebooks import cn_housing
        >>> loan = Loan(
        ...     "L-1", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000), annual_rate="0.0335",
        ...     repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=45,
        ... )
        >>> case = CaseFile(loan=loan, borrower=BorrowerProfile("B-1"))
        >>> decided = frames.decide(cn_housing.rulebook, frames.from_cases([case]), on="2026-11-24", visits=True)
        >>> week = agenda(cn_housing.rulebook, decided, on="2026-11-24", until="2026-11-30", capacity=20)
        >>> week.frame["agenda"].to_list(), week.hours.visits
        (['must'], 1)
    """
    checked(policy, RevisitPolicy | Rulebook, field="policy", expected=Phrase("RevisitPolicy 或 Rulebook", "a RevisitPolicy or a Rulebook"))
    made = partial(AdmissionTerms, on=on, until=until, cooldown_months=cooldown_months, longest_months=longest_months, seed=seed)
    terms = terms_by_office(capacity, carried, made)
    if isinstance(terms, Mapping) and "office" not in columns:
        raise fault("office", None, Phrase("写有机构的列名，因名额按机构给出", "the column that says the office, because the capacity is by office"))
    given = GivenFrame.of(decided, free=(STANDING, UNTIL), is_read=lambda name: may_be_read(name, columns))
    any_terms = terms if isinstance(terms, AdmissionTerms) else next(iter(terms.values()))
    words = subject_of(policy).words
    rows = agenda_rows(given.read, columns, until=any_terms.until, by_data=_place(by_data, words))
    said = standings_by_office(rows, terms)
    visited = rows.filter(said.is_in(VISITED))
    polars = nw.dependencies.get_polars()
    cools = rows.select(
        polars.when(said == LeftOutBecause.COOLING_DOWN.value).then(polars.col("since").dt.offset_by(f"{any_terms.cooldown_months}mo"))
    ).to_series()
    counts = dict(said.value_counts().iter_rows())
    offices = _offices(_counted(visited, words), terms, words)
    return BookAgenda(
        frame=given.with_columns(**{STANDING: said, UNTIL: cools}),
        standings=tuple((standing, counts.get(standing.value, 0)) for standing in STANDINGS),
        offices=offices,
        hours=_counted(visited.with_columns(office=None), words).get(None, VisitHours.of(words, {})),
        available=any_terms.available if terms is any_terms else _summed(each.available for each in offices),
        carried=any_terms.carried_from(len(visited)) if terms is any_terms else _summed(each.carried for each in offices),
    )


def _place(by_data: OrderedLabelled | str | None, words: Vocabulary) -> int | None:
    """The place of the method that takes nobody; ``None`` if there is none."""
    if by_data is None:
        return words.means.index(VisitMethod.OFF_SITE) if VisitMethod.OFF_SITE in words.means else None
    return words.means.index(words.method(by_data if isinstance(by_data, str) else by_data.value).method)


def _offices(taken: Mapping[str | None, VisitHours], terms: AdmissionTerms | Mapping[str | None, AdmissionTerms], words: Vocabulary) -> tuple[OfficeHours, ...]:
    """What the visits of each office have *taken*; where each has a capacity also of those that have none to make."""
    if isinstance(terms, AdmissionTerms):
        return tuple(OfficeHours(*each) for each in taken.items())
    found = []
    for office in sorted(terms, key=_in_order):
        hours, of = taken.get(office, VisitHours.of(words, {})), terms[office]
        found.append(OfficeHours(office, hours, available=of.available, carried=of.carried_from(hours.visits)))
    return tuple(found)


def _summed(parts: Iterable[Fraction | None]) -> Fraction:
    return sum((part for part in parts if part is not None), start=Fraction(0))


def _in_order(office: str | None) -> tuple[bool, str]:
    return office is not None, office or ""


def _counted(visited: Any, words: Vocabulary) -> dict[str | None, VisitHours]:
    """What the visits take office by office, in the order of their names, those of no office first."""
    polars = nw.dependencies.get_polars()
    usual = polars.Series([note.officers for note in words.methods], dtype=polars.Int64)
    methods = visited.with_columns(polars.col("method").fill_null(0))
    methods = methods.with_columns(polars.col("officers").fill_null(polars.lit(usual).gather(polars.col("method"))))
    counted = methods.group_by("office", "method").agg(polars.len(), polars.col("officers").sum())
    takes = {(office, method): (visits, officers) for office, method, visits, officers in counted.iter_rows()}
    offices = sorted({office for office, _ in takes}, key=_in_order)
    codes = [note.method.value for note in words.methods]
    return {office: VisitHours.of(words, {codes[place]: each for (of, place), each in takes.items() if of == office}) for office in offices}
