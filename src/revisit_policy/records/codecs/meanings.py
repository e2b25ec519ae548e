"""Meanings: what a field holds, in Chinese and English, as a JSON Schema says it. The catalogue of facts knows, and the docstrings do."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from revisit_policy.casefile import facts
from revisit_policy.casefile.case_columns import PARTS
from revisit_policy.language.derivation import Field
from revisit_policy.language.fact import Fact
from revisit_policy.records.codecs.codec import Schema

_ARGS: Final = re.compile(r"^Args:\n(.*?)(?=^\S|\Z)", re.DOTALL | re.MULTILINE)
_ARG: Final = re.compile(r"^    (\w+): (.*?)(?=^    \w+: |\Z)", re.DOTALL | re.MULTILINE)


@cache
def meanings(kind: Any) -> dict[str, Schema]:  # noqa: ANN401 - a class, which a cache takes for anything
    """What is said of the fields of *kind*, by their names: a title in both languages where a fact has one, and a description."""
    found: dict[str, Schema] = {name: {"description": text} for name, text in _described(kind).items()}
    for name, titled in _titles().get(kind, {}).items():
        found[name] = titled | found.get(name, {})
    return found


def _described(kind: type[Any]) -> dict[str, str]:
    from inspect import getdoc  # noqa: PLC0415 - loaded for a schema, which is rare

    args = _ARGS.search(getdoc(kind) or "")
    return {} if args is None else {name: " ".join(text.split()) for name, text in _ARG.findall(args[1])}


@cache
def _titles() -> dict[type[Any], dict[str, Schema]]:
    """The labels and units of the facts that are fields of a case file, by the part and the field."""
    found: dict[type[Any], dict[str, Schema]] = {kind: {} for kind in PARTS.values()}
    for fact in vars(facts).values():
        if isinstance(fact, Fact) and isinstance(fact.derived, Field):
            part, _, field = fact.derived.path.partition(".")
            if part in PARTS:
                found[PARTS[part]][field] = _titled(fact)
    return found


def _titled(fact: Fact) -> Schema:
    titles = {"title": f"{fact.label.zh} · {fact.label.en}"}
    return titles if fact.unit is None else titles | {"x-unit": f"{fact.unit.label('zh')} · {fact.unit.label('en')}"}
