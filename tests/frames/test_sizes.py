"""Size: tables of hundreds of outcomes, over every kind of fact, by every fold, on every engine.

A plan that nests as deep as a table is long cannot be written at this size: Python refuses it, or the engine does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.frames.engines import ENGINES, cells
from tests.frames.expectations import expected
from tests.language.loan_facts import days, ltv, misuse, principal, rule, signed, table

from revisit_policy import DecisionGraph, Fact, Fold, Label, Rule, Score, cny, frames
from revisit_policy.casefile.holding import Holding
from revisit_policy.frames.engines.written import OfPolars, written
from revisit_policy.frames.expressions.choosing import chosen
from revisit_policy.frames.expressions.expression import Expression, Literal, Named, halved
from revisit_policy.frames.expressions.truth import Flag, several
from revisit_policy.frames.rules.kinds import MOST
from revisit_policy.language.flags import Row, either

#: More than Python nests, at two calls for every outcome.
MANY: Final = 340

BRANCHES: Final = tuple(f"branch {at}" for at in range(400))
branch = Fact.choice("branch", BRANCHES, label=Label("网点", "branch"))
rank = Fact.choice("rank", BRANCHES, label=Label("等级", "rank"), ordered=True)
FIRST_DAY: Final = dt.date(2020, 1, 1)

#: A condition for every place, over a fact of every kind.
KINDS: Final[Mapping[str, Callable[[int], Any]]] = {
    "a count": lambda at: days.between(at, at + 1),
    "a ratio": lambda at: ltv > f"{at}/100",
    "an amount": lambda at: principal > cny(1000 * at),
    "a day": lambda at: signed < FIRST_DAY + dt.timedelta(days=at),
    "a choice": lambda at: branch.is_in(BRANCHES[at], BRANCHES[at // 2]),
    "an ordered choice": lambda at: rank > BRANCHES[at],
    "a flag": lambda at: misuse.is_true() & (days > at),
}

#: Everything known, in the middle of all limits, at their end, and with one fact after the other unknown.
BOOK: Final[list[dict[str, Any]]] = [
    {"days": 40, "ltv": "1/2", "principal": cny(250_500), "signed": dt.date(2020, 6, 1), "branch": "branch 77", "rank": "branch 30", "misuse": True},
    {"days": 3000, "ltv": "9", "principal": cny(0), "signed": dt.date(2019, 1, 1), "branch": "branch 399", "rank": "branch 399", "misuse": False},
    {"days": None, "ltv": "0", "principal": cny(399_000), "signed": None, "branch": "branch 0", "rank": None, "misuse": None},
    {"days": 0, "ltv": None, "principal": None, "signed": dt.date(2021, 2, 3), "branch": None, "rank": "branch 0", "misuse": False},
]
COLUMNS: Final[Mapping[str, tuple[Holding, list[Any]]]] = {
    "days": (Holding.COUNT, [40, 3000, None, 0]),
    "ltv": (Holding.RATIO, [50, 900, 0, None]),
    "principal": (Holding.AMOUNT, [25_050_000, 0, 39_900_000, None]),
    "signed": (Holding.DAY, [dt.date(2020, 6, 1), dt.date(2019, 1, 1), None, dt.date(2021, 2, 3)]),
    "branch": (Holding.CODE, ["branch 77", "branch 399", "branch 0", None]),
    "rank": (Holding.CODE, ["branch 30", "branch 399", None, "branch 0"]),
    "misuse": (Holding.FLAG, [True, False, None, False]),
}

OUTCOMES: Final = tuple(f"o{at}" for at in range(MANY + 1))


def rules(condition: Callable[[int], Any], prefix: str, *, points: bool = False) -> list[Rule]:
    """A rule for every place; each third one says what another says too, so that several can agree."""
    said = [at if points else OUTCOMES[at % 3 if at % 3 == 1 else at + 1] for at in range(MANY)]
    return [rule(f"{prefix}{at}", condition(at), said[at]) for at in range(MANY)]


def all_kinds(at: int) -> Any:
    return list(KINDS.values())[at % len(KINDS)](at)


def one_only(at: int) -> Any:
    """Conditions that leave one another out."""
    return days.between(at, at + 1) & all_kinds(at)


def folded(fold: Fold) -> DecisionGraph:
    if fold is Fold.TOTAL:
        return DecisionGraph([table(*rules(all_kinds, "r", points=True), fold=fold, outcomes=Score(), otherwise=0)])
    if fold is Fold.LEAST:
        least = [rule(f"r{at}", all_kinds(at), at) for at in range(MANY)]
        return DecisionGraph([table(*least, fold=fold, outcomes=tuple(range(MANY, -1, -1)), otherwise=MANY)])
    otherwise: Any = () if fold is Fold.EVERY else OUTCOMES[0]
    condition = one_only if fold is Fold.UNIQUE else all_kinds
    return DecisionGraph([table(*rules(condition, "r"), fold=fold, outcomes=OUTCOMES, otherwise=otherwise)])


def later() -> DecisionGraph:
    """A table that compares the outcome of an earlier one with every place, and one that asks which of several it is."""
    earlier = table(*rules(KINDS["a count"], "r"), outcomes=OUTCOMES, otherwise="o0", name="earlier")
    fact = earlier.outcome
    above = table(*rules(lambda at: fact > OUTCOMES[at], "above"), outcomes=OUTCOMES, otherwise="o0", name="above")
    among = table(*rules(lambda at: fact.is_in(*OUTCOMES[at : MANY : at + 1]), "among"), fold=Fold.FIRST, outcomes=OUTCOMES, otherwise="o0", name="among")
    return DecisionGraph([earlier, above, among])


GRAPHS: Final[Mapping[str, Callable[[], DecisionGraph]]] = {
    **{f"every kind of fact, by {fold.value}": lambda fold=fold: folded(fold) for fold in Fold},  # type: ignore[misc] # bound at once
    "the outcome of an earlier table": later,
}


def agrees(graph: DecisionGraph, engine: str) -> None:
    names = {fact.name for fact in graph.facts}
    columns = {name: column for name, column in COLUMNS.items() if name in names}
    found = frames.decide(graph, ENGINES[engine](columns), on="2026-01-01", trace="text", denominators={"ltv": 100} if "ltv" in names else {})
    got = cells(found)
    single = [graph.verdicts(**{name: value for name, value in row.items() if name in names}) for row in BOOK]
    for name, column in expected(graph, single).items():
        parts = [got[part] for part in (name, *(f"{name}_{at}" for at in range(2, 9))) if part in got]  # of masks
        assert (parts[0] if len(parts) == 1 else [sum(part << 63 * at for at, part in enumerate(row)) for row in zip(*parts, strict=True)]) == column, name


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS)
def test_hundreds_of_outcomes_are_decided_as_the_single_decision_does(graph: Callable[[], DecisionGraph], engine: str) -> None:
    agrees(graph(), engine)


@pytest.mark.parametrize(("engine", "fold"), [("pyarrow", Fold.FIRST), ("pandas nullable", Fold.WORST)])  # both are handed Narwhals' expressions
def test_engines_of_narwhals_decide_hundreds_of_outcomes_as_the_single_decision_does(engine: str, fold: Fold) -> None:
    agrees(folded(fold), engine)


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_table_that_tells_more_kinds_of_rows_apart_than_are_numbered_is_decided_rule_by_rule(engine: str) -> None:
    many = 300
    made = [rule(f"r{at}", (days > 3 * at) & (principal > cny(1000 * (at * 37 % many))), OUTCOMES[at]) for at in range(many)]
    assert many**2 > MOST
    agrees(DecisionGraph([table(*made, fold=Fold.FIRST, outcomes=OUTCOMES, otherwise=OUTCOMES[0])]), engine)


@given(st.lists(st.booleans(), max_size=200), st.data())
def test_flags_in_a_row_are_asked_together_as_they_are_one_by_one(found: list[bool], data: st.DataObject) -> None:
    frame = pl.DataFrame({"at": [0], **{f"f{at}": [flag] for at, flag in enumerate(found)}})
    flags: tuple[Flag, ...] = tuple(Named(f"f{at}") for at in range(len(found)))
    start = data.draw(st.integers(0, len(found)))
    stop = data.draw(st.integers(start, len(found)))
    row: Row[Expression] = Row.of(flags)
    asked = {
        "between": (row.between(start, stop), any(found[start:stop])),
        "several": (several(flags), sum(found) > 1),
        "highest": (chosen(row, [Literal(at) for at in range(len(found))]), max((at for at, flag in enumerate(found) if flag), default=None)),
    }
    for name, (part, answer) in asked.items():
        got = part if isinstance(part, bool) else frame.select(written(part, OfPolars(pl)).alias("found"))["found"][0]
        assert got == answer, name


def test_thousands_of_parts_lie_a_few_deep() -> None:
    parts: list[Expression] = [Named(f"f{at}") for at in range(4_000)]
    joined = halved(lambda one, other: one | other, parts)
    assert depth(joined) == 13
    flags = either(parts)
    assert isinstance(flags, Expression)
    assert depth(flags) == 3


def depth(part: Expression) -> int:
    return 1 + max(map(depth, part.made_of()), default=0)


def test_hundreds_of_outcomes_are_labelled() -> None:
    first = [rule(f"r{at}", KINDS["a count"](at), OUTCOMES[at + 1]) for at in range(MANY)]
    graph = DecisionGraph([table(*first, outcomes=OUTCOMES, fold=Fold.FIRST, otherwise="o0")])
    for engine in ("polars", "pyarrow", "pandas nullable", "duckdb"):
        found = cells(frames.label(graph, frames.decide(graph, ENGINES[engine]({"days": COLUMNS["days"]}), on="2026-01-01", trace="none")))
        assert found["t"] == ["o41", "o0", None, "o1"], engine
