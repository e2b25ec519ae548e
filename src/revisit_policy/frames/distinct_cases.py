"""Distinct cases: of all rows of a frame, every combination of facts once that the rules can tell apart.

A rule asks of a number only on which side of a limit it lies. So the engine is asked for that alone, by the comparisons by
which it decides, and of a million rows some hundreds are left. Whoever reads rules case by case can then read the frame.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from operator import add
from typing import Any, Final, cast

import attrs
import narwhals as nw

from revisit_policy.frames.columns.binding import Layout
from revisit_policy.frames.columns.fact_column import FactColumn
from revisit_policy.frames.columns.phase import Phase
from revisit_policy.frames.deciding import binding_of
from revisit_policy.frames.engines.opened import engine_of, opened, whole_rows
from revisit_policy.frames.expressions.expression import Expression, halved
from revisit_policy.frames.expressions.given import Asked
from revisit_policy.frames.expressions.stages import PREFIX, layered
from revisit_policy.frames.expressions.truth import in_column
from revisit_policy.frames.outputs.outcome_columns import place
from revisit_policy.frames.outputs.output import Meaning, Output
from revisit_policy.frames.outputs.plan import Plan
from revisit_policy.frames.plan import RowsRead, rows_read
from revisit_policy.frames.subject import Edited, Subject
from revisit_policy.language.condition import Compare, comparisons
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.flags import Flags
from revisit_policy.language.fact import Fact
from revisit_policy.language.flags import either, inverse
from revisit_policy.values.dates import to_date

_SOUND: Final = f"{PREFIX} sound"  # no fact has a name with a space
_EDITION: Final = f"{PREFIX} edition"


@attrs.frozen(kw_only=True)
class DistinctCase:
    """One case, and the edition of the policy that it is under.

    Args:
        edited: The edition.
        values: The encoded values of its facts by name, ``None`` for unknown. Between two limits any number stands for all.
    """

    edited: Edited
    values: Mapping[str, Any]


def distinct_cases(subject: Subject, frame: object, *, on: str | dt.date, layout: Layout) -> Iterator[DistinctCase]:
    """The cases that *subject* can tell apart among the sound rows of *frame*, each once, in no order.

    Args:
        subject: What decides.
        frame: A frame in memory.
        on: The decision day.
        layout: How the frame is written.

    Raises:
        InvalidInputError: If columns are missing or of another type, all of them together.
    """
    given = opened(frame)
    engine = engine_of(given)
    prepared = engine.prepare(frame, binding_of(subject, given, layout))
    asked = Asked(on=to_date(on, field="on"))
    reading, limits = rows_read(subject, prepared.binding, phase=Phase.of(subject, asked)), _limits(subject)
    regions = {PREFIX + name: _region(part, limits.get(name, ())) for name, part in reading.facts.items() if part.column is not None}
    plan = _plan(reading, regions)
    made = nw.from_native(engine.run(plan, prepared, {PREFIX + output.name: output for output in plan.outputs}, plan.values(asked)))
    for row in whole_rows(made.filter(nw.col(_SOUND)).select(_EDITION, *regions).unique()):
        edited = subject.editions[row[_EDITION]]
        values = {
            fact.name: _value(fact, limits.get(fact.name, ()), row[PREFIX + fact.name]) if PREFIX + fact.name in row else reading.facts[fact.name].constant
            for fact in edited.facts
        }
        yield DistinctCase(edited=edited, values=values)


def _plan(reading: RowsRead, regions: Mapping[str, Expression]) -> Plan:
    """The regions in which the rows lie, the places of their editions, and whether they are sound."""
    stages = reading.stages
    stages.next()
    bad = tuple(map(stages.keep_flag, reading.bad))
    stages.next()
    made = {_SOUND: in_column(inverse(either(bad))), _EDITION: place(reading.editions), **regions}
    stages.layers[-1] |= made
    meanings = {_SOUND: Meaning.FLAG}
    outputs = tuple(Output(name=name.removeprefix(PREFIX), meaning=meanings.get(name, Meaning.NUMBER)) for name in made)
    return Plan(layered(stages), outputs, reading.reading.values.makers())


def _limits(subject: Subject) -> Mapping[str, tuple[Any, ...]]:
    """What the rules hold each number against, by the name of its fact, in ascending order."""
    found: dict[str, dict[Any, Fact]] = {}
    tables = (table for edited in subject.editions for table in (edited.policy or edited).graph.tables)
    for table in tables:
        for part in (part for rule in table.rules for part in comparisons(rule.condition)):
            if isinstance(part, Compare) and part.fact.is_measured:
                found.setdefault(part.fact.name, {})[part.limit] = part.fact
    return {name: tuple(sorted(limits, key=next(iter(limits.values())).encode)) for name, limits in found.items()}


def _region(part: FactColumn, limits: tuple[Any, ...]) -> Expression:
    """A choice by its place, a flag as 0 or 1; a number as twice the limits below it, and one if it is at the next.

    Null where the fact is unknown.
    """
    column = cast("Expression", part.column)
    if isinstance(part.fact.domain, Choices | Flags):
        return column.cast(nw.Int16)
    known = (column == column).cast(nw.Int16) - 1  # noqa: PLR0124 - null stays null
    passed = [cast("Expression", part.compare(operator, limit)) for limit in limits for operator in (">=", ">")]
    return halved(add, [known, *(found.cast(nw.Int16) for found in passed)])


def _value(fact: Fact, limits: tuple[Any, ...], region: int | None) -> Any:
    """An encoded value of the *region*, as `_region` numbers them."""
    if region is None:
        return None
    if isinstance(fact.domain, Choices | Flags):
        return bool(region) if isinstance(fact.domain, Flags) else 1 << region
    encoded = [fact.encode(limit) for limit in limits]
    after, is_at = divmod(region, 2)
    if is_at:
        return encoded[after]
    if not encoded:
        return 0
    if after in {0, len(encoded)}:
        return encoded[0] - 1 if after == 0 else encoded[-1] + 1
    return (encoded[after - 1] + encoded[after]) / 2
