"""Frames as Narwhals opens them, whichever accepted engine they are of: their names and types, and what is refused of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from math import isnan
from typing import Any, Final

import attrs
import narwhals as nw

from revisit_policy.errors import InvalidInputError, InvalidValueError, MissingExtraError
from revisit_policy.frames.engines.engine import Engine
from revisit_policy.frames.engines.on_arrow import OnArrow
from revisit_policy.frames.engines.on_duckdb import OnDuckDB
from revisit_policy.frames.engines.on_pandas import OnPandas
from revisit_policy.frames.engines.on_polars import OnPolars
from revisit_policy.frames.engines.on_spark import OnSpark
from revisit_policy.frames.expressions.stages import PREFIX
from revisit_policy.speech.phrase import Phrase

#: The engines whose frames are accepted.
ENGINES: Final[tuple[Engine, ...]] = (OnPolars(), OnPandas(), OnArrow(), OnDuckDB(), OnSpark())

_ACCEPTED: Final = Phrase(
    "polars 的 DataFrame 或 LazyFrame、pandas 的 DataFrame、pyarrow 的 Table、DuckDB 的关系或 PySpark 的 DataFrame",
    "a polars DataFrame or LazyFrame, a pandas DataFrame, a pyarrow Table, a DuckDB relation or a PySpark DataFrame",
)


def opened(frame: object) -> Any:
    """*frame* as a Narwhals frame.

    Raises:
        InvalidValueError: If it is no frame of an accepted engine.
        InvalidInputError: If a column has no name of text, or one that is used twice.
    """
    engine = _owner(frame)
    if engine is None:
        raise InvalidValueError(owner="", field="frame", value=type(frame).__name__, expected=_ACCEPTED)
    _check_names(engine, nw.to_native(frame, pass_through=True))
    return nw.from_native(frame)


def _owner(frame: object) -> Engine | None:
    native = nw.to_native(frame, pass_through=True)
    return next((engine for engine in ENGINES if engine.owns(native)), None)


def engine_of(frame: Any) -> Engine:
    """The engine of an accepted *frame*, one of Narwhals or of its own."""
    engine = _owner(frame)
    assert engine is not None  # noqa: S101 - it was opened
    return engine


@contextmanager
def needed_packages() -> Iterator[None]:
    """Say in our own words which package is not installed: the extra brings no engine, because each weighs more than all the rest.

    Raises:
        MissingExtraError: If what runs inside asks for a package that is not there.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        package = error.name or "an engine"
        raise MissingExtraError(extra="frames", package=package, install=package) from error


def polars_itself() -> Any:
    """polars, also where nobody has imported it yet, as whoever has frames of pandas alone.

    Raises:
        MissingExtraError: If it is not installed.
    """
    with needed_packages():
        return nw.Implementation.POLARS.to_native_namespace()


def is_frame(value: object) -> bool:
    """True for a frame of any engine, accepted or not."""
    return isinstance(nw.from_native(value, pass_through=True), nw.DataFrame | nw.LazyFrame)


def _check_names(engine: Engine, native: Any) -> None:
    """Refuse names that are no text or used twice, which some engines allow."""
    names = tuple(engine.given_names(native))
    wrong = [name for name in names if not isinstance(name, str)]
    twice = sorted({name for name in names if isinstance(name, str) and names.count(name) > 1})
    faults = [InvalidValueError(owner="frame", field="columns", value=name, expected=Phrase("以文本命名", "named by text")) for name in wrong]
    faults += [InvalidValueError(owner="frame", field=name, value=names.count(name), expected=Phrase("只出现一次", "there once")) for name in twice]
    if faults:
        raise InvalidInputError.of("frame", faults)


def check_told_apart(frame: Any, read: Iterable[str]) -> None:
    """Refuse columns that are to be *read* and have the name of another but for its case, where the engine takes both for one.

    Raises:
        InvalidInputError: If there are any: which of the two the engine would read is not known.
    """
    told = engine_of(frame).told
    alike: dict[str, list[str]] = {}
    for name in names_of(frame):
        alike.setdefault(told(name), []).append(name)
    faults = [
        InvalidValueError(
            owner="frame",
            field=name,
            value=other,
            expected=Phrase(
                "与其他各列的区别不止于大小写，因为此引擎不分大小写", "told from every other column by more than its case, which this engine passes over"
            ),
        )
        for name in dict.fromkeys(read)
        for other in alike.get(told(name), ())
        if other != name
    ]
    if faults:
        raise InvalidInputError.of("frame", faults)


