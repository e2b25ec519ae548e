"""Extraction: the facts of a graph made from a case file, in the way each fact's derivation says.

A case file is any object with the fields that the derivations name; a step of a path that is ``None`` makes the
fact unknown. Money is read in minor units, a day as its ordinal, an enumeration by its member or code.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import attrs

from revisit_policy.errors import InvalidInputError, InvalidValueError, RevisitPolicyError, UnknownNameError
from revisit_policy.language.derivation import fields_of
from revisit_policy.language.extraction.extraction_source import Extracted, QuickExtraction, quick_extraction
from revisit_policy.language.extraction.maker import Maker, encoded, maker_of
from revisit_policy.language.fact import Assumption, Fact
from revisit_policy.language.snapshot import Snapshot, extracted, with_stand_ins
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.validation import Fault, checked, placed


@attrs.frozen
class Extraction:
    """The way from a case file to a snapshot of *facts*: a quick one for what is usual, a careful one for the rest."""

    facts: tuple[Fact, ...]

    @cached_property
    def _makers(self) -> tuple[tuple[Fact, Maker | None], ...]:
        return tuple((fact, maker_of(fact)) for fact in self.facts)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {fact.name: place for place, fact in enumerate(self.facts)}

    @cached_property
    def _quick(self) -> QuickExtraction:
        return quick_extraction(self.facts)

    def snapshot(
        self,
        case: object,
        *,
        on: str | dt.date,
        supplied: Mapping[str, object],
        assuming: Sequence[Assumption] = (),
    ) -> Snapshot:
        """Make the facts of *case* as of the day *on*.

        Raises:
            InvalidInputError: If facts are outside their domains, all of them together.
            InvalidValueError: If *on* is no day.
            UnknownNameError: If *supplied* names a fact that this graph does not take from the caller.
        """
        day = to_date(on, field="on")
        if not isinstance(supplied, dict) or supplied:
            self._check_supplied(supplied)
        found = self.quickly(case, day, supplied)
        if found is None:
            return with_stand_ins(self.facts, self.carefully(case, day, supplied), assuming)
        values, unknown = found
        if type(assuming) is not tuple or assuming:
            return with_stand_ins(self.facts, values, assuming)
        return extracted(self.facts, values, unknown, places=self._places)

    def quickly(self, case: object, day: Date, supplied: Mapping[str, object]) -> Extracted | None:
        """The encoded values and the places of the unknown ones if all is as usual; ``None`` if anything is not."""
        try:
            return self._quick(case, day, supplied)
        except Exception:  # noqa: BLE001 - whatever it was, the careful way meets it again and says what it is
            return None

    def carefully(self, case: object, day: Date, supplied: Mapping[str, object]) -> tuple[Any, ...]:
        """The encoded values, made one by one.

        Raises:
            InvalidInputError: If facts are outside their domains, all of them together.
        """
        values: list[Any] = []
        faults: list[InvalidValueError] = []
        for fact, maker in self._makers:
            try:
                if maker is None:
                    values.append(fact.encode(supplied.get(fact.name, fact.when_absent)))
                else:
                    values.append(encoded(fact, maker(case, day)))
            except RevisitPolicyError as error:
                is_placed = isinstance(error, InvalidValueError) and error.field in fields_of(fact.derived)
                faults.append(error if is_placed else placed(Fault(supplied.get(fact.name), error), fact.name))  # type: ignore[arg-type] # asked just before
        if faults:
            raise InvalidInputError.of("facts", faults)
        return tuple(values)

    def _check_supplied(self, supplied: Mapping[str, object]) -> None:
        taken = tuple(fact.name for fact, maker in self._makers if maker is None)
        for name in checked(supplied, Mapping, field="supplied", expected=Phrase("按名称给出的事实的值", "values of facts by name")):
            if name not in taken:
                raise UnknownNameError(kind=Phrase("补充事实", "supplied fact"), name=name, known=taken)
