"""Extension: by how many months a loan may still be extended."""

from __future__ import annotations

from typing import Final

from revisit_policy.rulebooks.cn_housing.parameters import DEFAULTS, Parameters, to_parameters
from revisit_policy.values.validation import to_whole

_A_YEAR: Final = 12


def longest_extension(term_months: int, *, extended_by: int = 0, parameters: Parameters = DEFAULTS) -> int:
    """The months by which a loan may still be extended; 0 if it may not.

    Args:
        term_months: The term as contracted, from 1.
        extended_by: Months of all extensions agreed before.
        parameters: The figures; the longest term counts.

    Raises:
        InvalidValueError: If a number of months is no whole number, or too small.

    Source:
        Interim Measures for Personal Loans (2010), article 39: a loan of up to a year is extended by its own term at
        most; with a longer one, term and extensions together stay within the longest term of the product. The measures
        of 2024 are taken to keep this, which is not verified, nor is the longest term.

    Examples:
        >>> longest_extension(300), longest_extension(300, extended_by=40), longest_extension(12, extended_by=12)
        (60, 20, 0)
    """
    term, before = to_whole(term_months, low=1, field="term_months"), to_whole(extended_by, field="extended_by")
    to_parameters(parameters)
    most = term if term <= _A_YEAR else parameters.max_term_months - term
    return max(0, most - before)
