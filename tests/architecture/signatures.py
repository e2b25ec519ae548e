"""Which of our types public signatures name, read from the source: an annotation may be of a type that is imported for its name alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeAlias

import attrs

import revisit_policy

PACKAGE = revisit_policy.__name__
SOURCE = Path(revisit_policy.__file__).parents[1]

Definition: TypeAlias = ast.ClassDef | ast.FunctionDef | ast.Assign | ast.AnnAssign


@attrs.frozen
class Named:
    """A name and the module that defines it."""

    module: str
    name: str

    @property
    def is_private(self) -> bool:
        """True if the name says so itself."""
        return self.name.startswith("_") and not self.name.startswith("__")

    @property
    def definition(self) -> Definition:
        """Where it is defined."""
        return _definitions(self.module)[self.name]

    @property
    def is_type(self) -> bool:
        """True for a class and for an alias of types; not for a variable that stands for one."""
        found = self.definition
        if isinstance(found, ast.Assign):
            return isinstance(found.value, ast.Subscript | ast.BinOp)
        return isinstance(found, ast.ClassDef) or _is_alias(found)


def _is_alias(found: Definition) -> bool:
    return isinstance(found, ast.AnnAssign) and isinstance(found.annotation, ast.Name) and found.annotation.id == "TypeAlias"


@cache
def _tree(module: str) -> ast.Module:
    place = SOURCE.joinpath(*module.split("."))
    file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def _definitions(module: str) -> dict[str, Definition]:
    found: dict[str, Definition] = {}
    for node in _tree(module).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            found[node.name] = node
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found[node.target.id] = node
        elif isinstance(node, ast.Assign):
            found |= {target.id: node for target in node.targets if isinstance(target, ast.Name)}
    return found


@cache
def _imports(module: str) -> dict[str, tuple[str, str]]:
    """What *module* imports of ours, wherever it does: for its type only and within a function, too."""
    nodes = [node for node in ast.walk(_tree(module)) if isinstance(node, ast.ImportFrom)]
    ours = [(node.module, alias) for node in nodes if node.module and node.module.startswith(PACKAGE) for alias in node.names]
    return {alias.asname or alias.name: (source, alias.name) for source, alias in ours}


def found_as(module: str, name: str) -> Named | None:
    """What *name* means in *module*, if it is defined by us."""
    while name not in _definitions(module):
        if name not in _imports(module):
            return None
        source, name = _imports(module)[name]
        if SOURCE.joinpath(*source.split("."), f"{name}.py").exists() and name not in _imports(source):
            return None  # a module, no type
        module = source
    return Named(module, name)


def _names(annotation: ast.expr) -> Iterator[str]:
    for node in ast.walk(annotation):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.replace("_", "").isalnum():
            yield node.value  # an annotation in quotes


def _of_function(function: ast.FunctionDef) -> Iterator[ast.expr]:
    said = function.args
    arguments = [*said.posonlyargs, *said.args, *said.kwonlyargs, said.vararg, said.kwarg]
    yield from (argument.annotation for argument in arguments if argument and argument.annotation)
    if function.returns:
        yield function.returns


def _of_class(kind: ast.ClassDef) -> Iterator[ast.expr]:
    yield from kind.bases
    for node in kind.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and not node.target.id.startswith("_"):
            yield node.annotation
        elif isinstance(node, ast.FunctionDef) and not Named("", node.name).is_private:
            yield from _of_function(node)


def _annotations(found: Definition) -> Iterator[ast.expr]:
    match found:
        case ast.ClassDef():
            yield from _of_class(found)
        case ast.FunctionDef():
            yield from _of_function(found)
        case ast.AnnAssign():
            yield found.annotation
            if _is_alias(found) and found.value:
                yield found.value
        case ast.Assign():
            yield found.value.func if isinstance(found.value, ast.Call) else found.value


def spoken_of(thing: Named) -> Iterator[Named]:
    """What the signatures of *thing* name: its fields and bases, and what its public methods take and hand out."""
    for annotation in _annotations(thing.definition):
        for name in _names(annotation):
            found = found_as(thing.module, name)
            if found:
                yield found


def reachable(start: set[Named]) -> dict[Named, Named]:
    """Everything of ours that can be met from *start* by way of signatures, each with one thing that speaks of it."""
    met = {thing: thing for thing in start}
    to_read = list(start)
    while to_read:
        thing = to_read.pop()
        for other in spoken_of(thing):
            if other not in met:
                met[other] = thing
                to_read.append(other)
    return met
