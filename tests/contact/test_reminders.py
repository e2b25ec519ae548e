"""Reminders and calendars: nothing is lost when days pass, and mail programs read what is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import attrs
import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.planning.strategies import requests

from revisit_policy import BorrowerProfile, CaseFile, Decision, Loan, Visit, cny
from revisit_policy.casefile import Action
from revisit_policy.contact import CalendarEntry, RemindedOf, Reminder, Urgency, calendar_text, grouped, reminders
from revisit_policy.errors import InvalidInputError, InvalidValueError, RevisitPolicyError
from revisit_policy.planning.plan import plan
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.rulebooks import cn_housing
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
        assert each.visit is not None
        assert not each.visit.is_projection
        assert each.days == each.by.toordinal() - day.toordinal()
        assert (each.urgency >= Urgency.LATE) is (each.by < day)
        assert (each.urgency is Urgency.ESCALATED) is (each.days <= -5)
        assert each.urgency is not Urgency.DUE_SOON or 0 < each.visit.window.due.toordinal() - day.toordinal() <= 7


@given(requests())
def test_a_schedule_made_for_a_later_day_is_refused(request: PlanRequest) -> None:
    with pytest.raises(InvalidInputError, match="L-1"):
        reminders({"L-1": plan(request)}, from_ordinal(request.on.toordinal() - 1))


# -- measures, desk duties and results ------------------------------------------------------------------------------

ON = "2026-11-24"
VISIT = Visit(kind="triggered", method="on_site", completed_on=ON, finding="unsatisfactory")
LATE_LOAN = CaseFile(
    loan=Loan(
        "GZ-1", product="first_home", principal=cny("900000"), balance=cny("800000"), annual_rate="0.035", repayment="level_payment",
        disbursed_on="2024-03-01", term_months=240, days_past_due=95, arrears_as_of=ON,
    ),
    borrower=BorrowerProfile("B-1"),
    visits=(Visit(kind="first", method="on_site", completed_on="2024-05-20", finding="satisfactory"), VISIT),
)  # fmt: skip


def decided(case: CaseFile = LATE_LOAN, on: str = ON) -> Decision:
    return cn_housing.rulebook.decide(case, on=on)


def about(found: tuple[Reminder, ...], of: RemindedOf) -> list[Reminder]:
    return [each for each in found if each.of is of]


def test_every_measure_that_a_decision_calls_late_is_reminded_of_as_late() -> None:
    decision = decided()
    assert decision.measures_late
    late = {each.what for each in about(reminders([decision], ON), RemindedOf.MEASURE) if each.is_late}
    choices = [{step.measure, *step.instead_of} for step in decision.measures_late]
    assert all(late & each for each in choices)
    assert late <= set().union(*choices)


def test_of_the_choices_of_one_step_one_is_reminded_of() -> None:
    for days in (0, 95, 400):
        decision = decided(attrs.evolve(LATE_LOAN, loan=attrs.evolve(LATE_LOAN.loan, days_past_due=days)))
        told = [each.what for each in about(reminders([decision], ON, soon_days=400), RemindedOf.MEASURE)]
        assert all(told.count(step.measure) <= 1 and not set(told) & set(step.instead_of) for step in decision.measures if step.measure in told)


def test_a_measure_that_was_begun_in_time_is_not_reminded_of_whenever_it_is_asked() -> None:
    step = next(each for each in decided().measures if each.by is not None and not each.late and each.since is not None)
    begun = decided(attrs.evolve(LATE_LOAN, actions=(Action(step.measure, state="begun", on=ON),)))
    for day in (ON, "2027-03-01"):
        assert step.measure in {each.what for each in reminders([decided()], "2027-03-01")}
        assert step.measure not in {each.what for each in about(reminders([begun], day), RemindedOf.MEASURE)}


def test_what_a_desk_has_to_do_is_reminded_of_with_the_visits() -> None:
    schedule = decided().schedule
    told = about(reminders({"GZ-1": schedule}, ON, soon_days=3650), RemindedOf.DESK)
    assert {(each.what, each.by) for each in told} == {(duty.kind, duty.window.missed_on or duty.by) for duty in schedule.all_duties}
    assert told


@pytest.mark.parametrize(
    ("reported", "on", "what", "urgency"),
    [
        (None, "2026-11-24", "preliminary", Urgency.DUE_SOON),
        (None, "2026-11-25", "preliminary", Urgency.DUE),
        (None, "2026-11-26", "preliminary", Urgency.LATE),
        (None, "2026-12-05", "preliminary", Urgency.ESCALATED),
        (ON, "2026-11-24", "determined", Urgency.DUE_SOON),
    ],
    ids=["the day of the visit", "its limit", "the day after it", "ten days after it", "the next day that is waited for"],
)
def test_a_result_is_reminded_of_by_the_first_day_that_has_not_come(reported: str | None, on: str, what: str, urgency: Urgency) -> None:
    visit = attrs.evolve(VISIT, reported_on=reported)
    result = cn_housing.rulebook.result_of(visit, attrs.evolve(LATE_LOAN, visits=(LATE_LOAN.visits[0], visit)), on=ON)
    (told,) = reminders([], on, results={"GZ-1": result})
    stage = result.stage(what)
    assert (told.of, told.what, told.urgency, told.by, told.owners) == (RemindedOf.RESULT, stage.day, urgency, stage.latest, stage.owners)


def test_no_reminder_of_a_decision_is_lost_when_days_pass() -> None:
    decision, result = decided(), cn_housing.rulebook.result_of(VISIT, LATE_LOAN, on=ON)
    before: dict[tuple[RemindedOf, Any, Date], Urgency] = {}
    for day in ("2026-11-24", "2026-11-27", "2026-12-20", "2027-06-01"):
        now = {(each.of, each.what.value, each.by): each.urgency for each in reminders([decision], day, results={"GZ-1": result})}
        assert all(now[key] >= urgency for key, urgency in before.items())
        before = now


def test_reminders_are_grouped_as_the_caller_keys_them_and_keep_their_order() -> None:
    found = reminders([decided()], ON)
    groups = grouped(found, lambda reminder: reminder.owners[:1])
    assert sorted(each.what.value for members in groups.values() for each in members) == sorted(each.what.value for each in found)
    assert all(list(members) == [each for each in found if each.owners[:1] == key] for key, members in groups.items())
    assert next(iter(groups)) == found[0].owners[:1]


def test_all_reminders_of_a_loan_stand_in_one_calendar_none_of_them_in_the_past() -> None:
    result = cn_housing.rulebook.result_of(VISIT, LATE_LOAN, on=ON)
    found = reminders([decided()], ON, results={"GZ-1": result}, soon_days=60)
    read = icalendar.Calendar.from_ical(calendar_text([each.entry("zh") for each in found], made_at="2026-11-24T08:00+08:00")).walk("VEVENT")
    assert {each.of for each in found} == set(RemindedOf)
    assert [event.decoded("DTSTART") for event in read] == [dt.date.fromisoformat(str(max(each.by, Date(2026, 11, 24)))) for each in found]


REFUSED = {
    "no decision": (lambda: reminders(["GZ-1"], ON), "`decisions` must be"),  # type: ignore[list-item] # wrong on purpose
    "one decision": (lambda: reminders(decided(), ON), "`decisions` must be"),  # type: ignore[arg-type] # wrong on purpose
    "schedules without their loans": (lambda: reminders([decided().schedule], ON), "`decisions` must be"),  # type: ignore[list-item] # wrong on purpose
    "a day that is none": (lambda: reminders([], "soon"), "`on` must be"),
    "results that are not by loan": (lambda: reminders([], ON, results=[1]), "`results` must be"),  # type: ignore[arg-type] # wrong on purpose
    "a result of a visit to come": (lambda: reminders([], ON, results={"GZ-1": decided().schedule.all[0].result}), "of visits that were made"),
    "a result of a later day": (
        lambda: reminders([], "2026-11-20", results={"GZ-1": cn_housing.rulebook.result_of(VISIT, LATE_LOAN, on=ON)}), "as that of `GZ-1`",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("asked", "told"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_decision_or_no_result_is_refused_in_one_line(asked: Callable[[], object], told: str) -> None:
    with pytest.raises(RevisitPolicyError) as refusal:
        asked()
    assert told in str(refusal.value)
    assert "\n" not in str(refusal.value)


# -- calendars ---------------------------------------------------------------------------------------------------------

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
