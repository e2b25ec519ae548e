"""The entries of a ledger in their order: a sequence that grows without being copied."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, overload

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.records.ledgers.entry import Entry
from revisit_policy.records.ledgers.tree import Node, Tree
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.brief import Shown
from revisit_policy.values.dates import Date
from revisit_policy.values.validation import fault, has_items, refused

#: What no two entries have in common.
_OWN: Final = {
    "key": Phrase("键各不相同的条目", "entries, each with a key of its own"),
    "salt": Phrase("盐各不相同的条目", "entries, each with a salt of its own"),
}


@attrs.frozen(eq=False)
class _Run:
    """As many entries in a row as a power of two: two runs of one size become one, so that an entry is moved few times."""

    entries: tuple[Entry, ...]
    places: dict[str, int]
    salts: frozenset[str]
    node: Node

    @classmethod
    def of(cls, entry: Entry) -> _Run:
        """A run of one."""
        return cls((entry,), {entry.key: 0}, frozenset(entry.salts), Node(bytes.fromhex(entry.leaf)))

    def joined(self, later: _Run) -> _Run:
        """This run and another of its size after it."""
        moved = {key: place + len(self.entries) for key, place in later.places.items()}
        return _Run(self.entries + later.entries, self.places | moved, self.salts | later.salts, self.node.joined(later.node))


@attrs.frozen(eq=False, repr=False)
class Entries(Sequence[Entry]):
    """The entries of a ledger, the oldest first. `added` gives others, and costs little however many there are.

    Args:
        runs: How they are kept: an affair of this module.
    """

    _runs: tuple[_Run, ...] = ()

    @property
    def _tree(self) -> Tree:
        return Tree(tuple(run.node for run in self._runs))

    @property
    def last_day(self) -> Date | None:
        """The day of the last one; ``None`` if there is none."""
        return self._runs[-1].entries[-1].on if self._runs else None

    def added(self, entry: Entry) -> Entries:
        """These and one more.

        Raises:
            InvalidValueError: If an entry has its key already, or a salt is used again: who knows the salt of one field could find the
                text of another that was dropped.
        """
        if self.place_of(entry.key) is not None:
            raise fault("key", entry.key, Phrase("其他条目未用过的键", "a key that no other entry has"))
        run = _Run.of(entry)
        if any(not run.salts.isdisjoint(known.salts) for known in self._runs):
            raise fault("salt", "not shown", _drawn_again(entry.key))
        runs = [*self._runs, run]
        while len(runs) > 1 and len(runs[-2].entries) == len(runs[-1].entries):
            later = runs.pop()
            runs.append(runs.pop().joined(later))
        return Entries(tuple(runs))

    def root(self, size: int) -> str:
        """The root over the first *size* of them, of which there are as many."""
        return self._tree.root(size).hex()

    def path(self, place: int, *, size: int) -> tuple[str, ...]:
        """The hashes beside the way from the entry at *place* to the root over the first *size*."""
        return tuple(step.hex() for step in self._tree.path(place, size))

    def consistency(self, old: int, *, size: int) -> tuple[str, ...]:
        """The hashes from which the roots over the first *old* and over the first *size* follow."""
        return tuple(step.hex() for step in self._tree.consistency(old, size))

    def place_of(self, key: object) -> int | None:
        """Where the entry of that key stands, from 0; ``None`` if there is none."""
        before = 0
        for run in self._runs:
            if isinstance(key, str) and key in run.places:
                return before + run.places[key]
            before += len(run.entries)
        return None

    def with_dropped(self, names: Mapping[int, Collection[str]]) -> Entries:
        """The same entries without the texts of the fields of *names*, by place; nothing is left of their salts either."""
        runs, before = [], 0
        for run in self._runs:
            places = range(before, before + len(run.entries))
            entries = tuple(entry.dropping(names[at]) if at in names else entry for at, entry in zip(places, run.entries, strict=True))
            runs.append(attrs.evolve(run, entries=entries, salts=frozenset(salt for entry in entries for salt in entry.salts)))
            before = places.stop
        return Entries(tuple(runs))

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, place: int | slice) -> Entry | tuple[Entry, ...]:
        if isinstance(place, slice):
            return tuple(self)[place]
        at = place + len(self) if place < 0 else place
        for run in self._runs:
            if 0 <= at < len(run.entries):
                return run.entries[at]
            at -= len(run.entries)
        raise IndexError(place)

    def __iter__(self) -> Iterator[Entry]:
        return (entry for run in self._runs for entry in run.entries)

    def __len__(self) -> int:
        return self._tree.size

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Entries) and len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash((len(self), self._tree.root(len(self))))

    def __repr__(self) -> str:
        return f"<{len(self)} entries>"

    def __rich_repr__(self) -> Shown:
        yield f"{len(self)} entries"


def to_entries(values: Iterable[Entry]) -> Entries:
    """*values* as entries; entries themselves as they are.

    Raises:
        InvalidValueError: If they are no entries, or two have one key or a salt in common.
    """
    if isinstance(values, Entries):
        return values
    found = Entries()
    for value in values if has_items(values) else (values,):
        if not isinstance(value, Entry):
            raise refused(value, Phrase("账本的条目", "entries of a ledger"))
        try:
            found = found.added(value)
        except InvalidValueError as error:
            raise refused(error.value, _OWN[error.field]) from None
    return found


def _drawn_again(key: str) -> Phrase:
    return Phrase(
        "每个条目重新随机生成，而 `{key}` 的盐已用过", "drawn anew for each entry, which that of `{key}` is not", key=key
    )
