"""The parts of facts, domains, scales, rules, tables and graphs: what is refused where it is written, and what is taken as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import Any

import attrs
import pytest
from tests.language.loan_facts import HOUSE, WHY, days, job, ltv, misuse, rule, signed, table
from tests.language.vocabulary import Level

from revisit_policy import Citation, DecisionGraph, Fact, Fold, Label, Money, Period, Rule, Score, Table, bands, cny, grid, unordered
from revisit_policy.errors import InvalidPolicyError, InvalidValueError, RevisitPolicyError
from revisit_policy.language.domains.amounts import Amounts
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.flags import Flags
from revisit_policy.language.fact import Assumption
from revisit_policy.language.parts import check_part, check_whole, items_of
from revisit_policy.language.scale import Scale


class Size(IntEnum):
    """Whole numbers with names, which are no whole numbers here."""

    ONE = 1


class HouseLabel(Label):
    """A label of the bank's own."""


class HouseCitation(Citation):
    """A citation of the bank's own."""


class HouseFact(Fact):
    """A fact of the bank's own."""


class HouseRule(Rule):
    """A rule of the bank's own."""


class HousePeriod(Period):
    """A period of the bank's own."""


class HouseTable(Table):
    """A table of the bank's own."""


def given(value: object) -> Any:
    """*value* as a caller without a type checker may hand it over."""
    return value


def crossed(rows: object, columns: object, *outcomes: object) -> tuple[Rule, ...]:
    """A grid of *rows* and *columns*, with a line of *outcomes* for each row."""
    return grid("g", given(rows), given(columns), outcomes=given(outcomes), because=WHY, source=HOUSE)


AB = Scale(("a", "b"))
LATE = bands(days, 30)
HIGH = bands(ltv, "0.5")
DAYS_SHOWN = "Fact.count('days', low=0, high=3650, label=Label(zh='逾期天数', en='days past due'), unit=Unit.DAYS)"
TABLE_SHOWN = (
    "Table(id='t', outcomes=Scale(outcomes=('a', 'b', 'c'), ordered=True), fold=Fold.WORST, rules=(), otherwise='a', label=Label(zh='表', en='table'))"
)

