"""Case files and their parts: strategies for what a bank knows, realistic unless a field says otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

import attrs
from hypothesis import strategies as st

from revisit_policy.casefile.borrower import BorrowerProfile, CreditStanding, Employment
from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.collateral import Collateral, PropertyType, RegistrationState, StallCause
from revisit_policy.casefile.loan import Loan
from revisit_policy.casefile.market import MarketConditions
from revisit_policy.casefile.people.determination import Determination
from revisit_policy.casefile.visit import Visit
from revisit_policy.errors import InvalidValueError
from revisit_policy.outcomes.grade import UNCLASSIFIED
from revisit_policy.outcomes.visit import Finding
from revisit_policy.outcomes.words.vocabulary import OURS, Vocabulary, beside_ours
from revisit_policy.speech.phrase import Phrase
from revisit_policy.testing.strategies.actions import actions
from revisit_policy.testing.strategies.drawing import Draw, amounts, checked_fields, parts, past_days
from revisit_policy.testing.strategies.loans import ON, loans
from revisit_policy.values.dates import Date, from_ordinal, to_date
from revisit_policy.values.labels import OrderedLabelled
from revisit_policy.values.money import Money, cny

#: Changes of home prices in twelve months, in hundredths of a per cent: at and beside what policies ask about.
PRICE_CHANGES: Final = (100, 0, 500, -200, -499, -500, -501, -999, -1000, -1001, -2000)
VOLATILITIES: Final = (300, 0, 500, 999, 1000, 1001, 2000)

_BORROWER_NUMBERS: Final = st.integers(1, 999_999).map(lambda number: f"B-{number:06}")
_STANDINGS: Final = st.sampled_from([standing.value for standing in CreditStanding])
_EMPLOYMENTS: Final = st.sampled_from([work.value for work in Employment])
_INCOMES: Final = amounts(low=8_000, high=80_000, step=500)
_ANSWERS: Final = st.sampled_from((None, True, False))
_FAILED_CONTACTS: Final = st.sampled_from((0, 0, 0, 0, 1, 2, 3, 8))
_FIRST_VALUES: Final = amounts(low=500_000, high=8_000_000, step=100_000)
_PROPERTY_TYPES: Final = st.sampled_from([kind.value for kind in PropertyType])
_REGISTRATIONS: Final = st.sampled_from([state.value for state in RegistrationState])
_STALL_CAUSES: Final = st.sampled_from((None, *(cause.value for cause in StallCause)))
_REGIONS: Final = st.sampled_from(("Guangzhou", "Chengdu", "Harbin"))
_PRICE_CHANGES: Final = st.sampled_from([f"{points / 10_000:.4f}" for points in PRICE_CHANGES])
_VOLATILITIES: Final = st.sampled_from([f"{points / 10_000:.4f}" for points in VOLATILITIES])
_ROLES: Final = st.sampled_from(("credit_committee", "branch_manager"))
_FINDINGS: Final = st.sampled_from((Finding.SATISFACTORY.value, *(finding.value for finding in Finding)))


def borrowers(*, on: str | dt.date = ON, **fields: Any) -> st.SearchStrategy[BorrowerProfile]:
    """Borrowers as known on the day *on*; most are in order.

    Args:
        on: The day; no review was made after it.
        fields: Fields of `BorrowerProfile` that are the same in every one.
    """
    return _borrowers(to_date(on, field="on"), checked_fields(BorrowerProfile, fields), None)


@st.composite
def _borrowers(draw: st.DrawFn, on: Date, fields: Mapping[str, Any], loan: Loan | None) -> BorrowerProfile:
    pick = Draw(
        draw,
        fields,
        unknown=("credit_standing", "employment", "monthly_income", "income_at_last_review", "monthly_debt_service", "property_fee", "reviewed_on"),
        registers=("lost_contact", "deceased", "other_bad_debt", "debt_evasion", "bankruptcy", "divorced", "seriously_ill", "moved_away"),
    )
    pick("id", _BORROWER_NUMBERS)
    pick("credit_standing", _STANDINGS)
    pick("employment", _EMPLOYMENTS)
    income = pick("monthly_income", _INCOMES)
    if income is not None:
        pick("income_at_last_review", parts(income, 100, 95, 110, 125, 126, 143, 200))
    instalment = loan.instalment if loan is not None and loan.instalment is not None else cny(5_000)
    service = pick("monthly_debt_service", parts(instalment, 100, 120, 150, 300))
    if service is not None:
        pick("property_fee", parts(service, 3, 0, 10))
    for name in ("cooperative", "co_borrower_paying"):
        pick(name, _ANSWERS)
    pick("has_co_borrower", st.sampled_from((None, True)) if pick.drawn["co_borrower_paying"] else _ANSWERS)
    pick("reviewed_on", past_days(on, 700))
    pick("failed_contact_attempts", _FAILED_CONTACTS)
    return BorrowerProfile(**pick.drawn)


def collaterals(*, on: str | dt.date = ON, **fields: Any) -> st.SearchStrategy[Collateral]:
    """Mortgaged homes as known on the day *on*; most are worth more than a usual loan and registered.

    Args:
        on: The day; no valuation was made after it.
        fields: Fields of `Collateral` that are the same in every one.
    """
    return _collaterals(to_date(on, field="on"), checked_fields(Collateral, fields), None)


@st.composite
def _collaterals(draw: st.DrawFn, on: Date, fields: Mapping[str, Any], loan: Loan | None) -> Collateral:
    pick = Draw(
        draw,
        fields,
        unknown=("value_at_origination", "value", "valued_on", "property_type", "registration", "registrable_since"),
        registers=("seized", "project_stalled", "damaged_by_owner", "has_guarantor", "has_developer_guarantee", "insurance_lapsed", "purchase_rescinded"),
    )
    granted = pick("value_at_origination", _first_values(loan))
    value = pick("value", parts(granted if granted is not None else cny(2_000_000), 100, 95, 110, 80, 60, 40, 0))
    if value is not None:
        pick("valued_on", past_days(on, 800))
    pick("property_type", _PROPERTY_TYPES)
    state = pick("registration", _REGISTRATIONS)
    if state != RegistrationState.REGISTERED.value:
        pick("registrable_since", past_days(on, 400))
    pick("guarantee_until", st.none() | _days_about(on))
    pick("stall_cause", _STALL_CAUSES)
    return Collateral(**pick.drawn)


def _days_about(on: Date) -> st.SearchStrategy[Date]:
    """Days shortly before and long after *on*, and the day itself."""
    return st.integers(-200, 700).map(lambda days: from_ordinal(on.toordinal() + days))


def _first_values(loan: Loan | None) -> st.SearchStrategy[Money]:
    if loan is not None and loan.price is not None:
        return parts(loan.price, 100, 95, 105)
    return _FIRST_VALUES


def markets(*, on: str | dt.date = ON, **fields: Any) -> st.SearchStrategy[MarketConditions]:
    """Home prices as known on the day *on*; mostly calm.

    Args:
        on: The day; no prices are of a later one.
        fields: Fields of `MarketConditions` that are the same in every one.
    """
    return _markets(to_date(on, field="on"), checked_fields(MarketConditions, fields))


@st.composite
def _markets(draw: st.DrawFn, on: Date, fields: Mapping[str, Any]) -> MarketConditions:
    pick = Draw(draw, fields, unknown=("region", "price_change_12m", "price_volatility", "as_of"))
    pick("region", _REGIONS)
    pick("price_change_12m", _PRICE_CHANGES)
    pick("price_volatility", _VOLATILITIES)
    pick("as_of", past_days(on, 60))
    return MarketConditions(**pick.drawn)


def determinations(*, on: str | dt.date = ON, vocabulary: Vocabulary | None = None, **fields: Any) -> st.SearchStrategy[Determination]:
    """What people determined last, as known on the day *on*; most loans were never classified or are as mild as can be.

    Args:
        on: The day; nothing was determined after it.
        vocabulary: The words of the policy that is to read them, such as ``policy.words``; ours if left out.
        fields: Fields of `Determination` that are the same in every one.
    """
    return _determinations(to_date(on, field="on"), checked_fields(Determination, fields), beside_ours(vocabulary))


@st.composite
def _determinations(draw: st.DrawFn, on: Date, fields: Mapping[str, Any], words: Vocabulary) -> Determination:
    pick = Draw(draw, fields, unknown=("on", "role"))
    grades = tuple(grade for grade in words.grades if isinstance(grade, OrderedLabelled))
    grade = pick("grade", st.sampled_from((UNCLASSIFIED, UNCLASSIFIED, *grades[:1], *grades, None)))
    if grade not in {None, UNCLASSIFIED, UNCLASSIFIED.value}:
        pick("on", past_days(on, 120))
        pick("role", _ROLES)
    return Determination(**pick.drawn)


def visits(
    *, on: str | dt.date = ON, since: str | dt.date | None = None, vocabulary: Vocabulary | None = None, **fields: Any
) -> st.SearchStrategy[Visit]:
    """Visits completed by the day *on*.

    Args:
        on: The day; no visit was completed after it.
        since: The first day on which a visit can have been completed; ``None`` for three years before *on*.
        vocabulary: The words of the policy that is to read them, such as ``policy.words``; ours if left out.
        fields: Fields of `Visit` that are the same in every one.
    """
    day = to_date(on, field="on")
    reach = 3 * 365 if since is None else max(0, day.toordinal() - to_date(since, field="since").toordinal())
    return _visits(day, reach, checked_fields(Visit, fields), beside_ours(vocabulary))


@st.composite
def _visits(draw: st.DrawFn, on: Date, reach: int, fields: Mapping[str, Any], words: Vocabulary) -> Visit:
    pick = Draw(draw, fields)
    pick("kind", st.sampled_from(words.visited or words.at_desk))  # a bank that calls on nobody has its talks on record
    pick("method", st.sampled_from(words.means))
    pick("completed_on", past_days(on, reach))
    pick("finding", _FINDINGS)
    return Visit(**pick.drawn)


Fields = Mapping[str, Any]


def case_files(  # noqa: PLR0913 - the parts of a case file, the day and the words
    *,
    on: str | dt.date = ON,
    loan: Fields | None = None,
    borrower: Fields | None = None,
    collateral: Fields | None = None,
    market: Fields | None = None,
    determination: Fields | None = None,
    most_visits: int = 3,
    most_actions: int = 2,
    vocabulary: Vocabulary | None = None,
) -> st.SearchStrategy[CaseFile]:
    """Case files as they stand on the day *on*: the parts fit one another, and nothing in them lies ahead of the day.

    Args:
        on: The day on which they are to be judged.
        loan: Fields of the loan that are the same in every case, by name.
        borrower: The same for the borrower.
        collateral: The same for the collateral.
        market: The same for the market.
        determination: The same for what people determined last.
        most_visits: How many visits there are at most.
        most_actions: About how many measures something was done at most.
        vocabulary: The words and the currency of the policy that is to decide, such as ``policy.words``; left out, the words are
            ours and the amounts in yuan.

    Examples:
        >>> from hypothesis import given
        >>> @given(case_files(on="2026-06-30", loan={"days_past_due": 91}))
        ... def law(case):
        ...     case.check(ON)
        >>> law()
    """
    kinds = (Loan, BorrowerProfile, Collateral, MarketConditions, Determination)
    asked = (loan, borrower, collateral, market, determination)
    given = [checked_fields(kind, {} if fields is None else fields) for kind, fields in zip(kinds, asked, strict=True)]
    most = _to_size(most_visits, field="most_visits"), _to_size(most_actions, field="most_actions")
    words = beside_ours(vocabulary)
    done = OURS if vocabulary is None else vocabulary
    return _case_files(to_date(on, field="on"), given, most, words, done).map(partial(in_currency, currency=words.currency))


def _to_size(value: int, *, field: str) -> int:
    if type(value) is not int or value < 0:
        raise InvalidValueError(owner="", field=field, value=value, expected=Phrase("不小于0的整数", "a whole number from 0"))
    return value


@st.composite
def _case_files(draw: st.DrawFn, on: Date, given: Sequence[Fields], most: tuple[int, int], words: Vocabulary, acting: Vocabulary) -> CaseFile:
    loan = draw(loans(on=on, **given[0]))
    made = st.lists(visits(on=on, since=loan.disbursed_on, vocabulary=words), max_size=most[0])
    return CaseFile(
        loan=loan,
        visits=tuple(draw(made)),
        borrower=draw(_borrowers(on, given[1], loan)),
        collateral=draw(_collaterals(on, given[2], loan)),
        market=draw(_markets(on, given[3])),
        determination=draw(_determinations(on, given[4], words)),
        actions=draw(actions(on=on, since=loan.disbursed_on, vocabulary=acting, most=most[1])),
    )


def in_currency(case: CaseFile, *, currency: str | None) -> CaseFile:
    """The *case* with as many minor units of another *currency* for all its amounts; as it is for ``None``."""
    if currency in {None, case.loan.principal.currency}:
        return case
    parts_in_it: dict[str, Any] = {}
    for name in ("loan", "borrower", "collateral"):
        part = getattr(case, name)
        fields = {field.name: getattr(part, field.name) for field in attrs.fields(type(part))}
        parts_in_it[name] = type(part)(**{field: Money(value.minor, currency) if isinstance(value, Money) else value for field, value in fields.items()})
    return attrs.evolve(case, **parts_in_it)


def portfolios(*, on: str | dt.date = ON, least: int = 1, most: int = 20, **given: Any) -> st.SearchStrategy[tuple[CaseFile, ...]]:
    """Portfolios: tuples of case files, no two loans of one number.

    Args:
        on: The day on which they are to be judged.
        least: How many case files there are at least.
        most: How many there are at most.
        given: What is the same in every case file, as for `case_files`.

    Examples:
        >>> from hypothesis import given, settings
        >>> @settings(max_examples=5)
        ... @given(portfolios(most=3, loan={"days_past_due": 91}))
        ... def law(book):
        ...     assert {case.loan.days_past_due for case in book} == {91}
        >>> law()
    """
    if _to_size(most, field="most") < _to_size(least, field="least"):
        raise InvalidValueError(owner="", field="most", value=most, expected=Phrase("不小于 `least`（{least}）", "at least `least` ({least})", least=least))
    files = st.lists(case_files(on=on, **given), min_size=least, max_size=most, unique_by=lambda case: case.loan.loan_no)
    return files.map(tuple)
