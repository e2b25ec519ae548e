"""Own facts: a strategy for what a bank's own facts of a case file hold, as far as a policy reads any."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from hypothesis import strategies as st

from revisit_policy.analysis.impacts.supply import policies_of
from revisit_policy.casefile.own.own_fact import is_value, own_names
from revisit_policy.language.derivation import GrownDaily, Measured
from revisit_policy.language.domains.choice_words import choice_code
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.counts import Counts
from revisit_policy.language.domains.flags import Flags
from revisit_policy.language.domains.ratios import Ratios
from revisit_policy.language.fact import Fact
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.policy.rulebook import Rulebook
from revisit_policy.values.dates import Date

_YEAR: Final = 365


def own_values(policy: RevisitPolicy | Rulebook, *, on: Date) -> st.SearchStrategy[dict[str, Any]]:
    """Values by name of the own facts that *policy* reads, some of them missing or unknown; days lie within a year of *on*."""
    drawn: dict[str, st.SearchStrategy[Any]] = {}
    for fact in (fact for one in policies_of(policy) for fact in one.own_facts):
        for name in own_names(fact):
            drawn.setdefault(name, st.one_of(st.none(), _values(fact, name, on)))
    return st.fixed_dictionaries({}, optional=drawn)


def _values(fact: Fact, name: str, on: Date) -> st.SearchStrategy[Any]:
    if is_value(fact, name):
        match fact.domain:
            case Flags():
                return st.booleans()
            case Counts(low, high) if isinstance(fact.derived, GrownDaily):
                return st.integers(low, max(low, high - _reach(fact) - 1))  # tomorrow it is one more
            case Counts(low, high, step):
                return st.integers(0, (high - low) // step).map(lambda steps: low + step * steps)
            case Choices(items):
                return st.sampled_from([choice_code(item) for item in items])
            case Ratios(low, high):
                return st.integers(0, 20).map(lambda part: str(low + (high - low) * part / 20))
            case _:
                pass
    latest = 0 if isinstance(fact.derived, GrownDaily | Measured) else _YEAR
    return st.integers(-_reach(fact), latest).map(lambda days: (on + dt.timedelta(days=days)).isoformat())


def _reach(fact: Fact) -> int:
    """How many days back a day of *fact* may lie: a year, and half of what a count that grows can be."""
    domain = fact.domain
    return min(_YEAR, (domain.high - domain.low) // 2) if isinstance(fact.derived, GrownDaily) and isinstance(domain, Counts) else _YEAR
