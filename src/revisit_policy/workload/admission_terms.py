"""The terms of an admission: the period, the capacity, and how long a loan may or must wait."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from functools import cached_property
from math import floor

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, add_months, cutoff_elapsed, to_date
from revisit_policy.values.validation import fault, gather, gathering, to_text, to_whole
from revisit_policy.workload.capacity import to_visits


def _to_day(value: str | dt.date) -> Date:
    return to_date(value)


def _to_months(value: int) -> int:
    return to_whole(value)


def _to_longest(value: int | None) -> int | None:
    return None if value is None else to_whole(value, low=1)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class AdmissionTerms:
    """The terms by which both readers admit, the one of candidates and the one of columns; see `admission.admit`."""

    on: Date = attrs.field(converter=_to_day)
    until: Date = attrs.field(converter=_to_day)
    capacity: Fraction = attrs.field(converter=to_visits)
    carried: Fraction = attrs.field(converter=to_visits)
    cooldown_months: int = attrs.field(converter=_to_months)
    longest_months: int | None = attrs.field(converter=_to_longest)
    seed: str = attrs.field(converter=to_text)

    def __attrs_post_init__(self) -> None:
        gather(self, _period_runs_forward, _carries_at_most_one, _cooldown_is_shorter, place="")

    @property
    def available(self) -> Fraction:
        """The visits there are: the capacity and what was carried over to it."""
        return self.capacity + self.carried

    def room_beside(self, musts: int) -> int:
        """Whole visits that are left for others."""
        return max(0, floor(self.available) - musts)

    def carried_from(self, admitted: int) -> Fraction:
        """What the next period gets: what is left, at most one visit."""
        return min(Fraction(1), max(Fraction(0), self.available - admitted))

    def cool_again(self, since: Date) -> Date:
        """The first day on which a loan may be visited again."""
        return add_months(since, self.cooldown_months)

    @cached_property
    def waited_too_long(self) -> Date | None:
        """The last day from which the longest gap is over by the end of the period."""
        return None if self.longest_months is None else cutoff_elapsed(self.longest_months, self.until)

    @cached_property
    def cooled_down(self) -> Date:
        """The last day from which a cool-down is over when the period begins."""
        return cutoff_elapsed(self.cooldown_months, self.on)


def _period_runs_forward(terms: AdmissionTerms) -> InvalidValueError | None:
    return fault("until", str(terms.until), Phrase("不早于 `on`（{on}）", "on or after `on` ({on})", on=terms.on)) if terms.until < terms.on else None


def _carries_at_most_one(terms: AdmissionTerms) -> InvalidValueError | None:
    return fault("carried", terms.carried, Phrase("不超过1：不结转更多", "at most 1: no more is carried over")) if terms.carried > 1 else None


def _cooldown_is_shorter(terms: AdmissionTerms) -> InvalidValueError | None:
    if terms.longest_months is None or terms.cooldown_months <= terms.longest_months:
        return None
    return fault("cooldown_months", terms.cooldown_months, Phrase(
        "不超过 `longest_months`（{longest_months}）", "at most `longest_months` ({longest_months})", longest_months=terms.longest_months
    ))
