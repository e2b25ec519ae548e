"""Replays real histories under the rulebook: what it would have said each month, and how early it would have warned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from statistics import median

import attrs
from fannie_mae import Month, RealLoan
from rebuilt import DUE_DAY_COUNTS, IN_MONTHS, Rebuilt
from summary import ASSUMED_HOURS

from revisit_policy import Decision, Determination, Grade, InvalidInputError, Level, Revisit, SignalCode, Visit, VisitKind, VisitMethod
from revisit_policy.rulebooks import cn_housing
from revisit_policy.servicing import ArrearsConvention
from revisit_policy.values import Date, add_months, months_elapsed

#: How arrears are counted: the first is the one that the figures are of, the others show what they hang on.
CONVENTIONS = (cn_housing.ARREARS_CONVENTION, DUE_DAY_COUNTS, IN_MONTHS)

SERIOUS = 3
"""The status of a loan that reaches 90 and more days past due."""

ASSUMED = """Assumed
  The decision day is the last day of the reporting month, and the case file is what was known at its end.
  Status n is n instalments unpaid at the end of the month. From that the payments follow: each is taken as made as early as the
  reports allow, and is known at the end of the month that tells of it. Instalments are due on the first.
  A status below zero or X is unknown; such months are counted apart, and so are those whose status no payment of whole instalments
  explains. A month before the first edition of the rulebook is left out and counted.
  Dollars are taken as yuan at par. The balance of a month for which none is reported is the principal.
  The loan counts as paid out on the first day of its month of origination. The score is read as a standing by this example's scale.
  Income is unknown; debt service is the reported part of an income of 100,000. The value of the home is that of the grant.
  A modified loan counts as restructured and observed for twelve months, anew from each instalment missed; what a modification
  takes off the status counts as paid. The grade of the month before is the previous grade.
  Every visit planned is taken as made on the day aimed at and to have found nothing; a valuation finds the value of the grant.
  A check of data takes 0.02 hours of an officer, a message 0.05, a call 0.5, a video call 0.75, a visit on site 4 and, of two, 8.
"""


@attrs.define
class Course:
    """How one loan went: the first decision day of each, ``None`` if it never came."""

    warned_on: Date | None = None
    warned_of: tuple[SignalCode, ...] = ()
    in_arrears_on: Date | None = None
    serious_on: Date | None = None
    serious_as: Grade | None = None

    def follow(self, decision: Decision, *, is_serious: bool) -> None:
        """Take the next month's *decision* in."""
        if self.warned_on is None and decision.level >= Level.YELLOW:
            self.warned_on = decision.on
            self.warned_of = tuple(signal.code for signal in decision.signals if signal.level >= Level.YELLOW)
        if self.in_arrears_on is None and decision.case.loan.days_past_due:
            self.in_arrears_on = decision.on
        if self.serious_on is None and is_serious:
            self.serious_on, self.serious_as = decision.on, decision.grade

    def months_ahead(self, first: Date | None) -> int | None:
        """Months from the day *first* to the first 90 days past due; ``None`` if it did not come before."""
        if first is None or self.serious_on is None or first >= self.serious_on:
            return None
        return months_elapsed(first, self.serious_on)


@attrs.define
class Tally:
    """What a replay counts."""

    decided: int = 0
    unknown: int = 0
    ended: int = 0
    too_early: int = 0
    unexplained: int = 0
    visits: Counter[VisitKind] = attrs.Factory(Counter)
    by_person: int = 0
    hours: Fraction = Fraction(0)
    grades: Counter[Grade] = attrs.Factory(Counter)
    courses: list[Course] = attrs.Factory(list)

    @property
    def serious(self) -> list[Course]:
        """The loans that reached 90 days past due."""
        return [course for course in self.courses if course.serious_on is not None]

    @property
    def others(self) -> list[Course]:
        """The loans that never did."""
        return [course for course in self.courses if course.serious_on is None]


@attrs.frozen(kw_only=True)
class Decided:
    """A month's decision and the visits made until the end of the next."""

    decision: Decision
    made: tuple[Visit, ...]
    hours: Fraction
    """What these take of officers, valuations aside, by the hours that this example assumes."""


def print_replay(loans: Iterable[RealLoan]) -> None:
    """Replay *loans* under each convention of arrears and print what came of it."""
    found = tuple(map(Rebuilt.of, loans))
    tallies = {convention.name.en: _replayed(found, convention) for convention in CONVENTIONS}
    print(ASSUMED)
    for convention in CONVENTIONS:
        print(convention.text())
    print()
    _print_figures(next(iter(tallies.values())))
    _print_warnings(next(iter(tallies.values())))
    _print_grades(tallies)


def _replayed(loans: Iterable[Rebuilt], convention: ArrearsConvention) -> Tally:
    tally = Tally()
    for loan in loans:
        course = Course()
        for month, decided in _months(loan.under(convention), tally):
            tally.decided += 1
            tally.grades[decided.decision.grade] += 1
            tally.visits.update(visit.kind for visit in decided.made)
            tally.by_person += sum(visit.kind is not VisitKind.REVALUATION and visit.method > VisitMethod.OFF_SITE for visit in decided.made)
            tally.hours += decided.hours
            course.follow(decided.decision, is_serious=(month.status or 0) >= SERIOUS)
        tally.courses.append(course)
    return tally


