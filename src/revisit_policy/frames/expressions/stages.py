"""Stages: expressions computed in layers, each over columns that the layers before have made.

One deep expression is several times slower than its layers, because engines compute a shared part again and again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

import attrs

from revisit_policy.frames.expressions.expression import Expression, Named
from revisit_policy.frames.expressions.kind_flags import OfKinds
from revisit_policy.frames.expressions.names_in import names_read
from revisit_policy.frames.expressions.truth import Flag

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
        return expression if isinstance(expression, Named) else self._placed(expression, len(self.layers) - 1)

    def put(self, expression: Expression) -> Expression:
        """Compute *expression* in the first layer after all that it reads; what comes back names it in later ones."""
        if isinstance(expression, Named):
            return expression
        at = 1 + max((self._places.get(name, -1) for name in names_read(expression)), default=-1)
        self.layers += [{} for _ in range(at + 1 - len(self.layers))]
        return self._placed(expression, at)

    def _placed(self, expression: Expression, at: int) -> Named:
        self._count += 1
        name = f"{PREFIX}_{self._count}"
        self.layers[at][name] = expression
        self._places[name] = at
        return Named(name)

    def put_flag(self, flag: Flag) -> Flag:
        """Compute *flag* as `put` does, unless it is known already."""
        return flag if isinstance(flag, bool | OfKinds) else self.put(flag)

    def keep_flag(self, flag: Flag) -> Flag:
        """Compute *flag* in the current layer, unless it is known already."""
        return flag if isinstance(flag, bool | OfKinds) else self.keep(flag)


@attrs.frozen(eq=False)
class Layer:
    """What one layer computes, and the names of earlier layers' columns that later ones still read."""

    expressions: Mapping[str, Expression]
    kept: tuple[str, ...]


def layered(stages: Stages) -> tuple[Layer, ...]:
    """The layers, each without the columns that nobody reads any more: an engine is slower for every one it carries."""
    outputs = stages.layers[-1].keys()
    reads = {name: frozenset(names_read(found)) for layer in stages.layers for name, found in layer.items()}
    wanted = set(outputs)
    for name in reversed(reads):
        if name in wanted:
            wanted |= reads[name]
    made = [{name: found for name, found in layer.items() if name in wanted} for layer in stages.layers]
    return tuple(Layer(layer, kept) for layer, kept in zip(made, kept_after(made, reads, outputs), strict=True))


def kept_after(layers: Sequence[Collection[str]], reads: Mapping[str, frozenset[str]], outputs: Iterable[str]) -> list[tuple[str, ...]]:
    """For each of *layers*, in order, the columns made before it that are read after it, or put out.

    Args:
        layers: The names of the columns that each layer makes.
        reads: What each column is made from.
        outputs: The columns that are put out.
    """
    before = {name for layer in layers for name in layer}
    wanted = set(outputs)
    found: list[tuple[str, ...]] = []
    for layer in reversed(layers):
        before.difference_update(layer)
        wanted.difference_update(layer)
        found.append(tuple(sorted(wanted & before)))
        wanted = wanted.union(*(reads[name] for name in layer))
    return found[::-1]
