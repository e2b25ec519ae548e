"""When a visit is made, and when its result is there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revisit_policy.errors import InvalidInputError
from revisit_policy.outcomes.results.result import Result
from revisit_policy.outcomes.turnaround import TurnaroundPart
from revisit_policy.outcomes.window import BoundReason, Window
from revisit_policy.values.dates import Date, from_ordinal
from revisit_policy.values.labels import Label
from revisit_policy.values.working_days import Basis

DAYS = st.integers(Date(2020, 1, 1).toordinal(), Date(2030, 1, 1).toordinal()).map(from_ordinal)
THREE_DAYS = st.tuples(DAYS, DAYS, DAYS)


@given(THREE_DAYS.map(sorted), DAYS)
def test_a_day_lies_in_a_window_from_its_opening_to_its_closing(days: list[Date], day: Date) -> None:
    opens, due, closes = days
    assert (day in Window(opens=opens, due=due, closes=closes)) is (opens <= day <= closes)


@given(THREE_DAYS)
def test_a_window_takes_its_days_in_order_only(days: tuple[Date, Date, Date]) -> None:
    opens, due, closes = days
    if opens <= due <= closes:
        assert Window(opens=opens, due=due, closes=closes).basis is Basis.CONFIRMED
    else:
        with pytest.raises(InvalidInputError, match=r"`Window\.(due|closes)` must be on or after"):
            Window(opens=opens, due=due, closes=closes)


@given(THREE_DAYS)
def test_a_result_takes_its_days_in_order_only(days: tuple[Date, Date, Date]) -> None:
    earliest, expected, latest = days
    if earliest <= expected <= latest:
        assert Result.of(earliest=earliest, expected=expected, latest=latest).latest == latest
    else:
        with pytest.raises(InvalidInputError, match=r"`Result\.(expected|latest)` must be on or after"):
            Result.of(earliest=earliest, expected=expected, latest=latest)


def test_days_can_be_written_as_text() -> None:
    assert Window(opens="2025-02-14", due="2025-03-14", closes="2025-04-15").closes == Date(2025, 4, 15)
    assert Result.of(earliest="2025-02-14", expected="2025-03-14", latest="2025-04-15").latest == Date(2025, 4, 15)


@pytest.mark.parametrize("kind", [Window, Result.of])
def test_all_that_is_wrong_with_three_days_is_told_together(kind: Callable[..., object]) -> None:
    first, second, third = ("opens", "due", "closes") if kind is Window else ("earliest", "expected", "latest")
    with pytest.raises(InvalidInputError) as found:
        kind(**{first: "now", second: "2025-02-30", third: 20250415})
    assert [getattr(fault, "field", None) for fault in found.value.exceptions] == [first, second, third]


def test_an_order_is_judged_beside_a_day_that_is_none() -> None:
    with pytest.raises(InvalidInputError) as found:
        Window(opens="2025-03-01", due="2025-02-01", closes="soon")
    assert [getattr(fault, "field", None) for fault in found.value.exceptions] == ["closes", "due"]


def test_windows_that_were_moved_for_different_reasons_are_not_the_same() -> None:
    plain = Window(opens="2025-02-14", due="2025-03-14", closes="2025-04-15", closes_because=(BoundReason.DISBURSEMENT,))
    rolled = Window(opens="2025-02-14", due="2025-03-14", closes="2025-04-15", closes_because=(BoundReason.DISBURSEMENT, BoundReason.ROLLED_BACK))
    assert plain != rolled
    assert hash(plain) != hash(rolled)


def test_a_part_may_shorten_the_whole() -> None:
    assert TurnaroundPart(Label("信用优良", "excellent standing"), -1).working_days == -1


@pytest.mark.parametrize("days", [1.5, "3", True], ids=["a part of a day", "text", "a flag"])
def test_a_part_takes_whole_working_days(days: object) -> None:
    with pytest.raises(InvalidInputError, match=r"`TurnaroundPart\.working_days` must be a whole number"):
        TurnaroundPart(Label("核实", "verification"), days)  # type: ignore[arg-type]


@pytest.mark.parametrize("flag", ["is_contingent", "is_report"])
def test_a_part_takes_flags_as_flags(flag: str) -> None:
    with pytest.raises(InvalidInputError, match=rf"`TurnaroundPart\.{flag}` must be True or False"):
        TurnaroundPart(Label("核实", "verification"), 3, **{flag: 1})  # type: ignore[arg-type]
