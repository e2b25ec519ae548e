"""The ledger itself: entries that are only ever added, under one head."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import attrs

from revisit_policy.policy.retention import Retention, keeping, to_rules
from revisit_policy.records.ledgers.content import Content
from revisit_policy.records.ledgers.digest import to_salt
from revisit_policy.records.ledgers.entries import Entries, to_entries
from revisit_policy.records.ledgers.entry import Entry, leaf_of
from revisit_policy.records.ledgers.head import Head, to_head
from revisit_policy.records.ledgers.ledger_line import entry_of, line_of
from revisit_policy.records.ledgers.proof import ConsistencyProof, InclusionProof
from revisit_policy.records.ledgers.sealed_field import SealedField
from revisit_policy.records.ledgers.verification import Flaw, LedgerFinding, Verification
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.brief import Shown
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.validation import checked, fault, gather, gathering, several, to_text, to_whole

_NOBODY: Final[Mapping[str, str | Date]] = {}


@attrs.frozen(kw_only=True, field_transformer=gathering, repr=False)
class Ledger:
    """Records in the order in which they were made, so that it can be shown later that nobody changed them.

    A ledger alone proves little: whoever can write it can write all of it anew, or leave the last entries out, and its head will fit.
    What it proves, it proves against a head that was kept elsewhere (`Head`). The ledger never sees a clock, and draws nothing by
    chance: day and salt are given.

    Args:
        name: What the ledger is called. It goes into every leaf, so that no entry passes for one of another ledger.
        entries: The entries there are, the oldest first, as they were read; left out, none.

    Raises:
        InvalidInputError: If a field is malformed, or two entries have one key.

    Examples:
        >>> ledger = Ledger(name="decisions").append(
        ...     "2026-000001",
        ...     on="2026-11-23",
        ...     fields={"decision": Content("watch", "transaction"), "borrower": Content("王某", "identity")},
        ...     salt=bytes(32),  # in earnest secrets.token_bytes(32)
        ... )
        >>> ledger
        Ledger(name='decisions', size=1, root='1848cebf79a7…')
        >>> anchor = ledger.head
        >>> print(ledger.verify(anchor).text())
        in agreement with their digests: all 1; as a head kept elsewhere has them: the first 1
        >>> ledger.inclusion("2026-000001").proves(ledger.entry("2026-000001"), head=anchor)
        True
    """

    name: str = attrs.field(converter=to_text)
    entries: Entries = attrs.field(default=Entries(), converter=to_entries)

    def __attrs_post_init__(self) -> None:
        gather(self)

    @classmethod
    def from_lines(cls, name: str, lines: Iterable[str]) -> Ledger:
        """The ledger that was written as *lines*. What they say is not verified: `verify` does.

        Args:
            name: The name of the ledger.
            lines: What `to_lines` gives, without line ends.

        Raises:
            InvalidValueError: If a line is none, is cut off, says something twice or is of an unknown version; the message names the
                line, counted from 1, and does not repeat it.
            InvalidInputError: If two entries have one key.
        """
        given = several(lines, field="lines", expected=Phrase("账本的各行", "lines of a ledger"))
        return cls(name=name, entries=[entry_of(line, place=f"lines[{number}]") for number, line in enumerate(given, 1)])

    def to_lines(self, *, with_texts: bool = False) -> Iterator[str]:
        """One line of JSON an entry, the oldest first.

        Args:
            with_texts: Whether texts and salts are written. Left out they are not, and the lines can be handed to anybody: they are
                enough to verify, not to read. What is kept as the record needs ``with_texts=True``.
        """
        return (line_of(entry, with_texts=with_texts) for entry in self.entries)

    @property
    def head(self) -> Head:
        """The head of all entries there are."""
        return self.head_at(len(self.entries))

    def head_at(self, size: int) -> Head:
        """The head as it was when there were *size* entries.

        Raises:
            InvalidValueError: If there never were as many.
        """
        return Head(ledger=self.name, size=self._size(size), root=self.entries.root(size))

    def entry(self, key: str) -> Entry:
        """The entry of that key.

        Raises:
            InvalidValueError: If there is none. The message names no other key.
        """
        return self.entries[self._place(key)]

    def append(self, key: str, /, *, on: str | Date, fields: Mapping[str, Content], salt: bytes) -> Ledger:
        """The ledger with one entry more; this one stays as it is.

        Args:
            key: What the entry is called, such as a number of the bank's. It cannot be dropped later: it should say nothing of a person.
            on: The day on which it is recorded, not before that of the last entry.
            fields: What is recorded, by name.
            salt: At least 16 bytes drawn by chance for this entry alone. Do not keep it: the ledger keeps what it needs.

        Raises:
            InvalidValueError: If an argument is malformed, the key or the salt was used before, or the day is too early.
            InvalidInputError: If there are no fields.
        """
        day = to_date(on, field="on")
        given = checked(fields, Mapping, field="fields", expected=Phrase("按名称给出的内容", "contents by name"))
        own = to_salt(salt)
        sealed = tuple(SealedField.of(name, content, salt=own) for name, content in given.items())
        entry = Entry(key=key, on=day, fields=sealed, leaf=leaf_of(self.name, to_text(key), on=day, fields=sealed))
        last = self.entries.last_day
        if last is not None and day < last:
            raise fault("on", str(day), Phrase("不早于最后一条的日期（{last}）", "on or after the day of the last entry ({last})", last=last))
        return attrs.evolve(self, entries=self.entries.added(entry))

    def verify(self, *heads: Head) -> Verification:
        """What is wrong with the ledger: each entry worked out anew, then all of them held against the heads.

        Args:
            heads: Heads that were kept elsewhere, in any order. Without one, that entries are missing at the end or that all was
                written anew cannot be found; with several, a change is found between two of them.

        Raises:
            InvalidValueError: If one of them is no head of this ledger.
        """
        anchors = sorted((to_head(head, ledger=self.name, field="heads") for head in heads), key=lambda head: head.size)
        findings = [finding for place, entry in enumerate(self.entries) for finding in self._of_entry(place, entry)]
        sound = 0
        for head in anchors:
            if (found := self._of_head(head, sound=sound)) is not None:
                findings.append(found)
                break
            sound = head.size
        dropped = sum(field.is_dropped for entry in self.entries for field in entry.fields)
        return Verification(ledger=self.name, size=len(self.entries), anchored=sound, dropped=dropped, findings=tuple(findings))

    def inclusion(self, key: str, *, size: int | None = None) -> InclusionProof:
        """The proof that the entry of that key stands at its place.

        Args:
            key: The entry.
            size: The entries of the head against which it is to be held; ``None`` for the head of now.

        Raises:
            InvalidValueError: If there is no such entry among the first *size*, or never were as many.
        """
        place, within = self._place(key), self._size(len(self.entries) if size is None else size)
        if place >= within:
            expected = Phrase("至少为{least}，即条目 `{key}` 所在之处", "at least {least}, where the entry `{key}` stands", least=place + 1, key=key)
            raise fault("size", size, expected)
        path = self.entries.path(place, size=within)
        return InclusionProof(ledger=self.name, index=place, size=within, path=path)

    def consistency(self, old: Head, *, size: int | None = None) -> ConsistencyProof:
        """The proof that the ledger only grew since *old*.

        Args:
            old: An older head.
            size: The entries of the newer head; ``None`` for the head of now.

        Raises:
            InvalidValueError: If *old* is no head of this ledger, or has more entries than there are: the ledger was cut off.
        """
        to_head(old, ledger=self.name, field="old")
        within = self._size(len(self.entries) if size is None else size)
        if old.size > within:
            expected = Phrase("至多{most}条的头：账本在其后被截断", "a head of at most {most} entries: after it the ledger was cut off", most=within)
            raise fault("old", str(old), expected)
        path = self.entries.consistency(old.size, size=within)
        return ConsistencyProof(ledger=self.name, old_size=old.size, size=within, path=path)

    def dropping(
        self, key: str, *names: str, on: str | Date, rules: Iterable[Retention], ended_on: Mapping[str, str | Date] = _NOBODY
    ) -> Ledger:
        """The ledger without the texts of some fields of one entry; head and proofs stay as they are.

        Args:
            key: The entry.
            names: The fields; those already dropped may be among them.
            on: The day on which they are dropped.
            rules: How long each kind has to be kept.
            ended_on: By key, the day on which the relation with the borrower ended; a key left out: it has not.

        Raises:
            InvalidValueError: If there is no such entry, or a field has to be kept longer.
            UnknownNameError: If the entry has no such field, or no rule is about its kind.
        """
        place = self._place(key)
        entry, day = self.entries[place], to_date(on, field="on")
        for name in names:
            field = entry.field(name)
            last = keeping(rules, field.kind, recorded_on=entry.on, ended_on=_ended(key, ended_on))
            if last is None or day <= last:
                raise fault("on", str(day), _kept_until(last, field.kind))
        return attrs.evolve(self, entries=self.entries.with_dropped({place: names}))

    def redacted(self, *, on: str | Date, rules: Iterable[Retention], ended_on: Mapping[str, str | Date] = _NOBODY) -> Ledger:
        """The ledger without every text whose time is over; head and proofs stay as they are.

        Args:
            on: The day on which they are dropped.
            rules: How long each kind has to be kept. A kind that no rule is about is kept.
            ended_on: By key, the day on which the relation with the borrower ended; a key left out: it has not.

        Raises:
            InvalidValueError: If an argument is malformed.
        """
        day, known = to_date(on, field="on"), to_rules(rules)
        kinds = {rule.kind for rule in known}
        over: dict[int, tuple[str, ...]] = {}
        for place, entry in enumerate(self.entries):
            ended = _ended(entry.key, ended_on)
            lasts = {kind: keeping(known, kind, recorded_on=entry.on, ended_on=ended) for kind in kinds}
            names = tuple(field.name for field in entry.fields if (last := lasts.get(field.kind)) is not None and last < day)
            if names:
                over[place] = names
        return attrs.evolve(self, entries=self.entries.with_dropped(over))

    def _of_entry(self, place: int, entry: Entry) -> Iterator[LedgerFinding]:
        number = place + 1
        for field in entry.fields:
            if (got := field.digest_of_text) != field.digest:
                yield LedgerFinding(
                    flaw=Flaw.TEXT, first=number, last=number, key=entry.key, field=field.name, expected=field.digest, got=got
                )
        if (got := entry.leaf_in(self.name)) != entry.leaf:
            yield LedgerFinding(flaw=Flaw.LEAF, first=number, last=number, key=entry.key, expected=entry.leaf, got=got)

    def _of_head(self, head: Head, *, sound: int) -> LedgerFinding | None:
        have = len(self.entries)
        if head.size > have:
            return LedgerFinding(flaw=Flaw.TRUNCATED, first=have + 1, last=head.size, expected=str(head.size), got=str(have))
        got = self.entries.root(head.size)
        if got == head.root:
            return None
        return LedgerFinding(flaw=Flaw.REWRITTEN, first=sound + 1, last=head.size, expected=head.root, got=got)

    def _place(self, key: str) -> int:
        place = self.entries.place_of(key)
        if place is None:
            raise fault("key", key, Phrase("账本 `{name}` 中条目的键", "the key of an entry of `{name}`", name=self.name))
        return place

    def _size(self, size: int) -> int:
        return to_whole(size, high=len(self.entries), field="size")

    def __repr__(self) -> str:
        return f"Ledger({', '.join(f'{name}={value!r}' for name, value in self.__rich_repr__())})"

    def __rich_repr__(self) -> Shown:
        yield "name", self.name
        yield "size", len(self.entries)
        yield "root", f"{self.entries.root(len(self.entries))[:12]}…"


def _kept_until(last: Date | None, kind: str) -> Phrase:
    if last is None:
        return Phrase("业务关系结束之后：在此之前保存 `{kind}`", "after the relation has ended: until then `{kind}` is kept", kind=kind)
    return Phrase("{last}之后：`{kind}` 保存至该日", "after {last}, until when `{kind}` is kept", last=last, kind=kind)


def _ended(key: str, ended_on: Mapping[str, str | Date]) -> Date | None:
    found = checked(ended_on, Mapping, field="ended_on", expected=Phrase("按键给出的日期", "days by key")).get(key)
    return None if found is None else to_date(found, field="ended_on")
