"""The fields of a case file as columns, and how those are called that sum up its visits and events and say its currency."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final, get_args, get_type_hints

import attrs

from revisit_policy.casefile.borrower import BorrowerProfile
from revisit_policy.casefile.collateral import Collateral
from revisit_policy.casefile.holding import Holding
from revisit_policy.casefile.loan import Loan
from revisit_policy.casefile.market import MarketConditions
from revisit_policy.casefile.people.determination import Determination
from revisit_policy.outcomes.grade import Grade
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Labelled, OrderedLabelled
from revisit_policy.values.money import Money
from revisit_policy.values.validation import found_in

#: The parts of a case file that have fields of their own.
PARTS: Final = MappingProxyType(
    {"loan": Loan, "borrower": BorrowerProfile, "collateral": Collateral, "market": MarketConditions, "determination": Determination}
)

#: Those that a case file cannot do without.
_NEEDED: Final = frozenset({"loan", "borrower"})

#: What a case file says of itself beside its fields.
SAID: Final = MappingProxyType({"loan.matures_on": Holding.DAY, "loan.extended": Holding.FLAG, "loan.restructured": Holding.FLAG})

#: The columns that tell it.
ROOTS: Final = MappingProxyType(
    {
        "loan.matures_on": ("loan.disbursed_on", "loan.term_months", "loan.extended_to"),
        "loan.extended": ("loan.extended_to",),
        "loan.restructured": ("loan.restructured_on", "loan.in_observation", "loan.restructured_again"),
    }
)

_HOLDINGS: Final[dict[type, Holding]] = {
    Money: Holding.AMOUNT,
    Date: Holding.DAY,
    Fraction: Holding.RATIO,
    bool: Holding.FLAG,
    int: Holding.COUNT,
    str: Holding.TEXT,
}


@attrs.frozen(kw_only=True)
class CaseColumn:
    """One field of a case file as a column.

    Args:
        path: The field, such as ``"loan.balance"``.
        holds: What kind of value stands in it.
        codes: The codes that can stand in it.
        kinds: The enumerations that they are codes of.
        is_required: Whether a case file needs it.
    """

    path: str
    holds: Holding
    codes: tuple[str, ...] = ()
    kinds: tuple[type[Enum], ...] = ()
    is_required: bool = False


def _column(part: str, field: attrs.Attribute[Any], *, hint: Any) -> CaseColumn:  # noqa: ANN401 - a type of any kind
    kinds = [kind for kind in get_args(hint) or (hint,) if kind is not type(None)]
    is_required = field.default is attrs.NOTHING and part in _NEEDED
    path = f"{part}.{field.name}"
    # of a field that takes the grades of any scale, the codes are those of ours
    enums = [Grade if kind is OrderedLabelled else kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Enum)]
    if enums:
        codes = tuple(str(member.value) for kind in reversed(enums) for member in kind)
        return CaseColumn(path=path, holds=Holding.CODE, codes=codes, kinds=tuple(enums), is_required=is_required)
    return CaseColumn(path=path, holds=_HOLDINGS[kinds[0]], is_required=is_required)


def _columns() -> dict[str, CaseColumn]:
    found: dict[str, CaseColumn] = {}
    for part, kind in PARTS.items():
        hints = get_type_hints(kind)  # not resolve_types, which writes into the class: whoever builds it by its converters could no longer
        for field in attrs.fields(kind):
            column = _column(part, field, hint=hints[field.name])
            found[column.path] = column
    return found


#: Every field of a case file by its path.
FIELDS: Final = MappingProxyType(_columns())

_HELD_AS: Final = {f"{part}.{field.name}": field for part, kind in PARTS.items() for field in attrs.fields(kind)}
_PATHS: Final = {path: path for path in _HELD_AS}


def to_path(value: str) -> str:
    """The path of a field of a case file, such as ``"loan.balance"``.

    Raises:
        UnknownNameError: If there is no such field.
    """
    return found_in(_PATHS, value, kind=Phrase("字段", "field"))


def as_held(path: str, value: object) -> object:
    """*value* as the field at *path* holds it, or the `Fault` that the field finds in it; of no field, *value* itself."""
    field = _HELD_AS.get(path)
    return value if field is None or field.converter is None else field.converter(value)


def kind_path(kind: Labelled) -> str:
    """The column of the last day of a visit of a *kind*."""
    return f"visits.{kind.value}"


def method_path(method: Labelled) -> str:
    """The column of the last day of a visit to the borrower by a *method* or a better one."""
    return f"visits.by.{method.value}"


def result_paths(kind: Labelled) -> tuple[str, str]:
    """The columns of the result of the last visit of a *kind*: the day it was reported, and the day the borrower was told."""
    return f"visits.{kind.value}.reported_on", f"visits.{kind.value}.told_on"


def event_path(code: Labelled) -> str:
    """The column of the first day of what a signal is about."""
    return f"events.{code.value}"


def action_paths(measure: Labelled) -> tuple[str, str]:
    """The columns of the last action about a *measure*: how far it had come, and the day on which it had."""
    return f"actions.{measure.value}.state", f"actions.{measure.value}.on"


#: The grade that people determined last, by its code in the words of the policy.
DETERMINED: Final = "determination.grade"

#: The currency of all amounts of a row, by its ISO 4217 code.
CURRENCY: Final = "loan.currency"

#: What tells that nothing is owed on a loan.
SETTLED_BY: Final = ("loan.balance", "loan.days_past_due")

#: What the plan of visits reads of a row beside visits, events and the facts of the policy.
PLAIN_PLANNED_BY: Final = (
    *SETTLED_BY,
    "loan.term_months",
    "loan.extended_to",
    "collateral.valued_on",
    "borrower.reviewed_on",
    "market.as_of",
)
