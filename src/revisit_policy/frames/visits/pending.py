"""What is pending in columns: an obligation with its window, as `planning.duties.pending` has it for one loan."""

from __future__ import annotations

from typing import cast

import attrs

from revisit_policy.frames.columns.day_columns import chosen, highest, is_from
from revisit_policy.frames.expressions.expression import Expression, Lowest
from revisit_policy.frames.expressions.truth import Flag
from revisit_policy.frames.visits.days.plan_days import PlanDays
from revisit_policy.frames.visits.means import MeansColumns
from revisit_policy.outcomes.obligations.obligation_kind import ObligationKind


@attrs.frozen(kw_only=True, eq=False)
class Pending:
    """An obligation: where there is one, its first and its last day, and by which means it is met.

    Args:
        kind: What holds of all of its kind.
        exists: Where it is there.
        opens: Its first day.
        closes: Its last day, as it stood before it passed.
        means: How it is met.
        latest: The last of the days from which all is asked that it stands for; ``None`` if that is *opens*.
        has_begun: Whether it is open on the day of the plan, wherever it is there.
        is_red: Whether it answers a red signal.
        is_undated: Where nobody recorded since when it is asked for, as far as that is told of it alone.
    """

    kind: ObligationKind
    exists: Flag
    opens: Expression
    closes: Expression
    means: MeansColumns
    latest: Expression | None = None
    has_begun: bool = False
    is_red: bool = False
    is_undated: Flag = False


@attrs.frozen(kw_only=True, eq=False)
class RawColumns:
    """Bounds as the calendar days fall, with *back*, the last working day up to the closing."""

    opens: Expression
    closes: Expression
    back: Expression
    not_before: Expression

    def settled(self, days: PlanDays) -> tuple[Expression, Expression]:
        """The first and the last day on working days; see `planning.raw_bounds.RawBounds.settled`."""
        put = days.stages.put
        closing = put(chosen(is_from(self.back, self.not_before), self.back, days.forward(self.not_before)))
        forward = days.forward(put(cast("Expression", highest((self.opens, self.not_before)))))
        return put(Lowest((forward, closing))), closing
