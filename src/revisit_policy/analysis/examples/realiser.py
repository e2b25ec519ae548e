"""The realiser: a case file that has the facts of a finding, or none within a few tries.

Facts share fields: two debt-service ratios have one income, and no search over facts alone can know that. A finding
counts as shown only when a real case file, read like any other, has it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs

from revisit_policy.analysis.examples.draft import Draft, is_drawn_from_case_files, paths_of
from revisit_policy.analysis.space.cells import Span
from revisit_policy.analysis.space.space import Space
from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.errors import InvalidInputError
from revisit_policy.language.derivation import Supplied
from revisit_policy.language.domains.amounts import Amounts
from revisit_policy.language.period import DECISION_DAY
from revisit_policy.language.snapshot import Snapshot
from revisit_policy.values.dates import Date, from_ordinal
from revisit_policy.values.money import NO_CURRENCY

#: The decision day of an example unless a rule is about another.
EXAMPLE_DAY: Final = Date(2026, 1, 5)


@attrs.frozen(kw_only=True)
class Realised:
    """A case file, the day on which it is judged, and what is read off it.

    Args:
        case: The case file.
        on: The decision day.
        supplied: The supplied facts.
        snapshot: The facts of the space.
        cells: The cells that the facts lie in, by the axes of the space.
    """

    case: CaseFile
    on: Date
    supplied: Mapping[str, Any]
    snapshot: Snapshot
    cells: tuple[int, ...]


def can_realise(space: Space) -> bool:
    """True if the facts of *space* are made from case files, as the shipped catalogue is."""
    facts = [axis.fact for axis in space.axes]
    if any(fact.table is not None for fact in facts):
        return False
    made = [fact for fact in facts if fact != DECISION_DAY and not isinstance(fact.derived, Supplied)]
    return bool(made) and all(is_drawn_from_case_files(fact.derived) for fact in facts)


def realise(space: Space, cells: Sequence[int]) -> Realised | None:
    """A case file made for *cells*; it may lie in others all the same. ``None`` if its fields contradict one another."""
    on = _decision_day(space, cells)
    draft = Draft(on, _currency(space))
    draft.fill([(axis, at) for axis, at in zip(space.axes, cells, strict=True) if axis.fact != DECISION_DAY])
    supplied = {
        axis.fact.name: axis.value(at)
        for axis, at in zip(space.axes, cells, strict=True)
        if isinstance(axis.fact.derived, Supplied) and axis.fact != DECISION_DAY
    }
    try:
        case = draft.case_file()
        case.check(on)
        snapshot = space.extraction.snapshot(case, on=on, supplied=supplied)
    except InvalidInputError:
        return None
    found = tuple(axis.place_of_encoded(value) for axis, value in zip(space.axes, snapshot.values, strict=True))
    return Realised(case=case, on=on, supplied=supplied, snapshot=snapshot, cells=found)


def _currency(space: Space) -> str:
    """The currency of the case file: that in which the facts are compared; none in particular if none is."""
    currencies = (axis.fact.domain.low.currency for axis in space.axes if isinstance(axis.fact.domain, Amounts))
    return next((currency for currency in currencies if currency != NO_CURRENCY), space.currency or NO_CURRENCY)


def _decision_day(space: Space, cells: Sequence[int]) -> Date:
    """The example day if its cell allows it, else the day of the cell that lies nearest."""
    at = space.place.get(DECISION_DAY.name)
    if at is None:
        return EXAMPLE_DAY
    span = space.axes[at].cells[cells[at]]
    assert isinstance(span, Span)  # noqa: S101 - a day lies on a line
    return from_ordinal(min(max(EXAMPLE_DAY.toordinal(), span.low), span.high))


def entangled(space: Space, places: Sequence[int]) -> tuple[int, ...]:
    """The axes of *places* and those whose facts share a field with one of them."""
    paths = {path for at in places for path in paths_of(space.axes[at].fact.derived) or ()}
    return tuple(
        at
        for at, axis in enumerate(space.axes)
        if at in places or paths.intersection(paths_of(axis.fact.derived) or ()) or axis.fact == DECISION_DAY
    )
