"""Values made past their constructors are what the constructors make of sound parts."""

from __future__ import annotations

import copy
import pickle
from functools import cached_property

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from revisit_policy.outcomes.signal import Level, Signal, SignalCode
from revisit_policy.values.dates import Date, from_ordinal
from revisit_policy.values.unchecked import unchecked

made = unchecked(Signal)
DAYS = st.none() | st.integers(700_000, 800_000).map(from_ordinal)


@given(st.sampled_from(SignalCode), st.sampled_from(Level), DAYS)
def test_what_is_made_equals_what_the_constructor_makes(code: SignalCode, level: Level, since: Date | None) -> None:
    past, through = made(code=code, level=level, since=since), Signal(code, level=level, since=since)
    assert past == through
    assert hash(past) == hash(through)
    assert repr(past) == repr(through)
    assert pickle.loads(pickle.dumps(past)) == through
    assert copy.deepcopy(past) == attrs.evolve(past) == through


def test_what_is_left_out_is_what_the_constructor_puts_there() -> None:
    assert made(code=SignalCode.ARREARS, level=Level.RED) == Signal("arrears", level="red")


def test_a_field_without_a_default_is_asked_for() -> None:
    with pytest.raises(TypeError, match="level"):
        made(code=SignalCode.ARREARS)


def test_what_is_made_when_first_asked_still_is() -> None:
    @attrs.frozen
    class Square:
        side: int

        @cached_property
        def area(self) -> int:
            return self.side**2

    assert unchecked(Square)(side=3).area == 9


def test_fields_may_be_called_whatever_fields_are_called() -> None:
    @attrs.frozen(kw_only=True)
    class Named:
        new: int
        kind: int
        value: int
        made: int = 4

    assert unchecked(Named)(new=1, kind=2, value=3) == Named(new=1, kind=2, value=3)


def test_a_class_whose_fields_are_made_by_functions_is_refused() -> None:
    @attrs.frozen
    class Several:
        items: list[int] = attrs.field(factory=list)

    with pytest.raises(TypeError, match="`items` is made by a function"):
        unchecked(Several)


def test_a_class_without_slots_is_refused() -> None:
    @attrs.frozen(slots=False)
    class Open:
        side: int

    with pytest.raises(TypeError, match="keeps `side` in no slot"):
        unchecked(Open)


def test_a_field_may_be_called_anything() -> None:
    @attrs.frozen
    class Odd:
        kind: int
        value: int
        new: int

    assert unchecked(Odd)(kind=1, value=2, new=3) == Odd(1, 2, 3)
