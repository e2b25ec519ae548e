"""Stages: expressions computed in layers, each over columns that the layers before have made.

One deep expression is several times slower than its layers, because engines compute a shared part again and again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from revisit_policy.frames.expression import Expression, Named, names_read
from revisit_policy.frames.truth import Flag

#: What the names of columns that a plan makes for itself begin with.
PREFIX: Final = "__revisit_"


@attrs.define(eq=False)
class Stages:
    """The layers of a plan while it is made; the last one is the current."""

    layers: list[dict[str, Expression]] = attrs.field(factory=lambda: [{}])
    _count: int = 0
    _places: dict[str, int] = attrs.field(factory=dict)

    def next(self) -> None:
        """Begin a new layer, unless the current one is still empty."""
        if self.layers[-1]:
            self.layers.append({})

    def keep(self, expression: Expression) -> Expression:
        """Compute *expression* in the current layer, unless it is a column already; what comes back names it in later layers."""
        if isinstance(expression, Named):
            return expression
        self._count += 1
        name = f"{PREFIX}_{self._count}"
        self.layers[-1][name] = expression
        self._places[name] = len(self.layers) - 1
        return Named(name)

    def put(self, expression: Expression) -> Expression:
        """Compute *expression* in the first layer after all that it reads; what comes back names it in later ones."""
        if isinstance(expression, Named):
            return expression
        at = 1 + max((self._layer_of(name) for name in names_read(expression)), default=-1)
        self.layers += [{} for _ in range(at + 1 - len(self.layers))]
        self._count += 1
        name = f"{PREFIX}_{self._count}"
        self.layers[at][name] = expression
        self._places[name] = at
        return Named(name)

    def put_flag(self, flag: Flag) -> Flag:
        """Compute *flag* as `put` does, unless it is known already."""
        return flag if isinstance(flag, bool) else self.put(flag)

    def _layer_of(self, name: str) -> int:
        return self._places.get(name, -1)

    def keep_flag(self, flag: Flag) -> Flag:
        """Compute *flag* in the current layer, unless it is known already."""
        return flag if isinstance(flag, bool) else self.keep(flag)


@attrs.frozen(eq=False)
class Layer:
    """What one layer computes, and the names of earlier layers' columns that later ones still read."""

    expressions: Mapping[str, Expression]
    kept: tuple[str, ...]


def layered(stages: Stages) -> tuple[Layer, ...]:
    """The layers, each without the columns that nobody reads any more: an engine is slower for every one it carries."""
    found: list[Layer] = []
    wanted: set[str] = set()
    for position, made in reversed(list(enumerate(stages.layers))):
        before = {name for layer in stages.layers[:position] for name in layer}
        read = {name: expression for name, expression in made.items() if name in wanted or not found}
        found.append(Layer(read, tuple(sorted(wanted & before))))
        wanted |= {name for expression in read.values() for name in names_read(expression)}
    return tuple(reversed(found))
