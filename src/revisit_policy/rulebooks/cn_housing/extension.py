"""Extension: by how many months a loan may still be extended."""

from __future__ import annotations

from typing import Final

from revisit_policy.rulebooks.cn_housing.parameters import DEFAULTS, Parameters, to_parameters
from revisit_policy.values.validation import to_whole

_A_YEAR: Final = 12
_FIVE_YEARS: Final = 60
_THREE_YEARS: Final = 36


def longest_extension(term_months: int, *, extended_by: int = 0, parameters: Parameters = DEFAULTS) -> int:
    """The months by which a loan may still be extended; 0 if it may not.

    Of three limits the tightest holds, because it is not settled which of them the measures of 2024 have kept.

    Args:
        term_months: The term as contracted, from 1.
        extended_by: Months of all extensions agreed before.
        parameters: The figures; the longest term counts.

    Raises:
        InvalidValueError: If a number of months is no whole number, or too small.

    Source:
        Interim Measures for Personal Loans (2010), article 39: a loan of up to a year is extended by its own term at
        most; with a longer one, term and extensions together stay within the longest term of the product. General Rules on
        Loans (1996), article 12: of up to five years by half of it, of more by three years. Measures for Personal Loans (2024), from memory:
        of more than a year by half of the term. The longest term is not verified.

    Examples:
        >>> longest_extension(300), longest_extension(300, extended_by=30), longest_extension(12, extended_by=12)
        (36, 6, 0)
        >>> longest_extension(36), longest_extension(340)
        (18, 20)
    """
    term, before = to_whole(term_months, low=1, field="term_months"), to_whole(extended_by, field="extended_by")
    to_parameters(parameters)
    return max(0, _most(term, parameters.max_term_months) - before)


def _most(term: int, longest: int) -> int:
    if term <= _A_YEAR:
        return term
    within_term = term // 2
    return min(longest - term, within_term if term <= _FIVE_YEARS else min(within_term, _THREE_YEARS))
