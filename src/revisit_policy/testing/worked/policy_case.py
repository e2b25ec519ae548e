"""Worked cases: a few facts, the outcome that a team expects of them, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias

import attrs
import pytest

from revisit_policy.errors import InvalidValueError, UnexpectedOutcomeError, UnknownNameError
from revisit_policy.language.fold import Fold, Status
from revisit_policy.language.scale import Scale
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.verdict import Verdict
from revisit_policy.speech.phrase import Phrase
from revisit_policy.testing.subject import verdicts_on
from revisit_policy.testing.worked.miss import misses
from revisit_policy.testing.worked.outcome_words import outcome_words
from revisit_policy.values.one_line import flaw_of
from revisit_policy.values.validation import checked, to_tuple

#: The parts of a verdict that can be expected, named after the table and a dot.
PARTS: Final = ("outcome", "at_worst", "status")

Named: TypeAlias = tuple[tuple[str, Any], ...]


def _pairs(values: Mapping[str, Any] | Iterable[tuple[str, Any]]) -> Named:
    if isinstance(values, Mapping):
        return tuple(values.items())
    return to_tuple(values)


@attrs.frozen(kw_only=True)
class PolicyCase:
    """Facts and what a policy is expected to make of them.

    Give only the facts that matter: a register that is not given has no entry, and any other fact is unknown. What is
    expected of a table is its outcome as far as it is established, as a member or its code; a table that lists
    outcomes is expected to list exactly those of a tuple. ``"grade.at_worst"`` and ``"grade.status"`` expect the
    other parts of a verdict.

    Args:
        given: Keyword facts by name.
        expect: What is expected, by table or by table and part.
        because: The reason, in one sentence: the name of the test.

    Raises:
        InvalidValueError: If *expect* is empty or *because* is no text.

    Examples:
        >>> from revisit_policy.testing.example import grade
        >>> case = PolicyCase(given={"overdue": 91}, expect={"grade": "substandard"}, because="over 90 days is substandard")
        >>> case.check(grade)
        >>> attrs.evolve(case, given={"overdue": 90}).check(grade)
        Traceback (most recent call last):
        revisit_policy.errors.UnexpectedOutcomeError: expected `grade` substandard because over 90 days is substandard, got normal
        facts read: overdue=90, impaired unknown
        fired: no rule
        undecided: impaired, for want of impaired
        nearest: overdue-90, which wants overdue > 90, and it is 90 days, one step away
    """

    given: Named = attrs.field(converter=_pairs)
    expect: Named = attrs.field(converter=_pairs)
    because: str

    def __attrs_post_init__(self) -> None:
        for field, pairs in (("given", self.given), ("expect", self.expect)):
            pair: Any  # until it has been looked at
            for pair in pairs:
                if not (isinstance(pair, tuple) and len(pair) == 2 and isinstance(pair[0], str)):  # noqa: PLR2004 - a pair
                    raise InvalidValueError(owner="PolicyCase", field=field, value=pair, expected=Phrase("按名称给出的值", "values by name"))
        if not self.expect:
            raise InvalidValueError(
                owner="PolicyCase", field="expect", value=self.expect, expected=Phrase("至少一个按表给出的结论", "at least one outcome by table")
            )
        if (flaw := flaw_of(self.because)) is not None:
            raise InvalidValueError(
                owner="PolicyCase", field="because", value=self.because, expected=Phrase("一句话，为{flaw}", "a sentence, as {flaw}", flaw=flaw)
            )

    def __str__(self) -> str:
        return self.because

    def check(self, policy: object) -> None:
        """Return nothing if *policy* decides the case as expected.

        Args:
            policy: A table, a decision graph, or a policy.

        Raises:
            UnexpectedOutcomeError: For the first table that says otherwise; its notes tell how near the case was.
            UnknownNameError: If a fact, table, part or outcome has no such name, with the nearest.
            InvalidInputError: If facts are of another type or outside their domains.
        """
        __tracebackhide__ = True  # pytest shows the line of the test, and what is told
        verdicts = verdicts_on(policy, dict(self.given))
        for name, expected in self.expect:
            table_id, _, part = name.partition(".")
            _known(Phrase("表", "table"), table_id, tuple(verdicts))
            part = _known(Phrase("结论的部分", "part of a verdict"), part or "outcome", PARTS)
            verdict = verdicts[table_id]
            wanted = _accepted(verdict.table, part, expected)
            if getattr(verdict, part) != wanted:
                raise self._missed(verdict, name, wanted)

    def _missed(self, verdict: Verdict, name: str, wanted: Any) -> UnexpectedOutcomeError:
        got = getattr(verdict, name.partition(".")[2] or "outcome")
        error = UnexpectedOutcomeError(outcome=name, because=self.because, expected=_text(wanted), got=_text(got))
        for note in misses(verdict, wanted):
            error.add_note(note)
        return error


def policy_cases(*cases: PolicyCase, base: Mapping[str, Any] | None = None) -> pytest.MarkDecorator:
    """A decorator that runs a test once for each of *cases*, handed over as ``case`` and named by its sentence.

    Args:
        cases: The worked cases.
        base: Facts that every case has unless it gives its own, such as the decision day.

    Raises:
        InvalidValueError: If there is no case, or two have the same sentence.

    Examples:
        >>> from revisit_policy.testing.example import grade
        >>> @policy_cases(
        ...     PolicyCase(given={"overdue": 91}, expect={"grade": "substandard"}, because="over 90 days is substandard"),
        ...     PolicyCase(given={"overdue": 90}, expect={"grade": "normal"}, because="90 days is not over 90 days"),
        ... )
        ... def test_the_grade(case):
        ...     case.check(grade)
    """
    for case in cases:
        checked(case, PolicyCase, field="cases", expected=Phrase("若干工作案例，每个为 PolicyCase", "worked cases, each a PolicyCase"))
    common = dict(checked({} if base is None else base, Mapping, field="base", expected=Phrase("按名称给出的事实", "facts by name")))
    twice = [sentence for sentence, count in Counter(map(str, cases)).items() if count > 1]
    if twice or not cases:
        got = twice[0] if twice else ()
        raise InvalidValueError(
            owner="", field="cases", value=got, expected=Phrase("一个或多个案例，各有一句说明", "one case or more, each with a sentence of its own")
        )
    full = [attrs.evolve(case, given={**common, **dict(case.given)}) for case in cases]
    return pytest.mark.parametrize("case", full, ids=str)


def _known(kind: str, name: str, known: tuple[str, ...]) -> str:
    if name not in known:
        raise UnknownNameError(kind=kind, name=name, known=known)
    return name


def _accepted(table: Table, part: str, expected: Any) -> Any:
    """What is *expected* as the verdict has it: members of the scale for codes."""
    if part == "status":
        return Status.parse(expected)
    if expected is None or not isinstance(table.outcomes, Scale):
        return expected
    if table.fold is Fold.EVERY:
        given = expected if isinstance(expected, tuple | list | set | frozenset) else (expected,)
        found = {_outcome(table, item) for item in given}
        return tuple(item for item in table.outcomes.outcomes if item in found)
    return _outcome(table, expected)


def _outcome(table: Table, expected: Any) -> Any:
    """The outcome of the scale that *expected* is, or is the code of."""
    outcomes = table.outcomes.outcomes if isinstance(table.outcomes, Scale) else ()
    for item in outcomes:
        if item == expected or (isinstance(expected, str) and outcome_words(item) == expected):
            return item
    raise UnknownNameError(
        kind=Phrase("表 `{table}` 的结论", "outcome of table `{table}`", table=table.id), name=expected, known=tuple(map(outcome_words, outcomes))
    )


def _text(outcome: Any) -> str:
    return outcome_words(outcome, none="none" if isinstance(outcome, tuple) else "nothing established")
