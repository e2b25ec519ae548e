"""Assessments: what the tables say of a case apart from days, shared by all cases of which they say the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from typing import Any, TypeAlias, cast

import attrs

from revisit_policy.decision.checklist import find_out
from revisit_policy.decision.due import SIGNALS, Due, DueReader
from revisit_policy.decision.seats.shape import BY_ID, Seat, seats_of
from revisit_policy.language.fact import Fact
from revisit_policy.language.on_scale import OnScale
from revisit_policy.language.readers.generated import Found, Resolution
from revisit_policy.language.rule import Rule
from revisit_policy.language.scale import Scale
from revisit_policy.language.table import Table
from revisit_policy.values.citation import Citation
from revisit_policy.values.labels import Label, OrderedLabelled


@attrs.frozen(eq=False)
class Reason:
    """An outcome with the rules that make it so."""

    outcome: Any
    rules: tuple[Rule, ...]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of the rules, in the order written."""
        return tuple(rule.id for rule in self.rules)

    @cached_property
    def sources(self) -> tuple[Citation, ...]:
        """What the rules cite, each once."""
        return tuple(dict.fromkeys(rule.source for rule in self.rules))


@attrs.frozen(kw_only=True, eq=False)
class Assessment:
    """What is handed out of the tables of a policy: what is established, and for intervals and revaluation the worst.

    Args:
        handed: What is handed out by the id of the table, each with the rules that make it so: of a set several, else one.
        signals: Every established signal with its rules, a code at several levels included.
        grade_at_worst: The most severe grade still possible.
        due: What is due, apart from days.
        gaps: What is unknown and read by a rule that is open, as items of a checklist.
        quiet: How loud a loan without warnings is.
    """

    handed: Mapping[str, tuple[Reason, ...]]
    signals: tuple[Reason, ...]
    grade_at_worst: Any
    due: tuple[Due, ...]
    gaps: tuple[Label, ...]
    quiet: OrderedLabelled

    def one(self, seat_id: str) -> Reason:
        """The one thing that the table of this id hands out, or what holds without it and rests on no rule."""
        found = self.handed.get(seat_id)
        return found[0] if found else Reason(BY_ID[seat_id].absent, ())

    def several(self, seat_id: str) -> tuple[Reason, ...]:
        """All that the table of this id hands out; nothing without it."""
        return self.handed.get(seat_id, ())

    @cached_property
    def grade(self) -> Any:  # noqa: ANN401 - on whatever scale the policy grades
        """The established grade; ``None`` where a table that goes by order establishes none."""
        return self.one("grade").outcome

    @cached_property
    def level(self) -> OrderedLabelled:
        """How loud the loan is: by the table of levels, else as its loudest signal."""
        if "level" in self.handed:
            level: OrderedLabelled = self.one("level").outcome
            return level
        return max((reason.outcome.level for reason in self.signals), default=self.quiet)

    @cached_property
    def worst_signals(self) -> tuple[Reason, ...]:
        """One signal a code, the loudest."""
        return self.several("signals")

    @cached_property
    def triggers(self) -> tuple[Reason, ...]:
        """Every established trigger with its rules."""
        return self.several("triggers")

    @cached_property
    def first_window(self) -> Reason:
        """The window of the first visit; of several still possible the one that closes first."""
        return self.one("first_window")

    @cached_property
    def revaluation(self) -> Reason:
        """The duty to value anew, at worst."""
        return self.one("revaluation")

    @cached_property
    def interval(self) -> Reason:
        """Months between visits at worst, with the rules that make it so; ``None`` without a table of intervals."""
        return self.one("interval")

    @cached_property
    def measures(self) -> tuple[Reason, ...]:
        """What is recommended: established, not barred even possibly."""
        return self.several("measures")

    @cached_property
    def of_a_settled_loan(self) -> Assessment:
        """The same where nothing is owed: then nothing is asked, whatever the tables say of the rest of the file."""
        asked = {seat.id: seat for seat in seats_of(self.handed) if seat.is_asking}
        quiet = {name: () if seat.is_set else (Reason(self.quiet if seat.id == "level" else seat.absent, ()),) for name, seat in asked.items()}
        return attrs.evolve(self, handed={**self.handed, **quiet}, signals=(), due=(), gaps=())


