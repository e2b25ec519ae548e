"""pandas: a plan carried out by NumPy, over cells in types that have a null, which pandas has several ways to write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

import attrs
import narwhals as nw

from revisit_policy.frames.columns.binding import Binding, BoundColumn, Form
from revisit_policy.frames.columns.cells import EXACT
from revisit_policy.frames.engines.engine import Engine, Prepared
from revisit_policy.frames.engines.masked import Masked
from revisit_policy.frames.engines.of_numpy import carried_out
from revisit_policy.frames.expressions.given import Values
from revisit_policy.frames.expressions.stages import PREFIX
from revisit_policy.frames.expressions.truth import ALWAYS, UNKNOWN
from revisit_policy.frames.outputs.output import Output
from revisit_policy.frames.outputs.plan import Plan
from revisit_policy.frames.outputs.words import Words

#: Stands in whole numbers for what is none: outside every domain and every exact bound.
BEYOND: Final = -(2**62)


@attrs.frozen
class OnPandas(Engine):
    """Frames of pandas, whose cells are held by NumPy, by pandas itself or by Arrow."""

    name: ClassVar[str] = "pandas"
    makes_frames: ClassVar[bool] = True
    is_loosely_typed: ClassVar[bool] = True

    def owns(self, native: object) -> bool:
        """By its frame."""
        return bool(nw.dependencies.is_pandas_dataframe(native))

    def native_types(self, native: Any) -> Mapping[str, str]:
        """Column by column."""
        return {name: str(native[name].dtype) for name in native.columns}

    def types_seen(self, native: Any, dtypes: dict[str, Any]) -> dict[str, Any]:
        """Plain Python objects by what they hold; floats of nothing but nulls as no type at all."""
        infer = nw.dependencies.get_pandas().api.types.infer_dtype
        for name in native.columns:
            if native[name].dtype == object:
                dtypes[name] = _OBJECTS.get(infer(native[name], skipna=True), dtypes[name])
            elif dtypes[name] in {nw.Float32, nw.Float64} and len(native) and native[name].isna().all():
                dtypes[name] = None
        return dtypes

    def prepare(self, native: Any, binding: Binding) -> Prepared:
        """The bound columns alone, in types that have a null, whatever types they came in, and the two constants."""
        pandas = nw.dependencies.get_pandas()
        made = {source.name: _nullable(native[source.name], source, pandas) for source in binding.columns if source.form is not Form.EMPTY}
        columns = tuple(attrs.evolve(source, form=_FORMS.get(source.form, source.form)) for source in binding.columns)
        rows = len(native)
        made |= {ALWAYS: pandas.array([True] * rows, dtype="boolean"), UNKNOWN: pandas.array([None] * rows, dtype="boolean")}
        cells = pandas.DataFrame(made, index=native.index)
        return Prepared(native=native, frame=nw.from_native(cells), binding=attrs.evolve(binding, columns=columns))

    def run(self, plan: Plan, prepared: Prepared, outputs: Mapping[str, Output], values: Values) -> Any:
        """The outputs in types that have a null, beside the frame as it came."""
        pandas, native, cells = nw.dependencies.get_pandas(), prepared.native, nw.to_native(prepared.frame)
        made = carried_out(plan, {name: _masked(cells[name].array) for name in cells.columns}, values)
        added = {name: _finished(made[PREFIX + output.name], output, pandas, rows=len(native)) for name, output in outputs.items()}
        return pandas.concat([native, pandas.DataFrame(added, index=native.index)], axis=1)

    def worded(self, native: Any, words: Mapping[str, Words]) -> Any:
        """One code at a time: `map` makes floats of whole numbers beside a null, and those lose bits."""
        return native.assign(**{name: _texts(native[name], found) for name, found in words.items()})

    def new(self, columns: Mapping[str, list[Any]], dtypes: Mapping[str, Any]) -> Any:
        """Column by column, in types that have a null."""
        frame = nw.to_native(nw.from_dict({name: [None] * len(cells) for name, cells in columns.items()}, backend="pandas"))
        pandas = nw.dependencies.get_pandas()
        made = {name: pandas.Series(cells, dtype=_NEW_DTYPES.get(dtypes[name], "object"), index=frame.index) for name, cells in columns.items()}
        return pandas.DataFrame(made)


_OBJECTS: Final[Mapping[str, Any]] = {"boolean": nw.Boolean, "string": nw.String, "decimal": nw.Decimal(38, 11), "empty": None}

_NEW_DTYPES: Final[Mapping[Any, str]] = {nw.Int16: "Int16", nw.Int64: "Int64", nw.Boolean: "boolean", nw.String: "string", nw.Date: "datetime64[s]"}

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


def _masked(cells: Any) -> Masked:
    """The cells of a type that has a null."""
    gone = cells.isna()
    kind, nothing = _KINDS[cells.dtype.kind]
    return Masked(cells.to_numpy(dtype=kind, na_value=nothing), gone if gone.any() else None)


_KINDS: Final[Mapping[str, tuple[str, Any]]] = {"b": ("bool", False), "i": ("int64", 0), "f": ("float64", 0.0)}


def _finished(made: Masked, output: Output, pandas: Any, *, rows: int) -> Any:
    """A column in the type that it is handed out in; days have been numbers until here."""
    numpy = nw.dependencies.get_numpy()
    values = numpy.broadcast_to(made.values, rows)
    gone = numpy.broadcast_to(numpy.asarray(a=False) if made.gone is None else made.gone, rows).copy()
    if output.dtype == nw.String:
        return pandas.array(numpy.where(gone, None, values), dtype="string")
    if output.dtype == nw.Boolean:
        return pandas.arrays.BooleanArray(values.copy(), gone)
    if output.dtype != nw.Date:
        return pandas.arrays.IntegerArray(numpy.where(gone, 0, values).astype(_WHOLE[output.dtype]), gone)
    days = values.astype("datetime64[D]").astype("datetime64[s]")
    days[gone] = numpy.datetime64("NaT", "s")
    return days


_WHOLE: Final[Mapping[Any, str]] = {nw.Int16: "int16", nw.Int64: "int64"}


def _texts(codes: Any, words: Words) -> Any:
    """The words of a column of codes."""
    missing = codes.isna()
    return nw.dependencies.get_pandas().array([None if gone else words.text(int(code)) for code, gone in zip(codes, missing, strict=True)], dtype="string")
