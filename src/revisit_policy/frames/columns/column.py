"""Columns: what a policy needs of a frame, one value a column."""

from __future__ import annotations

import attrs

from revisit_policy.casefile.holding import Holding
from revisit_policy.values.labels import Label
from revisit_policy.values.validation import to_tuple


@attrs.frozen(kw_only=True)
class Column:
    """One column that a policy needs.

    Args:
        path: The field of a case file that the column holds, such as ``"loan.balance"``, or the name of a fact.
        holds: What kind of value stands in it.
        codes: The codes that can stand in it, empty unless it holds codes.
        unit: What one of it is; ``None`` if the kind says it all.
        meaning: What it is, Chinese and English.
        facts: The names of the facts made from it.
        may_be_missing: Whether a cell may be null; what null means is "unknown".
        is_summed: Whether its values are added up or divided.
        absent: What a frame without the column says, if the caller says that it has none: ``None`` for unknown.
    """

    path: str
    holds: Holding
    codes: tuple[str, ...] = attrs.field(default=(), converter=to_tuple)
    unit: Label | None = None
    meaning: Label
    facts: tuple[str, ...] = attrs.field(converter=to_tuple)
    may_be_missing: bool = True
    is_summed: bool = False
    absent: bool | int | str | None = None
