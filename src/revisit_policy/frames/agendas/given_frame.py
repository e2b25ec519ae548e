"""The frame that an agenda is made of: one of polars in memory, or what is read of one of pandas, brought over to polars and given back as it came."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

import attrs
import narwhals as nw

from revisit_policy.frames.engines.opened import check_free, engine_of, needed_packages, opened, polars_itself
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import fault

POLARS_OR_PANDAS: Final = Phrase("polars 或 pandas 数据框", "a polars frame, or one of pandas")


@attrs.frozen
class GivenFrame:
    """A frame whoever wants an agenda has given.

    Args:
        read: In polars: the frame itself, or of one of pandas the columns that may be read.
        with_columns: The frame as it came, with more columns, each of polars.
    """

    read: Any
    with_columns: Callable[..., Any]

    @classmethod
    def of(cls, frame: Any, *, free: Iterable[str], is_read: Callable[[str], bool]) -> GivenFrame:
        """The *frame*, which has no column yet of a name that has to be *free*.

        Raises:
            InvalidInputError: If it has one.
            InvalidValueError: If it is of another engine.
            MissingExtraError: If one of pandas cannot be brought over, because polars or pyarrow is not installed.
        """
        given = opened(frame)
        native, engine = nw.to_native(given), engine_of(given).name
        if engine not in {"polars", "pandas"}:
            raise fault("decided", type(native).__name__, POLARS_OR_PANDAS)
        check_free(given, free)
        if engine == "pandas":
            return cls(brought_over(native, is_read=is_read), lambda **columns: _with_columns(native, columns))
        whole = native.collect() if nw.dependencies.is_polars_lazyframe(native) else native
        return cls(whole, whole.with_columns)


def brought_over(frame: Any, *, is_read: Callable[[str], bool]) -> Any:
    """What is read of a frame of pandas as one of polars; its days, which it holds as moments, are days again.

    Raises:
        MissingExtraError: If polars or pyarrow is not installed.
    """
    native = nw.to_native(frame, pass_through=True)
    polars = polars_itself()
    with needed_packages():
        found = polars.from_pandas(native[[name for name in native.columns if is_read(name)]])
    moments = [name for name, dtype in found.schema.items() if isinstance(dtype, polars.Datetime) and dtype.time_zone is None]
    return found.with_columns(polars.col(moments).cast(polars.Date))


def _with_columns(native: Any, columns: dict[str, Any]) -> Any:
    return native.assign(**{name: column.to_pandas().set_axis(native.index) for name, column in columns.items()})
