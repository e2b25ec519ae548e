"""Domains: which values a fact can take, and how each is written down for the readers.

A domain is the closed union :data:`Domain`. Every member answers the same five questions: which values it
accepts, how a value is encoded for comparison, what stands for "unknown" in a comparison, how an encoded value is
read back, and how it is shown to a person.
"""

from __future__ import annotations

from typing import TypeAlias

from revisit_policy.language.domains.amounts import Amounts
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.counts import Counts
from revisit_policy.language.domains.days import Days
from revisit_policy.language.domains.flags import Flags
from revisit_policy.language.domains.points import Points
from revisit_policy.language.domains.ratios import Ratios
from revisit_policy.language.domains.sets import Sets

Domain: TypeAlias = Counts | Ratios | Amounts | Days | Flags | Choices | Sets | Points

#: The domains whose values lie on a line of numbers.
MEASURED = (Counts, Ratios, Amounts, Days)