REFUSED: list[tuple[str, Callable[[], object], str]] = [
    # -------------------- counts
    ("a count from a float", lambda: Fact.count("n", low=given(0.0), high=9, label=WHY), "`count`: `low` must be a whole number, got `0.0`"),
    ("a count from a bool", lambda: Fact.count("n", low=False, high=9, label=WHY), "`count`: `low` must be a whole number, got `False`"),
    ("a count to a text", lambda: Fact.count("n", low=0, high=given("9"), label=WHY), "`count`: `high` must be a whole number, got `'9'`"),
    (
        "a count to a number with a name",
        lambda: Fact.count("n", low=0, high=Size.ONE, label=WHY),
        "`count`: `high` must be a whole number, got `<Size.ONE: 1>`",
    ),
    ("steps of nothing", lambda: Fact.count("n", low=0, high=9, step=0, label=WHY), "`count`: `step` must be a whole number from 1, got `0`"),
    ("steps of half", lambda: Fact.count("n", low=0, high=9, step=given(0.5), label=WHY), "`count`: `step` must be a whole number from 1, got `0.5`"),
    ("a count that ends before it starts", lambda: Fact.count("n", low=9, high=8, label=WHY), "`count`: `high` must be at least `low` (9), got `8`"),
    # -------------------- ratios, amounts, days
    (
        "a denominator of nothing",
        lambda: Fact.ratio("n", low="0", high="1", denominator=0, label=WHY),
        "`ratio`: `denominator` must be a whole number from 1, got `0`",
    ),
    (
        "a denominator that is a float",
        lambda: Fact.ratio("n", low="0", high="1", denominator=given(100.0), label=WHY),
        "`ratio`: `denominator` must be a whole number from 1, got `100.0`",
    ),
    ("a ratio that ends before it starts", lambda: Fact.ratio("n", low="1", high="0.9", label=WHY), "`ratio`: `high` must be at least `low` (1), got `9/10`"),
    (
        "an amount from a number",
        lambda: Fact.money("n", low=given(0), high=cny(1), label=WHY),
        '`money`: `low` must be money, such as `cny("100.00")`, got `0`',
    ),
    (
        "an amount without an end",
        lambda: Fact.money("n", low=cny(0), high=given(None), label=WHY),
        '`money`: `high` must be money, such as `cny("100.00")`, got `None`',
    ),
    (
        "an amount that ends before it starts",
        lambda: Fact.money("n", low=cny(2), high=cny(1), label=WHY),
        "`money`: `high` must be at least `low` (CNY 2.00), got `CNY 1.00`",
    ),
    (
        "an amount from yuan to dollars",
        lambda: Fact.money("n", low=cny(2), high=Money.of("3.00", "USD"), label=WHY),
        '`Money.currency` must be `CNY` on both sides, got `Money.of("3.00", "USD")` (Money)',
    ),
    (
        "a day that ends before it starts",
        lambda: Fact.day("n", low="2024-01-02", high="2024-01-01", label=WHY),
        "`day`: `high` must be at least `low` (2024-01-02), got `2024-01-01`",
    ),
    # -------------------- choices and scales
    ("the letters of a text as choices", lambda: Fact.choice("n", "ab", label=WHY), "`domain`: `choices` must be several, in a tuple, got `'ab'`"),
    ("bytes as choices", lambda: Fact.choice("n", b"ab", label=WHY), "`domain`: `choices` must be several, in a tuple, got `b'ab'`"),
    ("one number as choices", lambda: Fact.choice("n", given(5), label=WHY), "`domain`: `choices` must be several, in a tuple, got `5`"),
    (
        "choices that are lists",
        lambda: Fact.choice("n", given((["a"], ["b"])), label=WHY),
        "`domain`: choices must be at least one and all different, got `(['a'], ['b'])`",
    ),
    ("choices ordered by a number", lambda: Fact.choice("n", ("a", "b"), ordered=given(1), label=WHY), "`domain`: `ordered` must be True or False, got `1`"),
    ("a scale of one text", lambda: Scale("abc"), "`scale`: `outcomes` must be several, in a tuple, got `'abc'`"),
    ("a scale of one number", lambda: Scale(given(5)), "`scale`: `outcomes` must be several, in a tuple, got `5`"),
    ("an outcome twice", lambda: Scale(("a", "a")), "`domain`: choices must be at least one and all different, got `('a', 'a')`"),
    ("a scale ordered by a number", lambda: Scale(("a", "b"), ordered=given(0)), "`domain`: `ordered` must be True or False, got `0`"),
    ("no order over one number", lambda: unordered(given(5)), "`scale`: `outcomes` must be several, in a tuple, got `5`"),
    ("no order over bytes", lambda: unordered(b"ab"), "`scale`: `outcomes` must be several, in a tuple, got `b'ab'`"),
    ("a letter twice", lambda: unordered("aa"), "`domain`: choices must be at least one and all different, got `('a', 'a')`"),
    ("the place of what is not there", lambda: AB.place("c"), "`scale`: the outcome `'c'` is not on it: ('a', 'b')"),
    ("the place of a list", lambda: AB.place(given(["a"])), "`scale`: the outcome `['a']` is not on it: ('a', 'b')"),
    ("a bool among numbers", lambda: Scale((0, 1)).place(True), "`scale`: the outcome `True` is not on it: (0, 1)"),
    ("the bits of one text", lambda: AB.mask("ab"), "`scale`: `outcomes` must be several, in a tuple, got `'ab'`"),
    ("the bit of what is not there", lambda: AB.mask(("a", "c")), "`scale`: the outcome `'c'` is not on it: ('a', 'b')"),
    ("bits below nothing", lambda: AB.unmask(-1), "`scale`: `mask` must be a whole number from 0, got `-1`"),
    ("bits that are a bool", lambda: AB.unmask(True), "`scale`: `mask` must be a whole number from 0, got `True`"),
    ("a bad end that is a list", lambda: Score(worse=given(["high"])), """`score`: `worse` must be "high" or "low", got `['high']`"""),
    # -------------------- facts and stand-ins
    ("a number for the name of a fact", lambda: Fact(given(5), Flags(), label=WHY), "`5`: a fact's name must be lower_case_with_underscores"),
    (
        "a number for the name of an outcome",
        lambda: Fact(given(5), Flags(), label=WHY, table="t"),
        "`5`: a fact's name must be lower_case_with_underscores",
    ),
    (
        "a word for a domain",
        lambda: Fact("n", given("flag"), label=WHY),
        "`n`: `domain` must be a domain, as the named constructors make it, got `'flag'`",
    ),
    ("a label in one language", lambda: Fact.flag("n", label=given("why")), "`n`: `label` must be a Label, got `'why'`"),
    ("a word for a unit", lambda: Fact.flag("n", label=WHY, unit="days"), "`n`: `unit` must be a Unit or None, got `'days'`"),
    ("a path for a derivation", lambda: Fact.flag("n", label=WHY, derived="loan.n"), "`n`: `derived` must be a derivation, such as a Field, got `'loan.n'`"),
    ("a register that is a bool", lambda: Fact.flag("n", label=WHY, register=True), "`n`: `register` must be a Label or None, got `True`"),
    ("a number for a table", lambda: Fact.flag("n", label=WHY, table=5), "`n`: `table` must be the id of a table or None, got `5`"),
    (
        "a stand-in for a name",
        lambda: Assumption(fact=given("ltv"), value="0.7", because=HOUSE),
        "`Assumption.fact` must be a Fact, got `'ltv'`",
    ),
    (
        "a stand-in that nobody measured",
        lambda: Assumption(fact=ltv, value=float("nan"), because=HOUSE),
        "`Assumption.value` must be a known value, got `None`",
    ),
    (
        "a stand-in outside the domain",
        lambda: Assumption(fact=ltv, value="11", because=HOUSE),
        "`ltv` must be a ratio from 0 to 10 (did you mean '0.11', that is 11.00 %?), got `'11'`",
    ),
    # -------------------- periods, rules, bands and grids
    ("a period of a name", lambda: Period(since="2024-01-01", of=given("signed")), "`period`: `of` must be a fact that is a day, got `'signed'`"),
    ("a period of a count", lambda: Period(since="2024-01-01", of=days), f"`period`: `of` must be a fact that is a day, got `{DAYS_SHOWN}`"),
    ("a rule in force for a year", lambda: rule("r", days > 1, "b", given("2024")), "`r`: `period` must be a Period or None, got `'2024'`"),
    ("bands of a name", lambda: bands(given("days"), 30), "`bands`: `fact` must be a fact, got `'days'`"),
    ("bands of a flag", lambda: bands(misuse, True), "`misuse`: bands divide what lies on a line, and this is a flag"),
    ("bands of a choice", lambda: bands(job, "none"), "`job`: bands divide what lies on a line, and this is a choice"),
    ("bands without a cut", lambda: bands(days), "`days`: bands need cuts that rise, got `()`"),
    ("bands with a cut twice", lambda: bands(days, 30, 30), "`days`: bands need cuts that rise, got `(30, 30)`"),
    ("bands with one cut in two spellings", lambda: bands(ltv, "0.5", "1/2"), "`ltv`: bands need cuts that rise, got `('0.5', '1/2')`"),
    ("bands with an unknown cut", lambda: bands(days, 30, None), "`days`: bands need cuts that rise, got `(30, None)`"),
    ("bands with nothing but an unknown cut", lambda: bands(days, None), "`days`: bands need cuts that rise, got `(None,)`"),
    ("a grid whose rows are a number", lambda: crossed(5, HIGH, ("a", "b")), "`g`: `rows` must be several, in a tuple, got `5`"),
    ("a grid whose columns are a number", lambda: crossed(LATE, 5, ("a",), ("b",)), "`g`: `columns` must be several, in a tuple, got `5`"),
    (
        "a grid whose outcomes are one text",
        lambda: grid("g", LATE, HIGH, outcomes="ab", because=WHY, source=HOUSE),
        "`g`: `outcomes` must be several, in a tuple, got `'ab'`",
    ),
    ("a grid with one text for a line", lambda: crossed(LATE, HIGH, "ab", "bc"), "`g`: `outcomes` must be several, in a tuple, got `'ab'`"),
    ("a grid with bools for rows", lambda: crossed((True, False), HIGH, ("a", "b"), ("b", "c")), "`g`: `rows and columns` must be conditions, got `True`"),
    (
        "a grid with a fact for a column",
        lambda: crossed(LATE, (days,), ("a",), ("b",)),
        f"`g`: `rows and columns` must be conditions, got `{DAYS_SHOWN}`",
    ),
    (
        "a grid with a cell too many",
        lambda: crossed(LATE, HIGH, ("a", "b"), ("a", "b", "c")),
        "`g`: a grid needs one outcome for every cell: 2 rows of 2",
    ),
    (
        "a grid with a row too many",
        lambda: crossed(LATE, HIGH, ("a", "b"), ("b", "c"), ("c", "c")),
        "`g`: a grid needs one outcome for every cell: 2 rows of 2",
    ),
    # -------------------- tables and graphs
    ("a table with a label in one language", lambda: attrs.evolve(table(), label=given("table")), "`t`: `label` must be a Label, got `'table'`"),
    ("a graph of a number", lambda: DecisionGraph(given(5)), "`graph`: `tables` must be several, in a tuple, got `5`"),
    ("a graph of a table alone", lambda: DecisionGraph(given(table())), f"`graph`: `tables` must be several, in a tuple, got `{TABLE_SHOWN}`"),
    (
        "a name among tables",
        lambda: DecisionGraph(given((table(), "t"))),
        "`graph`: `tables` must be tables, such as `policy.grade.table`, got `'t'`",
    ),
    ("a given table that is one text", lambda: DecisionGraph((table(),), given="first"), "`graph`: `given` must be several, in a tuple, got `'first'`"),
    ("a number among given tables", lambda: DecisionGraph((table(),), given=given(("first", 5))), "`graph`: `given` must be ids of tables, got `5`"),
]


