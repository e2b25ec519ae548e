"""Traces as columns: which rules fire for a row, and which are undecided."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from revisit_policy.frames.expressions.expression import Listed
from revisit_policy.frames.expressions.truth import Flag, in_column
from revisit_policy.frames.outputs.answer import Answer, RowsDecided, mask_answers
from revisit_policy.frames.outputs.output import Meaning, Output, Trace


def trace_answers(rules: tuple[str, ...], trace: Trace) -> tuple[Answer, ...]:
    """The columns of the *rules* that fire, then those of the rules undecided."""
    fired = _answers("fired", rules, lambda rows: rows.fired, trace)
    return *fired, *_answers("undecided", rules, lambda rows: rows.undecided, trace)


def _answers(name: str, rules: tuple[str, ...], flags: Callable[[RowsDecided], Mapping[str, Flag]], trace: Trace) -> tuple[Answer, ...]:
    match trace:
        case Trace.BOOLEANS:
            return tuple(_flag(name, rule, flags) for rule in rules)
        case Trace.MASKS:
            return mask_answers(f"{name}_mask", rules, Meaning.NAMES, lambda rows: tuple(flags(rows).values()))
        case Trace.TEXT:
            return (Answer(Output(name=name, meaning=Meaning.TEXT), lambda rows: _text(flags(rows))),)
        case Trace.NONE:
            return ()


def _flag(name: str, rule: str, flags: Callable[[RowsDecided], Mapping[str, Flag]]) -> Answer:
    return Answer(Output(name=f"{name}_{rule}", meaning=Meaning.FLAG), lambda rows: in_column(flags(rows)[rule]))


def _text(flags: Mapping[str, Flag]) -> Listed:
    """The ids whose flags hold, joined by commas; empty if there is none."""
    return Listed(tuple((in_column(flag), rule) for rule, flag in flags.items() if flag is not False))
