"""PySpark decides every row as the other engines do, by its own plan and by batches handed to polars.

Needs the extra ``spark`` and Java 17: ``pip install -e '.[test,spark]'``, then ``pytest tests/frames/test_spark.py``.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import polars as pl
import pyarrow as pa
import pytest
from tests.frames.books import BARE, RATIOS, as_columns, with_said
from tests.frames.engines import Columns, cells, polars
from tests.frames.test_rows import COLUMNS, GRAPH
from tests.policy.small_policy import small_rulebook

from revisit_policy import frames
from revisit_policy.frames.case_columns import EVENT_PATHS, VISIT_PATHS
from revisit_policy.frames.column import Holding

pyspark = pytest.importorskip("pyspark", reason="PYSPARK DID NOT RUN: it is not installed; see the first lines of this file")
if shutil.which("java") is None:
    pytest.skip("PYSPARK DID NOT RUN: there is no Java", allow_module_level=True)

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]  # of pandas and of Java, which are not ours

_SETTINGS: Final = {
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.session.timeZone": "UTC",
    # without these two, what is staged for speed is written into one method that is too long to be compiled
    "spark.sql.optimizer.excludedRules": "org.apache.spark.sql.catalyst.optimizer.CollapseProject",
    "spark.driver.extraJavaOptions": "-XX:-DontCompileHugeMethods",
}


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    builder = pyspark.sql.SparkSession.builder.master("local[2]")
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PYSPARK_PYTHON", sys.executable)
        environment.setenv("PYTHONPATH", str(Path(__file__).parents[2]))  # the workers import this module
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        yield session
        session.stop()


def spark_frame(session: Any, columns: Columns) -> Any:
    types = pyspark.sql.types
    kinds = {Holding.FLAG: types.BooleanType(), Holding.CODE: types.StringType(), Holding.DAY: types.DateType()}
    fields = [types.StructField(name, kinds.get(holds, types.LongType())) for name, (holds, _) in columns.items()]
    return session.createDataFrame(list(zip(*(column for _, column in columns.values()), strict=True)), types.StructType(fields))


def collected(frame: Any) -> dict[str, list[Any]]:
    rows = frame.collect()
    return {name: [row[name] for row in rows] for name in frame.columns}


@pytest.mark.parametrize("trace", ["masks", "booleans", "text"])
def test_the_plan_of_spark_says_what_that_of_polars_says(spark: Any, trace: str) -> None:
    result = frames.decide(GRAPH, spark_frame(spark, COLUMNS), on="2026-01-01", denominators={"ltv": 100}, trace=trace)
    assert type(result).__module__.startswith("pyspark")
    wanted = frames.decide(GRAPH, polars(COLUMNS), on="2026-01-01", denominators={"ltv": 100}, trace=trace)
    assert collected(result) == cells(wanted)


def test_a_rulebook_is_decided_on_names_that_spark_can_read(spark: Any) -> None:
    book = small_rulebook()
    row = dict(BARE) | dict.fromkeys((*RATIOS, *VISIT_PATHS, *EVENT_PATHS)) | {"loan.annual_rate": 335}
    loans = [with_said(row | {"loan.days_past_due": days})[0] for days in (0, 31, 91, -1)]
    columns = as_columns(loans)
    plain = {column.path: column.path.replace(".", "_") for column in frames.schema(book)}
    frame = spark_frame(spark, {name: columns[path] for path, name in plain.items()})
    result = frames.decide(book, frame, on="2026-06-01", columns=plain)
    assert collected(result) == cells(frames.decide(book, polars(columns).select(list(plain)).rename(plain), on="2026-06-01", columns=plain))


def test_batches_of_arrow_are_decided_by_polars(spark: Any) -> None:
    frame = spark_frame(spark, COLUMNS)
    decided = frames.decide(GRAPH, polars(COLUMNS), on="2026-01-01", denominators={"ltv": 100})
    wanted = pl.DataFrame(decided).to_arrow().schema
    schema = pyspark.sql.pandas.types.from_arrow_schema(pa.schema([field.with_type(_small(field.type)) for field in wanted]))

    def decide(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            part = frames.decide(GRAPH, pl.DataFrame(pl.from_arrow(batch)), on="2026-01-01", denominators={"ltv": 100})
            yield from part.to_arrow().cast(pa.schema([field.with_type(_small(field.type)) for field in part.to_arrow().schema])).to_batches()

    assert collected(frame.mapInArrow(decide, schema)) == cells(decided)


def _small(kind: pa.DataType) -> pa.DataType:
    return pa.string() if pa.types.is_large_string(kind) or str(kind) == "string_view" else kind
