"""The law of results: a visit that was made has the days that it was planned with."""

from __future__ import annotations

from typing import Protocol

import attrs

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.visit import Visit
from revisit_policy.outcomes.results.result import Result
from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.outcomes.visit import Finding
from revisit_policy.speech.phrase import Phrase
from revisit_policy.testing.laws.schedule_laws import Decides, broken_by, decided, sampled_cases
from revisit_policy.values.dates import Date, text
from revisit_policy.values.labels import Lang


class TellsResults(Decides, Protocol):
    """What also tells the result of a visit that was made: a policy or a rulebook."""

    def result_of(self, visit: Visit, case: CaseFile, *, on: Date) -> Result:
        """The result of a *visit* of the *case* as of the day *on*."""


def check_results(policy: TellsResults, *, examples: int | None = None) -> None:
    """Return nothing if the result of a visit made today is due when the visit to be made today was to have it.

    Args:
        policy: A policy or a rulebook.
        examples: How many case files are tried; ``None`` for as many as the hypothesis profile says.

    Raises:
        LawBrokenError: If it is due on other days.
    """
    __tracebackhide__ = True

    def law(on: Date, case: CaseFile) -> None:
        planned = decided(policy, case, on).schedule.next
        if planned is None or planned.window.opens > on or on in _days_of(case):
            return  # not to be made today, or something of it has come already
        visits = as_made(planned, on=on)
        made = attrs.evolve(case, visits=(*case.visits, *visits))
        for visit in visits:
            found = policy.result_of(visit, made, on=on)
            if found.expected_days != planned.result.earliest_days:
                broken_by(
                    Phrase("结果之日不因回访完成而变", "as planned"),
                    expected=_days(planned.result.earliest_days),
                    got=_days(found.expected_days),
                    case=case,
                    on=on,
                )

    sampled_cases(policy, law, examples)


def _days_of(case: CaseFile) -> set[Date | None]:
    """The days of what may have come of a visit already."""
    return {case.determination.on, *(visit.completed_on for visit in case.visits), *(action.on for action in case.actions)}


def as_made(planned: Revisit, *, on: Date) -> tuple[Visit, ...]:
    """What is recorded of the *planned* visit once it was made on the day *on*: one record for each kind that it served."""
    return tuple(
        Visit(kind=kind, method=planned.method, completed_on=on, finding=Finding.SATISFACTORY) for kind in planned.serves or (planned.kind,)
    )


def _days(days: tuple[Date, ...]) -> Phrase:
    zh, en = (", ".join(text(day, lang) for day in days) for lang in (Lang.ZH, Lang.EN))
    return Phrase(zh, en)
