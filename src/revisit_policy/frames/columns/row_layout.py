"""How a caller's rows are written: the layout of a frame, for whoever reads its rows one by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from revisit_policy.casefile.rows.cell_unit import StatedUnits
from revisit_policy.casefile.rows.row_reader import RowReader
from revisit_policy.casefile.rows.word_columns import columns_in
from revisit_policy.frames.columns.binding import Layout, check_layout, current_path
from revisit_policy.outcomes.words.vocabulary import Vocabulary, beside_ours
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import checked


def row_reader(layout: Layout, *, currency: str | None, with_gaps: bool, vocabulary: Vocabulary | None = None) -> RowReader:
    """What reads rows that are written as *layout* says, in the words of a *vocabulary*, or in ours.

    Where neither a row nor *currency* says in which currency its amounts are, it is that of the vocabulary, or the yuan.

    Raises:
        UnknownNameError: If *layout* has a part that there is not.
        InvalidValueError: If a part of it, or *currency*, is of another kind.
    """
    check_layout(layout)
    if vocabulary is not None:
        checked(vocabulary, Vocabulary, field="vocabulary", expected=Phrase("Vocabulary，如 `policy.words`", "a Vocabulary, such as `policy.words`"))
    if currency is not None:
        checked(currency, str, field="currency", expected=Phrase("三个大写字母的货币代码，如 CNY", "a currency code of three capitals, such as CNY"))
    words = beside_ours(vocabulary)
    return RowReader(
        columns=layout.get("columns", {}),
        without=tuple(current_path(path, words) for path in layout.get("without", ())),
        units=StatedUnits.of(layout.get("units", ()), layout.get("denominators", {})),
        currency=currency or words.currency or "CNY",
        with_gaps=with_gaps,
        named=columns_in(words),
    )


def is_pandas_row(row: object) -> bool:
    """True for a row of a frame of pandas, in which floats stand for whole numbers where a column has gaps."""
    return bool(nw.dependencies.is_pandas_series(row))


def plain_row(row: Any) -> Mapping[str, Any]:
    """*row* as a mapping from column to value.

    Raises:
        InvalidValueError: If it is none.
    """
    found: Mapping[str, Any] = row.to_dict() if is_pandas_row(row) else row
    return checked(found, Mapping, field="row", expected=Phrase("一行，为列到值的映射", "one row as a mapping from column to value"))
