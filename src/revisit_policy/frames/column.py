"""Columns: what a policy needs of a frame, one value a column."""

from __future__ import annotations

import attrs

from revisit_policy.values.labels import Label, Labelled
from revisit_policy.values.validation import to_tuple


class Holding(Labelled):
    """What the cells of a column hold."""

    COUNT = "count", "整数", "whole numbers"
    AMOUNT = "amount", "整数（金额以分计）", "whole numbers; money in minor units"
    RATIO = "ratio", "比率（整数除以所述分母，或十进制数）", "ratios: whole numbers over a stated denominator, or decimals"
    FLAG = "flag", "是非", "true or false"
    CODE = "code", "代码（文本）", "codes, as text"
    DAY = "day", "日期", "days"
    TEXT = "text", "文本", "text"

    @property
    def dtype(self) -> str:
        """The data type to give, in the words of Narwhals and polars."""
        return _DTYPES[self]


_DTYPES = {
    Holding.COUNT: "Int64",
    Holding.AMOUNT: "Int64",
    Holding.RATIO: "Int64 or Decimal",
    Holding.FLAG: "Boolean",
    Holding.CODE: "String",
    Holding.DAY: "Date",
    Holding.TEXT: "String",
}


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
    absent: bool | int | None = None