@pytest.mark.parametrize(("refused", "text"), [pytest.param(refused, text, id=sentence) for sentence, refused, text in REFUSED])
def test_a_part_that_cannot_be_meant_is_refused_by_subject_field_and_value(refused: Callable[[], object], text: str) -> None:
    with pytest.raises(RevisitPolicyError) as found:
        refused()
    assert str(found.value) == text


# -- what is right is taken --------------------------------------------------------------------------------------------

# a domain with one value, and the values just beside it
NARROW: list[tuple[str, Callable[[], Fact], Any, tuple[Any, ...]]] = [
    ("a count", lambda: Fact.count("n", low=3, high=3, label=WHY), 3, (2, 4)),
    ("a count below nothing", lambda: Fact.count("n", low=-3, high=-3, label=WHY), -3, (-4, -2, 3)),
    ("a ratio", lambda: Fact.ratio("n", low="0.5", high="1/2", label=WHY), "0.5", ("0.49", "0.51")),
    ("an amount", lambda: Fact.money("n", low=cny(1), high=cny("1.00"), label=WHY), cny(1), (cny("0.99"), cny("1.01"))),
    ("a day", lambda: Fact.day("n", low="2024-02-29", high="2024-02-29", label=WHY), "2024-02-29", ("2024-02-28", "2024-03-01")),
    ("a choice", lambda: Fact.choice("n", ("a",), label=WHY), "a", ("b",)),
]


