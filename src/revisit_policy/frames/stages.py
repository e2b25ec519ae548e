"""Stages: expressions computed in layers, each over columns that the layers before have made.

One deep expression is several times slower than its layers, because engines compute a shared part again and again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import attrs

from revisit_policy.frames.expression import Expression, Named
from revisit_policy.frames.names_in import names_read, names_written, replaced
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
        return flag if isinstance(flag, bool) else self.put(flag)

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
    outputs = tuple(stages.layers[-1])
    made = {name: expression for layer in stages.layers for name, expression in layer.items()}
    read = _times_read(made, outputs)
    wanted = [{name: expression for name, expression in layer.items() if read[name] or name in outputs} for layer in stages.layers]
    return _with_kept(wanted, outputs)


def condensed(layers: tuple[Layer, ...]) -> tuple[Layer, ...]:
    """The same in as few layers and columns as it takes: what is read once is computed where it is read.

    An engine that is asked in SQL plans for every column of every layer, and sets memory aside for it, before it looks at a
    row. polars, which does not, is no quicker for it.
    """
    outputs = tuple(layers[-1].expressions)
    made = {name: expression for layer in layers for name, expression in layer.expressions.items()}
    read = _times_read(made, outputs)
    once: dict[str, Expression] = {}
    found: list[dict[str, Expression]] = []
    depth: dict[str, int] = {}
    for name, expression in made.items():
        whole = replaced(expression, once)
        if read[name] == 1 and name not in outputs:
            once[name] = whole
            continue
        depth[name] = at = 1 + max((depth[part] for part in names_read(whole) if part in depth), default=-1)
        found += [{} for _ in range(at + 1 - len(found))]
        found[at][name] = whole
    return _with_kept(found, outputs)


def _times_read(made: dict[str, Expression], outputs: Iterable[str]) -> Counter[str]:
    """How often each of the columns *made* is written out to make the *outputs*."""
    read: Counter[str] = Counter()
    for name in reversed(made):
        if read[name] or name in outputs:
            read.update(names_written(made[name]))
    return read


def _with_kept(layers: Sequence[Mapping[str, Expression]], outputs: Iterable[str]) -> tuple[Layer, ...]:
    """The *layers*, each with the names of columns before it that are wanted after it."""
    found: list[Layer] = []
    wanted = set(outputs)
    for position, made in reversed(list(enumerate(layers))):
        before = {name for layer in layers[:position] for name in layer}
        found.append(Layer(made, tuple(sorted(wanted & before))))
        wanted |= {name for expression in made.values() for name in names_read(expression)}
    return tuple(reversed(found))
