"""A bank's own facts stand in the case file, and every reader of it takes them."""

from __future__ import annotations

import datetime as dt
import pickle
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.frames.engines import cells
from tests.policy.small_policy import CASE, SEIZED, case_with, rule, small_policy

from revisit_policy import CaseFile, InvalidInputError, InvalidPolicyError, Label, Refusal, Rulebook, UnknownNameError, analysis, cny, frames, records, testing
from revisit_policy.casefile import own_fact
from revisit_policy.language import DaysFromTo, DaysSince, Field, GrownDaily, Measured
from revisit_policy.language.domains.amounts import Amounts
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.counts import Counts
from revisit_policy.language.domains.days import Days
from revisit_policy.language.domains.flags import Flags
from revisit_policy.language.domains.ratios import Ratios
from revisit_policy.policy import Edition
from revisit_policy.testing.strategies.own_values import own_value, own_values
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Labelled

ON = Date(2026, 6, 15)
LABEL = Label("自有事实", "an own fact")
UNINSURED = own_fact("days_uninsured", Counts(-5000, 5000), Label("脱保天数", "days without insurance"), derived=DaysSince(Field("own.insured_until")))
ROOMS = own_fact("rooms", Counts(0, 20), LABEL)
LET = own_fact("is_let", Flags(), LABEL)
QUALITY = own_fact("quality", Choices(("good", "bad")), LABEL)
CHECKED = own_fact("checked_on", Days(), LABEL)
SHARE = own_fact("share_let", Ratios("0", "1"), LABEL)
CONDITION = (
    (UNINSURED > 0) | (ROOMS > 9) | (LET.is_true() & (SHARE >= "0.5")) | QUALITY.is_in("bad") | (CHECKED < "2020-01-01")
)
POLICY = small_policy().replacing(rule("signal-seized", CONDITION, SEIZED))
TOLD: dict[str, tuple[dict[str, Any], bool]] = {
    "insured until yesterday": ({"insured_until": "2026-06-14"}, True),
    "insured until today": ({"insured_until": "2026-06-15", "rooms": 3, "is_let": False, "quality": "good", "checked_on": "2025-01-01"}, False),
    "many rooms": ({"rooms": 10}, True),
    "let for half": ({"is_let": True, "share_let": Decimal("0.50")}, True),
    "let for less": ({"is_let": True, "share_let": "0.49", "quality": "good"}, False),
    "in a bad state": ({"quality": "bad"}, True),
    "not looked at for years": ({"checked_on": dt.date(2019, 12, 31)}, True),
    "nothing known": ({"rooms": None}, False),
    "nothing told": ({}, False),
}


def case_of(own: dict[str, Any]) -> CaseFile:
    return attrs.evolve(CASE, own=own)


def is_raised(decision: Any) -> bool:
    return SEIZED.code in {signal.code for signal in decision.signals}


@pytest.mark.parametrize(("own", "raised"), TOLD.values(), ids=TOLD)
def test_own_facts_are_read_from_the_case_file_or_as_supplied(own: dict[str, Any], raised: bool) -> None:
    assert is_raised(POLICY.decide(case_of(own), on=ON)) is raised
    assert is_raised(POLICY.decide(CASE, on=ON, supplied=own)) is raised
    (one,) = POLICY.iter_decide([case_of(own)], on=ON)
    assert is_raised(one) is raised


def test_what_is_supplied_for_one_question_wins_over_the_file_and_leaves_it_as_it_is() -> None:
    case = case_of({"rooms": 10})
    decision = POLICY.decide(case, on=ON, supplied={"rooms": 2, "quality": "good"})
    assert not is_raised(decision)
    assert decision.case is case


@pytest.mark.parametrize("engine", ["polars", "lazy", "duckdb"])
def test_columns_of_own_facts_say_what_the_case_file_says(engine: str) -> None:
    cases = [case_of(own) for own, _ in TOLD.values()]
    book = frames.from_cases(cases)
    assert book.schema["own.insured_until"] == pl.Date
    frame: Any = {"polars": book, "lazy": book.lazy(), "duckdb": duckdb.from_arrow(book.to_arrow())}[engine]
    found = cells(frames.label(POLICY, frames.decide(POLICY, frame, on=ON)))
    decided = [POLICY.decide(case, on=ON) for case in cases]
    assert found["bad_input"] == [""] * len(cases)
    assert [SEIZED.code.label("en") in text for text in found["signals"]] == [is_raised(decision) for decision in decided]


