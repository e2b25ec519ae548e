"""Counting a decided frame: one question to the engine, and a tally of what it answers."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final, cast

import narwhals as nw

from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.frames.engines.opened import names_of, opened, whole_rows
from revisit_policy.frames.outputs.answers import answers_of
from revisit_policy.frames.outputs.output import Output, Trace, next_visit_outputs
from revisit_policy.frames.subject import Policy, Subject, subject_of
from revisit_policy.outcomes.words.vocabulary import Vocabulary
from revisit_policy.reports.tally import Counted, Moves, Tally, WeekOfVisits
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, from_ordinal, to_date
from revisit_policy.values.labels import Lang, OrderedLabelled

_BEFORE: Final = "determination.grade"
_MISSED: Final = "next_missed_on"
_VISIT: Final = ("next_method", "next_closes", _MISSED, "next_officers", "measures_late")
_LOANS: Final = "counted_loans"


def tally(policy: Policy, result: object, *, on: str | dt.date) -> Tally:
    """*result*, a frame that `decide` has made, as numbers: what `reports.PortfolioReport` prints.

    The engine counts the rows of each kind; no case file is made. A lazy frame is collected once it is counted.

    Args:
        policy: The policy or rulebook that decided.
        result: The frame, not labelled. Decided with ``visits=True`` it has visits and hours too, and with the column
            ``determination.grade`` what moved since people determined it.
        on: The decision day that it was decided for.

    Raises:
        InvalidInputError: If it is no frame that `decide` has made.
        InvalidValueError: If *policy* is none, or *on* no day.

    Examples:
        >>> from revisit_policy import BorrowerProfile, CaseFile, Loan, cny, frames
        >>> from revisit_policy.rulebooks import cn_housing
        >>> loan = Loan(
        ...     "L-1", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000), annual_rate="0.0335",
        ...     repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=45,
        ... )
        >>> book = frames.from_cases([CaseFile(loan=loan, borrower=BorrowerProfile("B-1"))])
        >>> decided = frames.decide(cn_housing.rulebook, book, on="2026-11-24", visits=True)
        >>> counted = tally(cn_housing.rulebook, decided, on="2026-11-24")
        >>> [each.loans for each in counted.grades], counted.visits[0].method, counted.visits[0].late
        ([0, 1, 0, 0, 0], VisitMethod.PHONE, 1)
    """
    subject, day, given = subject_of(policy), to_date(on, field="on"), opened(result)
    there = names_of(given)
    missing = [name for name in ("grade", "bad_input") if name not in there]
    if missing or not subject.is_policy:
        expected = Phrase("由 `decide` 以政策或规则手册得出的列", "a column that `decide` by a policy or a rulebook makes")
        faults = [InvalidValueError(owner="frame", field=name, value=None, expected=expected) for name in missing or ("grade",)]
        raise InvalidInputError.of("frame", faults)
    wanted = [name for name in ("bad_input", "grade", "level", "signals", _BEFORE, *_VISIT) if name in there]
    signals = [name for name in there if name.startswith("signals_") and name.removeprefix("signals_").isdigit()]
    asked = {f"counted_{at}": name for at, name in enumerate((*wanted, *signals))}  # DuckDB groups by no name with a point in it
    kinds = given.select(*(_kind(name).alias(short) for short, name in asked.items())).group_by(list(asked)).agg(nw.len().alias(_LOANS))
    rows = [{asked.get(short, short): cell for short, cell in row.items()} for row in whole_rows(kinds)]
    return _Counting(subject, tuple(wanted), rows).tally(day)


def _kind(name: str) -> nw.Expr:
    """What tells two rows apart: of the day that was missed only whether there is one."""
    return ~nw.col(name).is_null() if name == _MISSED else nw.col(name)


class _Counting:
    """The rows of each kind, as the engine counted them."""

    def __init__(self, subject: Subject, wanted: tuple[str, ...], rows: Sequence[Mapping[str, Any]]) -> None:
        self.subject, self.wanted = subject, wanted
        self.decided = [row for row in rows if row["grade"] is not None or not row["bad_input"]]
        self.refused = sum(row[_LOANS] for row in rows) - sum(row[_LOANS] for row in self.decided)
        outputs = (*(answer.output for answer in answers_of(subject, Trace.NONE)), *next_visit_outputs(subject.words, has_duties=True))
        self.outputs: dict[str, Output] = {output.name: output for output in outputs}

    def tally(self, on: Date) -> Tally:
        return Tally(
            on=on,
            loans=sum(row[_LOANS] for row in self.decided),
            refused=self.refused,
            grades=self._places("grade"),
            levels=self._places("level"),
            signals=self._signals(),
            visits=self._visits(self.subject.words),
            measures_late=self._measures_late(),
            moves=self._moves(),
            languages=tuple(self.subject.words.languages or Lang),
        )

    def _count(self, key: Callable[[Mapping[str, Any]], Hashable]) -> Counter[Any]:
        counted: Counter[Any] = Counter()
        for row in self.decided:
            counted[key(row)] += row[_LOANS]
        return counted

    def _places(self, name: str) -> tuple[Counted, ...]:
        if name not in self.wanted:
            return ()
        items, counted = self.outputs[name].items, self._count(lambda row: row[name])
        known = [Counted(what=item, loans=counted[place]) for place, item in enumerate(items)]
        return (*known, *([Counted(what=None, loans=counted[None])] if counted[None] else []))

    def _signals(self) -> tuple[Counted, ...]:
        columns = [name for name in self.outputs if name == "signals" or (name.startswith("signals_") and name.removeprefix("signals_").isdigit())]
        found = []
        for name in columns if "signals" in self.wanted else ():
            counted = self._count(itemgetter(name))
            for bit, item in enumerate(self.outputs[name].items):
                loans = sum(number for mask, number in counted.items() if mask is not None and int(mask) >> bit & 1)
                found += [Counted(what=item, loans=loans)] if loans else []
        return tuple(found)

    def _visits(self, words: Vocabulary) -> tuple[WeekOfVisits, ...]:
        if not set(_VISIT) <= set(self.wanted):
            return ()
        methods = self.outputs["next_method"].items
        visits, late, officers = Counter[Any](), Counter[Any](), Counter[Any]()
        for row in self.decided:
            if row["next_closes"] is not None and row["next_method"] is not None:
                key = (_monday(row["next_closes"]), int(row["next_method"]))
                visits[key] += row[_LOANS]
                late[key] += row[_LOANS] * bool(row[_MISSED])
                officers[key] += row[_LOANS] * int(row["next_officers"])
        found = []
        for week, place in sorted(visits):
            method = cast("OrderedLabelled", methods[place])
            hours = words.method(str(method.value)).hours
            total = None if hours is None else hours * officers[week, place]
            found.append(WeekOfVisits(week=week, method=method, visits=visits[week, place], late=late[week, place], hours=total))
        return tuple(found)

    def _measures_late(self) -> int | None:
        return sum(row[_LOANS] for row in self.decided if row["measures_late"]) if "measures_late" in self.wanted else None

    def _moves(self) -> tuple[Moves, ...]:
        if _BEFORE not in self.wanted:
            return ()
        items = self.outputs["grade"].items
        by_code = {str(getattr(item, "value", item)): item for item in items}
        places = {item: place for place, item in enumerate(items)}
        counted = self._count(lambda row: (by_code.get(str(row[_BEFORE])), None if row["grade"] is None else items[int(row["grade"])]))
        ordered = sorted(counted.items(), key=lambda move: tuple(places.get(grade, len(places)) for grade in move[0]))
        return tuple(Moves(before=before, now=now, loans=loans) for (before, now), loans in ordered)


def _monday(day: dt.date) -> Date:
    """The Monday of the week of a *day*, which engines hand out as a date or as a moment at midnight."""
    return from_ordinal(day.toordinal() - day.weekday())
