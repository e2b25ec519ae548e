"""Answers: every column that a decision adds, in order, each with what makes it.

A bare graph hands out what its tables say. A policy hands out what its decision does: what is established, and for
intervals and revaluation the worst that is still possible.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, cast

import attrs
import narwhals as nw

from revisit_policy.decision.seats.shape import Seat, Shown, own, seats_of
from revisit_policy.errors import InvalidPolicyError
from revisit_policy.frames.columns.schema import ACTIONS, checked_besides, schema_of
from revisit_policy.frames.expressions.expression import Expression, Literal, when
from revisit_policy.frames.expressions.truth import Flag, in_column
from revisit_policy.frames.horizon import Horizon
from revisit_policy.frames.outputs.answer import Answer, RowsDecided, mask_answers
from revisit_policy.frames.outputs.outcome_columns import place, where
from revisit_policy.frames.outputs.output import BAD_INPUT, MASK_BITS, Meaning, Output, Trace, next_visit_outputs
from revisit_policy.frames.outputs.table_answers import status_answer, table_answers
from revisit_policy.frames.outputs.trace_answers import trace_answers
from revisit_policy.frames.rules.told import number
from revisit_policy.frames.subject import Subject
from revisit_policy.language.flags import both, either, inverse
from revisit_policy.language.scale import Scale
from revisit_policy.language.table import Table
from revisit_policy.outcomes.words.vocabulary import Vocabulary
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Labelled

#: The column that says under which edition a row is.
EDITION: Final = "edition"

#: The column with the first signs of the digest of the policy that decided: equal digests were made by the same rules.
DIGEST: Final = "policy_digest"

#: The column of the measures that somebody is at.
IN_HAND: Final = "measures_in_hand"

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
    paths = (column.path for column in (*schema_of(alone), *checked_besides(alone), *schema_of(subject), *checked_besides(subject)))
    return tuple(dict.fromkeys(ACTIONS if path in subject.named.actions else path for path in paths))


def _told_first(names: tuple[str, ...], bad: tuple[Flag, ...]) -> tuple[Flag, ...]:
    """Where each of the *names* is *bad*, and at `MORE` where one of those after it is."""
    if MORE not in names:
        return bad
    at = names.index(MORE)
    return (*bad[:at], either(bad[at + 1 :]), *bad[at + 1 :])


def answers_of(subject: Subject, trace: Trace) -> tuple[Answer, ...]:
    """The columns that *subject* adds, in order; those of the next visit come last.

    Raises:
        InvalidPolicyError: If a bank's own table goes by the name of another column.
    """
    found = _all_answers(attrs.evolve(subject, wanted=frozenset()), trace)
    return tuple(answer for answer in found if answer.output.name in subject.wanted) if subject.wanted else found


def _all_answers(subject: Subject, trace: Trace) -> tuple[Answer, ...]:
    if subject.horizon is None:
        return _decided(subject, trace)
    decided = () if subject.horizon.is_alone else _decided(attrs.evolve(subject, horizon=Horizon()), trace)
    return *decided, *next_visit_answers(subject.words, has_duties=subject.horizon.has_duties)


def next_visit_answers(words: Vocabulary, *, has_duties: bool) -> tuple[Answer, ...]:
    """The columns of the next visit, and of what a desk has to do if they are asked for, in the *words* of a policy."""
    return tuple(Answer(output, _planned(output.name)) for output in next_visit_outputs(words, has_duties=has_duties))


def _planned(name: str) -> Callable[[RowsDecided], Expression]:
    return lambda rows: rows.visits[name]


@lru_cache(maxsize=64)
def _decided(subject: Subject, trace: Trace) -> tuple[Answer, ...]:
    """The columns beside those of the visits."""
    names = checked_names(subject)
    bad = mask_answers(BAD_INPUT, names, Meaning.NAMES, lambda rows: _told_first(names, rows.bad), is_of_all=True)
    traces = trace_answers(tuple(rule.id for rule in subject.rules), trace)
    if not subject.is_policy:
        return (*bad, *(answer for table in subject.editions[0].graph.tables for answer in table_answers(table)), *traces)
    found = (_edition(subject), Answer(Output(name=DIGEST, meaning=Meaning.TEXT), _digest), *bad, *_policy_answers(tables_of(subject)))
    _check_names((*(answer.output for answer in found), *next_visit_outputs(subject.words, has_duties=True)))
    return (*found, *traces)


def _check_names(outputs: tuple[Output, ...]) -> None:
    for name, count in Counter(output.name for output in outputs).items():
        if count > 1:
            raise InvalidPolicyError(
                subject=name, problem=Phrase("表的标识与决策添加的另一列同名", "the id of a table and another column that a decision adds are one name")
            )


def tables_of(subject: Subject) -> Mapping[str, Table]:
    """The tables by id, as the last edition that has them does; those of one id are on one scale, as a rulebook sees to."""
    return {table.id: table for edited in subject.editions for table in edited.graph.tables}


def shown_seats(tables: Iterable[str]) -> tuple[Seat, ...]:
    """The seats of *tables* that have columns, in the order of these: the obligatory one first, and what is of more than one meaning."""
    seats = [seat for seat in seats_of(tables) if seat.shown in _COLUMNS]
    return tuple(sorted(seats, key=lambda seat: (_COLUMNS.index(seat.shown), not seat.is_obligatory)))


def _items(table: Table) -> tuple[Hashable, ...]:
    return cast("Scale", table.outcomes).outcomes


def _edition(subject: Subject) -> Answer:
    return Answer(Output(name=EDITION, meaning=Meaning.PLACE, items=tuple(edited.name for edited in subject.editions)), lambda rows: place(rows.editions))


def _digest(rows: RowsDecided) -> Expression:
    """The first signs of the digest of the policy that a row is under."""
    found: Expression = when(in_column(flag=False)).then(Literal(""))
    for flag, edited in zip(rows.editions, rows.subject.editions, strict=True):
        if flag is not False and edited.policy is not None:
            found = when(in_column(flag)).then(Literal(edited.policy.digest[:DIGEST_SIGNS])).otherwise(found)
    return found


def _policy_answers(tables: Mapping[str, Table]) -> Iterator[Answer]:
    """What is asked of a loan passes one gate: nothing is asked of one that is settled. Without its table a row has no answer."""
    for seat in shown_seats(tables):
        for answer in _seat_answers(seat, tables[seat.id]):
            yield _where_there(answer, seat.id)
    for table in own(tables.values()):
        for answer in table_answers(table):
            yield _where_there(answer, table.id)


def _where_there(answer: Answer, table_id: str) -> Answer:
    """*answer* where the row's edition has the table."""
    return Answer(answer.output, lambda rows: where(rows.told.has(table_id), answer.make(rows)))


