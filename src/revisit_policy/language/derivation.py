"""Derivations: how a fact is made from a case file.

A small closed union, so that every reader makes the fact in the same way: the scalar reader from objects, a columnar
reader from columns. A path names a field from the case file down, such as ``"loan.balance"``; a step that is
``None`` on the way makes the fact unknown. Anything that is not names joined by dots is refused with an
:class:`InvalidPolicyError`.
"""

from __future__ import annotations

from collections.abc import Iterable
from keyword import iskeyword
from typing import TypeAlias

import attrs

from revisit_policy.errors import InvalidPolicyError
from revisit_policy.language.parts import check_part, check_text, check_whole, items_of
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.ratio import exact_ratio
from revisit_policy.values.validation import has_items


def _to_path(path: str) -> str:
    steps = path.split(".") if type(path) is str else ()
    if not steps or not all(step.isascii() and step.isidentifier() and not iskeyword(step) for step in steps):
        raise InvalidPolicyError(subject=str(path), problem=Phrase(
            '路径须为以点连接的名称，如 "loan.balance"', 'a path must be names joined by dots, such as "loan.balance"'
        ))
    return path


def _to_paths(paths: Iterable[str]) -> tuple[str, ...]:
    if not has_items(paths):
        raise InvalidPolicyError(subject=str(paths), problem=Phrase("路径须为元组，而非单个文本", "paths must be a tuple of them, not one text"))
    return tuple(map(_to_path, paths))


@attrs.frozen
class Field:
    """The field at *path*."""

    path: str = attrs.field(converter=_to_path)


@attrs.frozen
class Measured(Field):
    """The field at *path*, a figure of the day at *as_of*: what it gives rise to began on that day; nobody knows when if that is unknown.

    A figure of a day after the decision day is bad input.
    """

    as_of: str = attrs.field(converter=_to_path)


@attrs.frozen
class Terms:
    """A sum of fields less a sum of fields, all of money or all whole numbers; unknown if one of them is."""

    plus: tuple[str, ...] = attrs.field(converter=_to_paths)
    minus: tuple[str, ...] = attrs.field(default=(), converter=_to_paths)

    @property
    def paths(self) -> tuple[str, ...]:
        """All fields read, those added first."""
        return self.plus + self.minus


def _to_terms(value: Terms) -> Terms:
    check_part(value, Terms, subject="quotient", field="terms", expected=Phrase(
        '字段之和，如 `Terms(("loan.balance",))`', 'sums of fields, such as `Terms(("loan.balance",))`'
    ))
    return value


def _to_under_zero(value: str | None) -> str | None:
    check_part(value, str | None, subject="quotient", field="under_zero", expected=Phrase(
        '文本形式的比率，如 "10"，或 None', 'a ratio as text, such as "10", or None'
    ))
    if value is not None:
        exact_ratio(value)
    return value


@attrs.frozen
class Quotient:
    """*over* divided by *under*; unknown where *under* is zero, unless *under_zero* says what it then is."""

    over: Terms = attrs.field(converter=_to_terms)
    under: Terms = attrs.field(converter=_to_terms)
    under_zero: str | None = attrs.field(default=None, kw_only=True, converter=_to_under_zero)


@attrs.frozen
class RelativeChange:
    """The change from *before* to *now*, as a part of *before*: ``(now - before) / before``."""

    now: str = attrs.field(converter=_to_path)
    before: str = attrs.field(converter=_to_path)


def _to_codes(codes: Iterable[str]) -> tuple[str, ...]:
    given = items_of(codes, subject="where", field="codes")
    for code in given:
        check_text(code, subject="where", field="codes", expected=Phrase('文本形式的代码，如 ("on_site",)', 'codes as text, such as ("on_site",)'))
    return given


@attrs.frozen
class Where:
    """Keeps the items whose *field* has one of *codes*."""

    field: str = attrs.field(converter=_to_path)
    codes: tuple[str, ...] = attrs.field(converter=_to_codes)


def _to_where(where: Iterable[Where]) -> tuple[Where, ...]:
    given = items_of(where, subject="derivation", field="where")
    for condition in given:
        check_part(condition, Where, subject="derivation", field="where", expected=Phrase(
            '若干 `Where("method", ("on_site",))`', 'several of `Where("method", ("on_site",))`'
        ))
    return given


def _to_months(months: int | None) -> int | None:
    if months is not None:
        check_whole(months, subject="derivation", field="months", low=1)
    return months


@attrs.frozen
class Latest:
    """The latest *day* of the items in *collection* that *where* keeps; unknown if none is left."""

    collection: str = attrs.field(converter=_to_path)
    day: str = attrs.field(converter=_to_path)
    where: tuple[Where, ...] = attrs.field(default=(), converter=_to_where)


