"""Triggers of a policy that goes by intervals: what asks for a visit sooner, once for as long as it stands."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import polars as pl

from revisit_policy.backtest.arranged import Period
from revisit_policy.frames.outputs.answers import answers_of
from revisit_policy.frames.outputs.output import Meaning, Trace
from revisit_policy.frames.subject import Policy, subject_of
from revisit_policy.outcomes.obligations.obligation import Obligation
from revisit_policy.outcomes.trigger import Trigger
from revisit_policy.outcomes.visit import VisitKind


@attrs.define(kw_only=True, eq=False)
class Triggers:
    """What has been answered: a trigger that is established brings one visit, and another only after a decision day on which it was gone.

    Args:
        columns: The columns of `frames.decide` that tell of triggers, and in each the bits that are some.
        answered: Of every loan, by column, the triggers that stood on its last decision day and that somebody went for.
    """

    columns: Mapping[str, int]
    answered: dict[str, pl.Series]

    @classmethod
    def of(cls, policy: Policy, *, loans: int) -> Triggers:
        """Those of *policy*, before the first decision day of so many *loans*."""
        found = {
            answer.output.name: _bits(answer.output.items)
            for answer in answers_of(subject_of(policy), Trace.NONE)
            if answer.output.meaning is Meaning.SET and not answer.output.name.endswith("_at_worst")
        }
        columns = {name: bits for name, bits in found.items() if bits}
        return cls(columns=columns, answered={name: pl.zeros(loans, dtype=pl.Int64, eager=True) for name in columns})

    def ask(self, said: pl.DataFrame, period: Period) -> pl.Series:
        """Of which loans of a period one stands that nobody went for; a loan that could not be decided asks for nothing."""
        asked = pl.repeat(value=False, n=len(said), dtype=pl.Boolean, eager=True)
        for name, bits in self.columns.items():
            standing = said[name] & bits
            asked |= (standing != standing & self.answered[name].gather(period.loans)).fill_null(value=False)
        return asked

    def remember(self, said: pl.DataFrame, period: Period, *, visited: pl.Series) -> None:
        """Know from now on that a visit answered all that stands; what is gone may ask again."""
        for name, bits in self.columns.items():
            standing, before = said[name] & bits, self.answered[name].gather(period.loans)
            now = pl.select(pl.when(standing.is_null()).then(before).when(visited).then(standing).otherwise(standing & before))[:, 0]
            self.answered[name] = self.answered[name].scatter(period.loans, now) if len(now) else self.answered[name]


def _bits(items: tuple[object, ...]) -> int:
    """A mask of those of the *items* of a set that ask for a visit because of something that happened."""
    return sum(1 << place for place, item in enumerate(items) if _is_trigger(item))


def _is_trigger(item: object) -> bool:
    return isinstance(item, Trigger) or (isinstance(item, Obligation) and item.kind is VisitKind.TRIGGERED)
