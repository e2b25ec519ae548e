"""One of the days of a result, with its limit and how it stands."""

from __future__ import annotations

import attrs

from revisit_policy.outcomes.results.stage_limit import StageLimit
from revisit_policy.outcomes.results.stage_state import StageState
from revisit_policy.outcomes.turnaround import ResultDay, TurnaroundPart
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Labelled


@attrs.frozen(kw_only=True)
class ResultStage:
    """One of the days of a result. It is laid out by a `Result`, and nothing is checked again.

    Args:
        limit: How long it may take, and what leads up to it.
        starts_on: The day it is counted from, itself not counted: that of the visit, or of the day before; ``None`` for a visit to come,
            which has no day yet.
        earliest: If the visit is made on the first day it can be.
        expected: If it is made on the day it is due.
        latest: If it is made on its last day and everything is needed that may be. Of a visit that was made this is the limit, and the
            other two are the same day: the one to expect. Where the day has been reached all three are that day.
        reached_on: The day on which it came; ``None`` if it has not.
        state: How it stands; ``None`` for a visit to come.
    """

    limit: StageLimit
    starts_on: Date | None = None
    earliest: Date
    expected: Date
    latest: Date
    reached_on: Date | None = None
    state: StageState | None = None

    @property
    def day(self) -> ResultDay:
        """Which of the days it is."""
        return self.limit.day

    @property
    def is_asked(self) -> bool:
        """Whether the policy asks for anything here; if not, it comes with the day before."""
        return self.limit.is_asked

    @property
    def working_days(self) -> int:
        """Working days that it takes, without what may be needed."""
        return self.limit.working_days

    @property
    def longest(self) -> int:
        """Working days that it takes with everything that may be needed."""
        return self.limit.longest

    @property
    def owners(self) -> tuple[Labelled, ...]:
        """The roles that carry it out."""
        return self.limit.owners

    @property
    def waits_for(self) -> tuple[Labelled, ...]:
        """Whom outside the bank it waits for."""
        return self.limit.waits_for

    @property
    def contingent(self) -> tuple[TurnaroundPart, ...]:
        """What it takes besides if something happens; each step says what makes it due."""
        return self.limit.contingent

    @property
    def is_late(self) -> bool:
        """Whether its limit has passed and it has not come."""
        return self.state is StageState.LATE
