"""Results that are awaited, in columns: each row has what `result_of` says of its case file, and reminders of a frame are those of decisions."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import polars as pl
import pytest

from revisit_policy import BorrowerProfile, CaseFile, Determination, Loan, RevisitPolicyError, Visit, cny, contact, frames
from revisit_policy.contact import RemindedOf
from revisit_policy.outcomes import ResultDay
from revisit_policy.outcomes.results.stage_state import StageState
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values import Date

BOOK = cn_housing.rulebook
ON = Date(2026, 11, 24)
NAMES = (
    "awaited_kind", "awaited_visited_on", "awaited_step", "awaited_expected", "awaited_latest", "awaited_state", "awaited_unread",
)  # fmt: skip
LOAN = Loan(
    "L-1", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000), annual_rate="0.0335", repayment="level_payment",
    disbursed_on="2024-03-15", term_months=360, days_past_due=45, arrears_as_of="2026-11-23",
)  # fmt: skip
CASE = CaseFile(loan=LOAN, borrower=BorrowerProfile("B-1"))


def visited(kind: str, on: str, *, method: str = "phone", finding: str = "satisfactory", **days: Any) -> Visit:
    return Visit(kind=kind, method=method, completed_on=on, finding=finding, **days)


def with_visits(*visits: Visit, **fields: Any) -> CaseFile:
    return attrs.evolve(CASE, visits=visits, **fields)


CASES = {
    "nobody has called": CASE,
    "a call that nobody has reported": with_visits(visited("periodic", "2026-11-16")),
    "a call of yesterday": with_visits(visited("periodic", "2026-11-23")),
    "reported and not determined": with_visits(visited("periodic", "2026-11-16", reported_on="2026-11-17")),
    "determined and not decided": with_visits(
        visited("periodic", "2026-11-16", reported_on="2026-11-17"), determination=Determination("special_mention", on="2026-11-18", role="approver")
    ),
    "told": with_visits(visited("periodic", "2026-11-16", reported_on="2026-11-17", told_on="2026-11-20")),
    "told tomorrow": with_visits(visited("periodic", "2026-11-16", reported_on="2026-11-17", told_on="2026-11-25")),
    "an attempt": with_visits(visited("periodic", "2026-11-16", finding="not_reached")),
    "two that are open, the earlier one first": with_visits(visited("first", "2026-11-09", method="on_site"), visited("triggered", "2026-11-20")),
    "two that are open, of one of which no row says how it was made": with_visits(
        visited("first", "2026-11-09"), visited("triggered", "2026-11-20", method="on_site")
    ),
    "what was before one that was told is closed": with_visits(visited("first", "2026-10-12"), visited("periodic", "2026-11-09", told_on="2026-11-13")),
    "one journey for two purposes": with_visits(
        visited("first", "2026-11-18", method="on_site"), visited("periodic", "2026-11-18", method="on_site", reported_on="2026-11-19")
    ),
    "a valuation alone": with_visits(visited("revaluation", "2026-11-18", method="on_site")),
}
HIDDEN = "two that are open, of one of which no row says how it was made"
LOANS = [attrs.evolve(case, loan=attrs.evolve(LOAN, loan_no=f"L-{at}")) for at, case in enumerate(CASES.values())]


def wanted(case: CaseFile, on: Date = ON) -> dict[str, Any]:
    """The columns as the single decision has them."""
    found = [(visit, stage) for visit in case.untold_visits(on) if (stage := BOOK.result_of(visit, case, on=on).awaited) is not None]
    if not found:
        return dict.fromkeys(NAMES)
    visit, stage = min(found, key=lambda each: each[1].latest)
    assert stage.state is not None
    said = (visit.kind.label("en"), visit.completed_on, stage.day.label("en"), stage.expected, stage.latest, stage.state.label("en"), None)
    return dict(zip(NAMES, said, strict=True))


def unsaid() -> dict[str, Any]:
    """By which method the first visit was made is in no cell; the second one is told as if the first had been told."""
    told_of = with_visits(visited("first", "2026-11-09", told_on="2026-11-10"), visited("triggered", "2026-11-20", method="on_site"))
    return wanted(told_of) | {"awaited_unread": "visits.first"}


def cells(frame: Any) -> list[dict[str, Any]]:
    """The awaited results of any engine as rows of plain values."""
    plain = frame if isinstance(frame, pl.DataFrame) else pl.from_pandas(frame) if type(frame).__module__.startswith("pandas") else pl.from_arrow(frame)
    assert isinstance(plain, pl.DataFrame)
    days = [pl.col(name).cast(pl.Date) for name in NAMES if name.endswith(("_on", "_expected", "_latest"))]
    return plain.with_columns(days).select(NAMES).rows(named=True)


@pytest.mark.parametrize("engine", ["polars", "pandas", "pyarrow"])
def test_each_row_has_the_result_that_the_single_decision_tells_of_its_visits(engine: str) -> None:
    book = frames.from_cases(LOANS, engine=engine)
    found = frames.label(BOOK, frames.results(BOOK, book, on=ON))
    assert type(found) is type(book)
    expected = {name: wanted(case) for name, case in zip(CASES, LOANS, strict=True)} | {HIDDEN: unsaid()}
    assert dict(zip(CASES, cells(found), strict=True)) == expected


@pytest.mark.parametrize(
    ("name", "kind", "step", "state"),
    [
        ("a call that nobody has reported", "periodic", ResultDay.PRELIMINARY, StageState.AT_RISK),
        ("reported and not determined", "periodic", ResultDay.DETERMINED, StageState.LATE),
        ("two that are open, the earlier one first", "first", ResultDay.PRELIMINARY, StageState.LATE),
        ("one journey for two purposes", "periodic", ResultDay.DETERMINED, StageState.LATE),
    ],
    ids=["at risk", "late", "the earlier of two", "one journey"],
)
def test_a_result_is_told_by_its_visit_its_step_and_how_it_stands(name: str, kind: str, step: ResultDay, state: StageState) -> None:
    found = wanted(CASES[name])
    assert found["awaited_kind"].startswith(kind)
    assert found["awaited_step"] == step.label("en")
    assert found["awaited_state"] == state.label("en")


def test_what_is_told_or_was_no_visit_to_the_borrower_awaits_nothing() -> None:
    for name in ("nobody has called", "told", "an attempt", "what was before one that was told is closed", "a valuation alone"):
        assert wanted(CASES[name]) == dict.fromkeys(NAMES), name
    assert wanted(CASES["told tomorrow"])["awaited_step"] is not None


def test_a_made_up_book_awaits_what_its_rows_can_say_and_its_reminders_are_those_of_decisions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "docs" / "examples" / "revisits"))
    made_up, reported = (importlib.import_module(name) for name in ("made_up_book", "reported"))
    cases = [*(reported.with_reports(case, on=ON) for case in made_up.made_up_book(120, on=ON)), *LOANS]
    decided = frames.results(BOOK, frames.next_visits(BOOK, frames.from_cases(cases), on=ON), on=ON)
    found = cells(frames.label(BOOK, decided))
    said = [(case, row) for case, row in zip(cases, found, strict=True) if row["awaited_unread"] is None]
    assert [row for _, row in said] == [wanted(case) for case, _ in said]
    assert len(said) > len(cases) * 0.9
    rows = frames.reminders(BOOK, decided.filter(pl.col("awaited_unread").is_null()), ON).filter(pl.col("of") == "result").drop("of")
    awaited = {case.loan.loan_no: [BOOK.result_of(visit, case, on=ON) for visit in case.untold_visits(ON)] for case, _ in said}
    first: dict[str, tuple[Any, ...]] = {}
    for each in sorted(contact.reminders([], ON, results=awaited), key=lambda reminder: reminder.by):
        assert each.of is RemindedOf.RESULT
        first.setdefault(each.loan_no, (each.what.value, each.urgency.value, each.by, each.days))
    assert {number: tuple(told) for number, *told in rows.iter_rows()} == first
    assert {told[1] for told in first.values()} >= {"late", "escalated"}


def test_a_lazy_frame_stays_lazy_and_other_names_and_a_prefix_are_kept() -> None:
    book = frames.from_cases(LOANS).rename({"visits.periodic.told_on": "told"})
    found = frames.results(BOOK, book.lazy(), on=ON, prefix="r_", columns={"visits.periodic.told_on": "told"})
    assert isinstance(found, pl.LazyFrame)
    assert found.collect().columns == [*book.columns, *(f"r_{name}" for name in NAMES)]
    assert found.collect()["r_awaited_latest"].to_list() == frames.results(BOOK, frames.from_cases(LOANS), on=ON)["awaited_latest"].to_list()


def test_what_nobody_records_is_said_to_be_missing_and_then_nothing_was_told() -> None:
    book = frames.from_cases([CASES["told"]]).drop(path for path in frames.from_cases([CASES["told"]]).columns if path.endswith(("reported_on", "told_on")))
    with pytest.raises(RevisitPolicyError, match=r"frame\.visits\.first\.reported_on` must be a column of days; where nobody records them name it"):
        frames.results(BOOK, book, on=ON)
    without = [path for kind in ("first", "periodic", "triggered") for path in (f"visits.{kind}.reported_on", f"visits.{kind}.told_on")]
    found = frames.label(BOOK, frames.results(BOOK, book, on=ON, without=without))
    assert found["awaited_step"].to_list() == [ResultDay.PRELIMINARY.label("en")]


@pytest.mark.parametrize(
    ("path", "day", "kept"),
    [
        ("visits.periodic.reported_on", dt.date(2026, 11, 10), "visits.periodic.reported_on"),
        ("visits.triggered.told_on", dt.date(2026, 11, 20), "visits.triggered.told_on"),
        ("loan.balance", -1, "balance"),
    ],
    ids=["reported before it was made", "told of a visit that was not made", "a case file that is none"],
)
def test_a_row_that_cannot_be_read_says_so_beside_the_others(path: str, day: Any, kept: str) -> None:
    book = frames.from_cases([CASES["reported and not determined"]] * 2)
    spoilt = book.with_columns(pl.Series(path, [None if path.startswith("visits.t") else book[path][0], day], dtype=book[path].dtype))
    found = frames.results(BOOK, spoilt, on=ON)
    assert found["awaited_unread"].to_list()[0] is None
    assert kept in found["awaited_unread"].to_list()[1]
    assert found["awaited_latest"].to_list()[1] is None


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "another engine": (lambda: frames.results(BOOK, _duckdb(), on=ON), "a frame of polars, pandas or pyarrow: results are worked out row by row"),
    "no policy": (lambda: frames.results(1, frames.from_cases(LOANS), on=ON), "`policy` must be a RevisitPolicy or a Rulebook"),  # type: ignore[arg-type]
    "a day that is none": (lambda: frames.results(BOOK, frames.from_cases(LOANS), on="soon"), "`on` must be"),
    "asked twice": (lambda: frames.results(BOOK, frames.results(BOOK, frames.from_cases(LOANS), on=ON), on=ON), "free for what the decision adds"),
    "words for days": (
        lambda: frames.results(BOOK, frames.from_cases(LOANS).with_columns(pl.lit(True).alias("visits.periodic.told_on")), on=ON),
        "frame.visits.periodic.told_on",
    ),
}


def _duckdb() -> Any:
    duckdb = pytest.importorskip("duckdb")
    return duckdb.from_arrow(frames.from_cases(LOANS, engine="pyarrow"))


@pytest.mark.parametrize(("asked", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_meant_is_refused_by_name(asked: Callable[[], object], message: str) -> None:
    with pytest.raises(RevisitPolicyError) as caught:
        asked()
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
