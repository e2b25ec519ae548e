"""Expressions come to the same on every engine, whichever way they are written for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from math import isnan
from typing import Any, Final

import duckdb
import narwhals as nw
import numpy as np
import polars as pl
import pytest
from tests.language.loan_facts import days, rule, table

from revisit_policy import DecisionGraph, frames
from revisit_policy.errors import ConditionTruthError
from revisit_policy.frames.engines.masked import Masked
from revisit_policy.frames.engines.of_numpy import OfNumpy
from revisit_policy.frames.engines.sql_text import DUCKDB, text
from revisit_policy.frames.engines.text_layers import text_layers
from revisit_policy.frames.engines.written import OfNarwhals, OfPolars, written
from revisit_policy.frames.expressions.expression import (
    AllOf,
    AnyOf,
    Dated,
    Expression,
    Floating,
    Highest,
    Listed,
    Literal,
    Looked,
    Lowest,
    Named,
    Numbered,
    Points,
    Stepped,
    when,
)
from revisit_policy.frames.expressions.names_in import names_read
from revisit_policy.frames.expressions.stages import Layer, Stages, layered
from revisit_policy.frames.expressions.truth import constants
from revisit_policy.frames.plan import plan_of

NUMBER, OTHER, SHARE, DAY, TEXT = map(Named, ("number", "other", "share", "day", "text"))
YES, NO = Named("yes"), Named("no")
EPOCH = dt.date(1970, 1, 1)
ROWS: Final = pl.DataFrame({
    "number": [1, -7, None, 12],
    "other": [2, 2, 2, None],
    "share": [0.4, float("nan"), None, 2.0],
    "day": [dt.date(2024, 2, 29), None, dt.date(2026, 1, 1), dt.date(2025, 12, 31)],
    "text": ["a", "b", None, "a"],
    "yes": [True, False, True, False],
    "no": [False, False, True, True],
})

CASES: Final[dict[str, tuple[Expression, list[Any]]]] = {
    "a comparison is null where one side is": (NUMBER < OTHER, [True, True, None, None]),
    "a comparison with a number": (NUMBER >= 1, [True, False, None, True]),
    "a comparison with a day": (dt.date(2025, 12, 30) < DAY, [False, None, True, True]),
    "a comparison with a text": (TEXT == "a", [True, False, None, True]),
    "a comparison with a truth value": (Literal(value=False) != YES, [True, False, True, False]),
    "true or unknown is true": ((NUMBER > 0) | (OTHER > 0), [True, True, True, True]),
    "true and unknown is unknown": ((NUMBER > 0) & (OTHER > 0), [True, False, None, None]),
    "a truth value that is unknown everywhere": (Literal(None) & YES, [None, False, None, False]),
    "the opposite": (~YES, [False, True, False, True]),
    "all of several": (AllOf((YES, NO, Literal(value=True))), [False, False, True, False]),
    "one of several": (AnyOf((YES, NO, Literal(value=False))), [True, False, True, True]),
    "sums and differences": (NUMBER + OTHER * 3 - 1, [6, -2, None, None]),
    "division is of fractions": (NUMBER / OTHER, [0.5, -3.5, None, None]),
    "whole numbers as floats": (Floating(NUMBER) / Floating(OTHER), [0.5, -3.5, None, None]),
    "a number that no float holds": (Floating(when(YES).then(Literal(2**62)).otherwise(NUMBER)) >= 2.0**53, [True, False, True, False]),
    "whole division forgets the rest": ((NUMBER + 8) // 2, [4, 0, None, 10]),
    "where it is null": (NUMBER.is_null(), [False, False, True, False]),
    "where it is not a number": (when(~SHARE.is_null()).then(SHARE.is_nan()), [False, True, None, False]),
    "another value instead of null": (NUMBER.fill_null(0), [1, -7, 0, 12]),
    "another column instead of null": (NUMBER.fill_null(OTHER), [1, -7, 2, 12]),
    "the whole number next to it": (SHARE.fill_null(0.2).round(), [0.0, None, 0.0, 2.0]),
    "a truth value as a number": (YES.cast(nw.Int64), [1, 0, 1, 0]),
    "one value where a condition holds": (when(YES).then(NUMBER), [1, None, None, None]),
    "another where it does not": (when(YES).then(NUMBER).otherwise(9), [1, 9, None, 9]),
    "points of what holds": (Points(((YES, 3), (NO, 40_000), (Literal(value=True), -1)), 100).cast(nw.Int64), [102, 99, 40_102, 40_099]),
    "no points at all": (Points(()).cast(nw.Int64), [0, 0, 0, 0]),
    "a text with a quotation mark": (when(YES).then(Literal("it's \\")), ["it's \\", None, "it's \\", None]),
    "the lowest of those that are there": (Lowest((NUMBER, OTHER)), [1, -7, 2, 12]),
    "the highest of those that are there": (Highest((NUMBER, OTHER)), [2, 2, 2, 12]),
    "the number of a day": (Numbered(DAY), [19782, None, 20454, 20453]),
    "the day of a number": (Dated(NUMBER + 20_000), [dt.date(2024, 10, 5), dt.date(2024, 9, 27), None, dt.date(2024, 10, 16)]),
    "a month later": (Stepped(NUMBER + 31, NUMBER, Literal(1)), [32, 24, None, 43]),
    "the end of a month": (Stepped(when(NUMBER < 0).then(NUMBER + 6).otherwise(NUMBER * 0 + 30), NUMBER), [30, -1, None, 30]),
    "what stands beside a number": (NUMBER.fill_null(5) + Looked(NUMBER.fill_null(5), (-7, 1, 11), (-40, 3, 900)), [4, -47, 5, 12]),
    "nothing stands beside what is null": (NUMBER + Looked(NUMBER, (12,), (5,)), [1, -7, None, 17]),
    "names of what holds": (Listed(((YES, "one"), (NO, "two"))), ["one", "", "one,two", "two"]),
}  # fmt: skip


def by_polars(found: Expression) -> list[Any]:
    return ROWS.lazy().with_columns(written(found, OfPolars(pl)).alias("found")).collect()["found"].to_list()


def by_narwhals(found: Expression) -> list[Any]:
    frame = nw.from_native(ROWS.to_arrow()).with_columns(*constants())
    return list(frame.with_columns(written(found, OfNarwhals()).alias("found"))["found"].to_list())


def by_numpy(found: Expression) -> list[Any]:
    """Days are numbers there, so a cell that comes of a day is told as one."""
    columns = {name: masked(ROWS[name].to_list()) for name in ROWS.columns}
    library = OfNumpy(np, columns, {})
    with np.errstate(all="ignore"):
        made = library.column(written(found, library))
    values, gone = np.broadcast_to(made.values, len(ROWS)), np.broadcast_to(np.asarray(a=False) if made.gone is None else made.gone, len(ROWS))
    cells = [None if nothing else cell for cell, nothing in zip(values.tolist(), gone.tolist(), strict=True)]
    return [cell if cell is None else EPOCH + dt.timedelta(cell) for cell in cells] if isinstance(found, Dated) else cells


def masked(cells: list[Any]) -> Masked:
    """A column of NumPy; a day as a number."""
    known = [(cell - EPOCH).days if isinstance(cell, dt.date) else cell for cell in cells]
    some = next(cell for cell in known if cell is not None)
    values = np.asarray([type(some)() if cell is None else cell for cell in known], dtype=object if isinstance(some, str) else None)
    return Masked(values, np.asarray([cell is None for cell in known]))


def by_duckdb(found: Expression) -> list[Any]:
    return [cell for (cell,) in duckdb.from_arrow(ROWS.to_arrow()).project(f"{text(found, DUCKDB)} AS found").fetchall()]


@pytest.mark.parametrize("write", [by_polars, by_narwhals, by_numpy, by_duckdb])
@pytest.mark.parametrize(("found", "expected"), CASES.values(), ids=CASES)
def test_it_comes_to_the_same_for_every_engine(write: Callable[[Expression], list[Any]], found: Expression, expected: list[Any]) -> None:
    assert [None if isinstance(cell, float) and isnan(cell) else cell for cell in write(found)] == expected


def test_an_expression_tells_the_columns_it_reads() -> None:
    assert sorted(names_read(when(YES & (NUMBER > 0)).then(Points(((NO, 2),))).otherwise(OTHER))) == ["no", "number", "other", "yes"]


def layers_of(outputs: Callable[[Stages], dict[str, Expression]]) -> tuple[Layer, ...]:
    stages = Stages()
    found = outputs(stages)
    stages.next()
    stages.layers[-1] |= found
    return layered(stages)


def test_what_is_read_by_nobody_is_not_computed() -> None:
    def outputs(stages: Stages) -> dict[str, Expression]:
        stages.put(SHARE + 1)
        twice, once = stages.put(NUMBER + 1), stages.put(OTHER + 1)
        joined = stages.put(twice + once)
        return {"sum": joined, "half": joined + 1, "given": twice}

    layers = layers_of(outputs)
    assert [len(layer.expressions) for layer in layers] == [2, 1, 3]
    frame = ROWS.lazy()
    for layer in layers:
        frame = frame.with_columns(*(written(found, OfPolars(pl)).alias(name) for name, found in layer.expressions.items()))
    assert frame.select("sum", "half", "given").collect().rows() == [(5, 6, 2), (-3, -2, -6), (None, None, None), (None, None, 13)]


LONG: Final = AnyOf(tuple(NUMBER * at > 0 for at in range(20)))  # longer in SQL than a column that is passed on


def in_duckdb(layers: tuple[Layer, ...], *outputs: str) -> list[Any]:
    relation = duckdb.from_arrow(ROWS.to_arrow())
    for layer in text_layers(layers, DUCKDB):
        relation = relation.project(", ".join(("*", *layer.made(DUCKDB))))
    return relation.project(", ".join(outputs)).fetchall()


def test_what_is_read_once_or_short_is_written_where_it_is_read() -> None:
    def outputs(stages: Stages) -> dict[str, Expression]:
        short, once = stages.put(NUMBER + 1), stages.put(LONG)
        return {"sum": stages.put(short + OTHER), "either": once | (short > 0), "given": short}

    assert [list(layer.columns) for layer in text_layers(layers_of(outputs), DUCKDB)] == [["sum", "either", "given"]]
    assert in_duckdb(layers_of(outputs), "sum", "either", "given") == [(4, True, 2), (-4, False, -6), (None, None, None), (None, True, 13)]


def longer(stages: Stages, *parts: Expression) -> Expression:
    return stages.put(AnyOf((*parts, *LONG.parts)))


def names_of(found: dict[str, Expression], *columns: str) -> list[str]:
    return [part.name for column in columns if isinstance(part := found[column], Named)]


def test_what_is_long_and_read_twice_is_computed_once_and_not_before_it_is_read() -> None:
    found: dict[str, Expression] = {}

    def outputs(stages: Stages) -> dict[str, Expression]:
        found["early"], found["late"] = longer(stages, YES), longer(stages, NO)
        found["one"], found["other"] = longer(stages, found["early"]), longer(stages, found["early"], NO)
        return {f"{name} or {part}": found[name] | found[part] for name, part in (("one", "other"), ("one", "late"), ("other", "late"))}

    made = layers_of(outputs)
    assert [sorted(layer.columns) for layer in text_layers(made, DUCKDB)][:2] == [names_of(found, "early"), sorted(names_of(found, "late", "one", "other"))]
    assert in_duckdb(made, '"one or other"', '"one or late"') == [(True, True), (False, False), (True, True), (True, True)]


def test_it_is_computed_earlier_if_more_columns_would_have_to_be_kept_for_it() -> None:
    found: dict[str, Expression] = {}

    def outputs(stages: Stages) -> dict[str, Expression]:
        one, other = longer(stages, YES), longer(stages, NO)
        found["both"], found["next"] = longer(stages, one, other), longer(stages, other, one)
        found["last"] = longer(stages, found["next"], NO)
        return {"a": found["both"] | found["last"], "b": found["last"] & found["both"], "c": stages.put(found["next"] | NO) & YES}

    layers = text_layers(layers_of(outputs), DUCKDB)
    assert [len(layer.columns) for layer in layers] == [2, 2, 1, 3]
    assert set(names_of(found, "both", "next")) == layers[1].columns.keys()
    assert layers[2].kept == tuple(sorted(names_of(found, "both", "next")))


def test_an_expression_is_neither_true_nor_false() -> None:
    with pytest.raises(ConditionTruthError):
        bool(NUMBER > 0)


def test_a_plan_is_made_once_for_a_policy_and_a_way_of_writing_frames() -> None:
    graph = DecisionGraph([table(rule("planned-once", days > 90, "c"))])
    before = plan_of.cache_info()
    for rows in ([1], [100, 2]):
        frames.decide(graph, pl.DataFrame({"days": rows}), on="2026-11-24")
    after = plan_of.cache_info()
    assert (after.misses - before.misses, after.hits - before.hits) == (1, 1)
