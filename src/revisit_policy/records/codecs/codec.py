"""What a codec is, and what it is told while a record is written or read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

import attrs

from revisit_policy.policy.json_text import Plain
from revisit_policy.records.codecs.misread import MisreadError, wrong
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.working_days import WorkCalendar

Schema: TypeAlias = dict[str, Any]
"""A JSON Schema, or a part of one."""

IS: Final = "is"
"""The name beside which stands what an object is, where that cannot be told from its place."""
VALUE: Final = "value"
"""The name beside which stands the content of what is no object of fields."""
FACTS: Final = "facts"
CALENDARS: Final = "calendars"
SECTIONS: Final = (FACTS, CALENDARS)
"""What stands once in a record and is called by its name wherever else it is met."""


class Writing:
    """One record being written: what it names stands once, in the order first met."""

    def __init__(self) -> None:
        self.named: dict[str, dict[str, tuple[object, Plain]]] = {section: {} for section in SECTIONS}

    def name(self, section: str, name: str, value: object, *, written: Callable[[], Plain], content: object = None) -> str:  # noqa: PLR0917 - one entry
        """The name by which *value* stands in *section*: *name*, or where another value has it, with a number after it.

        *content* is what two values of one name must have in common to be one entry; the value itself if ``None``.
        """
        entries, at = self.named[section], 1
        same = value if content is None else content
        called = name
        while called in entries:
            if entries[called][0] == same:
                return called
            at += 1
            called = f"{name}#{at}"
        entries[called] = same, None
        entries[called] = same, written()
        return called

    def sections(self) -> dict[str, Plain]:
        """The sections that have anything in them."""
        return {section: {name: plain for name, (_, plain) in entries.items()} for section, entries in self.named.items() if entries}


@attrs.define(eq=False)
class Reading:
    """One record being read.

    Args:
        kinds: The classes that the caller adds, by their names.
        calendars: The calendars that the caller hands over, by edition.
        named: The sections of the record.
        made: What has been made of them.
    """

    kinds: Mapping[str, type[Any]] = attrs.field(factory=dict)
    calendars: Mapping[str, WorkCalendar] = attrs.field(factory=dict)
    named: Mapping[str, Mapping[str, Plain]] = attrs.field(factory=dict)
    made: dict[tuple[str, str], Any] = attrs.field(factory=dict)

    def called(self, section: str, name: Plain, *, read: Callable[[Plain], Any]) -> Any:  # noqa: ANN401 - whatever stands there
        """What stands under *name* in *section*, made by *read* when it is first called.

        Raises:
            MisreadError: If nothing does.
        """
        entries = self.named.get(section, {})
        if type(name) is not str or name not in entries:
            raise wrong(name, Phrase("记录中 `{section}` 之下的名称", "a name that stands in `{section}` of the record", section=section))
        key = section, name
        if key not in self.made:
            try:
                self.made[key] = read(entries[name])
            except MisreadError as error:
                self.made[key] = error
        found = self.made[key]
        if isinstance(found, MisreadError):
            raise MisreadError(*(attrs.evolve(spot, is_named=True) for spot in found.below(name).below(section).spots))
        return found


@attrs.frozen(kw_only=True, eq=False)
class Codec:
    """How values of one kind are written and read, and the schema of what is written.

    Args:
        write: What JSON holds of a value. It is told the record that is written.
        read: The value again, or a `MisreadError`.
        schema: The schema; it is asked when it is needed, because kinds name one another.
        definition: What stands once under the name by which the schema refers to it; ``None`` if the schema is all.
    """

    write: Callable[[Any, Writing], Plain]
    read: Callable[[Plain, Reading], Any]
    schema: Callable[[], Schema]
    definition: Callable[[], Schema] | None = None


CodecOf: TypeAlias = Callable[[Any], Codec]
"""The codec of whatever a field is annotated with."""