DTYPES: dict[str, Any] = {
    "insured_until": pl.Date, "checked_on": pl.Date, "rooms": pl.Int64, "is_let": pl.Boolean, "share_let": pl.Decimal(38, 11), "quality": pl.String,
}  # fmt: skip


def _cell(name: str, value: Any) -> Any:
    if value is None or name not in {"insured_until", "checked_on", "share_let"}:
        return value
    return Decimal(Fraction(value).numerator) / Fraction(value).denominator if name == "share_let" else dt.date.fromisoformat(value)


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@given(drawn=st.lists(own_values(POLICY, on=ON), min_size=1, max_size=8))
@settings(max_examples=5)
def test_readers_agree_on_own_facts_that_are_drawn(engine: str, drawn: list[dict[str, Any]]) -> None:
    columns = {f"own.{name}": pl.Series([_cell(name, own.get(name)) for own in drawn], dtype=dtype) for name, dtype in DTYPES.items()}
    book = frames.from_cases([CASE] * len(drawn)).with_columns(**columns)
    frame: Any = book if engine == "polars" else duckdb.from_arrow(book.to_arrow())
    found = cells(frames.label(POLICY, frames.decide(POLICY, frame, on=ON)))["signals"]
    assert [SEIZED.code.label("en") in text for text in found] == [is_raised(POLICY.decide(case_of(own), on=ON)) for own in drawn]


def test_rows_come_back_with_their_own_facts() -> None:
    cases = [case_of(own) for own, _ in TOLD.values()]
    names = sorted({name for case in cases for name in case.own})
    for case, back in zip(cases, frames.to_cases(frames.from_cases(cases)), strict=True):
        assert isinstance(back, CaseFile)
        assert [str(back.own[name]) in {str(case.own.get(name)), f"{case.own.get(name)}000000000"} for name in names] == [True] * len(names)
        assert is_raised(POLICY.decide(back, on=ON)) is is_raised(POLICY.decide(case, on=ON))


def test_a_row_may_have_own_columns_that_nobody_reads() -> None:
    row = frames.from_cases([case_of({"rooms": 10, "colour": "blue"})]).row(0, named=True)
    assert is_raised(frames.explain(POLICY, row, on=ON))
    assert dict(frames.to_case(row).own) == {"rooms": 10, "colour": "blue"}


def test_a_name_that_no_policy_knows_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match=r"unknown own fact `insured_til`, did you mean `insured_until`\?"):
        POLICY.decide(case_of({"insured_til": "2026-06-14"}), on=ON)
    (refused,) = POLICY.iter_decide([case_of({"romes": 3})], on=ON)
    assert isinstance(refused, Refusal)
    with pytest.raises(UnknownNameError, match=r"unknown own fact `rooms`"):
        small_policy().decide(case_of({"rooms": 3}), on=ON)


@pytest.mark.parametrize(
    ("own", "name"),
    [
        ({"rooms": "many"}, "rooms"), ({"rooms": 21}, "rooms"), ({"is_let": 1}, "is_let"), ({"insured_until": "soon"}, "own.insured_until"),
        ({"quality": "fair"}, "quality"),
    ],
)
def test_an_own_fact_of_the_wrong_kind_is_refused_by_its_name_when_the_case_is_decided(own: dict[str, Any], name: str) -> None:
    with pytest.raises(InvalidInputError, match=rf"`{name}` must be"):
        POLICY.decide(case_of(own), on=ON)


@pytest.mark.parametrize("own", [{"rooms": 3.5}, {"Rooms": 3}, {"value": cny(3)}, {"items": 3}, [("rooms", 3)]], ids=repr)
def test_what_is_no_plain_value_is_refused_by_the_case_file(own: Any) -> None:
    with pytest.raises(InvalidInputError, match=r"CaseFile\.own"):
        case_of(own)


def test_an_own_fact_is_no_amount_and_rests_on_own_facts_alone() -> None:
    with pytest.raises(InvalidPolicyError, match="an own fact is a day, a flag"):
        own_fact("rent", Amounts(cny(0), cny(10)), LABEL)
    with pytest.raises(InvalidPolicyError, match=r"reads fields under `own\.` only"):
        own_fact("rent", Counts(0, 9), LABEL, derived=Field("loan.days_past_due"))


