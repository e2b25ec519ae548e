"""The market: how home prices move where the collateral is."""

from __future__ import annotations

from fractions import Fraction

import attrs

from revisit_policy.casefile import fields
from revisit_policy.values.dates import Date
from revisit_policy.values.validation import gather, gathering, names_known, to_text


@names_known
@attrs.frozen(kw_only=True, field_transformer=gathering)
class MarketConditions:
    """Home prices in one region as of the day of the decision. With no field given, nothing is known of them.

    Args:
        region: Where the home is, in the bank's own words; ``None`` if unknown. It is text for people: a city's own
            rules come as an overlay.
        price_change_12m: Change of prices over the last twelve months, exact, from -1 to 1; a fall by two per cent is
            ``"-0.02"``; ``None`` if unknown.
        price_volatility: Spread of the monthly changes over a year, exact, from 0 to 1; ``None`` if unknown.
        as_of: The day the prices are of; ``None`` if unknown.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.

    Examples:
        >>> MarketConditions(region="Guangzhou", price_change_12m="-0.02").price_change_12m
        Fraction(-1, 50)
    """

    region: str | None = attrs.field(default=None, converter=attrs.converters.optional(to_text))
    price_change_12m: Fraction | None = attrs.field(default=None, converter=fields.price_change_or_unknown)
    price_volatility: Fraction | None = attrs.field(default=None, converter=fields.volatility_or_unknown)
    as_of: Date | None = attrs.field(default=None, converter=fields.day_or_unknown)

    def __attrs_post_init__(self) -> None:
        gather(self)
