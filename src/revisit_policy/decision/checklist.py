"""Gaps: what is not known, as items of the next visit's checklist."""

from __future__ import annotations

from revisit_policy.language.fact import Fact
from revisit_policy.values.labels import Label, Labelled


def find_out(fact: Fact) -> Label:
    """The item that a missing *fact* puts on the next visit's checklist."""
    return Label(f"补充核实：{fact.label.zh}", f"find out: {fact.label.en}")


def record_beginning(code: Labelled) -> Label:
    """The item that a signal of which nobody recorded the beginning puts there."""
    return Label(f"查明并记录起始日：{code.labels.zh}", f"find out and record since when: {code.labels.en}")
