"""Facts, their domains and the snapshots that hold them: what is taken, how it is held, and how it reads back."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from tests.language.loan_facts import HOUSE, WHY, days, impaired, job, ltv, misuse, principal, rule, signed, standing, table
from tests.language.vocabulary import Level

from revisit_policy import DecisionGraph, Fact, Fold, Label, Score, Unit, cny, unordered
from revisit_policy.errors import InvalidPolicyError, InvalidValueError, UnknownNameError
from revisit_policy.language.condition import all_of, any_of
from revisit_policy.language.derivation import Field
from revisit_policy.language.domains.choice_words import choice_text
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.days import Days
from revisit_policy.language.domains.points import Points
from revisit_policy.language.domains.sets import Sets
from revisit_policy.language.scale import Scale
from revisit_policy.language.snapshot import Snapshot, snapshot_of
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Lang

mood = Fact.choice("mood", Level, ordered=True, label=Label("情绪", "mood"))
desks = table(fold=Fold.EVERY, otherwise=None, name="desks").outcome
points = table(rule("five", days > 1, 5), rule("less", days > 2, -3), fold=Fold.TOTAL, outcomes=Score(), otherwise=1, name="points").outcome

# a fact, a value as somebody gives it, the value as it is compared, and what a snapshot gives back
HELD: list[tuple[str, Fact, Any, Any, Any]] = [
    ("a count as it is", days, 31, 31, 31),
    ("a count at its lower bound", days, 0, 0, 0),
    ("a count at its upper bound", days, 3650, 3650, 3650),
    ("a ratio as its quotient", ltv, "0.7", 0.7, 0.7),
    ("a ratio at its lower bound", ltv, "0", 0.0, 0.0),
    ("a ratio at its upper bound", ltv, Fraction(10), 10.0, 10.0),
    ("money in minor units", principal, cny("1.05"), 105, cny("1.05")),
    ("money at its upper bound", principal, cny(100_000_000), 10_000_000_000, cny(100_000_000)),
    ("a day as its ordinal", signed, "2026-01-31", Date(2026, 1, 31).toordinal(), Date(2026, 1, 31)),
    ("the first day there is", signed, "1900-01-01", Date(1900, 1, 1).toordinal(), Date(1900, 1, 1)),
    ("the last day there is", signed, "2199-12-31", Date(2199, 12, 31).toordinal(), Date(2199, 12, 31)),
    ("a flag as it is", impaired, False, False, False),
    ("a choice as the bit of its place", job, "own_business", 0b010, "own_business"),
    ("a member of an enumeration", mood, Level.ALARM, 0b100, Level.ALARM),
    ("a member by its code", mood, "alarm", 0b100, Level.ALARM),
    ("a set as what is certain and what is possible", desks, ["c", "a"], (0b101, 0b101), ("a", "c")),
    ("a set of nothing", desks, (), (0, 0), ()),
    ("a total as an interval of one", points, 4, (4, 4), 4),
]


@pytest.mark.parametrize(("fact", "given", "encoded", "back"), [pytest.param(*row, id=sentence) for sentence, *row in HELD])
def test_a_value_is_held_as_it_is_compared_and_read_back_as_it_is_said(fact: Fact, given: Any, encoded: Any, back: Any) -> None:
    snapshot = Snapshot((fact,), (fact.encode(given),))
    assert snapshot.encoded(fact.name) == encoded
    assert type(snapshot.encoded(fact.name)) is type(encoded)
    assert snapshot[fact.name] == back


def test_what_is_not_known_is_every_choice_or_everything_that_is_possible() -> None:
    assert job.domain.blank == 0b111
    assert desks.domain.blank == (0, 0b111)
    assert points.domain.blank == (-2, 6)


def test_a_set_that_is_open_gives_back_what_is_certain_and_a_total_its_lower_end() -> None:
    assert Snapshot((desks, points), ((0b001, 0b111), (-2, 6)))["desks"] == ("a",)
    assert Snapshot((desks, points), ((0b001, 0b111), (-2, 6)))["points"] == -2


def test_choices_are_masks_of_their_places() -> None:
    for domain in (Choices(("a", "b", "c")), Scale(("a", "b", "c"))):
        assert [domain.mask(()), domain.mask(("a",)), domain.mask(("c", "b"))] == [0, 0b001, 0b110]
        assert [domain.unmask(0), domain.unmask(0b001), domain.unmask(0b110)] == [(), ("a",), ("b", "c")]
        assert [domain.place(item) for item in "abc"] == [0, 1, 2]
    assert Sets(("a", "b", "c")).mask(("c", "b")) == 0b110
    assert Scale(("a", "b", "c")).everything == 0b111


def test_a_choice_reads_by_its_label_or_else_as_it_is() -> None:
    assert (choice_text(Level.WATCH, Lang.ZH), choice_text(Level.WATCH, Lang.EN), choice_text(12, Lang.ZH)) == ("关注", "watch", "12")


def test_a_scale_has_an_order_unless_it_is_declared_to_have_none() -> None:
    assert Scale(("a", "b")).ordered is True
    assert unordered("ab") == Scale(("a", "b"), ordered=False)
    assert unordered("ab").ordered is False


def test_a_snapshot_tells_what_is_known_what_is_not_and_how_many_there_are() -> None:
    snapshot = snapshot_of((days, ltv, misuse), {"days": 31})
    assert (list(snapshot), len(snapshot), snapshot.missing) == (["days", "ltv", "misuse"], 3, ("ltv",))
    assert (snapshot["days"], snapshot["ltv"], snapshot["misuse"]) == (31, None, False)
    assert snapshot_of((signed,), {})["signed"] is None


def test_stand_ins_are_used_for_what_is_unknown_and_read_and_for_nothing_else() -> None:
    for_days, for_ltv, for_job = (days.assume(5, because=HOUSE), ltv.assume("0.9", because=HOUSE), job.assume("none", because=HOUSE))
    snapshot = snapshot_of((days, ltv), {"days": 31}, assuming=(for_job, for_days, for_ltv))
    assert (snapshot.values, snapshot.assumed, snapshot.missing) == ((31, 0.9), (for_ltv,), ())


def test_a_fact_keeps_whatever_it_is_given_besides_its_domain() -> None:
    more: dict[str, Any] = {"label": WHY, "derived": Field("loan.x"), "unit": Unit.TIMES}
    facts = (
        Fact.count("a", low=0, high=9, step=3, **more),
        Fact.ratio("a", low="0", high="1", denominator=100, **more),
        Fact.money("a", low=cny(0), high=cny(1), **more),
        Fact.flag("a", **more),
        Fact.choice("a", ("x", "y"), **more),
        Fact.day("a", low="2020-01-01", high="2020-12-31", **more),
    )
    for fact in facts:
        assert (fact.name, fact.label, fact.derived, fact.unit) == ("a", WHY, Field("loan.x"), Unit.TIMES)
    assert [repr(fact).partition(", label")[0] for fact in facts] == [
        "Fact.count('a', low=0, high=9, step=3",
        "Fact.ratio('a', low='0.00', high='1.00', denominator=100",
        'Fact.money(\'a\', low=cny("0.00"), high=cny("1.00")',
        "Fact.flag('a'",
        "Fact.choice('a', ('x', 'y')",
        "Fact.day('a', low='2020-01-01', high='2020-12-31'",
    ]


# made when they are asked for, so that what makes them is tried each time
REPRS: list[tuple[str, Callable[[], object], str]] = [
    (
        "a count with a unit and a register",
        lambda: Fact.count("n", low=0, high=9, label=WHY, unit=Unit.TIMES, register=WHY),
        "Fact.count('n', low=0, high=9, label=Label(zh='理由', en='reason'), unit=Unit.TIMES, register=Label(zh='理由', en='reason'))",
    ),
    (
        "a ratio of thirds",
        lambda: Fact.ratio("r", low="1/3", high="2.5", label=WHY),
        "Fact.ratio('r', low='1/3', high='2.50', label=Label(zh='理由', en='reason'))",
    ),
    (
        "a ratio of twelve decimals and one of thirteen",
        lambda: Fact.ratio("r", low="0.0000000000001", high="0.000000000001", label=WHY),
        "Fact.ratio('r', low='1/10000000000000', high='0.000000000001', label=Label(zh='理由', en='reason'))",
    ),
    (
        "an ordered choice",
        lambda: Fact.choice("c", ("x", "y"), label=WHY, ordered=True),
        "Fact.choice('c', ('x', 'y'), ordered=True, label=Label(zh='理由', en='reason'))",
    ),
    (
        "the outcome of an earlier table",
        lambda: table(outcomes=("a", "b"), name="t").outcome,
        "Fact('t', Choices(items=('a', 'b'), ordered=True), label=Label(zh='表', en='table'), table='t')",
    ),
    ("a limit below zero", lambda: Fact.ratio("r", low="-1", high="1", label=WHY) > "-0.05", "(r > '-0.05')"),
    ("a limit with many decimals", lambda: ltv > "0.12345", "(ltv > '0.12345')"),
    ("a limit of thirds", lambda: ltv > "1/3", "(ltv > '1/3')"),
    ("a limit of money", lambda: principal > cny("1.50"), '(principal > cny("1.50"))'),
    ("a limit that is a day", lambda: signed < "2024-05-17", "(signed < '2024-05-17')"),
    ("a limit that is a choice", lambda: standing >= "fair", "(standing >= 'fair')"),
    ("a limit of a total", lambda: points > 4, "(points > 4)"),
    ("a set that includes", lambda: desks.includes("a", "c"), "desks.includes('a', 'c')"),
    ("a set that includes none of them", lambda: ~desks.includes("a"), "~desks.includes('a')"),
    ("the same, denied again", lambda: ~~desks.includes("a"), "desks.includes('a')"),
    ("more than, denied", lambda: ~(days > 90), "(days <= 90)"),
    ("at least, denied", lambda: ~(days >= 90), "(days < 90)"),
    ("less than, denied", lambda: ~(days < 90), "(days >= 90)"),
    ("at most, denied", lambda: ~(days <= 90), "(days > 90)"),
    ("choices, denied", lambda: ~job.is_in("none"), "job.is_in('salaried', 'own_business')"),
    ("a flag that is not set", lambda: misuse.is_false(), "misuse.is_false()"),
    ("a flag, denied", lambda: ~misuse.is_true(), "misuse.is_false()"),
    ("what is missing", lambda: ltv.is_missing(), "ltv.is_missing()"),
    ("what is known", lambda: ~ltv.is_missing(), "~ltv.is_missing()"),
    ("what is known, denied", lambda: ~~ltv.is_missing(), "ltv.is_missing()"),
    ("both, denied", lambda: ~((days > 90) & misuse.is_true()), "((days <= 90) | misuse.is_false())"),
    ("either, denied", lambda: ~((days > 90) | misuse.is_true()), "((days <= 90) & misuse.is_false())"),
    ("always", lambda: all_of(), "ALWAYS"),
    ("never", lambda: any_of(), "NEVER"),
    ("all of one", lambda: all_of(days > 1), "(days > 1)"),
    ("any of one", lambda: any_of(days > 1), "(days > 1)"),
    ("three together", lambda: (days > 1) & ((days > 2) & (days > 3)), "((days > 1) & (days > 2) & (days > 3))"),
    ("three alternatives", lambda: (days > 1) | ((days > 2) | (days > 3)), "((days > 1) | (days > 2) | (days > 3))"),
    (
        "alternatives among what holds together",
        lambda: (days > 1) & (misuse.is_true() | (days > 9)),
        "((days > 1) & (misuse.is_true() | (days > 9)))",
    ),
    ("a stretch of days", lambda: days.between(31, 91), "((days >= 31) & (days < 91))"),
]


@pytest.mark.parametrize(("make", "text"), [pytest.param(make, text, id=sentence) for sentence, make, text in REPRS])
def test_a_fact_or_condition_is_shown_as_it_is_written(make: Callable[[], object], text: str) -> None:
    assert repr(make()) == text


def test_a_choice_is_found_by_what_it_is_and_not_by_which_object_it_is() -> None:
    thousands = Fact.choice("thousands", (1000, 2000), label=WHY)
    assert thousands.accept(int("1000")) == 1000
    with pytest.raises(InvalidValueError):
        thousands.accept(1000.0)


def test_a_count_in_steps_takes_them_from_the_least_there_is() -> None:
    thirds = Fact.count("thirds", low=1, high=9, step=3, label=WHY)
    assert [thirds.accept(value) for value in (1, 4, 7)] == [1, 4, 7]
    for value in (0, 2, 3, 5, 6, 8, 9, 10):
        with pytest.raises(InvalidValueError):
            thirds.accept(value)


@pytest.mark.parametrize(("fact", "wrong"), [(days, -1), (ltv, 0.5), (principal, 1), (signed, 1), (misuse, 1), (job, 1), (desks, "a"), (points, 99)])
def test_a_refused_value_is_refused_by_the_name_of_its_fact(fact: Fact, wrong: object) -> None:
    with pytest.raises(InvalidValueError) as found:
        fact.accept(wrong)
    assert (found.value.owner, found.value.field) == ("", fact.name)


def test_the_finest_limit_that_can_be_compared_exactly() -> None:
    coarse = Fact.ratio("coarse", low="0", high="10000", denominator=2**40, label=WHY)
    assert repr(coarse > "4095") == "(coarse > '4095.00')"
    with pytest.raises(InvalidPolicyError, match="too many digits"):
        _ = coarse > "4096"


def test_a_day_lies_between_1900_and_2199_unless_it_is_said() -> None:
    assert Fact.day("d", label=WHY).domain == Days("1900-01-01", "2199-12-31")
    assert Fact.day("d", label=WHY, low="2020-01-01", high="2020-12-31").domain == Days("2020-01-01", "2020-12-31")


def test_only_values_on_a_line_have_a_distance() -> None:
    assert [fact.name for fact in (days, ltv, principal, signed, misuse, job, desks, points) if fact.is_measured] == ["days", "ltv", "principal", "signed"]


def test_a_table_gives_its_outcome_the_domain_of_its_fold() -> None:
    assert desks.domain == Sets(("a", "b", "c"))
    assert points.domain == Points(-2, 6)
    assert table(outcomes=unordered("ab"), fold=Fold.FIRST).outcome.domain == Choices(("a", "b"), ordered=False)
    assert table().outcome.domain == Choices(("a", "b", "c"), ordered=True)


def test_verdicts_are_a_mapping_by_table() -> None:
    verdicts = DecisionGraph((table(name="one"), table(name="two"))).verdicts()
    assert (list(verdicts), len(verdicts), "one" in verdicts, "three" in verdicts) == (["one", "two"], 2, True, False)
    with pytest.raises(UnknownNameError):
        _ = verdicts["three"]


def test_what_a_case_is_asked_and_what_is_assumed_of_it_reach_the_verdict() -> None:
    graph = DecisionGraph((table(rule("thin", ltv >= "0.8", "b"), rule("late", days > 90, "c")),))
    assert graph.decide(object(), on="2026-01-31", supplied={"ltv": "0.9", "days": 1})["t"].fired == ("thin",)
    assert graph.decide(object(), on="2026-01-31", assuming=(days.assume(91, because=HOUSE),))["t"].fired == ("late",)
    assert [one.id for one in graph.decide(object(), on="2026-01-31", supplied={"ltv": "0.9", "days": 91})["t"].reasons] == ["thin", "late"]
