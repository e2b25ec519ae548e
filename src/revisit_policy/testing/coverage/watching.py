"""Watching: the one place where tests look over the shoulder of the readers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from revisit_policy.language.readers.generated import GeneratedReader, Resolution

if TYPE_CHECKING:
    import pytest

#: Is told of one reading: the reader, the encoded values of its facts, and what was found.
Note: TypeAlias = Callable[[GeneratedReader, tuple[Any, ...], Resolution], None]


def watch_readings(patch: pytest.MonkeyPatch, note: Note) -> None:
    """Tell *note* of every reading of every policy until *patch* is undone."""
    read = GeneratedReader.resolve_values

    def noted(reader: GeneratedReader, values: tuple[Any, ...], unknown: tuple[int, ...] = ()) -> Resolution:
        found = read(reader, values, unknown)
        note(reader, values, found)
        return found

    patch.setattr(GeneratedReader, "resolve_values", noted)
