"""Answers: every column that a decision adds, in order, each with what makes it.

A bare graph hands out what its tables say. A policy hands out what its decision does: what is established, and for
intervals and revaluation the worst that is still possible.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from functools import lru_cache
from typing import Final, cast

import narwhals as nw

from revisit_policy.errors import InvalidPolicyError
from revisit_policy.frames.choosing import chosen
from revisit_policy.frames.expression import Expression, Literal, when
from revisit_policy.frames.outcome_columns import masks, outcomes, place, unbarred
from revisit_policy.frames.output import BAD_INPUT, MASK_BITS, Meaning, Output, Trace, mask_outputs, outcome_outputs, trace_outputs
from revisit_policy.frames.schema import schema_of
from revisit_policy.frames.spoken import Places, Spoken, status
from revisit_policy.frames.stages import Stages
from revisit_policy.frames.subject import Subject
from revisit_policy.frames.truth import Flag, Row, both, either, in_column, inverse
from revisit_policy.language.fold import Status
from revisit_policy.language.scale import Scale
from revisit_policy.language.table import Table
from revisit_policy.outcomes.day_window import DayWindow
from revisit_policy.outcomes.revaluation_duty import RevaluationDuty
from revisit_policy.outcomes.signal import Level, Signal

#: The column that says under which edition a row is.
EDITION: Final = "edition"

#: The column with the first signs of the digest of the policy that decided: equal digests were made by the same rules.
DIGEST: Final = "policy_digest"

#: How many signs of it: those that a policy shows of itself, and as many as an engine holds without a pointer.
DIGEST_SIGNS: Final = 12

#: The tables of a policy of which all that they say is handed out.
_AS_SAID: Final = ("grade", "difficulty", "level", "origination")


#: What the last bit of ``bad_input`` stands for where one column does not hold all names: something of the others is bad.
MORE: Final = "…"


def checked_names(subject: Subject) -> tuple[str, ...]:
    """What can be bad in a row: the facts by name, and for policies the fields of a case file that they read, by path.

    Where more names follow in a second column the last bit of the first is `MORE`, so that the first alone tells bad rows.
    """
    facts = tuple(fact.name for fact in subject.facts)
    paths = tuple(column.path for column in schema_of(subject)) if subject.is_policy else ()
    names = tuple(dict.fromkeys((*facts, *paths)))
    first, others = names[: MASK_BITS - 1], names[MASK_BITS - 1 :]
    return (*first, MORE, *others) if others else first


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
        InvalidPolicyError: If the editions of a rulebook have a table of one id on different scales.
    """
    found = [*mask_outputs(BAD_INPUT, checked_names(subject), Meaning.NAMES)]
    if subject.is_policy:
        edition = Output(name=EDITION, meaning=Meaning.PLACE, items=tuple(edited.name for edited in subject.editions))
        found = [edition, Output(name=DIGEST, meaning=Meaning.TEXT), *found]
        found += _policy_outputs(tables_of(subject))
    else:
        found += [part for table in subject.editions[0].graph.tables for part in outcome_outputs(table)]
    return (*found, *trace_outputs(tuple(rule.id for rule in subject.rules), trace))


def tables_of(subject: Subject) -> Mapping[str, Table]:
    """The tables by id, as the last edition has them; the scales of all are the same.

    Raises:
        InvalidPolicyError: If the editions of a rulebook have a table of one id on different scales, which have no places in common.
    """
    last = subject.editions[-1].graph.by_id
    for edited in subject.editions:
        for name, table in edited.graph.by_id.items():
            if table.outcomes != last[name].outcomes or table.fold is not last[name].fold:
                problem = f"edition `{edited.name}` has it on another scale or fold than `{subject.editions[-1].name}`"
                raise InvalidPolicyError(subject=name, problem=problem)
    return last


def _items(table: Table) -> tuple[Hashable, ...]:
    return cast("Scale", table.outcomes).outcomes


def _status(name: str) -> Output:
    return Output(name=f"{name}_status", meaning=Meaning.PLACE, items=tuple(Status))


def _policy_outputs(tables: Mapping[str, Table]) -> Iterator[Output]:
    for name in _AS_SAID:
        yield from outcome_outputs(tables[name])
    for name in ("signals", "triggers", "measures"):
        yield from mask_outputs(name, _items(tables[name]), Meaning.SET)
        yield _status(name)
    yield Output(name="interval_months", meaning=Meaning.NUMBER)
    yield _status("interval")
    yield Output(name="first_window", meaning=Meaning.PLACE, items=_items(tables["first_window"]))
    yield _status("first_window")
    yield Output(name="revaluation_is_due", meaning=Meaning.FLAG)
    yield _status("revaluation")


