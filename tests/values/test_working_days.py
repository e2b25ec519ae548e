"""What any calendar made of notices keeps to, whatever its notices."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from revisit_policy.errors import InvalidInputError, InvalidValueError, OutsideCalendarError
from revisit_policy.values.cn_notices import CHINA
from revisit_policy.values.dates import Date, from_ordinal, to_date
from revisit_policy.values.working_days import Basis, Notice, NoticeCalendar, StatutoryDay, WorkCalendar

LATER = CHINA.provisional()
NEXT = Notice.of(2027, off="2026-12-31/01-02 02-05/11 10-01/07", work="2027-01-03 01-30 02-13")
HILLS = CHINA.overlay(edition="HILLS-2026", off=["2026-03-20", ("2026-08-10", "2026-08-12")], work=["2026-03-22"])

confirmed_days = st.integers(Date(2004, 1, 2).toordinal(), Date(2026, 12, 28).toordinal()).map(from_ordinal)
days = st.integers(Date(2004, 1, 2).toordinal(), Date(2060, 12, 31).toordinal()).map(from_ordinal)
calendars = st.sampled_from([LATER, LATER.with_notice(NEXT), HILLS.provisional()])


def count_by_hand(calendar: NoticeCalendar, start: Date, end: Date) -> int:
    return sum(calendar.is_working(from_ordinal(ordinal)) for ordinal in range(start.toordinal() + 1, end.toordinal() + 1))


# ---------------------------------------------------------------------------------------------------- counting


@given(calendars, days, st.integers(1, 260))
def test_counting_forward_and_counting_between_undo_each_other(calendar: NoticeCalendar, start: Date, count: int) -> None:
    end = calendar.add_working_days(start, count)
    assert calendar.is_working(end)
    assert calendar.working_days_between(start, end) == count


@given(calendars, days, st.integers(0, 60))
def test_between_is_the_number_of_working_days_after_the_start_up_to_the_end(calendar: NoticeCalendar, start: Date, length: int) -> None:
    end = from_ordinal(start.toordinal() + length)
    assert calendar.working_days_between(start, end) == count_by_hand(calendar, start, end)
    assert calendar.working_days_between(end, start) == -calendar.working_days_between(start, end)


@given(calendars, days, st.integers(1, 60), st.integers(0, 60))
def test_counting_in_two_steps_is_counting_once(calendar: NoticeCalendar, start: Date, first: int, second: int) -> None:
    halfway = calendar.add_working_days(start, first)
    assert calendar.add_working_days(halfway, second) == calendar.add_working_days(start, first + second)


@given(calendars, days, days, st.integers(0, 60))
def test_a_later_start_never_gives_an_earlier_end(calendar: NoticeCalendar, one: Date, other: Date, count: int) -> None:
    early, late = sorted((one, other))
    assert calendar.add_working_days(early, count) <= calendar.add_working_days(late, count)


@given(calendars, days)
def test_no_working_days_from_a_day_is_the_day_rolled_forward(calendar: NoticeCalendar, day: Date) -> None:
    assert calendar.add_working_days(day, 0) == calendar.roll_forward(day)


@pytest.mark.parametrize("count", [-1, 1.0, True, "3", None], ids=repr)
def test_working_days_are_counted_forward_in_whole_numbers(count: object) -> None:
    with pytest.raises(InvalidValueError, match="`days` must be a whole number of working days, at least 0"):
        CHINA.add_working_days(Date(2026, 1, 5), count)  # type: ignore[arg-type]


# ----------------------------------------------------------------------------------------------------- rolling


@given(calendars, days)
def test_rolling_goes_to_the_nearest_working_day_on_its_side(calendar: NoticeCalendar, day: Date) -> None:
    back, forward = calendar.roll_back(day), calendar.roll_forward(day)
    assert back <= day <= forward
    assert calendar.is_working(back)
    assert calendar.is_working(forward)
    assert count_by_hand(calendar, back, from_ordinal(forward.toordinal() - 1)) == 0 or back == forward


@given(calendars, days)
def test_rolling_leaves_a_working_day_alone_and_settles_at_once(calendar: NoticeCalendar, day: Date) -> None:
    for roll in (calendar.roll_back, calendar.roll_forward):
        assert roll(roll(day)) == roll(day)
        assert (roll(day) == day) is calendar.is_working(day)


@given(calendars, days, days)
def test_rolling_never_crosses_another_day_that_rolls_too(calendar: NoticeCalendar, one: Date, other: Date) -> None:
    early, late = sorted((one, other))
    assert calendar.roll_forward(early) <= calendar.roll_forward(late)
    assert calendar.roll_back(early) <= calendar.roll_back(late)


@pytest.mark.parametrize(
    ("day", "back", "forward"),
    [
        pytest.param("2026-11-21", "2026-11-20", "2026-11-23", id="a Saturday"),
        pytest.param("2026-10-04", "2026-09-30", "2026-10-08", id="a holiday"),
        pytest.param("2026-10-10", "2026-10-10", "2026-10-10", id="a Saturday made up"),
    ],
)
def test_a_day_rolls_to_the_working_day_next_to_it(day: str, back: str, forward: str) -> None:
    assert (CHINA.roll_back(day), CHINA.roll_forward(day)) == (to_date(back), to_date(forward))


# -------------------------------------------------------------------------------------------- confirmed and not


def test_the_last_day_that_notices_settle_is_confirmed_and_the_next_is_not() -> None:
    first, last = CHINA.confirmed
    later = from_ordinal(last.toordinal() + 1)
    assert [CHINA.provisional().basis(day) for day in (first, last, later)] == [Basis.CONFIRMED, Basis.CONFIRMED, Basis.PROVISIONAL]


@pytest.mark.parametrize(
    ("question", "day"),
    [
        pytest.param(lambda: CHINA.roll_back("2004-01-01"), "2003-12-31", id="rolling back before the first working day"),
        pytest.param(lambda: CHINA.roll_forward("2026-12-29"), "2026-12-29", id="rolling from a day that is not settled"),
        pytest.param(lambda: CHINA.add_working_days("2026-12-25", 2), "2026-12-29", id="counting past the last confirmed day"),
        pytest.param(lambda: CHINA.working_days_between("2026-01-05", "2027-01-05"), "2027-01-05", id="counting up to a later day"),
        pytest.param(lambda: CHINA.working_days_between("2003-01-06", "2026-01-05"), "2003-01-06", id="counting from an earlier day"),
        pytest.param(lambda: LATER.is_working("2200-01-01"), "2200-01-01", id="a provisional answer after 2199"),
        pytest.param(lambda: LATER.is_working("2003-12-31"), "2003-12-31", id="a provisional answer before the first notice"),
    ],
)
def test_an_answer_that_needs_an_uncovered_day_is_refused_with_that_day(question: object, day: str) -> None:
    with pytest.raises(OutsideCalendarError) as found:
        question()  # type: ignore[operator]
    assert str(found.value.day) == day


def test_counting_up_to_the_last_confirmed_day_needs_no_later_one() -> None:
    assert CHINA.add_working_days("2026-12-25", 1) == Date(2026, 12, 28)


@given(confirmed_days)
def test_provisional_answers_change_no_confirmed_one(day: Date) -> None:
    assert LATER.is_working(day) is CHINA.is_working(day)
    assert LATER.basis(day) is CHINA.basis(day) is Basis.CONFIRMED
    assert LATER.confirmed == CHINA.confirmed


@given(st.integers(Date(2026, 12, 29).toordinal(), Date(2199, 12, 31).toordinal()).map(from_ordinal))
def test_a_provisional_answer_is_monday_to_friday_less_the_statutory_days_of_fixed_date(day: Date) -> None:
    fixed = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
    assert LATER.is_working(day) is (day.isoweekday() <= 5 and (day.month, day.day) not in fixed)
    assert LATER.basis(day) is Basis.PROVISIONAL


def test_a_statutory_day_counts_from_its_first_year() -> None:
    calendar = NoticeCalendar("CN", notices=[CHINA.notices[0]], statutory=[StatutoryDay(5, 1), StatutoryDay(5, 2, since=2025)]).provisional()
    assert [calendar.is_working(day) for day in ("2006-05-01", "2006-05-02", "2024-05-02", "2025-05-02")] == [False, True, True, False]


def test_a_statutory_day_is_left_out_from_the_year_after_the_last_notice_to_the_last_year() -> None:
    notice = Notice.of(2025, off="01-01")
    calendar = NoticeCalendar("CN", notices=[notice], statutory=[StatutoryDay(1, 1), StatutoryDay(10, 2)]).provisional()
    told = {day: calendar.is_working(day) for day in ("2025-10-02", "2026-01-01", "2026-10-02", "2198-10-02", "2199-01-01", "2199-10-02")}
    assert told == {"2025-10-02": True, "2026-01-01": False, "2026-10-02": False, "2198-10-02": False, "2199-01-01": False, "2199-10-02": False}


@pytest.mark.parametrize(
    ("calendar", "first", "last"),
    [
        pytest.param(CHINA, Date(2004, 1, 1), Date(2026, 12, 28), id="confirmed"),
        pytest.param(LATER, Date(2004, 1, 1), Date(2199, 12, 31), id="provisional"),
    ],
)
def test_a_calendar_answers_from_its_first_day_to_its_last_and_for_no_other(calendar: NoticeCalendar, first: Date, last: Date) -> None:
    fresh = attrs.evolve(calendar)
    assert [type(fresh.is_working(day)) for day in (first, last)] == [bool, bool]
    for outside in (from_ordinal(first.toordinal() - 1), from_ordinal(last.toordinal() + 1)):
        with pytest.raises(OutsideCalendarError) as found:
            fresh.is_working(outside)
        assert (found.value.day, found.value.first, found.value.last) == (outside, first, last)


_BORDER: Final = Date(2038, 12, 31)  # where the days end that are looked up first


@given(st.integers(-40, 40), st.integers(1, 30))
def test_what_is_asked_about_days_far_off_is_answered_as_by_one_table_of_all_days(beside: int, count: int) -> None:
    day = from_ordinal(_BORDER.toordinal() + beside)
    near, whole = attrs.evolve(LATER), LATER._table
    assert near.is_working(day) == whole.is_working(day)
    assert near.add_working_days(day, count) == whole.after(day, count)
    assert near.roll_back(day) == (day if whole.is_working(day) else whole.before(day))
    assert near.working_days_between(Date(2026, 3, 2), day) == whole.rank(day) - whole.rank(Date(2026, 3, 2))


def test_a_calendar_made_for_one_plan_makes_no_table_of_all_days() -> None:
    fresh = attrs.evolve(LATER, name="ours")
    with pytest.raises(OutsideCalendarError):
        fresh.is_working(Date(2003, 12, 31))
    assert fresh.add_working_days(Date(2028, 9, 30), 25) == LATER.add_working_days(Date(2028, 9, 30), 25)
    assert len(fresh._near.flags) < 13_000
    with pytest.raises(AttributeError):
        object.__getattribute__(fresh, "_table")  # past what would make it


def test_a_provisional_calendar_made_provisional_is_the_same() -> None:
    assert LATER.provisional() == LATER


# ----------------------------------------------------------------------------------------------------- notices


@given(confirmed_days)
def test_the_next_notice_changes_no_confirmed_day(day: Date) -> None:
    assert CHINA.with_notice(NEXT).is_working(day) is CHINA.is_working(day)


def test_the_next_notice_settles_the_last_days_of_december_and_its_own_year() -> None:
    longer = CHINA.with_notice(NEXT)
    assert longer.confirmed == (Date(2004, 1, 1), Date(2027, 12, 28))
    assert [longer.is_working(day) for day in ("2026-12-30", "2026-12-31", "2027-01-03", "2027-02-08")] == [True, False, True, False]
    assert longer.basis("2026-12-31") is Basis.CONFIRMED
    assert longer.edition.startswith("CN-2027-")


def test_an_amended_notice_replaces_the_one_of_its_year() -> None:
    old = CHINA.notices[-1]
    amended = CHINA.with_notice(attrs.evolve(old, off=(*old.off, "2026-11-23")))
    assert len(amended.notices) == len(CHINA.notices)
    assert (CHINA.is_working("2026-11-23"), amended.is_working("2026-11-23")) == (True, False)


def test_an_earlier_notice_extends_the_calendar_backwards() -> None:
    earlier = CHINA.with_notice(Notice.of(2003, off="01-01 02-01/07 05-01/07 10-01/07", work="02-08 02-09"))
    assert earlier.confirmed[0] == Date(2003, 1, 1)
    assert earlier.is_working("2003-02-08")


@pytest.mark.parametrize("year", [2002, 2028])
def test_a_notice_that_leaves_a_year_out_is_refused(year: int) -> None:
    with pytest.raises(InvalidInputError, match=r"`NoticeCalendar\.notices` must be one notice for each of consecutive years"):
        CHINA.with_notice(Notice.of(year, off="01-01"))


def test_a_calendar_needs_a_notice_and_one_for_each_year() -> None:
    for notices in ((), (NEXT, NEXT), (CHINA.notices[0], CHINA.notices[2])):
        with pytest.raises(InvalidInputError, match="consecutive"):
            NoticeCalendar("CN", notices=notices)


def test_notices_may_come_in_any_order() -> None:
    assert attrs.evolve(CHINA, notices=CHINA.notices[::-1]) == CHINA


# ---------------------------------------------------------------------------------------------------- overlays


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        pytest.param("2026-03-20", False, id="a Friday off"),
        pytest.param("2026-03-22", True, id="a Sunday worked"),
        pytest.param("2026-08-11", False, id="the middle of a run off"),
        pytest.param("2026-08-13", True, id="the day after the run"),
        pytest.param("2026-10-01", False, id="a day it does not speak of"),
    ],
)
def test_an_overlay_holds_besides_the_notices(day: str, is_working: bool) -> None:
    assert HILLS.is_working(day) is is_working
    assert HILLS.basis(day) is Basis.CONFIRMED


def test_a_later_overlay_wins_over_an_earlier_one() -> None:
    reopened = HILLS.overlay(edition="BRANCH", work=["2026-08-11"])
    assert [reopened.is_working(day) for day in ("2026-08-10", "2026-08-11")] == [False, True]


def test_a_day_off_given_beforehand_stays_provisional_until_its_notice() -> None:
    expected = CHINA.overlay(edition="SPRING-2027", off=[("2027-02-05", "2027-02-11")]).provisional()
    assert (expected.is_working("2027-02-08"), LATER.is_working("2027-02-08")) == (False, True)
    assert expected.basis("2027-02-08") is Basis.PROVISIONAL
    assert expected.confirmed == CHINA.confirmed


def test_an_overlay_may_speak_of_the_first_and_of_the_last_day() -> None:
    closed = CHINA.overlay(edition="ENDS", off=["2004-01-02", "2199-12-31"], work=["2004-01-01"]).provisional()
    assert [closed.is_working(day) for day in ("2004-01-01", "2004-01-02", "2199-12-31")] == [True, False, False]


@pytest.mark.parametrize(
    ("off", "work", "expected"),
    [
        pytest.param(["2003-01-01"], [], "`NoticeCalendar.overlays` must be within 2004-01-01 and 2199-12-31", id="a day before the first notice"),
        pytest.param([], ["2206-01-02"], "`NoticeCalendar.overlays` must be within", id="a day after any answer"),
        pytest.param(["2026-03-20"], ["2026-03-20"], "`Overlay.work` must be days that are not off as well", id="both off and worked"),
        pytest.param([("2026-03-20", "2026-03-19")], [], "`Overlay.off` must be a run that ends no earlier", id="a run the wrong way round"),
        pytest.param("2026-03-20", [], "`Overlay.off` must be several days", id="one text instead of several days"),
    ],
)
def test_an_overlay_that_makes_no_sense_is_refused(off: list[str], work: list[str], expected: str) -> None:
    with pytest.raises(InvalidInputError, match=expected):
        CHINA.overlay(edition="X", off=off, work=work)


# ---------------------------------------------------------------------------------------- editions and identity


def test_every_change_that_could_change_an_answer_changes_the_edition() -> None:
    old = CHINA.notices[0]
    variants = [
        CHINA,
        LATER,
        HILLS,
        HILLS.provisional(),
        CHINA.with_notice(NEXT),
        CHINA.overlay(edition="HILLS-2026", off=["2026-03-20"]),
        CHINA.overlay(edition="HILLS-2027", off=["2026-03-20"]),
        CHINA.with_notice(attrs.evolve(old, off=(*old.off, "2004-12-31"))),
        CHINA.with_notice(attrs.evolve(old, work=old.work[1:])),
        attrs.evolve(LATER, statutory=LATER.statutory[1:]),
        attrs.evolve(CHINA, name="CN2"),
    ]
    assert len({calendar.edition for calendar in variants}) == len(set(map(hash, variants))) == len(variants)


def test_the_edition_of_a_provisional_calendar_still_tells_its_notices_and_its_name() -> None:
    old = CHINA.notices[0]
    other = CHINA.with_notice(attrs.evolve(old, off=(*old.off, "2004-12-31")))
    editions = {calendar.provisional().edition for calendar in (CHINA, other, attrs.evolve(CHINA, name="CN2"))}
    assert len(editions) == 3


def test_a_corrected_reference_changes_no_edition() -> None:
    corrected = CHINA.with_notice(attrs.evolve(CHINA.notices[0], reference="read again"))
    assert corrected.edition == CHINA.edition


@pytest.mark.parametrize("calendar", [CHINA, LATER, HILLS], ids=["confirmed", "provisional", "overlaid"])
def test_a_calendar_is_a_value(calendar: NoticeCalendar) -> None:
    calendar.is_working("2026-01-05")
    pickled = pickle.loads(pickle.dumps(calendar))
    for twin in (pickled, copy.copy(calendar), copy.deepcopy(calendar)):
        assert (twin, hash(twin), twin.edition) == (calendar, hash(calendar), calendar.edition)
        assert twin.add_working_days("2026-02-13", 5) == calendar.add_working_days("2026-02-13", 5)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        calendar.name = "other"  # type: ignore[misc]
    assert isinstance(calendar, WorkCalendar)


def test_the_tables_built_for_answers_are_no_part_of_a_pickle() -> None:
    fresh = attrs.evolve(LATER)
    before = pickle.dumps(fresh)
    fresh.is_working("2150-01-01")
    assert pickle.dumps(fresh) == before


def test_threads_that_ask_a_fresh_calendar_at_once_get_the_same_answers() -> None:
    starts = [from_ordinal(Date(2025, 1, 1).toordinal() + step) for step in range(400)]
    expected = [LATER.add_working_days(start, 10) for start in starts]
    fresh, together = attrs.evolve(LATER), Barrier(8)

    def ask(_: int) -> tuple[str, list[Date]]:
        together.wait()
        return fresh.edition, [fresh.add_working_days(start, 10) for start in starts]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(8))) == [(LATER.edition, expected)] * 8


# -------------------------------------------------------------------------------------------- what days may be


@pytest.mark.parametrize("day", ["2026-02-14", dt.date(2026, 2, 14), Date(2026, 2, 14)], ids=["text", "a date", "a day"])
def test_a_day_may_be_asked_for_in_any_way_that_names_one(day: str | dt.date) -> None:
    assert CHINA.is_working(day)
    assert CHINA.roll_back(day) == Date(2026, 2, 14)
    assert type(CHINA.roll_back(day)) is type(CHINA.add_working_days(day, 3)) is Date


@pytest.mark.parametrize("day", [dt.datetime(2026, 2, 14), "now", "20260214", None, 739661], ids=repr)  # noqa: DTZ001 - refused whatever its zone
def test_a_moment_or_a_guess_is_no_day(day: object) -> None:
    with pytest.raises(InvalidValueError, match="must be a day"):
        CHINA.is_working(day)  # type: ignore[arg-type]
