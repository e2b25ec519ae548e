"""Days that what is owed counts from or that meet it: a column of their own, or what a loan says of itself, made of the columns that tell it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from revisit_policy.casefile.case_columns import FIELDS
from revisit_policy.decision.seats.in_figures import OBLIGATIONS
from revisit_policy.frames.columns.sources import columns_of
from revisit_policy.frames.subject import Subject, kinds_told, owed_by
from revisit_policy.language.derivation import Field
from revisit_policy.language.fact import Fact
from revisit_policy.outcomes.obligations.obligation import Obligation
from revisit_policy.outcomes.obligations.obligation_kind import ObligationKind, ServedBy

#: What a loan says of itself, and the columns that tell it beside those that every plan of visits reads.
SAID_DAYS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"loan.matures_on": (), "loan.contracted_maturity": (), "loan.limitation_from": ("loan.demanded_on",)}
)


def day_path(fact: Fact) -> str:
    """The path of the day that a *fact* is."""
    return fact.derived.path if isinstance(fact.derived, Field) else fact.name


def is_in_column(fact: Fact) -> bool:
    """Whether the day that a *fact* is stands in a column, or is made of some."""
    path = day_path(fact)
    if isinstance(fact.derived, Field):
        return path in FIELDS or path in SAID_DAYS or path.startswith("own.")
    return [column.path for column in columns_of(fact)] == [path]


def days_owed(owed: Obligation, kind: ObligationKind) -> Iterator[Fact]:
    """The days that something *owed* counts from, and that meet all of its *kind*, as far as they are facts."""
    yield from (day for day in (owed.since, kind.met_by) if isinstance(day, Fact))


def days_counted(subject: Subject) -> Iterator[tuple[Fact, bool]]:
    """The days that what is owed counts from, and that meet it; each with whether a desk alone asks for it, and it is no day of a bank's own."""
    for edited in subject.editions:
        if edited.policy is None or OBLIGATIONS not in edited.policy.graph.by_id:
            continue
        kinds = kinds_told(edited.policy)
        for owed in owed_by(edited.policy.graph.by_id[OBLIGATIONS]):
            at_desk = kinds[owed.kind].served_by is ServedBy.DESK
            yield from ((day, at_desk and day_path(day) in (*FIELDS, *SAID_DAYS)) for day in days_owed(owed, kinds[owed.kind]) if is_in_column(day))
