"""Stages: expressions computed in layers, each over columns that the layers before have made.

One deep expression is several times slower than its layers, because engines compute a shared part again and again.
"""

from __future__ import annotations

import re
from typing import Final

import attrs
import narwhals as nw

from revisit_policy.frames.truth import ALWAYS, UNKNOWN, Flag

#: What the names of columns that a plan makes for itself begin with.
PREFIX: Final = "__revisit_"


@attrs.define(eq=False)
class Stages:
    """The layers of a plan while it is made; the last one is the current."""

    layers: list[dict[str, nw.Expr]] = attrs.field(factory=lambda: [{}])
    _count: int = 0

    def next(self) -> None:
        """Begin a new layer, unless the current one is still empty."""
        if self.layers[-1]:
            self.layers.append({})

    def keep(self, expression: nw.Expr) -> nw.Expr:
        """Compute *expression* in the current layer; what comes back names it in later layers."""
        self._count += 1
        name = f"{PREFIX}_{self._count}"
        self.layers[-1][name] = expression
        return nw.col(name)

    def keep_flag(self, flag: Flag) -> Flag:
        """Compute *flag* in the current layer, unless it is known already."""
        return flag if isinstance(flag, bool) else self.keep(flag)


@attrs.frozen(eq=False)
class Layer:
    """What one layer computes, and the names of earlier layers' columns that later ones still read."""

    expressions: tuple[nw.Expr, ...]
    kept: tuple[str, ...]


_OURS: Final = re.compile(rf"\b{PREFIX}\w+")


def layered(stages: Stages) -> tuple[Layer, ...]:
    """The layers, each without the columns that nobody reads any more: an engine is slower for every one it carries."""
    found: list[Layer] = []
    wanted: set[str] = set()
    for position, made in reversed(list(enumerate(stages.layers))):
        before = {ALWAYS, UNKNOWN}.union(*stages.layers[:position])
        found.append(Layer(tuple(expression.alias(name) for name, expression in made.items()), tuple(sorted(wanted & before))))
        wanted |= {name for expression in made.values() for name in _OURS.findall(repr(expression))}
    return tuple(reversed(found))
