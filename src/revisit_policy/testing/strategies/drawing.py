"""Drawing the fields of a value one after the other: those given in advance are left as they are, a few are unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs
from hypothesis import strategies as st

from revisit_policy.errors import InvalidInputError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, from_ordinal
from revisit_policy.values.money import Money, cny
from revisit_policy.values.validation import Fault, checked, found_in, placed


def checked_fields(kind: type[attrs.AttrsInstance], given: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fields *given*, each of which *kind* has and takes; what they are together is seen when one is drawn.

    Raises:
        InvalidValueError: If *given* is no mapping.
        UnknownNameError: If a name is that of no field.
        InvalidInputError: If values are refused, all of them together.
    """
    known = attrs.fields_dict(kind)
    faults = []
    for name, value in checked(given, Mapping, field=kind.__name__, expected=Phrase("按名称给出的字段", "fields by name")).items():
        converter: Any = found_in(known, name, kind=Phrase("{kind}的字段", "field of {kind}", kind=kind.__name__)).converter
        if converter is not None and isinstance(found := converter(value), Fault):
            faults.append(placed(found, name).located(owner=kind.__name__, field=name))
    if faults:
        raise InvalidInputError.of(kind.__name__, faults)
    return given


class Draw:
    """Draws fields by name and remembers them.

    Args:
        draw: How a value is drawn.
        given: Fields that are taken as they are.
        unknown: Names of fields of which a few, drawn at first, are unknown.
        registers: Names of registers. A few have an entry; most have none.
    """

    def __init__(
        self, draw: st.DrawFn, given: Mapping[str, Any], *, unknown: Iterable[str] = (), registers: Iterable[str] = ()
    ) -> None:
        self._draw = draw
        self.drawn: dict[str, Any] = dict(given)
        names = tuple(registers)
        for name in self._some(names):
            self.drawn.setdefault(name, True)
        for name in self._some((*unknown, *names)):
            self.drawn.setdefault(name, None)

    def _some(self, names: tuple[str, ...]) -> list[str]:
        return self._draw(st.lists(st.sampled_from(names), max_size=3, unique=True)) if names else []

    def __call__(self, name: str, strategy: st.SearchStrategy[Any]) -> Any:
        """The value of the field *name*."""
        if name not in self.drawn:
            self.drawn[name] = self._draw(strategy)
        return self.drawn[name]

    def take(self, name: str, value: Any) -> Any:
        """The value of the field *name*, which follows from the others: *value* unless it was given or is unknown."""
        return self.drawn.setdefault(name, value)


def parts(whole: Money, *per_cent: int) -> st.SearchStrategy[Money]:
    """Parts of an amount, the first being the usual one, to the fen."""
    return st.sampled_from([part(whole, share) for share in per_cent])


def part(whole: Money, per_cent: int) -> Money:
    """A part of an amount, to the fen."""
    return Money(whole.minor * per_cent // 100, whole.currency)


def amounts(*, low: int, high: int, step: int) -> st.SearchStrategy[Money]:
    """Amounts of yuan from *low* to *high*, both inclusive, in round steps."""
    return st.sampled_from(tuple(map(cny, range(low, high + 1, step))))


def past_days(on: Date, days: int) -> st.SearchStrategy[Date]:
    """Days up to *on*, the nearest first."""
    return st.integers(0, days).map(lambda ago: from_ordinal(on.toordinal() - ago))
