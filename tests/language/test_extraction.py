"""Facts from a case file: what each derivation means, and that the quick way makes what the careful one makes."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from enum import Enum, StrEnum
from fractions import Fraction
from types import SimpleNamespace
from typing import Any, Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.language.loan_facts import HOUSE, WHY, rule, table
from tests.language.vocabulary import Level

from revisit_policy.errors import InvalidInputError, InvalidPolicyError, UnknownNameError
from revisit_policy.language.derivation import (
    CountOf,
    DaysFromTo,
    DaysSince,
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
    Where,
)
from revisit_policy.language.extraction.extraction import Extraction
from revisit_policy.language.extraction.extraction_source import quick_extraction
from revisit_policy.language.fact import Fact
from revisit_policy.language.period import DECISION_DAY
from revisit_policy.language.snapshot import Snapshot
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.values.dates import Date, add_months, from_ordinal, to_date
from revisit_policy.values.money import Money, cny


class Kind(Enum):
    """How the bank's own file says what sort of visit it was."""

    FIRST = "first"
    PERIODIC = "periodic"


class Mood(StrEnum):
    """A scale of somebody else, with codes of ours."""

    CALM = "calm"
    STRANGE = "strange"


class Rank(Enum):
    """Codes that are no text."""

    ONE = 1


def usd(amount: str) -> Money:
    return Money.of(amount, "USD")


ON: Final = Date(2026, 2, 28)

WIDE: Final[dict[str, Any]] = {"low": -10_000, "high": 10_000, "label": WHY}
FIRST_VISITS: Final = (Where("kind", ("first",)),)

FACTS: Final = (
    DECISION_DAY,
    Fact.count("overdue", low=0, high=3650, label=WHY, derived=Field("loan.overdue")),
    Fact.count("fives", low=0, high=3650, step=5, label=WHY, derived=Field("loan.overdue")),
    Fact.money("balance", low=cny(0), high=cny(1000), label=WHY, derived=Field("loan.balance")),
    Fact.money("dollars", low=usd("0"), high=usd("1000"), label=WHY, derived=Field("loan.balance")),
    Fact.ratio("rate", low="0", high="1", label=WHY, derived=Field("loan.rate")),
    Fact.ratio("rough_rate", low="0.1234567", high="0.7654321", label=WHY, derived=Field("loan.rate")),
    Fact.ratio("plain_rate", low="0", high="1", denominator=100, label=WHY, derived=Field("loan.rate")),
    Fact.flag("seized", label=WHY, register=WHY, derived=Field("collateral.seized")),
    Fact.choice("mood", Level, ordered=True, label=WHY, derived=Field("loan.mood")),
    Fact.choice("months", (12, 6, 3), label=WHY, derived=Field("loan.months")),
    Fact.choice("word", ("calm", "loud"), label=WHY, derived=Field("loan.mood")),
    Fact.day("since", label=WHY, derived=Field("loan.since")),
    Fact.day("recently", low="2026-01-01", label=WHY, derived=Field("loan.since")),
    Fact.ratio("margin", low="0", high="2", label=WHY, derived=Quotient(Terms(("loan.balance", "loan.fees"), ("loan.paid",)), Terms(("collateral.value",)))),
    Fact.ratio("share", low="0", high="1", denominator=1000, label=WHY, derived=Quotient(Terms(("loan.overdue",)), Terms(("loan.term",)), under_zero="1")),
    Fact.ratio("outside", low="0", high="1", label=WHY, derived=Quotient(Terms(("loan.overdue",)), Terms(("loan.term",)), under_zero="2")),
    Fact.ratio("change", low="-1", high="5", label=WHY, derived=RelativeChange("loan.balance", "loan.paid")),
    Fact.day("last_visit", label=WHY, derived=Latest("visits", "at")),
    Fact.day("last_first", label=WHY, derived=Latest("visits", "at", FIRST_VISITS)),
    Fact.count("visits", label=WHY, low=0, high=99, derived=CountOf("visits", "at")),
    Fact.count("visits_of_late", label=WHY, low=0, high=2, derived=CountOf("visits", "at", FIRST_VISITS, months=6)),
    Fact.count("days_since", derived=DaysSince(Field("loan.since")), **WIDE),
    Fact.count("days_since_first", derived=DaysSince(Latest("visits", "at", FIRST_VISITS)), **WIDE),
    Fact.count("from_to", derived=DaysFromTo(Field("loan.since"), Field("loan.until")), **WIDE),
    Fact.count("some_days", low=0, high=31, label=WHY, derived=DaysFromTo(Field("loan.until"), Field("loan.since"))),
    Fact.count("elapsed", derived=MonthsElapsed(Field("loan.since")), **WIDE),
    Fact.count("begun", derived=MonthsBegun(Field("loan.since")), **WIDE),
    Fact.count("until", derived=MonthsUntil(Field("loan.since")), **WIDE),
    Fact.count("grown", derived=GrownDaily("loan.overdue", "loan.since", "loan.until"), **WIDE),
    Fact.count("few", low=0, high=3, label=WHY, derived=MonthsElapsed(Latest("visits", "at"))),
    Fact.count("most", label=WHY, low=0, high=360, derived=Greatest(("loan.overdue", "loan.term"))),
    Fact.money("lower", low=cny(0), high=cny(1000), label=WHY, derived=Least(("loan.balance", "collateral.value"))),
    Fact.day("later", label=WHY, derived=Greatest(("loan.since", "loan.until"))),
    Fact.choice("worse", Level, label=WHY, derived=Greatest(("loan.mood", "loan.mood_before"))),
    Fact.count("score", low=0, high=100, label=WHY),
    Fact.flag("told", label=WHY, register=WHY),
    Fact.choice("rating", Level, label=WHY),
)  # fmt: skip
BY_NAME: Final = {fact.name: fact for fact in FACTS}

