"""A policy with measures that come after one another, take one another's place, wait, and have deadlines of their own."""

from __future__ import annotations

from typing import Any, Final

import attrs
from tests.policy.small_policy import case_with, rule, small_policy, table

from revisit_policy import Action, CaseFile, Event, Measure, RevisitPolicy, Within, facts, unordered
from revisit_policy.language.condition import ALWAYS
from revisit_policy.outcomes.measure_note import MeasureNote

NOTES: Final = (
    MeasureNote("remind", deadline=Within(days=5)),
    MeasureNote("demand_restoration", deadline=Within(working_days=10), notice=Within(days=30)),
    MeasureNote("accelerate", deadline=Within(days=20), after=["demand_restoration"], instead_of=["restructure"]),
    MeasureNote("restructure", deadline=Within(days=20), needs=[facts.income_change]),
    MeasureNote("payment_order", deadline=Within(days=15), instead_of=["litigate"]),
    MeasureNote("litigate", deadline=Within(months=3)),
    MeasureNote("write_off", has_deadline=False),
)
"""Notes of a policy that has something to say of how measures follow one another."""


def acting_policy(*notes: MeasureNote) -> RevisitPolicy:
    """The policy, with further *notes* in place of those of the same measures."""
    policy = small_policy()
    late, seized = facts.days_past_due > 90, facts.seized.is_true()
    measures = table(
        "measures", unordered(Measure), "every",
        rule("remind", (facts.days_past_due > 0) & (facts.days_past_due <= 30), Measure.REMIND),
        rule("demand", seized, Measure.DEMAND_RESTORATION),
        rule("recall-seized", seized, Measure.ACCELERATE),
        rule("recall-late", late, Measure.ACCELERATE),
        rule("restructure", late & facts.cooperative.is_true(), Measure.RESTRUCTURE),
        rule("order", late, Measure.PAYMENT_ORDER),
        rule("sue", late, Measure.LITIGATE),
        rule("sell", late, Measure.BULK_TRANSFER),
        rule("write-off", facts.days_past_due > 360, Measure.WRITE_OFF),
        otherwise=(Measure.MONITOR,),
    )  # fmt: skip
    barred = table("barred", unordered(Measure), "every", rule("no-bulk", ALWAYS, Measure.BULK_TRANSFER))
    said = {note.measure: note for note in (*NOTES, *notes)}
    tables = [each for each in policy.tables if each.id not in {"measures", "barred"}]
    return attrs.evolve(policy, tables=(*tables, measures, barred), measure_notes=tuple(said.values()))


def late_case(*actions: Action, days: int = 100, as_of: str = "2026-06-15", **fields: Any) -> CaseFile:
    """A loan that is so many *days* late on the day *as_of*: by 100 on 15 June, so more than 90 since 6 June 2026."""
    case = case_with(days_past_due=days, arrears_as_of=as_of, missed_consecutive=None, missed_total_24m=None, **fields)
    return attrs.evolve(case, actions=actions)


def seized_case(*actions: Action, since: str | None = "2026-06-01") -> CaseFile:
    """A loan that pays, on a home that is seized *since* a day, which may be recorded."""
    events = () if since is None else (Event("seizure", since=since),)
    return attrs.evolve(case_with(seized=True), actions=actions, events=events)
