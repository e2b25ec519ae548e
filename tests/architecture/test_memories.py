"""Every cache of the rooms that decide stands on this list, with its bound and whose it is: none grows for ever.

What is remembered for a policy stands in `Memory`, bounded in bytes, on the policy's reader (``tests/policy/test_memory_with_an_owner.py``).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import revisit_policy

PACKAGE: Final = Path(revisit_policy.__file__).parent

ARITHMETIC: Final = "the process: days and texts, which say nothing of a policy or a loan"
KINDS: Final = "the process: an entry a class, an expression or a scale"
CALENDAR: Final = "a calendar as plans ask it, and goes with it"
READER: Final = "the reader of a policy, and goes with it"
FRAMES: Final = "the process: what is planned for a frame, by policy and layout; the last few"

#: Module and what is cached: at most how many entries (``None`` where as many as there are kinds), and whose they are.
CACHES: Final = {
    ("values/day_table.py", "from_ordinal"): ("8192", ARITHMETIC),
    ("values/validation.py", "to_text"): ("2 ** 10", ARITHMETIC),
    ("values/validation.py", "_values_of"): (None, KINDS),
    ("speech/phrase.py", "slots_of"): ("2 ** 10", KINDS),
    ("speech/phrase.py", "check_slots"): ("2 ** 10", KINDS),
    ("policy/canonical.py", "_plain"): (None, KINDS),
    ("policy/canonical.py", "_names"): (None, KINDS),
    ("policy/canonical.py", "_later"): (None, KINDS),
    ("decision/seats/handing_out.py", "_louder"): ("2 ** 6", KINDS),
    ("decision/question.py", "_on_a_day"): ("64", ARITHMETIC),
    ("decision/question.py", "add_months"): ("64", ARITHMETIC),
    ("planning/last_visits.py", "_as_good_as"): ("2 ** 6", KINDS),
    ("planning/raw_bounds.py", "shared"): ("256", ARITHMETIC),
    ("planning/plan_calendar.py", "from_ordinal"): ("2 ** 12", ARITHMETIC),
    ("planning/plan_calendar.py", "add_months"): ("2 ** 12", ARITHMETIC),
    ("planning/plan_calendar.py", "forward"): ("2 ** 12", CALENDAR),
    ("planning/plan_calendar.py", "back"): ("2 ** 12", CALENDAR),
    ("planning/plan_calendar.py", "working_from"): ("2 ** 12", CALENDAR),
    ("planning/plan_calendar.py", "after"): ("2 ** 12", CALENDAR),
    ("planning/plan_calendar.py", "each_after"): ("2 ** 12", CALENDAR),
    ("planning/plan_calendar.py", "_token_of"): ("64", CALENDAR),
    ("planning/plan_memory.py", "_asked"): ("_CALENDARS", READER),
    ("frames/columns/schema.py", "schema_of"): ("_MEMORY", FRAMES),
    ("frames/columns/schema.py", "checked_besides"): ("_MEMORY", FRAMES),
    ("frames/engines/sql_text.py", "_list"): ("_MEMORY", FRAMES),
    ("frames/outputs/answers.py", "_decided"): ("64", FRAMES),
    ("frames/columns/phase.py", "_limits"): ("_MEMORY", FRAMES),
    ("frames/plan.py", "plan_of"): ("_MEMORY", FRAMES),
    ("frames/checks/case_checks.py", "_past"): ("64", FRAMES),
    ("casefile/rows/word_columns.py", "columns_in"): ("64", FRAMES),
    ("language/domains/amounts.py", "_in_currency"): ("64", ARITHMETIC),
    ("frames/subject.py", "_subject_of"): ("64", FRAMES),
    **{
        ("frames/visits/days/plan_days.py", name): ("_MEMORY", FRAMES)
        for name in ("_forward", "_back", "_after", "_settled_after")
    },
    ("frames/visits/days/answered_days.py", "_answered"): ("_MEMORY", FRAMES),
    ("frames/visits/days/result_days.py", "working_day_numbers"): ("_MEMORY", FRAMES),
}
MAKERS: Final = {"lru_cache", "cache"}
#: What a decision passes through, alone or in columns.
ROOMS: Final = ("speech", "values", "language", "outcomes", "casefile", "planning", "decision", "policy", "frames")


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _bound(node: ast.expr) -> str | None:
    """The bound that stands in a call of a maker; ``None`` if there is none."""
    return next((ast.unparse(word.value) for word in node.keywords if word.arg == "maxsize"), None) if isinstance(node, ast.Call) else None


def _caches(tree: ast.Module) -> Iterator[tuple[str, str | None]]:
    """What is cached in a module, as a decorator or by a call, and the bound; a maker with a name of its own counts by that."""
    named = {node.targets[0].id: node.value for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)}
    makers = {name: value for name, value in named.items() if isinstance(value, ast.Call) and _name(value.func) in MAKERS}

    def bound_of(made_by: ast.expr) -> tuple[bool, str | None]:
        own = makers.get(_name(made_by))
        called = made_by.func if isinstance(made_by, ast.Call) else made_by
        return own is not None or _name(called) in MAKERS, _bound(own or made_by)

    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            for is_cache, bound in map(bound_of, node.decorator_list):
                if is_cache:
                    yield node.name, bound
        elif isinstance(node, ast.Call) and node.args:
            is_cache, bound = bound_of(node.func)
            if is_cache:
                yield _name(node.args[0]), bound


def test_every_cache_stands_on_the_list_with_its_bound_and_its_owner() -> None:
    found = {
        (file.relative_to(PACKAGE).as_posix(), name): bound
        for room in ROOMS
        for file in (PACKAGE / room).rglob("*.py")
        for name, bound in _caches(ast.parse(file.read_text(encoding="utf-8")))
    }
    assert found == {place: bound for place, (bound, _) in CACHES.items()}


def test_what_has_no_bound_is_kept_by_class() -> None:
    assert {owner for bound, owner in CACHES.values() if bound is None} == {KINDS}


def test_no_cache_of_the_process_in_the_rooms_that_decide_holds_a_table_or_a_policy() -> None:
    deciding = {place: owner for place, (_, owner) in CACHES.items() if place[0].split("/", maxsplit=1)[0] in {"planning", "decision", "language", "policy"}}
    assert set(deciding.values()) <= {ARITHMETIC, KINDS, CALENDAR, READER}