#: Makes a reason of a table, an outcome and the rules that make it so.
ReasonMaker: TypeAlias = Callable[[Table, Any, tuple[Rule, ...]], Reason]
#: Gives what is made, made once: by its name, and what the tables say of which it is made.
Once: TypeAlias = Callable[[tuple[str | Found, ...], Callable[[], tuple[Reason, ...]]], tuple[Reason, ...]]


def assess(  # noqa: PLR0913 - all that an assessment is made of, each by its name
    resolution: Resolution,
    *,
    unknown: frozenset[str],
    seats: tuple[Seat, ...],
    reason: ReasonMaker,
    once: Once,
    due: DueReader,
    quiet: OrderedLabelled,
) -> Assessment:
    """The assessment that *resolution* of tables comes to, the facts named *unknown* being missing.

    Args:
        resolution: What the tables say.
        unknown: The names of the facts that are missing.
        seats: Those out of whose tables something is handed out, or that rule it out.
        reason: Makes the reasons.
        once: Gives one tuple of them for all assessments of which the tables that they come of say the same: most say one of few things.
        due: Reads what is due out of the tables.
        quiet: How loud a loan without warnings is.
    """
    tables, found = due.tables, resolution.tables
    handed: dict[str, tuple[Reason, ...]] = {}
    for seat in seats:
        read = [found[name] for name in seat.reads if name in found]
        handed[seat.id] = once((seat.id, *read), partial(_handed, seat, tables, found=found, reason=reason))
    signals = found.get(SIGNALS)
    return Assessment(
        handed=handed,
        due=due.of(resolution, handed),
        signals=() if signals is None else once(("every signal", signals), partial(_every, tables[SIGNALS], signals, reason=reason)),
        grade_at_worst=found["grade"].ruling.at_worst,
        gaps=tuple(map(find_out, _open_facts(tables, found, unknown=unknown))) if unknown else (),
        quiet=quiet,
    )


def _handed(seat: Seat, tables: Mapping[str, Table], *, found: Mapping[str, Found], reason: ReasonMaker) -> tuple[Reason, ...]:
    """What is handed out of the table of a *seat*."""
    said: dict[str, OnScale[Any]] = {name: OnScale.of(tables[name], found[name].ruling) for name in seat.reads if name in found}
    return tuple(_reasons(seat, tables[seat.id], found=found[seat.id], flags=seat.handed(said), reason=reason))


def _reasons(seat: Seat, table: Table, *, found: Found, flags: tuple[bool, ...], reason: ReasonMaker) -> Iterator[Reason]:
    """What is handed out where *flags* hold, each outcome with the rules that say it."""
    items = cast("Scale", table.outcomes).outcomes
    places = [at for at, flag in enumerate(flags) if flag]
    for at in places if seat.is_set else places[-1:]:
        rules = found.fired if seat.is_set else (*found.fired, *found.undecided)
        yield reason(table, items[at], tuple(_saying(table, rules, outcome=items[at])))


def _every(table: Table, found: Found, *, reason: ReasonMaker) -> tuple[Reason, ...]:
    """The certain outcomes of an EVERY table, each with the rules that make it certain."""
    return tuple(reason(table, outcome, tuple(_saying(table, found.fired, outcome=outcome))) for outcome in found.ruling.outcome)


def _saying(table: Table, rule_ids: Iterable[str], *, outcome: object) -> Iterator[Rule]:
    """Those of the rules that say *outcome*, or a fact that can be it."""
    for rule_id in rule_ids:
        rule = table.rule(rule_id)
        if rule.says(outcome) or isinstance(rule.then, Fact):
            yield rule


def _open_facts(tables: Mapping[str, Table], said: Mapping[str, Found], *, unknown: frozenset[str]) -> tuple[Fact, ...]:
    """The unknown facts that undecided rules read, and those by whose absence a rule holds."""
    met: dict[str, Fact] = {}
    for table_id, found in said.items():
        seat = BY_ID.get(table_id)
        if seat is not None and not seat.is_found_out:
            continue
        table = tables[table_id]
        absent = [rule_id for rule_id in found.fired if rule_id in table.absences]
        for rule_id in (*found.undecided, *absent):
            for fact in table.facts_of[rule_id]:
                if fact.name in unknown:
                    met.setdefault(fact.name, fact)
    return tuple(met.values())

