"""Rule coverage in words: a block a table, a line a rule, and a line for every limit that was not met on all sides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from revisit_policy.speech.english import counted
from revisit_policy.testing.coverage.table_coverage import OTHERWISE, TableCoverage
from revisit_policy.values.markup.markdown import row
from revisit_policy.values.markup.strip import Cell, strips

if TYPE_CHECKING:
    from revisit_policy.testing.coverage.covering import RuleCoverage

HEAD = ("rule", "fired", "decided", "undecided")


def coverage_text(coverage: RuleCoverage) -> str:
    """*coverage* as plain text, table by table."""
    return "\n".join(line for table in coverage.tables for line in _table_lines(table))


def coverage_markdown(coverage: RuleCoverage) -> str:
    """*coverage* as Markdown: the share of each table, then a list of what nothing tested."""
    lines = ["| table | fold | rules | decided | limits | sides met | tested |", "|---|---|---|---|---|---|---|"]
    for table in coverage.tables:
        sides = sum(len(limit.sides) for limit in table.limits)
        met = sides - sum(len(limit.unmet) for limit in table.limits)
        cells = (f"`{table.id}`", table.fold, len(table.rules), len(table.decided), len(table.limits), f"{met} of {sides}", f"{_percent(table)} %")
        lines.append(row(map(str, cells)))
    gaps = [line for table in coverage.tables for line in _gaps(table)]
    return "\n".join([*lines, "", *(gaps or ["Nothing is left untested."])]) + "\n"


def coverage_drawn(coverage: RuleCoverage) -> str:
    """*coverage* as strips of cells."""
    title = "rules: dark decided some case, pale fired and decided none, empty never fired; dots are the sides of their limits, full where a case lay"
    rows = [(f"{table.id}: {_percent(table)} %", [_cell(table, rule) for rule in table.rules]) for table in coverage.tables]
    return strips(rows, title=title)


def _cell(table: TableCoverage, rule: str) -> Cell:
    look, how = ("solid", "decided") if rule in table.decided else ("pale", "fired") if rule in table.fired else ("bare", "never fired")
    limits = [limit for limit in table.limits if limit.rule == rule]
    sides = dict.fromkeys(side for limit in limits for side in limit.sides)
    unmet = [f"{limit.text}: no case {', '.join(limit.unmet)}" for limit in limits if limit.unmet]
    dots = tuple(all(side in limit.met for limit in limits if side in limit.sides) for side in sides)
    return Cell("; ".join([f"{rule}: {how}", *unmet]), look=look, dots=dots)


def uncounted_text(uncounted: Mapping[tuple[str, str], int]) -> Iterator[str]:
    """The decisions that were not counted in lines, by test; nothing if there are none."""
    total = sum(uncounted.values())
    if total:
        what = "1 decision on a lazy frame" if total == 1 else f"{total} decisions on lazy frames"
        yield f"not counted: {what}, because nothing is run to count"
        for (test, engine), number in sorted(uncounted.items()):
            yield f"  {test}: {number} on {engine}{', never collected' if engine == 'polars' else ''}"


def _gaps(table: TableCoverage) -> Iterator[str]:
    for rule in table.rules:
        if rule not in table.decided:
            yield f"* `{rule}` of `{table.id}` {'fires, but decides nothing' if rule in table.fired else 'never fires'}."
    for limit in table.limits:
        if limit.unmet:
            yield f"* `{limit.text}` in `{limit.rule}`: no case {' or '.join(limit.unmet)} the limit."


def _percent(table: TableCoverage) -> int:
    return 100 * table.tested // table.testable if table.testable else 100


def _table_lines(table: TableCoverage) -> Iterator[str]:
    rules = [rule for rule in table.rules if rule != OTHERWISE]
    default = " and otherwise" if len(rules) < len(table.rules) else ""
    limits = f", {counted(str(len(table.limits)), 'limits')}" if table.limits else ""
    yield f"{table.id} ({table.fold}): {_percent(table)} % of {counted(str(len(rules)), 'rules')}{default}{limits}"
    width = max(len(rule) for rule in (*table.rules, HEAD[0]))
    yield _row(HEAD, width)
    for rule in table.rules:
        is_default = rule == OTHERWISE and default
        fired = rule in (table.decided if is_default else table.fired)
        yield _row((rule, *map(_yes, (fired, rule in table.decided, rule in table.undecided))), width)
        for limit in table.limits:
            if limit.rule == rule and limit.unmet:
                yield f"    {limit.text}: no case {', '.join(limit.unmet)}"


def _yes(value: bool) -> str:  # noqa: FBT001 - the value itself
    return "yes" if value else "-"


def _row(cells: tuple[str, ...], width: int) -> str:
    rule, fired, decided, undecided = cells
    return f"  {rule:<{width}}  {fired:<5}  {decided:<7}  {undecided}".rstrip()
