"""Case files as rows: the columns that frames read, for a table of the application's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from operator import attrgetter
from typing import Any, Final

from revisit_policy.casefile.case_columns import CURRENCY, DETERMINED, FIELDS, SAID, action_paths, result_paths
from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.fields import LAST_YEAR
from revisit_policy.casefile.people.action import last_actions
from revisit_policy.casefile.rows.word_columns import OUR_COLUMNS, WordColumns, columns_in
from revisit_policy.casefile.visit import Visit
from revisit_policy.decision.seats.strangers import Strangers
from revisit_policy.errors import InvalidValueError
from revisit_policy.outcomes.grade import Grade
from revisit_policy.outcomes.words.vocabulary import Vocabulary, beside_ours
from revisit_policy.planning.last_visits import LastVisits
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import OrderedLabelled
from revisit_policy.values.money import Money
from revisit_policy.values.validation import checked, found_in

PLACES: Final = 11
"""Decimals of a ratio in a column: the most that a ratio can have and still be compared exactly."""

_EVER: Final = Date(LAST_YEAR, 12, 31)


def to_row(
    case: CaseFile, *, columns: Mapping[str, str] | None = None, only: Collection[str] | None = None, vocabulary: Vocabulary | None = None
) -> dict[str, Any]:
    """The case file as one row that `from_row` and frames read: plain values by the names of columns.

    Money is whole minor units, ratios are decimals, codes are text, days are `datetime.date`, what is not known is ``None``. Of its history
    a row has the last day of a visit of each kind (``visits.first``) and of each method or a better one (``visits.by.phone``), and the first
    day of each signal (``events.seizure``): all that a decision reads of it, and less than a record keeps. The days on which the last visit
    of a kind was reported and told (``visits.first.reported_on``, ``visits.first.told_on``) stand in the rows of which they are recorded.

    Args:
        case: The case file.
        columns: Names of columns by path, for those that are called otherwise.
        only: The paths that are wanted, in the order of the row; all if ``None``.
        vocabulary: The words of the policy that is to decide, ``policy.words``; ours if left out.

    Raises:
        InvalidValueError: If *case* is none, or a ratio has no decimal of eleven places.
        UnknownNameError: If *only* has a path that a case file has not, with the nearest one.

    Examples:
        >>> from revisit_policy import BorrowerProfile, CaseFile, Loan, cny
        >>> loan = Loan(
        ...     "L-1", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000), annual_rate="0.0335",
        ...     repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=45,
        ... )
        >>> case = CaseFile(loan=loan, borrower=BorrowerProfile("B-1"))
        >>> to_row(case, columns={"loan.loan_no": "contract_no"}, only=["loan.loan_no", "loan.balance", "loan.product"])
        {'contract_no': 'L-1', 'loan.balance': 145500000, 'loan.product': 'first_home'}
    """
    named = columns_in(beside_ours(vocabulary))
    cells = cells_of(checked(case, CaseFile, field="case", expected=Phrase("CaseFile", "a CaseFile")), named)
    by_name = {path: path for path in named.paths}
    wanted = cells if only is None else [found_in(by_name, path, kind=Phrase("列", "column")) for path in only]
    names = {} if columns is None else columns
    return {names.get(path, path): cells.get(path) for path in wanted}


def cells_of(case: CaseFile, named: WordColumns = OUR_COLUMNS) -> dict[str, Any]:
    """The cells of a row by path, in the order of the paths of *named*.

    Raises:
        InvalidInputError: If the case file speaks in other words, or is in another currency.
        InvalidValueError: If a ratio is no decimal of so many places.
    """
    Strangers(named.words).check(case)
    row = {path: _cell(attrgetter(path)(case), path) for path in (*FIELDS, *SAID)}
    grade = case.determination.grade
    if grade is not None and grade in named.grades.values():
        row[DETERMINED] = str(grade.value)
    row[CURRENCY] = case.loan.principal.currency
    last = LastVisits.of(case.visits, on=_EVER, apart=frozenset(named.desk.values()))
    row |= {path: _plain(last.of_kind(kind)) for path, kind in named.kinds.items()}
    row |= {path: _plain(last.at_least(method)) for path, method in named.methods.items()}
    for kind in named.reported.values():  # of those alone of which something is recorded
        row |= dict(_result([visit for visit in case.visits if visit.kind == kind and visit.reached_borrower], last.of_kind(kind)))
    row |= {path: _plain(day) for path, kind in named.desk.items() if (day := last.of_kind(kind)) is not None}  # of those alone that have been done
    since = {event.code: event.since for event in case.events}
    row |= {path: _plain(since.get(code)) for path, code in named.codes.items()}
    for action in last_actions(case.actions).values():  # a row has columns of those measures alone about which something has been done
        row |= dict(zip(action_paths(action.measure), (action.state.value, _plain(action.on)), strict=True))
    return row


def _result(visits: Iterable[Visit], last: Date | None) -> Iterator[tuple[str, dt.date]]:
    """When those *visits*, all of one kind, that were made on their *last* day were reported and told, by whichever of the records says so."""
    made = [visit for visit in visits if visit.completed_on == last]
    for path, name in zip(result_paths(made[0].kind) if made else (), ("reported_on", "told_on"), strict=False):
        days = [day for visit in made if (day := getattr(visit, name)) is not None]
        if days:
            yield path, dt.date.fromisoformat(str(min(days)))


def _cell(value: Any, path: str) -> Any:  # noqa: ANN401 - of the kind of its column
    match value:
        case Money():
            return value.minor
        case OrderedLabelled() if isinstance(value.coarser, Grade):
            return value.coarser.value  # a former grade finer than the categories, of which alone anything is asked
        case Enum():
            return str(value.value)
        case Fraction():
            return decimal_of(value, path)
        case Date():
            return _plain(value)
        case _:
            return value


def _plain(day: Date | None) -> dt.date | None:
    return None if day is None else dt.date(day.year, day.month, day.day)


def decimal_of(value: Fraction, path: str) -> Decimal:
    """A ratio as a decimal, as columns hold it.

    Raises:
        InvalidValueError: If it is none of so many places.
    """
    scaled = value * 10**PLACES
    if scaled.denominator != 1:
        expected = Phrase("至多{places}位小数的比率", "a ratio that is a decimal of at most {places} places", places=PLACES)
        raise InvalidValueError(owner="CaseFile", field=path, value=value, expected=expected)
    return Decimal(scaled.numerator).scaleb(-PLACES)
