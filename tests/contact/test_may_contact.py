"""May this person be contacted now: worked cases of every rule, and what holds for every log."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contact.strategies import CHINA_TIME, contacts, logs, moments

from revisit_policy.contact import Attempt, Contact, ContactLog, DaysApart, Hours, QuietHours, may_contact, reach
from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.rulebooks.cn_housing import CONTACT_RULES
from revisit_policy.values.citation import Citation
from revisit_policy.values.moments import Moment

OURS = Citation(standing="proposal")
MOBILE = Contact("call", number="mobile")


def _tried(*times: str, response: str = "answered", contact: Contact = MOBILE) -> list[Attempt]:
    return [Attempt(at=f"2026-11-{time}:00+08:00", contact=contact, response=response) for time in times]


@given(logs(), moments, contacts)
def test_the_moment_that_is_named_is_allowed_and_nothing_before_it(log: ContactLog, at: Moment, contact: Contact) -> None:
    found = may_contact(log, at, CONTACT_RULES, contact=contact)
    assert found.is_allowed is (found.allowed_from == at)
    if found.allowed_from is not None:
        assert may_contact(log, found.allowed_from, CONTACT_RULES, contact=contact).is_allowed
        early = found.allowed_from - dt.timedelta(minutes=1)
        assert early < at or not may_contact(log, early, CONTACT_RULES, contact=contact).is_allowed


@given(logs(), moments, contacts)
def test_a_rule_more_never_allows_what_was_forbidden(log: ContactLog, at: Moment, contact: Contact) -> None:
    fewer = may_contact(log, at, CONTACT_RULES[:3], contact=contact)
    more = may_contact(log, at, CONTACT_RULES, contact=contact)
    assert fewer.is_allowed or not more.is_allowed
    assert more.allowed_from is None or (fewer.allowed_from is not None and fewer.allowed_from <= more.allowed_from)


@given(logs(), moments, contacts)
def test_what_is_logged_of_a_later_time_says_nothing_about_now(log: ContactLog, at: Moment, contact: Contact) -> None:
    known = attrs.evolve(log, attempts=log.before(at))
    later, now = (may_contact(each, at, CONTACT_RULES, contact=contact) for each in (log, known))
    assert later.forbidden_by == now.forbidden_by
    assert reach(log, at) == reach(known, at)


@given(logs(), moments, st.sampled_from(["+00:00", "-05:00", "+13:00"]))
def test_the_same_moment_written_with_another_offset_gets_the_same_answer(log: ContactLog, at: Moment, offset: str) -> None:
    elsewhere = at.astimezone(dt.timezone(dt.timedelta(hours=int(offset[:3]))))
    assert may_contact(log, elsewhere, CONTACT_RULES, offset="+08:00") == may_contact(log, at, CONTACT_RULES)


WORKED = {
    "a minute before the quiet hours": (ContactLog(), "24T21:59", MOBILE, "24T21:59"),
    "the first quiet minute": (ContactLog(), "24T22:00", MOBILE, "25T08:00"),
    "after midnight": (ContactLog(), "24T00:30", MOBILE, "24T08:00"),
    "the last quiet minute": (ContactLog(), "24T07:59", MOBILE, "24T08:00"),
    "a letter is no disturbance": (ContactLog(), "24T23:00", Contact("letter"), "24T23:00"),
    "an hour that was agreed": (ContactLog(agreed_hours=Hours("21:00", "23:00")), "24T22:30", MOBILE, "24T22:30"),
    "an hour agreed later in the night": (ContactLog(agreed_hours=Hours("23:00", "24:00")), "24T22:30", MOBILE, "24T23:00"),
    "an agreement binds nobody else": (
        ContactLog(agreed_hours=Hours("21:00", "23:00"), debtor_incapable=True), "24T22:30", Contact("call", "third_person"), "25T08:00",
    ),
    "two calls that reached": (ContactLog(attempts=_tried("24T09", "24T10")), "24T11:00", MOBILE, "24T11:00"),
    "three calls that reached, to another number": (
        ContactLog(attempts=_tried("24T09", "24T10", "24T11")), "24T12:00", Contact("call", number="office"), "25T08:00",
    ),
    "robots and agents count": (
        ContactLog(attempts=_tried("24T09") + _tried("24T10", contact=Contact("call", by="robot")) + _tried("24T11", contact=Contact("call", by="agent"))),
        "24T12:00", MOBILE, "25T08:00",
    ),
    "collection counts for a revisit": (
        ContactLog(attempts=_tried("24T09", "24T10", "24T11", contact=Contact("call", purpose="collection"))), "24T12:00", MOBILE, "25T08:00",
    ),
    "three calls yesterday": (ContactLog(attempts=_tried("23T09", "23T10", "23T11")), "24T12:00", MOBILE, "24T12:00"),
    "five tries that nobody answered": (
        ContactLog(attempts=_tried(*(f"24T{hour:02}" for hour in range(9, 14)), response="unanswered")), "24T15:00", MOBILE, "24T15:00",
    ),
    "six tries that nobody answered": (
        ContactLog(attempts=_tried(*(f"24T{hour:02}" for hour in range(9, 15)), response="unanswered")), "24T15:00", MOBILE, "25T08:00",
    ),
    "six tries of another number": (
        ContactLog(attempts=_tried(*(f"24T{hour:02}" for hour in range(9, 15)), response="unanswered")),
        "24T15:00", Contact("call", number="office"), "24T15:00",
    ),
    "a third person before anybody was tried": (ContactLog(), "24T12:00", Contact("call", "third_person"), None),
    "a third person after three failures in a row": (
        ContactLog(attempts=_tried("22T09", "23T09", "24T09", response="unanswered")), "24T12:00", Contact("call", "third_person"), "24T12:00",
    ),
    "a third person after the borrower was reached again": (
        ContactLog(attempts=_tried("21T09", "22T09", response="unanswered") + _tried("23T09") + _tried("24T09", response="unanswered")),
        "24T12:00", Contact("call", "third_person"), None,
    ),
    "a third person where the number is void": (
        ContactLog(attempts=_tried("24T09", response="void")), "24T12:00", Contact("call", "third_person"), "24T12:00",
    ),
    "a third person where the borrower has died": (ContactLog(debtor_incapable=True), "24T12:00", Contact("call", "third_person"), "24T12:00"),
    "a guarantor is no third person": (ContactLog(), "24T12:00", Contact("call", "guarantor"), "24T12:00"),
    "a third person who has declined": (
        ContactLog(attempts=_tried("20T09", contact=Contact("call", "third_person", name="x"), response="declined"), debtor_incapable=True),
        "24T12:00", Contact("message", "third_person", name="x"), None,
    ),
    "another third person": (
        ContactLog(attempts=_tried("20T09", contact=Contact("call", "third_person", name="x"), response="declined"), debtor_incapable=True),
        "24T12:00", Contact("message", "third_person", name="y"), "24T12:00",
    ),
    "outside the hours that are preferred": (ContactLog(preferred_hours=Hours("18:00", "20:00")), "24T12:00", MOBILE, "24T18:00"),
    "by a channel that is not preferred": (ContactLog(preferred_channels=["message"]), "24T12:00", MOBILE, None),
    "hours that are preferred and quiet": (ContactLog(preferred_hours=Hours("23:00", "24:00")), "24T12:00", MOBILE, None),
}  # fmt: skip


@pytest.mark.parametrize(("log", "at", "contact", "expected"), WORKED.values(), ids=WORKED)
def test_a_worked_case(log: ContactLog, at: str, contact: Contact, expected: str | None) -> None:
    found = may_contact(log, f"2026-11-{at}+08:00", CONTACT_RULES, contact=contact)
    assert (found.allowed_from and f"{found.allowed_from:%dT%H:%M}") == expected


def test_days_apart_are_counted_from_the_last_time_the_person_was_reached() -> None:
    rule = DaysApart(days=7, purposes=["collection"], source=OURS)
    collection = Contact("call", purpose="collection")
    log = ContactLog(attempts=_tried("10T15", contact=collection) + _tried("12T15", response="unanswered", contact=collection))
    asked = may_contact(log, "2026-11-14T12:00+08:00", [rule], contact=collection)
    assert asked.allowed_from == dt.datetime(2026, 11, 17, tzinfo=CHINA_TIME)
    assert may_contact(log, "2026-11-14T12:00+08:00", [rule], contact=MOBILE).is_allowed


def test_the_answer_names_the_rule_its_source_and_the_hour_in_both_languages() -> None:
    found = may_contact(ContactLog(), "2026-11-24T22:30+08:00", CONTACT_RULES)
    assert "no contact from 22:00–08:00" in found.text("en")
    assert "GB/T 45251—2025" in found.text("en")
    assert found.text("en").endswith("; from 25 Nov 2026, 08:00 on they may")
    assert found.text("zh").startswith("暂不可联系：22:00–08:00不得联系")
    assert found.text("zh").endswith("2026年11月25日08:00起可以")
    assert may_contact(ContactLog(), "2026-11-24T12:00+08:00", CONTACT_RULES).text("zh") == "可以联系"


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: may_contact(ContactLog(), "2026-11-24T12:00", CONTACT_RULES), "`at`"),
        (lambda: may_contact(ContactLog(), dt.datetime(2026, 11, 24, 12), CONTACT_RULES), "`at`"),  # noqa: DTZ001 - a time without an offset, on purpose
        (lambda: may_contact(ContactLog(), "2026-11-31T12:00+08:00", CONTACT_RULES), "`at`"),
        (lambda: may_contact(ContactLog(), "2026-11-24T12:00+08:00", CONTACT_RULES, offset="Asia/Shanghai"), "`offset`"),
        (lambda: may_contact(ContactLog(), "2026-11-24T12:00+08:00", CONTACT_RULES, offset="+15:00"), "`offset`"),
        (lambda: may_contact("log", "2026-11-24T12:00+08:00", CONTACT_RULES), "`log`"),  # type: ignore[arg-type]
        (lambda: may_contact(ContactLog(), "2026-11-24T12:00+08:00", ["quiet"]), "`rules`"),  # type: ignore[list-item]
        (lambda: may_contact(ContactLog(), "2026-11-24T12:00+08:00", CONTACT_RULES, contact="call"), "`contact`"),  # type: ignore[arg-type]
        (lambda: ContactLog(attempts=_tried("24T10", "24T09")), "ContactLog.attempts"),
        (lambda: ContactLog(preferred_channels="call"), "preferred_channels"),
        (lambda: Attempt(at="2026-11-24", contact="call", response="maybe"), "Attempt.response"),  # type: ignore[arg-type]
        (lambda: Contact("phone"), "Contact.channel"),
        (lambda: Hours("8:00", "22:00"), "Hours.begin"),
        (lambda: Hours("00:00", "24:00"), "Hours.end"),
    ],
    ids=[
        "a time without an offset", "a datetime without an offset", "a day that is none", "a zone by name", "an offset too far", "no log",
        "a rule that is none", "a contact that is none", "a log out of order", "one channel for several", "an attempt with three faults",
        "a channel that is none", "a time not written out", "hours of no length",
    ],
)  # fmt: skip
def test_a_wrong_argument_is_named(call: object, named: str) -> None:
    with pytest.raises((InvalidInputError, InvalidValueError), match=named):
        call()  # type: ignore[operator]


def test_quiet_hours_of_another_country_are_a_value_anybody_can_make() -> None:
    american = QuietHours(hours=Hours("21:00", "08:00"), source=Citation(document=("规例F", "Regulation F"), article="1006.6", standing="regulation"))
    assert not may_contact(ContactLog(), "2026-11-24T21:30-05:00", [american]).is_allowed
