"""The relations of a case file asked of its values: each a check that finds the one fault there can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import Any, Final, TypeAlias

import attrs

from revisit_policy.casefile.relations import EVENT_SINCE, ON, RELATIONS, VISITED_ON, Relation, Where
from revisit_policy.errors import InvalidValueError
from revisit_policy.values.dates import Date
from revisit_policy.values.money import Money
from revisit_policy.values.validation import fault

Getter: TypeAlias = Callable[[Any], Any]

#: What of a case file has many values, and the field of each of them.
_MANY: Final[Mapping[str, tuple[Getter, Getter]]] = {
    path: (attrgetter(path.partition(".")[0]), attrgetter(path.partition(".")[2])) for path in (VISITED_ON, EVENT_SINCE)
}


@attrs.frozen(eq=False)
class RelationCheck:
    """One relation, asked of the part of a case file that holds all its fields, or of the whole.

    Args:
        relation: The relation.
        part: The part, such as ``"loan"``; empty for the whole case file.
    """

    relation: Relation
    part: str = ""
    _getters: Mapping[str, Getter] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        prefix = f"{self.part}." if self.part else ""
        getters = {path: attrgetter(path.removeprefix(prefix)) for path in self.relation.paths if path != ON and path not in _MANY}
        object.__setattr__(self, "_getters", getters)

    def __call__(self, owner: Any) -> InvalidValueError | None:  # noqa: ANN401 - the part that `part` names
        """The first fault in *owner*; ``None`` if the relation is kept."""
        return next(self.faults(owner), None)

    def faults(self, owner: Any, on: Date | None = None) -> Iterator[InvalidValueError]:  # noqa: ANN401 - as above
        """The faults in *owner* on the day *on*, one for each visit or event that the relation is about."""
        relation = self.relation
        given: dict[str, Any] = {} if on is None else {ON: on}
        if relation.field not in _MANY:
            found = self._fault(owner, given)
            if found is not None:
                yield found
            return
        items, field = _MANY[relation.field]
        for at, item in enumerate(items(owner)):
            found = self._fault(owner, {**given, relation.field: field(item)}, at=at)
            if found is not None:
                yield found

    def _fault(self, owner: Any, given: Mapping[str, Any], *, at: int | None = None) -> InvalidValueError | None:  # noqa: ANN401 - as above
        relation, getters = self.relation, self._getters

        def value(path: str) -> Any:  # noqa: ANN401 - whatever the field holds
            return given[path] if path in given else getters[path](owner)

        if not _is_broken(relation, value):
            return None
        texts = {path.rpartition(".")[2]: str(value(path)) for path in relation.paths}
        field, found = relation.field, value(relation.field)
        shown = field.removeprefix(f"{self.part}.") if at is None else field.replace(".", f"[{at}].")
        return fault(shown, str(found) if isinstance(found, Date) else found, relation.expected.format(**texts))


def checks_of(part: str) -> tuple[RelationCheck, ...]:
    """The checks of the relations within one *part* of a case file, such as ``"loan"``, whatever the day."""
    inside = [relation for relation in RELATIONS if not relation.needs_day and _parts(relation) == {part}]
    return tuple(RelationCheck(relation, part) for relation in inside)


def checks_between_parts() -> tuple[RelationCheck, ...]:
    """The checks of the relations between parts of a case file, whatever the day."""
    return tuple(RelationCheck(relation) for relation in RELATIONS if not relation.needs_day and len(_parts(relation)) > 1)


def checks_on_a_day() -> tuple[RelationCheck, ...]:
    """The checks of the relations with the decision day."""
    return tuple(RelationCheck(relation) for relation in RELATIONS if relation.needs_day)


def _parts(relation: Relation) -> set[str]:
    return {path.partition(".")[0] for path in relation.paths if path != ON}


def _is_broken(relation: Relation, value: Getter) -> bool:
    """Whether all that the relation reads is known and it does not hold; amounts of two currencies are another fault."""
    if not all(_holds(part, value(part.path)) for part in relation.where):
        return False
    total, currency = 0, None
    for factor, path in relation.terms:
        found = value(path)
        if found is None:
            return False
        if type(found) is Money:
            if currency not in {None, found.currency}:
                return False
            currency = found.currency
        total += factor * _number(found)
    return total > relation.most


def _holds(where: Where, value: Any) -> bool:  # noqa: ANN401 - whatever the field holds
    if value is None:
        return False
    if where.among:
        return value.value in where.among
    number = _number(value)
    return (where.least is None or number >= where.least) and (where.most is None or number <= where.most)


def _number(value: Any) -> int:  # noqa: ANN401 - a day, money, a count or a flag
    match value:
        case Date():
            return value.toordinal()
        case Money():
            return value.minor
        case _:
            return int(value)
