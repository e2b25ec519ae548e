"""How a value object refuses bad input: every fault of the object at once.

Converters are plain functions that raise; `gathering` wraps them so that the object under construction keeps a `Fault`
in place of the value, and `gather` turns the faults into one `InvalidInputError` before anybody sees the object.
"""

import functools
import inspect
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import UnionType
from typing import Any, NewType, TypeAlias, TypeGuard, TypeVar, cast

import attrs

from revisit_policy.errors import InvalidInputError, InvalidValueError, RevisitPolicyError, UnknownNameError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.one_line import flaw_of

Value = TypeVar("Value")
Several = TypeVar("Several", bound=Iterable[Any])
Owner = TypeVar("Owner", bound=attrs.AttrsInstance)
CrossCheck: TypeAlias = Callable[[Owner], InvalidValueError | None]
"""What relates several fields of one object: the fault found, or ``None``."""


@attrs.frozen
class Fault:
    """A refused value, waiting in its field for `gather`."""

    value: object
    error: RevisitPolicyError


def gathering(cls: type, fields: "list[attrs.Attribute[Any]]") -> "list[attrs.Attribute[Any]]":
    """The fields of *cls* with converters that keep a fault instead of raising it.

    Pass it as ``field_transformer``. It goes together with an ``__attrs_post_init__`` that calls `gather`; a class
    without one would keep its faults to itself and is refused.

    Raises:
        TypeError: If *cls* has no ``__attrs_post_init__``.

    Examples:
        >>> from revisit_policy.values.dates import Date, to_date
        >>> @attrs.frozen(kw_only=True, field_transformer=gathering)
        ... class Stay:
        ...     arrived_on: Date = attrs.field(converter=to_date)
        ...     left_on: Date = attrs.field(converter=to_date)
        ...
        ...     def __attrs_post_init__(self) -> None:
        ...         gather(self, left_after_arriving)
        >>> def left_after_arriving(stay: Stay) -> InvalidValueError | None:
        ...     if stay.left_on >= stay.arrived_on:
        ...         return None
        ...     return fault("left_on", stay.left_on, f"on or after `arrived_on` ({stay.arrived_on})")
        >>> try:
        ...     Stay(arrived_on="2026-1-2", left_on="now")
        ... except InvalidInputError as error:
        ...     for found in error.exceptions:
        ...         print(found)
        `Stay.arrived_on` must be a day, as a date or as text like 2026-01-31, got `'2026-1-2'`
        `Stay.left_on` must be a day, as a date or as text like 2026-01-31, got `'now'`
    """
    if not hasattr(cls, "__attrs_post_init__"):
        problem = f"{cls.__name__} needs an __attrs_post_init__ that calls gather(self)"
        raise TypeError(problem)
    return [field if field.converter is None else field.evolve(converter=_kept(cast("_Convert", field.converter))) for field in fields]


_Convert: TypeAlias = Callable[[object], object]


def names_known(kind: type[Value]) -> type[Value]:
    """The attrs class itself, whose constructor names the nearest field where it is handed one that it has not; `attrs.evolve` then does too.

    Nothing is looked at while the names are right.

    Examples:
        >>> @names_known
        ... @attrs.frozen(kw_only=True)
        ... class Figures:
        ...     least: int
        >>> Figures(lest=2)
        Traceback (most recent call last):
        ...
        revisit_policy.errors.UnknownNameError: unknown field of Figures `lest`, did you mean `least`?
    """
    made: Callable[..., None] = kind.__init__

    @functools.wraps(made)
    def __init__(self: Value, *args: Any, **given: Any) -> None:  # noqa: ANN401, N807 - it passes on what it is given
        try:
            made(self, *args, **given)
        except TypeError:
            known = tuple(field.alias or field.name for field in attrs.fields(cast("type[attrs.AttrsInstance]", kind)) if field.init)
            unknown = next((name for name in given if name not in known), None)
            if unknown is None:
                raise
            said = Phrase("{owner} 的字段", "field of {owner}", owner=kind.__name__)
            raise UnknownNameError(kind=said, name=unknown, known=known) from None

    kind.__init__ = __init__  # type: ignore[method-assign, assignment] # what it is called with stays the same
    return kind


def _kept(convert: _Convert) -> _Convert:
    @functools.wraps(convert)
    def converter(value: object) -> object:
        try:
            return convert(value)
        except RevisitPolicyError as error:
            return Fault(value, error)

    # attrs copies what a converter takes into the constructor, where whoever asks for types would look names up in another module
    converter.__signature__ = inspect.signature(convert, eval_str=True)  # type: ignore[attr-defined] # functions take attributes
    return converter


