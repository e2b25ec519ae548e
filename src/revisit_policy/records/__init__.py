"""Records: what goes into a database or a file, and comes back the same in ten years.

Which door: `json_text` writes what JSON can hold in the one canonical form that digests are taken of, and `read_json` reads
JSON strictly: nothing is rounded, and nothing that is written twice is dropped. A `Ledger` keeps records so that a `Head` kept
elsewhere shows that nobody changed them, and drops what is personal when its time is over.
"""

from revisit_policy.policy.json_text import Plain, json_text, read_json
from revisit_policy.records.ledgers.content import Content
from revisit_policy.records.ledgers.entries import Entries
from revisit_policy.records.ledgers.entry import Entry
from revisit_policy.records.ledgers.head import Head
from revisit_policy.records.ledgers.ledger import Ledger
from revisit_policy.records.ledgers.proof import ConsistencyProof, InclusionProof
from revisit_policy.records.ledgers.sealed_field import SealedField
from revisit_policy.records.ledgers.verification import Flaw, LedgerFinding, Verification

__all__ = [
    "ConsistencyProof",
    "Content",
    "Entries",
    "Entry",
    "Flaw",
    "Head",
    "InclusionProof",
    "Ledger",
    "LedgerFinding",
    "Plain",
    "SealedField",
    "Verification",
    "json_text",
    "read_json",
]
