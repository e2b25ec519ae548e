"""The case file: all the bank knows about one loan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

import attrs

from revisit_policy.casefile import fields
from revisit_policy.casefile.borrower import BorrowerProfile
from revisit_policy.casefile.collateral import Collateral
from revisit_policy.casefile.event import Event
from revisit_policy.casefile.loan import Loan
from revisit_policy.casefile.market import MarketConditions
from revisit_policy.casefile.own.own_facts import OwnFacts, to_own
from revisit_policy.casefile.people.action import Action, out_of_order, to_actions
from revisit_policy.casefile.people.determination import NEVER_CLASSIFIED, Determination
from revisit_policy.casefile.relation_checks import checks_between_parts, checks_on_a_day
from revisit_policy.casefile.visit import Visit, untold
from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.outcomes.grade import UNCLASSIFIED
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.brief import Shown, Words, few
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.validation import fault, gather, gathering, names_known, refused, to_tuple_of

Part = TypeVar("Part")


def _to_loan(value: Loan) -> Loan:
    return _of(Loan, value)


def _to_borrower(value: BorrowerProfile) -> BorrowerProfile:
    return _of(BorrowerProfile, value)


def _to_collateral(value: Collateral) -> Collateral:
    return _of(Collateral, value)


def _to_market(value: MarketConditions) -> MarketConditions:
    return _of(MarketConditions, value)


def _to_determination(value: Determination | None) -> Determination:
    return NOBODY_LOOKED if value is None else _of(Determination, value)


def _of(kind: type[Part], value: Part) -> Part:
    if isinstance(value, kind):
        return value
    raise refused(value, Phrase("{kind}", "a {kind}", kind=kind.__name__))


def _to_visits(values: Sequence[Visit]) -> tuple[Visit, ...]:
    return tuple(sorted(to_tuple_of(Visit, values), key=_completed_on))


def _to_events(values: Sequence[Event]) -> tuple[Event, ...]:
    return to_tuple_of(Event, values)


def _to_actions(values: Sequence[Action]) -> tuple[Action, ...]:
    return to_actions(values)


def _completed_on(visit: Visit) -> Date:
    return visit.completed_on


@names_known
@attrs.frozen(kw_only=True, field_transformer=gathering)
class CaseFile:
    """One loan, who owes it, what secures it, and what has been done about it until now.

    A case file says what is known, not on which day it is judged: the decision day is an argument of the decision.

    Args:
        loan: The loan.
        borrower: The borrower.
        collateral: The mortgaged home; left out, nothing is known of it.
        market: Home prices where it stands; left out, nothing is known of them.
        determination: The grade that people determined last; left out, the loan was never classified. ``None``: nobody looked,
            kept as a determination whose grade is ``None``.
        visits: Visits completed so far, in any order; they are kept by the day of completion.
        events: The first days of what the registers and measurements record, at most one a signal. Without its event, a
            signal that is not counted in days begins with the day its figures are of, and failing that on the decision day.
        actions: What has been done about the loan so far, in any order; they are kept by their days, and one that is recorded twice
            stands once. Left out, nothing has been done.
        own: The bank's own facts by name: text, whole numbers, true or false, decimals, days or ``None``, kept as plain values. The
            policy reads each by its `own_fact` when the case is decided, and a name that it does not know is refused then.

    Raises:
        InvalidInputError: If fields are malformed, amounts are of different currencies, two events are of one signal, a
            visit or an action lies before the disbursement, or an action goes back in the life of its measure.

    Examples:
        >>> from revisit_policy.values.money import cny
        >>> case = CaseFile(
        ...     loan=Loan(
        ...         "GZ-1", product="first_home", principal=cny(1800000), balance=cny(1455000), annual_rate="0.0335",
        ...         repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=0,
        ...     ),
        ...     borrower=BorrowerProfile("B-88", credit_standing="excellent"),
        ... )
        >>> case.collateral.value is None, case.visits
        (True, ())
    """

    loan: Loan = attrs.field(converter=_to_loan)
    borrower: BorrowerProfile = attrs.field(converter=_to_borrower)
    collateral: Collateral = attrs.field(factory=Collateral, converter=_to_collateral)
    market: MarketConditions = attrs.field(factory=MarketConditions, converter=_to_market)
    determination: Determination = attrs.field(default=NEVER_CLASSIFIED, converter=_to_determination)
    visits: tuple[Visit, ...] = attrs.field(default=(), converter=_to_visits)
    events: tuple[Event, ...] = attrs.field(default=(), converter=_to_events)
    actions: tuple[Action, ...] = attrs.field(default=(), converter=_to_actions)
    own: Mapping[str, str | int | bool | None] = attrs.field(factory=OwnFacts, converter=to_own)

    def __attrs_post_init__(self) -> None:
        gather(self, _is_of_one_currency, _events_are_of_different_signals, _actions_are_in_order, *_BETWEEN_PARTS.unless_kept(self))

    def check(self, on: Date) -> None:
        """Do nothing if the case file can be judged on the day *on*.

        Raises:
            InvalidInputError: If it tells of days after *on* (a disbursement, a visit, an action, a valuation, a review, a determination,
                prices or the beginning of a signal) or of more days past due, missed periods or clean months than the loan is old
                on that day; all of them together.
        """
        on = to_date(on, field="on")
        faults = _ON_A_DAY.faults(self, on)
        if faults:
            raise InvalidInputError.of("CaseFile", faults)

    def untold_visits(self, on: str | dt.date) -> tuple[Visit, ...]:
        """The last visits of each kind whose result the borrower has not been told by the end of the day *on*, by their days.

        They are what `result_of` is asked about day by day. What was made before a visit of which the borrower has been told is closed with
        it; a valuation is no visit to the borrower, an attempt has no result, and what one journey was recorded as is one.

        Args:
            on: The day asked about; what was told later has not been yet.

        Raises:
            InvalidValueError: If *on* is no day.
        """
        return untold(self.visits, on=to_date(on, field="on"))

    def to_html(self, lang: str = "en") -> str:
        """What is known as HTML that needs no style sheet: a table of each part, what is not known left out.

        Raises:
            UnknownNameError: If *lang* is no language of ours.
        """
        from revisit_policy.casefile.rows.case_words import folded_case  # noqa: PLC0415 - words are loaded when asked for

        return folded_case(self, lang)

    def _repr_html_(self) -> str:
        from revisit_policy.casefile.rows.case_words import case_in_languages  # noqa: PLC0415 - as above

        return case_in_languages(self)

    def __rich_repr__(self) -> Shown:
        loan = self.loan
        yield Words(loan.loan_no)
        yield "product", loan.product
        yield "balance", Words(str(loan.balance))
        yield "disbursed_on", Words(str(loan.disbursed_on))
        yield "days_past_due", loan.days_past_due, None
        yield "arrears_as_of", loan.arrears_as_of and Words(str(loan.arrears_as_of)), None
        yield "unpaid_since", loan.unpaid_since and Words(str(loan.unpaid_since)), None
        yield "borrower", Words(self.borrower.id)
        yield "value", Words(str(self.collateral.value))
        yield "region", self.market.region, None
        yield "determined", self.determination.grade, UNCLASSIFIED
        yield "visits", few(f"{visit.kind.value} {visit.completed_on}" for visit in self.visits), ()
        yield "events", few(f"{event.code.value} {event.since}" for event in self.events), ()
        yield "actions", few(f"{action.measure.value} {action.state.value} {action.on}" for action in self.actions), ()
        yield "own", few(f"{name}={value}" for name, value in self.own.items()), ()


#: What a case file holds where nobody looked whether people have determined a grade.
NOBODY_LOOKED: Final = Determination(None)

_BETWEEN_PARTS: Final = checks_between_parts()
_ON_A_DAY: Final = checks_on_a_day()


def _is_of_one_currency(case: CaseFile) -> InvalidValueError | None:
    borrower, collateral = case.borrower, case.collateral
    amounts = (
        case.loan.principal,
        borrower.monthly_income,
        borrower.income_at_last_review,
        borrower.monthly_debt_service,
        borrower.property_fee,
        collateral.value,
        collateral.value_at_origination,
    )
    if fields.is_one_currency(amounts):
        return None
    found = sorted({amount.currency for amount in amounts if amount is not None})
    return fault(
        "loan",
        case.loan.principal,
        Phrase("与借款人、押品同一币种，不得兼有 {found}", "in one currency with borrower and collateral, not {found}", found=" and ".join(found)),
    )


def _events_are_of_different_signals(case: CaseFile) -> InvalidValueError | None:
    codes = [event.code for event in case.events]
    twice = next((code for code in codes if codes.count(code) > 1), None)
    return None if twice is None else fault("events", twice.value, Phrase("每个信号至多一个事件", "at most one event a signal"))


def _actions_are_in_order(case: CaseFile) -> InvalidValueError | None:
    return out_of_order(case.actions) if case.actions else None