def gather(owner: Owner, *checks: CrossCheck[Owner], place: str | None = None) -> None:
    """Raise all faults of *owner* as one error, or do nothing.

    A check runs only if every field it reads is sound. Beside faulty fields it may read fields but no property or
    method, so it is left out if it asks for one.

    Args:
        owner: The object under construction.
        checks: What relates several fields; each builds its finding with `fault`.
        place: What messages put before a field: the class if ``None``; empty for an object that stands for the parameters
            of a function.

    Raises:
        InvalidInputError: If there is any fault.
    """
    if Fault in map(type, _values_of(type(owner))(owner)):
        view = cast("Owner", _SoundFields(owner))
        faults = [*_field_faults(owner), *_cross_faults(view, checks)]
    elif checks:
        faults = list(_cross_faults(owner, checks))
    else:
        return
    if faults:
        name = type(owner).__name__
        shown = name if place is None else place
        raise InvalidInputError.of(name, [error.located(owner=shown, field="") for error in faults])


def fault(field: str, value: object, expected: str) -> InvalidValueError:  # noqa: PLR0917 - read in order, as in the message
    """The finding of a cross-check about *field*; `gather` adds the owner.

    Args:
        field: The field to mend.
        value: What it holds.
        expected: To be read after "must be".
    """
    return InvalidValueError(owner="", field=field, value=value, expected=expected)


def refused(value: object, expected: str) -> InvalidValueError:
    """The finding of a converter, which knows neither field nor owner.

    Args:
        value: What came.
        expected: To be read after "must be".
    """
    return InvalidValueError(owner="", field="", value=value, expected=expected)


Text = NewType("Text", str)
"""What `to_text` lets through: a type of its own, so that who builds a value from its types draws text that is taken."""


def to_text(value: str) -> Text:
    """Text on one line, as `one_line.flaw_of` says.

    Raises:
        InvalidValueError: If it is not text, empty, padded, or has a character in it that is not seen or breaks the line.
    """
    flaw = flaw_of(value)
    if flaw is None:
        return Text(value)
    raise refused(value, flaw)


def to_texts(values: Iterable[str]) -> tuple[str, ...]:
    """Several texts, each on one line.

    Raises:
        InvalidValueError: If *values* are no list or tuple, or one of them is no such text.
    """
    return tuple(map(_checked_once, to_tuple_of(str, values)))


#: Several texts are ids of rules and codes, and a visit has the same as a thousand others.
_checked_once = functools.lru_cache(maxsize=2**10)(to_text)


def to_flag(value: bool, *, field: str = "") -> bool:  # noqa: FBT001 - a converter takes the one value it converts
    """True or False as they are; 0 and 1 are counts, not flags.

    Args:
        value: True or False.
        field: The parameter that took *value*, to be named if it is refused.

    Raises:
        InvalidValueError: If it is anything else.
    """
    if value is True or value is False:
        return value
    raise fault(field, value, Phrase("True 或 False", "True or False"))


def to_whole(value: int, *, low: int | None = 0, high: int | None = None, field: str = "") -> int:
    """A whole number from *low* to *high*.

    Args:
        value: An int; a bool, float or text is refused.
        low: The least allowed, inclusive; ``None`` for no bound.
        high: The greatest allowed, inclusive; ``None`` for no bound.
        field: The parameter that took *value*, to be named if it is refused.

    Raises:
        InvalidValueError: If it is no int or out of bounds.

    Examples:
        >>> to_whole(360, low=1, high=480)
        360
    """
    if type(value) is int and (low is None or value >= low) and (high is None or value <= high):
        return value
    raise fault(field, value, _whole_from(low, high))


def _whole_from(low: int | None, high: int | None) -> Phrase:
    if low is None and high is None:
        return Phrase("整数", "a whole number")
    if high is None:
        return Phrase("不小于{low}的整数", "a whole number at least {low}", low=low)
    if low is None:
        return Phrase("不大于{high}的整数", "a whole number at most {high}", high=high)
    return Phrase("{low}至{high}的整数", "a whole number at least {low} and at most {high}", low=low, high=high)


def has_items(values: object) -> TypeGuard[Iterable[Any]]:
    """Whether *values* are several; one text is not, although Python would go over its letters."""
    return isinstance(values, Iterable) and not isinstance(values, str | bytes)


