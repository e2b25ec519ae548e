"""Quotients of sums over columns, divided as floats, and where that would not be exact.

Sums are reckoned in floats from the start: those hold every number up to 2**53 and never run over, so the rows with longer
numbers can be found afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import add, sub

from revisit_policy.frames.columns.cells import EXACT, Cell
from revisit_policy.frames.expressions.expression import Expression, Floating, Literal, when
from revisit_policy.frames.expressions.truth import Flag, where_null
from revisit_policy.language.derivation import Quotient, Terms
from revisit_policy.language.domains.ratios import Ratios
from revisit_policy.language.flags import both, either, inverse
from revisit_policy.values.ratio import exact_ratio


def quotient(derived: Quotient, read: Mapping[str, Cell]) -> Expression:
    """The float nearest to the quotient; null where a number is, and where nothing is divided by, unless the fact says what then."""
    over, under = _floating(derived.over, read), _under(derived, read)
    divided = when(under != 0).then(over / _floating(derived.under, read))
    if derived.under_zero is None:
        return divided
    instead = exact_ratio(derived.under_zero)
    both_known = ~over.is_null() & (under == 0)
    return when(both_known).then(Literal(instead.numerator / instead.denominator)).otherwise(divided)


def inexact(derived: Quotient, domain: Ratios, read: Mapping[str, Cell]) -> Flag:
    """Where something is divided and its numbers have more digits than are divided exactly."""
    over, under = derived.over.paths, derived.under.paths
    below, longest = _under(derived, read), EXACT // max(len(over), len(under))
    longer: list[Flag] = [_is_longer(read[path].value, longest) for path in under if len(under) > 1]
    if summed := _unbounded(derived, domain):
        above = either(_is_longer(read[path].value, longest) for path in summed)
        longer.append(both((above, (below != 0).fill_null(value=False))))
    known = both(inverse(where_null(read[path].value)) for path in dict.fromkeys((*over, *under)))
    return both((either((*longer, _is_longer(below, domain.denominator))), known))


def _unbounded(derived: Quotient, domain: Ratios) -> tuple[str, ...]:
    """The numbers above the line that have to be looked at one by one.

    A number below it that stands alone is bounded by the largest denominator. Where one more is added or taken away above, and
    is too long, so is the quotient beyond the bounds of the domain.
    """
    over, under = derived.over.paths, derived.under.paths
    others = tuple(path for path in over if path not in under) if len(under) == 1 else over
    reach = max(abs(domain.low), abs(domain.high)) + len(over) - len(others)
    is_beyond = len(others) <= 1 and reach * domain.denominator * 2 <= EXACT
    return () if is_beyond else others


def _is_longer(number: Expression, most: int) -> Expression:
    """Where a number has more digits than are divided exactly."""
    return ((number > most) | (number < -most)).fill_null(value=False)


def _under(derived: Quotient, read: Mapping[str, Cell]) -> Expression:
    """What is divided by: the column itself where it is one, which is compared more quickly."""
    terms = derived.under
    return read[terms.plus[0]].value if len(terms.paths) == 1 and terms.plus else _floating(terms, read)


def _floating(terms: Terms, read: Mapping[str, Cell]) -> Expression:
    """The sum of fields less a sum of fields; null if one of them is."""
    plus, minus = ([Floating(read[path].value) for path in paths] for paths in (terms.plus, terms.minus))
    return reduce(sub, minus, reduce(add, plus))