ABSENT: Final = object()

USUAL: Final[dict[str, tuple[Any, ...]]] = {
    "count": (0, 1, 5, 30, 360, None),
    "money": (cny(0), cny(1), cny("999.99"), cny(1000), None),
    "ratio": (Fraction(0), Fraction(1), Fraction(1, 3), Fraction("0.1234567"), Fraction("0.7654321"), Fraction(1, 2), None),
    "flag": (True, False, None),
    "choice": (*Level, None),
    "word": ("calm", "loud", None),
    "months": (12, 6, 3, None),
    "day": (ON, Date(2026, 1, 31), Date(2026, 1, 28), Date(2025, 12, 31), Date(2024, 2, 29), Date(2026, 3, 1), Date(2027, 2, 27), None),
    "kind": (*Kind, "first", "other", None),
}
ODD: Final[dict[str, tuple[Any, ...]]] = {
    "count": (True, -1, 3651, 5.0, math.nan, "5", 10**30, cny(5), ABSENT),
    "money": (usd("5.00"), cny(-1), cny(1001), 5, 5.0, True, math.nan, "5.00", Decimal(5), ABSENT),
    "ratio": ("0.5", Decimal("0.5"), 0.5, math.nan, math.inf, 1, True, Fraction(-1), Fraction(10**12 + 1, 10**12), Fraction(1, 10**12), ABSENT),
    "flag": (0, "yes", math.nan, ABSENT),
    "choice": ("calm", "clam", Mood.CALM, Mood.STRANGE, 0, math.nan, [], ABSENT),
    "word": (Mood.CALM, Level.CALM, "clam", 1, ABSENT),
    "months": ("12", True, 12.0, 9, ABSENT),
    "day": (dt.date(2026, 1, 31), "2026-01-31", "now", dt.datetime(2026, 1, 31), Date(1899, 12, 31), 5, math.nan, ABSENT),  # noqa: DTZ001
    "kind": (Mood.CALM, Rank.ONE, 1, math.nan, [], ABSENT),
}  # fmt: skip
LOAN: Final = {
    "overdue": "count", "term": "count", "balance": "money", "fees": "money", "paid": "money", "rate": "ratio", "mood": "choice",
    "mood_before": "choice", "months": "months", "since": "day", "until": "day",
}  # fmt: skip
COLLATERAL: Final = {"seized": "flag", "value": "money"}
VISIT: Final = {"kind": "kind", "at": "day"}
SUPPLIED: Final = {"score": "count", "told": "flag", "rating": "choice"}