def test_a_signal_that_counts_from_an_own_day_has_a_first_day_whenever_it_is_asked() -> None:
    case = case_of({"insured_until": "2026-06-10"})
    for on in ("2026-06-11", "2026-06-15", "2026-07-20"):
        (signal,) = (signal for signal in POLICY.decide(case, on=on).signals if signal.code is SEIZED.code)
        assert signal.since == Date(2026, 6, 11)


def test_an_edition_may_read_own_facts_that_the_one_before_did_not() -> None:
    source = small_policy().rule("overdue").source
    book = Rulebook(
        "own",
        editions=(
            Edition(id="OLD", policy=small_policy("old"), since="2010-01-01", until="2026-01-01", source=source, label=LABEL),
            Edition(id="NEW", policy=POLICY, since="2026-01-01", stock_until="2026-02-01", source=source, label=LABEL),
        ),
    )
    assert is_raised(book.decide(case_of({"rooms": 10}), on=ON))
    with pytest.raises(UnknownNameError, match="own fact `room`"):
        book.decide(case_of({"room": 10}), on=ON)


def test_the_impact_of_a_rule_on_own_facts_is_counted() -> None:
    book = [case_of(own) for own, _ in TOLD.values()]
    found = analysis.impact(small_policy(), POLICY, book, on=ON)
    assert (found.loans, found.refused) == (len(book), ())
    assert [line for line in (str(found),) if "seized" in line]


def test_an_example_of_the_analysis_has_own_facts() -> None:
    found = analysis.diff(small_policy().signals, POLICY.signals)
    cases = [getattr(change.witness, "case", None) for change in found.changes]
    assert any(case.own for case in cases if case is not None)


def test_own_facts_are_kept_as_plain_values_that_hash_pickle_and_paste_back() -> None:
    case = case_of({"rooms": 3, "insured_until": dt.date(2027, 3, 1), "share_let": Decimal("0.50")})
    assert dict(case.own) == {"insured_until": "2027-03-01", "rooms": 3, "share_let": "0.50"}
    assert repr(case.own) == "{'insured_until': '2027-03-01', 'rooms': 3, 'share_let': '0.50'}"
    assert pickle.loads(pickle.dumps(case)) == case
    assert {case: 1}[case_of({"insured_until": "2027-03-01", "share_let": "0.50", "rooms": 3})] == 1
    assert case_of({"is_let": True}) != case_of({"is_let": 1})
    assert case_with().own == case_of({}).own


# -- a figure that is of a day -----------------------------------------------------------------------------------------

EMPTY = own_fact(
    "days_empty", Counts(0, 3_660), Label("空置天数", "days that the home stands empty"),
    derived=GrownDaily("own.days_empty", "own.days_empty_as_of", "own.empty_since"),
)
STANDS_EMPTY = small_policy().replacing(rule("signal-seized", EMPTY > 30, SEIZED))
#: What the case file holds, since when the signal is there on 1 and on 11 June, and whether the decision says that it moves.
OF_A_DAY: dict[str, tuple[dict[str, Any], tuple[str | None, str | None], bool]] = {
    "a count with its day": ({"days_empty": 40, "days_empty_as_of": "2026-05-20"}, ("2026-05-11", "2026-05-11"), False),
    "a day from which it counts": ({"empty_since": "2026-04-10"}, ("2026-05-11", "2026-05-11"), False),
    "a count of no day": ({"days_empty": 40}, ("2026-05-23", "2026-06-02"), True),
    "none, which stays none": ({"days_empty": 0, "days_empty_as_of": "2026-01-01"}, (None, None), False),
    "nothing known": ({}, (None, None), False),
}
ASKED = ("2026-06-01", "2026-06-11")


@pytest.mark.parametrize(("own", "since", "moves"), OF_A_DAY.values(), ids=OF_A_DAY)
def test_what_an_own_count_gives_rise_to_began_by_the_day_that_the_count_is_of(own: dict[str, Any], since: tuple[str | None, str | None], moves: bool) -> None:
    told = [STANDS_EMPTY.decide(case_of(own), on=on) for on in ASKED]
    found = [next((str(signal.since) for signal in decision.signals if signal.code == SEIZED.code), None) for decision in told]
    assert tuple(found) == since
    assert {decision.counts_from_asking for decision in told} == {moves}
    assert {"days that the home stands empty" in decision.explain("en").split("Interval")[0] for decision in told} == {moves}
    assert {"逐日顺延：空置天数" in decision.explain("zh") for decision in told} == {moves}


