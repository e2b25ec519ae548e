"""Graphs of tables: what leads to one of them, and what they may be asked with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import MappingProxyType, SimpleNamespace
from typing import Any

import pytest
from tests.language.loan_facts import HOUSE, WHY, days, job, ltv, rule, table

from revisit_policy import DecisionGraph, Fact, Table
from revisit_policy.language.derivation import Field
from revisit_policy.language.extraction.extraction import Extraction
from revisit_policy.language.snapshot import Snapshot, snapshot_of
from revisit_policy.values.dates import Date


def reading(name: str, *earlier: Table) -> Table:
    """The table of this *name*, with a rule for each of the *earlier* ones."""
    return table(*(rule(f"{name}-{other.id}", other.outcome.is_in("b"), "b") for other in earlier), name=name)


PLAIN = table(rule("late", days > 30, "b"))
GRAPH = DecisionGraph((PLAIN,))

LETTER, NUMBER, ALONE, OUTSIDE = (table(name=name) for name in ("letter", "number", "alone", "outside"))
PAIR = reading("pair", LETTER, NUMBER)
TRIPLE = reading("triple", PAIR, LETTER, OUTSIDE)
LAST = reading("last", TRIPLE, PAIR)
WHOLE = DecisionGraph((LAST, ALONE, TRIPLE, NUMBER, PAIR, LETTER), given=("outside",))

# a table, and the tables that it rests on, itself among them
LEADING: list[tuple[str, str, set[str]]] = [
    ("a table that reads none", "letter", {"letter"}),
    ("a table that none reads", "alone", {"alone"}),
    ("a table that reads two", "pair", {"letter", "number", "pair"}),
    ("a table that reads one twice over and one that is given", "triple", {"letter", "number", "pair", "triple"}),
    ("the last of all", "last", {"letter", "number", "pair", "triple", "last"}),
]


@pytest.mark.parametrize(("table_id", "kept"), [pytest.param(*row, id=sentence) for sentence, *row in LEADING])
def test_what_leads_to_a_table_is_it_and_all_that_it_rests_on_in_their_order(table_id: str, kept: set[str]) -> None:
    leading = WHOLE.leading_to(table_id)
    assert leading.tables == tuple(table for table in WHOLE.tables if table.id in kept)
    assert {table.id for table in leading.tables} == kept
    assert leading.given == ("outside",)


def test_what_leads_to_a_table_says_of_it_what_the_whole_says() -> None:
    late = reading("final", PLAIN)
    whole = DecisionGraph((table(rule("dear", ltv > "0.8", "c"), name="other"), PLAIN, late))
    for overdue in (None, 30, 31):
        assert whole.leading_to("final").verdicts(days=overdue)["final"].candidates == whole.verdicts(days=overdue)["final"].candidates


class HouseSnapshot(Snapshot):
    """A snapshot of the bank's own."""


# a snapshot of 31 days past due, as graphs other than the one that is asked may have made it
SNAPSHOTS: list[tuple[str, Snapshot]] = [
    ("of the very facts", Snapshot(GRAPH.facts, (31,))),
    ("of equal facts", Snapshot((Fact(days.name, days.domain, label=days.label, unit=days.unit),), (31,))),
    ("of the bank's own kind", HouseSnapshot(GRAPH.facts, (31,))),
    ("of the bank's own kind and of equal facts", HouseSnapshot((days,), (31,))),
    ("from a case file", GRAPH.extraction.snapshot(None, on="2026-01-31", supplied={"days": 31})),
]


@pytest.mark.parametrize("snapshot", [pytest.param(snapshot, id=sentence) for sentence, snapshot in SNAPSHOTS])
def test_a_snapshot_of_the_facts_of_a_graph_is_read_whoever_made_it(snapshot: Snapshot) -> None:
    assert GRAPH.read(snapshot)["t"].outcome == "b"
    assert GRAPH.rulings(snapshot)["t"].candidates == ("b",)


@pytest.mark.parametrize("supplied", [{"days": 31}, MappingProxyType({"days": 31})], ids=["a dict", "another mapping"])
def test_what_is_supplied_may_come_in_any_mapping(supplied: Any) -> None:
    assert GRAPH.decide(None, on="2026-01-31", supplied=supplied)["t"].outcome == "b"
    assert snapshot_of(GRAPH.facts, supplied)["days"] == 31


@pytest.mark.parametrize("supplied", [None, {}, MappingProxyType({})], ids=["nothing said", "an empty dict", "another empty mapping"])
def test_where_nothing_is_supplied_what_is_asked_for_is_unknown(supplied: Any) -> None:
    assert GRAPH.decide(None, on="2026-01-31", supplied=supplied)["t"].candidates == ("a", "b")


STAND_IN = days.assume(31, because=HOUSE)
IDLE = ltv.assume("0.7", because=HOUSE)

SEVERAL: list[tuple[str, Callable[[], Iterable[Any]]]] = [
    ("a tuple", lambda: (IDLE, STAND_IN)),
    ("a list", lambda: [IDLE, STAND_IN]),
    ("one after the other", lambda: (part for part in (IDLE, STAND_IN))),
]


@pytest.mark.parametrize("several", [pytest.param(several, id=sentence) for sentence, several in SEVERAL])
def test_stand_ins_may_come_in_whatever_has_items(several: Callable[[], Any]) -> None:
    for verdicts in (GRAPH.verdicts(assuming=several()), GRAPH.decide(None, on="2026-01-31", assuming=several())):
        assert verdicts["t"].outcome == "b"
        assert verdicts.facts.assumed == (STAND_IN,)


def test_an_empty_list_of_stand_ins_stands_in_for_nothing() -> None:
    none: Any = []
    assert GRAPH.decide(None, on="2026-01-31", assuming=none).facts == GRAPH.decide(None, on="2026-01-31").facts


def test_verdicts_have_the_tables_of_their_graph_and_nothing_that_is_no_name() -> None:
    verdicts = GRAPH.verdicts(days=31)
    for name, is_in in (("t", True), ("u", False), (5, False), (None, False), (["t"], False)):
        assert (name in verdicts) is is_in


def test_a_path_ends_where_a_step_of_it_is_not_there_and_the_fact_is_unknown() -> None:
    due = Extraction((Fact.count("due", low=0, high=9, label=WHY, derived=Field("loan.plan.due")),))
    for loan in (None, SimpleNamespace(plan=None), SimpleNamespace(plan=SimpleNamespace(due=None))):
        assert due.snapshot(SimpleNamespace(loan=loan), on=Date(2026, 1, 31), supplied={})["due"] is None
    known = SimpleNamespace(loan=SimpleNamespace(plan=SimpleNamespace(due=3)))
    assert due.snapshot(known, on=Date(2026, 1, 31), supplied={})["due"] == 3


def test_a_rule_is_found_by_its_id_among_several() -> None:
    rules = (rule("early", days > 1, "b"), rule("late", days > 30, "c"), rule("idle", job.is_in("none"), "b"))
    assert [table(*rules).rule(name) for name in ("late", "early", "idle")] == [rules[1], rules[0], rules[2]]
