"""Facts made from columns as the single decision makes them from a case file: every derivation, at its limits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.frames.engines import ENGINES, Columns, cells
from tests.frames.expectations import expected
from tests.language.loan_facts import rule

from revisit_policy import DecisionGraph, Fact, Fold, InvalidInputError, Label, Table, Verdicts, cny, frames
from revisit_policy.casefile.holding import Holding
from revisit_policy.language.condition import Condition
from revisit_policy.language.derivation import (
    CountOf,
    DaysFromTo,
    DaysSince,
    Derivation,
    Field,
    Greatest,
    GrownDaily,
    Latest,
    Least,
    MonthsBegun,
    MonthsElapsed,
    MonthsUntil,
    Quotient,
    RelativeChange,
    Terms,
)
from revisit_policy.values.dates import add_months, to_date
from revisit_policy.values.money import Money

NAME: Final = Label("事实", "a fact")


def count(name: str, derived: Derivation, *, low: int = -40_000, high: int = 40_000) -> Fact:
    return Fact.count(name, low=low, high=high, label=NAME, derived=derived)


def ratio(name: str, derived: Derivation) -> Fact:
    return Fact.ratio(name, low="-1", high="3", label=NAME, derived=derived)


ltv: Final = ratio("ltv", Quotient(Terms(("loan.balance",)), Terms(("collateral.value",)), under_zero="3"))
service: Final = ratio("service", Quotient(Terms(("loan.instalment", "loan.fee")), Terms(("loan.income",), ("loan.fee",))))
change: Final = ratio("change", RelativeChange(now="loan.income", before="loan.income_before"))
days: Final = count("days", DaysSince(Field("loan.valued_on")), low=0)
between: Final = count("between", DaysFromTo(Field("loan.valued_on"), Field("loan.matures_on")))
days_to_go: Final = count("days_to_go", DaysFromTo(Field("loan.late_as_of"), Field("loan.matures_on")), low=0, high=100_000)
elapsed: Final = count("elapsed", MonthsElapsed(Field("loan.valued_on")))
begun: Final = count("begun", MonthsBegun(Field("loan.valued_on")))
until: Final = count("until", MonthsUntil(Field("loan.matures_on")), low=-20, high=400)
far: Final = count("far", MonthsElapsed(Field("loan.matures_on")), low=-10**6, high=10**6)
most: Final = count("most", Greatest(("loan.missed", "loan.delays")), low=0, high=10)
least: Final = count("least", Least(("loan.missed", "loan.delays")), low=0, high=10)
late: Final = count("late", GrownDaily("loan.late", "loan.late_as_of", "loan.unpaid_since"), low=0, high=800)
visited_on: Final = Fact.day("visited_on", label=NAME, derived=Latest("visits", "on"))
since_visit: Final = count("since_visit", MonthsBegun(Latest("visits", "on")), low=0)
visits: Final = count("visits", CountOf("visits", "on", months=12), low=0, high=3)
rate: Final = Fact.ratio("rate", low="0", high="1", label=NAME, derived=Field("loan.rate"))
balance: Final = Fact.money("balance", low=cny(0), high=cny(3_000), label=NAME, derived=Field("loan.balance"))
home: Final = Fact.choice("home", ("completed_home", "new_home"), label=NAME, derived=Field("collateral.home"))


def conditions() -> Iterator[Condition]:
    for fact, limits in (
        (ltv, ("0.70", "1/3", "0")),
        (service, ("0.50", "0.55")),
        (change, ("-0.30", "-1/3", "0")),
        (days, (0, 365, 366)),
        (between, (0, 1, 366, -1)),
        (days_to_go, (0, 37, 38)),
        (elapsed, (0, 1, 12, -3)),
        (begun, (0, 1, 12, -3)),
        (until, (0, 12, 360)),
        (far, (500_000, -500_000)),
        (most, (2, 3)),
        (least, (2, 3)),
        (late, (0, 5, 365, 366)),
        (visited_on, ("2025-02-28",)),
        (since_visit, (6, 12)),
        (visits, (0, 1)),
        (rate, ("0.0335", "1/7")),
        (balance, (cny("700.00"),)),
    ):
        for limit in limits:
            yield from (fact > limit, fact >= limit, fact < limit, fact <= limit)
    yield from (home.is_in("new_home"), home.is_missing(), ltv.is_missing(), since_visit.is_missing(), until.is_missing(), between.is_missing())


WAYS: Final = tuple(conditions())
GRAPH: Final = DecisionGraph([
    Table(
        "ways",
        outcomes=tuple(f"w{at}" for at in range(len(WAYS))),
        fold=Fold.EVERY,
        rules=[rule(f"way-{at}", way, f"w{at}") for at, way in enumerate(WAYS)],
        label=NAME,
    )
])

FEN: Final = (None, 0, 1, 23_333, 33_333, 69_999, 70_000, 70_001, 100_000, 300_000, 300_001, 10**11, 10**11 + 1, 2**53)
DAYS: Final = (
    None, "1899-12-31", "2020-02-29", "2024-01-31", "2024-02-28", "2024-02-29", "2024-03-01", "2024-03-31", "2025-01-30", "2025-01-31", "2025-02-27",
    "2025-02-28", "2025-03-01", "2026-02-28", "2027-03-01", "2055-02-28", "2055-03-01", "2199-12-31", "2058-07-01",
)  # fmt: skip
CELLS: Final[dict[str, tuple[Holding, tuple[Any, ...]]]] = {
    "loan.balance": (Holding.AMOUNT, FEN),
    "collateral.value": (Holding.AMOUNT, FEN),
    "loan.instalment": (Holding.AMOUNT, FEN),
    "loan.fee": (Holding.AMOUNT, (None, 0, 1, 5_000)),
    "loan.income": (Holding.AMOUNT, FEN),
    "loan.income_before": (Holding.AMOUNT, FEN),
    "loan.valued_on": (Holding.DAY, DAYS),
    "loan.matures_on": (Holding.DAY, DAYS),
    "loan.missed": (Holding.COUNT, (None, 0, 2, 3, 10, 11)),
    "loan.delays": (Holding.COUNT, (None, 0, 2, 3, 10, -1)),
    "loan.late": (Holding.COUNT, (None, 0, 1, 5, 366, 801, -1)),
    "loan.late_as_of": (Holding.DAY, DAYS),
    "loan.unpaid_since": (Holding.DAY, (None, *DAYS)),
    "visited_on": (Holding.DAY, (None, "2024-02-28", "2024-02-29", "2024-08-28", "2025-02-28", "2025-06-30")),
    "loan.rate": (Holding.RATIO, (None, 0, 33_499, 33_500, 33_501, 142_857, 142_858, 10**6, 10**6 + 1, -1)),
    "collateral.home": (Holding.CODE, (None, "completed_home", "new_home", "New_Home")),
}
ON: Final = ("2024-02-29", "2025-02-28", "2025-03-31", "2025-12-31")


def _day(text: str | None) -> Any:
    return None if text is None else to_date(text)


def case(row: dict[str, Any]) -> Any:
    """The row as an object with fields."""
    loan, collateral = SimpleNamespace(), SimpleNamespace()
    for path, value in row.items():
        owner, _, field = path.rpartition(".")
        kept: Any = value
        match CELLS[path][0]:
            case Holding.AMOUNT if value is not None:
                kept = Money(value, "CNY")
            case Holding.DAY:
                kept = _day(value)
            case Holding.RATIO if value is not None:
                kept = f"{value}/1000000" if value >= 0 else f"-{-value}/1000000"
        if owner:
            setattr({"loan": loan, "collateral": collateral}[owner], field, kept)
    visits = () if row["visited_on"] is None else (SimpleNamespace(on=_day(row["visited_on"])), SimpleNamespace(on=_day("2023-01-01")))
    return SimpleNamespace(loan=loan, collateral=collateral, visits=visits)


def single(row: dict[str, Any], on: str) -> Verdicts | InvalidInputError:
    try:
        return GRAPH.decide(case(row), on=on)
    except InvalidInputError as error:
        return error


def summaries(row: dict[str, Any], on: str) -> dict[str, Any]:
    """What a row says of its visits: the count of the last twelve months, and the latest day for every fact that counts from it."""
    counted = sum(to_date(on) <= add_months(visit.on, 12) for visit in case(row).visits)
    return {"visits": counted, "since_visit_day": row["visited_on"]}


def as_columns(book: list[dict[str, Any]], on: str) -> Columns:
    def day(value: Any) -> Any:
        return None if value is None else dt.date.fromisoformat(value)

    rows = [row | summaries(row, on) for row in book]
    holds = {path: holding for path, (holding, _) in CELLS.items()} | {"visits": Holding.COUNT, "since_visit_day": Holding.DAY}
    return {
        path: (holding, [day(row[path]) if holding is Holding.DAY else row[path] for row in rows]) for path, holding in holds.items()
    }


@pytest.mark.parametrize("engine", ENGINES)
@given(st.data())
@settings(max_examples=5)
def test_facts_are_made_from_columns_as_from_a_case_file(engine: str, data: st.DataObject) -> None:
    row = st.fixed_dictionaries({path: st.sampled_from(values) for path, (_, values) in CELLS.items()})
    book = data.draw(st.lists(row, min_size=1, max_size=60))
    on = data.draw(st.sampled_from(ON))
    frame = ENGINES[engine](as_columns(book, on))
    found = cells(frames.decide(GRAPH, frame, on=on, trace="text", denominators={"loan.rate": 10**6}))
    wanted = expected(GRAPH, [single(one, on) for one in book])
    assert found["bad_input"] == wanted["bad_input"]
    assert found["fired"] == wanted["fired"]
    assert found["undecided"] == wanted["undecided"]
