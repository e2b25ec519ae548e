"""The tree of hashes of RFC 9162: one root for all leaves, and short paths that show what it was made of.

Leaves and nodes are hashed under different first bytes, so that none passes for the other. A tree of a size that is no power of
two is split at the largest power of two below it; nothing is ever doubled to fill it up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Final

import attrs

#: The root of a tree without leaves.
EMPTY: Final = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf that stands for *data*."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of what is above two hashes."""
    return sha256(b"\x01" + left + right).digest()


@attrs.frozen(eq=False)
class Node:
    """A full tree: as many leaves as a power of two."""

    hash: bytes
    size: int = 1
    halves: tuple[Node, Node] | None = None

    def joined(self, right: Node) -> Node:
        """The full tree of this one and another of its size to the right."""
        return Node(node_hash(self.hash, right.hash), self.size + right.size, (self, right))

    def within(self, start: int, size: int) -> bytes:
        """The hash of the full tree of *size* leaves that begins at *start*."""
        node = self
        while node.halves is not None and node.size > size:
            left, right = node.halves
            node, start = (left, start) if start < left.size else (right, start - left.size)
        return node.hash


@attrs.frozen(eq=False)
class Tree:
    """All leaves so far, as the full trees that stand side by side, the largest first."""

    peaks: tuple[Node, ...]

    @property
    def size(self) -> int:
        """How many leaves there are."""
        return sum(peak.size for peak in self.peaks)

    def root(self, size: int) -> bytes:
        """The root as it was when there were *size* leaves, which is at most as many as there are."""
        return self._between(0, size) if size else EMPTY

    def path(self, index: int, size: int) -> list[bytes]:
        """The hashes beside the way from the leaf *index* up to the root of *size* leaves, the lowest first."""
        return list(self._path(index, 0, size))

    def consistency(self, old: int, size: int) -> list[bytes]:
        """The hashes from which both the root of *old* leaves and that of *size* follow; none where one of them is of no leaf."""
        return list(self._consistency(old, (0, size), is_whole=True)) if old else []

    def _between(self, start: int, end: int) -> bytes:
        size = end - start
        if size & (size - 1) == 0:
            return self._full(start, size)
        middle = start + _split(size)
        return node_hash(self._between(start, middle), self._between(middle, end))

    def _full(self, start: int, size: int) -> bytes:
        for peak in self.peaks:
            if start < peak.size:
                return peak.within(start, size)
            start -= peak.size
        raise IndexError(start)

    def _path(self, index: int, start: int, end: int) -> Iterator[bytes]:  # noqa: PLR0917 - a leaf, and the leaves it is one of
        if end - start == 1:
            return
        middle = start + _split(end - start)
        if index < middle:
            yield from self._path(index, start, middle)
            yield self._between(middle, end)
        else:
            yield from self._path(index, middle, end)
            yield self._between(start, middle)

    def _consistency(self, old: int, leaves: tuple[int, int], *, is_whole: bool) -> Iterator[bytes]:
        start, end = leaves
        if old == end - start:
            if not is_whole:
                yield self._between(start, end)
            return
        half = _split(end - start)
        middle = start + half
        if old <= half:
            yield from self._consistency(old, (start, middle), is_whole=is_whole)
            yield self._between(middle, end)
        else:
            yield from self._consistency(old - half, (middle, end), is_whole=False)
            yield self._between(start, middle)


def _split(size: int) -> int:
    """The largest power of two below *size*, which is at least 2."""
    return 1 << ((size - 1).bit_length() - 1)


def root_by_path(leaf: bytes, index: int, *, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that follows from a leaf and the path beside its way; ``None`` if the path is too long or too short for it."""
    if size == 1:
        return None if path else leaf
    if not path:
        return None
    half, beside = _split(size), path[-1]
    if index < half:
        below = root_by_path(leaf, index, size=half, path=path[:-1])
        return below and node_hash(below, beside)
    below = root_by_path(leaf, index - half, size=size - half, path=path[:-1])
    return below and node_hash(beside, below)


def roots_by_path(old: int, size: int, *, path: Sequence[bytes], old_root: bytes | None) -> tuple[bytes, bytes] | None:
    """Both roots that follow from a path of consistency; ``None`` if it is too long or too short.

    Args:
        old: The leaves of the older tree, at least 1.
        size: Those of the newer one, at least *old*.
        path: What `Tree.consistency` gives.
        old_root: The older root, which is part of the way itself where the older tree is full; ``None`` further down, where the path
            begins with the hash in question.
    """
    if old == size:
        if old_root is None:
            return (path[0], path[0]) if len(path) == 1 else None
        return None if path else (old_root, old_root)
    if not path:
        return None
    half, beside = _split(size), path[-1]
    if old <= half:
        below = roots_by_path(old, half, path=path[:-1], old_root=old_root)
        return below and (below[0], node_hash(below[1], beside))
    below = roots_by_path(old - half, size - half, path=path[:-1], old_root=None)
    return below and (node_hash(beside, below[0]), node_hash(beside, below[1]))
