"""The embedded table against two independent ones, and worked days read from the notices."""

from __future__ import annotations

import chinese_calendar
import holidays
import pytest

from revisit_policy.errors import OutsideCalendarError
from revisit_policy.values.cn_notices import CHINA
from revisit_policy.values.dates import Date, from_ordinal
from revisit_policy.values.working_days import Basis

FIRST, LAST = Date(2004, 1, 1), Date(2026, 12, 28)
EVERY_DAY = [from_ordinal(ordinal) for ordinal in range(FIRST.toordinal(), LAST.toordinal() + 1)]


def test_the_table_covers_2004_to_28_december_2026() -> None:
    assert CHINA.confirmed == (FIRST, LAST)
    assert [notice.year for notice in CHINA.notices] == list(range(2004, 2027))


def test_every_confirmed_day_is_as_the_holidays_package_has_it() -> None:
    # The language is given because the package would otherwise read it from the environment.
    theirs = holidays.country_holidays("CN", years=range(2004, 2028), language="zh_CN")
    assert [day for day in EVERY_DAY if CHINA.is_working(day) != theirs.is_working_day(day)] == []


def test_chinesecalendar_differs_on_the_one_day_that_it_is_known_to_have_wrong() -> None:
    # The notice for 2006 makes Saturday 31 December 2005 a working day; the package has the row of 2005 only.
    assert [day for day in EVERY_DAY if CHINA.is_working(day) != chinese_calendar.is_workday(day)] == [Date(2005, 12, 31)]


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        pytest.param("2025-01-26", True, id="a Sunday made up for the Spring Festival"),
        pytest.param("2025-10-08", False, id="a Wednesday at the end of the National Day week"),
        pytest.param("2024-02-09", True, id="New Year's Eve before it became a day off"),
        pytest.param("2005-12-31", True, id="a Saturday made up by the next year's notice"),
        pytest.param("2007-12-31", False, id="a Monday taken off by the next year's notice"),
        pytest.param("2020-01-31", False, id="a Friday of the extended Spring Festival"),
        pytest.param("2020-02-01", False, id="a Saturday that the extension took back from being made up"),
        pytest.param("2015-09-03", False, id="a Thursday added during the year"),
        pytest.param("2026-02-14", True, id="a Saturday made up before the Spring Festival"),
        pytest.param("2026-11-23", True, id="an ordinary Monday"),
        pytest.param("2026-11-22", False, id="an ordinary Sunday"),
    ],
)
def test_a_day_is_as_its_notice_says(day: str, is_working: bool) -> None:
    assert CHINA.is_working(day) is is_working
    assert CHINA.basis(day) is Basis.CONFIRMED


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        pytest.param("2025-01-24", 3, "2025-02-05", id="three over the Spring Festival with its made-up Sunday"),
        pytest.param("2025-09-30", 1, "2025-10-09", id="one over the National Day week"),
        pytest.param("2026-02-13", 1, "2026-02-14", id="one to a made-up Saturday"),
    ],
)
def test_a_due_day_is_counted_over_the_holidays(start: str, days: int, end: str) -> None:
    found = CHINA.add_working_days(start, days)
    assert str(found) == end
    assert CHINA.working_days_between(start, found) == days


@pytest.mark.parametrize(("year", "days"), [(2023, 249), (2024, 251), (2025, 248)])
def test_a_year_has_the_published_number_of_working_days(year: int, days: int) -> None:
    before = CHINA.is_working(f"{year}-01-01")
    assert CHINA.working_days_between(f"{year}-01-01", f"{year}-12-31") + before == days


def test_2026_has_248_working_days_once_its_last_three_are_taken_as_they_stand() -> None:
    later = CHINA.provisional()
    assert later.working_days_between("2025-12-31", "2026-12-31") == 248


@pytest.mark.parametrize(
    ("day", "year"),
    [
        pytest.param("2003-12-31", 2003, id="the day before the first"),
        pytest.param("2026-12-29", 2027, id="the day after the last waits for the notice of the next year"),
        pytest.param("2027-03-01", 2027, id="a year without a notice"),
    ],
)
def test_a_day_that_no_notice_settles_is_refused_with_the_year_that_is_missing(day: str, year: int) -> None:
    for ask in (CHINA.is_working, CHINA.basis, CHINA.roll_forward, CHINA.roll_back):
        with pytest.raises(OutsideCalendarError, match=f"notice of {year} with `with_notice") as found:
            ask(day)
        assert (str(found.value.day), found.value.first, found.value.last) == (day, FIRST, LAST)


def test_the_edition_names_the_last_year() -> None:
    assert CHINA.edition.startswith("CN-2026-")
