"""The next visit of every row of a Spark frame is the one that the single decision plans."""

from __future__ import annotations

from typing import Any

import pytest
from tests.frames.books import DENOMINATORS, as_columns, with_said
from tests.frames.engines import polars
from tests.frames.test_next_visits import BOOK, NAMES, wanted
from tests.frames.visit_books import planned_rows
from tests.spark.batches import in_batches
from tests.spark.books import cells, gathered, spark_frame

from revisit_policy import Rulebook, frames
from revisit_policy.rulebooks import cn_housing


@pytest.mark.parametrize(("rulebook", "on"), [(BOOK, "2026-02-28"), (cn_housing.rulebook, "2025-12-31")], ids=["a small one", "the shipped one"])
def test_every_row_has_the_next_visit_of_the_single_decision(spark: Any, rulebook: Rulebook, on: str) -> None:
    book = [with_said(row) for row in gathered(planned_rows(rulebook, on=on), rows=300)]
    columns = as_columns([row for row, _ in book])
    found = cells(frames.next_visits(rulebook, spark_frame(spark, columns), on=on, denominators=DENOMINATORS))
    by_polars = frames.label(rulebook, frames.next_visits(rulebook, polars(columns), on=on, denominators=DENOMINATORS))
    assert found == frames.next_visits(rulebook, polars(columns), on=on, denominators=DENOMINATORS).to_dict(as_series=False)
    for at, (_, case) in enumerate(book):
        assert {name: by_polars[name][at] for name in NAMES} == wanted(rulebook, case, on)


def test_batches_have_the_decision_and_the_next_visit_that_polars_has(spark: Any) -> None:
    book = [with_said(row) for row in gathered(planned_rows(cn_housing.rulebook, on="2026-11-24"), rows=600)]
    columns = as_columns([row for row, _ in book])
    asked: dict[str, Any] = {"on": "2026-11-24", "visits": True, "until": "2027-12-31", "denominators": DENOMINATORS}
    found = cells(in_batches(cn_housing.rulebook, spark_frame(spark, columns), **asked))
    assert found == frames.decide(cn_housing.rulebook, polars(columns), **asked).to_dict(as_series=False)
    assert sum(day is not None for day in found["next_due"]) > 100