def values_of(kind: str, *, odd: bool) -> st.SearchStrategy[Any]:
    usual = st.sampled_from(USUAL[kind])
    return st.one_of(usual, usual, usual, usual, usual, st.sampled_from(ODD[kind])) if odd else usual


def objects(fields: dict[str, str], *, odd: bool) -> st.SearchStrategy[Any]:
    drawn = st.fixed_dictionaries({name: values_of(kind, odd=odd) for name, kind in fields.items()})
    return drawn.map(lambda given: SimpleNamespace(**{name: value for name, value in given.items() if value is not ABSENT}))


def case_files(*, odd: bool) -> st.SearchStrategy[Any]:
    return st.builds(
        SimpleNamespace,
        loan=st.one_of(objects(LOAN, odd=odd), objects(LOAN, odd=odd), st.none()),
        collateral=st.one_of(objects(COLLATERAL, odd=odd), st.none()),
        visits=st.one_of(st.lists(objects(VISIT, odd=odd), max_size=4), st.none()),
    )


def supplied_facts(facts: tuple[Fact, ...], *, odd: bool) -> st.SearchStrategy[dict[str, Any]]:
    asked = {fact.name: values_of(SUPPLIED[fact.name], odd=odd) for fact in facts if fact.name in SUPPLIED}
    return st.fixed_dictionaries({}, optional=asked).map(lambda given: {name: value for name, value in given.items() if value is not ABSENT})


def said(make: Any) -> Any:
    """What *make* returns with all types, or the error it raises with all its words."""
    try:
        made = make()
    except Exception as error:  # noqa: BLE001 - errors are compared too
        return type(error), str(error)
    values = made.values if isinstance(made, Snapshot) else made
    return [(type(value), value) for value in values]


# -- the quick way and the careful one ---------------------------------------------------------------------------------


@given(st.data())
def test_the_quick_way_makes_what_the_careful_one_makes_and_refuses_what_it_refuses(data: st.DataObject) -> None:
    facts = tuple(data.draw(st.lists(st.sampled_from(FACTS), min_size=1, max_size=6, unique_by=lambda fact: fact.name)))
    extraction = Extraction(facts)
    on = data.draw(st.sampled_from((ON, Date(2026, 2, 27), Date(2024, 2, 29), Date(2026, 12, 31))))
    for case in data.draw(st.lists(case_files(odd=True), min_size=3, max_size=3)):
        assert_both_ways_agree(extraction, case, on, data.draw(supplied_facts(facts, odd=True)))


def assert_both_ways_agree(extraction: Extraction, case: object, on: Date, supplied: dict[str, Any]) -> None:
    assert said(lambda: extraction.snapshot(case, on=on, supplied=supplied)) == said(lambda: extraction.carefully(case, on, supplied))


@given(st.data())
def test_the_quick_way_knows_which_facts_are_unknown(data: st.DataObject) -> None:
    facts = tuple(data.draw(st.lists(st.sampled_from(FACTS), min_size=1, unique_by=lambda fact: fact.name)))
    case, supplied = data.draw(case_files(odd=False)), data.draw(supplied_facts(facts, odd=False))
    found = Extraction(facts).quickly(case, ON, supplied)
    if found is not None:
        values, unknown = found
        assert unknown == Snapshot(facts, values).unknown


