"""Plans: what decides the rows of a frame, as layers of expressions over its columns."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar, cast

import attrs

from revisit_policy.frames.expressions.given import Asked, Values
from revisit_policy.frames.expressions.stages import Layer
from revisit_policy.frames.outputs.output import Output

Written = TypeVar("Written")


@attrs.frozen(eq=False)
class Plan:
    """Layers of expressions, the last of which makes the *outputs* under names that begin with `stages.PREFIX`.

    It holds no day: *makers* make what it reads of one, by name, when it is run.
    """

    layers: tuple[Layer, ...]
    outputs: tuple[Output, ...]
    makers: Mapping[str, Callable[[Asked], Any]]
    _written: dict[Hashable, Any] = attrs.field(factory=dict, init=False, repr=False)

    def values(self, asked: Asked) -> Values:
        """What the layers read of the day that is *asked* for."""
        return {name: make(asked) for name, make in self.makers.items()}

    def once(self, key: Hashable, write: Callable[[], Written]) -> Written:
        """What an engine has made of the layers under this *key*, made the first time that it is asked for."""
        if key not in self._written:
            self._written[key] = write()
        return cast("Written", self._written[key])
