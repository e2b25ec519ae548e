"""Ledgers of made-up records for the tests of this folder."""

from __future__ import annotations

from hashlib import sha256

from revisit_policy.records import Content, Ledger

BORROWER = "王小明"


def salt_of(number: int) -> bytes:
    """A salt that no other entry has: drawn by chance in earnest."""
    return sha256(number.to_bytes(8, "big")).digest()


def ledger_of(size: int, *, name: str = "decisions") -> Ledger:
    """So many records, each with a decision and the name of the borrower."""
    ledger = Ledger(name=name)
    for number in range(size):
        fields = {"decision": Content(f"watch\n{number}", "transaction"), "borrower": Content(BORROWER, "identity")}
        ledger = ledger.append(f"2026-{number:04}", on="2026-11-23", fields=fields, salt=salt_of(number))
    return ledger