@pytest.mark.parametrize("fact", [fact for fact in FACTS if fact.name != "outside"], ids=lambda fact: fact.name)
@given(data=st.data())
def test_what_is_usual_is_made_the_quick_way(fact: Fact, data: st.DataObject) -> None:
    case = data.draw(case_files(odd=False))
    supplied = data.draw(supplied_facts((fact,), odd=False))
    extraction = Extraction((fact,))
    if isinstance(said(lambda: extraction.carefully(case, ON, supplied)), list):
        assert extraction.quickly(case, ON, supplied) is not None


def test_a_snapshot_made_the_quick_way_is_like_any_other() -> None:
    case = a_case(overdue=31)
    facts = (BY_NAME["overdue"], BY_NAME["rate"])
    snapshot = Extraction(facts).snapshot(case, on=ON, supplied={})
    same = Snapshot(facts, snapshot.values)
    assert snapshot == same
    assert (repr(snapshot), hash(snapshot), snapshot.unknown) == (repr(same), hash(same), same.unknown)
    assert attrs.evolve(snapshot, values=(None, 0.5)).missing == ("overdue",)


# -- what each derivation means ----------------------------------------------------------------------------------------


def a_visit(kind: object, at: str | None) -> SimpleNamespace:
    return SimpleNamespace(kind=kind, at=None if at is None else to_date(at))


VISITS: Final = (a_visit(Kind.FIRST, "2025-08-28"), a_visit(Kind.PERIODIC, "2026-01-31"), a_visit(Kind.FIRST, "2025-08-27"), a_visit(Kind.FIRST, None))


def a_case(*, visits: Any = VISITS, collateral: Any = ABSENT, **loan: Any) -> SimpleNamespace:
    usual: dict[str, Any] = {
        "overdue": 30, "term": 360, "balance": cny(800), "fees": cny(50), "paid": cny(250), "rate": Fraction(1, 3), "mood": Level.WATCH,
        "mood_before": Level.ALARM, "months": 6, "since": Date(2025, 8, 31), "until": Date(2026, 5, 1),
    }  # fmt: skip
    secured = SimpleNamespace(seized=False, value=cny(1000)) if collateral is ABSENT else collateral
    return SimpleNamespace(loan=SimpleNamespace(**usual | loan), collateral=secured, visits=visits)


def extracted(name: str, case: object, on: Date = ON) -> Any:
    return Extraction((BY_NAME[name],)).snapshot(case, on=on, supplied={}).encoded(name)


