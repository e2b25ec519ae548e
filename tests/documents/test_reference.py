"""The pages of the reference that are made on each build have every code and every column, in both languages."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree as ET

import attrs
import polars as pl
import pytest

from revisit_policy import Decision, Product, UnknownNameError, frames
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values import Labelled


def _made() -> ModuleType:
    path = Path(__file__).parents[2] / "docs" / "reference_pages.py"
    spec = importlib.util.spec_from_file_location("reference_pages", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(path.parent))  # as the build of the documentation has it
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(path.parent))
    return module


PAGES: Any = _made()
ENUMERATIONS: list[tuple[str, type[Labelled]]] = list(PAGES.enumerations())


def test_the_enumerations_of_a_case_file_and_of_a_decision_are_among_those_listed() -> None:
    known = {kind.__name__ for _, kind in ENUMERATIONS}
    assert known >= {"Product", "Repayment", "CreditStanding", "Employment", "PropertyType", "RegistrationState"}
    assert known >= {"Grade", "Level", "SignalCode", "Measure", "VisitKind", "VisitMethod"}


@pytest.mark.parametrize(("path", "kind"), ENUMERATIONS, ids=[kind.__name__ for _, kind in ENUMERATIONS])
def test_an_enumeration_is_listed_by_the_path_that_imports_it_with_every_member(path: str, kind: type[Labelled]) -> None:
    room, _, name = path.rpartition(".")
    assert getattr(importlib.import_module(room), name) is kind
    page = PAGES.codes_page()
    _, _, told = page.partition(f"\n## {path}\n")
    own, _, _ = told.partition("\n## ")
    for member in kind:
        assert f"| `{member.value}` | `{member.name}` | {member.label('zh')} | {member.label('en')} |" in own


def test_what_the_page_says_of_labels_is_so() -> None:
    assert Product.parse("首套住房贷款", lang="zh") is Product.FIRST_HOME
    assert 'Product.parse("首套住房贷款", lang="zh")' in PAGES.codes_page()


def test_every_column_that_the_shipped_rulebook_reads_is_listed_with_both_meanings() -> None:
    page = PAGES.columns_page()
    for column in frames.schema(cn_housing.rulebook):
        (row,) = [line for line in page.splitlines() if line.startswith(f"| `{column.path}` |")]
        assert f"| {column.meaning.text('zh')} | {column.meaning.text('en')} |" in row
        assert all(f"`{code}`" in row for code in column.codes)


def test_a_column_that_is_read_only_where_it_is_there_is_listed_as_such() -> None:
    rows = {line.split("`")[1]: line for line in PAGES.columns_page().splitlines() if line.startswith("| `")}
    assert PAGES.OPTIONAL in rows["loan.person_needed_since"]
    assert "须由人回访起始日 | first day from which a person has to visit" in rows["loan.person_needed_since"]
    assert [column.path for column in frames.schema(cn_housing.rulebook) if PAGES.OPTIONAL in rows[column.path]] == []


def test_every_field_and_column_that_comes_out_is_listed_once_with_both_meanings() -> None:
    page = PAGES.outcomes_page()
    decided = frames.decide(cn_housing.rulebook, frames.from_cases([PAGES.CASE]), on=PAGES.ON, trace="none", visits=True, duties=True)
    added = {name: str(kind) for name, kind in decided.schema.items() if "." not in name}
    unread = frames.from_cases([PAGES.CASE]).with_columns(pl.lit(-5).alias("loan.days_past_due"))
    refused = frames.decide(cn_housing.rulebook, unread, on=PAGES.ON, trace="none", visits=True, duties=True)
    assert {name for name in added if refused[name][0] is not None} == PAGES.NEVER_EMPTY
    fields, columns = (re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE) for part in page.split("## Columns of a frame"))
    assert fields == [field.name for field in attrs.fields(Decision)]
    assert columns[: len(added)] == list(added)
    assert {name for name in columns[len(added) :] if not name.startswith("awaited_")} == set()
    for name, kind in added.items():
        (row,) = [line for line in page.splitlines() if line.startswith(f"| `{name}` | {kind} |")]
        label = PAGES.column_label(name)
        assert f"| {label.text('zh')} | {label.text('en')} |" in row
    assert "| `level` | Int16 | 序号，自零起 · a place from 0 |  | 可为空 · may be | 预警等级 | warning level | 0 无预警 · no warning; 1 蓝" in page


def test_no_column_has_a_name_on_the_page_that_nothing_puts_out() -> None:
    assert set(PAGES.COLUMN_LABELS) <= {output.name for output in PAGES.outputs()}


def test_every_picture_of_the_gallery_is_svg_without_a_script_beside_the_call_that_draws_it() -> None:
    page = PAGES.gallery_page()
    pictures = [part.split("</div>")[0] for part in page.split('<div class="picture">')[1:]]
    assert len(pictures) == page.count("\n## ")
    for picture in pictures:
        assert ET.fromstring(picture).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 - our own text
    assert "<script" not in page
    assert page == PAGES.gallery_page()


IN_BOTH: list[tuple[str, Any, str, str]] = [
    ("a verdict", PAGES.cn_housing.rulebook.decide(PAGES.late_loans()[9], on=PAGES.ON).verdicts["grade"], "▸ 次级", "▸ substandard"),
    ("an impact", PAGES.impact_and_diff()[0], "关注 → 次级: ", "special mention → substandard: "),
    ("a change", PAGES.impact_and_diff()[1].changes[0], "逾期天数", "days past due"),
]


@pytest.mark.parametrize(("shown", "zh", "en"), [row[1:] for row in IN_BOTH], ids=[row[0] for row in IN_BOTH])
def test_a_picture_is_in_one_language_at_a_time_and_refuses_one_that_is_not_there(shown: Any, zh: str, en: str) -> None:
    assert (zh in shown.to_svg("zh"), en in shown.to_svg("zh")) == (True, False)
    assert (zh in shown.to_svg("en"), en in shown.to_svg("en")) == (False, True)
    with pytest.raises(UnknownNameError):
        shown.to_svg("fr")
