"""The public surface: what the façades offer, and the public members of every class among it.

``python -m tests.architecture.public_surface`` writes the list anew; ``test_facades`` compares it with what there is.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import revisit_policy

PACKAGE = revisit_policy.__name__
LIST = Path(__file__).with_name("public_surface.txt")
NOT_A_FACADE = {"errors", "rulebooks", "version"}  # all errors and the version stand at the front door; a rulebook is entered, not their shelf


def facades() -> tuple[str, ...]:
    """The modules that users import from: the front door, then room by room, then the rulebooks."""
    rooms = (module.name for module in pkgutil.iter_modules(revisit_policy.__path__))
    books = importlib.import_module(f"{PACKAGE}.rulebooks").__path__
    return (
        PACKAGE,
        *(f"{PACKAGE}.{room}" for room in rooms if room not in NOT_A_FACADE),
        *(f"{PACKAGE}.rulebooks.{module.name}" for module in pkgutil.iter_modules(books)),
    )


def offered(facade: str) -> list[str]:
    """The names that *facade* offers, in the order in which it names them."""
    return list(vars(importlib.import_module(facade)).get("__all__", ()))


def _members(kind: type[Any], told: set[type[Any]]) -> Iterator[str]:
    """The public members of *kind* that are its own, or come from a class of ours that is offered nowhere."""
    own = [base for base in kind.__mro__ if base.__module__.startswith(PACKAGE) and (base is kind or base not in told)]
    names = {name for base in own for name in vars(base) if not name.startswith("_")}
    if issubclass(kind, Enum):
        names |= set(kind.__members__)
    return iter(sorted(names))


def surface() -> Iterator[str]:
    """Every public name with its path; the members of a class stand where its room offers it."""
    places: dict[int, str] = {}
    found: list[tuple[str, Any]] = []
    for facade in facades():
        for name in offered(facade):
            value = getattr(importlib.import_module(facade), name)
            found.append((f"{facade}.{name}", value))
            places[id(value)] = f"{facade}.{name}"
    told = {value for _, value in found if isinstance(value, type)}
    for path, value in sorted(found, key=lambda one: one[0]):
        yield path
        if isinstance(value, type) and value.__module__.startswith(PACKAGE) and places[id(value)] == path:
            yield from (f"{path}.{member}" for member in _members(value, told))


def main() -> None:
    """Write the list anew."""
    LIST.write_text("".join(f"{line}\n" for line in surface()), encoding="utf-8")


if __name__ == "__main__":
    main()
