"""Whole portfolios: a policy over every row of a data frame, on the engine that holds it.

Needs the extra `frames`, which brings narwhals; polars, pandas, pyarrow, DuckDB or Spark are the caller's own.
"""

from revisit_policy.errors import MissingExtraError

try:
    import narwhals as _narwhals  # noqa: F401 - looked for here, so that its absence has one clear message
except ModuleNotFoundError as error:
    raise MissingExtraError(extra="frames", package="narwhals") from error

from revisit_policy.frames.cases import from_cases, to_case, to_cases
from revisit_policy.frames.column import Column, Holding
from revisit_policy.frames.deciding import check, decide, schema
from revisit_policy.frames.explaining import explain, iter_decide
from revisit_policy.frames.impact import impact
from revisit_policy.frames.labelling import label
from revisit_policy.frames.next_visits import next_visits
from revisit_policy.frames.output import Trace
from revisit_policy.frames.schema import Schema
from revisit_policy.frames.warehouse import to_sql

__all__ = [
    "Column",
    "Holding",
    "Schema",
    "Trace",
    "check",
    "decide",
    "explain",
    "from_cases",
    "impact",
    "iter_decide",
    "label",
    "next_visits",
    "schema",
    "to_case",
    "to_cases",
    "to_sql",
]
