"""An entry as one line of text, and back: JSON as RFC 8785 has it, of which no sign can be different."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final, TypeVar

from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.policy.json_text import Plain, read_json, written
from revisit_policy.records.ledgers.digest import hidden
from revisit_policy.records.ledgers.entry import Entry
from revisit_policy.records.ledgers.sealed_field import SealedField
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import fault

#: The version of the form of a line.
VERSION: Final = 1
_Kind = TypeVar("_Kind", Entry, SealedField)
_ENTRY: Final = ("fields", "key", "leaf", "on", "version")
_SEALED: Final = ("digest", "kind", "name")
_OPEN: Final = (*_SEALED, "salt", "text")


def line_of(entry: Entry, *, with_texts: bool) -> str:
    """The line that stands for *entry*.

    Args:
        entry: The entry.
        with_texts: Whether texts and salts are written as far as they are there.
    """
    fields = [_field_form(field, with_texts=with_texts) for field in entry.fields]
    return written({"fields": fields, "key": entry.key, "leaf": entry.leaf, "on": entry.on.isoformat(), "version": VERSION})


def entry_of(line: str, *, place: str) -> Entry:
    """The entry that *line* stands for.

    Args:
        line: What `line_of` gives.
        place: What an error calls the line.

    Raises:
        InvalidValueError: If it is anything else, by a single sign. The message does not repeat the line.
    """
    form = _require(_read(line, place=place), _ENTRY, place=place)
    if form["version"] != VERSION or type(form["version"]) is not int:
        raise fault(f"{place}.version", form["version"], Phrase("已知的行版本：{version}", "a version of lines that is known: {version}", version=VERSION))
    fields = form["fields"]
    if not isinstance(fields, list):
        raise fault(f"{place}.fields", type(fields).__name__, Phrase("列表", "a list"))
    sealed = [_field_of(field, place=f"{place}.fields[{index}]") for index, field in enumerate(fields)]
    entry = _made(Entry, {"key": form["key"], "on": form["on"], "leaf": form["leaf"], "fields": sealed}, place=place)
    if line != line_of(entry, with_texts=True):
        raise fault(place, hidden(line), Phrase("与 `to_lines` 的写法一致", "written as `to_lines` writes it"))
    return entry


def _field_form(field: SealedField, *, with_texts: bool) -> dict[str, str | None]:
    form: dict[str, str | None] = {"digest": field.digest, "kind": field.kind, "name": field.name}
    return form | {"salt": field.salt, "text": field.text} if with_texts and not field.is_dropped else form


def _field_of(form: object, *, place: str) -> SealedField:
    is_open = isinstance(form, dict) and ("text" in form or "salt" in form)
    found = _require(form, _OPEN if is_open else _SEALED, place=place)
    return _made(SealedField, found, place=place)


def _read(line: str, *, place: str) -> Plain:
    if not isinstance(line, str):
        raise fault(place, hidden(line), Phrase("账本的一行", "a line of a ledger"))
    try:
        return read_json(line)
    except InvalidValueError as error:
        raise fault(place, hidden(line), Phrase("账本完整的一行，{rule}", "a whole line of a ledger, {rule}", rule=error.expected)) from None


def _require(form: object, names: Collection[str], *, place: str) -> dict[str, Any]:
    if not isinstance(form, dict):
        raise fault(place, hidden(form), Phrase("对象", "an object"))
    for name in form.keys() - names:
        raise fault(place, name, Phrase("由{known}组成的对象", "an object of {known}", known=", ".join(f"`{known}`" for known in names)))
    for name in sorted(names - form.keys()):
        raise fault(f"{place}.{name}", None, Phrase("存在", "there"))
    return form


def _made(kind: type[_Kind], parts: dict[str, Any], *, place: str) -> _Kind:
    try:
        return kind(**parts)
    except InvalidInputError as error:
        first = error.exceptions[0]
        assert isinstance(first, InvalidValueError)  # noqa: S101 - for the type checker: a group of ours holds nothing else
        raise fault(f"{place}.{first.field}", first.value, first.expected) from None
