"""Observing: where whoever counts what rules do looks over the shoulder of the readers.

As a rule nobody does, and then a reading asks whether a tuple is empty. Who watches is told of every reading in the
process, because a test makes policies that nobody has seen before; so a seam is for tests and never for deciding.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, Generic, Protocol, TypeVar

Watcher = TypeVar("Watcher")


class Seam(Generic[Watcher]):
    """A function of the library that can be watched.

    Examples:
        >>> seam = Seam()
        >>> with seam.watched_by(print):
        ...     for told in seam.watchers:
        ...         told("a reading")
        a reading
        >>> seam.watchers
        ()
    """

    __slots__ = ("watchers",)

    def __init__(self) -> None:
        self.watchers: tuple[Watcher, ...] = ()

    @contextmanager
    def watched_by(self, watcher: Watcher) -> Iterator[None]:
        """Until the block ends *watcher* is among those that are told."""
        self.watchers = (*self.watchers, watcher)
        try:
            yield
        finally:
            self.watchers = tuple(other for other in self.watchers if other is not watcher)


class Note(Protocol):
    """Is told of one reading."""

    def __call__(self, reader: Any, values: tuple[Any, ...], found: Any, /) -> None:
        """Note what the *reader* found, given the encoded *values* of its facts."""


#: Every reading with a trace, of every policy: the one function through which they pass.
READINGS: Final[Seam[Note]] = Seam()
