"""Lots of a whole book: what `workload.in_sample` says of one loan, of a column of loan numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, TypeVar, cast

import attrs
import narwhals as nw

from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.frames.columns.binding import to_name
from revisit_policy.frames.engines.opened import check_free, check_told_apart, dtypes_of, engine_of, names_of, opened
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import fault, to_text
from revisit_policy.workload.lot import LOTS, lots, to_share

Frame = TypeVar("Frame")

_DRAWN: Final = "loan.drawn_for_visit"
_COLUMN: Final = Phrase("列名", "the name of a column")
_TEXTS: Final = (nw.String, nw.Categorical, nw.Enum, None)
_ROWS_IN_MEMORY: Final = ("polars", "pandas", "pyarrow")


def in_sample(
    frame: Frame,
    *,
    period: str,
    rate: str | int | Decimal | Fraction,
    seed: str,
    stratum: str | None = None,
    key: str = "loan.loan_no",
) -> Frame:
    """*frame* with the column ``loan.drawn_for_visit``, each loan with the answer of `workload.in_sample`: the register that rules read.

    The lots are SHA-256, so that whoever has the seed gets the same loans from either, on any engine. A lazy frame stays lazy.

    Args:
        frame: A polars DataFrame or LazyFrame, a pandas DataFrame or a pyarrow Table.
        period: What is drawn for.
        rate: The share to be drawn, from 0 to 1, exact.
        seed: A text fixed before the draw.
        stratum: The column with the part of the book that each loan is drawn from; left out, the book is one part.
        key: The column of loan numbers, of text.

    Returns:
        The frame as it came and the new column last, null where a loan has no number, or no stratum in a draw by strata: then
        nobody knows.

    Raises:
        InvalidValueError: If an argument is malformed, *rate* is not from 0 to 1, or the frame is of another engine.
        InvalidInputError: If *key* or *stratum* is no column of text, or ``loan.drawn_for_visit`` is there already.

    Examples:
        >>> import polars as pl
        >>> book = pl.DataFrame({"loan.loan_no": ["GZ-2024-000118", "GZ-2024-000117", None]})
        >>> in_sample(book, period="2027", rate="0.4", seed="committee of 2026-12-01")["loan.drawn_for_visit"].to_list()
        [False, True, None]
    """
    lot = _Lots(share=to_share(rate, field="rate"), begun=lambda part: lots(period=period, seed=seed, stratum=part))
    lot.begun("")  # refuses what is malformed now, and not when a lazy frame is collected
    read = [to_name(key, field="key", expected=_COLUMN)]
    read += [] if stratum is None else [to_name(stratum, field="stratum", expected=_COLUMN)]
    given = opened(frame)
    _check(given, read)
    add = _Adding(read=tuple(read), lot=lot)
    if isinstance(given, nw.LazyFrame):
        polars, native = nw.dependencies.get_polars(), nw.to_native(given)
        return cast("Frame", native.map_batches(add, schema={**native.collect_schema(), _DRAWN: polars.Boolean}, projection_pushdown=False))
    return cast("Frame", add(frame))


def _check(frame: Any, read: Iterable[str]) -> None:
    if engine_of(frame).name not in _ROWS_IN_MEMORY:
        expected = Phrase("polars、pandas 或 pyarrow 的数据框：抽签须逐行计算哈希", "a frame of polars, pandas or pyarrow, whose rows can be hashed one by one")
        raise fault("frame", type(nw.to_native(frame)).__name__, expected)
    check_told_apart(frame, read)
    check_free(frame, (_DRAWN,))
    there, dtypes = names_of(frame), dtypes_of(frame)
    faults = [
        InvalidValueError(owner="frame", field=name, value=str(dtypes[name]) if name in there else None, expected=Phrase("一列文本", "a column of text"))
        for name in read
        if name not in there or dtypes[name] not in _TEXTS
    ]
    if faults:
        raise InvalidInputError.of("frame", faults)


@attrs.frozen(kw_only=True, eq=False)
class _Lots:
    """One draw.

    Args:
        share: What is to be drawn.
        begun: The lots of a stratum, as a function of the loan number.
    """

    share: Fraction
    begun: Callable[[str], Callable[[str], int]]

    def of(self, loans: Iterable[object], strata: Iterable[object]) -> list[bool | None]:
        """Whether each loan is drawn; ``None`` where it cannot be told apart."""
        begun: dict[object, Callable[[str], int] | None] = {"": self.begun("")}
        found: list[bool | None] = []
        for loan, stratum in zip(loans, strata, strict=True):
            if stratum not in begun:
                begun[stratum] = self.begun(stratum) if isinstance(stratum, str) and _is_text(stratum) else None
            lot = begun[stratum]
            known = lot is not None and isinstance(loan, str) and _is_text(loan)
            found.append(lot(loan) * self.share.denominator < self.share.numerator * LOTS if known else None)  # type: ignore[misc,arg-type] # known
        return found


def _is_text(value: str) -> bool:
    try:
        to_text(value)
    except InvalidValueError:
        return False
    return True


@attrs.frozen(kw_only=True, eq=False)
class _Adding:
    """Rows in memory with the new column beside them.

    Args:
        read: The column of loan numbers, and that of strata where there is one.
        lot: Who is drawn.
    """

    read: tuple[str, ...]
    lot: _Lots

    def __call__(self, native: Any) -> Any:
        """The frame as it came, and the column."""
        frame = nw.from_native(native, eager_only=True)
        loans, *strata = (frame.get_column(name).to_list() for name in self.read)
        found = self.lot.of(loans, strata[0] if strata else [""] * len(loans))
        is_object = engine_of(frame).is_loosely_typed and None in found  # pandas would make False of what is missing
        column = nw.new_series(_DRAWN, found, None if is_object else nw.Boolean, backend=nw.get_native_namespace(frame))
        return nw.to_native(frame.with_columns(column))
