"""Spark: a plan run under plain names, because Spark reads more into a name than other engines do.

It takes the dot of ``loan.balance`` for a step into a struct, and ``Grade`` and ``grade`` for one column.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from revisit_policy.frames.columns.binding import Binding
from revisit_policy.frames.outputs.output import Output

if TYPE_CHECKING:
    from revisit_policy.frames.plan import Plan


def plainly_bound(binding: Binding, names: tuple[str, ...]) -> Binding:
    """*binding*, whose columns stand under the plain names of a frame with these *names*."""
    plain = dict(zip(names, _plain(names), strict=True))
    return attrs.evolve(binding, columns=tuple(attrs.evolve(source, name=plain[source.name]) for source in binding.columns))


def run_on_spark(plan: Plan, native: Any, outputs: Mapping[str, Output]) -> Any:
    """The Spark frame as it came, and beside it what *plan*, made for plain names, puts out, by final names."""
    names = tuple(native.columns)
    return plan.run_on_spark(native.toDF(*_plain(names)), outputs.values()).toDF(*names, *outputs)


def _plain(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"given_{at}" for at in range(len(names)))
