"""Fitting: whether tables make a policy, and policies a rulebook, told when they are built and not when they decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from revisit_policy.casefile import facts
from revisit_policy.decision.seats.scale_check import shown
from revisit_policy.decision.seats.shape import BY_ID, PER_VISIT, SEATS, Seat
from revisit_policy.errors import InvalidPolicyError
from revisit_policy.language.condition import ALWAYS
from revisit_policy.language.scale import Scale
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.graph import in_order
from revisit_policy.speech.phrase import Phrase


def check_tables(tables: tuple[Table, ...], *, policy_id: str) -> None:
    """Do nothing if *tables* make a policy.

    Raises:
        InvalidPolicyError: If an obligatory one is missing; one does not fit its seat: its scale, its fold, a gap where every case
            needs an answer, a trigger without its signal, a bar of what is never said; or one reads what it is not told.
    """
    by_id = {table.id: table for table in tables}
    missing = [seat.id for seat in SEATS if seat.is_obligatory and seat.id not in by_id]
    if missing:
        raise InvalidPolicyError(subject=policy_id, problem=Phrase("缺少的表：{missing}", "missing tables: {missing}", missing=", ".join(missing)))
    for find in (_problems, _contradictions):
        for table in tables:
            for problem in find(table, by_id):
                raise InvalidPolicyError(subject=table.id, problem=problem)


def as_they_speak(tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """The *tables* in the order in which they are decided, which is one and the same in whatever order they came.

    A bank's own stand after those that have a seat, by their ids, and before those that speak once for every visit.

    Raises:
        InvalidPolicyError: If a table id is used twice, or tables read one another in a circle.
    """
    places = {seat.id: place for place, seat in enumerate(SEATS)}
    return in_order(sorted(tables, key=lambda table: (table.id in PER_VISIT, places.get(table.id, len(places)), table.id)))


def check_alike(tables: Mapping[str, tuple[Table, ...]]) -> None:
    """Do nothing if the *tables* of several editions, by the names of these, are on the same scales and go by the same folds.

    What is stored of one edition is compared with the next, and columns hold places on one scale.

    Raises:
        InvalidPolicyError: If two of one id differ.
    """
    last: dict[str, tuple[str, Table]] = {}
    for name, several in reversed(tuple(tables.items())):
        for table in several:
            later, other = last.setdefault(table.id, (name, table))
            is_alike = table.outcomes == other.outcomes and table.fold is other.fold
            if not is_alike and table.id not in PER_VISIT:
                problem = Phrase(
                    "版本 `{name}` 中此表的标度或取法与 `{later}` 不同",
                    "edition `{name}` has it on another scale or fold than `{later}`",
                    name=name,
                    later=later,
                )
                raise InvalidPolicyError(subject=table.id, problem=problem)


def _problems(table: Table, _: Mapping[str, Table]) -> Iterator[str]:
    """What is wrong with a table by itself."""
    seat = BY_ID.get(table.id)
    if seat is not None:
        yield from _misfits(seat, table)
    if seat is None or not seat.per_visit:
        if late := set(table.reads) & set(PER_VISIT):
            yield f"reads `{', '.join(sorted(late))}`, which speaks once for every visit, after all others"
        if facts.visit_kind in table.facts:
            yield "reads `visit_kind`, which only the tables that speak once for every visit are told"


def _misfits(seat: Seat, table: Table) -> Iterator[str]:
    if table.fold not in seat.folds:
        yield f"goes by `{table.fold.value}`, expected {' or '.join(f'`{fold.value}`' for fold in seat.folds)}"
    if problem := seat.scale.problem(table):
        yield problem
    if seat.needs_answer and table.otherwise is None and all(rule.condition != ALWAYS for rule in table.rules):
        yield "needs `otherwise` or a rule that always holds: every case is handed something out of it"


def _contradictions(table: Table, tables: Mapping[str, Table]) -> Iterator[str]:
    """What is wrong with a table beside others."""
    if table.id == "triggers":
        yield from _unsignalled(table, tables.get("signals"))
    for barred in (seat.id for seat in SEATS if seat.bar == table.id):
        yield from _never_said(table, tables.get(barred), barred=barred)


def _unsignalled(triggers: Table, signals: Table | None) -> Iterator[str]:
    raised = {(signal.code, signal.level) for signal in _outcomes(signals)}
    for trigger in _outcomes(triggers):
        if (trigger.code, trigger.level) not in raised:
            yield f"says `{trigger.label('en')}`, expected a code and a level that an outcome of `signals` has"


def _never_said(bar: Table, measures: Table | None, *, barred: str) -> Iterator[str]:
    for outcome in _outcomes(bar):
        if outcome not in _outcomes(measures):
            yield f"says `{shown(outcome)}`, expected outcomes that `{barred}` has"


def _outcomes(table: Table | None) -> tuple[Any, ...]:
    return table.outcomes.outcomes if table is not None and isinstance(table.outcomes, Scale) else ()
