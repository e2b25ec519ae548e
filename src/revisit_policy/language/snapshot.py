"""Snapshots: the facts of one case on one day, as the readers compare them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from operator import itemgetter
from typing import Any

import attrs

from revisit_policy.errors import InvalidInputError, InvalidValueError, RevisitPolicyError, UnknownNameError
from revisit_policy.language.fact import Assumption, Fact
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import Fault, checked, found_in, placed, several


@attrs.frozen
class Snapshot:
    """The values of *facts*, in their order; ``None`` where a fact is unknown.

    Index it by name for a value as a person gives it: ``snapshot["days_past_due"]``. A ratio is held, and returned,
    as the float64 quotient that every reader compares.

    Args:
        facts: The facts of a decision graph.
        values: One encoded value a fact.
        assumed: The stand-ins that were used because their facts were unknown.
    """

    facts: tuple[Fact, ...]
    values: tuple[Any, ...]
    assumed: tuple[Assumption, ...] = ()
    unknown: tuple[int, ...] = attrs.field(init=False, eq=False, repr=False)

    @unknown.default
    def _unknown_places(self) -> tuple[int, ...]:
        if None not in self.values:
            return ()
        return tuple(place for place, value in enumerate(self.values) if value is None)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of every fact by its name."""
        return {fact.name: place for place, fact in enumerate(self.facts)}

    @cached_property
    def told(self) -> list[tuple[object, Mapping[str, Any]]]:
        """What has been read of these values, beside the graph that was read: its tables, which share them, ask for it once."""
        return []

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the unknown facts."""
        return tuple(self.facts[place].name for place in self.unknown)

    def encoded(self, name: str) -> Any:
        """The value as it is compared; ``None`` if unknown."""
        return self.values[self.places[name]]

    def __getitem__(self, name: str) -> Any:
        place = found_in(self.places, name, kind=Phrase("事实", "fact"))
        value = self.values[place]
        return None if value is None else self.facts[place].domain.decode(value)

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.facts)


_set_facts, _set_values, _set_assumed, _set_unknown, _set_places = (
    vars(Snapshot)[name].__set__ for name in ("facts", "values", "assumed", "unknown", "places")
)


def extracted(
    facts: tuple[Fact, ...],
    values: tuple[Any, ...],
    unknown: tuple[int, ...],
    *,
    assumed: tuple[Assumption, ...] = (),
    places: Mapping[str, int] | None = None,
) -> Snapshot:
    """The snapshot of *facts* with *values*, of which those at the places *unknown* are known to be ``None``.

    It is made past the constructor, which would look through all values once more; the *places* of the facts are worked out when they are
    asked for, unless all snapshots of these facts are to share them.
    """
    snapshot = object.__new__(Snapshot)
    _set_facts(snapshot, facts)
    _set_values(snapshot, values)
    _set_assumed(snapshot, assumed)
    _set_unknown(snapshot, unknown)
    if places is not None:
        _set_places(snapshot, places)
    return snapshot


@attrs.frozen(eq=False)
class Part:
    """Some of the facts of whole snapshots: what a graph of fewer tables reads of them.

    Args:
        facts: These facts, in any order.
    """

    facts: tuple[Fact, ...]
    _pick: Callable[[tuple[Any, ...]], tuple[Any, ...]]
    _places: Mapping[int, int]

    @classmethod
    def of(cls, facts: tuple[Fact, ...], whole: tuple[Fact, ...]) -> Part:
        """The part of snapshots of the *whole* that is about these *facts*, every one of which is among them."""
        places = {fact.name: place for place, fact in enumerate(whole)}
        picked = tuple(places[fact.name] for fact in facts)
        return cls(facts, picking(picked), {of_whole: place for place, of_whole in enumerate(picked)})

    def taken_from(self, whole: Snapshot) -> Snapshot:
        """The snapshot of these facts out of a *whole* one."""
        places = self._places
        unknown = tuple(sorted([places[at] for at in whole.unknown if at in places])) if whole.unknown else ()
        return extracted(self.facts, self._pick(whole.values), unknown, assumed=whole.assumed)


def picking(places: tuple[int, ...]) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    """The function that picks of some values those at these *places*, in their order."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda values: tuple(values[place] for place in places)


def snapshot_of(
    facts: tuple[Fact, ...], given: Mapping[str, object], *, assuming: Sequence[Assumption] = ()
) -> Snapshot:
    """Take a snapshot of *facts* from values *given* by name.

    A register that is not given has no entry; any other fact that is not given, is ``None`` or is a NaN is unknown,
    unless *assuming* holds a stand-in for it.

    Raises:
        UnknownNameError: If a name is no fact, with the nearest one.
        InvalidInputError: If values are of another type or outside their domains, all of them together.
    """
    known = {fact.name for fact in facts}
    for name in checked(given, Mapping, field="facts", expected=Phrase("按事实名称给出的值", "values by the names of their facts")):
        if name not in known and name not in _forgiven:
            raise UnknownNameError(kind=Phrase("事实", "fact"), name=name, known=tuple(sorted(known)))
    values: list[Any] = []
    faults: list[InvalidValueError] = []
    for fact in facts:
        try:
            values.append(fact.encode(given.get(fact.name, fact.when_absent)))
        except RevisitPolicyError as error:
            faults.append(placed(Fault(given.get(fact.name), error), fact.name))
    if faults:
        raise InvalidInputError.of("facts", faults)
    return with_stand_ins(facts, values, assuming)


#: Names of facts that may be given where nothing reads them.
_forgiven: frozenset[str] = frozenset()


@contextmanager
def forgiving(names: Iterable[str]) -> Iterator[None]:
    """Until the block ends facts of these *names* may be given to whatever does not read them, anywhere in the process.

    For whoever puts a policy with a rule less in the place of another: that a fact is no longer read is no fault of those
    who give it.
    """
    global _forgiven  # noqa: PLW0603 - for tests alone, and put back
    before, _forgiven = _forgiven, _forgiven | frozenset(names)
    try:
        yield
    finally:
        _forgiven = before


def with_stand_ins(facts: tuple[Fact, ...], given: Iterable[Any], assuming: Sequence[Assumption]) -> Snapshot:
    """The snapshot of *facts* with the values *given*, stand-ins put where a value is unknown and one is assumed."""
    values, used = list(given), []
    places = {fact.name: place for place, fact in enumerate(facts)}
    for assumption in several(assuming, field="assuming", expected=Phrase("Assumption 的元组", "a tuple of Assumption")):
        checked(assumption, Assumption, field="assuming", expected=Phrase("Assumption 的元组", "a tuple of Assumption"))
        place = places.get(assumption.fact.name)
        if place is None:
            continue  # a stand-in for a fact that this graph does not read has no effect
        if facts[place] != assumption.fact:
            raise InvalidValueError(
                owner="", field="assuming", value=assumption.fact.name, expected=Phrase("针对此事实的假定", "a stand-in for this very fact")
            )
        if values[place] is None:
            values[place] = assumption.fact.encode(assumption.value)
            used.append(assumption)
    return Snapshot(facts, tuple(values), tuple(used))


