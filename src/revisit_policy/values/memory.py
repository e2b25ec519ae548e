"""Memories: what has been made once and is likely to be asked for again, within a bound of bytes.

A memory hangs on the value that it serves, a reader or a policy, and goes with it. It has two halves. What is asked for stands
in the younger one; when that is full it becomes the older one, and what the older one held is let go: nobody asked for it since.
So a memory never begins from nothing, and letting go takes no longer than half of it.
"""

from __future__ import annotations

from collections.abc import Hashable
from gc import get_referents
from sys import getsizeof
from typing import Final, Generic, TypeVar

import attrs

#: The bytes that a memory holds unless it is told otherwise.
BUDGET: Final = 2**22

#: What a place in a dictionary takes, one in three of them being free.
_PLACE: Final = 100


#: The flag of a class that is no built-in one.
_IS_WRITTEN: Final = 1 << 9

#: Of the values of one class, that at every sixteenth place is measured.
_SELDOM: Final = 15

#: What is kept.
Made = TypeVar("Made")


@attrs.define(eq=False)
class Memory(Generic[Made]):
    """What was made of a key, kept until half of the *budget* has been filled with other things since it was last asked for.

    The bound is in bytes and not in entries, because entries differ: what the tables of one policy say of a case may take a hundred
    times what those of another do. The bytes are an estimate (see `size_of`), of which the order of magnitude counts.
    Threads may share a memory: two that miss the same thing at once may both make it.

    Args:
        budget: How many bytes are kept at most, one entry aside.

    Examples:
        >>> squares: Memory[int] = Memory()
        >>> squares.find(12), squares.keep(12, 144), squares.find(12), len(squares)
        (None, 144, 144, 1)
    """

    budget: int = BUDGET
    #: The younger half: always the same dictionary, so that generated source can look into it without a call.
    kept: dict[Hashable, Made] = attrs.field(factory=dict, init=False)
    _older: dict[Hashable, Made] = attrs.field(factory=dict, init=False)
    _younger_bytes: int = attrs.field(default=0, init=False)
    _older_bytes: int = attrs.field(default=0, init=False)
    _sizes: dict[type, int] = attrs.field(factory=dict, init=False)

    def __len__(self) -> int:
        return len(self.kept) + len(self._older)

    @property
    def bytes(self) -> int:
        """About how many bytes are held."""
        return self._younger_bytes + self._older_bytes

    def find(self, key: Hashable) -> Made | None:
        """What is kept of *key*, and from now on stands in the younger half; ``None`` if nothing is."""
        found = self.kept.get(key)
        if found is None and (found := self._older.get(key)) is not None:
            self.keep(key, found)
        return found

    def keep(self, key: Hashable, made: Made) -> Made:
        """*made*, from now on kept under *key*; it is not ``None``."""
        taken = _PLACE + getsizeof(key) + self._size_of(made)
        if self._younger_bytes + taken > self.budget // 2:
            self._older, self._older_bytes = self.kept.copy(), self._younger_bytes
            self.kept.clear()
            self._younger_bytes = 0
        self._younger_bytes += taken
        self.kept[key] = made
        return made

    def _size_of(self, made: object) -> int:
        """As `size_of`; of a class written in Python the most that was found, because to measure takes longer than to keep."""
        kind = type(made)
        known = self._sizes.get(kind)
        if known is None or not len(self.kept) & _SELDOM:
            known = max(size_of(made), known or 0)
            if kind.__flags__ & _IS_WRITTEN:
                self._sizes[kind] = known
        return known


def size_of(made: object) -> int:
    """About how many bytes *made* takes with what it holds, without what that holds in turn, which it shares with others."""
    kind = type(made)
    own = getsizeof(kind) if kind.__flags__ & _IS_WRITTEN else 0  # what is written in Python refers to its class
    return getsizeof(made) + sum(map(getsizeof, get_referents(made))) - own
