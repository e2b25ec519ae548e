"""Plans of contact and reach: lawful whatever comes of each try, and nobody lost too soon."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contact.strategies import BEGIN, contacts, logs, responses

from revisit_policy.contact import Attempt, Contact, ContactLog, Response, contact_plan, may_contact, reach
from revisit_policy.errors import InvalidInputError
from revisit_policy.rulebooks.cn_housing import CONTACT_RULES

SINCE = BEGIN + dt.timedelta(days=4)
UNTIL = SINCE + dt.timedelta(days=5)


@given(logs(), st.lists(contacts, min_size=1, max_size=3), st.integers(1, 12), st.sampled_from([0, 20, 240]), st.data())
def test_a_plan_breaks_no_rule_whatever_comes_of_each_attempt(log: ContactLog, wanted: list[Contact], tries: int, apart: int, data: st.DataObject) -> None:
    plan = contact_plan(log, CONTACT_RULES, since=SINCE, until=UNTIL, contacts=wanted, tries=tries, apart_minutes=apart)
    made = log
    for each in data.draw(responses(plan.attempts)):
        asked = may_contact(made, each.at, CONTACT_RULES, contact=each.contact)
        # a third person may be asked as long as nobody who owes is reached: then the plan is over
        if any(done.response.reached for done in made.attempts[len(log.attempts) :]):
            break
        assert asked.is_allowed
        made = made.adding(each)


@given(logs(), st.lists(contacts, min_size=1, max_size=3), st.integers(1, 12), st.sampled_from([20, 240]))
def test_attempts_lie_within_the_plan_and_apart(log: ContactLog, wanted: list[Contact], tries: int, apart: int) -> None:
    plan = contact_plan(log, CONTACT_RULES, since=SINCE, until=UNTIL, contacts=wanted, tries=tries, apart_minutes=apart)
    times = [each.at for each in plan.attempts]
    assert len(times) <= tries
    assert all(SINCE <= at <= UNTIL for at in times)
    assert all(later - earlier >= dt.timedelta(minutes=apart) for earlier, later in pairwise(times))
    assert {each.contact for each in plan.attempts}.isdisjoint(plan.left_out)
    assert all(each.response is Response.OPEN for each in plan.attempts)


def test_a_contact_that_can_never_be_made_is_left_out_and_the_others_go_on() -> None:
    plan = contact_plan(ContactLog(), CONTACT_RULES, since=SINCE, until=UNTIL, contacts=[Contact("call", "third_person"), Contact("call")], tries=2)
    assert [each.contact.to.value for each in plan.attempts] == ["borrower", "borrower"]
    assert plan.left_out == (Contact("call", "third_person"),)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"until": SINCE - dt.timedelta(minutes=1)}, "`until`"),
        ({"since": BEGIN}, "`since`"),
        ({"contacts": []}, "`contacts`"),
        ({"contacts": ["call"]}, "`contacts`"),
    ],
    ids=["an end before the beginning", "a beginning before the log ends", "nobody to contact", "a contact that is none"],
)
def test_a_wrong_plan_is_named(changed: dict[str, object], named: str) -> None:
    log = ContactLog(attempts=[Attempt(at=BEGIN + dt.timedelta(hours=1), contact=Contact("call"), response="answered")])
    with pytest.raises(InvalidInputError, match=named):
        contact_plan(log, CONTACT_RULES, **{"since": SINCE, "until": UNTIL, "contacts": [Contact("call")], **changed})  # type: ignore[arg-type]


@given(logs())
def test_whoever_was_just_reached_is_not_lost_and_a_failure_more_never_makes_it_better(log: ContactLog) -> None:
    now = BEGIN + dt.timedelta(days=9)
    failed = Attempt(at=now, contact=Contact("call"), response="unanswered")
    assert reach(log.adding(failed), now).step >= reach(log, now).step
    assert not reach(log.adding(Attempt(at=now, contact=Contact("call"), response="answered")), now).is_lost


def test_a_day_of_many_calls_makes_nobody_lost() -> None:
    tried = [Attempt(at=BEGIN + dt.timedelta(hours=hour), contact=Contact("call"), response="unanswered") for hour in range(9, 20)]
    assert reach(ContactLog(attempts=tried), SINCE).step.value == "other_times"
