"""Labels at the edge: the whole numbers of a decided frame as words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeVar, cast

import attrs
import narwhals as nw

from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.frames.columns.binding import to_name
from revisit_policy.frames.engines.engine import check_told_apart, dtypes_of, is_duckdb, is_pandas, names_of, opened
from revisit_policy.frames.engines.sql_text import DUCKDB
from revisit_policy.frames.horizon import Horizon
from revisit_policy.frames.outputs.answers import outputs_of
from revisit_policy.frames.outputs.output import MASK_BITS, PREFIXES, Meaning, Output, Trace, next_visit_outputs
from revisit_policy.frames.subject import Policy, subject_of
from revisit_policy.language.domain import choice_text
from revisit_policy.values.labels import Lang, to_lang

Frame = TypeVar("Frame")


def label(policy: Policy, result: Frame, *, lang: str | Lang = Lang.EN, prefix: str = "") -> Frame:
    """*result*, a frame that `decide` has made, with words for places and masks.

    Outcomes and statuses become their labels, sets the labels of their outcomes joined by commas, masks of rules and
    of facts their names. Points, flags and texts stay as they are, and so do all columns that `decide` did not add.

    Args:
        policy: What decided.
        result: The frame; columns that were dropped from it since are not missed.
        lang: ``"zh"`` or ``"en"``.
        prefix: As it was given to `decide`.

    Raises:
        InvalidInputError: If columns that `decide` adds hold no whole numbers, all of them together; a frame is labelled once.
        UnknownNameError: If *lang* is no language of ours.

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
    tongue, there = to_lang(lang), set(names_of(given))
    subject = subject_of(policy)
    if subject.is_policy:  # of what is read for visits the bits in `bad_input` come last
        subject = attrs.evolve(subject, horizon=Horizon())
    outputs = (*outputs_of(subject, Trace.MASKS), *next_visit_outputs())
    coded = {prefix + output.name: output for output in outputs if output.items and prefix + output.name in there}
    check_told_apart(given, coded)
    _check_coded(dtypes_of(given), coded)
    native: Any = result
    if is_pandas(given):
        labelled: Frame = native.assign(**{name: _texts(native[name], _reader(output, tongue)) for name, output in coded.items()})
        return labelled
    if is_duckdb(given):
        return cast("Frame", _in_plain_names(native, coded, tongue))
    return cast("Frame", nw.to_native(given.with_columns(*(_words(nw.col(name), output, tongue).alias(name) for name, output in coded.items()))))


def _texts(codes: Any, read: Callable[[int], str]) -> Any:
    """The words of a column of pandas, one code at a time: `map` makes floats of whole numbers beside a null, and those lose bits."""
    missing = codes.isna()
    return nw.dependencies.get_pandas().array([None if gone else read(int(code)) for code, gone in zip(codes, missing, strict=True)], dtype="string")


def _in_plain_names(relation: Any, coded: Mapping[str, Output], lang: Lang) -> Any:
    """The relation with its words, made under plain names: DuckDB before 2 takes the dot of ``loan.balance`` for that of a table."""
    plain = {name: f"given_{at}" for at, name in enumerate(relation.columns)}
    given: Any = nw.from_native(relation.project(", ".join(f"{DUCKDB.name(name)} AS {short}" for name, short in plain.items())))
    words = [_words(nw.col(plain[name]), output, lang).alias(plain[name]) for name, output in coded.items()]
    return nw.to_native(given.with_columns(*words)).project(", ".join(f"{short} AS {DUCKDB.name(name)}" for name, short in plain.items()))


def _check_coded(dtypes: Mapping[str, Any], coded: Iterable[str]) -> None:
    """Refuse columns that hold anything but whole numbers, such as those that have been labelled before."""
    faults = [
        InvalidValueError(owner="frame", field=name, value=str(dtypes[name]), expected="whole numbers, as `decide` makes them, not labelled yet")
        for name in coded
        if dtypes[name] not in _WHOLE
    ]
    if faults:
        raise InvalidInputError.of("frame", faults)


_WHOLE: Final = (nw.Int8, nw.Int16, nw.Int32, nw.Int64, nw.Float64)  # pandas makes floats of whole numbers where it joins frames


def _text(item: Any, output: Output, lang: Lang) -> str:
    return str(item) if output.meaning is Meaning.NAMES else choice_text(item, lang)


def _joint(output: Output, lang: Lang) -> str:
    return "、" if lang is Lang.ZH and output.meaning is Meaning.SET else ", "


def _words(code: nw.Expr, output: Output, lang: Lang) -> nw.Expr:
    texts = [_text(item, output, lang) for item in output.items]
    if output.meaning is Meaning.PLACE:
        return _looked_up(code, texts, 0)
    parts = [nw.when(_has_bit(code, at)).then(nw.lit(text)) for at, text in enumerate(texts)]
    nothing = nw.when(code < 0).then(nw.lit(""))  # null in every row
    joined = nw.concat_str(nothing, nothing, *parts, separator=_joint(output, lang), ignore_nulls=True)
    return nw.when(~code.is_null()).then(joined)


def _looked_up(code: nw.Expr, texts: list[str], first: int) -> nw.Expr:
    """The text at the place of *code*, the *first* of *texts* being at that; null at any other. Halved, so that it is never deep."""
    if len(texts) == 1:
        return nw.when(code == first).then(nw.lit(texts[0]))
    half = len(texts) // 2
    found: nw.Expr = nw.when(code < first + half).then(_looked_up(code, texts[:half], first)).otherwise(_looked_up(code, texts[half:], first + half))
    return found


def _has_bit(mask: nw.Expr, at: int) -> nw.Expr:
    """Where *mask* has the bit; by remainders, because Spark divides whole numbers by way of floats."""
    rest: nw.Expr = mask % 2 ** (at + 1) if at + 1 < MASK_BITS else mask
    found: nw.Expr = rest >= 2**at
    return found


def _reader(output: Output, lang: Lang) -> Callable[[int], str]:
    texts = [_text(item, output, lang) for item in output.items]
    if output.meaning is Meaning.PLACE:
        return texts.__getitem__
    joint, known = _joint(output, lang), dict[int, str]()

    def read(mask: int) -> str:
        if mask not in known:
            known[mask] = joint.join(text for at, text in enumerate(texts) if mask >> at & 1)
        return known[mask]

    return read
