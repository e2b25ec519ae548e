"""Hours: what the visits of schedules take, by method, each officer counted."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.policy.test_result_of import case

from revisit_policy import MethodNote, VisitMethod, Vocabulary
from revisit_policy.errors import InvalidValueError, UnknownNameError
from revisit_policy.rulebooks import cn_housing
from revisit_policy.testing import case_files
from revisit_policy.workload import hours

WORDS = attrs.evolve(
    cn_housing.policy().words,
    methods=[
        MethodNote("off_site", hours="0.02"), MethodNote("sms", hours="0.05"), MethodNote("phone", hours="0.5"), MethodNote("video", hours="0.75"),
        MethodNote("on_site", hours=4, officers=2),
    ],
)
POLICY = cn_housing.rulebook.in_force("2026-06-30")


@settings(max_examples=15)
@given(st.lists(case_files(on="2026-06-30"), max_size=3))
def test_hours_are_those_of_every_visit_for_every_officer(files: list[Any]) -> None:
    schedules = [POLICY.decide(file, on="2026-06-30").schedule for file in files]
    found = hours(schedules, WORDS)
    visits = [visit for schedule in schedules for visit in schedule.all]
    assert found.visits == len(visits)
    assert found.hours == sum(((WORDS.method(visit.method.value).hours or Fraction(0)) * visit.officers for visit in visits), start=Fraction(0))
    assert found.unknown == 0
    assert [each.method for each in found.by_method] == list(VisitMethod)
    alone = [hours([schedule], WORDS) for schedule in schedules]
    assert found.hours == sum((each.hours for each in alone), start=Fraction(0))


def test_visits_of_unknown_length_are_counted_apart() -> None:
    schedule = POLICY.decide(case(), on="2026-11-23").schedule
    found = hours([schedule], POLICY.words)
    assert (found.hours, found.unknown) == (Fraction(0), len(schedule.all))
    assert {each.hours for each in found.by_method} == {None}


@pytest.mark.parametrize("wrong", [["L-1"], 3], ids=["a loan for a schedule", "a number"])
def test_what_is_no_schedule_is_refused(wrong: Any) -> None:
    with pytest.raises(InvalidValueError, match="several schedules"):
        hours(wrong, WORDS)
    with pytest.raises(InvalidValueError, match="`vocabulary` must be a Vocabulary"):
        hours([], "words")  # type: ignore[arg-type] # on purpose


def test_a_method_that_the_vocabulary_has_not_is_refused() -> None:
    schedule = POLICY.decide(case(), on="2026-11-23").schedule
    with pytest.raises(UnknownNameError, match="unknown method"):
        hours([schedule], Vocabulary(methods=[MethodNote("sms", hours=1)]))
