"""The relations of a case file asked of its values: each a check that finds the one fault there can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import Any, Final, TypeAlias

import attrs

from revisit_policy.casefile.relation_source import Kept, kept_by, number_of
from revisit_policy.casefile.relations import MANY, ON, RELATIONS, Relation, Where
from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date
from revisit_policy.values.money import Money
from revisit_policy.values.validation import fault

Getter: TypeAlias = Callable[[Any], Any]

#: What of a case file has many values, and the field of each of them.
_MANY: Final[Mapping[str, tuple[Getter, Getter]]] = {
    path: (attrgetter(path.partition(".")[0]), attrgetter(path.partition(".")[2])) for path in MANY
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
    _where: tuple[tuple[Getter, Where], ...] = attrs.field(init=False)
    _terms: tuple[tuple[int, Getter], ...] = attrs.field(init=False)
    _on: int = attrs.field(init=False)
    """By what the decision day is multiplied; 0 where it is not asked."""
    _item: int = attrs.field(init=False)
    """By what the day of a visit or an event is multiplied; 0 where none is asked."""

    def __attrs_post_init__(self) -> None:
        relation, prefix = self.relation, f"{self.part}." if self.part else ""
        getters = {path: attrgetter(path.removeprefix(prefix)) for path in relation.paths if path != ON and path not in _MANY}
        factors = {path: factor for factor, path in relation.terms}
        object.__setattr__(self, "_getters", getters)
        object.__setattr__(self, "_where", tuple((getters[where.path], where) for where in relation.where))
        object.__setattr__(self, "_terms", tuple((factor, getters[path]) for factor, path in relation.terms if path in getters))
        object.__setattr__(self, "_on", factors.get(ON, 0))
        object.__setattr__(self, "_item", sum(factors.get(path, 0) for path in _MANY))

    def __call__(self, owner: Any) -> InvalidValueError | None:  # noqa: ANN401 - the part that `part` names
        """The first fault in *owner*; ``None`` if the relation is kept."""
        return next(self.faults(owner), None)

    def faults(self, owner: Any, on: Date | None = None) -> Iterator[InvalidValueError]:  # noqa: ANN401 - as above
        """The faults in *owner* on the day *on*, one for each visit or event that the relation is about."""
        known = 0 if on is None else self._on * on.toordinal()
        if not self._item:
            if self._is_broken(owner, known):
                yield self._fault(owner, {} if on is None else {ON: on})
            return
        items, field = _MANY[self.relation.field]
        for at, item in enumerate(items(owner)):
            day = field(item)
            if self._is_broken(owner, known + self._item * day.toordinal()):
                yield self._fault(owner, {ON: on, self.relation.field: day}, at=at)

    def _is_broken(self, owner: Any, total: int) -> bool:  # noqa: ANN401 - as above
        """Whether all that the relation reads is known and it does not hold; amounts of two currencies are another fault."""
        for read, where in self._where:
            if not _holds(where, read(owner)):
                return False
        currency = None
        for factor, read in self._terms:
            found = read(owner)
            if found is None:
                return False
            if type(found) is Money:
                if currency not in {None, found.currency}:
                    return False
                currency = found.currency
            total += factor * number_of(found)
        return total > self.relation.most

    def _fault(self, owner: Any, given: Mapping[str, Any], *, at: int | None = None) -> InvalidValueError:  # noqa: ANN401 - as above
        relation = self.relation
        values = {path: given[path] if path in given else self._getters[path](owner) for path in relation.paths}
        texts = {path.rpartition(".")[2]: str(value) for path, value in values.items()}
        field, found = relation.field, values[relation.field]
        shown = field.removeprefix(f"{self.part}.") if at is None else field.replace(".", f"[{at}].")
        return fault(shown, str(found) if isinstance(found, Date) else found, Phrase.each(lambda lang: relation.expected.filled(lang, **texts)))


@attrs.frozen(eq=False)
class RelationChecks:
    """Several relations of one part of a case file, or of the whole."""

    relations: tuple[Relation, ...]
    part: str = ""
    _each: tuple[RelationCheck, ...] = attrs.field(init=False)
    _kept: Kept = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_each", tuple(RelationCheck(relation, self.part) for relation in self.relations))
        object.__setattr__(self, "_kept", kept_by(self.relations, part=self.part))

    def unless_kept(self, owner: Any) -> tuple[RelationCheck, ...]:  # noqa: ANN401 - the part that `part` names
        """Nothing if *owner* keeps them all; else the checks that find which it does not, if any."""
        return () if self._kept(owner, None) else self._each

    def faults(self, owner: Any, on: Date) -> list[InvalidValueError]:  # noqa: ANN401 - as above
        """All faults in *owner* on the day *on*."""
        return [] if self._kept(owner, on) else [found for check in self._each for found in check.faults(owner, on)]


def checks_of(part: str) -> RelationChecks:
    """The checks of the relations within one *part* of a case file, such as ``"loan"``, whatever the day."""
    return RelationChecks(tuple(relation for relation in RELATIONS if not relation.needs_day and _parts(relation) == {part}), part)


def checks_between_parts() -> RelationChecks:
    """The checks of the relations between parts of a case file, whatever the day."""
    return RelationChecks(tuple(relation for relation in RELATIONS if not relation.needs_day and len(_parts(relation)) > 1))


def checks_on_a_day() -> RelationChecks:
    """The checks of the relations with the decision day."""
    return RelationChecks(tuple(relation for relation in RELATIONS if relation.needs_day))


def _parts(relation: Relation) -> set[str]:
    return {path.partition(".")[0] for path in relation.paths if path != ON}


def _holds(where: Where, value: Any) -> bool:  # noqa: ANN401 - whatever the field holds
    if value is None:
        return False
    if where.among:
        return value.value in where.among
    number = number_of(value)
    return (where.least is None or number >= where.least) and (where.most is None or number <= where.most)
