"""Expressions as text in the SQL of DuckDB and of Spark, which take a long text far quicker than thousands of objects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

import attrs
import narwhals as nw

from revisit_policy.frames.expressions.expression import (
    AllOf,
    AnyOf,
    Cast,
    Chosen,
    Dated,
    Expression,
    Filled,
    Floating,
    Highest,
    Inverse,
    IsNan,
    IsNull,
    Joined,
    Listed,
    Literal,
    Looked,
    Lowest,
    Named,
    Numbered,
    Points,
    Rounded,
    Stepped,
)
from revisit_policy.frames.expressions.given import Given, Values
from revisit_policy.frames.expressions.kind_flags import OfKinds

#: How many lists are kept as text: those of a calendar are long, and stand in every plan.
_MEMORY: Final = 64


#: How many digits a whole number of 32 bits does not always hold.
_LONG: Final = 10


@attrs.frozen(kw_only=True)
class Dialect:
    """What one SQL says differently.

    Args:
        quote: What stands around a name, and twice where it is part of one.
        types: The name of each Narwhals data type.
        whole_division: The operator of whole division.
        escapes: What is written for the signs that a text cannot hold as they are.
        numbered: How the days from 1970-01-01 to a day are counted.
        dated: How the day is found that comes so many days after 1970-01-01.
        later: How the day is found that comes so many months after a day, or on the last of the month if that is too short.
        listed: How the whole number at a place of a list, counted from 1, is read out of a text; ``{}`` stands for the place.
        short: How many signs of text, written again, cost the engine less than a column that layers pass on.
        is_late: Whether a column is best computed late, so that few are passed on; if not, as soon as it can be.
        within: The texts of columns that are written out where they are read, by name.
    """

    quote: str
    types: Mapping[Any, str]
    whole_division: str
    escapes: Mapping[str, str]
    numbered: str
    dated: str
    later: str
    listed: Callable[[tuple[int, ...]], str]
    short: int
    is_late: bool
    within: Mapping[str, str] = attrs.field(factory=dict)

    def name(self, name: str) -> str:
        """The name of a column."""
        return self.quote + name.replace(self.quote, self.quote * 2) + self.quote

    def given(self, name: str) -> str:
        """What stands for a value until it is known: no text that an engine takes has such a sign."""
        return f"\0{name}\0"

    def filled(self, written: str, values: Values) -> str:
        """A text with the *values* that have become known."""
        first, *parts = written.split("\0")
        return first + "".join(self.value(values[name]) + rest for name, rest in zip(parts[::2], parts[1::2], strict=True))

    def value(self, value: Any) -> str:
        """A literal."""
        match value:
            case None:
                return f"CAST(NULL AS {self.types[nw.Boolean]})"
            case bool():
                return "TRUE" if value else "FALSE"
            case int():
                return str(value) if value >= 0 else f"({value})"
            case float():
                return f"CAST('{value!r}' AS {self.types[nw.Float64]})"
            case dt.date():
                return f"DATE '{value.isoformat()}'"
            case _:
                return "'" + "".join(self.escapes.get(sign, sign) for sign in str(value)) + "'"


def _by_digits(values: tuple[int, ...]) -> str:
    """Out of a text in which every number has as many digits: DuckDB gets at any part of it at once."""
    width = len(str(max(values)))
    digits = "".join(f"{value:0{width}}" for value in values)
    kind = "INTEGER" if width < _LONG else "BIGINT"
    return f"CAST(SUBSTRING('{digits}', {{}} * {width} - {width - 1}, {width}) AS {kind})"


def _by_array(values: tuple[int, ...]) -> str:
    """Out of an array that Spark makes of a text once for all rows."""
    kind = "INT" if len(str(max(values))) < _LONG else "BIGINT"
    return f"CAST(ELEMENT_AT(SPLIT('{' '.join(map(str, values))}', ' '), CAST({{}} AS INT)) AS {kind})"


DUCKDB: Final = Dialect(
    quote='"',
    types={
        nw.Boolean: "BOOLEAN",
        nw.Int16: "SMALLINT",
        nw.Int32: "INTEGER",
        nw.Int64: "BIGINT",
        nw.Float64: "DOUBLE",
        nw.String: "VARCHAR",
        nw.Date: "DATE",
    },
    whole_division="//",
    escapes={"'": "''"},
    numbered="({} - DATE '1970-01-01')",
    dated="(DATE '1970-01-01' + CAST({} AS INTEGER))",
    later="CAST({} + TO_MONTHS(CAST({} AS INTEGER)) AS DATE)",
    listed=_by_digits,
    short=60,
    is_late=True,
)

SPARK: Final = Dialect(
    quote="`",
    types={
        nw.Boolean: "BOOLEAN",
        nw.Int16: "SMALLINT",
        nw.Int32: "INT",
        nw.Int64: "BIGINT",
        nw.Float64: "DOUBLE",
        nw.String: "STRING",
        nw.Date: "DATE",
    },
    whole_division="div",
    escapes={"'": "\\'", "\\": "\\\\"},
    numbered="UNIX_DATE({})",
    dated="DATE_FROM_UNIX_DATE(CAST({} AS INT))",
    later="ADD_MONTHS({}, CAST({} AS INT))",
    listed=_by_array,
    short=0,  # Spark compiles what a layer computes into one method, and leaves a long one to be interpreted
    is_late=False,
)

_SIGNS: Final[Mapping[str, str]] = {"&": "AND", "|": "OR", "==": "=", "!=": "<>"}


def text(found: Expression, dialect: Dialect) -> str:
    """*found* in this *dialect*."""
    match found:
        case Named(name):
            return dialect.within.get(name) or dialect.name(name)
        case Literal(value):
            return dialect.value(value)
        case Given(name):
            return dialect.given(name)
        case Joined(by, one, other):
            return _joined(by, text(one, dialect), text(other, dialect), dialect)
        case AllOf(parts):
            return _listing(" AND ", (text(part, dialect) for part in parts))
        case AnyOf(parts):
            return _listing(" OR ", (text(part, dialect) for part in parts))
        case Inverse(part):
            return f"(NOT {text(part, dialect)})"
        case Points(parts, start):
            ones = (f"CASE WHEN {text(part, dialect)} THEN {dialect.value(worth)} ELSE 0 END" for part, worth in parts)
            return _listing(" + ", (dialect.value(start), *ones))
        case _:
            return _rarer(found, dialect)


def _rarer(found: Expression, dialect: Dialect) -> str:
    match found:
        case IsNull(part):
            return f"({text(part, dialect)} IS NULL)"
        case IsNan(part):
            return f"CASE WHEN {text(part, dialect)} IS NOT NULL THEN isnan({text(part, dialect)}) END"
        case Filled(part, instead):
            return f"COALESCE({text(part, dialect)}, {text(instead, dialect)})"
        case Floating(part):
            return text(Cast(part, nw.Float64), dialect)
        case Rounded(part):
            return f"ROUND({text(part, dialect)})"
        case Cast(part, dtype):
            return f"CAST({text(part, dialect)} AS {dialect.types[dtype]})"
        case Chosen(condition, then, instead):
            otherwise = "" if instead is None else f" ELSE {text(instead, dialect)}"
            return f"CASE WHEN {text(condition, dialect)} THEN {text(then, dialect)}{otherwise} END"
        case Listed(parts):
            texts = (f"CASE WHEN {text(part, dialect)} THEN {dialect.value(name)} END" for part, name in parts)
            return f"CONCAT_WS({', '.join((dialect.value(','), *texts))})" if parts else dialect.value("")
        case _:
            return _of_days(found, dialect)


def _of_days(found: Expression, dialect: Dialect) -> str:
    match found:
        case Lowest(parts):
            return f"LEAST({', '.join(text(part, dialect) for part in parts)})"
        case Highest(parts):
            return f"GREATEST({', '.join(text(part, dialect) for part in parts)})"
        case Numbered(part):
            return dialect.numbered.format(text(part, dialect))
        case Dated(part):
            return dialect.dated.format(text(part, dialect))
        case Stepped(_, day, None):
            return dialect.numbered.format(f"LAST_DAY({text(Dated(day), dialect)})")
        case Stepped(_, day, Expression() as months):
            return dialect.numbered.format(dialect.later.format(text(Dated(day), dialect), text(months, dialect)))
        case OfKinds():
            return text(found.spelt(), dialect)
        case Looked(part):
            return _looked(text(part, dialect), found, dialect)
        case _:
            raise AssertionError(found)


def _looked(part: str, found: Looked, dialect: Dialect) -> str:
    first, last, low, listed = _list(found.keys, found.values, dialect.listed)
    beside = listed.format(f"({part} - {dialect.value(first - 1)})")
    return f"CASE WHEN {part} BETWEEN {dialect.value(first)} AND {dialect.value(last)} THEN {beside} + {dialect.value(low)} ELSE 0 END"


@lru_cache(maxsize=_MEMORY)
def _list(keys: tuple[int, ...], values: tuple[int, ...], listed: Callable[[tuple[int, ...]], str]) -> tuple[int, int, int, str]:
    """A list of what stands beside every whole number from the least to the greatest: those two, the least of it, and its text.

    Numbers of a list are at least 0: the least is taken off before.
    """
    beside = dict(zip(keys, values, strict=True))
    first, last, low = min(beside), max(beside), min(0, *beside.values())
    return first, last, low, listed(tuple(beside.get(key, 0) - low for key in range(first, last + 1)))


def _joined(by: str, one: str, other: str, dialect: Dialect) -> str:
    match by:
        case "/":
            return f"({one} / NULLIF({other}, 0))"
        case "//":
            return f"({one} {dialect.whole_division} {other})"
        case _:
            return f"({one} {_SIGNS.get(by, by)} {other})"


def _listing(sign: str, parts: Iterable[str]) -> str:
    return f"({sign.join(parts)})"