def to_tuple(values: object) -> tuple[Any, ...]:
    """The items of *values*, whatever they are: for fields whose own checks follow.

    What has no items is the one item, and so is a text: the check that follows then names it whole.
    """
    return tuple(values) if has_items(values) else (values,)


def to_tuple_of(kind: type[Value], values: object) -> tuple[Value, ...]:
    """The items of a list or tuple, each of them a *kind*.

    Raises:
        InvalidValueError: If *values* is neither, or holds anything else.
    """
    if isinstance(values, tuple | list) and all(isinstance(value, kind) for value in values):
        return tuple(values)
    raise refused(values, Phrase("{kind} 的元组", "a tuple of {kind}", kind=kind.__name__))


def each_by(convert: Callable[[Any], Value], values: object, *, expected: str) -> tuple[Value, ...]:
    """What *convert* makes of each of several *values*.

    Raises:
        InvalidValueError: If *values* are not several, which are to be what is *expected*, or as *convert* says.
    """
    if not has_items(values):
        raise refused(values, expected)
    return tuple(map(convert, values))


def checked(value: Value, kind: type[Any] | UnionType, *, field: str, expected: str) -> Value:
    """*value* itself, where it is a *kind*: for a parameter of a function, which has no converter.

    Args:
        value: What came.
        kind: What it has to be.
        field: The parameter, to be named if *value* is refused.
        expected: To be read after "must be".

    Raises:
        InvalidValueError: If it is no *kind*.
    """
    if isinstance(value, kind):
        return value
    raise fault(field, value, expected)


def several(values: Several, *, field: str, expected: str) -> Several:
    """*values* themselves, where they are several, as `has_items` says.

    Args:
        values: What came.
        field: The parameter, to be named if *values* are refused.
        expected: To be read after "must be".

    Raises:
        InvalidValueError: If they are none.
    """
    if has_items(values):
        return values
    raise fault(field, values, expected)


def found_in(known: Mapping[str, Value], name: object, *, kind: str) -> Value:
    """What goes by *name* among all that is *known*.

    Args:
        known: Everything by its name.
        name: What was asked for.
        kind: What sort of thing it is, such as "rule".

    Raises:
        UnknownNameError: If nothing does, or *name* is no text, with the nearest name.
    """
    if isinstance(name, str) and name in known:
        return known[name]
    raise UnknownNameError(kind=kind, name=name, known=tuple(known))


@functools.cache
def _values_of(cls: type[attrs.AttrsInstance]) -> Callable[[object], tuple[object, ...]]:
    names = [field.name for field in attrs.fields(cls)]
    if len(names) > 1:
        return operator.attrgetter(*names)
    return lambda owner: tuple(getattr(owner, name) for name in names)


def _field_faults(owner: attrs.AttrsInstance) -> Iterator[InvalidValueError]:
    for field in attrs.fields(type(owner)):
        value = getattr(owner, field.name)
        if type(value) is Fault:
            yield placed(value, field.name)


def placed(found: Fault, field: str) -> InvalidValueError:
    """What *found* says, at *field*."""
    error = found.error
    if isinstance(error, InvalidValueError):
        # A function such as `cny` names its own parameter; in an object the field says more.
        return error.located(owner="", field=field) if error.owner else fault(field, error.value, error.expected)
    if isinstance(error, UnknownNameError):
        nearest = Phrase("，或许是 `{nearest}`", ", perhaps `{nearest}`", nearest=error.nearest) if error.nearest else ""
        return fault(
            field, error.name, Phrase("{known} 之一{nearest}", "one of {known}{nearest}", known=", ".join(f"`{name}`" for name in error.known), nearest=nearest)
        )
    return fault(field, found.value, Phrase("有效（{error}）", "sound ({error})", error=error))


def _cross_faults(owner: Owner, checks: tuple[CrossCheck[Owner], ...]) -> Iterator[InvalidValueError]:
    for check in checks:
        try:
            found = check(owner)
        except _FaultyFieldRead:
            continue
        if found is not None:
            yield found


class _FaultyFieldRead(Exception):  # noqa: N818 - a signal inside this module, never an error anybody sees
    """A check asked for something that a fault may have spoilt."""


class _SoundFields:
    """An object under construction through which only its sound fields can be read."""

    def __init__(self, owner: attrs.AttrsInstance) -> None:
        self._sound = {field.name: value for field in attrs.fields(type(owner)) if type(value := getattr(owner, field.name)) is not Fault}

    def __getattr__(self, name: str) -> object:
        try:
            return self._sound[name]
        except KeyError:
            raise _FaultyFieldRead from None
