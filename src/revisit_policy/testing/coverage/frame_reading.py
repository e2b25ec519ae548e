"""Frames read once more, case by case, for whoever counts what the rules do."""

from __future__ import annotations

import datetime as dt

from revisit_policy.frames.columns.binding import Layout
from revisit_policy.frames.distinct_cases import DistinctCase, distinct_cases
from revisit_policy.frames.subject import Subject
from revisit_policy.language.readers.generated import Resolution
from revisit_policy.language.snapshot import Snapshot
from revisit_policy.policy.revisit_policy import RevisitPolicy


def read_by_case(subject: Subject, frame: object, *, on: str | dt.date, layout: Layout) -> None:
    """Read every distinct case of *frame* as the single decision reads it, the visits too where *subject* plans them.

    Args:
        subject: What decides.
        frame: A frame in memory; rows that the decision refuses are passed over.
        on: The decision day.
        layout: How the frame is written.
    """
    for case in distinct_cases(subject, frame, on=on, layout=layout):
        values = tuple(case.values[fact.name] for fact in case.edited.graph.facts)
        unknown = tuple(place for place, value in enumerate(values) if value is None)
        found = case.edited.graph.reader.resolve_values(values, unknown)
        if subject.plans_visits and case.edited.policy is not None:
            _read_visits(case.edited.policy, case, found)


def _read_visits(policy: RevisitPolicy, case: DistinctCase, found: Resolution) -> None:
    facts = policy.graph.facts
    snapshot = Snapshot(facts, tuple(case.values.get(fact.name) for fact in facts))  # the kind of the visit is not known yet
    reading = policy.reader.visit_reader.reading(snapshot, found)
    if case.values.get("balance") == 0 and case.values.get("days_past_due") == 0:
        return  # a settled loan is asked for no visit
    unknown = tuple(place for place, fact in enumerate(policy.case_graph.facts) if case.values[fact.name] is None)
    for due in policy.reader.assessments.of(found, unknown).due:
        if due.signal is None:
            reading.of_kind(due.kind.kind)
        else:
            reading.of_signal(due.signal, kind=due.kind.kind)
