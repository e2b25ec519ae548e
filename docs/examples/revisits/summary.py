"""What a head of post-loan work wants to see of a book on a Monday morning, in a dozen lines of one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final

import attrs

from revisit_policy import Decision, Grade, Level, Refusal, VisitMethod
from revisit_policy.contact import RemindedOf, Reminder, Urgency, reminders
from revisit_policy.outcomes import Result
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values import Date, Label, OrderedLabelled
from revisit_policy.workload import hours

#: Hours of one officer, travel and report included, where the policy does not say: assumptions of this example, and no bank's figures.
ASSUMED_HOURS: Final[dict[OrderedLabelled, Fraction]] = {
    VisitMethod.OFF_SITE: Fraction(1, 50),
    VisitMethod.SMS: Fraction(1, 20),
    VisitMethod.PHONE: Fraction(1, 2),
    VisitMethod.VIDEO: Fraction(3, 4),
    VisitMethod.ON_SITE: Fraction(4),
}

BOOK: Final = Label("{loans}笔贷款，由本示例编造，决策日{day}", "{loans} loans, made up by this example, decided for {day}")
GRADES: Final = Label("风险分类", "grades")
AT_WORST: Final = Label("信息缺失时最差", "at worst, where facts are missing")
WARNINGS: Final = Label("预警", "warnings")
SOON: Final = Label("四周内截止的回访", "visits that close within four weeks")
HOURS: Final = Label("十二个月所需工时（假定电话0.5小时、上门4小时）", "hours in twelve months (assumed: half an hour a call, four on site)")
EACH: Final = Label("每笔{visits}次、{hours}小时", "{visits} visits and {hours} hours a loan")
WORST: Final = Label("最差五笔", "the five worst")
REFUSED: Final = Label("未能决策", "not decided")


def results_of(decisions: Iterable[Decision], *, on: Date) -> dict[str, Result]:
    """How the result of the last visit of every loan stands, where the borrower has not been told yet."""
    found: dict[str, Result] = {}
    for decision in decisions:
        visit = next(iter(reversed(decision.case.visits)), None)
        if visit is not None and visit.told_on is None and visit.reached_borrower:
            found[decision.loan_no] = cn_housing.rulebook.result_of(visit, decision.case, on=on)
    return found


def summary(decisions: Sequence[Decision], refusals: Sequence[Refusal], *, on: Date, lang: str) -> Iterator[str]:
    """The book, a line for each thing that is asked of it."""
    yield BOOK.filled(lang, loans=f"{len(decisions) + len(refusals):,}", day=on)
    yield line(GRADES.text(lang), _counted(Grade, (found.grade for found in decisions), lang), lang)
    yield line(AT_WORST.text(lang), _counted(Grade, (found.grade_at_worst for found in decisions), lang), lang)
    yield line(WARNINGS.text(lang), _counted(reversed(Level), (found.level for found in decisions), lang), lang)
    told = reminders(decisions, on, results=results_of(decisions, on=on))
    yield from (line(urgency.label(lang), _reminded(told, urgency, lang), lang) for urgency in reversed(Urgency))
    yield line(SOON.text(lang), _visits(decisions, lang, on=on), lang)
    yield line(HOURS.text(lang), _hours(decisions, lang), lang)
    yield line(WORST.text(lang), (_named(found, lang) for found in sorted(decisions, key=badness, reverse=True)[:5]), lang)
    yield line(REFUSED.text(lang), (f"{len(refusals)}", *(found.error.text(lang) for found in refusals[:1])), lang)


def badness(decision: Decision) -> tuple[int, int, int, int]:
    """How bad a loan is, to sort by."""
    loan = decision.case.loan
    return decision.grade.severity, decision.level.severity, loan.days_past_due or 0, loan.balance.minor


def line(heading: str, parts: Iterable[str], lang: str) -> str:
    """One line: what is told, and its parts."""
    is_chinese = lang == "zh"
    return f"{heading}{'：' if is_chinese else ': '}{('，' if is_chinese else ', ').join(parts) or '–'}"


def _counted(members: Iterable[Grade | Level], found: Iterable[object], lang: str) -> Iterator[str]:
    counts = Counter(found)
    return (f"{member.label(lang)} {counts[member]:,}" for member in members)


def _reminded(told: Sequence[Reminder], urgency: Urgency, lang: str) -> Iterator[str]:
    """How many reminders of each kind are so pressing."""
    counts = Counter(reminder.of for reminder in told if reminder.urgency is urgency)
    return (f"{of.label(lang)} {counts[of]:,}" for of in RemindedOf)


def _visits(decisions: Iterable[Decision], lang: str, *, on: Date) -> Iterator[str]:
    last = on.toordinal() + 28
    soon = (visit for found in decisions for visit in found.schedule.all if visit.window.closes.toordinal() <= last and not visit.is_projection)
    counts = Counter(visit.method for visit in soon)
    return (f"{method.label(lang)} {counts[method]:,}" for method in VisitMethod if counts[method])


def _hours(decisions: Sequence[Decision], lang: str) -> Iterator[str]:
    policy = cn_housing.rulebook.editions[-1].policy
    notes = (attrs.evolve(note, hours=ASSUMED_HOURS[note.method] if note.hours is None else note.hours) for note in policy.words.methods)
    taken = hours((found.schedule for found in decisions), attrs.evolve(policy.words, methods=tuple(notes)))
    yield f"{float(taken.hours):,.0f}"
    loans = max(1, len(decisions))
    yield EACH.filled(lang, visits=f"{taken.visits / loans:.2f}", hours=f"{float(taken.hours / loans):.2f}")


def _named(found: Decision, lang: str) -> str:
    return f"{found.loan_no} {found.grade.label(lang)}/{found.level.label(lang)}"
