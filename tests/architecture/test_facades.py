"""Users enter by façades: each says which door to take, together they offer every type that can be met, and no document goes around them."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from tests.architecture.public_surface import LIST, NOT_A_FACADE, PACKAGE, facades, offered, surface
from tests.architecture.signatures import Named, found_as, reachable

import revisit_policy

HERE = Path(__file__).parents[2]
SOURCE = Path(revisit_policy.__file__).parents[1]
MODULES = sorted(file for file in SOURCE.joinpath(PACKAGE).rglob("*.py") if file.name != "__init__.py")
FACADES = facades()
ROOMS = [facade for facade in FACADES if facade not in {PACKAGE, f"{PACKAGE}.facts"} and "rulebooks" not in facade]

# benchmarks that look at one part of the machinery by itself
MACHINERY = {
    ("docs/benchmarks/decision.py", "revisit_policy.decision.deciding"),  # a case extracted, before anything is decided of it
    ("docs/benchmarks/plans.py", "revisit_policy.frames.plan"),  # how many plans are kept
    ("docs/benchmarks/sizes.py", "revisit_policy.frames.plan"),  # how large a plan grows
    ("docs/render_seats.py", "revisit_policy.decision.seats"),  # the rows themselves, of which the page is made
    ("docs/render_seats.py", "revisit_policy.decision.seats.shape"),
    ("docs/reference_pages.py", "revisit_policy.frames.outputs.output"),  # the lists themselves of what comes out, of which the page is made
    ("docs/reference_pages.py", "revisit_policy.frames.outputs.answers"),
    ("docs/reference_pages.py", "revisit_policy.frames.outputs.words"),
    ("docs/reference_pages.py", "revisit_policy.frames.horizon"),
    ("docs/reference_pages.py", "revisit_policy.frames.columns.schema"),
    ("docs/reference_pages.py", "revisit_policy.frames.subject"),
    ("docs/reference_pages.py", "revisit_policy.records.codecs.meanings"),
    ("docs/benchmarks/scalar.py", "revisit_policy.language.readers"),  # the reference reader, beside the generated one
}

ASKED_FOR_ROOMS = """
import sys
import revisit_policy as rp
for room in sys.argv[1:]:
    try:
        getattr(rp, room)
    except AttributeError as error:
        print(f"{room}: {error}")
