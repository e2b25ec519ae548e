"""Fitting: whether tables make a policy, and policies a rulebook, told when they are built and not when they decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from revisit_policy.casefile import facts
from revisit_policy.decision.seats.scale_check import MONTHS, shown
from revisit_policy.decision.seats.shape import BY_ID, PER_VISIT, SEATS, Seat
from revisit_policy.errors import InvalidPolicyError
from revisit_policy.language.condition import ALWAYS
from revisit_policy.language.derivation import Field
from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Fold
from revisit_policy.language.scale import Scale
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.graph import in_order
from revisit_policy.outcomes.obligations.obligation import Obligation
from revisit_policy.outcomes.signal import Signal
from revisit_policy.speech.phrase import Phrase

_FORMER: Final = Phrase(
    "；此前按另一版标度认定的分类，由 `Edition(former_grades=...)` 说明如何读取",
    "; how a grade is read that people determined on the other says `Edition(former_grades=...)`"
)


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
                    "版本 `{name}` 中此表的标度或取法与 `{later}` 不同；请让两表都含双方的全部结论且次序一致，没有规则作出的结论不会出现{former}",
                    "edition `{name}` has it on another scale or fold than `{later}`; give both tables all outcomes of either, in one order: what no rule"
                    " says is never said{former}",
                    name=name,
                    later=later,
                    former=_FORMER if table.id == "grade" else "",
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
    signals = tables.get("signals")
    if table.id == "triggers":
        yield from _unsignalled([(each, each.code, each.level) for each in _outcomes(table)], signals)
    if table.id == "obligations":
        answers = [(each, each.since.code, each.since.level) for each in _outcomes(table) if isinstance(each.since, Signal)]
        yield from _unsignalled(answers, signals)
        for obligation in _outcomes(table):
            yield from _uncounted(obligation, tables)
    above = None if table.id not in BY_ID else BY_ID[table.id].above
    if above is not None and above in tables and table.outcomes != tables[above].outcomes:
        yield Phrase("标度须与表 `{above}` 相同", "is on another scale than `{above}`, whose outcomes it needs in their order", above=above)
    for barred in (seat.id for seat in SEATS if seat.bar == table.id):
        yield from _never_said(table, tables.get(barred), barred=barred)


def _unsignalled(answers: Iterable[tuple[Any, Any, Any]], signals: Table | None) -> Iterator[str]:
    """Which *answers*, each with the code and the level that it answers, answer nothing that is ever raised."""
    raised = {(signal.code, signal.level) for signal in _outcomes(signals)}
    for answer, code, level in answers:
        if (code, level) not in raised:
            yield f"says `{answer.label('en')}`, expected a code and a level that an outcome of `signals` has"


def _uncounted(obligation: Obligation, tables: Mapping[str, Table]) -> Iterator[str]:
    """Why nobody could say when an *obligation* falls due."""
    said, since, months = f"says `{obligation.label('en')}`", obligation.since, getattr(obligation.when, "months", None)
    if isinstance(months, Fact):
        source = tables.get(months.name)
        problem = f"there is no table `{months.name}`" if source is None else MONTHS.problem(source)
        if problem is not None:
            yield f"{said}, but {problem if source is None else f'`{months.name}` {problem}'}"
        elif source is not None and source.fold is Fold.EVERY:
            yield f"{said}, but `{months.name}` says several things at once"
    if isinstance(since, Fact) and not isinstance(since.derived, Field) and all(since not in table.facts for table in tables.values()):
        yield f"{said}, but `{since.name}` is no field of the case file, and no rule reads it"


def _never_said(bar: Table, measures: Table | None, *, barred: str) -> Iterator[str]:
    for outcome in _outcomes(bar):
        if outcome not in _outcomes(measures):
            yield f"says `{shown(outcome)}`, expected outcomes that `{barred}` has"


def _outcomes(table: Table | None) -> tuple[Any, ...]:
    return table.outcomes.outcomes if table is not None and isinstance(table.outcomes, Scale) else ()
