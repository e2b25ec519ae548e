"""Sayings: which lines of an earlier table make a comparison of its outcome hold, so that it began when they did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, cast

import attrs

from revisit_policy.casefile.facts import MEASURED_ON
from revisit_policy.language.condition import ALWAYS, NEVER, All, AnyOf, Compare, Comparison, Condition, Includes, OneOf, all_of, any_of, negated
from revisit_policy.language.derivation import DaysSince, GrownDaily, Measured
from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Fold
from revisit_policy.language.period import DECISION_DAY
from revisit_policy.language.scale import Scale
from revisit_policy.language.table import Line, Table
from revisit_policy.outcomes.signal import Signal
from revisit_policy.values.labels import Labelled
from revisit_policy.values.memory import Memory

#: The bytes that what the comparisons of a policy come to may take.
_BUDGET: Final = 2**18

#: What grows by one a day, laid out once: it is asked of every comparison.
_DAILY: Final = (DaysSince, GrownDaily)


def grows_daily(fact: Fact) -> bool:
    """Whether *fact* grows by one a day while nothing happens, so that its value tells since when a limit is passed."""
    return isinstance(fact.derived, _DAILY)


def measured_path(fact: Fact) -> str | None:
    """The field with the day that the figure *fact* is of; ``None`` if it carries none."""
    return fact.derived.as_of if isinstance(fact.derived, Measured) else MEASURED_ON.get(fact)


@attrs.frozen(eq=False)
class Saying:
    """A line of a table that says what is asked for.

    Args:
        condition: Its condition.
        alone: A condition that holds where no line that would have outranked it can have held since it began to.
        rule: The id of the rule that it is of.
        is_sole: Whether the rule says nothing else, so that it holds where the rule has fired.
        code: What it is about if it raises a signal: an event records since when.
    """

    condition: Condition
    alone: Condition
    rule: str
    is_sole: bool
    code: Labelled | None = None


def _memory() -> Memory[tuple[Saying, ...]]:
    return Memory(_BUDGET)


@attrs.frozen(eq=False)
class Sayings:
    """What the tables of one policy say, each comparison looked into once; it hangs on the policy's reader and goes with it.

    Args:
        tables: The tables, by id.
    """

    tables: Mapping[str, Table]
    _found: Memory[tuple[Saying, ...]] = attrs.field(factory=_memory, init=False)

    def of(self, comparison: Comparison) -> tuple[Saying, ...]:
        """The lines of the table whose outcome is compared of which one holds where *comparison* does, as `sayings`; empty if there is no such table."""
        table = self.tables.get(comparison.fact.table or "")
        if table is None:
            return ()
        found = self._found.find(comparison)
        return self._found.keep(comparison, sayings(comparison, table)) if found is None else found


def sayings(comparison: Comparison, table: Table) -> tuple[Saying, ...]:
    """The lines of *table* of which one holds where *comparison*, of its outcome, does.

    Returns:
        Empty if they do not tell since when: points are added up, nothing is compared but what is not said, or the comparison holds
        where no line does.
    """
    inside = _inside(comparison)
    otherwise = table.folding.otherwise
    fallen_back = otherwise if isinstance(otherwise, tuple) else () if otherwise is None else (otherwise,)
    if inside is None or table.fold is Fold.TOTAL or any(inside >> place & 1 for place in fallen_back):
        return ()
    return tuple(
        _saying(table, at, inside=inside)
        for at, line in enumerate(table.lines)
        if inside >> line.place & 1
    )


def _saying(table: Table, at: int, *, inside: int) -> Saying:
    line = table.lines[at]
    is_sole = not line.is_absence and sum(other.rule is line.rule for other in table.lines) == 1
    # the condition of the rule itself: since when it holds is asked of signals, too
    condition = line.rule.condition if is_sole else line.condition
    return Saying(condition, _alone(table, at, inside=inside), line.rule.id, is_sole, _code(table, line))


def _alone(table: Table, at: int, *, inside: int) -> Condition:
    outranking = [_never_before(other.condition) for other in _outranking(table, at, inside=inside)]
    return all_of(*outranking) if outranking else ALWAYS


def _code(table: Table, line: Line) -> Labelled | None:
    said = cast("Scale", table.outcomes).outcomes[line.place]
    return said.code if isinstance(said, Signal) else None


def _inside(comparison: Comparison) -> int | None:
    """The bits of the outcomes for which *comparison* holds; ``None`` if no single outcome makes it hold."""
    match comparison:
        case Includes(_, _, True) | OneOf():
            return comparison.inside
        case Compare(fact) if fact.table is not None and hasattr(fact.domain, "items"):
            return comparison.inside
        case _:
            return None


def _outranking(table: Table, at: int, *, inside: int) -> Iterator[Line]:
    """The lines that would have made the table say something else than the one at *at* does."""
    for place, line in enumerate(table.lines):
        is_above = place < at if table.fold is Fold.FIRST else line.place > table.lines[at].place
        if is_above and not inside >> line.place & 1 and table.fold in {Fold.FIRST, Fold.WORST, Fold.LEAST}:
            yield line


def _never_before(condition: Condition) -> Condition:
    """A condition that holds where *condition*, which does not hold, cannot have held a while ago either."""
    match condition:
        case All(parts):
            return any_of(*map(_never_before, parts))
        case AnyOf(parts):
            return all_of(*map(_never_before, parts))
        case Compare(fact, ">" | ">=") if grows_daily(fact) or fact == DECISION_DAY:
            return negated(condition)
        case _:
            return NEVER


def is_dated(condition: Condition, said: Sayings) -> bool:
    """Whether a case file tells since when *condition* holds, without an event, as far as its figures carry their days."""
    match condition:
        case All(parts):
            return any(is_dated(part, said) for part in parts)
        case AnyOf(parts):
            return all(is_dated(part, said) for part in parts)
        case Compare(fact, ">" | ">=") if grows_daily(fact):
            return True
        case _ if condition.fact.table is not None:
            found = said.of(condition)
            return bool(found) and all(is_dated(each.condition, said) and not _is_never(each.alone) for each in found)
        case _:
            return measured_path(condition.fact) is not None


def may_be_dated(condition: Condition, said: Sayings) -> bool:
    """Whether some case file tells since when *condition* holds; where none does nobody need look."""
    match condition:
        case All(parts) | AnyOf(parts):
            return any(may_be_dated(part, said) for part in parts)
        case Compare(fact, ">" | ">=") if grows_daily(fact):
            return True
        case _ if condition.fact.table is not None:
            return any(each.code is not None or may_be_dated(each.condition, said) for each in said.of(condition))
        case _:
            return measured_path(condition.fact) is not None


def dated_part(condition: Condition, said: Sayings) -> Condition:
    """What has to be looked at to tell since when *condition*, which may be dated, holds: of a conjunction the parts that may be."""
    if not isinstance(condition, All):
        return condition
    return all_of(*(dated_part(part, said) for part in condition.parts if may_be_dated(part, said)))


def _is_never(condition: Condition) -> bool:
    match condition:
        case All(parts):
            return any(map(_is_never, parts))
        case AnyOf(parts):
            return all(map(_is_never, parts))
        case _:
            return False


def has_figures(condition: Condition, said: Sayings) -> bool:
    """Whether *condition* rests on a figure that is taken on a day, such as a value or an income, or on an outcome that does."""
    match condition:
        case All(parts) | AnyOf(parts):
            return any(has_figures(part, said) for part in parts)
        case _ if condition.fact.table is not None:
            return any(is_dated(each.condition, said) for each in said.of(condition))
        case _:
            return measured_path(condition.fact) is not None
