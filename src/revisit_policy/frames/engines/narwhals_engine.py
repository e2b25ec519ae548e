"""Engines that a plan is said to by way of Narwhals, on frames in memory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import narwhals as nw

from revisit_policy.frames.engines.engine import Engine
from revisit_policy.frames.engines.written import OfNarwhals, WrittenLayers
from revisit_policy.frames.expressions.given import Values
from revisit_policy.frames.expressions.truth import ALWAYS, UNKNOWN
from revisit_policy.frames.outputs.plan import Plan


class NarwhalsEngine(Engine):
    """What such engines have in common: the layers of a plan over a frame that has the columns of `truth.constants`."""

    def planned(self, plan: Plan, frame: Any, names: Iterable[str], values: Values) -> Any:
        """*frame*, a Narwhals frame: its columns *names*, and the outputs under names that begin with `stages.PREFIX`."""
        library = OfNarwhals()
        layers = plan.once(type(self), lambda: WrittenLayers.of(plan.layers, library)).on(library.on(values))
        for layer, expressions in zip(plan.layers, layers, strict=True):
            frame = _next(frame, (*names, UNKNOWN, *layer.kept), expressions)
        return frame


def _next(frame: Any, kept: tuple[str, ...], expressions: tuple[Any, ...]) -> Any:
    """The columns of *frame* that are *kept*, and what *expressions* make of it.

    pandas copies a column that is selected among expressions, but not one that is asked for by name alone.
    """
    made = frame.select(ALWAYS, *expressions)  # with a column of the frame, so that what is the same in all rows is there for all
    return nw.concat([frame.select(*kept), made], how="horizontal")