@pytest.mark.parametrize(("make", "value", "beside"), [pytest.param(*row, id=sentence) for sentence, *row in NARROW])
def test_a_domain_may_have_a_single_value(make: Callable[[], Fact], value: Any, beside: tuple[Any, ...]) -> None:
    fact = make()
    assert fact.accept(value) is not None
    for other in beside:
        with pytest.raises(RevisitPolicyError):
            fact.accept(other)


def test_amounts_are_of_the_currency_of_their_bounds_alone_or_of_any() -> None:
    alone, of_any = Amounts(cny(0), cny(9)), Amounts(cny(0), cny(9), fixed=None)
    assert (alone.fixed, alone == Amounts(cny(0), cny(9), fixed="CNY"), alone == of_any) == ("CNY", True, False)
    assert of_any == Amounts(Money.of("0", "USD"), Money.of("9", "USD"), fixed=None)
    for other in ("USD", given(["CNY"])):
        with pytest.raises(InvalidValueError, match="`fixed` must be CNY as the bounds are, or None, got"):
            Amounts(cny(0), cny(9), fixed=other)


def test_the_least_step_and_the_least_denominator_are_one() -> None:
    assert Fact.count("n", low=0, high=9, step=1, label=WHY).accept(7) == 7
    whole = Fact.ratio("n", low="0", high="2", denominator=1, label=WHY)
    assert whole.accept("2") == 2
    with pytest.raises(InvalidValueError, match="a fraction with a denominator of at most 1, got"):
        whole.accept("1/2")


def each(*items: object) -> list[Iterable[Any]]:
    """*items* in every way in which several may be handed over."""
    return [items, list(items), iter(items), (item for item in items), dict.fromkeys(items)]


def test_choices_and_outcomes_may_come_in_whatever_has_items() -> None:
    assert [Choices(items).items for items in each("a", "b")] == [("a", "b")] * 5
    assert [Scale(items).outcomes for items in each("a", "b")] == [("a", "b")] * 5
    assert [unordered(items) for items in each("a", "b")] == [Scale(("a", "b"), ordered=False)] * 5
    assert [AB.mask(items) for items in each("b", "a")] == [0b11] * 5


