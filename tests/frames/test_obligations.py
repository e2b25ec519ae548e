"""Obligations in columns: the next visit of every row is that of the single decision, and what columns do not plan is refused."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.frames.test_next_visits import assert_next_visits
from tests.frames.visit_policies import POLICIES
from tests.policy.obligations import obligations
from tests.policy.small_policy import CASE, rule, small_policy, small_rulebook, table

from revisit_policy import Every, Obligation, RevisitPolicy, Rulebook, VisitKind, Within, facts, frames, unordered
from revisit_policy.language.condition import ALWAYS


def _said(policy: RevisitPolicy) -> RevisitPolicy:
    return attrs.evolve(policy, tables=(*policy.tables, obligations({each.id: each for each in policy.tables}, policy.conventions)))


def _half_said() -> Rulebook:
    """A rulebook of which only the later edition has obligations."""
    book = small_rulebook()
    old, new = book.editions
    return attrs.evolve(book, editions=(old, attrs.evolve(new, policy=_said(new.policy))))


BOOKS = {name: _said(book) for name, book in POLICIES.items() if isinstance(book, RevisitPolicy)} | {"one edition of two": _half_said()}


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)
@given(st.data())
@settings(max_examples=3)
def test_every_row_has_the_next_visit_of_the_single_decision(book: RevisitPolicy | Rulebook, engine: str, data: st.DataObject) -> None:
    assert_next_visits(book, engine, data)


@pytest.mark.parametrize(
    "owed",
    [
        Obligation(VisitKind.PERIODIC, Every(days=(20, 35)), since=facts.disbursed_on),
        Obligation(VisitKind.TRIGGERED, Within(days=36)),
        Obligation(VisitKind.PERIODIC, Every(months=3)),
    ],
    ids=["days", "a condition of its own", "no day"],
)
def test_a_usual_kind_at_another_time_is_planned_too(owed: Obligation) -> None:
    own = attrs.evolve(small_policy(), tables=(*small_policy().tables, table("obligations", unordered((owed,)), "every", rule("owed", ALWAYS, owed))))
    visit = own.decide(CASE, on="2026-06-01").schedule.next
    assert visit is not None
    planned = frames.label(own, frames.next_visits(own, frames.from_cases([CASE]), on="2026-06-01"))
    assert (planned["next_kind"][0], planned["next_closes"][0]) == (visit.kind.label("en"), visit.window.closes)
