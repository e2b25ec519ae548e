"""Editions in columns: under which policy of a rulebook each row is."""

from __future__ import annotations

from collections.abc import Mapping

from revisit_policy.frames.columns.binding import Form
from revisit_policy.frames.columns.cells import Cell
from revisit_policy.frames.columns.fact_column import day_literal
from revisit_policy.frames.expressions.expression import Expression
from revisit_policy.frames.expressions.truth import Flag
from revisit_policy.frames.subject import Subject
from revisit_policy.language.flags import both, either, inverse
from revisit_policy.policy.edition import Edition
from revisit_policy.values.dates import Date

#: What a rulebook reads of a row to find its edition.
PATHS = ("loan.disbursed_on", "loan.reclassified_on")


def edition_flags(subject: Subject, read: Mapping[str, Cell], *, on: Date) -> tuple[Flag, ...]:
    """For every edition, the rows that are under it on the day *on*.

    Raises:
        InvalidInputError: If *on* lies before the first edition.
    """
    if subject.rulebook is None:
        return (True,)
    subject.rulebook.edition_on(on)  # refuses a day before the first
    passed = [True, *(_has_passed(edition, read, on=on) for edition in subject.rulebook.editions[1:])]
    return tuple(both((flag, inverse(either(passed[at + 1 :])))) for at, flag in enumerate(passed))


def _has_passed(edition: Edition, read: Mapping[str, Cell], *, on: Date) -> Flag:
    """Where a row is under *edition* or one after it."""
    if on < edition.since:
        return False
    if edition.stock_until is None or on > edition.stock_until:
        return True
    granted = _on_or_after(read["loan.disbursed_on"], edition.since)
    anew = read.get("loan.reclassified_on")
    if anew is None or anew.source.form is Form.EMPTY:
        return granted
    already = (anew.value <= day_literal(on, anew.source.form)).fill_null(value=False)
    return either((granted, both((already, _on_or_after(anew, edition.since)))))


def _on_or_after(cell: Cell, day: Date) -> Flag:
    if cell.source.form is Form.EMPTY:
        return False
    found: Expression = cell.value >= day_literal(day, cell.source.form)
    return found.fill_null(value=False)
