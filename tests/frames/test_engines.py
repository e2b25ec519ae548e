"""Engines as objects: one module each, one owner for every frame, and nothing of an engine told anywhere else."""

import ast
import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.frames.engines import ENGINES as MAKERS
from tests.frames.engines import Columns

import revisit_policy.frames as room
from revisit_policy.casefile.holding import Holding
from revisit_policy.frames.engines.engine import Engine
from revisit_policy.frames.engines.opened import ENGINES, opened

ROOM = Path(room.__file__).parent
MODULES = sorted(path.stem for path in (ROOM / "engines").glob("on_*.py"))


@pytest.mark.parametrize("module", MODULES)
def test_a_module_of_an_engine_has_one_engine_that_is_accepted(module: str) -> None:
    found = importlib.import_module(f"revisit_policy.frames.engines.{module}")
    engines = [each for each in vars(found).values() if isinstance(each, type) and issubclass(each, Engine) and each.__module__ == found.__name__]
    assert len(engines) == 1
    assert [type(engine) for engine in ENGINES].count(engines[0]) == 1


def test_every_accepted_engine_has_a_module_and_a_name_of_its_own() -> None:
    assert sorted(type(engine).__module__.rpartition(".")[2] for engine in ENGINES) == MODULES
    assert len({engine.name for engine in ENGINES}) == len(ENGINES)


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_a_frame_is_owned_by_one_engine(make: Callable[[Columns], Any]) -> None:
    frame = make({"points": (Holding.COUNT, [1, None])})
    assert [engine.owns(frame) for engine in ENGINES].count(True) == 1
    assert opened(frame).implementation.value == next(engine.name for engine in ENGINES if engine.owns(frame))


def test_no_frame_is_what_no_engine_owns() -> None:
    assert not any(engine.owns(value) for engine in ENGINES for value in (None, "loans", [1], {"a": [1]}, object()))


@pytest.mark.parametrize("path", [path for path in ROOM.rglob("*.py") if path.parent.name != "engines"], ids=lambda path: path.stem)
def test_nothing_of_an_engine_is_told_outside_its_module(path: Path) -> None:
    """Whoever asks which engine a frame is of tells something of it that a new one could not say for itself."""
    asked = {"implementation", "is_pandas_dataframe", "is_polars_dataframe", "is_duckdb_relation", "is_pyarrow_table", "Implementation"}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in asked]
    modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert not [name for name in modules if "frames.engines.on_" in name]
