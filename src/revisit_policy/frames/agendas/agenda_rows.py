"""What an agenda reads of a frame: the columns by the names they have there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, TypedDict

import attrs
import narwhals as nw

from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date
from revisit_policy.values.validation import fault, to_text


class AgendaColumns(TypedDict, total=False):
    """Which columns of a frame an agenda reads; every part may be left out.

    Args:
        loan: The bank's number of the loan, ``loan.loan_no`` if left out.
        points: How much there is to fear, in whole points; more is worse. ``points_at_worst`` if left out: what is not known is feared.
        then: A number that decides between equal points, more is worse; left out, the lot decides.
        since: The day that the gap is counted from; left out, the latest of the columns ``visits.*``, or else ``loan.disbursed_on``.
        office: What the office is called that visits; left out, the book has one.
        sampled: A flag: whether the lot has drawn the loan; left out, ``loan.drawn_for_visit`` where there is one, as `in_sample` makes it.
    """

    loan: str
    points: str
    then: str
    since: str
    office: str
    sampled: str


@attrs.frozen
class _Kind:
    """What a column may hold."""

    says: Phrase
    holds: Callable[[Any, Any], bool]


_TEXT: Final = _Kind(Phrase("文本列", "a column of text"), lambda dtype, polars: dtype in {polars.String, polars.Categorical, polars.Enum})
_WHOLE: Final = _Kind(Phrase("整数列", "a column of whole numbers"), lambda dtype, _: bool(dtype.is_integer()))
_NUMBER: Final = _Kind(Phrase("数字列", "a column of numbers"), lambda dtype, _: bool(dtype.is_numeric()))
_DAY: Final = _Kind(Phrase("日期列", "a column of days"), lambda dtype, polars: dtype == polars.Date)
_FLAG: Final = _Kind(Phrase("是非列", "a column of flags"), lambda dtype, polars: dtype == polars.Boolean)

_PARTS: Final = {"loan": _TEXT, "points": _WHOLE, "then": _NUMBER, "since": _DAY, "office": _TEXT, "sampled": _FLAG}
_USUAL: Final = {"loan": "loan.loan_no", "points": "points_at_worst"}
_PLANNED: Final = {"next_closes": _DAY, "next_method": _WHOLE, "next_officers": _WHOLE}
_DRAWN: Final = "loan.drawn_for_visit"
_DISBURSED: Final = "loan.disbursed_on"


def agenda_rows(frame: Any, columns: AgendaColumns, *, until: Date, by_data: int | None = None) -> Any:
    """One row a loan: loan, points, then, since, must, by_data, sampled, office, method, officers.

    Args:
        frame: A polars frame in memory.
        columns: The names there.
        until: The last day of the period.
        by_data: The place of the method that takes nobody; ``None`` if the policy has none.

    Raises:
        InvalidInputError: If names are no text, columns are missing or of another type, a loan is there twice or has no number.
    """
    named = _named(columns)
    if "sampled" not in named and _DRAWN in frame.columns:
        named = {**named, "sampled": _DRAWN}
    visits = () if "since" in named else tuple(name for name in frame.columns if name.startswith("visits."))
    _check(frame, (*_wanted(named), *((name, _DAY) for name in visits)))
    _check_loans(frame[named["loan"]])
    polars = nw.dependencies.get_polars()
    col, lit = polars.col, polars.lit
    latest = polars.max_horizontal(*visits).fill_null(col(_DISBURSED)) if visits else col(named.get("since", _DISBURSED))
    checks = (col("next_method") == lit(by_data)).fill_null(value=False)
    return frame.select(
        loan=col(named["loan"]).cast(polars.String),
        points=col(named["points"]).cast(polars.Int64),
        then=col(named["then"]) if "then" in named else lit(0),
        since=latest,
        must=(col("next_closes") <= lit(until)).fill_null(value=False) & ~checks,
        by_data=checks,
        sampled=col(named["sampled"]).fill_null(value=False) if "sampled" in named else lit(value=False),
        office=col(named["office"]).cast(polars.String) if "office" in named else lit(None, dtype=polars.String),
        method=col("next_method").cast(polars.Int64),
        officers=col("next_officers").cast(polars.Int64),
    )


def may_be_read(name: str, columns: AgendaColumns) -> bool:
    """Whether an agenda may read the column *name* of a frame."""
    return name in {*columns.values(), *_USUAL.values(), *_PLANNED, _DRAWN, _DISBURSED} or name.startswith("visits.")


def _named(columns: AgendaColumns) -> Mapping[str, str]:
    """The names of the columns by what is read of them."""
    faults = []
    for part, name in columns.items():
        if part not in _PARTS:
            expected = Phrase("{parts} 之一", "one of {parts}", parts=", ".join(_PARTS))
            faults.append(InvalidValueError(owner="agenda", field="columns", value=part, expected=expected))
            continue
        try:
            to_text(str(name) if isinstance(name, str) else name)  # type: ignore[arg-type] # it says so
        except InvalidValueError as error:
            faults.append(error.located(owner="agenda", field=part))
    if faults:
        raise InvalidInputError.of("agenda", faults)
    return {**_USUAL, **{part: str(name) for part, name in columns.items()}}


def _wanted(named: Mapping[str, str]) -> Iterator[tuple[str, _Kind]]:
    yield from ((name, _PARTS[part]) for part, name in named.items())
    yield from _PLANNED.items()
    if "since" not in named:
        yield _DISBURSED, _DAY


def _check(frame: Any, wanted: Iterable[tuple[str, _Kind]]) -> None:
    polars, schema = nw.dependencies.get_polars(), frame.schema
    faults = [
        InvalidValueError(owner="frame", field=name, value=str(schema[name]) if name in schema else None, expected=kind.says)
        for name, kind in wanted
        if name not in schema or not kind.holds(schema[name], polars)
    ]
    if faults:
        raise InvalidInputError.of("frame", faults)


def _check_loans(numbers: Any) -> None:
    if numbers.null_count():
        raise InvalidInputError.of("agenda", [fault("loan", None, Phrase("每行都有借据号", "a loan number in every row"))])
    if numbers.n_unique() != len(numbers):
        twice = numbers.filter(numbers.is_duplicated()).min()
        raise InvalidInputError.of("agenda", [fault("loan", twice, Phrase("互不重复的贷款", "loans that are each there once"))])
