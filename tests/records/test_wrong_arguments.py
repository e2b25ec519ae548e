"""Every argument of the room, given wrongly: one of our errors, in one line, that names it; never a raw one of Python."""

from __future__ import annotations

from typing import Final

import pytest
from tests.architecture.test_wrong_arguments import Call, check_refusals, fields_of
from tests.records.ledgers import ledger_of, salt_of

from revisit_policy.policy import Retention
from revisit_policy.records import Content, Head, Ledger, SealedField
from revisit_policy.rulebooks import cn_housing

LEDGER: Final = ledger_of(3)
HEAD: Final = LEDGER.head
ENTRY: Final = LEDGER.entries[1]
KEY: Final = ENTRY.key
CONTENT: Final = Content("a", "identity")
RULE: Final = cn_housing.RETENTION[0]
IN: Final = LEDGER.inclusion(KEY)
GREW: Final = LEDGER.consistency(LEDGER.head_at(1))
RULES: Final = cn_housing.RETENTION

CALLS: Final[dict[str, Call]] = {
    **fields_of("a content", CONTENT),
    **fields_of("a field", ENTRY.fields[0]),
    **fields_of("an entry", ENTRY),
    **fields_of("a head", HEAD),
    **fields_of("a ledger", LEDGER),
    **fields_of("a proof of inclusion", IN),
    **fields_of("a proof of consistency", GREW),
    **fields_of("a rule of retention", RULE),
    "`key` of `append`": lambda wrong: LEDGER.append(wrong, on="2026-12-01", fields={"a": CONTENT}, salt=salt_of(9)),
    "`on` of `append`": lambda wrong: LEDGER.append("a", on=wrong, fields={"a": CONTENT}, salt=salt_of(9)),
    "`fields` of `append`": lambda wrong: LEDGER.append("a", on="2026-12-01", fields=wrong, salt=salt_of(9)),
    "a field of `append`": lambda wrong: LEDGER.append("a", on="2026-12-01", fields={"a": wrong}, salt=salt_of(9)),
    "a name of `append`": lambda wrong: LEDGER.append("a", on="2026-12-01", fields={(wrong if wrong.__hash__ else ""): CONTENT}, salt=salt_of(9)),
    "`salt` of `append`": lambda wrong: LEDGER.append("a", on="2026-12-01", fields={"a": CONTENT}, salt=wrong),
    "`name` of `SealedField.of`": lambda wrong: SealedField.of(wrong, CONTENT, salt=salt_of(9)),
    "`content` of `SealedField.of`": lambda wrong: SealedField.of("a", wrong, salt=salt_of(9)),
    "`salt` of `SealedField.of`": lambda wrong: SealedField.of("a", CONTENT, salt=wrong),
    "`heads` of `verify`": LEDGER.verify,
    "`lines` of `from_lines`": lambda wrong: Ledger.from_lines("decisions", wrong),
    "a line of `from_lines`": lambda wrong: Ledger.from_lines("decisions", [wrong]),
    "`name` of `from_lines`": lambda wrong: Ledger.from_lines(wrong, []),
    "`size` of `head_at`": LEDGER.head_at,
    "`key` of `entry`": LEDGER.entry,
    "`name` of `field`": ENTRY.field,
    "`key` of `inclusion`": LEDGER.inclusion,
    "`size` of `inclusion`": lambda wrong: LEDGER.inclusion(KEY, size=wrong) if wrong is not None else None,
    "`old` of `consistency`": LEDGER.consistency,
    "`entry` of `proves`": lambda wrong: IN.proves(wrong, head=HEAD),
    "`head` of `proves`": lambda wrong: IN.proves(ENTRY, head=wrong),
    "`old` of `proves`": lambda wrong: GREW.proves(wrong, head=HEAD),
    "`text` of `Head.parse`": Head.parse,
    "`key` of `dropping`": lambda wrong: LEDGER.dropping(wrong, on="2026-12-01", rules=RULES),
    "a name of `dropping`": lambda wrong: LEDGER.dropping(KEY, wrong, on="2026-12-01", rules=RULES),
    "`on` of `dropping`": lambda wrong: LEDGER.dropping(KEY, on=wrong, rules=RULES),
    "`rules` of `dropping`": lambda wrong: LEDGER.dropping(KEY, "decision", on="2099-12-01", rules=wrong),
    "`ended_on` of `dropping`": lambda wrong: LEDGER.dropping(KEY, "borrower", on="2099-12-01", rules=RULES, ended_on=wrong),
    "`on` of `redacted`": lambda wrong: LEDGER.redacted(on=wrong, rules=RULES),
    "`rules` of `redacted`": lambda wrong: LEDGER.redacted(on="2026-12-01", rules=wrong),
    "`ended_on` of `redacted`": lambda wrong: LEDGER.redacted(on="2026-12-01", rules=RULES, ended_on=wrong),
    "a day of `ended_on`": lambda wrong: LEDGER.redacted(on="2026-12-01", rules=RULES, ended_on={KEY: wrong}),
    "`lang` of a verification": LEDGER.verify(HEAD).text,
    "`lang` of a finding": ledger_of(1).verify(HEAD).findings[0].text,
    "`lang` of a rule of retention": RULE.text,
    "`recorded_on` of `last_day`": lambda wrong: RULE.last_day(recorded_on=wrong, ended_on="2026-01-01"),
    "`ended_on` of `last_day`": lambda wrong: RULE.last_day(recorded_on="2026-01-01", ended_on=wrong),
    "`kind` of a rule": lambda wrong: Retention(kind=wrong, label=RULE.label, months=1, since="ended", source=RULE.source),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_a_wrong_argument_is_refused_in_one_line_and_never_by_an_error_of_python(call: Call) -> None:
    check_refusals(call)
