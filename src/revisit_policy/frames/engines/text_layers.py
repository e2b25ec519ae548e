"""Layers as text: the same plan in as few layers and columns as it takes, for an engine that is asked in SQL.

Such an engine plans for every column of every layer, also for one that is only passed on, and sets memory aside for it, before
it looks at a row. So what is read once, or is short, is written where it is read; and the rest is computed where fewest columns
have to be passed on. Spark, which merges layers and compiles them, is several times slower for the short and the late: there only
what is read once is written where it is read. polars, which does not plan like that, is no quicker for either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

import attrs

from revisit_policy.frames.engines.sql_text import Dialect, text
from revisit_policy.frames.expressions.expression import Expression
from revisit_policy.frames.expressions.given import Values
from revisit_policy.frames.expressions.names_in import names_written
from revisit_policy.frames.expressions.stages import Layer, kept_after


@attrs.frozen(eq=False)
class TextLayer:
    """What one layer computes, as text by name, and the names of earlier layers' columns that later ones still read."""

    columns: Mapping[str, str]
    kept: tuple[str, ...]

    def on(self, values: Values, dialect: Dialect) -> TextLayer:
        """The layer with the *values* of one day."""
        return TextLayer({name: dialect.filled(written, values) for name, written in self.columns.items()}, self.kept)

    def made(self, dialect: Dialect) -> tuple[str, ...]:
        """The columns that it computes, each under its name."""
        return tuple(f"{written} AS {dialect.name(name)}" for name, written in self.columns.items())

    def written(self, name: str, dialect: Dialect) -> str:
        """The text of one column, computed here or kept."""
        return self.columns.get(name) or dialect.name(name)


def text_layers(layers: tuple[Layer, ...], dialect: Dialect) -> tuple[TextLayer, ...]:
    """The *layers* in this *dialect*, in fewer of them; the last one has the same outputs."""
    outputs = layers[-1].expressions.keys()
    texts, reads = _texts({name: found for layer in layers for name, found in layer.expressions.items()}, outputs, dialect)
    made: list[dict[str, str]] = []
    for name, at in (_last_places(reads, outputs) if dialect.is_late else _first_places(reads)).items():
        made += [{} for _ in range(at + 1 - len(made))]
        made[at][name] = texts[name]
    filled = [layer for layer in made if layer]
    return tuple(TextLayer(layer, kept) for layer, kept in zip(filled, kept_after(filled, reads, outputs), strict=True))


def _texts(made: dict[str, Expression], outputs: Collection[str], dialect: Dialect) -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """The texts of the columns that have to be *made*, and of which others each one reads."""
    times = _times_written(made, outputs)
    within: dict[str, str] = {}
    read_within: dict[str, frozenset[str]] = {}
    writing = attrs.evolve(dialect, within=within)
    texts: dict[str, str] = {}
    reads: dict[str, frozenset[str]] = {}
    for name, found in made.items():
        written = text(found, writing)
        read = frozenset[str]().union(*(read_within.get(part, (part,)) for part in names_written(found) if part in made))
        if name not in outputs and (times[name] - 1) * len(written) <= dialect.short:
            within[name], read_within[name] = written, read
        else:
            texts[name], reads[name] = written, read
    return texts, reads


def _times_written(made: dict[str, Expression], outputs: Iterable[str]) -> Counter[str]:
    """How often each of the columns *made* is written out to make the *outputs*."""
    times: Counter[str] = Counter()
    for name in reversed(made):
        if times[name] or name in outputs:
            times.update(names_written(made[name]))
    return times


def _last_places(reads: dict[str, frozenset[str]], outputs: Collection[str]) -> dict[str, int]:
    """The layer of each column: the last one that it can be in, unless more columns would have to be kept for it than it is itself."""
    first = _first_places(reads)
    end = max(first.values()) + 1
    needed_in = dict.fromkeys(reads, end)  # the first layer that reads a column, of those that have their place
    kept_to = {name: end if name in outputs else 0 for name in reads}  # the last one, as far as is known
    for name, read in reads.items():
        kept_to.update((part, max(kept_to[part], first[name])) for part in read)
    places: dict[str, int] = {}
    for name in reversed(reads):
        last, kept = needed_in[name] - 1, [kept_to[part] for part in reads[name]]
        at = min(range(last, first[name] - 1, -1), key=lambda at: last - at + sum(at - to for to in kept if to < at))
        places[name] = at
        for part in reads[name]:
            needed_in[part], kept_to[part] = min(needed_in[part], at), max(kept_to[part], at)
    return dict(reversed(places.items()))


def _first_places(reads: Mapping[str, frozenset[str]]) -> dict[str, int]:
    """The first layer in which each column can be computed."""
    first: dict[str, int] = {}
    for name, read in reads.items():
        first[name] = 1 + max((first[part] for part in read), default=-1)
    return first
