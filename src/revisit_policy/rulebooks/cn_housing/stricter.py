"""The stricter side of every figure: on which side of it no case is graded, warned of or visited more mildly."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

import attrs

from revisit_policy.errors import InvalidInputError
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.values.labels import Labelled
from revisit_policy.values.money import Money


class Side(Labelled, zh="从严方向"):
    """Which side of a figure is the stricter one."""

    LOWER = "lower", "越低越严", "the lower the stricter"
    HIGHER = "higher", "越高越严", "the higher the stricter"
    NONE = "none", "无从严方向", "neither is stricter"


_LOWER: Final = """
    first_window_last_day_large months_excellent months_standard months_special_mention months_non_performing months_restructured
    points_standard points_close missed_some dsr_strained long_term_months
    large_principal high_volatility days_substandard days_doubtful days_loss technical_grace_days ecl_doubtful ecl_loss
    old_days_doubtful days_second_notice days_npl_imminent housing_dsr_limit total_dsr_limit lost_contact_attempts watch_delays
    missed_consecutive missed_total revaluation_months volatile_revaluation_months fresh_valuation_months revaluation_working_days ltv_longest ltv_second ltv_third ltv_orange
    pre_registration_days red_working_days orange_working_days yellow_working_days lawyer_letter_missed red_result_days max_term_months days_enforcement
    registration_working_days points_person data_check_months days_message arrears_call_working_days shop_max_term_months classification_working_days release_working_days
"""
_HIGHER: Final = "first_year_months upgrade_months observation_months old_observation_months income_fall price_soft price_fall"
# Neither: days on which rules begin, windows, switches, officers, the days of a report, and what only says how a grant is looked at again.
# Fewer `catch_up_days` are stricter, and none at all the strictest.
# A lower `ltv_thin` warns of more loans, and no longer of those that were as thin when they were granted: their margin has not grown thin.
_NEITHER: Final = """
    first_window_days use_of_funds_check_days periodic_lead_days catch_up_days measures_in_force_on stock_until upgrade_strategy ltv_thin on_site_officers
    off_site_days sms_days sms_no_reply_days phone_days phone_retry_days video_days on_site_days internal_valuation_days
    external_valuation_days legal_opinion_days approval_days excellent_fewer_days down_payment_floors shop_floors grant_review_months
    determination_days decision_days telling_days papers_days registry_days classification_months
"""

SIDES: Final[Mapping[str, Side]] = MappingProxyType(
    {name: side for side, names in ((Side.LOWER, _LOWER), (Side.HIGHER, _HIGHER), (Side.NONE, _NEITHER)) for name in names.split()}
)
"""The stricter side of each figure of the parameter sheet."""

#: How far a ratio is moved, and by which share an amount.
_STEP: Final = Fraction(1, 100)


def stricter(figures: Parameters) -> dict[str, Any]:
    """Each of the *figures* that has a stricter side, by name, moved there by the least step that makes sense: for `testing.check_figures`.

    Args:
        figures: The figures of a bank.

    Returns:
        Values by name; without those that cannot be moved any further, or not beside the others.

    Examples:
        >>> from revisit_policy.rulebooks.cn_housing.parameters import DEFAULTS
        >>> moved = stricter(DEFAULTS)
        >>> moved["days_substandard"], moved["upgrade_months"], "months_special_mention" in moved
        (89, 7, False)
    """
    found: dict[str, Any] = {}
    for name, side in SIDES.items():
        if side is Side.NONE:
            continue
        moved = _moved(getattr(figures, name), up=side is Side.HIGHER)
        try:
            attrs.evolve(figures, **{name: moved})
        except InvalidInputError:
            continue
        found[name] = moved
    return found


def _moved(value: Any, *, up: bool) -> Any:  # noqa: ANN401 - a figure of any kind
    step: Any = 1
    if isinstance(value, Fraction):
        step = _STEP
    elif isinstance(value, Money):
        step = Money(value.minor // 100, value.currency)
    return value + step if up else value - step
