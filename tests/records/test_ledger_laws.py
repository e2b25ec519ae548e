"""What holds of every ledger."""

from __future__ import annotations

import datetime as dt
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.records.ledgers import ledger_of, salt_of

import revisit_policy as rp
from revisit_policy.records import Content, Head, Ledger
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values import to_date

texts = st.text(st.characters(codec="utf-8"), max_size=12)
names = st.sampled_from(["decision", "borrower", "phone"])
kinds = st.sampled_from(["identity", "transaction", "contact"])
days = st.dates(max_value=dt.date(9900, 1, 1)).map(to_date)  # what is kept is kept for years
records = st.lists(st.dictionaries(names, st.builds(Content, texts, kinds), min_size=1), min_size=1, max_size=9)


def made(given_records: list[dict[str, Content]]) -> Ledger:
    ledger = Ledger(name="卷一")
    for number, fields in enumerate(given_records):
        ledger = ledger.append(f"{number}", on="2026-11-23", fields=fields, salt=salt_of(number))
    return ledger


def is_found(written: bytes, head: Head) -> bool:
    """Whether whoever reads *written* and holds it against *head* finds something."""
    try:
        ledger = Ledger.from_lines(head.ledger, written.decode().split("\n"))
    except (rp.RevisitPolicyError, UnicodeDecodeError):
        return True
    return bool(ledger.verify(head).findings)


def flipped(written: bytes, bit: int) -> bytes:
    changed = bytearray(written)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


SMALL: Final = ledger_of(2).redacted(on="2036-11-24", rules=cn_housing.RETENTION)
WRITTEN: Final = "\n".join(SMALL.to_lines(with_texts=True)).encode()


def test_every_single_bit_that_is_changed_is_found() -> None:
    assert not is_found(WRITTEN, SMALL.head)
    assert [bit for bit in range(len(WRITTEN) * 8) if not is_found(flipped(WRITTEN, bit), SMALL.head)] == []


@given(given_records=records, data=st.data())
def test_a_bit_changed_anywhere_in_any_ledger_is_found(given_records: list[dict[str, Content]], data: st.DataObject) -> None:
    ledger = made(given_records)
    written = "\n".join(ledger.to_lines(with_texts=True)).encode()
    assert not is_found(written, ledger.head)
    assert is_found(flipped(written, data.draw(st.integers(0, len(written) * 8 - 1))), ledger.head)


@given(given_records=records, data=st.data())
def test_a_bit_changed_in_a_head_is_found(given_records: list[dict[str, Content]], data: st.DataObject) -> None:
    ledger = made(given_records)
    bit = data.draw(st.integers(0, 255))
    root = f"{int(ledger.head.root, 16) ^ 1 << bit:064x}"
    assert ledger.verify(Head(ledger="卷一", size=len(ledger.entries), root=root)).findings


@given(given_records=records, on=days, data=st.data())
def test_dropping_changes_no_head_no_proof_and_no_finding(given_records: list[dict[str, Content]], on, data: st.DataObject) -> None:
    ledger = made(given_records)
    ended = data.draw(st.dictionaries(st.sampled_from([entry.key for entry in ledger.entries]), days))
    bare = ledger.redacted(on=on, rules=cn_housing.RETENTION, ended_on=ended)
    assert bare.head == ledger.head
    assert bare.verify(ledger.head).findings == ()
    assert bare.redacted(on=on, rules=cn_housing.RETENTION, ended_on=ended) == bare
    for entry in bare.entries:
        assert bare.inclusion(entry.key) == ledger.inclusion(entry.key)
        assert bare.inclusion(entry.key).proves(entry, head=ledger.head)


@given(given_records=records)
def test_what_is_written_is_read_again(given_records: list[dict[str, Content]]) -> None:
    ledger = made(given_records)
    assert Ledger.from_lines("卷一", ledger.to_lines(with_texts=True)) == ledger
    assert Ledger.from_lines("卷一", ledger.to_lines()).head == ledger.head


@given(given_records=records, data=st.data())
def test_a_ledger_that_grew_is_consistent_with_each_of_its_heads(given_records: list[dict[str, Content]], data: st.DataObject) -> None:
    ledger = made(given_records)
    old = ledger.head_at(data.draw(st.integers(0, len(given_records))))
    assert ledger.consistency(old).proves(old, head=ledger.head)
    assert ledger.verify(old).findings == ()
    assert ledger.verify(old).anchored == old.size


@pytest.mark.parametrize("size", [0, 1, 2, 3, 63, 64, 65, 1000])
def test_however_many_there_are_each_is_at_its_place(size: int) -> None:
    ledger = ledger_of(size)
    assert [entry.key for entry in ledger.entries] == [f"2026-{number:04}" for number in range(size)]
    assert [ledger.entries.place_of(f"2026-{number:04}") for number in range(size)] == list(range(size))
    assert len(ledger.entries) == ledger.head.size == size