def _seat_answers(seat: Seat, table: Table) -> Iterator[Answer]:
    def gate(rows: RowsDecided) -> Flag:
        return rows.settled if seat.is_asking else False

    match seat.shown:
        case Shown.AS_SAID:
            *found, held = table_answers(table)
            yield from (_quiet(answer, seat, gate) for answer in found)
            yield held
            return
        case Shown.SET if seat.id == "measures":
            items = cast("tuple[Labelled, ...]", _items(table))
            yield from mask_answers(seat.column, items, Meaning.SET, lambda rows: tuple(rows.acted[0].get(item, False) for item in items))
            yield from mask_answers(IN_HAND, items, Meaning.SET, lambda rows: tuple(rows.acted[1].get(item, False) for item in items))
        case Shown.SET:
            yield from mask_answers(
                seat.column, _items(table), Meaning.SET, lambda rows: tuple(both((flag, inverse(gate(rows)))) for flag in rows.told.handed(seat.id))
            )
        case Shown.NUMBER:
            yield Answer(Output(name=seat.column, meaning=Meaning.NUMBER), lambda rows: number(rows.told, seat.id))
        case Shown.PLACE:
            asked = Output(name=seat.column, meaning=Meaning.PLACE, items=_items(table))
            yield Answer(asked, lambda rows: place(tuple(both((flag, inverse(gate(rows)))) for flag in rows.told.handed(seat.id))))
        case _:
            asked = Output(name=seat.column, meaning=Meaning.FLAG)
            yield Answer(asked, lambda rows: in_column(both((rows.told.is_more_than_absent(seat.id), inverse(gate(rows))))))
    yield status_answer(seat.id)


def _quiet(answer: Answer, seat: Seat, gate: Callable[[RowsDecided], Flag]) -> Answer:
    """A column of a table of which all that it says is handed out; where a loan is settled what holds without the table."""
    items = answer.output.items

    def made(rows: RowsDecided) -> Expression:
        settled, absent = gate(rows), rows.subject.words.quiet if seat.id == "level" else seat.absent
        quiet = Literal(items.index(absent) if absent in items else None, nw.Int16)
        return answer.make(rows) if settled is False else when(in_column(settled)).then(quiet).otherwise(answer.make(rows))

    return Answer(answer.output, made)
