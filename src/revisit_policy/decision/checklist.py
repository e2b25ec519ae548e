"""Gaps: what is not known, as items of the next visit's checklist."""

from __future__ import annotations

from typing import Final

from revisit_policy.casefile import facts
from revisit_policy.language.fact import Fact
from revisit_policy.values.labels import Label, Labelled

FIND_OUT: Final = Label("补充核实：{what}", "find out: {what}")
RECORD: Final = Label("查明并记录起始日：{what}", "find out and record since when: {what}")


#: A count of days is asked for by the day that it counts from: that is what stands in the papers.
_DAY_OF: Final = {
    facts.days_since_registrable.name: Label("首次能够办理登记之日", "the first day on which it could be registered"),
    facts.days_since_observation.name: Label("重组观察期届满之日", "the day on which the observation ends"),
    facts.days_since_guarantee_ended.name: Label("保证期间届满之日", "the day on which the guarantee ends"),
}


def find_out(fact: Fact) -> Label:
    """The item that a missing *fact* puts on the next visit's checklist."""
    return FIND_OUT.with_parts(what=_DAY_OF.get(fact.name, fact.label))


def record_beginning(code: Labelled) -> Label:
    """The item that a signal of which nobody recorded the beginning puts there."""
    return RECORD.with_parts(what=code.labels)