@pytest.mark.parametrize(
    ("name", "case", "expected"),
    [
        pytest.param("overdue", a_case(), 30, id="a field as it is"),
        pytest.param("balance", a_case(), 80_000, id="money in minor units"),
        pytest.param("rate", a_case(), 1 / 3, id="an exact ratio as one quotient"),
        pytest.param("rate", a_case(rate="1/3"), 1 / 3, id="a ratio written as text"),
        pytest.param("mood", a_case(), 0b010, id="a choice as the bit of its place"),
        pytest.param("mood", a_case(mood="watch"), 0b010, id="a choice by its code"),
        pytest.param("mood", a_case(mood=Mood.CALM), 0b001, id="a choice by the code that another enumeration gives it"),
        pytest.param("since", a_case(), Date(2025, 8, 31).toordinal(), id="a day as its ordinal"),
        pytest.param("seized", a_case(collateral=SimpleNamespace(seized=None)), None, id="a register that was not searched"),
        pytest.param("seized", a_case(collateral=None), None, id="no object to ask"),
        pytest.param("margin", a_case(), 0.6, id="sums and differences, divided"),
        pytest.param("margin", a_case(fees=None), None, id="a sum with an unknown part"),
        pytest.param("margin", a_case(collateral=SimpleNamespace(value=cny(0))), None, id="divided by zero"),
        pytest.param("share", a_case(term=0), 1.0, id="divided by zero where that means something"),
        pytest.param("share", a_case(overdue=-30, term=-360), 30 / 360, id="a divisor below zero"),
        pytest.param("share", a_case(overdue=30, term=1000), 30 / 1000, id="the largest divisor"),
        pytest.param("share", a_case(overdue=0), 0.0, id="a quotient at its lower bound"),
        pytest.param("share", a_case(overdue=360), 1.0, id="a quotient at its upper bound"),
        pytest.param("word", a_case(mood=Level.CALM), 0b01, id="a choice of words by the code of a member"),
        pytest.param("days_since", a_case(since=None), None, id="days since a day that is unknown"),
        pytest.param("told", a_case(), False, id="a register that the caller does not mention"),
        pytest.param("score", a_case(), None, id="a measurement that the caller does not mention"),
        pytest.param("change", a_case(), 2.2, id="a change relative to before"),
        pytest.param("change", a_case(paid=cny(0)), None, id="a change from nothing"),
        pytest.param("last_visit", a_case(), Date(2026, 1, 31).toordinal(), id="the latest day"),
        pytest.param("last_first", a_case(), Date(2025, 8, 28).toordinal(), id="the latest day of those of a kind"),
        pytest.param("last_visit", a_case(visits=()), None, id="the latest day of none"),
        pytest.param("visits", a_case(), 4, id="all items count, those without a day too"),
        pytest.param("visits", a_case(visits=()), 0, id="none"),
        pytest.param("visits", a_case(visits=None), None, id="a collection that is unknown"),
        pytest.param("visits_of_late", a_case(), 1, id="six months ago today counts, the day before does not"),
        pytest.param("days_since", a_case(), 181, id="days since"),
        pytest.param("days_since", a_case(since=Date(2026, 3, 1)), -1, id="days since tomorrow"),
        pytest.param("days_since_first", a_case(), 184, id="days since the latest of a kind"),
        pytest.param("elapsed", a_case(), 6, id="months completed on the last day of February"),
        pytest.param("begun", a_case(), 6, id="no seventh month begun on the last day of February"),
        pytest.param("begun", a_case(since=Date(2026, 2, 27)), 1, id="a month begins the day after"),
        pytest.param("until", a_case(since=Date(2026, 3, 29)), 2, id="months until, a part counted as whole"),
        pytest.param("most", a_case(), 360, id="the greatest"),
        pytest.param("most", a_case(term=None), None, id="the greatest of what is partly unknown"),
        pytest.param("lower", a_case(), 80_000, id="the least"),
        pytest.param("later", a_case(), Date(2026, 5, 1).toordinal(), id="the later day"),
        pytest.param("worse", a_case(), 0b100, id="the graver of two choices"),
        pytest.param("on", a_case(), ON.toordinal(), id="the decision day itself"),
    ],
)  # fmt: skip
def test_a_derivation_means_the_same_made_quickly_and_carefully(name: str, case: object, expected: object) -> None:
    assert extracted(name, case) == expected
    assert Extraction((BY_NAME[name],)).carefully(case, ON, {}) == (expected,)


USUAL_CASES: Final[dict[str, SimpleNamespace]] = {
    "everything is there": a_case(mood_before=Level.CALM, rate=Fraction(1, 2)),
    "nothing is known of the loan": a_case(**dict.fromkeys(LOAN)),
    "there is no loan": SimpleNamespace(loan=None, collateral=None, visits=None),
    "there is no collateral": a_case(collateral=None, rate=Fraction(1, 2)),
    "there are no visits": a_case(visits=(), rate=Fraction(1, 2)),
    "visits of which little is known": a_case(visits=(a_visit(None, None), a_visit("first", "2026-02-01")), rate=Fraction(1, 2)),
    "nothing to divide by": a_case(term=0, overdue=0, paid=cny(0), fees=cny(0), rate=Fraction(0), collateral=SimpleNamespace(seized=True, value=cny(0))),
    "at the upper bounds": a_case(overdue=360, balance=cny(1000), rate=Fraction(1), months=3, fees=cny(0), paid=cny(200)),
}


