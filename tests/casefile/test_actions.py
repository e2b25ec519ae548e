"""What has been done about a loan is kept by its days, once, and refused where it cannot have been so."""

from __future__ import annotations

import re

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.casefile import files

from revisit_policy import Action, ActionState, InvalidInputError, Measure
from revisit_policy.values.dates import Date

PROPOSED = Action("litigate", state="proposed", on="2026-03-02")
APPROVED = Action("litigate", state="approved", on="2026-03-09")
BEGUN = Action("litigate", state="begun", on="2026-03-09")
DONE = Action("litigate", state="done", on="2026-05-04")
LETTER = Action("lawyer_letter", state="done", on="2026-03-05")


def test_actions_are_kept_by_their_days_in_whatever_order_they_come() -> None:
    assert files.case(actions=(DONE, BEGUN, LETTER, APPROVED, PROPOSED)).actions == (PROPOSED, LETTER, APPROVED, BEGUN, DONE)


def test_an_action_that_is_recorded_twice_stands_once() -> None:
    assert files.case(actions=[DONE, BEGUN, DONE]) == files.case(actions=[BEGUN, DONE])


def test_what_has_ended_may_be_taken_up_anew() -> None:
    again = Action("litigate", state="proposed", on="2026-06-01")
    assert files.case(actions=(BEGUN, DONE, again)).actions[-1] == again


def test_a_case_file_without_actions_says_that_nothing_has_been_done() -> None:
    assert files.case().actions == ()


@given(st.permutations([PROPOSED, APPROVED, BEGUN, DONE, LETTER]))
def test_the_order_in_which_actions_are_recorded_tells_nothing(actions: list[Action]) -> None:
    assert files.case(actions=actions).actions == (PROPOSED, LETTER, APPROVED, BEGUN, DONE)


def test_an_action_says_all_that_is_wrong_with_it_at_once() -> None:
    with pytest.raises(InvalidInputError) as refused:
        Action("litigat", state="started", on="soon")
    fields = [getattr(fault, "field", "") for fault in refused.value.exceptions]
    assert fields == ["measure", "state", "on"]
    assert "litigate" in str(refused.value)


REFUSED = {
    "begun and then proposed": ((BEGUN, attrs.evolve(PROPOSED, on="2026-03-10")), "must be in order: begun on 2026-03-09 is followed by that"),
    "approved and then proposed": ((APPROVED, attrs.evolve(PROPOSED, on="2026-04-01")), "must be in order: approved on 2026-03-09"),
    "before the loan": ((attrs.evolve(DONE, on="2001-01-01"),), "`CaseFile.actions[0].on` must be on or after `disbursed_on`"),
    "no action at all": (("litigate",), "`CaseFile.actions` must be a tuple of Action"),
}


@pytest.mark.parametrize(("actions", "message"), REFUSED.values(), ids=REFUSED)
def test_actions_that_cannot_have_been_so_are_refused(actions: tuple[Action, ...], message: str) -> None:
    with pytest.raises(InvalidInputError, match=re.escape(message)):
        files.case(actions=actions)


def test_an_action_after_the_decision_day_is_refused_with_the_day() -> None:
    case = files.case(actions=(attrs.evolve(DONE, on="2026-12-24"),))
    with pytest.raises(InvalidInputError, match=r"`actions\[0\]\.on` must be on or before the decision day"):
        case.check(Date(2026, 12, 23))


def test_states_say_whether_somebody_is_at_it() -> None:
    assert [state.value for state in ActionState if state.is_in_hand] == ["proposed", "approved", "begun"]


def test_a_case_file_shows_its_actions_in_both_languages() -> None:
    case = files.case(actions=(BEGUN,))
    assert "提起诉讼" in case.to_html("zh")
    assert "begun" in case.to_html("en")
    assert BEGUN.measure is Measure.LITIGATE
