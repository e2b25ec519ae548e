"""Stages: expressions computed in layers, each over columns that the layers before have made.

One deep expression is several times slower than its layers, because engines compute a shared part again and again.
"""

from __future__ import annotations

from typing import Final

import attrs
import narwhals as nw

from revisit_policy.frames.truth import Flag

#: What the names of columns that a plan makes for itself begin with.
PREFIX: Final = "__revisit_"


@attrs.define(eq=False)
class Stages:
    """The layers of a plan while it is made; the last one is the current."""

    layers: list[list[nw.Expr]] = attrs.field(factory=lambda: [[]])
    _count: int = 0

    def next(self) -> None:
        """Begin a new layer, unless the current one is still empty."""
        if self.layers[-1]:
            self.layers.append([])

    def keep(self, expression: nw.Expr) -> nw.Expr:
        """Compute *expression* in the current layer; what comes back names it in later layers."""
        self._count += 1
        name = f"{PREFIX}_{self._count}"
        self.layers[-1].append(expression.alias(name))
        return nw.col(name)

    def keep_flag(self, flag: Flag) -> Flag:
        """Compute *flag* in the current layer, unless it is known already."""
        return flag if isinstance(flag, bool) else self.keep(flag)
