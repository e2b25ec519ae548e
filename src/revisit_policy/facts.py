"""The catalogue of facts, under the name that rules are written with: ``facts.days_past_due > 90``."""

from revisit_policy.casefile.facts import *  # noqa: F403 - the one catalogue, entered by the name users type
from revisit_policy.casefile.facts import __all__  # noqa: F401 - what the star brings
