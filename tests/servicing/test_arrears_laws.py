"""What holds of arrears for every account and under every convention."""

from __future__ import annotations

import datetime as dt

import attrs
from hypothesis import given
from hypothesis import strategies as st
from tests.servicing.day_by_day import Told, told
from tests.servicing.strategies import HOUSE, LAST, LENT_ON, accounts, amounts, conventions, days, pauses

from revisit_policy import Loan, Money, cny
from revisit_policy.servicing import Arrears, ArrearsConvention, LoanAccount, Pause, Payment, arrears
from revisit_policy.values import Date, cutoff_elapsed

ONE = dt.timedelta(days=1)


def _entered(history: list[Told], convention: ArrearsConvention) -> list[tuple[int, Date, Date | None]]:
    """The spells of bands, day by day."""
    found: list[tuple[int, Date, Date | None]] = []
    before: int | None = None
    for each in history:
        band = convention.band_of(max(each.principal_days, each.interest_days))
        if band != before:
            if before is not None:
                found[-1] = (*found[-1][:2], each.day)
            if band is not None:
                found.append((band, each.day, None))
        before = band
    return found


def _since(history: list[Told], months: int, on: Date, *, late: bool) -> int:
    first: dict[int, Date] = {}
    for each in history:
        for period in each.late if late else each.missed:
            first.setdefault(period, each.day)
    return sum(day > cutoff_elapsed(months, on) for day in first.values())


@given(accounts(), conventions(), days)
def test_arrears_are_what_counting_every_day_finds(account: LoanAccount, convention: ArrearsConvention, on: Date) -> None:
    found = arrears(account, convention, on=on)
    history = list(told(account, convention, on))
    last = history[-1]
    assert (found.principal_days, found.interest_days) == (last.principal_days, last.interest_days)
    assert (found.overdue_principal.minor, found.overdue_interest.minor) == (last.principal, last.interest)
    assert found.missed_consecutive == len(last.periods)
    assert found.missed_total == len(frozenset().union(*(each.missed for each in history)))
    periods = sorted(frozenset().union(*(each.missed for each in history)))
    assert sorted(found.missed_due) == sorted(account.instalments[period].counted_from for period in periods)
    assert found.missed_total_24m == _since(history, 24, on, late=False)
    assert found.delays_over_5_days_12m == _since(history, 12, on, late=True)
    assert [(spell.first_day, spell.entered_on, spell.left_on) for spell in found.spells] == _entered(history, convention)
    cures = [each.day for each in history if each.cured]
    assert found.cured_on == (None if last.periods or not cures else cures[-1])


@given(accounts(), conventions(), days)
def test_nothing_is_past_due_exactly_where_no_day_no_amount_and_no_period_is(account: LoanAccount, convention: ArrearsConvention, on: Date) -> None:
    found = arrears(account, convention, on=on)
    nothing = found.days_past_due == 0
    assert nothing is (found.missed_consecutive == 0) is (found.unpaid_since is None)
    assert nothing is (found.overdue_principal.minor == found.overdue_interest.minor == 0)
    assert found.missed_consecutive <= found.missed_total
    assert found.overdue_principal <= found.overdue_balance <= found.outstanding


@given(accounts(), conventions(), days, days, amounts)
def test_a_payment_more_never_makes_arrears_worse(account: LoanAccount, convention: ArrearsConvention, on: Date, paid_on: Date, amount: Money) -> None:
    paid = attrs.evolve(account, payments=[*account.payments, Payment(paid_on=paid_on, amount=amount)])
    before, after = arrears(account, convention, on=on), arrears(paid, convention, on=on)
    assert after.principal_days <= before.principal_days
    assert after.interest_days <= before.interest_days
    assert after.missed_total <= before.missed_total
    assert after.overdue_balance <= before.overdue_balance


