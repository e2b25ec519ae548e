"""Engines: which frames are accepted, and the ways of pandas that are made like the others' before a plan runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from math import isnan
from typing import Any, Final

import attrs
import narwhals as nw

from revisit_policy.errors import InvalidInputError, InvalidValueError, MissingExtraError
from revisit_policy.frames.columns.binding import Binding, BoundColumn, Form
from revisit_policy.frames.columns.cells import EXACT
from revisit_policy.frames.expressions.stages import PREFIX
from revisit_policy.frames.expressions.truth import ALWAYS, UNKNOWN
from revisit_policy.frames.outputs.output import Output

#: Stands in whole numbers for what is none: outside every domain and every exact bound.
BEYOND: Final = -(2**62)

_ACCEPTED: Final = "a polars DataFrame or LazyFrame, a pandas DataFrame, a pyarrow Table, a DuckDB relation or a PySpark DataFrame"
_ENGINES: Final = frozenset({
    nw.Implementation.POLARS,
    nw.Implementation.PANDAS,
    nw.Implementation.PYARROW,
    nw.Implementation.DUCKDB,
    nw.Implementation.PYSPARK,
    nw.Implementation.PYSPARK_CONNECT,
})  # fmt: skip


def opened(frame: object) -> Any:
    """*frame* as a Narwhals frame.

    Raises:
        InvalidValueError: If it is no frame of an accepted engine.
        InvalidInputError: If a column has no name of text, or one that is used twice.
    """
    _check_names(frame)
    found = nw.from_native(frame, pass_through=True)
    if not isinstance(found, nw.DataFrame | nw.LazyFrame) or found.implementation not in _ENGINES:
        raise InvalidValueError(owner="", field="frame", value=type(frame).__name__, expected=_ACCEPTED)
    return found


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


def is_frame(value: object) -> bool:
    """True for a frame of any engine, accepted or not."""
    return isinstance(nw.from_native(value, pass_through=True), nw.DataFrame | nw.LazyFrame)


def is_pandas(frame: Any) -> bool:
    """True for a frame of pandas."""
    return frame.implementation is nw.Implementation.PANDAS


def is_polars(frame: Any) -> bool:
    """True for a frame of polars, eager or lazy."""
    return frame.implementation is nw.Implementation.POLARS


def is_duckdb(frame: Any) -> bool:
    """True for a relation of DuckDB."""
    return frame.implementation is nw.Implementation.DUCKDB


def is_spark(frame: Any) -> bool:
    """True for a frame of PySpark, classic or Connect."""
    return frame.implementation in {nw.Implementation.PYSPARK, nw.Implementation.PYSPARK_CONNECT}


_MAY_REPEAT_NAMES: Final = (
    nw.dependencies.is_pandas_dataframe,
    nw.dependencies.is_duckdb_relation,
    nw.dependencies.is_pyspark_dataframe,
    nw.dependencies.is_pyspark_connect_dataframe,
)


def _check_names(frame: Any) -> None:
    """Refuse names that are no text or used twice, which some engines allow."""
    if nw.dependencies.is_pyarrow_table(frame):
        names = tuple(frame.column_names)
    elif any(is_one(frame) for is_one in _MAY_REPEAT_NAMES):
        names = tuple(frame.columns)
    else:
        return
    wrong = [name for name in names if not isinstance(name, str)]
    twice = sorted({name for name in names if isinstance(name, str) and names.count(name) > 1})
    faults = [InvalidValueError(owner="frame", field="columns", value=name, expected="named by text") for name in wrong]
    faults += [InvalidValueError(owner="frame", field=name, value=names.count(name), expected="there once") for name in twice]
    if faults:
        raise InvalidInputError.of("frame", faults)


def check_told_apart(frame: Any, read: Iterable[str]) -> None:
    """Refuse columns that are to be *read* and have the name of another but for its case, where the engine takes both for one.

    Raises:
        InvalidInputError: If there are any: which of the two the engine would read is not known.
    """
    told = _told_by(frame)
    alike: dict[str, list[str]] = {}
    for name in names_of(frame):
        alike.setdefault(told(name), []).append(name)
    faults = [
        InvalidValueError(owner="frame", field=name, value=other, expected="told from every other column by more than its case, which this engine passes over")
        for name in dict.fromkeys(read)
        for other in alike.get(told(name), ())
        if other != name
    ]
    if faults:
        raise InvalidInputError.of("frame", faults)


def _told_by(frame: Any) -> Callable[[str], str]:
    """What the engine of a frame tells names by: DuckDB and Spark take ``Grade`` and ``grade`` for one column."""
    return str.lower if is_duckdb(frame) or is_spark(frame) else str


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
        native = _native_types(frame)
        dtypes |= {name: None if native[name].lower().strip('"') in _NULLS else OtherType(native[name]) for name in unnamed}
    if is_pandas(frame):
        pandas, cells = nw.dependencies.get_pandas(), nw.to_native(frame)
        for name in cells.columns:
            if cells[name].dtype == object:
                dtypes[name] = _OBJECTS.get(pandas.api.types.infer_dtype(cells[name], skipna=True), dtypes[name])
            elif dtypes[name] in {nw.Float32, nw.Float64} and len(cells) and cells[name].isna().all():
                dtypes[name] = None
    return dtypes


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


def _native_types(frame: Any) -> Mapping[str, str]:
    """What the engine calls the types of its columns, by name."""
    native = nw.to_native(frame)
    if is_polars(frame):
        return {name: str(dtype) for name, dtype in native.collect_schema().items()}
    if is_pandas(frame):
        return {name: str(native[name].dtype) for name in native.columns}
    if is_duckdb(frame):
        return dict(zip(native.columns, map(str, native.types), strict=True))
    if is_spark(frame):
        return dict(native.dtypes)
    return {field.name: str(field.type) for field in native.schema}


#: What engines call the type of nothing but nulls.
_NULLS: Final = frozenset(("null", "null[pyarrow]", "void"))

_OBJECTS: Final[Mapping[str, Any]] = {"boolean": nw.Boolean, "string": nw.String, "decimal": nw.Decimal(38, 11), "empty": None}


def with_categories(binding: Binding, frame: Any) -> Binding:
    """*binding* with the categories of polars as they are: other engines cannot compare theirs with text."""
    if not is_polars(frame):
        return binding
    dtypes = frame.collect_schema()
    columns = tuple(
        attrs.evolve(source, form=Form.CATEGORY) if source.form is Form.TEXT and dtypes[source.name] == nw.Categorical else source
        for source in binding.columns
    )
    return attrs.evolve(binding, columns=columns)


# -- pandas ----------------------------------------------------------------------------------------------------------


def nullable_cells(native: Any, binding: Binding) -> tuple[Any, Binding]:
    """The bound columns of a pandas frame in types that have a null, whatever types they came in, and the new binding."""
    pandas = nw.dependencies.get_pandas()
    made = {source.name: _nullable(native[source.name], source, pandas) for source in binding.columns if source.form is not Form.EMPTY}
    columns = tuple(attrs.evolve(source, form=_FORMS.get(source.form, source.form)) for source in binding.columns)
    rows = len(native)
    made |= {ALWAYS: pandas.array([True] * rows, dtype="boolean"), UNKNOWN: pandas.array([None] * rows, dtype="boolean")}
    cells = pandas.DataFrame(made, index=native.index)
    return cells, attrs.evolve(binding, columns=columns)


_FORMS: Final[Mapping[Form, Form]] = {
    Form.FLOAT: Form.INTEGER,
    Form.DATE: Form.DAY_NUMBER,
    Form.MIDNIGHT: Form.DAY_NUMBER,
    Form.TEXT: Form.TOKEN,
    Form.DECIMAL: Form.QUOTIENT,
}


def _nullable(series: Any, source: BoundColumn, pandas: Any) -> Any:
    match source.form:
        case Form.FLOAT:
            return _whole(series, pandas)
        case Form.DATE | Form.MIDNIGHT:
            return _day_numbers(series, pandas)
        case Form.TEXT:
            return _tokens(series, source.column.codes, pandas)
        case Form.DECIMAL:
            return pandas.array([None if missing else float(value) for value, missing in zip(series, series.isna(), strict=True)], dtype="Float64")
        case Form.BOOLEAN:
            return series.astype("boolean").array
        case _:
            return series.astype("Int64").array


def _whole(series: Any, pandas: Any) -> Any:
    """Floats as whole numbers: a NaN is unknown, what is not whole lies beyond every bound."""
    numpy = nw.dependencies.get_numpy()
    floats = series.to_numpy(dtype="float64", na_value=float("nan"))
    unknown = numpy.isnan(floats)
    whole = numpy.isfinite(floats) & (numpy.floor(floats) == floats) & (abs(floats) <= EXACT)
    return pandas.arrays.IntegerArray(numpy.where(whole, floats, BEYOND).astype("int64"), unknown)


def _day_numbers(series: Any, pandas: Any) -> Any:
    """Days since 1970: a missing timestamp is unknown, one with a time of day lies beyond every bound."""
    numpy = nw.dependencies.get_numpy()
    moments = series.astype("datetime64[us]").to_numpy()
    days = moments.astype("datetime64[D]")
    numbers = numpy.where(days.astype("datetime64[us]") == moments, days.astype("int64"), BEYOND)
    return pandas.arrays.IntegerArray(numbers, numpy.isnat(moments))


def _tokens(series: Any, codes: tuple[str, ...], pandas: Any) -> Any:
    """The place of each text among *codes*; -1 for one that is none of them."""
    unknown = series.isna().to_numpy(dtype=bool)
    places = pandas.Index(codes, dtype=object).get_indexer(series.astype(object))
    return pandas.arrays.IntegerArray(places.astype("int16"), unknown)


_PANDAS_DTYPES: Final[dict[Any, str]] = {nw.Int16: "Int16", nw.Int64: "Int64", nw.Boolean: "boolean", nw.String: "string"}


def beside(native: Any, made: Any, outputs: Mapping[str, Output]) -> Any:
    """The pandas frame as it came, and beside it the *outputs* by their final names, in types that have a null."""
    pandas = nw.dependencies.get_pandas()
    added = {name: _finished(made[PREFIX + output.name], output) for name, output in outputs.items()}
    return pandas.concat([native, pandas.DataFrame(added, index=native.index)], axis=1)


def _finished(series: Any, output: Output) -> Any:
    """A column in the type that it is handed out in; days have been numbers until here."""
    if output.dtype != nw.Date:
        return series.astype(_PANDAS_DTYPES[output.dtype]).array
    numpy = nw.dependencies.get_numpy()
    days = series.astype("Int64").to_numpy(dtype="int64", na_value=0).astype("datetime64[D]").astype("datetime64[s]")
    days[series.isna().to_numpy(dtype=bool)] = numpy.datetime64("NaT", "s")
    return days


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


_NEW: Final = ("polars", "pandas", "pyarrow")


def _is_one_of(value: object, names: tuple[str, ...]) -> bool:
    return isinstance(value, str) and value in names


def new_frame(columns: Mapping[str, list[Any]], dtypes: Mapping[str, Any], *, engine: Any) -> Any:
    """A frame of *columns*, of an engine that holds frames of its own.

    Raises:
        InvalidValueError: If *engine* is none of those.
        MissingExtraError: If it is not installed.
    """
    if not _is_one_of(engine, _NEW):
        raise InvalidValueError(owner="", field="engine", value=engine, expected=f"one of {', '.join(_NEW)}")
    with needed_packages():
        if engine != "pandas":
            return nw.to_native(nw.from_dict(columns, schema=dtypes, backend=engine))
        frame = nw.to_native(nw.from_dict({name: [None] * len(cells) for name, cells in columns.items()}, backend="pandas"))
    pandas = nw.dependencies.get_pandas()
    made = {name: pandas.Series(cells, dtype=_NEW_DTYPES.get(dtypes[name], "object"), index=frame.index) for name, cells in columns.items()}
    return pandas.DataFrame(made)


_NEW_DTYPES: Final[Mapping[Any, str]] = {nw.Int16: "Int16", nw.Int64: "Int64", nw.Boolean: "boolean", nw.String: "string", nw.Date: "datetime64[s]"}


def check_free(frame: Any, wanted: Iterable[str]) -> None:
    """Refuse names of a frame that it is to be given, and those that a plan keeps to itself.

    Raises:
        InvalidInputError: If there are any; where the engine takes names without their case, in whatever case.
    """
    told = _told_by(frame)
    new = set(map(told, wanted))
    taken = [name for name in names_of(frame) if told(name) in new or name.startswith(PREFIX)]
    if taken:
        expected = "free for what the decision adds; rename the column, or choose a `prefix`"
        raise InvalidInputError.of("frame", [InvalidValueError(owner="frame", field=name, value=name, expected=expected) for name in taken])