@pytest.mark.parametrize("case", USUAL_CASES.values(), ids=USUAL_CASES)
def test_of_a_usual_case_all_that_is_not_refused_is_made_the_quick_way(case: SimpleNamespace) -> None:
    sound = tuple(fact for fact in FACTS if isinstance(said(lambda fact=fact: Extraction((fact,)).carefully(case, ON, {})), list))
    for facts in (*((fact,) for fact in sound), sound):
        quick = Extraction(facts).quickly(case, ON, {})
        assert quick is not None, facts
        values, unknown = quick
        assert said(lambda values=values: values) == said(lambda facts=facts: Extraction(facts).carefully(case, ON, {}))
        assert unknown == Snapshot(facts, values).unknown


NOTHING_BY_NOTHING: Final = Fact.ratio("nothing", low="0", high="1", label=WHY, derived=Quotient(Terms(()), Terms(()), under_zero="1"))

# what the quick way leaves to the careful one altogether
LEFT: Final[dict[str, tuple[Fact, SimpleNamespace]]] = {
    "a number that is none": (BY_NAME["margin"], a_case(fees=50.0)),
    "money by a number": (BY_NAME["share"], a_case(overdue=cny(30))),
    "money and a number added": (BY_NAME["margin"], a_case(fees=50)),
    "a divisor too large": (BY_NAME["share"], a_case(term=1001)),
    "a divisor below zero": (BY_NAME["share"], a_case(overdue=-30, term=-360)),
    "a quotient outside the domain": (BY_NAME["share"], a_case(overdue=361)),
    "what follows from nothing, outside the domain": (BY_NAME["outside"], a_case(term=0)),
    "nothing divided by nothing": (NOTHING_BY_NOTHING, a_case()),
    "a visit on no day": (BY_NAME["last_visit"], a_case(visits=(SimpleNamespace(at=20260131),))),
}


@pytest.mark.parametrize(("fact", "case"), LEFT.values(), ids=LEFT)
def test_what_the_quick_way_cannot_make_it_leaves_without_an_error_of_its_own(fact: Fact, case: SimpleNamespace) -> None:
    assert quick_extraction((fact,))(case, ON, {}) is None


LATEST: Final = {"collection": "visits", "day": "at"}

# how a ratio or a day is derived, and what it then is in the usual case: made quickly
DERIVED: Final[dict[str, tuple[Any, Any]]] = {
    "a field by itself": (Quotient(Terms(("loan.overdue",)), Terms(("loan.overdue",))), 1.0),
    "nothing less a field": (Quotient(Terms((), ("loan.overdue",)), Terms(("loan.term",))), -30 / 360),
    "a field less two others": (Quotient(Terms(("loan.balance",), ("loan.fees", "loan.paid")), Terms(("collateral.value",))), 0.5),
    "a field by two others": (Quotient(Terms(("loan.balance",)), Terms(("loan.fees", "loan.paid"))), 800 / 300),
    "by nothing, which is the least there is": (Quotient(Terms(("loan.overdue",)), Terms((), ()), under_zero="-10"), -10.0),
    "by nothing, which is the greatest there is": (Quotient(Terms(("loan.overdue",)), Terms((), ()), under_zero="10"), 10.0),
    "by nothing, with the largest denominator": (Quotient(Terms(("loan.overdue",)), Terms((), ()), under_zero="1/1000"), 0.001),
    "the latest of two kinds": (Latest(**LATEST, where=(Where("kind", ("first", "periodic")),)), Date(2026, 1, 31).toordinal()),
    "the latest of what two conditions keep": (Latest(**LATEST, where=(*FIRST_VISITS, Where("kind", ("first", "other")))), Date(2025, 8, 28).toordinal()),
    "the latest of no kind": (Latest(**LATEST, where=(Where("kind", ()),)), None),
}