def test_an_own_count_that_is_given_for_one_question_moves_unless_its_day_is_given_too() -> None:
    counted = STANDS_EMPTY.decide(CASE, on=ASKED[0], supplied={"days_empty": 40})
    assert counted.own_counts_from_asking == (EMPTY,)
    assert "days that the home stands empty" in counted.explain("en").split("Interval")[0]
    for own, told in (({}, {"days_empty": 40, "days_empty_as_of": "2026-05-20"}), ({"days_empty": 40}, {"days_empty_as_of": "2026-05-20"})):
        assert STANDS_EMPTY.decide(case_of(own), on=ASKED[0], supplied=told).own_counts_from_asking == ()
    dated = case_of({"days_empty": 40, "days_empty_as_of": "2026-05-20"})
    assert STANDS_EMPTY.decide(dated, on=ASKED[0], supplied={"days_empty_as_of": None}).own_counts_from_asking == (EMPTY,)


@pytest.mark.parametrize("on", ASKED)
def test_columns_count_from_the_day_that_an_own_count_is_of(on: str) -> None:
    cases = [case_of(own) for own, _, _ in OF_A_DAY.values()]
    days = {name: [case.own.get(name) for case in cases] for name in ("days_empty", "days_empty_as_of", "empty_since")}
    book = frames.from_cases([CASE] * len(cases)).with_columns(
        pl.Series("own.days_empty", days["days_empty"]),
        *(pl.Series(f"own.{name}", days[name], dtype=pl.String).str.to_date() for name in ("days_empty_as_of", "empty_since")),
    )
    found = frames.decide(STANDS_EMPTY, book, on=on, visits=True)
    plans = (STANDS_EMPTY.decide(case, on=on).schedule.next for case in cases)
    closes = [visit.window for visit in plans if visit is not None]
    assert [str(day) for day in found["next_missed_on"]] == [str(window.missed_on) for window in closes]
    assert [str(day) for day in found["next_closes"]] == [str(window.closes) for window in closes]


def test_that_an_own_count_can_be_dated_is_known_of_the_policy() -> None:
    assert "rests on seized, of which no case file tells since when" in str(small_policy().check())
    assert str(STANDS_EMPTY.check()) == "every obligation can be dated"


# -- a choice or a figure that was taken on a day ---

STATE = own_fact(
    "state", Choices(("good", "bad")), Label("房屋状况", "state of the home"), derived=Measured("own.state", "own.state_as_of")
)
IN_A_BAD_STATE = small_policy().replacing(rule("signal-seized", STATE.is_in("bad"), SEIZED))
#: What the case file holds, and since when the signal is there on 1 and on 11 June.
TAKEN_ON_A_DAY: dict[str, tuple[dict[str, Any], tuple[str | None, str | None]]] = {
    "a choice with its day": ({"state": "bad", "state_as_of": "2026-05-20"}, ("2026-05-20", "2026-05-20")),
    "a choice of today": ({"state": "bad", "state_as_of": "2026-06-01"}, ("2026-06-01", "2026-06-01")),
    "another choice": ({"state": "good", "state_as_of": "2026-05-20"}, (None, None)),
    "a day without a choice": ({"state_as_of": "2026-05-20"}, (None, None)),
    "a choice of no day": ({"state": "bad"}, (None, None)),
}


@pytest.mark.parametrize(("own", "since"), TAKEN_ON_A_DAY.values(), ids=TAKEN_ON_A_DAY)
def test_what_an_own_figure_gives_rise_to_began_on_the_day_that_it_is_of(own: dict[str, Any], since: tuple[str | None, str | None]) -> None:
    told = [IN_A_BAD_STATE.decide(case_of(own), on=on) for on in ASKED]
    raised = [next((signal for signal in decision.signals if signal.code == SEIZED.code), None) for decision in told]
    assert {signal is not None for signal in raised} == {own.get("state") == "bad"}
    assert tuple(None if signal is None or signal.since is None else str(signal.since) for signal in raised) == since
    windows = [decision.schedule.next.window for decision in told if decision.schedule.next is not None]
    deadlines = {window.missed_on or window.closes for window in windows}
    assert since[0] is None or len(deadlines) == 1