def names_of(frame: Any) -> tuple[str, ...]:
    """The names of the columns."""
    return tuple(frame.columns if isinstance(frame, nw.DataFrame) else frame.collect_schema().names())


@attrs.frozen
class OtherType:
    """A data type that Narwhals has no name for.

    Args:
        name: What the engine calls it.
    """

    name: str

    def __str__(self) -> str:
        return self.name


def dtypes_of(frame: Any) -> Mapping[str, Any]:
    """The Narwhals data type of every column by name; those of plain Python objects in pandas by what they hold.

    ``None`` stands for a column of nothing but nulls: by its type, and in pandas, which has hardly any such type, by its cells.
    A type without a name in Narwhals is an `OtherType`.
    """
    dtypes = _narwhals_types(frame)
    unnamed = [name for name, dtype in dtypes.items() if dtype is None or dtype == nw.Unknown]
    if unnamed:
        native = engine_of(frame).native_types(nw.to_native(frame))
        dtypes |= {name: None if native[name].lower().strip('"') in _NULLS else OtherType(native[name]) for name in unnamed}
    return engine_of(frame).types_seen(nw.to_native(frame), dtypes)


def _narwhals_types(frame: Any) -> dict[str, Any]:
    """The data types by name; ``None`` for one that Narwhals fails at, which is no harm where nobody reads the column."""
    try:
        return dict(frame.collect_schema())
    except ValueError:
        if not isinstance(frame, nw.DataFrame):
            raise
    return {name: _narwhals_type(frame, name) for name in frame.columns}


def _narwhals_type(frame: Any, name: str) -> Any:
    try:
        return frame.get_column(name).dtype
    except ValueError:
        return None


#: What engines call the type of nothing but nulls.
_NULLS: Final = frozenset(("null", "null[pyarrow]", "void"))


# -- rows ------------------------------------------------------------------------------------------------------------


def whole_rows(frame: Any) -> Iterator[Mapping[str, Any]]:
    """The rows of a Narwhals frame by column name, in order, ``None`` for null; a lazy frame is collected."""
    with needed_packages():
        eager = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    for row in eager.iter_rows(named=True):
        yield {name: _value(cell) for name, cell in row.items()}


def _value(cell: Any) -> Any:
    """A cell as a plain value: numbers of NumPy as those of Python, a missing one as ``None``."""
    if type(cell).__name__ in {"NAType", "NaTType"} or (isinstance(cell, float) and isnan(cell)):
        return None
    return cell.item() if type(cell).__module__ == "numpy" else cell


def new_frame(columns: Mapping[str, list[Any]], dtypes: Mapping[str, Any], *, engine: Any) -> Any:
    """A frame of *columns*, of an engine that holds frames of its own.

    Raises:
        InvalidValueError: If *engine* is none of those.
        MissingExtraError: If it is not installed.
    """
    makers = {each.name: each for each in ENGINES if each.makes_frames}
    if not isinstance(engine, str) or engine not in makers:
        raise InvalidValueError(owner="", field="engine", value=engine, expected=Phrase("{makers} 之一", "one of {makers}", makers=", ".join(makers)))
    with needed_packages():
        return makers[engine].new(columns, dtypes)


def check_free(frame: Any, wanted: Iterable[str]) -> None:
    """Refuse names of a frame that it is to be given, and those that a plan keeps to itself.

    Raises:
        InvalidInputError: If there are any; where the engine takes names without their case, in whatever case.
    """
    told = engine_of(frame).told
    new = set(map(told, wanted))
    taken = [name for name in names_of(frame) if told(name) in new or name.startswith(PREFIX)]
    if taken:
        expected = Phrase("留给决策所添加的列；请为该列改名，或另选 `prefix`", "free for what the decision adds; rename the column, or choose a `prefix`")
        raise InvalidInputError.of("frame", [InvalidValueError(owner="frame", field=name, value=name, expected=expected) for name in taken])
