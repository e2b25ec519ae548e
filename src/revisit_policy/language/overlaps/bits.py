"""Bits: which of a whole number are set, one by one and in runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

#: How many bits are taken out one by one; more are read off the number's text, which takes as long however many there are.
_FEW: Final = 16


def bits_of(number: int) -> Iterator[int]:
    """The places of the bits that are set in *number*, at least 0, in ascending order.

    Examples:
        >>> list(bits_of(0b10110))
        [1, 2, 4]
    """
    if number.bit_count() <= _FEW:
        while number:
            yield (number & -number).bit_length() - 1
            number &= number - 1
        return
    yield from (at for at, digit in enumerate(reversed(f"{number:b}")) if digit == "1")


def runs_of(number: int) -> Iterator[tuple[int, int]]:
    """The runs of bits that are set in *number*, at least 0: the first place of each, and the place after its last; in ascending order.

    Examples:
        >>> list(runs_of(0b10110))
        [(1, 3), (4, 5)]
    """
    at = 0
    while number:
        start = (number & -number).bit_length() - 1
        number >>= start
        length = (~number & number + 1).bit_length() - 1
        yield at + start, at + start + length
        number >>= length
        at += start + length
