"""Misreadings: what is wrong in a record and where, without what stood there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import attrs

from revisit_policy.errors import InvalidInputError, InvalidValueError, RevisitPolicyError, UnknownNameError
from revisit_policy.speech.phrase import Phrase

MOST_FAULTS: Final = 50
"""How many faults are told of one record: whoever has more has the wrong class, or the wrong file."""


@attrs.frozen(repr=False)
class Withheld:
    """Stands in a message for what came: a record is of a person, and a message goes into a log."""

    words: str

    @classmethod
    def of(cls, plain: object) -> Withheld:
        """What *plain* is, not what it says."""
        match plain:
            case None:
                return cls("null")
            case str():
                return cls(f"a text of {len(plain)} signs")
            case dict():
                return cls(f"an object of {len(plain)} names")
            case list():
                return cls(f"a list of {len(plain)}")
            case _:
                return cls(f"a value of type {type(plain).__name__}")

    def __repr__(self) -> str:
        return self.words


@attrs.frozen
class Spot:
    """One fault: where, what was expected, and what came, withheld."""

    path: str
    expected: str
    came: object
    is_named: bool = False

    def below(self, step: str) -> Spot:
        """The same fault seen from one step further out; what stands once has its own place."""
        if self.is_named:
            return self
        joint = "" if not self.path or self.path.startswith("[") else "."
        return attrs.evolve(self, path=f"{step}{joint}{self.path}")


class MisreadError(Exception):
    """Says within a codec that a record cannot be read or a value cannot be written; nobody outside sees it."""

    def __init__(self, *spots: Spot) -> None:
        self.spots = spots
        super().__init__(spots)

    def below(self, step: str) -> MisreadError:
        """The same faults seen from one step further out."""
        return MisreadError(*(spot.below(step) for spot in self.spots))

    def told(self) -> InvalidInputError:
        """The faults as users see them."""
        told = dict.fromkeys(self.spots)  # what stands once and is called by its name is misread wherever it is called
        spots = list(told)[:MOST_FAULTS]
        return InvalidInputError.of("record", [InvalidValueError(owner="record", field=spot.path, value=spot.came, expected=spot.expected) for spot in spots])


def wrong(plain: object, expected: str) -> MisreadError:
    """What stands here is not what was *expected*."""
    return MisreadError(Spot("", expected, Withheld.of(plain)))


def refused_by(error: RevisitPolicyError, plain: object, *, names: Iterable[str] = ()) -> MisreadError:
    """What a constructor of ours says of the values read from *plain*, in the *names* of its fields where it names them."""
    return MisreadError(*_spots(error, plain, known=frozenset(names)))


def _spots(error: Exception, plain: object, *, known: frozenset[str]) -> Iterator[Spot]:
    if isinstance(error, InvalidInputError):
        for each in error.exceptions:
            yield from _spots(each, plain, known=known)
    elif isinstance(error, InvalidValueError):
        field = error.field if error.field in known else ""
        came = plain.get(field) if field and isinstance(plain, dict) else plain
        yield Spot(field, error.expected, Withheld.of(came))
    elif isinstance(error, UnknownNameError):
        yield Spot("", Phrase("{names} 之一", "one of {names}", names=", ".join(f"`{name}`" for name in error.known)), Withheld.of(plain))
    else:
        yield Spot("", Phrase("正确（{error}）", "sound ({error})", error=error), Withheld.of(plain))


def plain_fields(plain: Any) -> dict[str, Any]:  # noqa: ANN401 - what JSON holds
    """An object of JSON.

    Raises:
        MisreadError: If it is none.
    """
    if type(plain) is dict:
        return plain
    raise wrong(plain, Phrase("对象", "an object"))