@pytest.mark.parametrize(("derived", "expected"), DERIVED.values(), ids=DERIVED)
def test_other_derivations_mean_the_same_made_quickly_and_carefully(derived: Any, expected: object) -> None:
    domain: Any = {"low": "-10", "high": "10", "denominator": 100_000, "label": WHY, "derived": derived}
    fact = Fact.day("d", label=WHY, derived=derived) if isinstance(derived, Latest) else Fact.ratio("r", **domain)
    extraction = Extraction((fact,))
    assert extraction.carefully(a_case(), ON, {}) == (expected,)
    quick = extraction.quickly(a_case(), ON, {})
    assert quick is not None
    assert quick[0] == (expected,)


@pytest.mark.parametrize("step", [1, -1], ids=["above the upper bound", "below the lower bound"])
def test_a_ratio_that_only_rounds_to_a_bound_is_refused(step: int) -> None:
    bound = Fraction("0.1234567")
    denominator = 10**11 - 10**7 + pow(-step * bound.numerator, -1, bound.denominator)  # one that comes as near as can be
    beside = bound + Fraction(step, bound.denominator * denominator)
    assert (float(beside), beside == bound, beside.denominator < 10**11) == (float(bound), False, True)
    bounds: Any = {"low": "0", "high": "0.1234567"} if step > 0 else {"low": "0.1234567", "high": "1"}
    fact = Fact.ratio("near", **bounds, label=WHY, derived=Field("loan.rate"))
    with pytest.raises(InvalidInputError, match="`near` must be a ratio from"):
        Extraction((fact,)).snapshot(a_case(rate=beside), on=ON, supplied={})
    assert Extraction((fact,)).snapshot(a_case(rate=bound), on=ON, supplied={})["near"] == float(bound)


@given(st.integers(0, 800), st.integers(0, 800), st.integers(1, 24))
def test_an_item_is_of_the_last_months_until_they_have_passed_since_its_day(ago: int, later: int, months: int) -> None:
    at, on = from_ordinal(ON.toordinal() - ago), from_ordinal(ON.toordinal() + later)
    fact = Fact.count("recent", low=0, high=1, label=WHY, derived=CountOf("visits", "at", months=months))
    found = Extraction((fact,)).snapshot(SimpleNamespace(visits=[SimpleNamespace(at=at)]), on=on, supplied={})
    assert found["recent"] == (on <= add_months(at, months))


# -- what is refused ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "case"),
    [
        pytest.param("overdue", a_case(overdue=True), id="a bool is no count"),
        pytest.param("overdue", a_case(overdue=30.0), id="a float is no count"),
        pytest.param("overdue", a_case(overdue=3651), id="a count outside its domain"),
        pytest.param("fives", a_case(overdue=31), id="a count between the steps"),
        pytest.param("balance", a_case(balance=800), id="a number is no money"),
        pytest.param("balance", a_case(balance=usd("8.00")), id="another currency"),
        pytest.param("rate", a_case(rate=0.5), id="a float is no exact ratio"),
        pytest.param("rate", a_case(rate=math.inf), id="infinity is no ratio"),
        pytest.param("plain_rate", a_case(rate=Fraction(1, 101)), id="a ratio with too large a denominator"),
        pytest.param("seized", a_case(collateral=SimpleNamespace(seized=1)), id="a number is no flag"),
        pytest.param("mood", a_case(mood="angry"), id="a code of no choice"),
        pytest.param("since", a_case(since=dt.datetime(2026, 1, 31)), id="a datetime is no day"),  # noqa: DTZ001
        pytest.param("last_visit", a_case(visits=(a_visit(Kind.FIRST, None), SimpleNamespace(kind=None, at=20260131))), id="a visit on a number"),
        pytest.param("margin", a_case(balance=usd("800.00")), id="dollars over yuan"),
        pytest.param("margin", a_case(fees=50), id="money and a number added"),
        pytest.param("margin", a_case(balance=80_000.0, fees=5_000.0, paid=0.0, collateral=SimpleNamespace(value=1e5)), id="floats as money"),
        pytest.param("share", a_case(overdue=True), id="a bool divided"),
        pytest.param("share", a_case(overdue=361), id="a quotient outside its domain"),
        pytest.param("share", a_case(term=1001), id="a divisor too large to compare exactly"),
        pytest.param("outside", a_case(term=0), id="divided by zero, and what it then is lies outside"),
        pytest.param("few", a_case(visits=(a_visit(Kind.FIRST, "2025-01-31"),)), id="more months than the domain has"),
    ],
)
def test_a_value_that_is_no_value_of_its_fact_is_refused_by_the_name_of_the_fact(name: str, case: object) -> None:
    with pytest.raises(InvalidInputError) as refused:
        extracted(name, case)
    assert [fault.field for fault in refused.value.exceptions if not isinstance(fault, ExceptionGroup)] == [name]


