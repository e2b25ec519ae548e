"""Labels at the edge: the whole numbers of a decided frame as words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar, cast

import attrs
import narwhals as nw

from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.frames.columns.binding import to_name
from revisit_policy.frames.engines.opened import check_told_apart, dtypes_of, engine_of, names_of, opened
from revisit_policy.frames.horizon import Horizon
from revisit_policy.frames.outputs.answers import answers_of
from revisit_policy.frames.outputs.output import PREFIXES, Trace, next_visit_outputs, result_outputs
from revisit_policy.frames.outputs.words import Words
from revisit_policy.frames.subject import Policy, subject_of
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Lang

Frame = TypeVar("Frame")


def label(policy: Policy, result: Frame, *, lang: str | Lang = Lang.EN, prefix: str = "") -> Frame:
    """*result*, a frame that `decide` has made, with words for places and masks.

    Outcomes and statuses become their labels, sets the labels of their outcomes joined by commas, masks of rules and
    of facts their names. Points, flags and texts stay as they are, and so do all columns that `decide` did not add.

    Args:
        policy: What decided.
        result: The frame; columns that were dropped from it since are not missed.
        lang: One of the languages of the policy, such as ``"zh"`` or ``"en"``.
        prefix: As it was given to `decide`.

    Raises:
        InvalidInputError: If columns that `decide` adds hold no whole numbers, all of them together; a frame is labelled once.
        UnknownNameError: If *lang* is no language of the policy.

    Examples:
        >>> from revisit_policy import BorrowerProfile, CaseFile, Loan, cny, frames
        >>> from revisit_policy.rulebooks import cn_housing
        >>> loan = Loan(
        ...     "L-1", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000), annual_rate="0.0335",
        ...     repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=45,
        ... )
        >>> case = CaseFile(loan=loan, borrower=BorrowerProfile("B-1"))
        >>> book = frames.from_cases([case])
        >>> decided = frames.decide(cn_housing.rulebook, book, on="2026-11-24")
        >>> label(cn_housing.rulebook, decided, lang="zh")["grade"].to_list()
        ['关注']
    """
    to_name(prefix, field="prefix", expected=PREFIXES)
    given = opened(result)
    subject = subject_of(policy)
    tongue, there = subject.lang(lang), set(names_of(given))
    if subject.is_policy:  # of what is read for visits the bits in `bad_input` come last
        subject = attrs.evolve(subject, horizon=Horizon())
    planned = (*next_visit_outputs(subject.words, has_duties=True), *result_outputs(subject.words)) if subject.is_policy else ()
    outputs = (*(answer.output for answer in answers_of(subject, Trace.MASKS)), *planned)
    coded = {prefix + output.name: output for output in outputs if output.items and prefix + output.name in there}
    check_told_apart(given, coded)
    _check_coded(dtypes_of(given), coded)
    return cast("Frame", engine_of(given).worded(result, {name: Words.for_output(output, tongue) for name, output in coded.items()}))


def _check_coded(dtypes: Mapping[str, Any], coded: Iterable[str]) -> None:
    """Refuse columns that hold anything but whole numbers, such as those that have been labelled before."""
    faults = [
        InvalidValueError(
            owner="frame",
            field=name,
            value=str(dtypes[name]),
            expected=Phrase("由 `decide` 得出、尚未加标签的整数", "whole numbers, as `decide` makes them, not labelled yet"),
        )
        for name in coded
        if dtypes[name] not in _WHOLE
    ]
    if faults:
        raise InvalidInputError.of("frame", faults)


_WHOLE: Final = (nw.Int8, nw.Int16, nw.Int32, nw.Int64, nw.Float64)  # pandas makes floats of whole numbers where it joins frames
