"""What is stored and read back. Run it with ``python docs/benchmarks/records.py``."""

from hashlib import sha256

from timing import seconds

from revisit_policy.records import Content, Ledger
from revisit_policy.rulebooks import cn_housing

RECORDS = 10_000
DECISION = "a decision as JSON has some three kilobytes; " * 70


def ledger() -> None:
    """Ten thousand records appended one by one, written, read, verified, proved, and their texts dropped."""
    made = Ledger(name="decisions")
    taken: dict[str, float] = {}

    def append() -> None:
        nonlocal made
        for number in range(RECORDS):
            fields = {"decision": Content(f"{DECISION}{number}", "transaction"), "borrower": Content(f"borrower {number}", "identity")}
            salt = sha256(b"a salt of the benchmark" + number.to_bytes(4, "big")).digest()
            made = made.append(f"2026-{number:06}", on="2026-11-23", fields=fields, salt=salt)

    taken["append"] = seconds(append)
    head = made.head
    lines: list[str] = []
    taken["write"] = seconds(lambda: lines.extend(made.to_lines(with_texts=True)))
    taken["read"] = seconds(lambda: Ledger.from_lines("decisions", lines))
    taken["verify"] = seconds(lambda: made.verify(head))
    assert made.verify(head).findings == ()
    taken["prove each"] = seconds(lambda: [made.inclusion(entry.key) for entry in made.entries])
    taken["drop what is due"] = seconds(lambda: made.redacted(on="2037-01-01", rules=cn_housing.RETENTION))
    print(f"a ledger of {RECORDS:,} records, {sum(map(len, lines)) / RECORDS / 1000:.1f} kB each")
    for name, found in taken.items():
        print(f"  {name:<18}{found:6.2f} s   {found / RECORDS * 1e6:6.0f} us a record")


if __name__ == "__main__":
    ledger()