"""

BLOCK = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
PROMPT = re.compile(r"^(?:>>> |\.\.\. )", re.MULTILINE)
DOCUMENTS = [
    HERE / "README.md",
    *sorted(page for kind in ("md", "py") for page in (HERE / "docs").rglob(f"*.{kind}") if "_build" not in page.parts),
]


def _is_room(name: str) -> bool:
    return SOURCE.joinpath(*name.split(".")).is_dir()


def _is_module(name: str) -> bool:
    return _is_room(name) or SOURCE.joinpath(*name.split(".")).with_suffix(".py").exists()


def _imports(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Pairs of a module of ours and a name that is imported from it; the name is empty for the module itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names if alias.name.partition(".")[0] == PACKAGE)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] == PACKAGE:
            yield from ((node.module, alias.name) for alias in node.names)


def _code(page: Path) -> str:
    """The Python of *page*: a script, or what the lines of a page show a reader to type that import something."""
    text = page.read_text(encoding="utf-8")
    if page.suffix == ".py":
        return text
    typed = (PROMPT.sub("", line) for block in BLOCK.findall(text) for line in block.splitlines())
    return "\n".join(line for line in typed if line.startswith(("from revisit_policy", "import revisit_policy")))


def _around_the_facades(page: Path) -> Iterator[str]:
    for module, name in _imports(ast.parse(_code(page))):
        path = f"{module}.{name}".rstrip(".")
        if path in FACADES or (module in FACADES and name in offered(module)):
            continue
        yield path if module in FACADES else module


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: str(page.relative_to(HERE)))
def test_a_document_imports_from_facades_only(page: Path) -> None:
    allowed = {path for place, path in MACHINERY if place == str(page.relative_to(HERE))}
    assert set(_around_the_facades(page)) == allowed


@pytest.mark.parametrize("source", MODULES, ids=lambda source: str(source.relative_to(SOURCE / PACKAGE)))
def test_a_module_imports_modules_and_no_facade(source: Path) -> None:
    entered = _imports(ast.parse(source.read_text(encoding="utf-8")))
    assert [(room, name) for room, name in entered if _is_room(room) and not _is_module(f"{room}.{name}")] == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_which_door_to_take(room: str) -> None:
    assert "\nWhich door: " in (importlib.import_module(room).__doc__ or "")


@pytest.mark.parametrize("facade", FACADES)
def test_a_facade_offers_what_is_there(facade: str) -> None:
    names = offered(facade)
    assert names
    assert len(names) == len(set(names))
    module = importlib.import_module(facade)
    assert [name for name in names if not hasattr(module, name)] == []
    # what is named like its module is the function, also after the module was collected for its doctests
    assert [name for name in names if hasattr(getattr(module, name), name) and isinstance(getattr(module, name), ModuleType)] == []


def test_every_room_but_the_shelf_of_rulebooks_is_a_facade() -> None:
    rooms = {module.name for module in pkgutil.iter_modules(revisit_policy.__path__)}
    assert rooms >= NOT_A_FACADE
    assert {f"{PACKAGE}.{room}" for room in rooms - NOT_A_FACADE} <= set(FACADES)


def test_the_public_surface_is_the_one_that_was_written_down() -> None:
    assert list(surface()) == LIST.read_text(encoding="utf-8").splitlines()


def test_every_type_that_a_public_signature_names_is_public() -> None:
    named = {found_as(facade, name) for facade in FACADES for name in offered(facade)} - {None}
    public = {thing for thing in named if thing is not None}
    met = reachable(public)
    hidden = {thing: by for thing, by in met.items() if thing not in public and thing.is_type and not thing.is_private}
    assert {f"{thing.module}.{thing.name}": f"named by {by.module}.{by.name}" for thing, by in hidden.items()} == {}


def test_what_a_signature_names_is_found_behind_quotes_aliases_and_imports_for_a_type_alone() -> None:
    condition = Named(f"{PACKAGE}.language.condition", "Condition")
    met = set(reachable({condition}))
    assert Named(f"{PACKAGE}.language.fact", "Fact") in met
    assert Named(f"{PACKAGE}.language.domains.choices", "Choices") in met


def test_a_room_that_nobody_has_entered_is_named_with_the_import_to_write() -> None:
    rooms = sorted(module.name for module in pkgutil.iter_modules(revisit_policy.__path__))
    done = subprocess.run([sys.executable, "-c", ASKED_FOR_ROOMS, *rooms], capture_output=True, text=True, check=True)
    said = dict(line.split(": ", 1) for line in done.stdout.splitlines())
    advice = {room: f"module 'revisit_policy' has no attribute '{room}'; write `from revisit_policy import {room}`" for room in rooms}
    assert said.keys() >= {"analysis", "facts", "frames", "rulebooks", "testing"}
    assert said == {room: advice[room] for room in said}


@pytest.mark.parametrize(("name", "room"), [("MeasureNote", "outcomes"), ("own_fact", "casefile"), ("NoticeCalendar", "values"), ("DaysFromTo", "language")])
def test_a_name_of_a_room_that_is_asked_of_the_front_door_is_refused_with_the_import_to_write(name: str, room: str) -> None:
    with pytest.raises(AttributeError, match=rf"no attribute '{name}'; write `from revisit_policy\.{room} import {name}`$"):
        getattr(revisit_policy, name)


def test_a_name_that_is_nowhere_is_refused_without_advice() -> None:
    with pytest.raises(AttributeError, match=r"^module 'revisit_policy' has no attribute 'Tabel'$"):
        getattr(revisit_policy, "Tabel")  # noqa: B009 - a name that a type checker would refuse
