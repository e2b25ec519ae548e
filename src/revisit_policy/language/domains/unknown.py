"""What stands for a value that nobody measured."""

from __future__ import annotations

from math import isnan
from typing import Final

#: Compares false with every limit, whichever way round: how an unknown number is handed to the readers.
UNKNOWN_NUMBER: Final = float("nan")


def is_unknown(value: object) -> bool:
    """True for ``None`` and for a NaN: both mean that nobody measured."""
    return value is None or (isinstance(value, float) and isnan(value))
