from __future__ import annotations

import datetime as dt
import pickle

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from revisit_policy.errors import InvalidValueError, UnknownNameError
from revisit_policy.values import dates
from revisit_policy.values.dates import (
    Date,
    add_months,
    cutoff_begun,
    cutoff_elapsed,
    from_ordinal,
    month_end,
    months_begun,
    months_elapsed,
    to_date,
)

days = st.integers(dt.date(1900, 1, 1).toordinal(), dt.date(2199, 12, 31).toordinal()).map(from_ordinal)
month_ends = days.map(month_end)
any_day = st.one_of(days, month_ends, month_ends.map(lambda day: from_ordinal(day.toordinal() + 1)))
months = st.integers(-600, 600)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("2026-01-31", id="text"),
        pytest.param(dt.date(2026, 1, 31), id="a date of the standard library"),
        pytest.param(Date(2026, 1, 31), id="the day itself"),
    ],
)
def test_a_day_is_taken_from_text_and_from_dates(value: str | dt.date) -> None:
    found = to_date(value)
    assert type(found) is Date
    assert found == Date(2026, 1, 31)


def test_a_day_comes_back_as_it_is() -> None:
    day = Date(2026, 1, 31)
    assert to_date(day) is day


class NotATime(dt.datetime):
    """What pandas' missing time looks like to isinstance."""


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(dt.datetime(2026, 1, 31), id="a moment"),  # noqa: DTZ001 - it is to be refused
        pytest.param(pendulum.datetime(2026, 1, 31), id="a moment of pendulum"),
        pytest.param(NotATime(1, 1, 1), id="a subclass of moments"),
        pytest.param("now", id="the clock"),
        pytest.param("today", id="the clock, by day"),
        pytest.param("20260131", id="without hyphens"),
        pytest.param("2026-1-1", id="without zeros"),
        pytest.param("2026-02-30", id="a day that does not exist"),
        pytest.param("0000-01-01", id="a year that does not exist"),
        pytest.param("2026-01-31T00:00:00", id="with a time"),
        pytest.param("2026-W05-6", id="by week"),
        pytest.param("2026/01/31", id="with slashes"),
        pytest.param(" 2026-01-31", id="with a blank"),
        pytest.param("2026-01-31\n", id="with a line end"),
        pytest.param("２０２６-０１-３１", id="full-width digits"),
        pytest.param("", id="empty"),
        pytest.param(20260131, id="a number"),
        pytest.param(None, id="nothing"),
        pytest.param(float("nan"), id="not a number"),
        pytest.param(b"2026-01-31", id="bytes"),
    ],
)
def test_anything_that_is_not_plainly_a_day_is_refused(value: object) -> None:
    with pytest.raises(InvalidValueError) as found:
        to_date(value)  # type: ignore[arg-type]
    assert found.value.value is value


def test_a_refused_day_names_the_parameter_that_took_it() -> None:
    with pytest.raises(InvalidValueError, match=r"`on` must be a day, .*got `.now.`"):
        to_date("now", field="on")
    with pytest.raises(InvalidValueError, match=r"`on` must be a day that exists, got `.2026-02-30.`"):
        to_date("2026-02-30", field="on")


@given(days)
def test_text_and_ordinal_lead_back_to_the_day(day: Date) -> None:
    assert to_date(str(day)) == from_ordinal(day.toordinal()) == pickle.loads(pickle.dumps(day)) == day
    assert type(from_ordinal(day.toordinal())) is Date


@pytest.mark.parametrize("ordinal", [0, -1, 3_652_060, 10**30])
def test_no_day_lies_outside_the_years_one_to_9999(ordinal: int) -> None:
    with pytest.raises(InvalidValueError):
        from_ordinal(ordinal)


@given(any_day, months)
def test_adding_months_is_what_pendulum_adds(day: Date, n: int) -> None:
    assert add_months(day, n) == day.add(months=n)
    assert type(add_months(day, n)) is Date


@pytest.mark.parametrize(
    ("day", "n", "result"),
    [
        pytest.param("2024-01-31", 1, "2024-02-29", id="a short month of a leap year"),
        pytest.param("2023-01-31", 1, "2023-02-28", id="a short month"),
        pytest.param("2024-01-31", 2, "2024-03-31", id="stepped from the anchor, not from the short month"),
        pytest.param("2024-02-29", 12, "2025-02-28", id="a leap day a year on"),
        pytest.param("2024-03-31", -1, "2024-02-29", id="back into a short month"),
        pytest.param("2024-01-15", -1, "2023-12-15", id="back over the new year"),
        pytest.param("2024-12-15", 1, "2025-01-15", id="on over the new year"),
        pytest.param("1900-01-31", 1, "1900-02-28", id="1900 was no leap year"),
        pytest.param("2000-01-31", 1, "2000-02-29", id="2000 was one"),
    ],
)
def test_months_are_added_to_the_same_day_or_the_last_one(day: str, n: int, result: str) -> None:
    assert add_months(to_date(day), n) == to_date(result)


