"""Batches: many cases decided in turn, each asked with what the caller knows of it besides the case file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

import attrs

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.decision.decision import Decision
from revisit_policy.decision.question import Question, checked_case
from revisit_policy.decision.refusal import Refusal
from revisit_policy.errors import RevisitPolicyError
from revisit_policy.language.fact import Assumption
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import several

Given = TypeVar("Given")
PerCase: TypeAlias = Callable[[CaseFile], Given] | Mapping[str, Given]
"""What differs from case to case: a function of the case file, or values by loan number."""

SuppliedEach: TypeAlias = Mapping[str, object] | PerCase[Mapping[str, object]]
"""Values by the names of facts, the same for every case or per case."""
AssumingEach: TypeAlias = Sequence[Assumption] | PerCase[Sequence[Assumption]]
"""Stand-ins, the same for every case or per case."""


def decided(
    cases: Iterable[CaseFile],
    decide: Callable[[CaseFile, Question], Decision],
    *,
    question: Question,
    supplied: SuppliedEach | None,
    assuming: AssumingEach,
) -> Iterator[Decision | Refusal]:
    """The decisions on *cases*, one for each and in their order, as they are asked for.

    A case that cannot be decided comes out as a :class:`Refusal` with its reason, and so does one of which the caller supplies
    what nobody can read; an error that a function of the caller raises is the caller's own and comes through.

    Args:
        cases: Case files.
        decide: What decides one of them.
        question: What is asked of all of them.
        supplied: Values of supplied facts by name, the same for every case; or a function from the case file to such
            values, or such values by loan number, in which a loan that is not mentioned has none.
        assuming: Stand-ins for facts that turn out unknown, likewise.
    """
    for case in several(cases, field="cases", expected=Phrase("若干案件", "several case files")):
        try:
            yield decide(case, _asked_of(checked_case(case), question, supplied=supplied, assuming=assuming))
        except RevisitPolicyError as error:
            yield Refusal(case=case, error=error)


def _asked_of(case: CaseFile, question: Question, *, supplied: SuppliedEach | None, assuming: AssumingEach) -> Question:
    if supplied is None and assuming == ():
        return question
    by_loan = isinstance(supplied, Mapping) and any(isinstance(value, Mapping) for value in supplied.values())  # no fact has such a value
    return attrs.evolve(
        question,
        supplied=_of_case(case, supplied, by_loan=by_loan),
        assuming=_of_case(case, assuming, by_loan=isinstance(assuming, Mapping)) or (),
    )


def _of_case(case: CaseFile, given: Any, *, by_loan: bool) -> Any:  # noqa: ANN401 - what came, whatever it is: a question looks at it
    if by_loan:
        return given.get(case.loan.loan_no)
    return given(case) if callable(given) else given
