"""Monday's list: the same loans as one candidate after the other, and numbers that add up."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import attrs
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.policy.small_policy import CASE
from tests.workload.strategies import candidates

from revisit_policy import Label, MethodNote, RevisitPolicy, Table, UnknownNameError, Vocabulary, frames
from revisit_policy.errors import InvalidInputError, InvalidValueError, RevisitPolicyError
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values import Date, OrderedLabelled
from revisit_policy.workload import Admission, AdmittedBecause, Candidate, LeftOutBecause, admit

POLICY = cn_housing.policy()
ON, UNTIL = Date(2027, 1, 1), Date(2027, 3, 31)
COLUMNS: frames.AgendaColumns = {"loan": "loan", "points": "points", "then": "then", "since": "since", "sampled": "sampled", "office": "office"}
TERMS: dict[str, Any] = {"on": ON, "until": UNTIL, "cooldown_months": 9, "longest_months": 36}


def _frame(book: list[Candidate], **more: Any) -> pl.DataFrame:
    """The candidates as rows; what is a must closes on the last day, what is none on the day after."""
    numbers = range(len(book))
    columns = {
        "loan": pl.Series([each.loan_no for each in book], dtype=pl.String),
        "points": pl.Series([each.points for each in book], dtype=pl.Int64),
        "then": pl.Series([each.then.numerator * 3 // each.then.denominator for each in book], dtype=pl.Int64),
        "since": pl.Series([each.since for each in book], dtype=pl.Date),
        "sampled": pl.Series([each.sampled for each in book], dtype=pl.Boolean),
        "next_closes": pl.Series([UNTIL if each.must else Date(2027, 4, 1) for each in book], dtype=pl.Date),
        "next_method": pl.Series([0 if each.by_data else 2 + 2 * (at % 2) for at, each in enumerate(book)], dtype=pl.Int16),
        "next_officers": pl.Series([1 + at % 2 for at in numbers], dtype=pl.Int16),
        "office": pl.Series([("north", "south", None)[at % 3] for at in numbers], dtype=pl.String),
    }
    return pl.DataFrame({**columns, **more})


def _said_of(single: Admission) -> dict[str, tuple[str, Date | None]]:
    return {
        **{each.candidate.loan_no: (each.because.value, None) for each in single.admitted},
        **{each.candidate.loan_no: (each.because.value, each.until) for each in single.left_out},
    }


@settings(max_examples=60)
@given(candidates(), st.fractions(0, 8, max_denominator=12), st.fractions(0, 1, max_denominator=5), st.sampled_from(["a", "b"]))
def test_columns_say_what_is_said_of_one_candidate_after_the_other(book: list[Candidate], capacity: Fraction, carried: Fraction, seed: str) -> None:
    single = admit(book, capacity=capacity, carried=carried, seed=seed, **TERMS)
    found = frames.agenda(POLICY, _frame(book), capacity=capacity, carried=carried, seed=seed, **TERMS, **COLUMNS)
    said = {number: (standing, day) for number, standing, day in found.frame.select("loan", "agenda", "agenda_until").iter_rows()}
    assert said == _said_of(single)
    assert (found.available, found.carried, found.overspent, found.visited) == (single.available, single.carried, single.overspent, len(single.admitted))


@pytest.mark.parametrize("seed", ["a", "b", "c"])
def test_equal_loans_are_told_apart_by_the_same_lot_whatever_the_order_of_the_rows(seed: str) -> None:
    book = [Candidate(f"L-{at}", points=5 + (at < 3), since="2026-01-01") for at in range(20)]
    single = admit(book, capacity=9, seed=seed, **TERMS)
    found, turned = (
        frames.agenda(POLICY, frame, capacity=9, seed=seed, **TERMS, **COLUMNS).frame.filter(pl.col("agenda") == "worst_first")["loan"]
        for frame in (_frame(book), _frame(book).reverse())
    )
    assert set(found) == set(turned) == set(single.loans)
    assert len(found) == 9


@settings(max_examples=10)
@given(candidates(), st.fractions(0, 4, max_denominator=6), st.fractions(0, 1, max_denominator=5))
def test_an_office_with_a_capacity_is_levelled_by_itself(book: list[Candidate], capacity: Fraction, carried: Fraction) -> None:
    frame = _frame(book)
    capacities: dict[str | None, Fraction | int | str] = {"north": capacity, "south": 2, None: 1, "west": "0.5"}
    found = frames.agenda(POLICY, frame, capacity=capacities, carried={"north": carried}, **TERMS, **COLUMNS)
    alone = {
        office: admit([each for each, of in zip(book, frame["office"], strict=True) if of == office], capacity=room,
                      carried=carried if office == "north" else 0, **TERMS)
        for office, room in capacities.items()
    }
    said = {number: (standing, day) for number, standing, day in found.frame.select("loan", "agenda", "agenda_until").iter_rows()}
    assert said == {number: of for one in alone.values() for number, of in _said_of(one).items()}
    assert [each.office for each in found.offices] == [None, "north", "south", "west"]
    for each in found.offices:
        one = alone[each.office]
        assert (each.hours.visits, each.available, each.carried, each.overspent) == (len(one.admitted), one.available, one.carried, one.overspent)
    assert (found.available, found.carried, found.overspent) == (
        sum(one.available for one in alone.values()), sum(one.carried for one in alone.values()), sum(one.overspent for one in alone.values())
    )


@pytest.mark.parametrize(
    ("method", "sampled", "since", "said"),
    [
        pytest.param("off_site", False, "2026-01-01", "by_data", id="a check of data takes nobody, however bad the loan"),
        pytest.param("phone", False, "2026-01-01", "must", id="a call has to be made"),
        pytest.param("off_site", True, "2026-01-01", "sampled", id="who is drawn is visited, whatever is due"),
        pytest.param("off_site", False, "2023-01-01", "longest_gap", id="so is who would exceed the longest gap"),
        pytest.param("off_site", False, None, "by_data", id="a missing day changes nothing"),
    ],
)
def test_people_spend_no_visit_on_a_check_of_data(method: str, sampled: bool, since: str | None, said: str) -> None:
    book = [Candidate("L-1", points=99, since="2026-01-01", must=True, sampled=sampled)]
    place = [each.value for each in POLICY.words.means].index(method)
    more = {"next_method": pl.Series([place], dtype=pl.Int16), "since": pl.Series([None if since is None else dt.date.fromisoformat(since)], dtype=pl.Date)}
    found = frames.agenda(POLICY, _frame(book, **more), capacity=3, **TERMS, **COLUMNS)
    assert found.frame["agenda"].to_list() == [said]
    assert found.hours.visits == (said != "by_data")


def test_what_one_office_leaves_no_other_gets_and_the_tables_say_it() -> None:
    book = [Candidate(f"L-{at}", points=at, since="2026-01-01") for at in range(6)]  # two of each office
    found = frames.agenda(POLICY, _frame(book), capacity={"north": 9, "south": 1, None: 0}, **TERMS, **COLUMNS)
    assert found.frame.filter(pl.col("agenda") == "worst_first")["loan"].to_list() == ["L-0", "L-3", "L-4"]
    assert "| north | 9.0 | 2 | 0 |" in found.text()
    assert "| 机构 | 名额 | 回访 | 超出名额 |" in found.text("zh")


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"capacity": {"north": 1, "sout": 1, None: 1}}, "did you mean `sout`"),
        ({"capacity": {"north": 1, "south": 1}}, "unknown office"),
        ({"capacity": {"north": 1.5, "south": 1, None: 1}}, "north.capacity"),
        ({"capacity": {}}, "capacity"),
        ({"capacity": {"north": 1, "south": 1, None: 1}, "carried": "0.5"}, "carried.*by office"),
        ({"capacity": {"north": 1, "south": 1, None: 1}, "carried": {"nort": 1}}, "did you mean `north`"),
    ],
    ids=["no such office", "loans of no office", "a float", "no office at all", "carried over to the whole book", "carried over to no office"],
)
def test_a_malformed_capacity_by_office_is_refused_by_name(more: dict[str, Any], named: str) -> None:
    with pytest.raises(RevisitPolicyError, match=named):
        frames.agenda(POLICY, _frame(BOOK), **{**TERMS, **COLUMNS, **more})


def test_a_capacity_by_office_needs_the_column_of_the_office() -> None:
    with pytest.raises(InvalidValueError, match="office"):
        frames.agenda(POLICY, _frame(BOOK), capacity={"north": 1}, **TERMS, loan="loan", points="points", since="since")


BOOK = [Candidate(f"L-{at}", points=at, since=Date(2026, 1, 1 + at), must=at == 1, sampled=at == 2) for at in range(9)]


def test_the_numbers_of_an_agenda_add_up_over_offices_and_methods() -> None:
    words = Vocabulary(methods=[MethodNote(note.method, hours=Fraction(at, 2), officers=note.officers) for at, note in enumerate(POLICY.words.methods)])
    found = frames.agenda(attrs.evolve(POLICY, vocabulary=words), _frame(BOOK), capacity=5, **TERMS, **COLUMNS)
    assert sum(loans for _, loans in found.standings) == len(BOOK)
    assert dict(found.standings)[AdmittedBecause.SAMPLED] == 1
    visits = [(each.office, each.hours.visits) for each in found.offices]
    assert visits == [(None, 2), ("north", 1), ("south", 2)]
    assert sum(number for _, number in visits) == found.hours.visits == found.visited == 5
    assert sum((each.hours.hours for each in found.offices), start=Fraction(0)) == found.hours.hours > 0
    assert {of.method.value: (of.visits, of.officers) for of in found.hours.by_method if of.visits} == {"phone": (3, 3), "on_site": (2, 4)}


def test_an_empty_book_has_an_agenda_of_nobody() -> None:
    found = frames.agenda(POLICY, _frame([]), capacity=5, **TERMS, **COLUMNS)
    assert (found.visited, len(found.offices), found.hours.visits, found.carried) == (0, 0, 0, Fraction(1))


def test_a_loan_that_cannot_be_compared_is_left_out_and_named_so_unless_it_must_be_visited() -> None:
    frame = _frame(BOOK).with_columns(points=pl.lit(None, dtype=pl.Int64), since=pl.lit(None, dtype=pl.Date))
    found = frames.agenda(POLICY, frame, capacity=5, **TERMS, **COLUMNS)
    assert {standing: loans for standing, loans in found.standings if loans} == {
        AdmittedBecause.MUST: 1, AdmittedBecause.SAMPLED: 1, LeftOutBecause.UNKNOWN: 7
    }


def test_a_missing_second_fact_counts_as_the_worst() -> None:
    frame = _frame([attrs.evolve(each, points=1, must=False, sampled=False) for each in BOOK], then=pl.Series([1] * 4 + [None] + [2] * 4))
    found = frames.agenda(POLICY, frame, capacity=1, **TERMS, **COLUMNS).frame
    assert found.filter(pl.col("agenda") == "worst_first")["loan"].to_list() == ["L-4"]


def test_left_out_the_gap_is_counted_from_the_last_visit_or_the_disbursement_and_the_draw_is_the_register() -> None:
    days = pl.Series([Date(2026, 12, 1), None, None, None], dtype=pl.Date)
    frame = _frame([Candidate(f"L-{at}", points=1, since="2020-01-01") for at in range(4)]).with_columns(
        pl.Series("visits.first", days), pl.Series("visits.by.phone", [None, Date(2026, 11, 1), None, None], dtype=pl.Date),
        pl.Series("loan.disbursed_on", [Date(2020, 1, 1)] * 4), pl.Series("loan.drawn_for_visit", [False, False, None, True]),
    )
    found = frames.agenda(POLICY, frame, capacity=5, **TERMS, loan="loan", points="points")
    assert [str(day) for day in found.frame["agenda_until"]] == ["2027-09-01", "2027-08-01", "None", "None"]
    assert found.frame["agenda"].to_list() == ["cooling_down", "cooling_down", "longest_gap", "sampled"]


def test_it_is_told_in_both_languages() -> None:
    found = frames.agenda(POLICY, _frame(BOOK), capacity=5, **TERMS, **COLUMNS)
    assert "| drawn by lot | 1 |" in found.text()
    assert "| 抽样抽中 | 1 |" in found.text("zh")
    assert "| south | visit on site | 2 | 4 | ? |" in found.text()
    assert found.to_svg("zh").startswith("<svg ")
    assert found._repr_html_().count("<table>") == 2


def test_a_lazy_frame_is_collected_and_an_agenda_of_an_agenda_refused() -> None:
    found = frames.agenda(POLICY, _frame(BOOK).lazy(), capacity=5, **TERMS, **COLUMNS)
    with pytest.raises(InvalidInputError, match="agenda"):
        frames.agenda(POLICY, found.frame, capacity=5, **TERMS, **COLUMNS)


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"capacity": 2.5}, "capacity"),
        ({"cooldown_months": 40}, "cooldown_months"),
        ({"points": "then "}, "points"),
        ({"points": "office"}, "frame.office"),
        ({"then": "ltv"}, "frame.ltv"),
        ({"rank": "points"}, "columns"),
    ],
    ids=["a float capacity", "a cool-down longer than the longest gap", "a padded name", "points of text", "no such column", "no such part"],
)
def test_what_is_malformed_is_refused_by_name(more: dict[str, Any], named: str) -> None:
    with pytest.raises((InvalidInputError, InvalidValueError), match=named):
        frames.agenda(POLICY, _frame(BOOK), **{**TERMS, "capacity": 5, **COLUMNS, **more})


def test_a_loan_without_a_number_or_there_twice_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="L-3"):
        frames.agenda(POLICY, _frame([*BOOK, BOOK[3]]), capacity=5, **TERMS, **COLUMNS)
    with pytest.raises(InvalidInputError, match="loan"):
        frames.agenda(POLICY, _frame(BOOK).with_columns(loan=pl.lit(None, dtype=pl.String)), capacity=5, **TERMS, **COLUMNS)


class Means(OrderedLabelled):
    """The methods of a bank that has words of its own."""

    SYSTEM = "system", "系统核查", "looked up in systems"
    BRANCH = "branch", "网点面谈", "seen at the branch"


@pytest.mark.parametrize(("by_data", "said"), [(Means.SYSTEM, "by_data"), ("system", "by_data"), (None, "must")], ids=["a member", "its code", "left out"])
def test_a_bank_says_which_of_its_own_methods_takes_nobody(by_data: Means | str | None, said: str) -> None:
    notes = [MethodNote(each, hours=1) for each in Means]
    means = Table("method", outcomes=Means, fold="worst", otherwise=Means.SYSTEM, rules=(), label=Label("方式", "method"))
    own = RevisitPolicy("own", version="1", label=Label("本行", "own"), vocabulary=Vocabulary(methods=notes), tables=(POLICY.grade.table, means))
    frame = _frame(BOOK[1:2], next_method=pl.Series([0], dtype=pl.Int16), next_closes=pl.Series([UNTIL], dtype=pl.Date))
    found = frames.agenda(own, frame, capacity=3, by_data=by_data, **TERMS, **COLUMNS)
    assert found.frame["agenda"].to_list() == [said]
    with pytest.raises(UnknownNameError, match="did you mean `system`"):
        frames.agenda(own, frame, capacity=3, by_data="sytem", **TERMS, **COLUMNS)


def test_a_frame_of_pandas_has_the_same_agenda_and_comes_back_as_one() -> None:
    frame = _frame(BOOK, own=pl.Series(list(range(len(BOOK))), dtype=pl.Object))
    of_polars, of_pandas = (
        frames.agenda(POLICY, each, capacity=5, **TERMS, **COLUMNS) for each in (frame, frame.to_pandas().set_index(pd.Index(range(9, 18))))
    )
    told = of_pandas.frame
    assert isinstance(told, pd.DataFrame)
    assert (list(told.index), list(told.columns)) == (list(range(9, 18)), of_polars.frame.columns)
    assert told["agenda"].to_list() == of_polars.frame["agenda"].to_list()
    assert [None if day is pd.NaT else day.date() for day in told["agenda_until"]] == of_polars.frame["agenda_until"].to_list()
    assert (of_pandas.standings, of_pandas.hours, of_pandas.carried) == (of_polars.standings, of_polars.hours, of_polars.carried)


def test_a_book_that_pandas_has_decided_has_the_agenda_of_polars() -> None:
    cases = [attrs.evolve(CASE, loan=attrs.evolve(CASE.loan, loan_no=f"L-{at}", days_past_due=late)) for at, late in enumerate((0, 45, 200))]
    said = []
    for engine in ("polars", "pandas"):
        decided = frames.decide(POLICY, frames.from_cases(cases, engine=engine), on="2026-06-01", visits=True)
        said.append(list(frames.agenda(POLICY, decided, on="2026-06-01", until="2026-06-05", capacity=1, cooldown_months=1).frame["agenda"]))
    assert said[0] == said[1]


def test_another_engine_is_refused_in_one_line() -> None:
    with pytest.raises(InvalidValueError, match="a polars frame, or one of pandas"):
        frames.agenda(POLICY, _frame(BOOK).to_arrow(), capacity=5, **TERMS, **COLUMNS)
    with pytest.raises(InvalidValueError, match="policy"):
        frames.agenda(POLICY.graph, _frame(BOOK), capacity=5, **TERMS, **COLUMNS)  # type: ignore[arg-type] # a bare graph
