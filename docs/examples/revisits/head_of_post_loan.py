"""What a head of post-loan management wants to see of a book, and one loan explained to the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from revisit_policy import Decision, Grade, Level, Refusal, Revisit, VisitMethod
from revisit_policy.values import Date, from_ordinal

WEEKS = 6


def print_report(decisions: Sequence[Decision], refusals: Sequence[Refusal], *, on: Date) -> None:
    """Print grades, warnings, visits and results due by week, what is overdue, the ten worst, and one of them in full."""
    _print_grades(decisions)
    _print_weeks("VISITS DUE BY WEEK, by method", _week_rows(decisions), on=on)
    _print_weeks("RESULTS DUE BY WEEK", [("results", _result_days(decisions))], on=on)
    _print_overdue(decisions, on=on)
    worst = sorted(decisions, key=_badness, reverse=True)[:10]
    _print_worst(worst)
    _print_refusals(refusals)
    example = next((found for found in worst if found.schedule.next and found.measures), None)
    if example is not None:
        for lang in ("zh", "en"):
            print("\n" + "=" * 100 + "\n" + example.explain(lang))


def _heading(text: str) -> None:
    print(f"{text}\n{'-' * len(text)}")


def _print_grades(decisions: Sequence[Decision]) -> None:
    _heading("GRADES AND WARNINGS, loans")
    grades, worst = Counter(found.grade for found in decisions), Counter(found.grade_at_worst for found in decisions)
    print(f"{'grade':<20}{'established':>12}{'at worst':>12}")
    for grade in Grade:
        print(f"{grade.label('en'):<20}{grades[grade]:>12,}{worst[grade]:>12,}   {grade.label('zh')}")
    levels = Counter(found.level for found in decisions)
    print("warnings: " + ", ".join(f"{level.label('en')} {levels[level]:,}" for level in Level) + "\n")


def _week_rows(decisions: Sequence[Decision]) -> list[tuple[str, list[Date]]]:
    """For every method the closing days of the visits that are required, overdue ones aside."""
    visits = [visit for found in decisions for visit in found.schedule.revisits if not visit.is_projection]
    return [(method.label("en"), [visit.window.closes for visit in visits if visit.method is method]) for method in VisitMethod]


def _result_days(decisions: Sequence[Decision]) -> list[Date]:
    """The day the result of each loan's next visit is expected."""
    return [found.schedule.next.result.expected for found in decisions if found.schedule.next]


def _print_weeks(title: str, rows: Iterable[tuple[str, list[Date]]], *, on: Date) -> None:
    _heading(title)
    mondays = [from_ordinal(on.toordinal() - on.weekday() + 7 * week) for week in range(WEEKS)]
    print(f"{'week of':<24}" + "".join(f"{monday:%d %b}".rjust(9) for monday in mondays) + "    later")
    for name, days in rows:
        weeks = Counter(min((day.toordinal() - mondays[0].toordinal()) // 7, WEEKS) for day in days)
        if days:
            print(f"{name:<24}" + "".join(f"{weeks[week]:>9,}" for week in range(WEEKS + 1)))
    print()


def _print_overdue(decisions: Sequence[Decision], *, on: Date) -> None:
    overdue = [visit for found in decisions for visit in found.schedule.overdue]
    _heading(f"OVERDUE VISITS: {len(overdue):,}")
    kinds = Counter(kind for visit in overdue for kind in visit.serves)
    print("for: " + ", ".join(f"{kind.label('en')} {count:,}" for kind, count in kinds.most_common()))
    for name, least, most in (("up to 7 days", 0, 7), ("8 to 30 days", 8, 30), ("more than 30 days", 31, 10**6)):
        print(f"{name:<24}{sum(least <= _days_late(visit, on) <= most for visit in overdue):>9,}")
    print()


def _days_late(visit: Revisit, on: Date) -> int:
    missed = visit.window.missed_on
    return 0 if missed is None else on.toordinal() - missed.toordinal()


def _badness(decision: Decision) -> tuple[int, int, int, int]:
    loan = decision.case.loan
    return decision.grade.severity, decision.level.severity, loan.days_past_due, loan.balance.minor


def _print_worst(worst: Sequence[Decision]) -> None:
    _heading("THE TEN WORST")
    for found in worst:
        upcoming = found.schedule.next
        visit = "no visit" if upcoming is None else f"{upcoming.method.label('en')} by {upcoming.window.closes}"
        print(f"{found.loan_no}  {found.grade.label('en')}, {found.level.label('en')}, {found.case.loan.balance}, {visit}")
        reasons = [rule.because.en for rule in found.verdicts["grade"].reasons]
        print("    because: " + ("; ".join(reasons) or "; ".join(signal.label("en") for signal in found.signals)))
        print("    measures: " + ", ".join(measure.measure.label("en") for measure in found.measures))
    print()


def _print_refusals(refusals: Sequence[Refusal]) -> None:
    _heading(f"NOT DECIDED: {len(refusals):,}")
    for found in refusals[:5]:
        print(f"{found.loan_no}  {found.error}")
