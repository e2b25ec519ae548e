"""The way of `docs/how-to/spark.md` to decide in batches of Arrow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from revisit_policy import frames


def in_batches(policy: Any, frame: Any, **asked: Any) -> Any:
    """*frame* with the decisions beside it, made by polars on one Arrow batch of Spark after the other."""
    names = frame.columns
    empty = frames.decide(policy, frame.limit(0).toArrow(), **asked)

    def decided(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            loans = pl.DataFrame(batch.rename_columns(names)).lazy()
            result = frames.decide(policy, loans, **asked).collect()
            yield from result.to_arrow(compat_level=pl.CompatLevel.oldest()).to_batches()

    plain = frame.toDF(*(f"column_{at}" for at in range(len(names))))  # a dot in a name would be a step into a struct
    return plain.mapInArrow(decided, frame.sparkSession.createDataFrame(empty).schema)
