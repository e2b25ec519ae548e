"""What has been done about a loan: lives of measures, each in its order, of the words of a policy."""

from __future__ import annotations

import datetime as dt
from typing import Final

from hypothesis import strategies as st

from revisit_policy.casefile.people.action import Action
from revisit_policy.outcomes.measure import ActionState
from revisit_policy.outcomes.words.vocabulary import OURS, Vocabulary
from revisit_policy.testing.strategies.loans import ON
from revisit_policy.values.dates import Date, from_ordinal, to_date
from revisit_policy.values.labels import Labelled

#: How far back something was done, unless the loan is younger: what is older seldom has a cause that still holds.
REACH: Final = 400

_LIVES: Final = st.sampled_from(
    (
        (ActionState.DONE,), (ActionState.BEGUN,), (ActionState.PROPOSED,), (ActionState.FAILED,), (ActionState.APPROVED, ActionState.BEGUN),
        (ActionState.PROPOSED, ActionState.REFUSED), (ActionState.BEGUN, ActionState.DONE), (ActionState.DONE, ActionState.PROPOSED),
    )
)  # fmt: skip


def actions(
    *, on: str | dt.date = ON, since: str | dt.date | None = None, vocabulary: Vocabulary | None = None, most: int = 2
) -> st.SearchStrategy[tuple[Action, ...]]:
    """What was done about the measures of a loan by the day *on*; about most loans nothing was.

    Args:
        on: The day; nothing was done after it.
        since: The first day on which anything can have been done; ``None`` for four hundred days before *on*.
        vocabulary: The words of the policy that is to read it, such as ``policy.words``: one without measures lets nothing be done about
            them. Left out, the measures are ours.
        most: About how many measures something was done at most.

    Examples:
        >>> from hypothesis import given, settings
        >>> @settings(max_examples=5)
        ... @given(actions(on="2026-06-30", since="2026-06-01"))
        ... def law(done):
        ...     assert all(Date(2026, 6, 1) <= action.on <= Date(2026, 6, 30) for action in done)
        >>> law()
    """
    day = to_date(on, field="on")
    reach = REACH if since is None else min(REACH, max(0, day.toordinal() - to_date(since, field="since").toordinal()))
    measures = [note.measure for note in (OURS if vocabulary is None else vocabulary).measures]
    if not measures or most == 0:
        return st.just(())
    return _actions(day, reach, measures, most)


@st.composite
def _actions(draw: st.DrawFn, on: Date, reach: int, measures: list[Labelled], most: int) -> tuple[Action, ...]:
    found: list[Action] = []
    for measure in draw(st.lists(st.sampled_from(measures), max_size=most, unique=True)):
        life = draw(_LIVES)
        ago = sorted((draw(st.integers(0, reach)) for _ in life), reverse=True)
        found += [Action(measure, state=state, on=from_ordinal(on.toordinal() - days)) for state, days in zip(life, ago, strict=True)]
    return tuple(found)
