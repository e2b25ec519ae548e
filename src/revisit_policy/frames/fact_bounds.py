"""The bounds of facts: where a value that is known is not in its fact's domain, or is more than is divided exactly."""


from collections.abc import Mapping
from typing import Any, cast

from revisit_policy.frames.cells import EXACT, Cell, summed
from revisit_policy.frames.expression import Expression
from revisit_policy.frames.fact_column import FactColumn
from revisit_policy.frames.sources import columns_of
from revisit_policy.frames.truth import Flag, both, either, inverse, where_null
from revisit_policy.language.derivation import (
    Quotient,
    RelativeChange,
    Supplied,
)
from revisit_policy.language.domain import Amounts, Choices, Counts, Days, Flags, Ratios


def outside(part: FactColumn, read: Mapping[str, Cell]) -> Flag:
    """Where the value is known and not in the domain."""
    domain = part.fact.domain
    match domain:
        case Flags():
            return False
        case Choices():
            (column,) = columns_of(part.fact)
            return both((where_null(cast("Expression", part.column)), inverse(where_null(read[column.path].value))))
        case Ratios():
            return _ratio_outside(part, domain, read)
        case Counts(low, high, step):
            uneven = _uneven(part, low, step) if step > 1 and isinstance(part.fact.derived, Supplied) else False
            return either((_beyond(part, low, high), uneven))
        case Amounts(low, high) | Days(low, high):
            return _beyond(part, low, high)
        case _:
            raise AssertionError(domain)  # outcomes of tables are not read from a frame


def _beyond(part: FactColumn, low: Any, high: Any) -> Flag:
    return either(_surely(found) for found in (part.compare("<", low), part.compare(">", high)))


def _surely(found: Expression | bool | None) -> Flag:  # noqa: FBT001 - the answer itself
    return found if isinstance(found, bool) else False if found is None else found.fill_null(value=False)


def _uneven(part: FactColumn, low: int, step: int) -> Flag:
    steps = cast("Expression", part.column) - low
    return (steps - steps // step * step != 0).fill_null(value=False)


def _ratio_outside(part: FactColumn, domain: Ratios, read: Mapping[str, Cell]) -> Flag:
    beyond = _beyond(part, domain.low, domain.high)
    match part.fact.derived:
        case Quotient(over, under):
            return either((beyond, _inexact(summed(over, read), summed(under, read), domain)))
        case RelativeChange(now, before):
            later, earlier = read[now].value, read[before].value
            return either((beyond, _inexact(later - earlier, earlier, domain)))
        case _:
            return beyond


def _inexact(over: Expression, under: Expression, domain: Ratios) -> Flag:
    """Where a quotient is known and its numbers have more digits than are divided exactly."""
    too_long = either((_too_long(over, EXACT), _too_long(under, domain.denominator)))
    return both((too_long, inverse(where_null(over)), inverse(where_null(under))))


def _too_long(number: Expression, most: int) -> Expression:
    """Where a whole number has more digits than are divided exactly."""
    return ((number > most) | (number < -most)).fill_null(value=False)
