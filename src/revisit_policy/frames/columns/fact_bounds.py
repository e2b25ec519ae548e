"""The bounds of facts: where a value that is known is not in its fact's domain, or is more than is divided exactly."""


from collections.abc import Mapping
from fractions import Fraction
from operator import or_
from typing import Any, cast

from revisit_policy.casefile.fields import TYPED_RATIOS
from revisit_policy.frames.columns.cells import Cell
from revisit_policy.frames.columns.fact_column import FactColumn
from revisit_policy.frames.columns.quotient import inexact
from revisit_policy.frames.expressions.expression import Expression, Literal, halved
from revisit_policy.frames.expressions.truth import Flag
from revisit_policy.language.derivation import (
    Field,
    Quotient,
    RelativeChange,
    Supplied,
)
from revisit_policy.language.domains.amounts import Amounts
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.counts import Counts
from revisit_policy.language.domains.days import Days
from revisit_policy.language.domains.flags import Flags
from revisit_policy.language.domains.ratios import Ratios
from revisit_policy.language.extraction.maker import as_quotient
from revisit_policy.language.flags import either


def outside(part: FactColumn, read: Mapping[str, Cell]) -> Flag:
    """Where the value is known and not in the domain."""
    domain = part.fact.domain
    match domain:
        case Flags():
            return False
        case Choices():
            known = halved(or_, part.choices)
            return (known == Literal(value=False)).fill_null(value=False)
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
    below, above = part.compare("<", low), part.compare(">", high)
    if isinstance(below, Expression) and isinstance(above, Expression):
        return (below | above).fill_null(value=False)
    return either(_surely(found) for found in (below, above))


def _surely(found: Expression | bool | None) -> Flag:  # noqa: FBT001 - the answer itself
    return found if isinstance(found, bool) else False if found is None else found.fill_null(value=False)


def _uneven(part: FactColumn, low: int, step: int) -> Flag:
    steps = cast("Expression", part.column) - low
    return (steps - steps // step * step != 0).fill_null(value=False)


def _ratio_outside(part: FactColumn, domain: Ratios, read: Mapping[str, Cell]) -> Flag:
    low, high = (domain.low, domain.high)
    if isinstance(part.fact.derived, Field):
        low, high = map(Fraction, TYPED_RATIOS.get(part.fact.derived.path, (low, high)))
    beyond = _beyond(part, low, high)
    match part.fact.derived:
        case Quotient() | RelativeChange() as derived:
            return either((beyond, inexact(as_quotient(derived), domain, read)))
        case _:
            return beyond
