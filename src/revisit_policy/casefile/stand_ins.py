"""Stand-ins: fields that a case file needs and that nobody asks about, for a row that has what is asked and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from revisit_policy.casefile.loan import Product, Repayment
from revisit_policy.values.dates import add_months
from revisit_policy.values.money import Money

_ANY: Final[Mapping[str, Any]] = {
    "loan.product": Product.FIRST_HOME,
    "loan.annual_rate": 0,
    "loan.repayment": Repayment.INTEREST_FIRST,
    "loan.days_past_due": 0,
}
"""A value of each field that contradicts no other, whatever that is."""


def completed(read: Mapping[str, Any], *, currency: str) -> dict[str, Any]:
    """What was *read* of a row, by path, and beside it a value for every field that a case file needs.

    What a case file derives and the row says outright is put into a field that it is derived from, if that is not read itself.

    Args:
        read: The exact values by path.
        currency: The currency of an amount that is made up.
    """
    made = {**_any_of(read), **dict(_behind(read)), **dict(_amounts(read, currency)), **read}
    return made if "loan.term_months" in made else made | {"loan.term_months": 1}


def _any_of(read: Mapping[str, Any]) -> Mapping[str, Any]:
    """A value of each field that nobody asks about; the arrears are told by one field or by the other."""
    return {path: value for path, value in _ANY.items() if path != "loan.days_past_due" or read.get("loan.unpaid_since") is None}


def _amounts(read: Mapping[str, Any], currency: str) -> Iterator[tuple[str, Any]]:
    """A principal that holds the balance, a balance that is within the principal."""
    balance, principal = read.get("loan.balance"), read.get("loan.principal")
    yield "loan.principal", Money(max(balance.minor, 1), balance.currency) if balance is not None else Money(1, currency)
    if principal is not None:
        yield "loan.balance", principal
    else:
        yield "loan.balance", Money(1, currency)


def _behind(read: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The fields behind what the row says outright: a maturity, a restructuring."""
    disbursed, matures = read.get("loan.disbursed_on"), read.get("loan.matures_on")
    if disbursed is not None and matures is not None and "loan.term_months" not in read and matures > add_months(disbursed, 1):
        yield "loan.extended_to", matures
    if read.get("loan.extended") and disbursed is not None and matures is None:
        yield "loan.extended_to", add_months(disbursed, read.get("loan.term_months", 1) + 1)
    if read.get("loan.restructured"):
        yield "loan.restructured_on", disbursed
    if "loan.restructured" in read and read["loan.restructured"] is None:
        yield "loan.in_observation", None
