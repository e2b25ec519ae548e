"""Replays real histories under the rulebook: what it would have said each month, and how early it would have warned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from statistics import median

import attrs
from fannie_mae import History, Month

from revisit_policy import Decision, Grade, InvalidInputError, Level, Visit, VisitKind
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values.dates import Date, add_months

#: From the status, in months, to days past due: the reading used, and how far it can be off either way.
READINGS: dict[str, Callable[[int], int]] = {
    "30n + 1": lambda status: 30 * status + 1 if status else 0,
    "30n": lambda status: 30 * status,
    "30n + 29": lambda status: 30 * status + 29 if status else 0,
}

SERIOUS = 3
"""The status of a loan that reaches 90 and more days past due."""

CONVENTIONS = """Conventions
  The decision day is the last day of the reporting month, and the decision reads what was known on it.
  Status n is 30n + 1 days past due; the table of grades shows 30n and 30n + 29 beside it.
  A status below zero or X is unknown. Arrears that nobody knows cannot be decided: such months are counted apart.
  A month before the first edition of the rulebook is left out and counted.
  Dollars are taken as yuan at par. The balance of a month for which none is reported is the principal.
  The loan counts as paid out on the first day of its month of origination. The score is read as a standing by this example's scale.
  Income is unknown; debt service is the reported part of an income of 100,000. The value of the home is that of the grant.
  A modified loan counts as restructured and observed for twelve months. The grade of the month before is the previous grade.
  Every visit planned is taken as made on the day aimed at and to have found nothing; a valuation finds the value of the grant.
"""


@attrs.define
class Tally:
    """What a replay counts."""

    loans: int = 0
    decided: int = 0
    unknown: int = 0
    ended: int = 0
    too_early: int = 0
    visits: Counter[VisitKind] = attrs.Factory(Counter)
    grades: Counter[Grade] = attrs.Factory(Counter)
    first_serious: Counter[Grade] = attrs.Factory(Counter)
    warned: list[int | None] = attrs.Factory(list)
    warned_of_arrears: list[int | None] = attrs.Factory(list)

    def count(self, decided: Decided) -> None:
        """Count one decided month."""
        self.decided += 1
        self.grades[decided.decision.grade] += 1
        self.visits.update(visit.kind for visit in decided.made)


@attrs.frozen(kw_only=True)
class Decided:
    """A month's decision and the visits made until the end of the next."""

    decision: Decision
    made: tuple[Visit, ...]


def print_replay(histories: Iterable[History]) -> None:
    """Replay *histories* under each reading of the status and print what came of it."""
    found = tuple(histories)
    tallies = {name: _replayed(found, days) for name, days in READINGS.items()}
    print(CONVENTIONS)
    _print_figures(next(iter(tallies.values())))
    _print_grades(tallies)


def _replayed(histories: Iterable[History], days: Callable[[int], int]) -> Tally:
    tally = Tally()
    for history in histories:
        tally.loans += 1
        _replay(history, days, tally)
    return tally


def _replay(history: History, days: Callable[[int], int], tally: Tally) -> None:
    warned = warned_of_arrears = serious = None
    for number, (month, decided) in enumerate(_months(history, days, tally)):
        tally.count(decided)
        decision = decided.decision
        if warned is None and decision.level >= Level.YELLOW:
            warned = number
        if warned_of_arrears is None and decision.case.loan.days_past_due:
            warned_of_arrears = number
        if serious is None and (month.status or 0) >= SERIOUS:
            serious = number
            tally.first_serious[decision.grade] += 1
    if serious is not None:
        tally.warned.append(None if warned is None or warned >= serious else serious - warned)
        tally.warned_of_arrears.append(None if warned_of_arrears is None or warned_of_arrears >= serious else serious - warned_of_arrears)


def _months(history: History, days: Callable[[int], int], tally: Tally) -> Iterator[tuple[Month, Decided]]:
    """The months that can be decided, each with its decision."""
    visits: list[Visit] = []
    grade: Grade | None = None
    for at, month in enumerate(history.months):
        if month.has_ended:
            tally.ended += 1
        elif month.status is None:
            tally.unknown += 1
        else:
            case = history.case(at, days_past_due=days(month.status), visits=visits, previous_grade=grade)
            try:
                decision = cn_housing.rulebook.decide(case, on=month.ends_on, until=add_months(month.ends_on, 2))
            except InvalidInputError as error:
                if "first edition" not in str(error):
                    raise
                tally.too_early += 1
                continue
            made = tuple(_made(decision, before=add_months(month.ends_on, 1)))
            visits += made
            grade = decision.grade
            yield month, Decided(decision=decision, made=made)


def _made(decision: Decision, *, before: Date) -> Iterator[Visit]:
    """The planned visits aimed at a day up to *before*, each as made on that day; what is due on the last day is left to the next month."""
    for planned in decision.schedule.all:
        day = planned.window.due
        if decision.on <= day < before:
            yield Visit(kind=planned.kind, method=planned.method, completed_on=day, finding="satisfactory")
            if VisitKind.REVALUATION in planned.serves and planned.kind is not VisitKind.REVALUATION:
                yield Visit(kind="revaluation", method="off_site", completed_on=day, finding="satisfactory")


# -- printing --------------------------------------------------------------------------------------------------------


def _print_figures(tally: Tally) -> None:
    visits = sum(count for kind, count in tally.visits.items() if kind is not VisitKind.REVALUATION)
    rows = [
        ("loans", f"{tally.loans:,}"),
        ("loan-months decided", f"{tally.decided:,}"),
        ("left out: arrears unknown", f"{tally.unknown:,}"),
        ("left out: the loan had ended", f"{tally.ended:,}"),
        ("left out: before the first edition", f"{tally.too_early:,}"),
        *((f"visits planned: {kind.label('en')}", f"{tally.visits[kind]:,}") for kind in VisitKind),
        ("visits per loan-year, valuations aside", f"{visits / tally.decided * 12:.2f}"),
        ("loans that reached 90 days past due", f"{len(tally.warned):,}"),
        *_lead_rows("any warning from yellow", tally.warned),
        *_lead_rows("arrears", tally.warned_of_arrears),
    ]
    for name, value in rows:
        print(f"{name:<58}{value:>12}")
    print()


def _lead_rows(what: str, leads: list[int | None]) -> Iterator[tuple[str, str]]:
    known = [lead for lead in leads if lead is not None]
    yield f"  of them with {what} before", f"{len(known):,}"
    if known:
        yield f"  first {what} before 90 days, median months", f"{median(known):g}"


def _print_grades(tallies: dict[str, Tally]) -> None:
    print("grades at the first 90 days past due, by the reading of the status; grades of all months decided")
    print(f"{'':<20}" + "".join(f"{name:>14}" for name in tallies) + f"{'all months':>14}")
    months = next(iter(tallies.values()))
    for grade in Grade:
        row = "".join(f"{tally.first_serious[grade]:>14,}" for tally in tallies.values())
        print(f"{grade.label('en'):<20}{row}{months.grades[grade]:>14,}")
