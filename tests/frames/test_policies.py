"""Policies and rulebooks over frames: every row as the single decision has it, edition by edition."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

import attrs
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.frames.books import DENOMINATORS, ON, as_columns, rows, with_said
from tests.frames.engines import ENGINES, cells
from tests.language.loan_facts import rule, table
from tests.policy.small_policy import CASE, case_with, small_policy, small_rulebook

from revisit_policy import CaseFile, Decision, DecisionGraph, InvalidInputError, Rulebook, Signal, facts, frames
from revisit_policy.casefile.fields import TYPED_RATIOS
from revisit_policy.language.fold import Status
from revisit_policy.language.table import Table
from revisit_policy.rulebooks import cn_housing

BOOK: Final = small_rulebook()


def single(book: Rulebook, case: CaseFile | InvalidInputError, on: str) -> Decision | None:
    if isinstance(case, InvalidInputError):
        return None
    try:
        return book.decide(case, on=on)
    except InvalidInputError:
        return None


def _mask(table: Table, outcomes: tuple[Any, ...]) -> int:
    return table.outcomes.mask(outcomes)  # type: ignore[union-attr] # a scale


def handed_out(book: Rulebook, decision: Decision) -> dict[str, Any]:
    """The columns of one decision, the traces apart."""
    edition = book.edition(str(decision.edition))
    tables = edition.policy.case_graph.by_id
    said, order = decision.assessment, tuple(Status)
    found: dict[str, Any] = {"edition": book.editions.index(edition), "policy_digest": decision.digest[:12]}
    found |= {"grade": decision.grade.severity, "grade_at_worst": decision.grade_at_worst.severity, "level": decision.level.severity}
    found |= {"origination": _mask(tables["origination"], decision.origination)}
    found |= {"signals": _mask(tables["signals"], tuple(Signal(s.code, level=s.level) for s in decision.signals))}
    found |= {"triggers": _mask(tables["triggers"], tuple(reason.outcome for reason in said.triggers))}
    found |= {"measures": _mask(tables["measures"], tuple(measure.measure for measure in decision.measures))}
    found |= {"interval_months": decision.interval_months, "first_window": tables["first_window"].outcomes.place(said.first_window.outcome)}  # type: ignore[union-attr]
    found |= {"revaluation_is_due": said.revaluation.outcome.value == "due"}
    for name in ("grade", "difficulty", "level", "origination", "signals", "triggers", "measures", "interval", "first_window", "revaluation"):
        found[f"{name}_status"] = order.index(decision.verdicts[name].status)
    return found


def assert_agreement(book: Rulebook, engine: str, data: st.DataObject) -> None:
    """Every row of a made-up book is decided as the single decision decides it."""
    loans = [with_said(row) for row in data.draw(st.lists(rows(book), min_size=1, max_size=30))]
    on = data.draw(st.sampled_from(ON))
    frame = ENGINES[engine](as_columns([row for row, _ in loans]))
    found = cells(frames.decide(book, frame, on=on, trace="text", denominators=DENOMINATORS))
    for at, (_, case) in enumerate(loans):
        decision = single(book, case, on)
        if decision is None:
            assert found["grade"][at] is None
            continue
        assert found["bad_input"][at] == 0
        wanted = handed_out(book, decision)
        assert {name: found[name][at] for name in wanted} == wanted
        for name in ("fired", "undecided"):  # in the order of the latest edition, whichever the row is under
            said = sorted(rule for verdict in decision.verdicts.values() for rule in getattr(verdict, name))
            assert sorted(found[name][at].split(",")) == (said or [""])


@pytest.mark.parametrize("engine", ENGINES)
@given(st.data())
@settings(max_examples=3)
def test_every_row_is_decided_under_its_edition_as_the_single_decision_decides_it(engine: str, data: st.DataObject) -> None:
    assert_agreement(BOOK, engine, data)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
@given(st.data())
@settings(max_examples=2)
def test_the_shipped_rulebook_decides_every_row_as_the_single_decision_does(engine: str, data: st.DataObject) -> None:
    assert_agreement(cn_housing.rulebook, engine, data)


def test_a_refused_row_says_which_field_is_at_fault() -> None:
    frame = frames.from_cases([CASE, case_with(disbursed_on="2026-06-02", reviewed_on=None, valued_on=None, visits=())])
    result = frames.label(BOOK, frames.decide(BOOK, frame, on="2026-06-01"))
    assert result["bad_input"].to_list() == ["", "loan.disbursed_on"]
    assert result["edition"].to_list() == ["NEW", None]


@pytest.mark.parametrize("visits", [False, True], ids=["decide", "with visits"])
def test_the_first_column_of_bad_input_alone_tells_a_refused_row(visits: bool) -> None:
    frame = frames.from_cases([CASE, CASE]).with_columns(pl.Series("loan.disbursed_on", [None, CASE.loan.disbursed_on], dtype=pl.Date))
    decided = frames.decide(cn_housing.rulebook, frame, on="2026-06-01", visits=visits)
    assert [bad != 0 for bad in decided["bad_input"]] == [True, False]
    words = frames.label(cn_housing.rulebook, decided)
    assert (words["bad_input"].to_list(), words["bad_input_2"].to_list()) == (["…", ""], ["loan.disbursed_on", ""])


@pytest.mark.parametrize("on", ["2024-06-01", "2026-06-01"])
def test_a_pandas_column_of_days_without_any_day_makes_bad_rows_under_every_edition(on: str) -> None:
    frame = frames.from_cases([CASE], engine="pandas")
    frame["loan.disbursed_on"] = pd.Series([None], dtype=object)
    decided = frames.label(cn_housing.rulebook, frames.decide(cn_housing.rulebook, frame, on=on))
    assert "loan.disbursed_on" in decided["bad_input_2"][0]


def test_a_day_before_the_first_edition_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="on or after 2010-01-01"):
        frames.decide(BOOK, frames.from_cases([CASE]), on="2009-12-31")


def test_a_policy_decides_without_editions() -> None:
    policy = small_policy()
    result = frames.label(policy, frames.decide(policy, frames.from_cases([CASE]), on="2026-06-01"))
    assert result["edition"].to_list() == ["small"]
    assert result["grade"].to_list() == ["pass"]


@pytest.mark.parametrize(("on", "edition"), [("2023-06-30", "OLD"), ("2024-06-30", "OLD"), ("2025-12-31", "OLD"), ("2026-01-01", "NEW")])
def test_an_old_loan_is_under_the_edition_of_the_day_where_no_column_says_that_it_was_classified_anew(on: str, edition: str) -> None:
    case = case_with(disbursed_on="2022-05-10", reviewed_on=None, valued_on=None, visits=())
    frame = frames.from_cases([case]).drop("loan.reclassified_on")
    result = frames.label(BOOK, frames.decide(BOOK, frame, on=on, without=["loan.reclassified_on"]))
    assert result["edition"].to_list() == [edition]
    assert BOOK.edition_for(case, on).id == edition


TYPED: Final = (facts.annual_rate, facts.price_change_12m, facts.price_volatility)
READS_RATIOS: Final = table(*(rule(fact.name.replace("_", "-"), fact >= "0.5", "b") for fact in TYPED))


@pytest.mark.parametrize(("path", "bounds"), TYPED_RATIOS.items())
def test_a_ratio_beyond_what_can_be_meant_is_refused_in_a_frame_as_in_a_case_file(path: str, bounds: tuple[int, int]) -> None:
    denominator = DENOMINATORS[path]
    ends = [end * denominator for end in bounds]
    given_ = [ends[0] - 1, ends[0], ends[1], ends[1] + 1, 42_000]
    frame = frames.from_cases([CASE] * len(given_)).with_columns(pl.Series(path, given_, pl.Int64))
    decided = frames.decide(DecisionGraph((READS_RATIOS,)), frame, on="2026-11-24", denominators={path: denominator})
    assert [bad != 0 for bad in decided["bad_input"]] == [True, False, False, True, True]
    part: Any = {"loan": CASE.loan, "market": CASE.market}[path.split(".", maxsplit=1)[0]]
    for value in given_:
        sound = ends[0] <= value <= ends[1]
        change = {path.split(".")[1]: Fraction(value, denominator)}
        if sound:
            attrs.evolve(part, **change)
        else:
            with pytest.raises(InvalidInputError, match="1 being a hundred per cent"):
                attrs.evolve(part, **change)
