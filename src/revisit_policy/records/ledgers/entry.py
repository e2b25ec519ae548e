"""One entry of a ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.policy.json_text import written
from revisit_policy.records.ledgers.digest import to_digest
from revisit_policy.records.ledgers.sealed_field import SealedField
from revisit_policy.records.ledgers.tree import leaf_hash
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.brief import Shown
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.validation import fault, found_in, gather, gathering, to_text, to_tuple_of


def to_fields(values: Iterable[SealedField]) -> tuple[SealedField, ...]:
    """The fields of an entry."""
    return to_tuple_of(SealedField, values)


@attrs.frozen(kw_only=True, field_transformer=gathering, repr=False)
class Entry:
    """What was recorded under one key: fields under their digests, and the leaf that stands for all of them in the ledger.

    `Ledger.append` makes it. It is kept as it was read: whether the leaf is that of the fields is for `Ledger.verify` and
    `InclusionProof.proves` to find.

    Args:
        key: What the entry is called. It stays for ever and is printed: take one that says nothing of a person.
        on: The day on which it was recorded.
        fields: At least one, in the order in which they were given.
        leaf: The hash of ledger, key, day and of the name, kind and digest of each field.

    Raises:
        InvalidInputError: If a field is malformed, there is none, or two have one name.
    """

    key: str = attrs.field(converter=to_text)
    on: Date = attrs.field(converter=to_date)
    fields: tuple[SealedField, ...] = attrs.field(converter=to_fields)
    leaf: str = attrs.field(converter=to_digest)

    def __attrs_post_init__(self) -> None:
        gather(self, _fields_differ_in_name)

    def field(self, name: str) -> SealedField:
        """The field of that name.

        Raises:
            UnknownNameError: If there is none, with the nearest name.
        """
        return found_in({field.name: field for field in self.fields}, name, kind=Phrase("字段", "field"))

    @property
    def salts(self) -> tuple[str, ...]:
        """The salts that are still there."""
        return tuple(field.salt for field in self.fields if field.salt is not None)

    def leaf_in(self, ledger: str) -> str:
        """The leaf as it follows from the fields, in the ledger of that name."""
        return leaf_of(ledger, self.key, on=self.on, fields=self.fields)

    def dropping(self, names: Collection[str]) -> Entry:
        """The same entry without the texts of the fields of these names."""
        return attrs.evolve(self, fields=tuple(field.dropped() if field.name in names else field for field in self.fields))

    def __repr__(self) -> str:
        return f"Entry({', '.join(f'{name}={value!r}' for name, value in self.__rich_repr__())})"

    def __rich_repr__(self) -> Shown:
        yield "key", self.key
        yield "on", str(self.on)
        yield "fields", tuple(field.name for field in self.fields)
        yield "leaf", f"{self.leaf[:12]}…"


def leaf_of(ledger: str, key: str, *, on: Date, fields: Iterable[SealedField]) -> str:
    """The leaf of an entry: what it is hashed of says no text, so that none is needed to check it."""
    sealed = [[field.name, field.kind, field.digest] for field in fields]
    return leaf_hash(written([ledger, key, on.isoformat(), sealed]).encode()).hex()


def _fields_differ_in_name(entry: Entry) -> InvalidValueError | None:
    names = [field.name for field in entry.fields]
    if names and len(set(names)) == len(names):
        return None
    return fault("fields", tuple(names), Phrase("一项或多项，名称各不相同", "one or more, each under a name of its own"))
