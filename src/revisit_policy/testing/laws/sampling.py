"""Sampling: a law tried on many cases, and the one sentence that is left when it breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, NoReturn

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from revisit_policy.errors import InvalidValueError, LawBrokenError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.testing.strategies.threshold import source_of

_MUTANTS: Final = "revisit_policy_mutants"

#: No law passes or fails on how fast the machine is.
_NOT_TIMED: Final = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)


#: How many laws are being tried, one within another.
_tries: list[object] = []


def is_trying() -> bool:
    """Whether a law is being tried: what is decided for it says nothing of how well the tests of a policy cover it."""
    return bool(_tries)


@contextmanager
def _trying(law: object) -> Iterator[None]:
    _tries.append(law)
    try:
        yield
    finally:
        _tries.pop()


def sampled(law: Callable[..., None], *drawn: st.SearchStrategy[Any], examples: int | None = None) -> None:
    """Try *law* on what the strategies give, as often as the hypothesis profile in force says, or *examples* times.

    Raises:
        LawBrokenError: For the simplest case found in which the law does not hold.
    """
    __tracebackhide__ = True  # pytest shows the line of the test, and what is told
    if examples is not None and (type(examples) is not int or examples < 1):
        raise InvalidValueError(owner="", field="examples", value=examples, expected=Phrase("不小于1的整数，或 None", "a whole number from 1, or None"))

    def tried(case: tuple[Any, ...]) -> None:
        law(*case)

    profile = settings()
    limits = settings(
        max_examples=profile.max_examples if examples is None else examples,
        deadline=None,
        database=None,
        print_blob=False,
        report_multiple_bugs=False,
        suppress_health_check=(*profile.suppress_health_check, *_NOT_TIMED),
    )
    try:
        with _trying(law):
            limits(given(st.tuples(*drawn))(tried))()
    except LawBrokenError as found:
        raise _plainly(found) from None


def tried_on(law: Callable[..., None], cases: Iterable[Any]) -> None:
    """Try *law* on each of *cases*.

    Raises:
        LawBrokenError: For the first case in which the law does not hold.
    """
    __tracebackhide__ = True
    try:
        with _trying(law):
            for case in cases:
                law(case)
    except LawBrokenError as found:
        raise _plainly(found) from None


def _plainly(found: LawBrokenError) -> LawBrokenError:
    """What was *found*, with our notes in the place of those that hypothesis adds."""
    plain = LawBrokenError(law=found.law, expected=found.expected, got=found.got)
    for note in found.__dict__.get("ours", ()):
        plain.add_note(note)
    return plain


def broken(law: str, *, expected: str, got: str, facts: Mapping[str, Any], **more: Mapping[str, Any]) -> NoReturn:
    """Raise that *law* does not hold, with *facts* in a form that pastes back.

    Args:
        law: What the policy is not, such as "total".
        expected: What the law demands.
        got: What came.
        facts: The facts of the case.
        more: Further facts by the name under which they are shown.

    Raises:
        LawBrokenError: Always.
    """
    error = LawBrokenError(law=law, expected=expected, got=got)
    notes = [f"{name} = dict({source_of(values.items())})" for name, values in {"facts": facts, **more}.items()]
    error.ours = notes  # type: ignore[attr-defined] # hypothesis adds notes of its own, which say the same at length
    raise error


@contextmanager
def without_shrinking() -> Iterator[None]:
    """Until the block ends, hypothesis tries the same cases on every run, remembers none and simplifies none.

    Whether a test fails is then all that is asked, and found out faster.
    """
    name = settings.get_current_profile_name()
    settings.register_profile(_MUTANTS, settings(), phases=(Phase.explicit, Phase.generate), database=None, derandomize=True)
    settings.load_profile(_MUTANTS)
    try:
        yield
    finally:
        settings.load_profile(name)
