"""Periods: from when until when a rule is in force."""

from __future__ import annotations

import datetime as dt
from typing import Final

import attrs

from revisit_policy.errors import InvalidPolicyError
from revisit_policy.language.condition import ALWAYS, Condition, all_of
from revisit_policy.language.domains.days import Days
from revisit_policy.language.fact import Fact
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.labels import Label

#: The day on which the decision is taken. Every period without a day of its own is about this one.
DECISION_DAY: Final = Fact.day("on", label=Label("决策日", "decision day"))


def _optional_day(value: str | dt.date | None) -> Date | None:
    return None if value is None else to_date(value)


@attrs.frozen(kw_only=True)
class Period:
    """The days from *since*, inclusive, to *until*, exclusive, on which a rule is in force.

    A period is a condition like any other: on the day of the decision, or on the day fact *of* that the regulation
    names, such as the day of signing. Rules that come and go are therefore compared, counted and searched for holes
    in the same way as all others.

    Args:
        since: The first day in force; ``None`` if it always was.
        until: The first day no longer in force; ``None`` if no end is set.
        of: The day that counts; the decision day unless a regulation names another.

    Raises:
        InvalidPolicyError: If *until* is not after *since*, or both are ``None``.

    Examples:
        >>> Period(since="2023-07-01", until="2026-01-01").condition()
        ((on >= '2023-07-01') & (on < '2026-01-01'))
    """

    since: Date | None = attrs.field(default=None, converter=_optional_day)
    until: Date | None = attrs.field(default=None, converter=_optional_day)
    of: Fact = DECISION_DAY

    def __attrs_post_init__(self) -> None:
        of: object = self.of
        if not isinstance(of, Fact) or not isinstance(of.domain, Days):
            raise InvalidPolicyError(
                subject="period", problem=Phrase("`of` 须为日期类事实，实际为 `{of!r}`", "`of` must be a fact that is a day, got `{of!r}`", of=of)
            )
        if self.since is None and self.until is None:
            raise InvalidPolicyError(subject="period", problem=Phrase("须有 `since`、`until` 或两者兼有", "needs `since`, `until` or both"))
        if self.since is not None and self.until is not None and self.until <= self.since:
            problem = Phrase(
                "`until` 须晚于 `since`（{since}），实际为 `{until}`",
                "`until` must be after `since` ({since}), got `{until}`",
                since=self.since,
                until=self.until,
            )
            raise InvalidPolicyError(subject="period", problem=problem)

    def condition(self) -> Condition:
        """The period as a condition on its day."""
        begun = ALWAYS if self.since is None else self.of >= self.since
        not_ended = ALWAYS if self.until is None else self.of < self.until
        return all_of(begun, not_ended)
