"""Logs, contacts and moments, dense around the limits of the rules."""

from __future__ import annotations

import datetime as dt

import attrs
from hypothesis import strategies as st

from revisit_policy.contact import Attempt, Channel, Contact, ContactLog, Hours, Person, Purpose, Response

CHINA_TIME = dt.timezone(dt.timedelta(hours=8))
BEGIN = dt.datetime(2026, 11, 23, tzinfo=CHINA_TIME)

moments = st.builds(
    lambda day, minute: BEGIN + dt.timedelta(days=day, minutes=minute),
    st.integers(0, 3),
    st.sampled_from([0, 7 * 60 + 59, 8 * 60, 12 * 60, 21 * 60 + 59, 22 * 60, 23 * 60 + 59]),
)
contacts = st.builds(
    Contact,
    st.sampled_from(Channel),
    st.sampled_from(Person),
    name=st.sampled_from([None, "a", "b"]),
    number=st.sampled_from([None, "mobile"]),
    purpose=st.sampled_from(Purpose),
)
made = st.sampled_from([response for response in Response if response is not Response.OPEN])
attempts = st.builds(Attempt, at=moments, contact=contacts, response=made)
calls = st.builds(Attempt, at=moments, contact=st.just(Contact("call", number="mobile")), response=made)
hours = st.sampled_from([None, Hours("21:00", "23:00"), Hours("09:00", "12:00"), Hours("23:00", "01:00")])


@st.composite
def logs(draw: st.DrawFn) -> ContactLog:
    found = draw(st.lists(st.one_of(attempts, calls), max_size=12))
    return ContactLog(
        attempts=sorted(found, key=lambda each: each.at),
        agreed_hours=draw(hours),
        preferred_hours=draw(hours),
        preferred_channels=draw(st.sampled_from([(), ("call",), ("message", "letter")])),
        debtor_incapable=draw(st.booleans()),
    )


@st.composite
def responses(draw: st.DrawFn, planned: tuple[Attempt, ...]) -> tuple[Attempt, ...]:
    """What comes of planned attempts, whatever it is."""
    return tuple(attrs.evolve(each, response=draw(made)) for each in planned)
