"""What is stored and read back. Run it with ``python docs/benchmarks/records.py``."""

import json
import pickle
from fractions import Fraction
from hashlib import sha256

import cattrs
from timing import Run, interleaved, ratio, seconds

from revisit_policy import BorrowerProfile, CaseFile, Collateral, Event, Loan, MarketConditions, Money, Visit, cny
from revisit_policy.records import Content, Ledger, from_json, recorded, replay, to_json
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values import Date, Labelled

RECORDS = 10_000
DECISION = "a decision as JSON has some three kilobytes; " * 70


def a_case(number: int) -> CaseFile:
    """A case file with most of its fields known, two visits and an event."""
    loan = Loan(
        f"GZ-{number:06}", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000 + number), annual_rate="0.0335", repayment="level_payment",
        disbursed_on="2024-03-15", term_months=360, days_past_due=number % 120, instalment=cny(8_000), price=cny(2_600_000), down_payment=cny(800_000),
        home_count=1, ecl=cny(9_000), carrying_amount=cny(1_455_000),
    )
    visits = (
        Visit(kind="first", method="on_site", completed_on="2024-04-10", finding="satisfactory"),
        Visit(kind="periodic", method="phone", completed_on="2025-04-09", finding="satisfactory"),
    )
    return CaseFile(
        loan=loan,
        borrower=BorrowerProfile(f"B-{number}", credit_standing="excellent", monthly_income=cny(30_000), employment="salaried", reviewed_on="2026-01-20"),
        collateral=Collateral(value=cny(2_500_000), valued_on="2026-03-02", value_at_origination=cny(2_600_000), property_type="completed_home"),
        market=MarketConditions(region="Guangzhou", price_change_12m="-0.02", price_volatility="0.03", as_of="2026-10-31"),
        visits=visits,
        events=(Event("capacity", since="2026-05-04"),),
    )


def converter() -> cattrs.Converter:
    """Cattrs with the hooks that the fields of a case file need, and as strict about names as a record is."""
    made = cattrs.Converter(forbid_extra_keys=True)

    def read_money(text: str, _: object) -> Money:
        currency, _, amount = text.partition(" ")
        return Money.of(amount, currency)

    made.register_unstructure_hook(Money, lambda money: f"{money.currency} {money.amount}")
    made.register_structure_hook(Money, read_money)
    made.register_unstructure_hook(Date, str)
    made.register_structure_hook(Date, lambda text, _: Date.fromisoformat(text))
    made.register_unstructure_hook(Fraction, str)
    made.register_structure_hook(Fraction, lambda text, _: Fraction(text))
    made.register_structure_hook_func(lambda kind: "Labelled" in str(kind) or "Unclassified" in str(kind), lambda code, _: code)
    made.register_unstructure_hook_func(lambda kind: isinstance(kind, type) and issubclass(kind, Labelled), lambda member: member.value)
    return made


def cases(count: int = 300) -> None:
    """A case file to JSON and back, beside cattrs on the same class, and what a decision takes when it is stored."""
    book, made = tuple(map(a_case, range(count))), converter()
    ours, theirs = tuple(map(to_json, book)), tuple(json.dumps(made.unstructure(case)) for case in book)
    assert [from_json(text, CaseFile) for text in ours] == list(book) == [made.structure(json.loads(text), CaseFile) for text in theirs]
    runs = {
        "to JSON": Run(to_json, book),
        "to JSON by cattrs": Run(lambda case: json.dumps(made.unstructure(case)), book),
        "from JSON": Run(lambda text: from_json(text, CaseFile), ours),
        "from JSON by cattrs": Run(lambda text: made.structure(json.loads(text), CaseFile), theirs),
    }
    taken = interleaved(runs, rounds=5)
    print(f"a case file of {len(ours[0]) / 1000:.1f} kB")
    for name, times in taken.items():
        print(f"  {name:<22}{min(times) / 1000:6.0f} us")
    both = {name: [sum(pair) for pair in zip(taken[f"to JSON{name}"], taken[f"from JSON{name}"], strict=True)] for name in ("", " by cattrs")}
    print(f"  there and back: {ratio(both[''], both[' by cattrs']):.2f} times cattrs")
    decision = cn_housing.rulebook.decide(a_case(45), on="2026-11-24")
    stored = to_json(decision)
    print(f"a decision: {len(stored) / 1000:.1f} kB of JSON, {len(pickle.dumps(recorded(decision))) / 1000:.1f} kB of its record pickled, ", end="")
    print(f"{len(pickle.dumps(decision)) / 1000:.1f} kB pickled with its policy; asked again in {seconds(lambda: replay(stored, cn_housing.rulebook)) * 1000:.1f} ms")


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
    cases()
    ledger()
