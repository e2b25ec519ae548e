"""Decisions in a ledger: stored, checked, personal data dropped, and decided again years later. Run it: ``python docs/examples/kept_records.py``."""

from __future__ import annotations

import secrets

from revisit_policy import BorrowerProfile, CaseFile, Loan, cny
from revisit_policy.records import Content, Head, Ledger, replay, to_json
from revisit_policy.rulebooks import cn_housing

ON = "2026-11-23"
BORROWERS = (("王小明", "138 0000 0001", 0), ("李芳", "138 0000 0002", 45), ("陈伟", "138 0000 0003", 120))


def case(number: int, days_past_due: int) -> CaseFile:
    """The case file of a loan; nothing in it names the borrower."""
    loan = Loan(
        f"GZ-2024-{number:06}", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000), annual_rate="0.0335",
        repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=days_past_due,
    )  # fmt: skip
    return CaseFile(loan=loan, borrower=BorrowerProfile(f"B-{number:06}"))


def stored() -> Ledger:
    """A decision for every loan, with who the borrower is and how he is reached; each part under a kind of its own."""
    ledger = Ledger(name="decisions")
    for number, (name, phone, days) in enumerate(BORROWERS, 1):
        decision = cn_housing.rulebook.decide(case(number, days), on=ON)
        fields = {
            "decision": Content(to_json(decision), "transaction"),
            "borrower": Content(name, "identity"),
            "phone": Content(phone, "contact"),
        }
        ledger = ledger.append(f"2026-{number:06}", on=ON, fields=fields, salt=secrets.token_bytes(32))
    return ledger


def main() -> None:
    """Store, anchor, forge, drop, verify and replay."""
    ledger = stored()
    anchor = str(ledger.head)  # mailed to the auditor: whoever writes the ledger cannot change it there
    lines = list(ledger.to_lines(with_texts=True))  # what the database keeps
    print(f"stored: {len(lines)} records, {sum(map(len, lines)) / len(lines) / 1000:.1f} kB each")

    forged = [line.replace('days_past_due\\":120', 'days_past_due\\":20') for line in lines]
    print("forged:", Ledger.from_lines("decisions", forged).verify(Head.parse(anchor)).text())
    print("one taken out:", Ledger.from_lines("decisions", lines[:2]).verify(Head.parse(anchor)).text())

    # the first loan was paid off in May 2028: how he was reached is kept no longer
    ended = {"2026-000001": "2028-05-31"}
    kept = Ledger.from_lines("decisions", lines).redacted(on="2030-01-01", rules=cn_housing.RETENTION, ended_on=ended)
    entry = kept.entry("2026-000001")
    print("dropped:", [field.name for field in entry.fields if field.is_dropped])
    print("verified:", kept.verify(Head.parse(anchor)).text())
    print("proved alone:", kept.inclusion(entry.key).proves(entry, head=Head.parse(anchor)))

    for entry in kept.entries:
        again = replay(str(entry.field("decision").text), cn_housing.rulebook)
        print(f"decided again: {entry.key} {again.decision.grade.label('en')}, {again.explain('en')}")


if __name__ == "__main__":
    main()
