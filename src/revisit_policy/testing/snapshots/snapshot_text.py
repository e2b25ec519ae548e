"""Snapshots: what a policy says of a portfolio, as text that stays the same until the policy says something else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.errors import InvalidValueError
from revisit_policy.language.fold import Status
from revisit_policy.language.verdicts.verdict import Verdict
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.policy.rulebook import Rulebook
from revisit_policy.speech.phrase import Phrase
from revisit_policy.testing.strategies.boundary_case import BoundaryCase
from revisit_policy.testing.strategies.threshold import source_of
from revisit_policy.testing.subject import verdicts_on
from revisit_policy.testing.worked.outcome_words import outcome_words
from revisit_policy.testing.worked.policy_case import PolicyCase
from revisit_policy.values.validation import checked, several


def snapshot(policy: Any, portfolio: Iterable[Any], *, on: str | dt.date | None = None) -> str:
    """What *policy* says of every case of *portfolio*, in their order: a text to keep beside the tests and to compare.

    A line a case names it; below it stands a line for each table, with the outcome, the rules that fired and what is
    still possible, or for a case file what is handed out and by when. Nothing in it depends on anything but the
    arguments, so a difference between two snapshots is a difference between two policies.

    Args:
        policy: A table, a decision graph or a policy; a policy or a rulebook for case files.
        portfolio: Keyword facts (mappings), worked cases, boundary cases or case files.
        on: The day on which case files are judged; ``None`` if there are none.

    Raises:
        InvalidValueError: If *portfolio* holds anything else, or case files without *on*.

    Examples:
        >>> from revisit_policy.testing.example import grade
        >>> print(snapshot(grade, [{"overdue": 91}, {"overdue": 0, "impaired": False}]))
        overdue=91
          grade: substandard by overdue-90
        overdue=0, impaired=False
          grade: normal
        <BLANKLINE>
    """
    cases = several(portfolio, field="portfolio", expected=Phrase("若干案例", "several cases"))
    return "".join(f"{line}\n" for case in cases for line in _block(*_lines(policy, case, on)))


def _block(heading: str, *said: str) -> Iterator[str]:
    """A case and what is said of it, so that each can be told from the other and from a comment, whatever it is called."""
    text = " ".join(heading.split())
    yield f"case {text}" if text.startswith("#") else text
    yield from (f"  {' '.join(line.split())}" for line in said)


def _lines(policy: Any, case: Any, on: str | dt.date | None) -> Iterator[str]:
    match case:
        case CaseFile() if on is not None:
            yield from _decision_lines(policy, case, on)
        case BoundaryCase():
            yield case.about
            yield from map(_verdict_line, verdicts_on(policy, case.facts).values())
        case PolicyCase():
            yield case.because
            yield from map(_verdict_line, verdicts_on(policy, dict(case.given)).values())
        case Mapping():
            yield source_of(case.items()) or "nothing known"
            yield from map(_verdict_line, verdicts_on(policy, case).values())
        case _:
            expected = Phrase(
                "按名称给出的事实、工作案例、边界案例，或带决策日 `on` 的案件",
                "facts by name, worked cases, boundary cases, or case files with the day `on`",
            )
            raise InvalidValueError(owner="", field="portfolio", value=case, expected=expected)


def _verdict_line(verdict: Verdict) -> str:
    text = f"{verdict.table.id}: {outcome_words(verdict.outcome)}"
    if verdict.fired:
        text += f" by {', '.join(verdict.fired)}"
    if verdict.status is not Status.DECIDED:
        text += f" ({verdict.status.value}: {outcome_words(verdict.candidates)})"
    return text


def _decision_lines(policy: Any, case: CaseFile, on: str | dt.date) -> Iterator[str]:
    checked(policy, RevisitPolicy | Rulebook, field="policy", expected=Phrase("能判定案件的政策或规则手册", "a policy or a rulebook, which decides case files"))
    decision = policy.decide(case, on=on)
    yield f"{case.loan.loan_no} on {decision.on}"
    grades = f"grade: {outcome_words(decision.grade)}, at worst {outcome_words(decision.grade_at_worst)}"
    months = "" if decision.interval_months is None else f"; every {decision.interval_months} months"
    yield f"{grades}; level: {outcome_words(decision.level)}{months}"
    if (upgrade := decision.upgrade) is not None:
        missing = "" if upgrade.is_established else ", once what is missing is known"
        yield f"upgrade: {outcome_words(upgrade.grade)} by {', '.join(upgrade.rules)}{missing}"
    for title, found in (("signals", decision.signals), ("measures", decision.measures)):
        codes = [getattr(item, "code", None) or item.measure for item in found]
        yield f"{title}: {outcome_words(tuple(codes))}"
    for title, steps in (("in hand", decision.measures_in_hand), ("late", decision.measures_late)):
        if steps:
            yield f"{title}: {outcome_words(tuple(step.measure for step in steps))}"
    for visit in decision.schedule.all:
        window = visit.window
        overdue = f", missed on {window.missed_on}" if window.missed_on else ""
        yield f"{visit.kind.value} by {visit.method.value}: {window.opens} to {window.closes}{overdue}, by {', '.join(visit.reasons)}"
