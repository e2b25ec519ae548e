"""Holdings: what kind of value the cells of a column hold, a field of a case file being one."""

from __future__ import annotations

from revisit_policy.values.labels import Labelled


class Holding(Labelled, zh="数据类型"):
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
