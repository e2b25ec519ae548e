"""What an engine counted of a decided frame: the rows of each kind, and what is said of how many of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final

import narwhals as nw

from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.frames.engines.opened import whole_rows
from revisit_policy.frames.outputs.answers import answers_of
from revisit_policy.frames.outputs.output import Output, Trace, next_visit_outputs
from revisit_policy.frames.subject import Subject
from revisit_policy.reports.tally import Counted
from revisit_policy.speech.phrase import Phrase

#: The column of how many rows are of a kind.
LOANS: Final = "counted_loans"


def check_decided(there: Sequence[str], subject: Subject) -> None:
    """Refuse the columns *there* of a frame that `decide` has not made.

    Raises:
        InvalidInputError: If what it makes is missing, or no policy decided.
    """
    missing = [name for name in ("grade", "bad_input") if name not in there]
    if missing or not subject.is_policy:
        expected = Phrase("由 `decide` 以政策或规则手册得出的列", "a column that `decide` by a policy or a rulebook makes")
        faults = [InvalidValueError(owner="frame", field=name, value=None, expected=expected) for name in missing or ("grade",)]
        raise InvalidInputError.of("frame", faults)


def columns_of_set(name: str, there: Sequence[str]) -> list[str]:
    """The columns *there* that hold the set *name*: one, or as many as its members need."""
    return [each for each in there if each == name or (each.startswith(f"{name}_") and each.removeprefix(f"{name}_").isdigit())]


def kinds_of(frame: Any, columns: Mapping[str, nw.Expr]) -> list[dict[str, Any]]:
    """The rows of a Narwhals *frame* that are alike in all of these *columns*, a row for each kind, with how many they are as `LOANS`."""
    asked = {f"counted_{at}": name for at, name in enumerate(columns)}  # DuckDB groups by no name with a point in it
    kinds = frame.select(*(columns[name].alias(short) for short, name in asked.items())).group_by(list(asked)).agg(nw.len().alias(LOANS))
    return [{asked.get(short, short): cell for short, cell in row.items()} for row in whole_rows(kinds)]


class Counting:
    """The rows of each kind, as the engine counted them."""

    def __init__(self, subject: Subject, wanted: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
        self.subject, self.wanted = subject, wanted
        self.decided = [row for row in rows if row["grade"] is not None or not row["bad_input"]]
        self.loans = sum(row[LOANS] for row in self.decided)
        self.refused = sum(row[LOANS] for row in rows) - self.loans
        outputs = (*(answer.output for answer in answers_of(subject, Trace.NONE)), *next_visit_outputs(subject.words, has_duties=True))
        self.outputs: dict[str, Output] = {output.name: output for output in outputs}

    def count(self, key: Callable[[Mapping[str, Any]], Hashable]) -> Counter[Any]:
        """How many loans have each *key*."""
        counted: Counter[Any] = Counter()
        for row in self.decided:
            counted[key(row)] += row[LOANS]
        return counted

    def places(self, name: str) -> tuple[Counted, ...]:
        """How many loans are at each place of the scale of a column, those without a loan too; nothing where it is not there."""
        if name not in self.wanted:
            return ()
        items, counted = self.outputs[name].items, self.count(itemgetter(name))
        known = [Counted(what=item, loans=counted[place]) for place, item in enumerate(items)]
        return (*known, *([Counted(what=None, loans=counted[None])] if counted[None] else []))

    def members(self, name: str) -> tuple[Counted, ...]:
        """How many loans have each member of the set that a column holds, or several do; only those that some loan has."""
        found = []
        for column in columns_of_set(name, tuple(self.outputs)) if name in self.wanted else ():
            counted = self.count(itemgetter(column))
            for bit, item in enumerate(self.outputs[column].items):
                loans = sum(number for mask, number in counted.items() if mask is not None and int(mask) >> bit & 1)
                found += [Counted(what=item, loans=loans)] if loans else []
        return tuple(found)

    def with_any(self, name: str) -> int | None:
        """How many loans have any member of the set; ``None`` where no column holds it."""
        columns = columns_of_set(name, self.wanted)
        return self.count(lambda row: any(row[column] for column in columns))[True] if columns else None
