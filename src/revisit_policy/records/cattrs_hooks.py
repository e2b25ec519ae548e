"""cattrs: values of ours inside a bank's own classes, for an application that has a converter already."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Protocol

from revisit_policy.decision.decision import Decision
from revisit_policy.errors import InvalidValueError
from revisit_policy.records.codecs.kinds import KINDS
from revisit_policy.records.own_classes import OwnClasses
from revisit_policy.records.record_form import from_dict, to_dict
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date
from revisit_policy.values.money import Money


class Converter(Protocol):
    """What is asked of a converter of cattrs."""

    def register_structure_hook_func(self, check_func: Callable[[Any], bool], func: Callable[[Any, Any], Any], /) -> None:
        """Reads what *check_func* knows with *func*."""

    def register_unstructure_hook_func(self, check_func: Callable[[Any], bool], func: Callable[[Any], Any], /) -> None:
        """Writes what *check_func* knows with *func*."""


def register(converter: Converter, *, vocabulary: OwnClasses = ()) -> None:
    """Teaches a converter of cattrs to write values of ours as `to_dict` does, and to read them as strictly as `from_dict`.

    Nothing of cattrs is imported here: whoever has a converter has it.

    Args:
        converter: A ``cattrs.Converter``; it is changed.
        vocabulary: Classes of the bank's own, as for `from_dict`.

    Raises:
        InvalidValueError: If *converter* is none.

    Examples:
        >>> import attrs, cattrs
        >>> from revisit_policy import Money, cny
        >>> @attrs.frozen
        ... class Offer:
        ...     amount: Money
        >>> converter = cattrs.Converter()
        >>> register(converter)
        >>> converter.unstructure(Offer(cny("12.50")))
        {'amount': {'is': 'Money', 'schema': 1, 'value': 'CNY 12.50'}}
        >>> converter.structure({"amount": {"is": "Money", "schema": 1, "value": "CNY 12.50"}}, Offer)
        Offer(amount=cny("12.50"))
    """
    given: object = converter
    if not (hasattr(given, "register_structure_hook_func") and hasattr(given, "register_unstructure_hook_func")):
        raise InvalidValueError(owner="", field="converter", value=given, expected=Phrase("cattrs 的转换器", "a converter of cattrs"))
    converter.register_unstructure_hook_func(_is_ours, to_dict)
    converter.register_structure_hook_func(_is_ours, lambda plain, kind: from_dict(plain, kind, vocabulary=vocabulary))


def _is_ours(kind: Any) -> bool:  # noqa: ANN401 - an annotation
    return isinstance(kind, type) and kind in _OURS


_OURS: Final = frozenset((*KINDS.values(), Decision, Money, Date))
