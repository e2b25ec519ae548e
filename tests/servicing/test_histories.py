"""What was known when: laws of case files of a day, onsets as folds, and worked cases of what came to be known late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.servicing.strategies import CASE, LENT_ON, VALUES, dated_facts, facts_of_a_loan, few_days, histories

from revisit_policy import CaseFile, Event, Money, RevisitPolicyError, SignalCode, Visit, cny
from revisit_policy.rulebooks import cn_housing
from revisit_policy.servicing import DatedFact, History, Instalment, LoanAccount, Payment, case_on, onsets, with_onsets
from revisit_policy.values import Date, Labelled

ONE = dt.timedelta(days=1)
KEEP = cn_housing.ARREARS_CONVENTION


def _held(case: CaseFile, field: str) -> Any:
    part, _, name = field.partition(".")
    return getattr(getattr(case, part), name)


def _by_hand(history: History, field: str, *, on: Date, known_at: Date) -> Any:
    """Go over all days on which it can be so, and over all on which it can be known, and let the latest win."""
    value = _held(history.base, field)
    true_on = day = history.since
    while day <= on:
        known = LENT_ON
        while known <= known_at:
            for fact in history.facts:
                if (fact.field, fact.true_on, fact.known_on) == (field, day, known):
                    value, true_on = fact.value, day
            known += ONE
        day += ONE
    return value + (on - true_on).days if field == "loan.days_past_due" and value else value


@given(histories(), few_days, few_days)
def test_the_case_of_a_day_is_what_going_over_every_day_finds(history: History, on: Date, known_at: Date) -> None:
    case = case_on(history, on=on, known_at=known_at)
    for field in VALUES:
        assert _held(case, field) == _by_hand(history, field, on=on, known_at=known_at)


@given(histories(), facts_of_a_loan, few_days, few_days)
def test_what_becomes_known_later_never_changes_what_was_known(history: History, later: list[DatedFact], on: Date, known_at: Date) -> None:
    new = [fact for fact in later if fact.known_on > known_at and all(_key(fact) != _key(other) for other in history.facts)]
    assert case_on(history.learning(*new), on=on, known_at=known_at) == case_on(history, on=on, known_at=known_at)


def _key(fact: DatedFact) -> tuple[str, Date, Date]:
    return fact.field, fact.true_on, fact.known_on


@given(histories(), few_days)
def test_left_out_the_day_of_knowing_is_the_day_itself(history: History, on: Date) -> None:
    assert case_on(history, on=on) == case_on(history, on=on, known_at=on)


@given(facts_of_a_loan, st.randoms(use_true_random=False), few_days)
def test_the_order_in_which_facts_are_given_plays_no_part(facts: list[DatedFact], random: Any, on: Date) -> None:
    shuffled = list(facts)
    random.shuffle(shuffled)
    assert case_on(History(base=CASE, facts=shuffled), on=on) == case_on(History(base=CASE, facts=facts), on=on)


def _told(case: CaseFile, day: Date) -> Iterator[str]:
    """Three things that come and go; one of them with the day alone."""
    if case.loan.days_past_due_on(day) > 0:
        yield "late"
    if case.collateral.seized:
        yield "seized"
    if day.day > 10:
        yield "after the tenth"


@given(histories(), few_days, st.one_of(st.none(), few_days))
def test_an_onset_is_the_last_day_before_which_it_was_not_so(history: History, on: Date, known_at: Date | None) -> None:
    found = onsets(history, _told, since=LENT_ON, on=on, known_at=known_at)
    assert list(found) == list(_told(case_on(history, on=on, known_at=known_at), on))
    for told, began in found.items():
        day = began
        while day <= on:
            assert told in _told(case_on(history, on=day, known_at=known_at), day)
            day += ONE
        before = began - ONE
        assert before < LENT_ON or told not in _told(case_on(history, on=before, known_at=known_at), before)


@given(histories(), few_days, few_days, st.one_of(st.none(), few_days))
def test_a_history_rebuilt_is_a_history_carried_forward(history: History, one: Date, other: Date, known_at: Date | None) -> None:
    middle, last = sorted((one, other + ONE)) if one != other + ONE else (one, one + ONE)
    carried = onsets(history, _told, since=LENT_ON, on=middle, known_at=known_at)
    whole = onsets(history, _told, since=LENT_ON, on=last, known_at=known_at)
    assert onsets(history, _told, since=middle + ONE, on=last, known_at=known_at, carried=carried) == whole


@given(st.lists(dated_facts(of=("loan.balance",)), max_size=6), few_days)
def test_facts_that_say_the_same_twice_are_one(facts: list[DatedFact], on: Date) -> None:
    once = list({_key(fact): fact for fact in facts}.values())
    assert case_on(History(base=CASE, facts=[*once, *once]), on=on) == case_on(History(base=CASE, facts=once), on=on)


# ------------------------------------------------------------------------------------------------------------- worked cases

LENT = attrs.evolve(CASE, loan=attrs.evolve(CASE.loan, disbursed_on="2024-01-20", principal=cny(800_000), balance=cny(800_000)))


def _account(*payments: Payment, due: tuple[str, ...] = ("2025-03-20",)) -> LoanAccount:
    instalments = [Instalment(due_on=day, principal=cny(1500), interest=cny(850)) for day in due]
    return LoanAccount(disbursed_on="2024-01-20", principal=cny(800_000), instalments=instalments, payments=payments)


def test_credit_repair_changes_what_the_register_shows_and_never_what_the_bank_has_counted() -> None:
    missed = ("2025-03-20", "2025-04-20", "2025-05-20")
    paid = Payment(paid_on="2025-06-01", amount=cny(7050))
    history = History(
        base=LENT,
        account=_account(paid, due=missed),
        convention=KEEP,
        facts=[
            DatedFact(field="borrower.other_bad_debt", value=True, true_on="2025-04-30", known_on="2025-05-10"),
            DatedFact(field="borrower.credit_standing", value="poor", true_on="2025-04-30", known_on="2025-05-10"),
            # from 2026 the register no longer shows small arrears of 2020 to 2025 that have been paid
            DatedFact(field="borrower.other_bad_debt", value=False, true_on="2026-01-01", known_on="2026-01-31"),
            DatedFact(field="borrower.credit_standing", value="good", true_on="2026-01-01", known_on="2026-01-31"),
        ],
    )
    shown, then, since = (case_on(history, on=on, known_at=at) for on, at in (("2026-01-15", None), ("2026-01-15", "2026-02-01"), ("2026-02-01", None)))
    assert [case.borrower.other_bad_debt for case in (shown, then, since)] == [True, False, False]
    assert [case.loan.missed_total_24m for case in (shown, then, since)] == [3, 3, 3]
    assert case_on(history, on="2025-06-15", known_at="2026-02-01").borrower.other_bad_debt is True


def test_a_restated_index_changes_hindsight_and_not_what_was_decided() -> None:
    history = History(
        base=LENT,
        facts=[
            DatedFact(field="market.price_change_12m", value="-0.04", true_on="2026-03-31", known_on="2026-04-15"),
            DatedFact(field="market.price_change_12m", value="-0.06", true_on="2026-03-31", known_on="2026-06-15"),
            DatedFact(field="market.price_change_12m", value="-0.05", true_on="2026-04-30", known_on="2026-05-15"),
        ],
    )

    def change(on: str, known_at: str | None = None) -> Any:
        found = case_on(history, on=on, known_at=known_at).market.price_change_12m
        return None if found is None else str(found)

    assert change("2026-04-01") is None
    assert change("2026-04-15") == "-1/25"
    assert change("2026-04-15", "2026-06-15") == "-3/50"
    # the restatement of March is younger than the figure of April, and still of March
    assert change("2026-06-30") == "-1/20"


def test_a_payment_booked_late_was_unpaid_to_whoever_looked_before() -> None:
    history = History(base=LENT, account=_account(Payment(paid_on="2025-03-20", amount=cny(2350), booked_on="2025-03-27")), convention=KEEP)
    seen = [case_on(history, on=on).loan for on in ("2025-03-20", "2025-03-26", "2025-03-27")]
    assert [loan.days_past_due for loan in seen] == [0, 6, 0]
    assert [loan.missed_total_24m for loan in seen] == [0, 1, 0]
    assert case_on(history, on="2025-03-26", known_at="2025-03-27").loan.days_past_due == 0
    assert case_on(history, on="2025-04-30", known_at="2025-03-26").loan.days_past_due == 41


def test_an_extension_agreed_later_moves_the_due_day_from_then_on() -> None:
    plain = _account()
    moved = attrs.evolve(plain, instalments=[attrs.evolve(plain.instalments[0], moved_to="2025-09-20", moved_by="extension")])
    history = History(base=LENT, account=plain, convention=KEEP, facts=[DatedFact(field="account", value=moved, true_on="2025-04-15")])
    assert [case_on(history, on=on).loan.days_past_due for on in ("2025-04-14", "2025-04-15", "2025-09-21")] == [25, 0, 1]


def test_visits_come_to_those_that_were_made_and_of_a_signal_the_last_event_counts() -> None:
    visit = Visit(kind="first", method="phone", completed_on="2025-03-01", finding="satisfactory")
    facts = [
        DatedFact(field="visits", value=visit, true_on="2025-03-01", known_on="2025-03-04"),
        DatedFact(field="events", value=Event("seizure", since="2025-03-02"), true_on="2025-03-02"),
        DatedFact(field="events", value=Event("seizure", since="2025-02-20"), true_on="2025-03-02", known_on="2025-03-09"),
    ]
    history = History(base=LENT, facts=facts)
    assert [case_on(history, on=on).visits for on in ("2025-03-03", "2025-03-04")] == [(), (visit,)]
    assert [str(case_on(history, on=on).events[0].since) for on in ("2025-03-08", "2025-03-09")] == ["2025-03-02", "2025-02-20"]


def test_signals_have_their_day_and_triggers_are_counted_from_it() -> None:
    history = History(
        base=LENT,
        account=_account(),
        convention=KEEP,
        facts=[
            DatedFact(field="collateral.seized", value=True, true_on="2025-03-03", known_on="2025-03-10"),
            DatedFact(field="collateral.seized", value=False, true_on="2025-03-14"),
            DatedFact(field="collateral.seized", value=True, true_on="2025-03-28", known_on="2025-04-02"),
        ],
    )

    def codes(case: CaseFile, day: Date) -> list[Labelled]:
        return [signal.code for signal in cn_housing.rulebook.decide(case, on=day).signals]

    seen = onsets(history, codes, since="2025-02-20", on="2025-04-08")
    began = onsets(history, codes, since="2025-02-20", on="2025-04-08", known_at="2025-04-08")
    assert (str(seen[SignalCode.SEIZURE]), str(began[SignalCode.SEIZURE])) == ("2025-04-02", "2025-03-28")
    assert str(began[SignalCode.ARREARS]) == "2025-03-21"
    case = with_onsets(case_on(history, on="2025-04-08"), began)
    assert {event.code: event.since for event in case.events} == began
    dated = {signal.code: signal.since for signal in cn_housing.rulebook.decide(case, on="2025-04-08").signals}
    assert dated[SignalCode.SEIZURE] == Date(2025, 3, 28)


KNOWN = DatedFact(field="loan.balance", value=cny(900), true_on="2025-03-20")
WRONG: dict[str, tuple[Callable[[], object], str]] = {
    "a field that is none": (lambda: DatedFact(field="loan.balanse", value=cny(1), true_on="2025-03-20"), r"perhaps `loan.balance`"),
    "a value that the field does not take": (lambda: attrs.evolve(KNOWN, value=1), r"`DatedFact.value` must be money"),
    "a code that is none": (
        lambda: DatedFact(field="borrower.credit_standing", value="pour", true_on="2025-03-20"), r"value` must be one of .* perhaps `poor`",
    ),
    "a visit that is none": (lambda: DatedFact(field="visits", value=1, true_on="2025-03-20"), r"a Visit for `visits`"),
    "an account that is none": (lambda: DatedFact(field="account", value=1, true_on="2025-03-20"), r"a LoanAccount for `account`"),
    "known before it is so": (lambda: attrs.evolve(KNOWN, known_on="2025-03-19"), r"on or after `true_on` \(2025-03-20\): nobody knows `loan.balance`"),
    "two values at once": (lambda: History(base=LENT, facts=[KNOWN, attrs.evolve(KNOWN, value=cny(800))]), r"one value of `loan.balance` of 2025-03-20"),
    "an account without a convention": (lambda: History(base=LENT, account=_account()), r"convention` must be given where there is an account"),
    "a convention without an account": (lambda: History(base=LENT, convention=KEEP), r"left out where there is none"),
    "arrears told twice": (lambda: History(base=LENT, account=_account(), convention=KEEP, facts=[KNOWN]), r"no fact of what the account tells"),
    "no case file": (lambda: History(base=None), r"`History.base` must be a CaseFile"),  # type: ignore[arg-type] # on purpose
    "no account": (lambda: History(base=LENT, account=1, convention=KEEP), r"a LoanAccount"),  # type: ignore[arg-type] # on purpose
    "no convention": (lambda: History(base=LENT, convention=1), r"an ArrearsConvention"),  # type: ignore[arg-type] # on purpose
    "no calendar": (lambda: History(base=LENT, calendar=1), r"a calendar of working days"),  # type: ignore[arg-type] # on purpose
    "a day before the history": (lambda: case_on(History(base=LENT), on="2024-01-19"), r"`on` must be on or after 2024-01-20, when the history begins"),
    "known before the history": (lambda: case_on(History(base=LENT), on="2024-02-01", known_at="2024-01-19"), r"`known_at` must be on or after"),
    "what contradicts itself": (
        lambda: case_on(History(base=LENT, facts=[attrs.evolve(KNOWN, value=cny(900_000))]), on="2025-04-01"), r"at most `principal`",
    ),
    "an account of another currency": (
        lambda: case_on(
            History(base=LENT, convention=KEEP, account=LoanAccount(disbursed_on="2024-01-20", principal=Money.of(1, "USD"))), on="2025-04-01"
        ),
        r"currency",
    ),
    "no history": (lambda: case_on(None, on="2025-04-01"), r"`history` must be a History"),  # type: ignore[arg-type] # on purpose
    "the last day first": (lambda: onsets(History(base=LENT), _told, since="2025-04-02", on="2025-04-01"), r"on or after `since`"),
    "nothing that tells": (
        lambda: onsets(History(base=LENT), None, since="2025-04-02", on="2025-04-02"), r"`told` must be a function",  # type: ignore[arg-type] # on purpose
    ),
    "what tells nothing that can be gone over": (
        lambda: onsets(History(base=LENT), lambda *_: None, since="2025-04-02", on="2025-04-02"), r"`told` must be",  # type: ignore[arg-type] # on purpose
    ),
    "an onset of no signal": (lambda: with_onsets(LENT, {"late": LENT_ON}), r"Event.code` must be one of"),  # type: ignore[dict-item] # on purpose
}  # fmt: skip


@pytest.mark.parametrize(("call", "message"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_refused_by_its_name(call: Callable[[], object], message: str) -> None:
    with pytest.raises(RevisitPolicyError, match=message):
        call()


def test_a_rate_that_is_agreed_ahead_may_be_known_before_it_holds() -> None:
    rate = DatedFact(field="loan.annual_rate", value="0.03", true_on="2026-01-01", known_on="2025-11-01")
    history = History(base=LENT, facts=[rate])
    assert case_on(history, on="2025-12-31").loan.annual_rate == LENT.loan.annual_rate
    assert str(case_on(history, on="2026-01-01", known_at="2025-11-01").loan.annual_rate) == "3/100"
