"""What importing the package brings in, and the size and the docstrings of what is in it."""

from __future__ import annotations

import ast
import json
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

import revisit_policy
from revisit_policy import facts

PACKAGE = Path(revisit_policy.__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
LONGEST_MODULE = 500
LONGEST_FUNCTION = 40

# attrs is two import names; dateutil and six come with pendulum
BROUGHT_ALONG = {"attr", "attrs", "dateutil", "pendulum", "six", "tzdata"}
OUR_DEPENDENCIES = {"attr", "attrs", "pendulum"}
#: `typing_extensions` comes with every type checker and is named for type checkers alone.
IN_ONE_ROOM = {"_pytest": "testing", "hypothesis": "testing", "narwhals": "frames", "polars": "backtest", "pytest": "testing", "typing_extensions": "language"}

WHAT_AN_IMPORT_LOADS = """
import json, sys
before = set(sys.modules)
import revisit_policy
from revisit_policy import facts
print(json.dumps(sorted({name.partition(".")[0] for name in set(sys.modules) - before})))
"""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _relative(source: Path) -> str:
    return str(source.relative_to(PACKAGE))


def _functions(source: Path) -> Iterator[Function]:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def _lines(function: Function) -> int:
    """Lines from the signature to the end, without the docstring."""
    first = function.body[0]
    told = ast.get_docstring(function) is not None
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if told else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - docstring


def test_importing_the_package_brings_in_its_two_dependencies_and_nothing_else() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-c", WHAT_AN_IMPORT_LOADS], capture_output=True, text=True, check=True
    )
    loaded = set(json.loads(done.stdout)) - sys.stdlib_module_names
    # how this interpreter was built, named after the machine: the standard library's time zones look it up
    loaded = {name for name in loaded if not name.startswith("_sysconfigdata_")}
    # compiled parts of a wheel have names of their own, such as `_pendulum`
    assert {name.lstrip("_") for name in loaded} - {PACKAGE.name} <= BROUGHT_ALONG


def test_the_source_names_no_package_beyond_its_dependencies() -> None:
    graph = grimp.build_graph(PACKAGE.name, include_external_packages=True, cache_dir=None)
    outside = {name for name in graph.modules if not name.startswith(PACKAGE.name)}
    assert outside - sys.stdlib_module_names - OUR_DEPENDENCIES <= set(IN_ONE_ROOM)


def test_every_name_the_front_door_offers_is_there_once() -> None:
    offered = list(revisit_policy.__all__)
    assert len(offered) == len(set(offered))
    assert [name for name in offered if not hasattr(revisit_policy, name)] == []


def test_the_catalogue_of_facts_offers_every_fact_by_its_name() -> None:
    assert [fact.name for fact in facts.CATALOGUE if getattr(facts, fact.name, None) is not fact] == []
    assert set(vars(facts)["__all__"]) == {"CATALOGUE", "GROWS_DAILY", "MEASURED_ON", "determined_grade_of", *(fact.name for fact in facts.CATALOGUE)}


def test_the_package_says_that_it_is_typed() -> None:
    assert (PACKAGE / "py.typed").is_file()


@pytest.mark.parametrize("source", SOURCES, ids=_relative)
def test_a_module_opens_with_a_docstring(source: Path) -> None:
    assert ast.get_docstring(ast.parse(source.read_text(encoding="utf-8")))


@pytest.mark.parametrize("source", SOURCES, ids=_relative)
def test_a_module_stays_within_its_size(source: Path) -> None:
    assert len(source.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("source", SOURCES, ids=_relative)
def test_no_function_is_too_long_to_read_at_once(source: Path) -> None:
    long = {f"{_relative(source)}:{function.lineno} {function.name}": _lines(function) for function in _functions(source)}
    assert {place: lines for place, lines in long.items() if lines > LONGEST_FUNCTION} == {}


def test_every_folder_of_the_package_is_a_package() -> None:
    holding_code = {source.parent for source in SOURCES}
    assert [_relative(folder) for folder in holding_code if not (folder / "__init__.py").exists()] == []
    assert {module.name for module in pkgutil.iter_modules([str(PACKAGE)])} >= {
        folder.name for folder in holding_code if folder.parent == PACKAGE
    }
