"""The part of the pytest plugin that counts decisions on frames, beside those on single cases."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import attrs

from revisit_policy.frames.columns.binding import Layout
from revisit_policy.frames.deciding import FRAMES
from revisit_policy.frames.lazy_rows import engine_name, is_lazy, looked_at
from revisit_policy.frames.subject import Subject
from revisit_policy.testing.coverage.frame_reading import read_by_case


@attrs.define
class LazyDecision:
    """A decision on a lazy frame: the test that asked for it, the engine, and whether its rows were ever seen."""

    test: str
    engine: str
    is_seen: bool = False


class FrameCounting:
    """Reads, for the session, every frame that is decided once more by case, so that its cases count like all others.

    A frame in memory is read when it has been decided, a lazy one of polars when the test collects it. For any other
    nothing may be run, so its cases do not count; which decisions those were, `uncounted` says.
    """

    def __init__(self, *, is_paused: Callable[[], bool], test: Callable[[], str]) -> None:
        self.is_paused = is_paused
        self.test = test
        self.lazy: list[LazyDecision] = []

    def watching(self) -> AbstractContextManager[None]:
        """Until the block ends every decision on a frame is counted."""
        return FRAMES.watched_by(self._counted)

    def _counted(self, decide: Callable[[Any], Any], subject: Subject, frame: Any, *, on: str | dt.date, layout: Layout) -> Any:
        if self.is_paused():
            return decide(frame)
        if is_lazy(frame):
            decision = LazyDecision(self.test(), engine_name(frame))
            found = decide(_seen_later(decision, subject, frame, on=on, layout=layout))
            self.lazy.append(decision)
            return found
        found = decide(frame)
        read_by_case(subject, frame, on=on, layout=layout)
        return found

    def uncounted(self) -> Counter[tuple[str, str]]:
        """How many decisions on lazy frames were not counted, by test and engine."""
        return Counter((decision.test, decision.engine) for decision in self.lazy if not decision.is_seen)


def _seen_later(decision: LazyDecision, subject: Subject, frame: Any, *, on: str | dt.date, layout: Layout) -> Any:
    """The lazy *frame*, read by case when it is collected, if its engine lets us."""

    def look(rows: object) -> None:
        decision.is_seen = True
        read_by_case(subject, rows, on=on, layout=layout)

    watched = looked_at(frame, look)
    return frame if watched is None else watched