def _months(loan: Rebuilt, tally: Tally) -> Iterator[tuple[Month, Decided]]:
    """The months that can be decided, each with its decision."""
    determined: Determination | None = None
    for month in loan.loan.months:
        if month.has_ended:
            tally.ended += 1
        elif month.status is None:
            tally.unknown += 1
        elif month not in loan.explained:
            tally.unexplained += 1
        else:
            case = loan.case(month, determination=determined)
            try:
                decision = cn_housing.rulebook.decide(case, on=month.ends_on, until=add_months(month.ends_on, 2))
            except InvalidInputError as error:
                if "first edition" not in str(error):
                    raise
                tally.too_early += 1
                continue
            planned = tuple(_aimed_at(decision, before=add_months(month.ends_on, 1)))
            made = tuple(visit for each in planned for visit in _made(each))
            loan = loan.having_made(made)
            determined = _determined(decision)
            yield month, Decided(decision=decision, made=made, hours=_hours(planned))


def _determined(decision: Decision) -> Determination:
    """What people determine at the end of a month: what is decided, or the milder grade that is proposed as established."""
    if (upgrade := decision.upgrade) is not None and upgrade.is_established:
        return Determination(upgrade.grade, on=decision.on, role="replay")
    return decision.as_determination("replay")


def _aimed_at(decision: Decision, *, before: Date) -> Iterator[Revisit]:
    """The planned visits aimed at a day up to *before*; what is due on the last day is left to the next month."""
    return (planned for planned in decision.schedule.all if decision.on <= planned.window.due < before)


def _made(planned: Revisit) -> Iterator[Visit]:
    """The visit as made on the day aimed at, and the valuation that it serves."""
    day = planned.window.due
    yield Visit(kind=planned.kind, method=planned.method, completed_on=day, finding="satisfactory")
    if VisitKind.REVALUATION in planned.serves and planned.kind is not VisitKind.REVALUATION:
        yield Visit(kind="revaluation", method="off_site", completed_on=day, finding="satisfactory")


def _hours(planned: Iterable[Revisit]) -> Fraction:
    """What visits to the borrower take of officers."""
    return sum((ASSUMED_HOURS[each.method] * each.officers for each in planned if each.kind is not VisitKind.REVALUATION), start=Fraction(0))


# -- printing --------------------------------------------------------------------------------------------------------


def _print_figures(tally: Tally) -> None:
    visits = sum(count for kind, count in tally.visits.items() if kind is not VisitKind.REVALUATION)
    rows = [
        ("loans", f"{len(tally.courses):,}"),
        ("loan-months decided", f"{tally.decided:,}"),
        ("left out: arrears unknown", f"{tally.unknown:,}"),
        ("left out: arrears that no payment explains", f"{tally.unexplained:,}"),
        ("left out: the loan had ended", f"{tally.ended:,}"),
        ("left out: before the first edition", f"{tally.too_early:,}"),
        *((f"visits planned: {kind.label('en')}", f"{tally.visits[kind]:,}") for kind in VisitKind),
        ("visits per loan-year, valuations aside", _a_year(visits, tally)),
        ("  of them by a person", _a_year(tally.by_person, tally)),
        ("officer-hours per loan-year, valuations aside", _a_year(tally.hours, tally)),
        ("loans that reached 90 days past due", f"{len(tally.serious):,}"),
        *_lead_rows("a warning from yellow", [course.months_ahead(course.warned_on) for course in tally.serious]),
        *_lead_rows("arrears", [course.months_ahead(course.in_arrears_on) for course in tally.serious]),
        ("loans that never did", f"{len(tally.others):,}"),
        ("  of them with a warning from yellow", f"{sum(course.warned_on is not None for course in tally.others):,}"),
    ]
    for name, value in rows:
        print(f"{name:<58}{value:>16}")
    print()


def _a_year(count: int | Fraction, tally: Tally) -> str:
    return f"{float(count) / tally.decided * 12:.2f}" if tally.decided else "-"


def _lead_rows(what: str, leads: list[int | None]) -> Iterator[tuple[str, str]]:
    known = [lead for lead in leads if lead is not None]
    yield f"  of them with {what} before", f"{len(known):,}"
    if known:
        yield "    months from the first to 90 days: least, median, most", f"{min(known)}, {median(known):g}, {max(known)}"


def _print_warnings(tally: Tally) -> None:
    print("first warning from yellow, by signal (several may come at once)")
    print(f"{'':<28}{'reached 90 days':>18}{'never did':>14}")
    serious, others = (Counter(code for course in courses for code in course.warned_of) for courses in (tally.serious, tally.others))
    for code in SignalCode:
        if serious[code] or others[code]:
            print(f"{code.label('en'):<28}{serious[code]:>18,}{others[code]:>14,}")
    never = [sum(course.warned_on is None for course in courses) for courses in (tally.serious, tally.others)]
    print(f"{'never warned':<28}{never[0]:>18,}{never[1]:>14,}\n")


def _print_grades(tallies: dict[str, Tally]) -> None:
    print("grades at the first 90 days past due, by how arrears are counted; grades of all months decided")
    print(f"{'':<20}" + "".join(f"{name:>26}" for name in tallies) + f"{'all months':>14}")
    months = next(iter(tallies.values()))
    for grade in Grade:
        row = "".join(f"{sum(course.serious_as is grade for course in tally.courses):>26,}" for tally in tallies.values())
        print(f"{grade.label('en'):<20}{row}{months.grades[grade]:>14,}")
