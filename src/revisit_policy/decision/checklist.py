"""Gaps: what is not known, as items of the next visit's checklist."""

from __future__ import annotations

from typing import Final

from revisit_policy.language.fact import Fact
from revisit_policy.values.labels import Label, Labelled

FIND_OUT: Final = Label("补充核实：{what}", "find out: {what}")
RECORD: Final = Label("查明并记录起始日：{what}", "find out and record since when: {what}")


def find_out(fact: Fact) -> Label:
    """The item that a missing *fact* puts on the next visit's checklist."""
    return FIND_OUT.with_parts(what=fact.label)


def record_beginning(code: Labelled) -> Label:
    """The item that a signal of which nobody recorded the beginning puts there."""
    return RECORD.with_parts(what=code.labels)
