"""The shipped rulebook: what a Chinese bank does with a personal housing loan after it is paid out.

``cn_housing.rulebook.decide(case, on="2026-11-23")`` decides a loan under the edition that holds for it;
``cn_housing.policy(attrs.evolve(DEFAULTS, first_window_days=(15, 60)))`` is the same policy with another figure.
"""

from revisit_policy.rulebooks.cn_housing.editions import policy, policy_2007, rulebook
from revisit_policy.rulebooks.cn_housing.parameters import DEFAULTS, Figure, Parameters

__all__ = ["DEFAULTS", "Figure", "Parameters", "policy", "policy_2007", "rulebook"]
