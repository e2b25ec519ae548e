"""Editions in columns: under which policy of a rulebook each row is."""

from __future__ import annotations

from collections.abc import Mapping

from revisit_policy.frames.columns.binding import Form
from revisit_policy.frames.columns.cells import Cell
from revisit_policy.frames.columns.fact_column import day_given, day_literal
from revisit_policy.frames.columns.phase import Phase
from revisit_policy.frames.expressions.expression import Expression
from revisit_policy.frames.expressions.given import GivenValues, decision_day
from revisit_policy.frames.expressions.truth import Flag
from revisit_policy.frames.subject import Subject
from revisit_policy.language.flags import both, either, inverse
from revisit_policy.policy.edition import Edition
from revisit_policy.values.dates import Date

#: What a rulebook reads of a row to find its edition.
PATHS = ("loan.disbursed_on", "loan.reclassified_on")


def edition_flags(subject: Subject, read: Mapping[str, Cell], *, phase: Phase, values: GivenValues) -> tuple[Flag, ...]:
    """For every edition, the rows that are under it on a day of the *phase*."""
    if subject.rulebook is None:
        return (True,)
    later = zip(subject.rulebook.editions[1:], phase.passed[1:], strict=True)
    passed = [True, *(_has_passed(edition, read, values) if known is None else known for edition, known in later)]
    return tuple(both((flag, inverse(either(passed[at + 1 :])))) for at, flag in enumerate(passed))


def _has_passed(edition: Edition, read: Mapping[str, Cell], values: GivenValues) -> Flag:
    """Where a row is under *edition* or one after it, on a day on which that goes row by row."""
    granted = _on_or_after(read["loan.disbursed_on"], edition.since)
    anew = read.get("loan.reclassified_on")
    if anew is None or anew.source.form is Form.EMPTY:
        return granted
    already = (anew.value <= day_given(values, anew.source.form, decision_day)).fill_null(value=False)
    return either((granted, both((already, _on_or_after(anew, edition.since)))))


def _on_or_after(cell: Cell, day: Date) -> Flag:
    if cell.source.form is Form.EMPTY:
        return False
    found: Expression = cell.value >= day_literal(day, cell.source.form)
    return found.fill_null(value=False)
