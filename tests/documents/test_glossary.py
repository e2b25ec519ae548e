"""Every name in code that the glossary gives exists: as a public name, a field or method of one, a code, a fact, or a table of the shipped rulebook."""

from __future__ import annotations

import importlib
import inspect
import re
from pathlib import Path
from typing import Any, Final

import attrs
from tests.architecture.public_surface import facades, offered

from revisit_policy import facts
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values import Labelled

GLOSSARY: Final = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text(encoding="utf-8")
NAMES: Final = sorted(set(re.findall(r"`([^`\n]+)`", GLOSSARY.replace("```", ""))))
POLICY: Final = cn_housing.policy()


def _of(value: object) -> set[str]:
    """The names that can be written behind a dot."""
    fields = {field.name for field in attrs.fields(value)} if inspect.isclass(value) and attrs.has(value) else set()
    codes = {str(member.value) for member in value} if inspect.isclass(value) and issubclass(value, Labelled) else set()
    return {name for name in dir(value) if not name.startswith("_")} | fields | codes


def _known() -> set[str]:
    editions = {edition.id for edition in cn_housing.rulebook.editions}
    names = editions | {table.id for table in POLICY.tables} | {name for name in dir(facts) if not name.startswith("_")}
    for facade in facades():
        room = importlib.import_module(facade)
        for name in offered(facade):
            value: Any = getattr(room, name)
            names |= {name, *_of(value), *(f"{name}.{inner}" for inner in _of(value))}
            names |= {f"{facade.rpartition('.')[2]}.{name}"}
    return names


KNOWN: Final = _known()


def test_the_glossary_names_code_at_all() -> None:
    assert len(NAMES) > 60


def test_every_name_of_the_glossary_exists() -> None:
    plain = {re.sub(r"\(.*\)$", "", name) for name in NAMES}
    assert sorted(plain - KNOWN - {"&", "|", "~"}) == []
