"""Columns of arrays with a mask of what is null: what pandas holds, without its price for every step.

A plan has thousands of steps. For one of them pandas takes a hundred microseconds, however few the rows are, and NumPy two.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, TypeAlias

import attrs

#: An array of NumPy, which has no type here: it comes with pandas, and is not there without it.
Array: TypeAlias = Any


def _comparison(how: Callable[[Any, Any], Any]) -> Callable[[Masked, Masked], Masked]:
    def compared(one: Masked, other: Masked) -> Masked:
        gone = _either(one.gone, other.gone)
        found = how(one.values, other.values)
        return Masked(found) if gone is None else Masked(found & ~gone, gone)

    return compared


def _reckoning(how: Callable[[Any, Any], Any]) -> Callable[[Masked, Masked], Masked]:
    def reckoned(one: Masked, other: Masked) -> Masked:
        return Masked(how(one.values, other.values), _either(one.gone, other.gone))

    return reckoned


@attrs.frozen(eq=False)
class Masked:
    """A column, or one value that all rows have: an array without a dimension.

    A truth value that is gone stands as false, so that *values* tells where it is surely true.

    Args:
        values: Whole numbers of 64 bits, floats, truth values, or plain Python objects.
        gone: True where there is none; ``None`` if there is one everywhere.
    """

    values: Array
    gone: Array | None = None

    __lt__ = _comparison(operator.lt)
    __le__ = _comparison(operator.le)
    __gt__ = _comparison(operator.gt)
    __ge__ = _comparison(operator.ge)
    __eq__ = _comparison(operator.eq)  # type: ignore[assignment] # compares the rows
    __ne__ = _comparison(operator.ne)  # type: ignore[assignment] # compares the rows
    __add__ = _reckoning(operator.add)
    __sub__ = _reckoning(operator.sub)
    __mul__ = _reckoning(operator.mul)
    __truediv__ = _reckoning(operator.truediv)
    __floordiv__ = _reckoning(operator.floordiv)
    __hash__ = None  # type: ignore[assignment] # it is no key

    def __and__(self, other: Masked) -> Masked:
        """Both, after Kleene: false where one of the two is."""
        surely = self.values & other.values
        if self.gone is None and other.gone is None:
            return Masked(surely)
        return Masked(surely, self.possibly & other.possibly & ~surely)

    def __or__(self, other: Masked) -> Masked:
        """One of the two, after Kleene: true where one is."""
        surely = self.values | other.values
        gone = _either(self.gone, other.gone)
        return Masked(surely, None if gone is None else gone & ~surely)

    def __invert__(self) -> Masked:
        return Masked(~self.possibly, self.gone)

    def is_nan(self) -> Masked:
        """Where it is not a number: such a one differs from itself."""
        return self.__ne__(self)

    def round(self, digits: int) -> Masked:
        """To so many *digits*."""
        return Masked(self.values.round(digits), self.gone)

    def cast(self, dtype: str) -> Masked:
        """In the type that NumPy calls *dtype*."""
        return Masked(self.values.astype(dtype), self.gone)

    @property
    def possibly(self) -> Array:
        """Where this, a truth value, is true or gone."""
        return self.values if self.gone is None else self.values | self.gone


def _either(one: Array | None, other: Array | None) -> Array | None:
    """Where one of two masks is true."""
    if one is None or other is None:
        return other if one is None else one
    return one | other
