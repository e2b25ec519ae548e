"""Histories: what was known when, and the case file that it made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import attrs

from revisit_policy.casefile.case_columns import PARTS
from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.errors import InvalidValueError
from revisit_policy.servicing.arrears.arrears import arrears
from revisit_policy.servicing.arrears.arrears_convention import ArrearsConvention
from revisit_policy.servicing.arrears.loan_account import LoanAccount
from revisit_policy.servicing.histories.dated_fact import ACCOUNT, ADDED, DAYS_PAST_DUE, UNPAID_SINCE, DatedFact
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.validation import checked, fault, gather, gathering, refused, to_tuple_of
from revisit_policy.values.working_days import WorkCalendar


def _to_base(value: CaseFile) -> CaseFile:
    if isinstance(value, CaseFile):
        return value
    raise refused(value, Phrase("CaseFile", "a CaseFile"))


def _to_facts(values: Iterable[DatedFact]) -> tuple[DatedFact, ...]:
    facts = to_tuple_of(DatedFact, values)
    return tuple(sorted(facts, key=lambda fact: (fact.true_on, fact.known_on)))


def _to_account(value: LoanAccount | None) -> LoanAccount | None:
    if value is None or isinstance(value, LoanAccount):
        return value
    raise refused(value, Phrase("LoanAccount", "a LoanAccount"))


def _to_convention(value: ArrearsConvention | None) -> ArrearsConvention | None:
    if value is None or isinstance(value, ArrearsConvention):
        return value
    raise refused(value, Phrase("ArrearsConvention", "an ArrearsConvention"))


def _to_calendar(value: WorkCalendar | None) -> WorkCalendar | None:
    if value is None or isinstance(value, WorkCalendar):
        return value
    raise refused(value, Phrase("工作日历", "a calendar of working days"))


def _since_disbursement(history: History) -> Date:
    base: object = history.base  # may have been refused
    return base.loan.disbursed_on if isinstance(base, CaseFile) else Date(1, 1, 1)


def _to_since(value: str | Date) -> Date:
    return to_date(value)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class History:
    """One loan through time: the case file of a first day, and all that has become known of it.

    Args:
        base: The case file of *since*, known on that day.
        since: The day of *base*; left out, the day of disbursement.
        facts: What became so and became known later, in any order; kept by the days on which it is so, then known.
        account: Instalments and payments, each payment with the day from which the books have it; ``None`` if arrears are told
            by facts.
        convention: How arrears are counted from the account; given exactly where there is one.
        calendar: Working days, for a convention that moves due days.

    Raises:
        InvalidInputError: If fields are malformed; two facts say different things of one field, for one day, known on one day;
            or arrears are told both by an account and by facts.
    """

    base: CaseFile = attrs.field(converter=_to_base)
    since: Date = attrs.field(default=attrs.Factory(_since_disbursement, takes_self=True), converter=_to_since)
    facts: tuple[DatedFact, ...] = attrs.field(default=(), converter=_to_facts)
    account: LoanAccount | None = attrs.field(default=None, converter=_to_account)
    convention: ArrearsConvention | None = attrs.field(default=None, converter=_to_convention)
    calendar: WorkCalendar | None = attrs.field(default=None, converter=_to_calendar)

    def __attrs_post_init__(self) -> None:
        gather(self, _facts_agree, _account_has_a_convention, _arrears_have_one_source)

    def learning(self, *facts: DatedFact) -> History:
        """The history with more facts.

        Raises:
            InvalidInputError: As for the history itself.
        """
        return attrs.evolve(self, facts=(*self.facts, *facts))


def _facts_agree(history: History) -> InvalidValueError | None:
    said: dict[tuple[str, Date, Date], DatedFact] = {}
    for fact in history.facts:
        if fact.field in ADDED:
            continue
        other = said.setdefault((fact.field, fact.true_on, fact.known_on), fact)
        if other.value != fact.value:
            when = Phrase("{true_on}（{known_on}获知）", "of {true_on}, known on {known_on}", true_on=fact.true_on, known_on=fact.known_on)
            return fault("facts", fact.value, Phrase(
                "{when}的 `{field}` 只有一个值，不得又为 `{other}`",
                "one value of `{field}` {when}, not also `{other}`",
                field=fact.field, when=when, other=other.value,
            ))
    return None


def _account_has_a_convention(history: History) -> InvalidValueError | None:
    has_account = history.account is not None or any(fact.field == ACCOUNT for fact in history.facts)
    if has_account == (history.convention is not None):
        return None
    return fault("convention", history.convention, Phrase("有账户时给出，没有则留空", "given where there is an account, and left out where there is none"))


#: What an account tells of a loan.
_OF_AN_ACCOUNT: Final = frozenset(
    f"loan.{name}"
    for name in (
        "balance", "days_past_due", "arrears_as_of", "unpaid_since", "missed_consecutive", "missed_total_24m", "delays_over_5_days_12m",
        "months_clean_since_cure",
    )
)


def _arrears_have_one_source(history: History) -> InvalidValueError | None:
    if history.convention is None:
        return None
    told = next((fact.field for fact in history.facts if fact.field in _OF_AN_ACCOUNT), None)
    return None if told is None else fault("facts", told, Phrase("不含账户已载明的事实", "no fact of what the account tells"))


def case_on(history: History, *, on: str | Date, known_at: str | Date | None = None) -> CaseFile:
    """The case file of a day, as far as it was known at the end of another.

    Of each field the fact with the latest day on which it is so counts, of several of that day the one known last. What becomes
    known later never changes the answer for an earlier *known_at*. Days past due that were above 0 grow by the days since.

    Args:
        history: What was known when.
        on: The day that is asked about; not before the history begins.
        known_at: The day at whose end the bank knew; left out, *on*. Earlier, it is what was expected; later, it is hindsight.

    Raises:
        InvalidValueError: If a day is malformed or lies before the history begins.
        InvalidInputError: If what was known then contradicts itself, such as a balance above the principal.

    Examples:
        >>> from revisit_policy.casefile.borrower import BorrowerProfile
        >>> from revisit_policy.casefile.loan import Loan
        >>> from revisit_policy.values.money import cny
        >>> history = History(
        ...     base=CaseFile(
        ...         loan=Loan(
        ...             "GZ-1", product="first_home", principal=cny(1800000), balance=cny(1800000), annual_rate="0.0335",
        ...             repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=0,
        ...         ),
        ...         borrower=BorrowerProfile("B-88", credit_standing="good"),
        ...     ),
        ...     facts=[DatedFact(field="borrower.credit_standing", value="poor", true_on="2025-03-31", known_on="2025-04-15")],
        ... )
        >>> case_on(history, on="2025-04-01").borrower.credit_standing
        CreditStanding.GOOD
        >>> case_on(history, on="2025-04-01", known_at="2025-04-15").borrower.credit_standing
        CreditStanding.POOR
    """
    history = checked(history, History, field="history", expected=Phrase("History", "a History"))
    day = _from_the_beginning(history, on, field="on")
    known = day if known_at is None else _from_the_beginning(history, known_at, field="known_at")
    so = [fact for fact in history.facts if fact.true_on <= day and fact.known_on <= known]
    held = {fact.field: fact for fact in so if fact.field not in ADDED}
    case = _with_fields(history.base, held, _added(history.base, so))
    account = held[ACCOUNT].value if ACCOUNT in held else history.account
    if account is not None and history.convention is not None:
        found = arrears(account.known_at(known), history.convention, on=day, calendar=history.calendar)
        return attrs.evolve(case, loan=found.as_facts(case.loan))
    return _grown(case, since=history.since, on=day)


def _from_the_beginning(history: History, value: str | Date, *, field: str) -> Date:
    day = to_date(value, field=field)
    if day < history.since:
        raise fault(field, day, Phrase("不早于{since}（历史开始之日）", "on or after {since}, when the history begins", since=history.since))
    return day


def _added(base: CaseFile, facts: Sequence[DatedFact]) -> dict[str, Any]:
    """The visits, events and actions with those that came to them; of one signal the event that came last."""
    visits = (*base.visits, *(fact.value for fact in facts if fact.field == "visits"))
    actions = (*base.actions, *(fact.value for fact in facts if fact.field == "actions"))
    events = {event.code: event for event in base.events}
    for fact in facts:
        if fact.field == "events":
            events[fact.value.code] = fact.value
    return {"visits": visits, "events": tuple(events.values()), "actions": actions}


def _with_fields(base: CaseFile, held: Mapping[str, DatedFact], added: Mapping[str, Any]) -> CaseFile:  # noqa: PLR0917 - internal
    changes: dict[str, dict[str, Any]] = {part: {} for part in PARTS}
    for path, fact in held.items():
        if path != ACCOUNT:
            part, _, name = path.partition(".")
            changes[part][name] = fact.value
    changes["loan"] |= _arrears(held)
    parts: dict[str, Any] = {part: attrs.evolve(getattr(base, part), **changed) for part, changed in changes.items() if changed}
    return attrs.evolve(base, **parts, **added)


def _arrears(held: Mapping[str, DatedFact]) -> dict[str, Any]:
    """How late the loan is, by what was told last: a count is of the day it is told of, and takes the place of a day, and a day of a count."""
    told = [held[path] for path in (DAYS_PAST_DUE, UNPAID_SINCE) if path in held]
    if not told:
        return {}
    last = max(told, key=lambda fact: (fact.true_on, fact.known_on))
    if last.field == UNPAID_SINCE:
        return {"days_past_due": 0 if last.value is None else None, "arrears_as_of": None, "unpaid_since": last.value}
    return {"days_past_due": last.value, "arrears_as_of": last.true_on, "unpaid_since": None}


def _grown(case: CaseFile, *, since: Date, on: Date) -> CaseFile:
    """The count as it is on the day *on*, and of that day; one of which nobody said the day is of the day *since*."""
    loan = case.loan
    if loan.unpaid_since is not None or not loan.days_past_due:
        return case
    counted = attrs.evolve(loan, arrears_as_of=loan.arrears_as_of or since)
    return attrs.evolve(case, loan=attrs.evolve(counted, days_past_due=counted.days_past_due_on(on), arrears_as_of=on))
