"""Fields that have moved: whoever still fills one in where it was is told where it is now."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from revisit_policy.errors import InvalidInputError, InvalidValueError

Kind = TypeVar("Kind")


def moved_to(**fields: str) -> Callable[[type[Kind]], type[Kind]]:
    """A class whose former *fields*, by name, are refused with where they are now, to be read after "must be"."""

    def of(kind: type[Kind]) -> type[Kind]:
        made: Callable[..., None] = kind.__init__

        @functools.wraps(made)
        def __init__(self: Kind, *args: Any, **given: Any) -> None:  # noqa: ANN401, N807 - it passes on what it is given
            for name, place in fields.items():
                if name in given:
                    raise InvalidInputError.of(kind.__name__, [InvalidValueError(owner=kind.__name__, field=name, value=given[name], expected=place)])
            made(self, *args, **given)

        kind.__init__ = __init__  # type: ignore[method-assign, assignment] # what it is called with stays the same
        return kind

    return of