@pytest.mark.parametrize(("name", "since"), [("days_since", dt.datetime(2026, 1, 31)), ("elapsed", "now")])  # noqa: DTZ001
def test_a_day_that_is_none_is_refused_by_its_own_name_whatever_is_counted_from_it(name: str, since: object) -> None:
    with pytest.raises(InvalidInputError) as refused:
        extracted(name, a_case(since=since))
    assert [fault.field for fault in refused.value.exceptions if not isinstance(fault, ExceptionGroup)] == ["loan.since"]


def test_all_faults_of_a_case_file_come_together() -> None:
    facts = tuple(BY_NAME[name] for name in ("overdue", "balance", "rate", "score"))
    with pytest.raises(InvalidInputError) as refused:
        Extraction(facts).snapshot(a_case(overdue=-1, balance=usd("1.00")), on=ON, supplied={"score": 101})
    assert [getattr(fault, "field", None) for fault in refused.value.exceptions] == ["overdue", "balance", "score"]
    assert refused.value.owner == "facts"


def test_a_field_that_is_not_there_is_not_taken_for_unknown() -> None:
    with pytest.raises(InvalidInputError, match=r"`case\.loan\.overdue` must be a field of the case file"):
        extracted("overdue", SimpleNamespace(loan=SimpleNamespace()))


def test_a_supplied_fact_that_nobody_asks_for_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean `score`"):
        Extraction((BY_NAME["score"],)).snapshot(a_case(), on=ON, supplied={"scores": 1})


@pytest.mark.parametrize("path", ["", "loan.", ".balance", "loan balance", "loan.class", "loan[0]", "x = 1; y", "贷款.余额"])
def test_a_path_that_is_not_names_joined_by_dots_is_refused(path: str) -> None:
    with pytest.raises(InvalidPolicyError, match="joined by dots"):
        Field(path)
    with pytest.raises(InvalidPolicyError, match="joined by dots"):
        Terms((path,))


def test_one_text_is_not_taken_for_many_paths() -> None:
    with pytest.raises(InvalidPolicyError, match="tuple"):
        Greatest("loan.overdue")


# -- stand-ins, and the whole way --------------------------------------------------------------------------------------


def test_a_stand_in_takes_the_place_of_what_the_case_file_lacks_and_of_nothing_else() -> None:
    overdue = BY_NAME["overdue"]
    assumption = overdue.assume(90, because=HOUSE)
    known, unknown = (Extraction((overdue,)).snapshot(case, on=ON, supplied={}, assuming=(assumption,)) for case in (a_case(), a_case(overdue=None)))
    assert (known["overdue"], known.assumed, known.unknown) == (30, (), ())
    assert (unknown["overdue"], unknown.assumed, unknown.unknown) == (90, (assumption,), ())


def test_a_graph_decides_a_case_file_as_it_decides_the_facts_in_it() -> None:
    graph = DecisionGraph((table(rule("late", BY_NAME["overdue"] > 20, "b"), rule("thin", BY_NAME["margin"] >= "0.60", "c")),))
    assert graph.decide(a_case(), on="2026-02-28")["t"].ruling == graph.verdicts(overdue=30, margin="0.60")["t"].ruling
    assert graph.decide(a_case(fees=None), on=ON)["t"].missing == ("margin",)
