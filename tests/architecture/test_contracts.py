"""The import contracts hold, and each arrow of them is seen to break when it is broken on purpose.

The package is copied, every forbidden import is planted in the copy at once, and import-linter reads the copy in one
process. Each arrow is then looked for in the complaint of its own contract.
"""

from __future__ import annotations

import itertools
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import attrs
import pytest

import revisit_policy

PACKAGE = Path(revisit_policy.__file__).parent
SETTINGS = Path(__file__).parents[2] / "pyproject.toml"


def _contracts() -> dict[str, dict[str, Any]]:
    with SETTINGS.open("rb") as file:
        listed = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    return {contract["id"]: contract for contract in listed}


CONTRACTS = _contracts()
LAYERS = [[room.strip(" ()") for room in layer.split("|")] for layer in CONTRACTS["house"]["layers"]]
OF_THE_HOUSE = [key for key in CONTRACTS if key != "circles" and not key.startswith("in_")]  # test_inner_contracts has the others
ROOMS = [room for layer in LAYERS for room in layer]

UPWARD = [
    (lower, higher)
    for above, below in itertools.combinations(LAYERS, 2)
    for lower, higher in itertools.product(below, above)
]
SIDEWAYS = [arrow for layer in LAYERS for arrow in itertools.permutations(layer, 2)]
# a room that may not hold the tool, and the tools that it may not hold
OUTSIDERS = {"law": "outcomes", "pure": "outcomes", "pendulum": "outcomes", "testing": "frames", "frames": "testing"}
FORBIDDEN = [(key, room, tool) for key, room in OUTSIDERS.items() for tool in CONTRACTS[key]["forbidden_modules"]]
ALLOWED = [("testing", "hypothesis"), ("frames", "narwhals")]  # the contract bears the name of its room


@attrs.frozen
class Complaint:
    """What import-linter says of one copy of the package."""

    code: int
    text: str

    def about(self, key: str) -> str:
        """The part of the text that is about the contract *key*; empty if it was kept."""
        name = re.escape(CONTRACTS[key]["name"])
        found = re.search(rf"^{name}\n-+\n(.*?)(?=^\S[^\n]*\n-+\n|\Z)", self.text, re.DOTALL | re.MULTILINE)
        return found[1] if found else ""

    def names(self, key: str, importer: str, imported: str) -> bool:
        """True if the contract *key* names the import of *imported* by *importer*."""
        return f"{importer} -> {imported} (" in self.about(key)


def _read(folder: Path) -> Complaint:
    shutil.copy(SETTINGS, folder)
    # wide, so that no line of the complaint is broken in two
    environment = os.environ | {"COLUMNS": "500", "NO_COLOR": "1", "PYTHONPATH": str(folder)}
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache", "--no-logo"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return Complaint(done.returncode, done.stdout + done.stderr)


def _copied(folder: Path) -> Path:
    return Path(shutil.copytree(PACKAGE, folder / PACKAGE.name, ignore=shutil.ignore_patterns("__pycache__")))


def _planted_in(room: str) -> str:
    """The module of the copy that holds what is planted in *room*."""
    single = (PACKAGE / f"{room}.py").exists()
    return f"{PACKAGE.name}.{room}" if single else f"{PACKAGE.name}.{room}.planted"


def _plant(package: Path, room: str, *modules: str) -> None:
    target = package / f"{room}.py"
    if not target.exists():
        (package / room).mkdir(exist_ok=True)
        (package / room / "__init__.py").touch()
        target = package / room / "planted.py"
    with target.open("a", encoding="utf-8") as file:
        file.writelines(f"\nimport {module}" for module in modules)


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Complaint:
    folder = tmp_path_factory.mktemp("broken")
    package = _copied(folder)
    for room in ROOMS:
        _plant(package, room, PACKAGE.name)
    for lower, higher in UPWARD + SIDEWAYS:
        _plant(package, lower, f"{PACKAGE.name}.{higher}")
    for _, room, tool in FORBIDDEN:
        _plant(package, room, tool)
    for room, tool in [*ALLOWED, ("values", "pendulum")]:
        _plant(package, room, tool)
    # the one door to pendulum is a module, not a room
    with (package / "values" / "dates.py").open("a", encoding="utf-8") as file:
        file.write("\nimport pendulum")
    _plant(package, "helpers")
    return _read(folder)


def test_the_contracts_hold(tmp_path: Path) -> None:
    _copied(tmp_path)
    kept = _read(tmp_path)
    assert kept.code == 0, kept.text
    assert f"{len(CONTRACTS)} kept, 0 broken" in kept.text


def test_every_contract_of_the_house_can_be_broken(broken: Complaint) -> None:
    assert broken.code == 1
    assert [key for key in OF_THE_HOUSE if not broken.about(key)] == []


@pytest.mark.parametrize(("lower", "higher"), UPWARD, ids=[f"{low} below {high}" for low, high in UPWARD])
def test_an_arrow_that_points_up_is_reported(lower: str, higher: str, broken: Complaint) -> None:
    assert broken.names("house", _planted_in(lower), f"{PACKAGE.name}.{higher}")


@pytest.mark.parametrize(("room", "sibling"), SIDEWAYS, ids=[f"{room} beside {other}" for room, other in SIDEWAYS])
def test_siblings_that_meet_are_reported(room: str, sibling: str, broken: Complaint) -> None:
    assert broken.names("house", _planted_in(room), f"{PACKAGE.name}.{sibling}")


def test_a_room_that_nobody_declared_is_reported(broken: Complaint) -> None:
    assert f"- {PACKAGE.name}.helpers" in broken.about("house")


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_that_enters_by_the_front_door_is_reported(room: str, broken: Complaint) -> None:
    assert broken.names("facade", _planted_in(room), PACKAGE.name)


@pytest.mark.parametrize(
    ("key", "room", "tool"), FORBIDDEN, ids=[f"{tool} in {room}, by {key}" for key, room, tool in FORBIDDEN]
)
def test_an_import_that_is_not_ours_to_make_is_reported(key: str, room: str, tool: str, broken: Complaint) -> None:
    assert broken.names(key, _planted_in(room), tool)


@pytest.mark.parametrize(("room", "tool"), ALLOWED, ids=[f"{tool} in {room}" for room, tool in ALLOWED])
def test_a_tool_in_its_own_room_is_left_alone(room: str, tool: str, broken: Complaint) -> None:
    assert not broken.names(room, _planted_in(room), tool)


def test_only_one_module_of_values_is_the_door_to_pendulum(broken: Complaint) -> None:
    assert broken.names("pendulum", _planted_in("values"), "pendulum")
    assert not broken.names("pendulum", f"{PACKAGE.name}.values.dates", "pendulum")
