"""Obligations of any kind in columns: the next visit and the next duty at a desk of every row are those of the single decision."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any, Final

import attrs
import duckdb
import polars as pl
import pytest
from tests.frames.engines import cells
from tests.frames.obligation_policies import Work, agreed, random_case, random_policy
from tests.frames.test_next_visits import NAMES, wanted
from tests.policy.small_policy import CASE, LATE, SEIZED, rule

from revisit_policy import CaseFile, Event, Fact, InvalidPolicyError, Label, Obligation, RevisitPolicy, Rulebook, Visit, Within, facts, frames
from revisit_policy.language import Field
from revisit_policy.outcomes.obligations.timing import Every

ON: Final = (dt.date(2026, 6, 1), dt.date(2026, 2, 14), dt.date(2025, 1, 26), dt.date(2024, 2, 29))


def assert_planned(policy: RevisitPolicy | Rulebook, cases: list[CaseFile], on: dt.date, *, engine: str) -> dict[str, list[Any]]:
    """Every row has what the single decision plans of its case file, cell for cell; what it has comes back."""
    book = frames.from_cases(cases, vocabulary=policy.words, own=policy.own_facts)
    given = book if engine == "polars" else duckdb.from_arrow(book.to_arrow())
    found = cells(frames.label(policy, frames.next_visits(policy, given, on=on, duties=True)))
    there = [name for name in NAMES if name in found]
    for at, case in enumerate(cases):
        said = wanted(policy, case, str(on))
        assert {name: _told(name, found[name][at]) for name in there} == {name: _told(name, said[name]) for name in there}
    return found


def _told(name: str, cell: Any) -> Any:
    """A set of words in whatever order they stand."""
    if isinstance(cell, str) and name in {"undated", "duties_late", "measures_late"}:
        return set(cell.split(", ")) - {""}
    return cell


def _cases(policy: RevisitPolicy, random: Random, on: dt.date, *, count: int) -> list[CaseFile]:
    known = {fact.name.removeprefix("own.") for fact in policy.own_facts}
    made = (random_case(random, on) for _ in range(count))
    return [attrs.evolve(case, own={name: day for name, day in case.own.items() if name in known}) for case in made]


@pytest.mark.parametrize(("seed", "engine"), [*((seed, "polars") for seed in range(6)), (2, "duckdb"), (17, "duckdb")])
def test_whatever_another_bank_owes_is_planned_as_the_single_decision_does(seed: int, engine: str) -> None:
    policy, random = random_policy(seed), Random(seed)  # noqa: S311 - made-up loans
    assert_planned(policy, _cases(policy, random, ON[seed % len(ON)], count=40), ON[seed % len(ON)], engine=engine)


def test_a_duty_at_a_desk_stands_beside_the_next_visit_and_moves_none() -> None:
    """The columns tell what the table says, the first deadline first, and a visit on site meets none of it."""
    policy = agreed(Obligation(Work.DATA, Within(days=30), since=facts.disbursed_on), Obligation(Work.SEEN, Every(months=1), since=facts.disbursed_on))
    new = attrs.evolve(CASE, loan=attrs.evolve(CASE.loan, disbursed_on="2026-05-20"), visits=())
    old = attrs.evolve(CASE, loan=attrs.evolve(CASE.loan, disbursed_on="2026-04-01"), visits=())
    done = attrs.evolve(old, visits=[Visit(kind=Work.DATA, method="phone", completed_on="2026-04-20", finding="satisfactory")])
    found = assert_planned(policy, [new, old, done], dt.date(2026, 6, 1), engine="polars")
    assert found["next_duty"] == ["check of data", "check of data", None]
    assert found["next_duty_closes"] == [dt.date(2026, 6, 18), dt.date(2026, 6, 1), None]
    assert found["next_duty_missed_on"] == [None, dt.date(2026, 4, 30), None]
    assert found["duties_late"] == ["", "check of data", ""]
    assert found["next_kind"] == ["visit on site"] * 3


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_dated_deadline_does_not_move_because_a_day_passed(engine: str) -> None:
    """Asked on days before it, on it and after it a row has one deadline, a visit's and a desk's; after it has passed it is what was missed."""
    policy = agreed(Obligation(Work.DATA, Within(working_days=8), since=LATE), Obligation(Work.CHECKED, Within(working_days=5), since=SEIZED))
    loan = attrs.evolve(CASE.loan, days_past_due=10, arrears_as_of="2026-05-11")
    case = attrs.evolve(CASE, loan=loan, collateral=attrs.evolve(CASE.collateral, seized=True), events=[Event("seizure", since="2026-05-09")], visits=())
    book = frames.from_cases([case], vocabulary=policy.words)
    deadlines = set()
    for day in (11, 13, 14, 15, 18, 29):
        given: Any = book if engine == "polars" else duckdb.from_arrow(book.to_arrow())
        ((opens, missed, closes, duty_missed, duty_closes, undated),) = pl.DataFrame(
            cells(frames.next_visits(policy, given, on=dt.date(2026, 5, day), duties=True))
        ).select("next_opens", "next_missed_on", "next_closes", "next_duty_missed_on", "next_duty_closes", "undated").rows()
        deadlines.add((opens, missed or closes, duty_missed or duty_closes, undated))
    assert deadlines == {(dt.date(2026, 5, 9), dt.date(2026, 5, 15), dt.date(2026, 5, 14), 0)}


SEVERAL: Final = Obligation(Work.SEEN, Every(months=3), since=SEIZED)
NOWHERE: Final = Obligation(Work.SEEN, Within(days=3), since=Fact.day("granted", label=Label("批准日", "granted"), derived=Field("loan.granted_on")))


@pytest.mark.parametrize("owed", [SEVERAL, NOWHERE], ids=["the first of several reasons", "a day in no column"])
def test_what_counts_from_a_day_in_no_column_is_refused_by_its_name(owed: Obligation) -> None:
    policy = agreed(owed)
    signals = policy.graph.by_id["signals"]
    twice = attrs.evolve(signals, rules=(*signals.rules, rule("seized-too", facts.project_stalled.is_true(), SEIZED)))
    policy = attrs.evolve(policy, tables=tuple(twice if each.id == "signals" else each for each in policy.tables))
    book = frames.from_cases([attrs.evolve(CASE, visits=())], vocabulary=policy.words)
    with pytest.raises(InvalidPolicyError, match="columns plan no") as refused:
        frames.next_visits(policy, book, on="2026-06-01")
    assert owed.label("en") in str(refused.value)
    assert len(frames.decide(policy, book, on="2026-06-01")) == 1
