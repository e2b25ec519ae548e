"""The shipped rulebook: what a Chinese bank does with a personal housing loan after it is paid out.

``cn_housing.rulebook.decide(case, on="2026-11-23")`` decides a loan under the edition that holds for it;
``cn_housing.policy(attrs.evolve(DEFAULTS, first_window_days=(15, 60)))`` is the same policy with another figure.
"""

from revisit_policy.rulebooks.cn_housing.arrears_convention import ARREARS_CONVENTION, ARREARS_CONVENTION_S67
from revisit_policy.rulebooks.cn_housing.checklists import CARE, CHECKLISTS
from revisit_policy.rulebooks.cn_housing.claims import guarantee_until, limitation_until
from revisit_policy.rulebooks.cn_housing.contact_rules import CONTACT_RULES
from revisit_policy.rulebooks.cn_housing.down_payment_floor import DownPaymentFloor
from revisit_policy.rulebooks.cn_housing.editions import policy, policy_2007, rulebook, rulebook_of
from revisit_policy.rulebooks.cn_housing.extension import longest_extension
from revisit_policy.rulebooks.cn_housing.figure import Figure
from revisit_policy.rulebooks.cn_housing.measure_notes import MEASURE_NOTES
from revisit_policy.rulebooks.cn_housing.origination import city_floor
from revisit_policy.rulebooks.cn_housing.parameters import DEFAULTS, Parameters
from revisit_policy.rulebooks.cn_housing.report_rules import REPORT_RULES
from revisit_policy.rulebooks.cn_housing.retention import RETENTION
from revisit_policy.rulebooks.cn_housing.stricter import SIDES, Side, stricter
from revisit_policy.rulebooks.cn_housing.upgrade_strategy import UpgradeStrategy
from revisit_policy.rulebooks.cn_housing.valuation_convention import VALUATION_CONVENTION
from revisit_policy.values.cn_notices import CHINA

__all__ = [
    "ARREARS_CONVENTION",
    "ARREARS_CONVENTION_S67",
    "CARE",
    "CHECKLISTS",
    "CHINA",
    "CONTACT_RULES",
    "DEFAULTS",
    "MEASURE_NOTES",
    "REPORT_RULES",
    "RETENTION",
    "SIDES",
    "VALUATION_CONVENTION",
    "DownPaymentFloor",
    "Figure",
    "Parameters",
    "Side",
    "UpgradeStrategy",
    "city_floor",
    "guarantee_until",
    "limitation_until",
    "longest_extension",
    "policy",
    "policy_2007",
    "rulebook",
    "rulebook_of",
    "stricter",
]
