"""Records: what goes into a database or a file, and comes back the same in ten years.

Which door: `to_json` and `from_json` for every value that this library hands out or is handed; `to_dict` and `from_dict` where the
application has a writer of JSON, or a column of it. `json_text` writes what JSON can hold in the one canonical form that digests are
taken of, and `read_json` reads JSON strictly: nothing is rounded, and nothing that is written twice is dropped. `from_row` makes a
case file of a row of a database or of CSV, and `to_row` a row of it. A `Decision` is stored as its `DecisionRecord`, without its policy,
and `replay` asks that policy again. A `Ledger` keeps records so that a `Head` kept elsewhere shows that nobody changed them, and drops
what is personal when its time is over. `schema` is for who reads records without this library, `register` for who has a converter of cattrs.
"""

from revisit_policy.policy.json_text import Plain, json_text, read_json
from revisit_policy.records.case_rows import to_row
from revisit_policy.records.cattrs_hooks import Converter, register
from revisit_policy.records.decision_record import DecisionRecord, Told
from revisit_policy.records.from_row import RowForm, from_row
from revisit_policy.records.ledgers.content import Content
from revisit_policy.records.ledgers.entries import Entries
from revisit_policy.records.ledgers.entry import Entry
from revisit_policy.records.ledgers.head import Head
from revisit_policy.records.ledgers.ledger import Ledger
from revisit_policy.records.ledgers.proof import ConsistencyProof, InclusionProof
from revisit_policy.records.ledgers.sealed_field import SealedField
from revisit_policy.records.ledgers.verification import Flaw, LedgerFinding, Verification
from revisit_policy.records.own_classes import OwnClasses
from revisit_policy.records.record_form import from_dict, from_json, to_dict, to_json
from revisit_policy.records.recording import recorded
from revisit_policy.records.replay import Difference, Replay, replay
from revisit_policy.records.schema import schema

__all__ = [
    "ConsistencyProof",
    "Content",
    "Converter",
    "DecisionRecord",
    "Difference",
    "Entries",
    "Entry",
    "Flaw",
    "Head",
    "InclusionProof",
    "Ledger",
    "LedgerFinding",
    "OwnClasses",
    "Plain",
    "Replay",
    "RowForm",
    "SealedField",
    "Told",
    "Verification",
    "from_dict",
    "from_json",
    "from_row",
    "json_text",
    "read_json",
    "recorded",
    "register",
    "replay",
    "schema",
    "to_dict",
    "to_json",
    "to_row",
]
