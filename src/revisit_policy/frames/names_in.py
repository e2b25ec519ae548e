"""Names in expressions: the columns that an expression reads, and other expressions put in their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from revisit_policy.frames.expression import Expression, IsNan, Joined, Looked, Named


def names_read(found: Expression) -> Iterator[str]:
    """The names of the columns that an expression reads, one as often as it is read."""
    if isinstance(found, Named):
        yield found.name
    for part in found.made_of():
        yield from names_read(part)


def names_written(found: Expression) -> Iterator[str]:
    """The same, one as often as it stands in a text of SQL, where some parts are written twice."""
    if isinstance(found, Named):
        yield found.name
        return
    parts = found.made_of()
    if isinstance(found, Looked | IsNan) or (isinstance(found, Joined) and found.by == "//"):
        parts = (*parts, parts[0])
    for part in parts:
        yield from names_written(part)


def replaced(found: Expression, instead: Mapping[str, Expression]) -> Expression:
    """*found* with expressions in the place of some of the columns that it reads, by name."""
    if isinstance(found, Named):
        return instead.get(found.name, found)
    if not any(name in instead for name in names_read(found)):
        return found
    kind: Any = type(found)
    fields = {field.name: getattr(found, field.name) for field in attrs.fields(kind)}
    made: Expression = kind(**{name: _replaced_in(value, instead) for name, value in fields.items()})
    return made


def _replaced_in(value: Any, instead: Mapping[str, Expression]) -> Any:
    match value:
        case Expression():
            return replaced(value, instead)
        case tuple():
            return tuple(_replaced_in(part, instead) for part in value)
        case _:
            return value