@attrs.frozen
class CountOf:
    """How many items of *collection* *where* keeps, all of them or those of the last *months* months.

    An item counts as of the last *months* months if the decision day is not later than its *day* plus *months*.
    """

    collection: str = attrs.field(converter=_to_path)
    day: str = attrs.field(converter=_to_path)
    where: tuple[Where, ...] = attrs.field(default=(), converter=_to_where)
    months: int | None = attrs.field(default=None, kw_only=True, converter=_to_months)


def _to_day(day: Field | Latest) -> Field | Latest:
    check_part(day, Field | Latest, subject="derivation", field="day", expected=Phrase(
        '案件资料中的日期，如 `Field("loan.disbursed_on")`', 'a day of the case file, such as `Field("loan.disbursed_on")`'
    ))
    return day


@attrs.frozen
class DaysSince:
    """Calendar days from *day* to the decision day; negative if *day* lies ahead."""

    day: Field | Latest = attrs.field(converter=_to_day)


def _to_own_day(day: Field) -> Field:
    check_part(day, Field, subject="derivation", field="day", expected=Phrase(
        '案件资料中的日期字段，如 `Field("own.sale_on")`', 'a field with a day of the case file, such as `Field("own.sale_on")`'
    ))
    return day


@attrs.frozen
class DaysFromTo:
    """Calendar days from the day at *first* to the one at *last*, on whatever day it is asked; unknown if one of them is.

    It is negative if *last* lies before *first*: where that cannot be, a domain that begins at 0 refuses it.
    """

    first: Field = attrs.field(converter=_to_own_day)
    last: Field = attrs.field(converter=_to_own_day)


@attrs.frozen
class MonthsElapsed:
    """The largest n with *day* plus n months not after the decision day: completed months."""

    day: Field | Latest = attrs.field(converter=_to_day)


@attrs.frozen
class MonthsBegun:
    """The smallest n with *day* plus n months not before the decision day: months begun.

    "Within n months of *day*" is exceeded when this is greater than n.
    """

    day: Field | Latest = attrs.field(converter=_to_day)


@attrs.frozen
class MonthsUntil:
    """The smallest n with the decision day plus n months not before *day*; negative if *day* lies well behind."""

    day: Field | Latest = attrs.field(converter=_to_day)


@attrs.frozen
class GrownDaily:
    """A count of days that goes on growing, on the decision day.

    Where the day at *since* is known, it is the days from then on. Elsewhere it is the count at *count* and the days since the
    one at *as_of*, which is the decision day if unknown; a count of 0 stays 0.
    """

    count: str = attrs.field(converter=_to_path)
    as_of: str = attrs.field(converter=_to_path)
    since: str = attrs.field(converter=_to_path)


@attrs.frozen
class Greatest:
    """The greatest of several fields; unknown if one of them is."""

    paths: tuple[str, ...] = attrs.field(converter=_to_paths)


@attrs.frozen
class Least:
    """The least of several fields; unknown if one of them is."""

    paths: tuple[str, ...] = attrs.field(converter=_to_paths)


@attrs.frozen
class Supplied:
    """Not derived: the caller gives the value by name, as a score from a bank's own model."""


Derivation: TypeAlias = (
    Field
    | Measured
    | Quotient
    | RelativeChange
    | Latest
    | CountOf
    | DaysSince
    | DaysFromTo
    | MonthsElapsed
    | MonthsBegun
    | MonthsUntil
    | GrownDaily
    | Greatest
    | Least
    | Supplied
)

SUPPLIED = Supplied()


def needs_day(derived: Derivation) -> bool:
    """True if the same case file makes another value on another decision day."""
    match derived:
        case DaysSince() | MonthsElapsed() | MonthsBegun() | MonthsUntil() | GrownDaily() | Measured():
            return True
        case CountOf():
            return derived.months is not None
        case _:
            return False


def fields_of(derived: Derivation) -> tuple[str, ...]:
    """The paths of all that *derived* reads of a case file, in order; empty if the caller supplies the fact."""
    match derived:
        case Measured(path, as_of):
            return path, as_of
        case Field(path):
            return (path,)
        case Quotient(over, under):
            return over.paths + under.paths
        case RelativeChange(now, before):
            return now, before
        case DaysSince(day) | MonthsElapsed(day) | MonthsBegun(day) | MonthsUntil(day):
            return fields_of(day)
        case DaysFromTo(first, last):
            return fields_of(first) + fields_of(last)
        case GrownDaily(count, as_of, since):
            return count, as_of, since
        case Greatest(paths) | Least(paths):
            return paths
        case Latest(collection) | CountOf(collection):
            return (collection,)
        case Supplied():
            return ()