def test_the_day_of_an_own_figure_that_is_given_for_one_question_dates_it_too() -> None:
    decision = IN_A_BAD_STATE.decide(case_of({}), on="2026-06-01", supplied={"state": "bad", "state_as_of": "2026-05-20"})
    assert [str(signal.since) for signal in decision.signals] == ["2026-05-20"]


@pytest.mark.parametrize("on", ASKED)
def test_columns_date_what_an_own_figure_gives_rise_to_as_a_decision_does(on: str) -> None:
    cases = [case_of(own) for own, _ in TAKEN_ON_A_DAY.values()]
    book = frames.from_cases(cases, own=IN_A_BAD_STATE.own_facts)
    found = frames.decide(IN_A_BAD_STATE, book, on=on, visits=True)
    plans = [IN_A_BAD_STATE.decide(case, on=on).schedule.next for case in cases]
    assert [str(day) for day in found["next_closes"]] == [str(None if visit is None else visit.window.closes) for visit in plans]
    assert [str(day) for day in found["next_missed_on"]] == [str(None if visit is None else visit.window.missed_on) for visit in plans]


BAD_DAYS: dict[str, tuple[Any, dict[str, Any], str]] = {
    "of a figure, and to come": (IN_A_BAD_STATE, {"state": "bad", "state_as_of": "2026-06-02"}, "state_as_of"),
    "of a figure, and none": (IN_A_BAD_STATE, {"state": "bad", "state_as_of": "soon"}, "state_as_of"),
    "of a figure, and on no calendar": (IN_A_BAD_STATE, {"state": "bad", "state_as_of": "2026-02-30"}, "state_as_of"),
    "of a count": (STANDS_EMPTY, {"days_empty": 40, "days_empty_as_of": "soon"}, "days_empty_as_of"),
    "from which a count begins": (STANDS_EMPTY, {"empty_since": "soon"}, "empty_since"),
    "counted from": (POLICY, {"insured_until": "2026-13-01"}, "insured_until"),
}


@pytest.mark.parametrize(("policy", "own", "name"), BAD_DAYS.values(), ids=BAD_DAYS)
def test_a_day_that_cannot_be_is_refused_by_its_own_name_and_not_by_that_of_the_fact_made_of_it(policy: Any, own: dict[str, Any], name: str) -> None:
    value = own[name]
    for case, supplied in ((case_of(own), None), (CASE, own)):
        with pytest.raises(InvalidInputError, match=rf"^`own\.{name}` must be .*, got `'{value}'`"):
            policy.decide(case, on="2026-06-01", supplied=supplied)


def test_columns_refuse_an_own_figure_of_a_day_to_come() -> None:
    book = frames.from_cases([case_of({"state": "bad", "state_as_of": f"2026-06-0{day}"}) for day in (1, 2)])
    found = frames.decide(IN_A_BAD_STATE, book, on="2026-06-01")
    assert [bool(bits) for bits in found["bad_input"]] == [False, True]


def test_that_an_own_figure_can_be_dated_is_known_of_the_policy() -> None:
    assert str(IN_A_BAD_STATE.check()) == "every obligation can be dated"
    undated = own_fact("state", Choices(("good", "bad")), LABEL)
    assert "rests on state, of which" in str(small_policy().replacing(rule("signal-seized", undated.is_in("bad"), SEIZED)).check())


@pytest.mark.parametrize("policy", [STANDS_EMPTY, IN_A_BAD_STATE], ids=["a count that grows", "a figure of a day"])
def test_no_deadline_of_an_own_fact_moves_because_a_day_passed(policy: Any) -> None:
    testing.check_tomorrow(policy, examples=20)


@pytest.mark.parametrize("policy", [STANDS_EMPTY, IN_A_BAD_STATE], ids=["a count that grows", "a figure of a day"])
def test_a_book_in_which_nobody_told_an_own_fact_is_decided(policy: Any) -> None:
    book = frames.from_cases([CASE], own=policy.own_facts)
    assert frames.decide(policy, book, on="2026-06-01")["bad_input"].to_list() == [0]


# -- days from one own day to another ----------------------------------------------------------------------------------

