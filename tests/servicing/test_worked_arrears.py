"""Days past due by published examples, by the calendar, and around pauses; and what is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import attrs
import pytest
from tests.policy.small_policy import CASE
from tests.servicing.strategies import HOUSE, OURS

from revisit_policy import Citation, Money, RevisitPolicyError, cny
from revisit_policy.errors import InvalidInputError, InvalidValueError, UnknownNameError
from revisit_policy.rulebooks import cn_housing
from revisit_policy.servicing import Arrears, ArrearsConvention, Instalment, LoanAccount, Pause, Payment, arrears, pauses_of
from revisit_policy.values import CHINA, Date, add_months, to_date

CN = cn_housing.ARREARS_CONVENTION

RBI = ArrearsConvention(
    name=("印度储备银行口径", "as the Reserve Bank of India has it"),
    source=Citation(document=("资产分类澄清通知", "clarification on asset classification"), in_force_from="2021-11-12", standing="regulation"),
    due_day=1,
    whole_balance_from=None,
    allocation="oldest_interest_first",
    bands=(1, 31, 61, 91),
)
#: The status in months of one servicer's book: what is unpaid at the end of the day before the next due day is a month late.
SERVICER = attrs.evolve(RBI, name=("某服务商月度口径", "one servicer's months"), source=OURS, count="months_of_30", bands=(30, 60, 90, 120))


def _account(*due: str, lent: str = "2020-01-01", **fields: Any) -> LoanAccount:
    instalments = [Instalment(due_on=day, principal=cny(1500), interest=cny(850)) for day in due]
    return LoanAccount(disbursed_on=lent, principal=cny(800_000), instalments=instalments, **fields)


def _days(account: LoanAccount, on: str, convention: ArrearsConvention = CN) -> int:
    return arrears(account, convention, on=on).days_past_due


PUBLISHED = {
    "the illustration of 12 November 2021": ("2021-03-31", "2021-04-29", "2021-04-30", "2021-05-30", "2021-06-29"),
    "a lender's own illustration": ("2022-01-05", "2022-02-03", "2022-02-04", "2022-03-06", "2022-04-05"),
    "across 29 February": ("2024-01-31", "2024-02-29", "2024-03-01", "2024-03-31", "2024-04-30"),
    "due on 29 February": ("2024-02-29", "2024-03-29", "2024-03-30", "2024-04-29", "2024-05-29"),
    "across the year's end": ("2023-12-01", "2023-12-30", "2023-12-31", "2024-01-30", "2024-02-29"),
}


@pytest.mark.parametrize("days", PUBLISHED.values(), ids=PUBLISHED)
def test_the_published_dates_of_indian_classification_come_out_to_the_day(days: tuple[str, str, str, str, str]) -> None:
    due, last_of_sma_0, sma_1, sma_2, npa = map(to_date, days)
    found = arrears(_account(str(due)), RBI, on=add_months(due, 12))
    assert [(spell.first_day, spell.entered_on) for spell in found.spells] == [(1, due), (31, sma_1), (61, sma_2), (91, npa)]
    assert found.spells[0].left_on == last_of_sma_0 + dt.timedelta(days=1)


def test_the_same_dates_are_one_less_where_the_due_day_counts_nothing() -> None:
    account = _account("2021-03-31")
    assert [_days(account, day, RBI) for day in ("2021-03-31", "2021-04-30", "2021-06-29")] == [1, 31, 91]
    assert [_days(account, day) for day in ("2021-03-31", "2021-04-30", "2021-06-29")] == [0, 30, 90]


MONTHS = {
    "the last day before the next is due": ("2024-01-01", "2024-01-31", 30),
    "the day before that": ("2024-01-01", "2024-01-30", 29),
    "the end of a short month": ("2023-02-01", "2023-02-28", 30),
    "the end of February in a leap year": ("2024-02-01", "2024-02-29", 30),
    "the day before it": ("2024-02-01", "2024-02-28", 28),
    "three months": ("2024-01-01", "2024-03-31", 90),
    "due on the 31st": ("2024-01-31", "2024-02-28", 30),
}


@pytest.mark.parametrize(("due", "on", "days"), MONTHS.values(), ids=MONTHS)
def test_a_servicer_counts_months_whatever_their_length(due: str, on: str, days: int) -> None:
    assert _days(_account(due), on, SERVICER) == days


CHINESE = {
    "on the due day": ("2025-03-20", 0, None, "0"),
    "the day after": ("2025-03-21", 1, 1, "1500"),
    "ninety days": ("2025-06-18", 90, 61, "1500"),
    "ninety-one days": ("2025-06-19", 91, 91, "800000"),
    "270 days": ("2025-12-15", 270, 181, "800000"),
    "271 days": ("2025-12-16", 271, 271, "800000"),
    "360 days": ("2026-03-15", 360, 271, "800000"),
    "361 days": ("2026-03-16", 361, 361, "800000"),
}


@pytest.mark.parametrize(("on", "days", "band", "balance"), CHINESE.values(), ids=CHINESE)
def test_one_instalment_unpaid_under_the_chinese_convention(on: str, days: int, band: int | None, balance: str) -> None:
    found = arrears(_account("2025-03-20"), CN, on=on)
    assert (found.days_past_due, CN.band_of(found.days_past_due), found.overdue_balance) == (days, band, cny(balance))


def test_two_instalments_count_alone_at_55_days_and_the_whole_balance_from_91() -> None:
    account = _account("2025-03-20", "2025-04-20")
    assert arrears(account, CN, on="2025-05-14").overdue_balance == cny(3000)
    assert arrears(account, CN, on="2025-06-19").overdue_balance == cny(800_000)


def test_the_two_returns_differ_on_day_90_and_nowhere_else() -> None:
    account = _account("2025-03-20")
    for on, g11, s67 in (("2025-06-17", 1500, 1500), ("2025-06-18", 1500, 800_000), ("2025-06-19", 800_000, 800_000)):
        assert arrears(account, CN, on=on).overdue_balance == cny(g11)
        assert arrears(account, cn_housing.ARREARS_CONVENTION_S67, on=on).overdue_balance == cny(s67)


def test_principal_20_days_and_interest_60_days_late_is_60_days_late() -> None:
    instalments = [
        Instalment(due_on="2025-03-20", principal=cny(0), interest=cny(850)),
        Instalment(due_on="2025-04-29", principal=cny(1500), interest=cny(0)),
    ]
    account = LoanAccount(disbursed_on="2025-01-20", principal=cny(800_000), instalments=instalments)
    found = arrears(account, CN, on="2025-05-19")
    assert (found.principal_days, found.interest_days, found.days_past_due) == (20, 60, 60)
    assert CN.band_of(found.days_past_due) == 31


def test_a_payment_makes_principal_or_interest_longer_by_the_order_of_allocation() -> None:
    account = _account("2025-03-20", payments=[Payment(paid_on="2025-04-01", amount=cny(850))])
    found = {order: arrears(account, attrs.evolve(CN, allocation=order), on="2025-04-19") for order in ("oldest_interest_first", "oldest_principal_first")}
    assert [(each.principal_days, each.interest_days) for each in found.values()] == [(30, 0), (30, 30)]
    assert [each.overdue_principal for each in found.values()] == [cny(1500), cny(650)]


def test_all_interest_first_leaves_old_principal_unpaid_for_young_interest() -> None:
    account = _account("2025-03-20", "2025-04-20", payments=[Payment(paid_on="2025-04-21", amount=cny(2350))])
    oldest, interest = (arrears(account, attrs.evolve(CN, allocation=order), on="2025-04-30") for order in ("oldest_interest_first", "all_interest_first"))
    assert (oldest.principal_days, oldest.interest_days, oldest.missed_consecutive) == (10, 10, 1)
    assert (interest.principal_days, interest.interest_days, interest.missed_consecutive) == (41, 0, 2)


def test_money_paid_ahead_waits_for_its_day_and_is_no_principal_before() -> None:
    account = _account("2025-03-20", "2025-04-20", payments=[Payment(paid_on="2025-02-01", amount=cny(4700))])
    assert arrears(account, CN, on="2025-03-19").outstanding == cny(800_000)
    assert arrears(account, CN, on="2025-03-20").outstanding == cny(798_500)
    assert arrears(account, CN, on="2026-04-20").missed_total == 0


def _paid(*days: str) -> list[Payment]:
    return [Payment(paid_on=day, amount=cny(2350)) for day in days]


def test_missed_periods_are_counted_in_a_row_within_two_years_and_in_all() -> None:
    due = [str(add_months(Date(2023, 1, 20), month)) for month in range(30)]
    paid = _paid("2023-02-01", *(day for day in due[1:24]), "2025-01-21", *(day for day in due[25:27]))
    account = _account(*due, payments=paid)
    found = arrears(account, CN, on="2025-06-21")
    assert (found.missed_consecutive, found.missed_total, found.missed_total_24m) == (3, 5, 4)
    assert found.as_facts(_loan(account)).missed_total_24m == 4


def test_a_delay_of_five_days_is_none_and_one_of_six_is_forgotten_after_a_year() -> None:
    five = _account("2025-03-20", payments=_paid("2025-03-25"))
    six = _account("2025-03-20", payments=_paid("2025-03-26"))
    assert [arrears(account, CN, on="2025-04-01").delays_over_5_days_12m for account in (five, six)] == [0, 1]
    assert [arrears(six, CN, on=on).delays_over_5_days_12m for on in ("2026-03-25", "2026-03-26")] == [1, 0]


def test_bands_tell_the_day_they_were_entered_and_left() -> None:
    account = _account("2025-03-20", "2025-04-20", payments=_paid("2025-04-25", "2025-05-01"))
    found = arrears(account, CN, on="2025-06-01")
    told = [(spell.first_day, str(spell.entered_on), str(spell.left_on)) for spell in found.spells]
    assert told == [(1, "2025-03-21", "2025-04-20"), (31, "2025-04-20", "2025-04-25"), (1, "2025-04-25", "2025-05-01")]
    assert found.cured_on == Date(2025, 5, 1)


def test_six_months_after_the_cure_are_six_months_and_not_a_day_earlier() -> None:
    account = _account("2025-01-20", payments=_paid("2025-05-20"))
    assert [arrears(account, CN, on=on).months_clean_since_cure for on in ("2025-05-19", "2025-11-19", "2025-11-20")] == [0, 5, 6]


def test_a_miss_after_the_cure_begins_the_months_anew() -> None:
    account = _account("2025-01-20", "2025-09-20", payments=_paid("2025-05-20", "2025-09-21"))
    assert arrears(account, CN, on="2026-03-20").months_clean_since_cure == 5


MOVED = {
    "an extension is counted from the new day": ("extension", "2025-06-20", 0),
    "and from the day after it": ("extension", "2025-06-21", 1),
    "a refinancing from the first day": ("refinancing", "2025-06-20", 92),
}


@pytest.mark.parametrize(("by", "on", "days"), MOVED.values(), ids=MOVED)
def test_a_moved_instalment(by: str, on: str, days: int) -> None:
    moved = Instalment(due_on="2025-03-20", principal=cny(1500), interest=cny(850), moved_to="2025-06-20", moved_by=by)
    account = LoanAccount(disbursed_on="2025-01-20", principal=cny(800_000), instalments=[moved])
    assert _days(account, on) == days


GRACE = {
    "within the grace": ({}, "2025-03-23", 0),
    "after it, from the due day": ({}, "2025-03-24", 4),
    "after it, from its end": ({"after_grace": "from_its_end"}, "2025-03-24", 1),
    "the end of the grace counts as the due day does": ({"due_day": 1, "after_grace": "from_its_end"}, "2025-03-23", 1),
}


@pytest.mark.parametrize(("fields", "on", "days"), GRACE.values(), ids=GRACE)
def test_three_days_of_grace(fields: Mapping[str, Any], on: str, days: int) -> None:
    assert _days(_account("2025-03-20"), on, attrs.evolve(CN, grace_days=3, **fields)) == days


def test_grace_once_is_for_the_first_instalment_alone() -> None:
    account = _account("2025-03-20", "2025-04-20", payments=_paid("2025-03-23", "2025-04-23"))
    missed = [arrears(account, attrs.evolve(CN, grace_days=3, grace_for=which), on="2025-05-01").missed_total for which in ("every_period", "first_period")]
    assert missed == [0, 1]


def test_a_small_rest_is_tolerated_and_told_and_one_fen_more_is_not() -> None:
    tolerant = attrs.evolve(CN, tolerance=cny(10))
    rest, more = (_account("2025-03-20", payments=[Payment(paid_on="2025-03-20", amount=cny(paid))]) for paid in ("2340", "2339.99"))
    found = arrears(rest, tolerant, on="2025-05-01")
    assert (found.days_past_due, found.tolerated, found.missed_total) == (0, cny(10), 0)
    assert "tolerated: CNY 10.00" in found.text()
    assert _days(more, "2025-05-01", tolerant) == 42


SHIFTS = {
    "not at all": ("none", "2025-10-09", 8),
    "to the day after the holidays": ("following", "2025-10-09", 0),
    "past due the day after that": ("following", "2025-10-10", 1),
    "to the last working day before": ("preceding", "2025-10-01", 1),
}


@pytest.mark.parametrize(("shift", "on", "days"), SHIFTS.values(), ids=SHIFTS)
def test_a_due_day_in_the_autumn_holidays_is_moved_as_the_convention_says(shift: str, on: str, days: int) -> None:
    convention = attrs.evolve(CN, shift=shift)
    assert arrears(_account("2025-10-01"), convention, on=on, calendar=CHINA).days_past_due == days


PAUSES = {
    "before anything is due": ([("2025-02-01", "2025-03-01")], 30),
    "over the due day, resumed the day after": ([("2025-03-15", "2025-03-21")], 30),
    "its first counted day alone": ([("2025-03-21", "2025-03-22")], 29),
    "in the middle": ([("2025-04-01", "2025-04-11")], 20),
    "over the day asked about": ([("2025-04-10", "2025-05-10")], 20),
    "without end": ([("2025-04-10", None)], 20),
    "all of the time": ([("2025-03-01", None)], 0),
    "after the day": ([("2025-04-20", None)], 30),
    "two that touch": ([("2025-04-01", "2025-04-06"), ("2025-04-06", "2025-04-11")], 20),
    "two apart": ([("2025-03-22", "2025-03-25"), ("2025-04-06", "2025-04-11")], 22),
}


@pytest.mark.parametrize(("pauses", "days"), PAUSES.values(), ids=PAUSES)
def test_paused_days_do_not_count_and_none_is_taken_off_twice(pauses: list[tuple[str, str | None]], days: int) -> None:
    found = [Pause(begins_on=begins, resumes_on=resumes) for begins, resumes in pauses]
    assert _days(_account("2025-03-20", pauses=found), "2025-04-19") == days


OVERLAPS = {
    "the same": ("2025-04-01", "2025-05-01"),
    "inside": ("2025-04-10", "2025-04-20"),
    "around": ("2025-03-01", "2025-06-01"),
    "over the beginning": ("2025-03-15", "2025-04-15"),
    "over the end": ("2025-04-15", "2025-05-15"),
    "over the last day alone": ("2025-04-30", "2025-05-15"),
    "over the first day alone": ("2025-03-15", "2025-04-02"),
    "with the same beginning": ("2025-04-01", "2025-04-02"),
    "with the same end": ("2025-04-30", "2025-05-01"),
    "without end, from inside": ("2025-04-10", None),
    "without end, from before": ("2025-03-10", None),
}


@pytest.mark.parametrize(("begins", "resumes"), OVERLAPS.values(), ids=OVERLAPS)
def test_pauses_that_overlap_are_refused(begins: str, resumes: str | None) -> None:
    april = Pause(begins_on="2025-04-01", resumes_on="2025-05-01")
    with pytest.raises(InvalidInputError, match=r"`LoanAccount\.pauses` must be"):
        _account("2025-03-20", pauses=[april, Pause(begins_on=begins, resumes_on=resumes)])


MARKS = {
    "a resume without a pause": ([("2025-04-01", "resume")], "a pause before any resume"),
    "a second resume": ([("2025-04-01", "pause"), ("2025-04-02", "resume"), ("2025-04-03", "resume")], "a pause before any resume"),
    "a pause inside a pause": ([("2025-04-01", "pause"), ("2025-04-02", "pause")], "the pause of 2025-04-01 still lasts"),
    "a resume on the day of the pause": ([("2025-04-01", "pause"), ("2025-04-01", "resume")], "a resume after 2025-04-01"),
    "out of order": ([("2025-04-02", "pause"), ("2025-04-01", "resume")], "in order of time: on or after 2025-04-02"),
    "no pairs": (["pause"], "pairs of a day and a mark"),
}


@pytest.mark.parametrize(("marks", "message"), MARKS.values(), ids=MARKS)
def test_marks_that_tell_no_pauses_are_refused(marks: Any, message: str) -> None:
    with pytest.raises(InvalidValueError, match=message):
        pauses_of(marks)


def test_a_mark_that_is_none_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean `resume`"):
        pauses_of([("2025-04-01", "resumed")])


DUE = Instalment(due_on="2025-03-20", principal=cny(1500), interest=cny(850))
WRONG: dict[str, tuple[Callable[[], object], str]] = {
    "a payment before the disbursement": (
        lambda: _account("2025-03-20", lent="2025-01-20", payments=_paid("2025-01-19")), r"payments` must be paid on or after `disbursed_on`",
    ),
    "an instalment on the day of disbursement": (lambda: _account("2025-01-20", lent="2025-01-20"), r"instalments` must be due after"),
    "a negative payment": (lambda: Payment(paid_on="2025-03-20", amount=cny(-1)), r"amount` must be from 0 to"),
    "a payment of nothing": (lambda: Payment(paid_on="2025-03-20", amount=cny(0)), r"amount` must be more than 0"),
    "an instalment of nothing": (lambda: attrs.evolve(DUE, principal=cny(0), interest=cny(0)), r"more than 0 where `interest` is 0"),
    "a negative instalment": (lambda: attrs.evolve(DUE, principal=cny(-1)), r"principal` must be from 0 to"),
    "interest in another currency": (lambda: attrs.evolve(DUE, interest=Money.of(1, "USD")), r"in `CNY` as `principal` is"),
    "a payment in another currency": (
        lambda: _account("2025-03-20", payments=[Payment(paid_on="2025-03-20", amount=Money.of(1, "USD"))]), r"in `CNY` as `principal` is",
    ),
    "an account in another currency": (
        lambda: LoanAccount(disbursed_on="2025-01-20", principal=Money.of(800_000, "USD"), instalments=[DUE]), r"in `USD` as `principal` is",
    ),
    "two instalments on one day": (lambda: _account("2025-03-20", "2025-03-20"), r"at most one instalment a due day"),
    "more principal due than was lent": (
        lambda: LoanAccount(disbursed_on="2025-01-20", principal=cny(1499), instalments=[DUE]), r"at most `principal` \(CNY 1,499.00\)",
    ),
    "moved to an earlier day": (lambda: attrs.evolve(DUE, moved_to="2025-03-20", moved_by="extension"), r"moved_to` must be after `due_on`"),
    "moved by nobody knows what": (lambda: attrs.evolve(DUE, moved_to="2025-04-20"), r"moved_by` must be given where `moved_to` is"),
    "booked before it was paid": (lambda: Payment(paid_on="2025-03-20", amount=cny(1), booked_on="2025-03-19"), r"on or after `paid_on`"),
    "bands out of order": (lambda: attrs.evolve(HOUSE, bands=(31, 1)), r"each greater than the one before"),
    "no bands": (lambda: attrs.evolve(HOUSE, bands=()), r"one or more bands"),
    "bands between months": (lambda: attrs.evolve(HOUSE, count="months_of_30", bands=(31,)), r"a multiple of 30"),
    "a due day that counts two": (lambda: attrs.evolve(HOUSE, due_day=2), r"at most 1"),
    "asked before the disbursement": (lambda: arrears(_account(lent="2025-01-20"), HOUSE, on="2025-01-19"), r"on or after `disbursed_on`"),
    "a shift without a calendar": (
        lambda: arrears(_account("2025-03-20"), attrs.evolve(HOUSE, shift="following"), on="2025-04-01"), r"`calendar` must be given",
    ),
    "a tolerance in another currency": (
        lambda: arrears(_account("2025-03-20"), attrs.evolve(HOUSE, tolerance=Money.of(1, "USD")), on="2025-04-01"), r"tolerates an amount in `CNY`",
    ),
    "a band that is none": (lambda: HOUSE.band_text(30), r"the first day of a band: 1, 31"),
    "no account": (lambda: arrears(None, HOUSE, on="2025-04-01"), r"`account` must be a LoanAccount"),  # type: ignore[arg-type] # on purpose
    "no convention": (lambda: arrears(_account(), None, on="2025-04-01"), r"`convention` must be"),  # type: ignore[arg-type] # on purpose
    "no calendar": (lambda: arrears(_account(), HOUSE, on="2025-04-01", calendar=1), r"`calendar` must be"),  # type: ignore[arg-type] # on purpose
}


@pytest.mark.parametrize(("call", "message"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_refused_by_its_name(call: Callable[[], object], message: str) -> None:
    with pytest.raises(RevisitPolicyError, match=message):
        call()


def _loan(account: LoanAccount) -> Any:
    return attrs.evolve(CASE.loan, principal=account.principal, balance=account.principal)


def _found() -> Arrears:
    return arrears(_account("2025-03-20"), CN, on="2025-06-19")


def test_the_explanation_says_what_since_when_and_by_which_convention() -> None:
    assert _found().text().splitlines() == [
        "on 19 Jun 2025 91 days past due (principal 91, interest 91), counted from 20 Mar 2025",
        "past due: principal CNY 1,500.00, interest CNY 850.00; overdue balance CNY 800,000.00",
        "missed: 1 in a row, 1 within 24 months, 1 in all; delays over 5 days within 12 months: 1",
        f"counted by {CN.text()}",
    ]
    assert _found().text("zh").splitlines()[0] == "2025年6月19日：逾期91日（本金91日，利息91日），自2025年3月20日起算"
    assert arrears(_account("2025-03-20"), CN, on="2025-03-20").text("zh").splitlines()[0] == "2025年3月20日：无逾期"


def test_each_field_of_a_convention_changes_what_is_printed() -> None:
    other: dict[str, Any] = {
        "name": ("他行", "another"), "source": Citation(standing="bank_practice", document=("制度", "manual")), "due_day": 1, "whole_balance_from": None,
        "allocation": "all_principal_first", "bands": (1,), "count": "months_of_30", "grace_days": 3, "tolerance": cny(1), "shift": "preceding",
    }  # fmt: skip
    plain = attrs.evolve(HOUSE, bands=(1, 30))
    for lang in ("zh", "en"):
        printed = {plain.text(lang), *(attrs.evolve(plain, **{name: value}).text(lang) for name, value in other.items())}
        assert len(printed) == len(other) + 1
        graced = attrs.evolve(plain, grace_days=3)
        kinds = graced, attrs.evolve(graced, grace_for="first_period"), attrs.evolve(graced, after_grace="from_its_end")
        assert len({each.text(lang) for each in kinds}) == len(kinds)
    assert {field.name for field in attrs.fields(ArrearsConvention)} == {*other, "grace_for", "after_grace"}