@pytest.mark.parametrize("n", [12 * 9999, -12 * 9999, 10**30])
def test_months_that_leave_the_calendar_are_refused(n: int) -> None:
    with pytest.raises(InvalidValueError):
        add_months(Date(2026, 1, 31), n)


@given(any_day, any_day)
def test_months_elapsed_is_the_largest_number_that_does_not_pass_the_day(since: Date, on: Date) -> None:
    n = months_elapsed(since, on)
    assert add_months(since, n) <= on < add_months(since, n + 1)


@given(any_day, any_day)
def test_months_begun_is_the_smallest_number_that_reaches_the_day(since: Date, on: Date) -> None:
    n = months_begun(since, on)
    assert add_months(since, n - 1) < on <= add_months(since, n)


@pytest.mark.parametrize(
    ("since", "on", "elapsed", "begun"),
    [
        pytest.param("2024-01-15", "2024-01-15", 0, 0, id="the same day"),
        pytest.param("2024-01-15", "2024-01-16", 0, 1, id="the day after"),
        pytest.param("2024-01-15", "2024-01-14", -1, 0, id="the day before"),
        pytest.param("2023-12-25", "2024-02-23", 1, 2, id="two days short of two months"),
        pytest.param("2024-01-30", "2025-02-27", 12, 13, id="a day short of the month end"),
        pytest.param("2024-01-30", "2025-02-28", 13, 13, id="the month end stands for the 30th"),
        pytest.param("2024-02-29", "2025-02-28", 12, 12, id="the leap day's anniversary"),
        pytest.param("2024-01-31", "2024-03-01", 1, 2, id="the day after the short month"),
    ],
)
def test_months_between_two_days(since: str, on: str, elapsed: int, begun: int) -> None:
    assert months_elapsed(to_date(since), to_date(on)) == elapsed
    assert months_begun(to_date(since), to_date(on)) == begun


@given(any_day, any_day)
def test_at_most_one_month_is_begun_and_not_elapsed(since: Date, on: Date) -> None:
    difference = months_begun(since, on) - months_elapsed(since, on)
    assert difference in (0, 1)
    assert (difference == 0) == (add_months(since, months_elapsed(since, on)) == on)


@given(st.integers(-240, 240), any_day, st.integers(-3, 3))
def test_the_cutoff_is_the_last_day_with_that_many_months_elapsed(n: int, on: Date, near: int) -> None:
    last = cutoff_elapsed(n, on)
    day = from_ordinal(last.toordinal() + near)
    assert (months_elapsed(day, on) >= n) == (day <= last)


@given(st.integers(-240, 240), any_day, st.integers(-3, 3))
def test_the_cutoff_is_the_last_day_since_which_more_months_have_begun(n: int, on: Date, near: int) -> None:
    last = cutoff_begun(n, on)
    day = from_ordinal(last.toordinal() + near)
    assert (months_begun(day, on) > n) == (day <= last)


@given(st.integers(-240, 240), any_day, any_day)
def test_a_cutoff_decides_for_any_day(n: int, on: Date, day: Date) -> None:
    assert (months_elapsed(day, on) >= n) == (day <= cutoff_elapsed(n, on))
    assert (months_begun(day, on) > n) == (day <= cutoff_begun(n, on))


def test_the_cutoff_of_a_month_end_is_a_month_end() -> None:
    assert cutoff_elapsed(12, Date(2025, 2, 28)) == Date(2024, 2, 29)
    assert cutoff_elapsed(1, Date(2026, 4, 30)) == Date(2026, 3, 31)


@given(any_day)
def test_the_month_end_is_the_last_day_of_the_same_month(day: Date) -> None:
    last = month_end(day)
    assert (last.year, last.month) == (day.year, day.month)
    assert from_ordinal(last.toordinal() + 1).day == 1


@pytest.mark.parametrize(
    ("day", "chinese", "english"),
    [
        pytest.param("2026-01-31", "2026年1月31日", "31 Jan 2026", id="no leading zeros"),
        pytest.param("2026-09-05", "2026年9月5日", "5 Sep 2026", id="one digit"),
        pytest.param("2026-12-01", "2026年12月1日", "1 Dec 2026", id="December"),
    ],
)
def test_a_day_is_written_as_people_write_it(day: str, chinese: str, english: str) -> None:
    assert dates.text(to_date(day), "zh") == chinese
    assert dates.text(to_date(day), "en") == english


def test_a_day_is_written_in_our_languages_only() -> None:
    with pytest.raises(UnknownNameError):
        dates.text(Date(2026, 1, 31), "fr")
