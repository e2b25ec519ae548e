"""Own facts: a strategy for what a bank's own facts of a case file hold, as far as a policy reads any."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from hypothesis import strategies as st

from revisit_policy.analysis.impacts.supply import policies_of
from revisit_policy.casefile.own.own_fact import is_value, own_names
from revisit_policy.language.derivation import DaysFromTo, GrownDaily, Measured
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
    facts = [fact for one in policies_of(policy) for fact in one.own_facts]
    for fact in sorted(facts, key=lambda fact: not isinstance(fact.derived, DaysFromTo)):  # two days that bound one another before a day alone
        for name in own_names(fact):
            drawn.setdefault(name, st.one_of(st.none(), own_value(fact, name, on)))
    return st.fixed_dictionaries({}, optional=drawn)


def own_value(fact: Fact, name: str, on: Date) -> st.SearchStrategy[Any]:
    """Values of what an own *fact* reads under *name*, none of them unknown."""
    if isinstance(fact.derived, DaysFromTo) and isinstance(fact.domain, Counts):
        return _days(on, *_around(fact.domain, is_first=name == own_names(fact)[0]))
    return _values(fact, name, on)


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
    return _days(on, -_reach(fact), latest)


def _days(on: Date, earliest: int, latest: int) -> st.SearchStrategy[str]:
    return st.integers(earliest, latest).map(lambda days: (on + dt.timedelta(days=days)).isoformat())


def _around(domain: Counts, *, is_first: bool) -> tuple[int, int]:
    """How many days from the day of asking the first, or the last, of two days can lie that are as far apart as *domain* says."""
    back = max(0, min(_YEAR, domain.high // 2))
    if is_first:
        return -back, 0
    latest = min(_YEAR, domain.high - back)
    return min(latest, max(domain.low, -_YEAR)), latest


def _reach(fact: Fact) -> int:
    """How many days back a day of *fact* may lie: a year, and half of what a count that grows can be."""
    domain = fact.domain
    return min(_YEAR, (domain.high - domain.low) // 2) if isinstance(fact.derived, GrownDaily) and isinstance(domain, Counts) else _YEAR
