"""The version of this library, as a record carries it."""

from typing import Final

VERSION: Final = "0.1.0"
"""The version that writes records; the same that the distribution has."""
