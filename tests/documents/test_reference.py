"""The pages of the reference that are made on each build have every code and every column, in both languages."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from revisit_policy import Product, frames
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values import Labelled


def _made() -> ModuleType:
    path = Path(__file__).parents[2] / "docs" / "reference_pages.py"
    spec = importlib.util.spec_from_file_location("reference_pages", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
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