TO_SALE = own_fact(
    "days_to_sale", Counts(-400, 400), Label("申请至拍卖日数", "days from application to sale"),
    derived=DaysFromTo(Field("own.applied_on"), Field("own.sale_on")),
)
HELD = small_policy().replacing(rule("signal-seized", TO_SALE > 37, SEIZED))
#: What the case file holds, and whether the application came in more than 37 days before the sale.
BETWEEN_TWO_DAYS: dict[str, tuple[dict[str, Any], bool]] = {
    "37 days": ({"applied_on": "2026-01-01", "sale_on": "2026-02-07"}, False),
    "38 days": ({"applied_on": "2026-01-01", "sale_on": "2026-02-08"}, True),
    "38 days over a leap day": ({"applied_on": "2024-02-01", "sale_on": "2024-03-10"}, True),
    "the same day": ({"applied_on": "2026-02-07", "sale_on": "2026-02-07"}, False),
    "after the sale": ({"applied_on": "2026-03-01", "sale_on": "2026-01-01"}, False),
    "no application": ({"sale_on": "2026-02-08"}, False),
    "no sale": ({"applied_on": "2026-01-01", "sale_on": None}, False),
    "nothing told": ({}, False),
}


@pytest.mark.parametrize(("own", "raised"), BETWEEN_TWO_DAYS.values(), ids=BETWEEN_TWO_DAYS)
def test_a_rule_holds_two_days_of_one_loan_against_one_another_on_whatever_day_it_is_asked(own: dict[str, Any], raised: bool) -> None:
    for on in ("2026-06-15", "2026-12-01"):
        for decision in (HELD.decide(case_of(own), on=on), HELD.decide(CASE, on=on, supplied=own)):
            assert is_raised(decision) is raised
            shown = [text in decision.explain(lang) for lang, text in (("zh", "申请至拍卖日数"), ("en", "days from application to sale"))]
            assert shown == [True, True] or not raised


@pytest.mark.parametrize("engine", ["polars", "lazy", "duckdb", "pandas", "pyarrow"])
def test_columns_hold_two_days_of_one_loan_against_one_another(engine: str) -> None:
    book = frames.from_cases([case_of(own) for own, _ in BETWEEN_TWO_DAYS.values()], own=HELD.own_facts)
    made: Any = {"lazy": book.lazy, "duckdb": lambda: duckdb.from_arrow(book.to_arrow()), "pandas": book.to_pandas, "pyarrow": book.to_arrow}
    found = cells(frames.label(HELD, frames.decide(HELD, made.get(engine, lambda: book)(), on=ON)))
    assert found["bad_input"] == [""] * len(book)
    assert [SEIZED.code.label("en") in text for text in found["signals"]] == [raised for _, raised in BETWEEN_TWO_DAYS.values()]


def test_two_days_that_lie_further_apart_than_the_fact_says_are_refused_in_a_case_file_and_in_columns() -> None:
    case = case_of({"applied_on": "2024-01-01", "sale_on": "2026-01-01"})
    with pytest.raises(InvalidInputError, match="`days_to_sale` must be"):
        HELD.decide(case, on=ON)
    assert frames.decide(HELD, frames.from_cases([case]), on=ON)["bad_input"].to_list() != [0]


def test_a_count_between_two_days_cannot_be_dated_and_the_policy_says_so() -> None:
    assert "rests on days_to_sale, of which" in str(HELD.check())


def test_examples_of_the_analysis_have_two_days_so_many_days_apart() -> None:
    found = analysis.diff(HELD, HELD.replacing(rule("signal-seized", TO_SALE > 30, SEIZED)))
    assert not found.abstract
    cases: list[Any] = [change.witness for change in found.of("signals")]
    days = [(Date.fromisoformat(shown.case.own["sale_on"]) - Date.fromisoformat(shown.case.own["applied_on"])).days for shown in cases]
    assert days
    assert all(30 < each <= 37 for each in days)


def test_cases_at_the_limit_between_two_days_lie_on_both_sides_of_it() -> None:
    assert {case.facts.get("days_to_sale") for case in testing.boundary_cases(HELD)} >= {37, 38}


@pytest.mark.parametrize("low", [-400, 0, 5], ids=["either may come first", "in order", "some days apart"])
def test_two_days_are_drawn_as_far_apart_as_the_fact_says(low: int) -> None:
    fact = attrs.evolve(TO_SALE, domain=Counts(low, 50))
    ends = ["own.applied_on", "own.sale_on"]

    @given(st.data())
    @settings(max_examples=20)
    def law(data: st.DataObject) -> None:
        days = [Date.fromisoformat(data.draw(own_value(fact, name.partition(".")[2], ON))) for name in ends]
        assert low <= (days[1] - days[0]).days <= 50

    law()


