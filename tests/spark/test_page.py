"""The blocks of the page about Spark, which the usual run skips, say what they show."""

from __future__ import annotations

import doctest
import re
from pathlib import Path
from typing import Any

import polars as pl
from tests.documents.shown_code import shown_code
from tests.policy.small_policy import CASE, case_with

from revisit_policy import frames

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "on-spark.md"


def test_the_blocks_of_the_page_run_as_they_stand(spark: Any, tmp_path: Path) -> None:
    cases = [CASE, case_with(days_past_due=45), case_with(days_past_due=120)]
    frames.from_cases(cases).with_columns(pl.selectors.string().cast(pl.String)).write_parquet(tmp_path / "loans.parquet")
    blocks = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    examples = [shown.example for shown in shown_code("\n".join(blocks))]
    names = {"spark": spark, "path": str(tmp_path / "loans.parquet")}
    test = doctest.DocTest(examples, names, PAGE.name, str(PAGE), 0, None)
    runner = doctest.DocTestRunner()
    runner.run(test)
    assert runner.summarize(verbose=False) == (0, len(test.examples))
    assert len(test.examples) > 5
