"""Reminders and calendars: nothing is lost when days pass, and mail programs read what is written."""

from __future__ import annotations

import datetime as dt

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.planning.strategies import requests

from revisit_policy.contact import CalendarEntry, Urgency, calendar_text, reminders
from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.planning.plan import plan
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.values.dates import Date, from_ordinal

texts = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=60).filter(lambda text: text == text.strip())


@given(requests(), st.integers(0, 60), st.integers(1, 30))
def test_a_reminder_is_never_lost_when_days_pass(request: PlanRequest, later: int, more: int) -> None:
    schedules = {"L-1": plan(request)}
    day, after = (from_ordinal(request.on.toordinal() + days) for days in (later, later + more))
    earlier, now = reminders(schedules, day), reminders(schedules, after)
    kept = {id(each.visit): each for each in now}
    for each in earlier:
        assert kept[id(each.visit)].urgency >= each.urgency


@given(requests(), st.integers(0, 60))
def test_a_reminder_tells_how_pressing_a_visit_is(request: PlanRequest, later: int) -> None:
    day = from_ordinal(request.on.toordinal() + later)
    for each in reminders({"L-1": plan(request)}, day, soon_days=7, escalate_days=5):
        assert not each.visit.is_projection
        assert each.days == each.by.toordinal() - day.toordinal()
        assert (each.urgency >= Urgency.LATE) is (each.by < day)
        assert (each.urgency is Urgency.ESCALATED) is (each.days <= -5)
        assert each.urgency is not Urgency.DUE_SOON or 0 < each.visit.window.due.toordinal() - day.toordinal() <= 7


@given(requests())
def test_a_schedule_made_for_a_later_day_is_refused(request: PlanRequest) -> None:
    with pytest.raises(InvalidInputError, match="L-1"):
        reminders({"L-1": plan(request)}, from_ordinal(request.on.toordinal() - 1))


days = st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1))
items_of_calendars = st.lists(st.tuples(texts, days, texts, st.one_of(st.just(""), texts)), max_size=4, unique_by=lambda item: item[0])


@given(items_of_calendars)
def test_a_calendar_is_read_back_by_another_program(items: list[tuple[str, dt.date, str, str]]) -> None:
    entries = [CalendarEntry(id=key, on=Date(day.year, day.month, day.day), title=title, note=note) for key, day, title, note in items]
    text = calendar_text(entries, made_at="2026-11-24T08:00+08:00")
    read = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert [(event.decoded("DTSTART"), str(event["SUMMARY"]), str(event.get("DESCRIPTION", ""))) for event in read] == [
        (day, title, note) for _, day, title, note in items
    ]
    assert len({str(event["UID"]) for event in read}) == len(items)
    assert all(event.decoded("DTSTAMP") == dt.datetime(2026, 11, 24, tzinfo=dt.UTC) for event in read)


@given(st.lists(texts, max_size=3, unique=True))
def test_lines_are_folded_at_octets_and_end_in_both_signs(titles: list[str]) -> None:
    entries = [CalendarEntry(id=title, on="2026-12-09", title=f"定期回访：{title * 3}") for title in titles]
    written = calendar_text(entries, made_at="2026-11-24T08:00+08:00").encode()
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    assert written.endswith(b"\r\n")
    assert b"\n" not in written.replace(b"\r\n", b"")
    for line in written.split(b"\r\n"):
        line.decode()


def test_a_calendar_is_the_same_bytes_again_and_refuses_an_entry_twice() -> None:
    entry = CalendarEntry(id="L-1/periodic", on="2026-12-09", title="定期回访")
    assert calendar_text([entry], made_at="2026-11-24T08:00+08:00") == calendar_text([entry], made_at="2026-11-24T00:00Z")
    with pytest.raises(InvalidInputError, match="L-1/periodic"):
        calendar_text([entry, entry], made_at="2026-11-24T08:00+08:00")
    with pytest.raises(InvalidValueError, match="made_at"):
        calendar_text([entry], made_at="2026-11-24T08:00")
