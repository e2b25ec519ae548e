"""The law over figures: one moved to its stricter side makes nothing milder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeVar

import attrs

from revisit_policy.analysis.diff import cases_between
from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.decision.decision import Decision
from revisit_policy.decision.seats.in_figures import OBLIGATIONS, PLANNED
from revisit_policy.errors import InvalidInputError, InvalidValueError, UnknownNameError
from revisit_policy.language.fact import Fact
from revisit_policy.language.scale import Scale
from revisit_policy.outcomes.obligations.obligation import Obligation
from revisit_policy.outcomes.obligations.timing import Every, Within
from revisit_policy.outcomes.words.vocabulary import Vocabulary
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.speech.phrase import Phrase
from revisit_policy.testing.laws.sampling import tried_on
from revisit_policy.testing.laws.schedule_laws import broken_by, decided, sampled_cases
from revisit_policy.values.dates import Date
from revisit_policy.values.validation import checked

Figures = TypeVar("Figures")

#: The tables that say what the law holds against one another; of what lies before them, such as points, only what comes through.
_JUDGED: Final = PLANNED | {"grade", "signals", "level"}

_FIGURE = Phrase("数值", "figure")
_POLICY = Phrase("RevisitPolicy", "a RevisitPolicy")


def check_figures(
    build: Callable[[Figures], RevisitPolicy], figures: Figures, *, stricter: Mapping[str, Any], examples: int | None = None
) -> None:
    """Return nothing if a figure that is moved to its stricter side gives no case a milder answer.

    What must not become milder is the grade, established and at worst, the level, and the loudest signal of a code; the interval must not
    become longer, nor the first deadline later. Of each figure every region in which the two policies differ in one of these is found by the
    analysis, and a case file of each is decided by both; then sampled case files are.

    Args:
        build: What makes a policy of figures, such as `cn_housing.policy`.
        figures: The figures as they are: a value of fields.
        stricter: By the name of a figure its value on the stricter side, such as ``{"days_substandard": 89}``; of the shipped figures
            `cn_housing.stricter` has them.
        examples: How many sampled case files are tried of each figure; ``None`` for as many as the hypothesis profile says.

    Raises:
        LawBrokenError: For the first figure and case of which the answer is milder.
        UnknownNameError: If there is no such figure, with the nearest name.
        InvalidInputError: If *build* makes no policy.

    Examples:
        >>> from revisit_policy.rulebooks import cn_housing
        >>> check_figures(cn_housing.policy, cn_housing.DEFAULTS, stricter={"days_substandard": 89}, examples=1)
        >>> check_figures(cn_housing.policy, cn_housing.DEFAULTS, stricter={"ltv_thin": "0.75"}, examples=1)
        Traceback (most recent call last):
        ...
        revisit_policy.errors.LawBrokenError: the policy is not strict: expected with `ltv_thin` at 0.75 collateral has lost value (..., got no such signal
        ...
    """
    __tracebackhide__ = True
    sheet: Any = figures
    known = tuple(field.name for field in attrs.fields(type(sheet)))
    before = _made(build, figures)
    for name, value in stricter.items():
        if name not in known:
            raise UnknownNameError(kind=_FIGURE, name=name, known=known)
        after = _made(build, attrs.evolve(sheet, **{name: value}))
        law = _law(before, after, moved=Phrase("`{name}` 为 {value} 时", "with `{name}` at {value}", name=name, value=value))
        cases = [(shown.on, shown.case) for shown in cases_between(before, after, tables=_JUDGED | _tables_of_months(before))]
        tried_on(lambda found, law=law: law(*found), cases)
        sampled_cases(before, law, examples)


def _made(build: Callable[[Any], Any], figures: object) -> RevisitPolicy:
    try:
        made: RevisitPolicy = checked(build(figures), RevisitPolicy, field="build", expected=_POLICY)
    except InvalidValueError as error:
        raise InvalidInputError.of("check_figures", [error]) from None
    return made


def _tables_of_months(policy: RevisitPolicy) -> frozenset[str]:
    """The tables of a bank's own that say after how many months something is due again."""
    owed = policy.graph.by_id.get(OBLIGATIONS)
    items = owed.outcomes.outcomes if owed is not None and isinstance(owed.outcomes, Scale) else ()
    counted = (each.when.months for each in items if isinstance(each, Obligation) and isinstance(each.when, Every | Within))
    return frozenset(months.table for months in counted if isinstance(months, Fact) and months.table is not None)


def _law(before: RevisitPolicy, after: RevisitPolicy, *, moved: Phrase) -> Callable[[Date, CaseFile], None]:
    def law(on: Date, case: CaseFile) -> None:
        was, now = decided(before, case, on), decided(after, case, on)
        for expected, got in _milder(was, now, before.words):
            broken_by(
                Phrase("从严", "strict"),
                expected=Phrase("{moved}{expected}", "{moved} {expected}", moved=moved, expected=expected),
                got=got, case=case, on=on,
            )  # fmt: skip

    return law


def _milder(was: Decision, now: Decision, words: Vocabulary) -> Iterator[tuple[Phrase, str]]:
    """What was expected at least, and what came instead."""
    louder = {signal.code: signal for signal in now.signals}
    for signal in was.signals:
        found = louder.get(signal.code)
        if found is None or found.level < signal.level:
            got = Phrase("没有该信号", "no such signal") if found is None else Phrase.each(found.label)
            yield Phrase("仍有{signal}", "{signal}", signal=Phrase.each(signal.label)), got
    for name in ("grade", "grade_at_worst", "level"):
        scale: tuple[Any, ...] = (words.levels or ()) if name == "level" else words.grades
        one, other = getattr(was, name), getattr(now, name)
        if one in scale and other in scale and scale.index(other) < scale.index(one):
            yield Phrase("`{name}` 至少为 {one}", "`{name}` at least {one}", name=name, one=_shown(one)), _shown(other)
    if was.interval_months is not None and now.interval_months is not None and now.interval_months > was.interval_months:
        yield Phrase("间隔至多{months}个月", "an interval of at most {months} months", months=was.interval_months), str(now.interval_months)
    yield from _later(was, now)


def _shown(outcome: object) -> str:
    return str(getattr(outcome, "value", outcome))


def _later(was: Decision, now: Decision) -> Iterator[tuple[Phrase, str]]:
    one, other = was.schedule.next, now.schedule.next
    if one is not None and (other is None or other.window.closes > one.window.closes):
        expected = Phrase("至迟于{day}回访", "a visit by {day}", day=one.window.closes)
        yield expected, Phrase("无", "none") if other is None else str(other.window.closes)
