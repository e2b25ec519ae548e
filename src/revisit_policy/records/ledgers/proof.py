"""Proofs about one entry, and about two heads, for whoever does not have the ledger."""

from __future__ import annotations

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.records.ledgers.digest import to_digests
from revisit_policy.records.ledgers.entry import Entry
from revisit_policy.records.ledgers.head import Head, to_head
from revisit_policy.records.ledgers.tree import EMPTY, root_by_path, roots_by_path
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import checked, fault, gather, gathering, to_text, to_whole


def to_size(value: int) -> int:
    """The number of entries, at least one."""
    return to_whole(value, low=1)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class InclusionProof:
    """That one entry stands at its place in a ledger, without any other entry: `Ledger.inclusion` makes it.

    Args:
        ledger: The name of the ledger.
        index: The place of the entry, from 0.
        size: The entries of the head that it leads to.
        path: The hashes beside the way up, the lowest first: as RFC 9162, 2.1.3, has them.

    Raises:
        InvalidInputError: If a field is malformed, or the entry would stand behind the last.
    """

    ledger: str = attrs.field(converter=to_text)
    index: int = attrs.field(converter=to_whole)
    size: int = attrs.field(converter=to_size)
    path: tuple[str, ...] = attrs.field(converter=to_digests)

    def __attrs_post_init__(self) -> None:
        gather(self, _is_within)

    def proves(self, entry: Entry, *, head: Head) -> bool:
        """Whether *entry* stood at that place when the ledger had *head*.

        The leaf is worked out of the fields, and their digests of the texts that are still there: an entry of which one sign was
        changed is not proved, one of which fields were dropped is.

        Args:
            entry: The entry in question, whole or with fields dropped.
            head: A head that you trust. Of another size than the proof's it is not proved.

        Raises:
            InvalidValueError: If *entry* is no entry, or *head* no head of this ledger.
        """
        checked(entry, Entry, field="entry", expected=Phrase("账本的条目", "an entry of a ledger"))
        to_head(head, ledger=self.ledger, field="head")
        is_sound = all(field.digest_of_text == field.digest for field in entry.fields)
        leaf = bytes.fromhex(entry.leaf_in(self.ledger))
        root = root_by_path(leaf, self.index, size=self.size, path=[bytes.fromhex(step) for step in self.path])
        return is_sound and head.size == self.size and root is not None and root.hex() == head.root


@attrs.frozen(kw_only=True, field_transformer=gathering)
class ConsistencyProof:
    """That a ledger only grew between two heads, without its entries: `Ledger.consistency` makes it.

    Args:
        ledger: The name of the ledger.
        old_size: The entries of the older head.
        size: Those of the newer one.
        path: The hashes from which both roots follow: as RFC 9162, 2.1.4, has them.

    Raises:
        InvalidInputError: If a field is malformed, or the older head is the larger.
    """

    ledger: str = attrs.field(converter=to_text)
    old_size: int = attrs.field(converter=to_whole)
    size: int = attrs.field(converter=to_whole)
    path: tuple[str, ...] = attrs.field(converter=to_digests)

    def __attrs_post_init__(self) -> None:
        gather(self, _has_grown)

    def proves(self, old: Head, *, head: Head) -> bool:
        """Whether the entries of *old* are the first of those of *head*, unchanged and in their order.

        Args:
            old: The older head.
            head: The newer one. Of other sizes than the proof's they are not proved.

        Raises:
            InvalidValueError: If one of them is no head of this ledger.
        """
        to_head(old, ledger=self.ledger, field="old")
        to_head(head, ledger=self.ledger, field="head")
        if (old.size, head.size) != (self.old_size, self.size):
            return False
        if not self.old_size:
            return not self.path and old.root == EMPTY.hex() and (self.size > 0 or head.root == old.root)
        path = [bytes.fromhex(step) for step in self.path]
        roots = roots_by_path(self.old_size, self.size, path=path, old_root=bytes.fromhex(old.root))
        return roots is not None and (roots[0].hex(), roots[1].hex()) == (old.root, head.root)


def _is_within(proof: InclusionProof) -> InvalidValueError | None:
    return None if proof.index < proof.size else fault("index", proof.index, Phrase("小于 `size`（{size}）", "below `size` ({size})", size=proof.size))


def _has_grown(proof: ConsistencyProof) -> InvalidValueError | None:
    if proof.old_size <= proof.size:
        return None
    return fault("old_size", proof.old_size, Phrase("至多为 `size`（{size}）", "at most `size` ({size})", size=proof.size))
