"""Flags: what holds, be it known now or once a row is read, and how several are joined.

A flag is a plain ``True`` or ``False``, or something that each row of a frame makes true or false (`Awaited`). What is written
with these few functions holds for one case and for a column of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, Generic, Protocol, TypeVar

import attrs

#: How many flags stand beside one another where each is held against the others; more are taken in groups of as many.
GROUP: Final = 8


class Awaited(Protocol):
    """What is true or false in every row, and never neither."""

    def all_of(self, parts: tuple[Any, ...], /) -> Any:
        """Where all *parts* are true, this one and others of its kind."""
        ...

    def any_of(self, parts: tuple[Any, ...], /) -> Any:
        """Where one of *parts* is true."""
        ...

    def turned(self) -> Any:
        """Where this is false."""
        ...


Part = TypeVar("Part", bound=Awaited)


def both(parts: Iterable[bool | Part]) -> bool | Part:
    """True where all *parts* are; with no parts, always.

    Examples:
        >>> both((True, False)), both(())
        (False, True)
    """
    kept = tuple(parts)
    if any(part is False for part in kept):
        return False
    live = tuple(part for part in kept if not isinstance(part, bool))
    return live[0].all_of(live) if len(live) > 1 else live[0] if live else True


def either(parts: Iterable[bool | Part]) -> bool | Part:
    """True where one of *parts* is; with no parts, never.

    Examples:
        >>> either((True, False)), either(())
        (True, False)
    """
    kept = tuple(parts)
    if any(part is True for part in kept):
        return True
    live = tuple(part for part in kept if not isinstance(part, bool))
    return live[0].any_of(live) if len(live) > 1 else live[0] if live else False


def inverse(flag: bool | Part) -> bool | Part:  # noqa: FBT001 - the one thing that is turned round
    """True where *flag* is not.

    Examples:
        >>> inverse(True)
        False
    """
    return not flag if isinstance(flag, bool) else flag.turned()


def as_it_is(flag: bool | Part) -> bool | Part:  # noqa: FBT001 - it comes back
    """*flag*, computed where it is read."""
    return flag


@attrs.frozen(eq=False)
class Row(Generic[Part]):
    """Flags in a row, of which all those between any two places are asked together.

    Written out, thousands of such questions about thousands of flags would be millions of parts.

    Args:
        levels: The flags; for every group of them where one holds; for every group of groups; and so on.
    """

    levels: tuple[tuple[bool | Part, ...], ...]

    @classmethod
    def of(cls, flags: Iterable[bool | Part], keep: Callable[[bool | Part], bool | Part] = as_it_is) -> Row[Part]:
        """*flags* in a row; *keep* computes what is read again and again, for a later layer.

        Examples:
            >>> Row.of((False, True, False)).between(1, 3)
            True
        """
        levels = [tuple(flags)]
        while len(levels[-1]) > GROUP:
            last = levels[-1]
            levels.append(tuple(keep(either(last[at : at + GROUP])) for at in range(0, len(last), GROUP)))
        return cls(tuple(levels))

    def parts(self, start: int, stop: int) -> tuple[bool | Part, ...]:
        """Few flags of which one holds where one of those does from place *start* to before *stop*."""
        ahead: tuple[bool | Part, ...] = ()
        behind: tuple[bool | Part, ...] = ()
        for level, flags in enumerate(self.levels):
            first, last = -(-start // GROUP), stop // GROUP
            if first >= last or level + 1 == len(self.levels):
                return (*ahead, *flags[start:stop], *behind)
            ahead, behind = (*ahead, *flags[start : first * GROUP]), (*flags[last * GROUP : stop], *behind)
            start, stop = first, last
        raise AssertionError(self)  # the last level returns

    def between(self, start: int, stop: int) -> bool | Part:
        """Where one of those holds from place *start* to before *stop*."""
        return either(self.parts(start, stop))