def test_the_laws_hold_of_a_rule_that_counts_from_one_day_to_another() -> None:
    testing.check_decisions(HELD, examples=10)
    testing.check_readers_agree(HELD, examples=10)


# -- every other reader --------------------------------------------------------------------------------------------------


def by_snapshot(cases: list[CaseFile]) -> list[bool]:
    """Of a snapshot the lines of signals, a case each."""
    lines = testing.snapshot(POLICY, cases, on=ON).splitlines()
    return [SEIZED.code.value in line for line in lines if line.startswith("  signals:")]


def by_query(cases: list[CaseFile]) -> list[bool]:
    """Of the query of a warehouse."""
    loans = frames.from_cases(cases).with_row_index("place").to_arrow()  # noqa: F841 - the query reads it
    answer: Any = duckdb.sql(frames.to_sql(POLICY, on=ON, keys=("place",)))
    return [SEIZED.code.label("en") in text for text in frames.label(POLICY, answer.pl().sort("place"))["signals"]]


def test_snapshot_and_query_say_of_own_facts_what_the_decision_says() -> None:
    cases = [case_of(own) for own, _ in TOLD.values()]
    expected = [raised for _, raised in TOLD.values()]
    assert by_snapshot(cases) == expected
    assert by_query(cases) == expected


def test_cases_beside_every_limit_of_own_facts_cover_the_rule_that_reads_them() -> None:
    cases = [case.facts for case in testing.boundary_cases(POLICY)]
    assert {facts.get("rooms") for facts in cases} >= {9, 10}
    assert {facts.get("days_uninsured") for facts in cases} >= {0, 1}
    (signals,) = (found for found in testing.rule_coverage(POLICY, cases).tables if found.id == "signals")
    assert signals.fired >= {"signal-seized"} <= signals.undecided


# -- rows of text --------------------------------------------------------------------------------------------------------


class Roof(Labelled):
    """Of what state."""

    SOUND = "sound", "完好", "sound"
    LEAKS = "leaks", "漏水", "leaks"


ROOF = own_fact("roof", Choices(tuple(Roof)), LABEL)
ROW_FACTS = (UNINSURED, ROOMS, LET, QUALITY, CHECKED, SHARE, EMPTY, STATE, ROOF)
#: What stands in a row of text, and what the case file then holds.
TEXTS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "a whole number": ({"own.rooms": "10"}, {"rooms": 10}),
    "a flag": ({"own.is_let": "true"}, {"is_let": True}),
    "days": ({"own.checked_on": "2025-01-01", "own.insured_until": "2026-01-01"}, {"checked_on": "2025-01-01", "insured_until": "2026-01-01"}),
    "a count with its day": ({"own.days_empty": "40", "own.days_empty_as_of": "2026-05-20"}, {"days_empty": 40, "days_empty_as_of": "2026-05-20"}),
    "a choice and a ratio": ({"own.quality": "good", "own.share_let": "0.5"}, {"quality": "good", "share_let": "0.5"}),
    "the label of a choice": ({"own.roof": "漏水"}, {"roof": "leaks"}),
    "nothing": ({"own.rooms": "", "own.checked_on": ""}, {"rooms": None, "checked_on": None}),
    "called otherwise, by the bank's codes": ({"ROOMS": "3", "own.is_let": "J"}, {"rooms": 3, "is_let": True}),
}


@pytest.mark.parametrize(("cells", "own"), TEXTS.values(), ids=TEXTS)
def test_a_row_of_text_says_own_facts_by_what_they_can_be(cells: dict[str, Any], own: dict[str, Any]) -> None:
    names, codes = {"own.rooms": "ROOMS"} if "ROOMS" in cells else None, {"own.is_let": {"J": True}} if "J" in cells.values() else {}
    case = records.from_row(records.to_row(CASE) | cells, own=ROW_FACTS, lang="zh", columns=names, codes=codes)
    assert dict(case.own) == own


def test_a_row_has_no_own_column_that_nobody_declared_to_be_called_otherwise() -> None:
    with pytest.raises(UnknownNameError, match=r"unknown column `own.room`, did you mean `own.rooms`"):
        records.from_row(records.to_row(CASE), own=ROW_FACTS, columns={"own.room": "ROOMS"})
