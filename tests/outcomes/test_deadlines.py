"""How soon a signal is answered, and what sets off a visit."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revisit_policy.errors import InvalidInputError, InvalidValueError, UnknownNameError
from revisit_policy.outcomes.day_window import DayWindow
from revisit_policy.outcomes.deadline import Deadline
from revisit_policy.outcomes.signal import Level, Signal, SignalCode
from revisit_policy.outcomes.trigger import Trigger
from revisit_policy.values.dates import Date

DEADLINES = st.builds(Deadline, st.none() | st.integers(1, 60), within_month=st.booleans())

LABELS = {
    "a number of days": (Deadline(5), "5个工作日内", "within 5 working days"),
    "a single day": (Deadline(1), "1个工作日内", "within 1 working day"),
    "days that end with the month": (Deadline(3, within_month=True), "3个工作日内且不跨月", "within 3 working days and the same month"),
    "one day that ends with the month": (Deadline(1, within_month=True), "1个工作日内且不跨月", "within 1 working day and the same month"),
    "the month alone": (Deadline(None, within_month=True), "当月内", "within the same month"),
    "no time of its own": (Deadline(None), "下次回访时", "at the next visit"),
}


@pytest.mark.parametrize(("deadline", "zh", "en"), LABELS.values(), ids=LABELS)
def test_a_deadline_reads_in_both_languages(deadline: Deadline, zh: str, en: str) -> None:
    assert (deadline.label("zh"), deadline.label("en")) == (zh, en)


def test_deadlines_run_from_mild_to_strict() -> None:
    mild_to_strict = [Deadline(None), Deadline(None, within_month=True), Deadline(10), Deadline(10, within_month=True), Deadline(1)]
    for order in itertools.permutations(mild_to_strict):
        assert sorted(order) == mild_to_strict


@given(DEADLINES, DEADLINES)
def test_deadlines_are_ordered_totally_and_as_they_are_equal(first: Deadline, second: Deadline) -> None:
    assert (first < second) + (second < first) + (first == second) == 1
    assert hash(first) == hash(second) or first != second


@given(DEADLINES)
def test_the_text_of_a_deadline_can_be_pasted_back(deadline: Deadline) -> None:
    assert eval(repr(deadline)) == deadline  # noqa: S307 - our own text


@given(DEADLINES)
def test_only_a_deadline_without_days_and_month_waits(deadline: Deadline) -> None:
    assert deadline.waits_for_next_visit is (deadline == Deadline(None))


@pytest.mark.parametrize("days", [0, -1, 2.5, True, "5"], ids=["none", "less than none", "a part of a day", "a flag", "text"])
def test_a_deadline_takes_whole_working_days_from_one(days: object) -> None:
    with pytest.raises(InvalidInputError, match=r"`Deadline\.working_days` must be a whole number at least 1"):
        Deadline(days)  # type: ignore[arg-type]


def test_a_deadline_compares_with_deadlines_only() -> None:
    with pytest.raises(TypeError):
        assert Deadline(5) < 5  # type: ignore[operator] # that is the point


def test_a_trigger_names_its_signal_level_and_deadline_in_both_languages() -> None:
    trigger = Trigger("arrears", "orange", Deadline(3))
    assert (trigger.code, trigger.level) == (SignalCode.ARREARS, Level.ORANGE)
    assert (trigger.label("zh"), trigger.label("en")) == ("贷款逾期（橙色）：3个工作日内", "arrears (orange): within 3 working days")


def test_a_trigger_reports_all_that_is_wrong_with_it_together() -> None:
    with pytest.raises(InvalidInputError) as found:
        Trigger("arears", "purple", 3)  # type: ignore[arg-type]
    assert [getattr(fault, "field", None) for fault in found.value.exceptions] == ["code", "level", "deadline"]
    assert "perhaps `arrears`" in str(found.value)


def test_a_signal_reads_in_both_languages() -> None:
    dated, undated = Signal("npl", level="red", since="2026-11-02"), Signal("npl", level="red")
    assert (dated.label("zh"), dated.label("en")) == ("不良（红色，自2026年11月2日起）", "non-performing (red, since 2 Nov 2026)")
    assert (undated.label("zh"), undated.label("en")) == ("不良（红色）", "non-performing (red)")


def test_a_signal_keeps_its_first_day() -> None:
    assert Signal("npl", level="red", since="2026-11-02").since == Date(2026, 11, 2)


def test_a_signal_reports_all_that_is_wrong_with_it_together() -> None:
    with pytest.raises(InvalidInputError) as found:
        Signal("arears", level="purple", since="now")
    assert [getattr(fault, "field", None) for fault in found.value.exceptions] == ["code", "level", "since"]


def test_a_signal_reads_in_no_third_language() -> None:
    with pytest.raises(UnknownNameError):
        Signal("npl", level="red").label("fr")


def test_a_day_window_reads_in_both_languages() -> None:
    assert (DayWindow(30, 90).label("zh"), DayWindow(30, 90).label("en")) == ("放款后30至90天", "30 to 90 days after disbursement")


def test_a_day_window_may_be_a_single_day() -> None:
    assert DayWindow(0, 0) == DayWindow(first=0, last=0)


@pytest.mark.parametrize(("first", "last"), [(30, 29), (-1, 5), (1.0, 2), (True, 2)], ids=["turned round", "before", "a float", "a flag"])
def test_a_day_window_takes_whole_days_in_order(first: int, last: int) -> None:
    with pytest.raises(InvalidValueError, match="whole days, the last not before the first"):
        DayWindow(first, last)
