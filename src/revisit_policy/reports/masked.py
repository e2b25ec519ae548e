"""Masking: what tells people apart, hidden unless whoever reads the page may know it."""

from __future__ import annotations

from typing import Final

_SHOWN: Final = 4
_HIDDEN: Final = "****"


def masked(identity: str) -> str:
    """The last four signs of an *identity* that has more than twice as many, and nothing of a shorter one; never how long it is.

    Examples:
        >>> masked("GZ-2024-000117"), masked("B-88")
        ('****0117', '****')
    """
    return _HIDDEN + identity[-_SHOWN:] if len(identity) > 2 * _SHOWN else _HIDDEN
