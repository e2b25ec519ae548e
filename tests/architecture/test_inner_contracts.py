"""The contracts inside rooms hold, and each arrow and circle that they forbid is seen to break when it is broken on purpose.

What they ignore is never imported while the package is loaded: for its type only, or within a function.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.architecture.test_contracts import CONTRACTS, PACKAGE, Complaint, _copied, _read

INNER = [contract for key, contract in CONTRACTS.items() if key.startswith("in_")]
CIRCLES = CONTRACTS["circles"]
FOLDERS = sorted({file.parent.relative_to(PACKAGE.parent) for file in PACKAGE.rglob("*.py")} - {Path(PACKAGE.name)})
MOST_MODULES = 16
#: Rooms that may show more doors, and why.
def _layers(contract: dict[str, list[str]]) -> list[list[str]]:
    room = contract["containers"][0]
    return [[f"{room}.{name.strip()}" for name in layer.replace("|", ":").split(":")] for layer in contract["layers"]]


UPWARD = [
    (key, lower, higher)
    for key, contract in CONTRACTS.items()
    if key.startswith("in_")
    for above, below in itertools.combinations(_layers(contract), 2)
    for lower, higher in itertools.product(below, above)
]
IGNORED = sorted({arrow for contract in [*INNER, CIRCLES] for arrow in contract.get("ignore_imports", [])})


def _file(module: str, *, within: Path = PACKAGE) -> Path:
    """Where *module* is, or what is planted in it if it is a folder."""
    place = within.joinpath(*module.split(".")[1:])
    return place / "planted.py" if place.is_dir() else place.with_suffix(".py")


def _planted_in(module: str) -> str:
    return f"{module}.planted" if _file(module).name == "planted.py" else module


@pytest.fixture(scope="module")
def upward(tmp_path_factory: pytest.TempPathFactory) -> Complaint:
    folder = tmp_path_factory.mktemp("upward")
    package = _copied(folder)
    for _, lower, higher in UPWARD:
        with _file(lower, within=package).open("a", encoding="utf-8") as file:
            file.write(f"\nimport {higher}")
    return _read(folder)


@pytest.fixture(scope="module")
def circling(tmp_path_factory: pytest.TempPathFactory) -> Complaint:
    folder = tmp_path_factory.mktemp("circling")
    package = _copied(folder)
    for place in FOLDERS:
        room = ".".join(place.parts)
        package.parent.joinpath(place, "there.py").write_text(f"import {room}.back", encoding="utf-8")
        package.parent.joinpath(place, "back.py").write_text(f"import {room}.there", encoding="utf-8")
    return _read(folder)


@pytest.mark.parametrize(("key", "lower", "higher"), UPWARD, ids=[f"{low} below {high}" for _, low, high in UPWARD])
def test_an_arrow_that_points_up_within_a_room_is_reported(key: str, lower: str, higher: str, upward: Complaint) -> None:
    assert upward.names(key, _planted_in(lower), higher)


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_a_circle_within_a_folder_is_reported(folder: Path, circling: Complaint) -> None:
    assert f"No cycles are allowed in {'.'.join(folder.parts)}.\n" in circling.about("circles")


@pytest.mark.parametrize("contract", INNER, ids=lambda contract: contract["containers"][0])
def test_every_folder_of_a_room_has_its_place_in_the_order(contract: dict[str, list[str]]) -> None:
    room = contract["containers"][0]
    placed = {name for layer in _layers(contract) for name in layer}
    folders = {".".join(folder.parts) for folder in FOLDERS if ".".join(folder.parts[:-1]) == room}
    assert folders <= placed


def _at_load(body: list[ast.stmt]) -> Iterator[ast.ImportFrom]:
    """The imports that run when a module is loaded."""
    for node in body:
        if isinstance(node, ast.ImportFrom):
            yield node
        elif isinstance(node, ast.Try):
            yield from _at_load(node.body)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" not in ast.unparse(node.test):
            yield from _at_load([*node.body, *node.orelse])


@pytest.mark.parametrize("arrow", IGNORED)
def test_an_arrow_that_may_point_up_is_not_followed_while_the_package_is_loaded(arrow: str) -> None:
    importer, imported = arrow.split(" -> ")
    tree = ast.parse(_file(importer).read_text(encoding="utf-8"))
    entered = {name for node in _at_load(tree.body) for name in (node.module, *(f"{node.module}.{one.name}" for one in node.names))}
    assert imported not in entered


@pytest.mark.parametrize("folder", [folder for folder in FOLDERS if "rulebooks" not in folder.parts], ids=str)  # one table a module: as long as its law
def test_a_folder_shows_no_more_doors_than_one_can_read_at_once(folder: Path) -> None:
    modules = [file.stem for file in (PACKAGE.parent / folder).glob("*.py") if file.stem != "__init__"]
    assert len(modules) <= MOST_MODULES
