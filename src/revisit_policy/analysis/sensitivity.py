"""Sensitivity: for one case, the nearest change of each single fact that changes an outcome."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, cast

import attrs

from revisit_policy.analysis.answer import Answer, answer, table_text
from revisit_policy.analysis.differences.change import established
from revisit_policy.analysis.examples.witness import Witness
from revisit_policy.analysis.space.axis import Axis
from revisit_policy.analysis.space.cells import Line, Span, exact_of
from revisit_policy.analysis.space.space import Space
from revisit_policy.analysis.study import graph_of
from revisit_policy.errors import InvalidValueError
from revisit_policy.language.condition import Condition
from revisit_policy.language.domains.sets import Sets
from revisit_policy.language.fact import Fact
from revisit_policy.language.snapshot import Snapshot, snapshot_of
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.language.words.wording import condition_text, distance_text, outcome_text
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label, Lang, to_lang
from revisit_policy.values.validation import found_in

CLAIM: Final = Label("任何单项事实的变动都不改变结论", "no change of a single fact changes an outcome")
MOVED: Final = Label("{where}：{table}由{before}变为{after}", "{where}: {table} changes from {before} to {after}")
MORE: Final = Label("{where}（增加{distance}）", "{where} ({distance} more)")
LESS: Final = Label("{where}（减少{distance}）", "{where} ({distance} less)")
NOTHING: Final = Label("无结论", "no outcome")


@attrs.frozen(kw_only=True)
class Step:
    """The nearest change of one fact, in one direction, that changes the outcome of one table.

    Args:
        fact: The fact that moves, all others staying as they are.
        table: The table whose outcome changes.
        before: Its outcome now.
        after: Its outcome then.
        region: The values of the fact that make it so, the nearest ones.
        distance: From the value now to the nearest of them, in days, months, fen or parts of one; negative downwards;
            ``None`` for choices and flags, and where the fact is unknown now.
        witness: The facts after the change.
    """

    fact: Fact
    table: Table
    before: Any
    after: Any
    region: Condition
    distance: Any
    witness: Witness

    @property
    def is_exact(self) -> bool:
        """True: the region is those values and no others."""
        return True

    def sentence(self, lang: str | Lang = "en") -> str:
        """What would have to change, and what it would change, in one sentence."""
        lang = to_lang(lang)
        where = condition_text(self.region, lang)
        if self.distance is not None:
            template = MORE if self.distance >= 0 else LESS
            where = template.filled(lang, where=where, distance=distance_text(self.fact, abs(self.distance), lang))
        before, after = (NOTHING.text(lang) if said is None else outcome_text(said, lang) for said in (self.before, self.after))
        return MOVED.filled(lang, where=where, table=table_text(self.table, lang), before=before, after=after)


def sensitivity(
    policy: object,
    case: object,
    *,
    on: str | dt.date | None = None,
    outcome: str | None = None,
    supplied: Mapping[str, object] | None = None,
) -> Answer[Step]:
    """The nearest change of each fact that changes an outcome of *case*: "4 more days past due: substandard".

    One fact moves at a time, up and down; facts that share fields of a case file are moved one by one all the same.

    Args:
        policy: A table, a decision graph or a policy.
        case: A case file, or facts by name as a table takes them.
        on: The decision day of a case file.
        outcome: The id of the table that is asked about; ``None`` for all.
        supplied: The supplied facts of a case file.

    Returns:
        ``Proved`` if no single fact matters; else the steps, in the order of the facts.

    Raises:
        UnknownNameError: If there is no such table, or facts are named that no table reads.
        InvalidInputError: If a fact is outside its domain.

    Examples:
        >>> from revisit_policy import Citation, Fact, Label, Rule, Standing, Table, Unit
        >>> days = Fact.count("days", low=0, high=3650, unit=Unit.DAYS, label=Label("逾期天数", "days past due"))
        >>> rule = Rule("overdue", when=days > 90, then="bad", because=Label("逾期", "overdue"), source=Citation(standing=Standing.PROPOSAL))
        >>> grade = Table("grade", outcomes=("good", "bad"), fold="worst", rules=(rule,), otherwise="good", label=Label("分类", "grade"))
        >>> step, = sensitivity(grade, {"days": 87})
        >>> step.sentence("en")
        'days past due more than 90 days (4 days more): `grade` changes from good to bad'
    """
    graph = graph_of(policy)
    if outcome is not None:
        found_in(graph.by_id, outcome, kind=Phrase("表", "table"))
    snapshot = _snapshot(graph, case, on, supplied)
    found = [step for axis in Space.of((graph,), missing=True).axes for step in _steps(graph, snapshot, axis)]
    return answer(CLAIM, [step for step in found if outcome in {None, step.table.id}])


def _snapshot(graph: DecisionGraph, case: object, on: str | dt.date | None, supplied: Mapping[str, object] | None) -> Snapshot:
    if isinstance(case, Mapping):
        for field, value in (("on", on), ("supplied", supplied)):
            if value is not None:
                raise InvalidValueError(owner="", field=field, value=value, expected=Phrase(
                    "按名称给出事实时留空：它即其中之一", "left out beside facts by name: it is one of them"
                ))
        return snapshot_of(graph.facts, cast("Mapping[str, object]", case))
    return graph.extraction.snapshot(case, on=cast("str | dt.date", on), supplied={} if supplied is None else supplied)


def _steps(graph: DecisionGraph, snapshot: Snapshot, axis: Axis) -> Iterator[Step]:
    """The nearest changes on one axis, downwards first; of choices and flags every change."""
    if isinstance(axis.fact.domain, Sets):
        return
    now = axis.place_of_encoded(snapshot.encoded(axis.fact.name))
    said = _said(graph, snapshot)
    is_line = isinstance(axis.cells[0], Span) and now < len(axis.cells)
    ways = (range(now - 1, -1, -1), range(now + 1, len(axis.cells))) if is_line else [[at] for at in range(len(axis.cells)) if at != now]
    for way in ways:
        yield from _first_changes(graph, snapshot, axis, way, said, is_line=is_line)


def _first_changes(
    graph: DecisionGraph, snapshot: Snapshot, axis: Axis, way: Sequence[int], said: Mapping[str, Any], *, is_line: bool
) -> Iterator[Step]:
    """For every table the first cell on the *way* that changes it."""
    open_tables = dict(graph.by_id)
    for at in way:
        moved = _moved(snapshot, axis, at)
        after = _said(graph, moved)
        for name in [name for name in open_tables if after[name] != said[name]]:
            yield Step(
                fact=axis.fact,
                table=open_tables.pop(name),
                before=said[name],
                after=after[name],
                region=axis.condition(1 << at),
                distance=_distance(axis, snapshot.encoded(axis.fact.name), at) if is_line else None,
                witness=Witness.of(moved),
            )


def _said(graph: DecisionGraph, snapshot: Snapshot) -> Mapping[str, Any]:
    verdicts = graph.read(snapshot)
    return {name: established(verdicts[name].ruling) for name in verdicts}


def _moved(snapshot: Snapshot, axis: Axis, at: int) -> Snapshot:
    values = list(snapshot.values)
    values[snapshot.places[axis.fact.name]] = axis.fact.encode(axis.value(at))
    return Snapshot(snapshot.facts, tuple(values), snapshot.assumed)


def _distance(axis: Axis, encoded: Any, at: int) -> Any:  # noqa: ANN401 - in the unit of the fact
    """From the value to the nearest end of the cell *at*."""
    span, domain = cast("Span", axis.cells[at]), cast("Line", axis.fact.domain)
    low, high = (domain.encode(exact_of(domain, end)) for end in (span.low, span.high))
    return low - encoded if low >= encoded else high - encoded
