"""Answers: every column that a decision adds, in order, each with what makes it.

A bare graph hands out what its tables say. A policy hands out what its decision does: what is established, and for
intervals and revaluation the worst that is still possible.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, cast

import attrs
import narwhals as nw

from revisit_policy.decision.seats.shape import Seat, Shown, own, seats_of
from revisit_policy.errors import InvalidPolicyError
from revisit_policy.frames.columns.schema import checked_besides, schema_of
from revisit_policy.frames.expressions.expression import Expression, Literal, when
from revisit_policy.frames.expressions.truth import Flag, in_column
from revisit_policy.frames.outputs.outcome_columns import masks, outcomes, place, where
from revisit_policy.frames.outputs.output import BAD_INPUT, MASK_BITS, Meaning, Output, Trace, mask_outputs, next_visit_outputs, outcome_outputs, trace_outputs
from revisit_policy.frames.rules.spoken import Spoken, status
from revisit_policy.frames.rules.told import Told, number
from revisit_policy.frames.subject import Subject
from revisit_policy.language.flags import both, either, inverse
from revisit_policy.language.fold import Status
from revisit_policy.language.scale import Scale
from revisit_policy.language.table import Table

#: The column that says under which edition a row is.
EDITION: Final = "edition"

#: The column with the first signs of the digest of the policy that decided: equal digests were made by the same rules.
DIGEST: Final = "policy_digest"

#: How many signs of it: those that a policy shows of itself, and as many as an engine holds without a pointer.
DIGEST_SIGNS: Final = 12

#: The order in which what is shown in each way stands in a frame.
_COLUMNS: Final = (Shown.AS_SAID, Shown.SET, Shown.NUMBER, Shown.PLACE, Shown.FLAG)


#: What the last bit of ``bad_input`` stands for where one column does not hold all names: something of the others is bad.
MORE: Final = "…"


def checked_names(subject: Subject) -> tuple[str, ...]:
    """What can be bad in a row: the facts by name, and for policies the fields of a case file that are read, by path.

    Where more names follow in a second column the last bit of the first is `MORE`, so that the first alone tells bad rows.
    """
    facts = tuple(fact.name for fact in subject.facts)
    paths = _paths(subject) if subject.is_policy else ()
    names = tuple(dict.fromkeys((*facts, *paths)))
    first, others = names[: MASK_BITS - 1], names[MASK_BITS - 1 :]
    return (*first, MORE, *others) if others else first


def _paths(subject: Subject) -> tuple[str, ...]:
    """The fields that are read, those that only a plan of visits reads last: whoever reads the names need not know of it."""
    alone = attrs.evolve(subject, horizon=None)
    return tuple(column.path for column in (*schema_of(alone), *checked_besides(alone), *schema_of(subject)))


def told_first(names: tuple[str, ...], bad: tuple[Flag, ...]) -> tuple[Flag, ...]:
    """Where each of the *names* is *bad*, and at `MORE` where one of those after it is."""
    if MORE not in names:
        return bad
    at = names.index(MORE)
    return (*bad[:at], either(bad[at + 1 :]), *bad[at + 1 :])


@lru_cache(maxsize=64)
def outputs_of(subject: Subject, trace: Trace) -> tuple[Output, ...]:
    """The columns that *subject* adds, in order.

    Raises:
        InvalidPolicyError: If a bank's own table goes by the name of another column.
    """
    found = [*mask_outputs(BAD_INPUT, checked_names(subject), Meaning.NAMES)]
    if subject.is_policy:
        edition = Output(name=EDITION, meaning=Meaning.PLACE, items=tuple(edited.name for edited in subject.editions))
        found = [edition, Output(name=DIGEST, meaning=Meaning.TEXT), *found]
        found += _policy_outputs(tables_of(subject))
        _check_names((*found, *next_visit_outputs()))
    else:
        found += [part for table in subject.editions[0].graph.tables for part in outcome_outputs(table)]
    return (*found, *trace_outputs(tuple(rule.id for rule in subject.rules), trace))


def _check_names(outputs: tuple[Output, ...]) -> None:
    for name, count in Counter(output.name for output in outputs).items():
        if count > 1:
            raise InvalidPolicyError(subject=name, problem="the id of a table and another column that a decision adds are one name")


def tables_of(subject: Subject) -> Mapping[str, Table]:
    """The tables by id, as the last edition that has them does; those of one id are on one scale, as a rulebook sees to."""
    return {table.id: table for edited in subject.editions for table in edited.graph.tables}


def shown_seats(tables: Iterable[str]) -> tuple[Seat, ...]:
    """The seats of *tables* that have columns, in the order of these: the obligatory one first, and what is of more than one meaning."""
    seats = [seat for seat in seats_of(tables) if seat.shown in _COLUMNS]
    return tuple(sorted(seats, key=lambda seat: (_COLUMNS.index(seat.shown), not seat.is_obligatory)))


def _items(table: Table) -> tuple[Hashable, ...]:
    return cast("Scale", table.outcomes).outcomes


def _policy_outputs(tables: Mapping[str, Table]) -> Iterator[Output]:
    for seat in shown_seats(tables):
        yield from outcome_outputs(tables[seat.id]) if seat.shown is Shown.AS_SAID else _seat_outputs(seat, tables[seat.id])
    for table in own(tables.values()):
        yield from outcome_outputs(table)


def _seat_outputs(seat: Seat, table: Table) -> Iterator[Output]:
    match seat.shown:
        case Shown.SET:
            yield from mask_outputs(seat.column, _items(table), Meaning.SET)
        case Shown.NUMBER:
            yield Output(name=seat.column, meaning=Meaning.NUMBER)
        case Shown.PLACE:
            yield Output(name=seat.column, meaning=Meaning.PLACE, items=_items(table))
        case _:
            yield Output(name=seat.column, meaning=Meaning.FLAG)
    yield Output(name=f"{seat.id}_status", meaning=Meaning.PLACE, items=tuple(Status))


def edition_answers(subject: Subject, editions: tuple[Flag, ...]) -> list[Expression]:
    """The expressions of the edition and of the digest of its policy; none where a bare graph decides."""
    if not subject.is_policy:
        return []
    found: Expression = when(in_column(flag=False)).then(Literal(""))
    for flag, edited in zip(editions, subject.editions, strict=True):
        if flag is not False and edited.policy is not None:
            found = when(in_column(flag)).then(Literal(edited.policy.digest[:DIGEST_SIGNS])).otherwise(found)
    return [place(editions), found]


def table_answers(subject: Subject, told: Told, *, settled: Flag = False) -> list[Expression]:
    """The expressions of the columns that the tables fill, in the order of `outputs_of`; a policy asks nothing where *settled*."""
    if subject.is_policy:
        return list(_policy_answers(told, settled=settled))
    tables = subject.editions[0].graph.tables
    return [part for table in tables for part in outcomes(table, told.said[table.id])]


def _policy_answers(told: Told, *, settled: Flag) -> Iterator[Expression]:
    """What is asked of a loan passes one gate: nothing is asked of one that is *settled*. Without its table a row has no answer."""
    for seat in shown_seats(told.tables):
        for found in _seat_answers(seat, told, settled=settled):
            yield where(told.has(seat.id), found)
    for table in own(told.tables.values()):
        for found in outcomes(table, told.said[table.id]):
            yield where(told.has(table.id), found)


def _seat_answers(seat: Seat, told: Told, *, settled: Flag) -> Iterator[Expression]:
    table, said = told.tables[seat.id], told.said[seat.id]
    gate = settled if seat.is_asking else False
    if seat.shown is Shown.AS_SAID:
        yield from _quiet(seat, table, said, settled=gate)
        return
    flags = told.handed(seat.id)
    match seat.shown:
        case Shown.SET:
            yield from masks(tuple(both((flag, inverse(gate))) for flag in flags))
        case Shown.NUMBER:
            yield number(told, seat.id)
        case Shown.PLACE:
            yield place(flags)
        case _:
            yield in_column(both((told.is_more_than_absent(seat.id), inverse(gate))))
    yield status(said)


def _quiet(seat: Seat, table: Table, said: Spoken, *, settled: Flag) -> Iterator[Expression]:
    """The columns of a table of which all that it says is handed out; where *settled* what holds without it."""
    *found, held = outcomes(table, said)
    if settled is False:
        yield from found
    else:
        items = _items(table)
        quiet = Literal(items.index(seat.absent) if seat.absent in items else None, nw.Int16)
        yield from (when(in_column(settled)).then(quiet).otherwise(part) for part in found)
    yield held