def edition_answers(subject: Subject, editions: tuple[Flag, ...]) -> list[Expression]:
    """The expressions of the edition and of the digest of its policy; none where a bare graph decides."""
    if not subject.is_policy:
        return []
    found: Expression = when(in_column(flag=False)).then(Literal(""))
    for flag, edited in zip(editions, subject.editions, strict=True):
        if flag is not False and edited.policy is not None:
            found = when(in_column(flag)).then(Literal(edited.policy.digest[:DIGEST_SIGNS])).otherwise(found)
    return [place(editions), found]


def table_answers(subject: Subject, said: Mapping[str, Spoken], stages: Stages, *, settled: Flag = False) -> list[Expression]:
    """The expressions of the columns that the tables fill, in the order of `outputs_of`; a policy asks nothing where *settled*."""
    if subject.is_policy:
        return list(_policy_answers(tables_of(subject), said, stages, settled=settled))
    tables = subject.editions[0].graph.tables
    return [part for table in tables for part in outcomes(table, said[table.id])]


def _policy_answers(tables: Mapping[str, Table], said: Mapping[str, Spoken], stages: Stages, *, settled: Flag) -> Iterator[Expression]:
    """What is asked of a loan passes one gate: nothing is asked of one that is *settled*."""
    for name in _AS_SAID:
        yield from _quiet(tables[name], said[name], settled=settled) if name == "level" else outcomes(tables[name], said[name])
    parts = {name: cast("Places", part) for name, part in said.items()}
    handed = {
        "signals": loudest(_items(tables["signals"]), parts["signals"].established),  # type: ignore[arg-type] # signals
        "triggers": parts["triggers"].established,
        "measures": unbarred(
            _items(tables["measures"]), parts["measures"].established, barring=_items(tables["barred"]), bars=parts["barred"].possible
        ),
    }
    for name, flags in handed.items():
        yield from masks(tuple(both((flag, inverse(settled))) for flag in flags))
        yield status(said[name])
    yield months(tables["interval"], parts["interval"])
    yield status(said["interval"])
    yield place(first_closing(_items(tables["first_window"]), parts["first_window"].possible, stages))  # type: ignore[arg-type] # windows
    yield status(said["first_window"])
    yield in_column(both((is_due(_items(tables["revaluation"]), parts["revaluation"]), inverse(settled))))
    yield status(said["revaluation"])


def _quiet(table: Table, said: Spoken, *, settled: Flag) -> Iterator[Expression]:
    """The columns of the level: none where *settled*."""
    levels_of, none = _items(table), Level.NONE
    quiet = Literal(levels_of.index(none) if none in levels_of else None, nw.Int16)
    *levels, held = outcomes(table, said)
    for found in levels:
        yield found if settled is False else when(in_column(settled)).then(quiet).otherwise(found)
    yield held


def loudest(signals: tuple[Signal, ...], flags: tuple[Flag, ...]) -> tuple[Flag, ...]:
    """One signal a code, the loudest that is established."""
    return tuple(
        both((flag, inverse(either(other for loud, other in zip(signals, flags, strict=True) if _is_louder(loud, signal)))))
        for signal, flag in zip(signals, flags, strict=True)
    )


def _is_louder(one: Signal, other: Signal) -> bool:
    return one.code == other.code and one.level > other.level


def is_due(items: tuple[Hashable, ...], said: Places) -> Flag:
    """Where a valuation may be due; nowhere if the table cannot say so."""
    return dict(zip(items, said.possible, strict=True)).get(RevaluationDuty.DUE, False)


def months(table: Table, said: Places) -> Expression:
    """The months of the interval at worst; 0 if there is none."""
    counts = (0, *cast("tuple[int, ...]", _items(table)))
    return chosen(Row.of((True, *said.possible)), [Literal(count, nw.Int16) for count in counts])


def first_closing(windows: tuple[DayWindow, ...], possible: tuple[Flag, ...], stages: Stages) -> tuple[Flag, ...]:
    """For every window, where it is the possible one that closes first."""
    order = sorted(range(len(windows)), key=lambda at: (windows[at].last, windows[at].first))
    row = Row.of((possible[at] for at in order), stages.put_flag)
    found = {at: both((possible[at], inverse(row.between(0, rank)))) for rank, at in enumerate(order)}
    return tuple(found[at] for at in range(len(windows)))
