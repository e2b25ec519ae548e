"""Policies over Spark frames: every row and every column as the single decision has it, in both ways of running."""

from __future__ import annotations

from typing import Any

import pytest
from tests.frames.books import DENOMINATORS, as_columns, rows, with_said
from tests.frames.engines import polars
from tests.frames.test_policies import BOOK, handed_out, single
from tests.spark.batches import in_batches
from tests.spark.books import cells, gathered, spark_frame

from revisit_policy import Rulebook, frames
from revisit_policy.rulebooks import cn_housing

CASES = [(BOOK, frames.decide, "2026-02-28"), (BOOK, in_batches, "2025-12-31"), (cn_housing.rulebook, frames.decide, "2026-02-28")]


@pytest.mark.parametrize(("rulebook", "decided", "on"), CASES, ids=["a small one", "a small one in batches", "the shipped one"])
def test_every_row_is_decided_under_its_edition_as_the_single_decision_decides_it(
    spark: Any, rulebook: Rulebook, decided: Any, on: str
) -> None:
    book = [with_said(row) for row in gathered(rows(rulebook), rows=300)]
    columns = as_columns([row for row, _ in book])
    found = cells(decided(rulebook, spark_frame(spark, columns), on=on, trace="text", denominators=DENOMINATORS))
    assert found == frames.decide(rulebook, polars(columns), on=on, trace="text", denominators=DENOMINATORS).to_dict(as_series=False)
    refused = 0
    for at, (_, case) in enumerate(book):
        decision = single(rulebook, case, on)
        added = {name: column[at] for name, column in found.items() if name not in columns}
        faults = [added.pop(name) for name in list(added) if name.startswith("bad_input")]
        if decision is None:
            refused += 1
            assert sum(faults) > 0
            assert set(added.values()) == {None}
        else:
            assert sum(faults) == 0
            wanted = handed_out(rulebook, decision)
            assert {name: added[name] for name in wanted} == wanted
            for name in ("fired", "undecided"):
                said = sorted(rule for verdict in decision.verdicts.values() for rule in getattr(verdict, name))
                assert sorted(added[name].split(",")) == (said or [""])
    assert 0 < refused < len(book) * 3 / 4
