"""Names in expressions: the columns that an expression reads, and whether it reads anything of the day."""

from __future__ import annotations

from collections.abc import Iterator

from revisit_policy.frames.expressions.expression import Expression, IsNan, Looked, Named, Stepped
from revisit_policy.frames.expressions.given import Given


def names_read(found: Expression) -> Iterator[str]:
    """The names of the columns that an expression reads, one as often as it is read, in no order."""
    left = [found]
    while left:
        part = left.pop()
        if isinstance(part, Named):
            yield part.name
        else:
            left += part.made_of()


def names_written(found: Expression) -> Iterator[str]:
    """The names in a text of SQL, one as often as it stands there: some parts are written twice, some not at all."""
    left = [found]
    while left:
        part = left.pop()
        if isinstance(part, Named):
            yield part.name
            continue
        left += part.asked_in_sql() if isinstance(part, Stepped) else part.made_of()
        if isinstance(part, Looked | IsNan):
            left.append(part.made_of()[0])


def reads_given(found: Expression) -> bool:
    """Whether an expression reads a value that is known only when a plan is run."""
    left = [found]
    while left:
        part = left.pop()
        if isinstance(part, Given):
            return True
        left += part.made_of()
    return False
