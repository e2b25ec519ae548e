"""Supplied facts of one row: those that a bank gives beside the case file, each in the column of its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from revisit_policy.analysis.impacts.supply import policies_of
from revisit_policy.casefile.rows.row_reader import RowReader
from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.frames.columns.sources import holding_of
from revisit_policy.language.derivation import Supplied
from revisit_policy.language.domains.amounts import Amounts
from revisit_policy.language.fact import Fact
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.policy.rulebook import Rulebook


def supplied_by(policies: tuple[RevisitPolicy | Rulebook, ...], row: Mapping[str, Any], reader: RowReader) -> dict[str, Any]:
    """The facts that *policies* are to be given, by name, as far as *row* has columns for them; read as `decide` reads them.

    Raises:
        InvalidInputError: If cells cannot be read, all of them together.
    """
    read: dict[str, Any] = {}
    faults: list[InvalidValueError] = []
    for name, fact in _facts_of(policies).items():
        column = reader.columns.get(name, name)
        if column in row and name not in reader.without:
            try:
                read[name] = reader.cell(row[column], path=name, holds=holding_of(fact), currency=_currency(fact))
            except InvalidValueError as error:
                faults.append(error)
    if faults:
        raise InvalidInputError.of("row", faults)
    return read


def _facts_of(policies: tuple[RevisitPolicy | Rulebook, ...]) -> dict[str, Fact]:
    each = [one for policy in policies for one in policies_of(policy)]
    return {fact.name: fact for one in each for fact in one.graph.facts if fact.name in one.supplied and isinstance(fact.derived, Supplied)}


def _currency(fact: Fact) -> str | None:
    return fact.domain.low.currency if isinstance(fact.domain, Amounts) else None
