"""Values made past their constructors, of parts that have been through one already.

A constructor takes what people write, so it converts and checks; a decision makes values of what it has just worked out, thousands a
second, and asking all of it again would cost more than working it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import attrs

Made = TypeVar("Made")


def unchecked(kind: type[Made]) -> Callable[..., Made]:
    """The function that makes a value of *kind* from its fields by name, none of them converted or checked.

    The value is what the constructor makes of the same fields, as long as each is what its converter returns.

    Args:
        kind: A class with slots that is made by attrs; defaults are taken over, but for those that a function makes.

    Raises:
        TypeError: If fields of the class are made by functions, or it has no slots.

    Examples:
        >>> @attrs.frozen(kw_only=True)
        ... class Stay:
        ...     nights: int = attrs.field(converter=int)
        ...     is_paid: bool = False
        >>> made = unchecked(Stay)
        >>> made(nights=2) == Stay(nights="2"), made(nights="2").nights
        (True, '2')
    """
    scope: dict[str, Any] = {"_new_": object.__new__, "_kind_": kind}
    exec(compile("\n".join(_lines(kind, scope)), f"<unchecked {kind.__name__}>", "exec"), scope)  # noqa: S102 - our own text, made of the names of fields
    found: Callable[..., Made] = scope["made"]
    return found


def _lines(kind: type, scope: dict[str, Any]) -> Iterator[str]:
    """The source; what it names is put into *scope*."""
    fields = attrs.fields(kind)
    yield f"def made(*, {', '.join(_parameter(field, scope) for field in fields)}):"
    yield "    _made_ = _new_(_kind_)"
    for field in fields:
        scope[f"_set_{field.name}_"] = _slot(kind, field.name).__set__
        yield f"    _set_{field.name}_(_made_, {field.name})"
    yield "    return _made_"


def _parameter(field: attrs.Attribute[Any], scope: dict[str, Any]) -> str:
    if not field.init or isinstance(field.default, attrs.Factory):  # type: ignore[arg-type] # a class in all but its stub
        problem = f"`{field.name}` is made by a function"
        raise TypeError(problem)
    if field.default is attrs.NOTHING:
        return field.name
    scope[f"_usual_{field.name}_"] = field.default
    return f"{field.name}=_usual_{field.name}_"


def _slot(kind: type, name: str) -> Any:  # noqa: ANN401 - a descriptor
    found = next((vars(base)[name] for base in kind.__mro__ if name in vars(base)), None)
    if not hasattr(found, "__set__"):
        problem = f"`{kind.__name__}` keeps `{name}` in no slot"
        raise TypeError(problem)
    return found
