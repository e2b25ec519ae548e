"""What a pretty printer such as `rich` shows of a value: what a reader looks for, and never the whole policy behind it.

A class yields from ``__rich_repr__`` what it is known by; nothing of that library is imported.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeAlias

import attrs

Shown: TypeAlias = Iterator[Any]
"""Values, or pairs of a name and a value, or threes with the default beside which the value is left out."""

#: How many of several are shown.
MOST: Final = 6
#: How many characters of a text that has no end.
LONGEST: Final = 300


@attrs.frozen(repr=False)
class Words:
    """Text that is printed as it is, without quotes, and cut where it is very long."""

    text: str

    def __repr__(self) -> str:
        return self.text if len(self.text) <= LONGEST else f"{self.text[:LONGEST]}…"


def few(values: Iterable[object]) -> tuple[Words, ...]:
    """The first of *values*, and how many more there are.

    Examples:
        >>> few(range(8))
        (0, 1, 2, 3, 4, 5, … 2 more)
    """
    listed = tuple(values)
    more = (Words(f"… {len(listed) - MOST} more"),) if len(listed) > MOST else ()
    return (*(Words(str(value)) for value in listed[:MOST]), *more)


def few_of(values: Iterable[object]) -> str:
    """`few` of *values* as text, for a field of attrs that may hold a whole book: ``attrs.field(repr=few_of)``.

    Examples:
        >>> few_of(["L-1", "L-2"])
        '(L-1, L-2)'
    """
    return repr(few(values))



def stated(value: attrs.AttrsInstance) -> Shown:
    """The fields of *value* that differ from those of another that is made of defaults alone."""
    usual = type(value)()
    for field in attrs.fields(type(value)):
        yield field.name, getattr(value, field.name), getattr(usual, field.name)
