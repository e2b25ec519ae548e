"""Counting a decided frame: one question to the engine, and a tally of what it answers."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final, cast

import narwhals as nw

from revisit_policy.analysis.impact import Hours, to_hours
from revisit_policy.frames.engines.opened import names_of, opened
from revisit_policy.frames.subject import Policy, subject_of
from revisit_policy.frames.tallies.counting import LOANS, Counting, check_decided, columns_of_set, kinds_of
from revisit_policy.outcomes.words.vocabulary import Vocabulary
from revisit_policy.reports.tally import Moves, Tally, WeekOfVisits
from revisit_policy.values.dates import Date, from_ordinal, to_date
from revisit_policy.values.labels import Lang, OrderedLabelled

_BEFORE: Final = "determination.grade"
_MISSED: Final = "next_missed_on"
_VISIT: Final = ("next_method", "next_closes", _MISSED, "next_officers", "measures_late")


def tally(policy: Policy, result: object, *, on: str | dt.date, hours: Hours | None = None) -> Tally:
    """*result*, a frame that `decide` has made, as numbers: what `reports.PortfolioReport` prints.

    The engine counts the rows of each kind; no case file is made. A lazy frame is collected once it is counted.

    Args:
        policy: The policy or rulebook that decided.
        result: The frame, not labelled. Decided with ``visits=True`` it has visits and hours too, and with the column
            ``determination.grade`` what moved since people determined it.
        on: The decision day that it was decided for.
        hours: The hours that one officer spends on a visit, by method, travel included, where the policy says none or others are
            meant; of a method that neither says the hours are ``None``.

    Raises:
        InvalidInputError: If it is no frame that `decide` has made.
        UnknownNameError: If *hours* names a method that the policy has not.
        InvalidValueError: If *policy* is none, *on* no day, or *hours* are no exact numbers.

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
    check_decided(there, subject)
    wanted = [name for name in ("bad_input", "grade", "level", "signals", _BEFORE, *_VISIT) if name in there]
    asked = dict.fromkeys((*wanted, *columns_of_set("signals", there)))
    rows = kinds_of(given, {name: _kind(name) for name in asked})
    return _Tallying(subject, tuple(wanted), rows).tally(day, {} if hours is None else to_hours(hours, (subject.words,)))


def _kind(name: str) -> nw.Expr:
    """What tells two rows apart: of the day that was missed only whether there is one."""
    return ~nw.col(name).is_null() if name == _MISSED else nw.col(name)


class _Tallying(Counting):
    """The numbers of a tally."""

    def tally(self, on: Date, hours: Mapping[OrderedLabelled, Fraction]) -> Tally:
        return Tally(
            on=on,
            loans=self.loans,
            refused=self.refused,
            grades=self.places("grade"),
            levels=self.places("level"),
            signals=self.members("signals"),
            visits=self._visits(self.subject.words, hours),
            measures_late=self._measures_late(),
            moves=self._moves(),
            languages=tuple(self.subject.words.languages or Lang),
        )

    def _visits(self, words: Vocabulary, taken: Mapping[OrderedLabelled, Fraction]) -> tuple[WeekOfVisits, ...]:
        if not set(_VISIT) <= set(self.wanted):
            return ()
        methods = self.outputs["next_method"].items
        visits, late, officers = Counter[Any](), Counter[Any](), Counter[Any]()
        for row in self.decided:
            if row["next_closes"] is not None and row["next_method"] is not None:
                key = (_monday(row["next_closes"]), int(row["next_method"]))
                visits[key] += row[LOANS]
                late[key] += row[LOANS] * bool(row[_MISSED])
                officers[key] += row[LOANS] * int(row["next_officers"])
        found = []
        for week, place in sorted(visits):
            method = cast("OrderedLabelled", methods[place])
            hours = taken.get(method, words.method(str(method.value)).hours)
            total = None if hours is None else hours * officers[week, place]
            found.append(WeekOfVisits(week=week, method=method, visits=visits[week, place], late=late[week, place], hours=total))
        return tuple(found)

    def _measures_late(self) -> int | None:
        return sum(row[LOANS] for row in self.decided if row["measures_late"]) if "measures_late" in self.wanted else None

    def _moves(self) -> tuple[Moves, ...]:
        if _BEFORE not in self.wanted:
            return ()
        items = self.outputs["grade"].items
        by_code = {str(getattr(item, "value", item)): item for item in items}
        places = {item: place for place, item in enumerate(items)}
        counted = self.count(lambda row: (by_code.get(str(row[_BEFORE])), None if row["grade"] is None else items[int(row["grade"])]))
        ordered = sorted(counted.items(), key=lambda move: tuple(places.get(grade, len(places)) for grade in move[0]))
        return tuple(Moves(before=before, now=now, loans=loans) for (before, now), loans in ordered)


def _monday(day: dt.date) -> Date:
    """The Monday of the week of a *day*, which engines hand out as a date or as a moment at midnight."""
    return from_ordinal(day.toordinal() - day.weekday())