def test_an_enumeration_is_a_scale_in_the_order_of_its_members() -> None:
    for domain in (Choices(Level, ordered=True).items, Scale(Level).outcomes, unordered(Level).outcomes):
        assert domain == (Level.CALM, Level.WATCH, Level.ALARM)


def test_the_letters_of_a_text_may_be_outcomes_without_order_and_nothing_else() -> None:
    assert unordered("ab") == Scale(("a", "b"), ordered=False)


def test_an_outcome_is_found_by_what_it_is() -> None:
    pair = Scale((("a", 1), ("a", 2)))
    assert [pair.place(("a", number)) for number in (1, 2)] == [0, 1]


def test_bits_beyond_the_scale_stand_for_no_outcome() -> None:
    assert [AB.unmask(bits) for bits in (0, 0b10, 0b11, 0b100, 0b101)] == [(), ("b",), ("a", "b"), (), ("a",)]


def test_the_tables_of_a_graph_may_come_in_whatever_has_items() -> None:
    first = table(name="first")
    second = table(rule("r", first.outcome.is_in("b"), "b"), name="second")
    assert [DecisionGraph(given(items)).tables for items in each(second, first)] == [(first, second)] * 5
    assert [DecisionGraph((second,), given=given(items)).given for items in each("first")] == [("first",)] * 5


def test_a_grid_may_come_in_whatever_has_items() -> None:
    plain = crossed(LATE, HIGH, ("a", "b"), ("b", "c"))
    assert [(cell.id, cell.then) for cell in plain] == [("g-1-1", "a"), ("g-1-2", "b"), ("g-2-1", "b"), ("g-2-2", "c")]
    for rows, columns, above, below in zip(each(*LATE), each(*HIGH), each("a", "b"), each("b", "c"), strict=True):
        assert crossed(rows, columns, above, below) == plain
    assert grid("g", LATE, HIGH, outcomes=given(iter([("a", "b"), ("b", "c")])), because=WHY, source=HOUSE) == plain


def test_parts_of_the_banks_own_kinds_are_taken() -> None:
    why, source = HouseLabel("理由", "reason"), HouseCitation(document=WHY, standing="bank_practice")
    late = HouseFact("late", days.domain, label=why, register=why)
    signed_here = HouseFact("signed_here", signed.domain, label=why)
    in_force = HousePeriod(since="2024-01-01", of=signed_here)
    over = HouseRule("over", when=bands(late, 31)[-1], then="b", because=why, source=source, period=in_force)
    own = HouseTable("own", outcomes=("a", "b"), fold=Fold.WORST, rules=(over,), otherwise="a", label=why)
    assert DecisionGraph((own,)).verdicts(late=31, signed_here="2024-01-01")["own"].outcome == "b"
    assert late.assume(3, because=source).fact is late


# -- the checks themselves ---------------------------------------------------------------------------------------------


def test_a_part_of_the_right_kind_passes_in_silence() -> None:
    for value, kind in ((True, int), ("a", str | None), (None, str | None)):
        check_part(value, kind, subject="r", field="part", expected="right")
    with pytest.raises(InvalidPolicyError) as refused:
        check_part("a\nb", int, subject=5, field="part", expected="right")
    assert (refused.value.subject, refused.value.problem) == ("5", r"`part` must be right, got `'a\nb'`")


@pytest.mark.parametrize(("value", "low", "is_taken"), [(-1, None, True), (-1, 0, False), (0, 0, True), (0, 1, False), (1, 1, True), (10**40, 1, True)])
def test_a_whole_number_has_a_least_where_one_is_asked_for(value: int, low: int | None, is_taken: bool) -> None:
    if is_taken:
        check_whole(value, subject="r", field="part", low=low)
        return
    with pytest.raises(InvalidPolicyError) as refused:
        check_whole(value, subject=5, field="part", low=low)
    assert (refused.value.subject, refused.value.problem) == ("5", f"`part` must be a whole number from {low}, got `{value}`")


def test_several_are_items_in_their_order_and_none_is_several() -> None:
    assert [items_of(items, subject="r", field="parts") for items in each("b", "a")] == [("b", "a")] * 5
    assert items_of((), subject="r", field="parts") == ()
    with pytest.raises(InvalidPolicyError) as refused:
        items_of("ba", subject=5, field="parts")
    assert (refused.value.subject, refused.value.problem) == ("5", "`parts` must be several, in a tuple, got `'ba'`")
