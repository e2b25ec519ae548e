"""Engines that a plan is said to in SQL: its layers as text, which both take far quicker than thousands of objects."""

from __future__ import annotations

from typing import ClassVar

from revisit_policy.frames.engines.engine import Engine
from revisit_policy.frames.engines.sql_text import Dialect
from revisit_policy.frames.engines.text_layers import TextLayer, text_layers
from revisit_policy.frames.expressions.given import Values
from revisit_policy.frames.outputs.plan import Plan


class SqlEngine(Engine):
    """What engines that are asked in SQL have in common: names without case, and layers as text in a dialect."""

    passes_over_case: ClassVar[bool] = True
    dialect: ClassVar[Dialect]

    def texts(self, plan: Plan, values: Values) -> tuple[TextLayer, ...]:
        """The layers of *plan* as text, with *values* as literals."""
        layers = plan.once(type(self), lambda: text_layers(plan.layers, self.dialect))
        return tuple(layer.on(values, self.dialect) for layer in layers)