@given(accounts(), conventions(), days, st.integers(1, 39))
def test_a_payment_in_two_parts_on_one_day_changes_nothing(account: LoanAccount, convention: ArrearsConvention, on: Date, part: int) -> None:
    parts = [
        attrs.evolve(payment, amount=amount)
        for payment in account.payments
        for amount in (cny(part), payment.amount - cny(part))
        if payment.amount > cny(part)
    ]
    whole = [payment for payment in account.payments if payment.amount <= cny(part)]
    split = attrs.evolve(account, payments=[*parts, *whole])
    assert arrears(split, convention, on=on) == arrears(account, convention, on=on)


@given(accounts(), conventions(), days, pauses())
def test_a_pause_never_makes_arrears_worse(account: LoanAccount, convention: ArrearsConvention, on: Date, added: list[Pause]) -> None:
    running = arrears(attrs.evolve(account, pauses=[]), convention, on=on)
    paused = arrears(attrs.evolve(account, pauses=added), convention, on=on)
    assert paused.principal_days <= running.principal_days
    assert paused.interest_days <= running.interest_days
    assert paused.missed_total <= running.missed_total


@given(accounts(), conventions(), days, st.integers(1, 239))
def test_a_pause_told_in_two_touching_parts_is_the_same_pause(account: LoanAccount, convention: ArrearsConvention, on: Date, at: int) -> None:
    begins, middle = LENT_ON, LENT_ON + ONE * at
    whole = [Pause(begins_on=begins, resumes_on=LAST)]
    halves = [Pause(begins_on=middle, resumes_on=LAST), Pause(begins_on=begins, resumes_on=middle)]
    told_whole, told_halved = (attrs.evolve(account, pauses=found) for found in (whole, halves))
    assert arrears(told_whole, convention, on=on) == arrears(told_halved, convention, on=on)


@given(accounts(), conventions(), days, days)
def test_what_an_earlier_day_said_is_what_the_later_one_remembers(account: LoanAccount, convention: ArrearsConvention, one: Date, other: Date) -> None:
    earlier, later = (arrears(account, convention, on=day) for day in sorted((one, other)))
    ended = [spell for spell in earlier.spells if spell.left_on is not None]
    assert list(later.spells[: len(ended)]) == ended
    on_the_day = [spell.first_day for spell in later.spells if spell.entered_on <= earlier.on and (spell.left_on is None or spell.left_on > earlier.on)]
    assert on_the_day == ([] if (band := convention.band_of(earlier.days_past_due)) is None else [band])
    assert earlier.missed_total <= later.missed_total


@given(accounts(), conventions(), days)
def test_what_is_paid_and_due_after_the_day_plays_no_part(account: LoanAccount, convention: ArrearsConvention, on: Date) -> None:
    until = attrs.evolve(
        account,
        instalments=[instalment for instalment in account.instalments if instalment.counted_from <= on],
        payments=[payment for payment in account.payments if payment.paid_on <= on],
    )
    # the first instalment may have its own grace, so its place has to stay
    kept = until if until.instalments[:1] == account.instalments[:1] else account
    assert arrears(kept, convention, on=on) == arrears(account, convention, on=on)


@given(accounts(), conventions(), days)
def test_a_loan_takes_all_that_arrears_tell(account: LoanAccount, convention: ArrearsConvention, on: Date) -> None:
    found = arrears(account, convention, on=on)
    loan = Loan(
        "L-1", product="first_home", principal=account.principal, balance=account.principal, annual_rate="0.03", repayment="level_payment",
        disbursed_on=LENT_ON, term_months=360, days_past_due=0,
    )
    taken = found.as_facts(loan)
    assert (taken.days_past_due, taken.balance) == (found.days_past_due, found.outstanding)
    assert (taken.days_past_due_on(found.on) > 0) is ((taken.missed_consecutive or 0) > 0)
    assert taken.days_past_due == 0 or taken.months_clean_since_cure == 0


@given(accounts(), days)
def test_both_languages_print_the_whole_convention(account: LoanAccount, on: Date) -> None:
    found: Arrears = arrears(account, HOUSE, on=on)
    for lang in ("zh", "en"):
        assert HOUSE.text(lang) in found.text(lang)
