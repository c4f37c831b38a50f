"""Turns a pandas, polars or Arrow table into a polars frame with unique text names, and remembers what it was.

A pandas index with a meaning (named, or not 0, 1, 2, …) becomes columns. A column that polars cannot take is compared
as text, and the frame says so. Values are not copied where polars can share them.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from nb_assets.diff.safely import comparable_repr, short_repr, type_name

if TYPE_CHECKING:
    import polars as pl

_LIBRARIES = {"pandas", "polars", "pyarrow", "duckdb", "_duckdb"}
_FRAMES = {"DataFrame", "Series", "LazyFrame", "Table", "RecordBatch", "DuckDBPyRelation"}
# Single columns that are no series.
_COLUMNS = {"Index", "ExtensionArray", "Array", "ChunkedArray"}


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A table as polars sees it."""

    columns: dict[str, pl.Series]
    types: dict[str, str]
    """Each column's type in the words of the library that it came from."""
    type_name: str
    height: int
    """How many rows it has; a pandas frame may have rows without having columns."""
    index: tuple[str, ...] = ()
    """The columns that were a pandas index."""
    nan_is_missing: bool = False
    """Whether NaN and null mean the same, as in pandas."""
    as_text: tuple[str, ...] = field(default=())
    """Columns that could only be taken as text."""
    renamed: bool = False
    """Whether names had to be made unique."""


def is_frame(value: Any) -> bool:
    """Recognise a table without importing any library."""
    return any(
        cls.__module__.partition(".")[0] in _LIBRARIES and cls.__name__ in _FRAMES | _COLUMNS
        for cls in type(value).__mro__
    )


def as_frames(old: Any, new: Any) -> tuple[Frame, Frame]:
    """Convert both sides; an index that means something on one side is taken from both."""
    keep_index = _index_matters(old) or _index_matters(new)
    return _as_frame(old, keep_index=keep_index), _as_frame(new, keep_index=keep_index)


def _as_frame(value: Any, *, keep_index: bool) -> Frame:
    library = _library(value)
    if any(cls.__name__ in _COLUMNS for cls in type(value).__mro__):
        return replace(_as_frame(_in_a_frame(value, library), keep_index=False), type_name=type_name(value))
    if library == "pandas":
        return _from_pandas(value, keep_index=keep_index)
    if library == "pyarrow":
        return _from_arrow(value)
    if library in {"duckdb", "_duckdb"}:
        return _from_relation(value)
    return _from_polars(value)


def _in_a_frame(column: Any, library: str) -> Any:
    """Put a single column into a frame of its library; a level of an index is a column."""
    if library == "pyarrow":
        import pyarrow as pa

        return pa.table({"value": column})
    import pandas as pd

    if isinstance(column, pd.MultiIndex):
        return column.to_frame(index=False, allow_duplicates=True)
    return pd.Series(column, name=getattr(column, "name", None))


def _library(value: Any) -> str:
    packages = (cls.__module__.partition(".")[0] for cls in type(value).__mro__)
    return next(package for package in packages if package in _LIBRARIES)


def _from_polars(value: Any) -> Frame:
    import polars as pl

    if isinstance(value, pl.Series):
        data = value.to_frame()
    elif isinstance(value, pl.LazyFrame):
        data = value.collect()
    else:
        data = value
    columns = {series.name: series for series in data.get_columns()}
    types = {name: str(series.dtype) for name, series in columns.items()}
    return _frame(columns, types, type_name(value), height=data.height)


def _from_relation(value: Any) -> Frame:
    """Run a DuckDB query, and name the types as DuckDB does."""
    # Arrow takes what a relation has under one name twice. Its method had another name before DuckDB 1.4.
    fetch = getattr(value, "to_arrow_table", None) or value.fetch_arrow_table
    table = fetch()
    frame = _from_arrow(table)
    types = dict(zip(frame.columns, map(str, value.types), strict=True))
    return replace(frame, types=types, type_name="duckdb.Relation")


def _from_arrow(value: Any) -> Frame:
    import polars as pl

    names = unique_names(value.column_names)
    columns, as_text = {}, []
    for position, name in enumerate(names):
        column = value.column(position)
        # polars panics at these, and its panics print a backtrace whoever catches them.
        wide = str(column.type).startswith("decimal256")
        series = None if wide else _attempt(partial(pl.from_arrow, column), len(column))
        if series is None:
            series = _text_column(column.to_pylist())
            as_text.append(name)
        columns[name] = series
    types = {name: str(kind.type) for name, kind in zip(names, value.schema, strict=True)}
    renamed = list(names) != list(value.column_names)
    return _frame(
        columns, types, type_name(value), height=value.num_rows, as_text=tuple(as_text), renamed=renamed
    )


def _from_pandas(value: Any, *, keep_index: bool) -> Frame:
    index = (
        [(level, value.index.get_level_values(level)) for level in range(value.index.nlevels)]
        if keep_index
        else []
    )
    if hasattr(value, "columns"):
        labels = [column_label(name) for name in value.columns]
        sources = [value.iloc[:, position] for position in range(len(labels))]
    else:
        labels, sources = [column_label(value.name) if value.name is not None else "value"], [value]
    unnamed = ["index"] if len(index) == 1 else [f"level_{level}" for level, _ in index]
    index_labels = [
        default if source.name is None else column_label(source.name)
        for (_, source), default in zip(index, unnamed, strict=True)
    ]
    names = unique_names([*index_labels, *labels])
    columns, types, as_text = {}, {}, []
    for name, source in zip(names, [*(source for _, source in index), *sources], strict=True):
        series = _pandas_column(source)
        if series is None:
            series = _text_column(list(source))
            as_text.append(name)
        columns[name] = series
        types[name] = _pandas_type(source.dtype)
    return _frame(
        columns,
        types,
        type_name(value),
        height=len(value),
        index=tuple(names[: len(index)]),
        nan_is_missing=True,
        as_text=tuple(as_text),
        renamed=names[len(index) :] != labels,
    )


def _pandas_column(source: Any) -> pl.Series | None:
    import numpy as np
    import polars as pl

    dtype = source.dtype
    if isinstance(dtype, np.dtype) and dtype.kind in "iufb" and dtype != np.float16:
        return pl.Series(source.to_numpy())
    if type(dtype).__name__ in _SPOKEN:
        # Polars would take these as structs and ordinals, which nobody recognises.
        return pl.Series([None if _is_missing(value) else str(value) for value in source], dtype=pl.String)
    if str(dtype) == "object" and not _holds_one_kind(source):
        return None

    return _attempt(partial(_through_arrow, source.array), len(source))


def _through_arrow(values: Any) -> Any:
    import pandas as pd
    import polars as pl

    return pl.from_pandas(pd.Series(values, copy=False))


_SPOKEN = {"IntervalDtype", "PeriodDtype"}


def _holds_one_kind(source: Any) -> bool:
    """Whether an object column holds one kind of thing, so that Arrow confuses nothing in it."""
    from pandas.api.types import infer_dtype

    kind = infer_dtype(source, skipna=True)
    if kind in {
        "string",
        "boolean",
        "integer",
        "floating",
        "bytes",
        "date",
        "datetime",
        "timedelta",
        "decimal",
        "empty",
    }:
        return True
    return kind == "mixed" and {type(value).__name__ for value in source if not _is_missing(value)} <= {
        "list",
        "ndarray",
    }


def _pandas_type(dtype: Any) -> str:
    if str(dtype) != "category":
        return str(dtype)
    return "category (ordered)" if dtype.ordered else "category"


def column_label(name: object) -> str:
    """Write the name of a column, of several levels or no text at all, as text."""
    if isinstance(name, tuple):
        return " / ".join(column_label(part) for part in name)
    return (
        name
        if isinstance(name, str)
        else short_repr(name)
        if not isinstance(name, (int, float))
        else str(name)
    )


def _attempt(convert: Callable[[], Any], length: int) -> pl.Series | None:
    """Convert a column, or give nothing when polars refuses or loses rows."""
    import polars as pl

    with contextlib.suppress(Exception, pl.exceptions.PolarsError):
        series = convert()
        if (
            isinstance(series, pl.Series)
            and len(series) == length
            and not isinstance(series.dtype, pl.Object)
        ):
            return series
    return None


def _text_column(values: Iterable[object]) -> pl.Series:
    """Write values as text that tells ``1`` from ``True`` and ``"1"``."""
    import polars as pl

    return pl.Series(
        [None if _is_missing(value) else comparable_repr(value) for value in values], dtype=pl.String
    )


def _is_missing(value: object) -> bool:
    return (
        value is None
        or type(value).__name__ in {"NAType", "NaTType"}
        or (isinstance(value, float) and math.isnan(value))
    )


def unique_names(names: Iterable[str]) -> list[str]:
    """Make names unique, the second ``a`` to ``a (2)``, so that columns pair by their order."""
    taken: dict[str, int] = {}
    unique = []
    for name in names:
        occurrence = taken.get(name, 0) + 1
        taken[name] = occurrence
        candidate = name if occurrence == 1 else f"{name} ({occurrence})"
        while occurrence > 1 and candidate in taken:
            candidate += "*"
        taken.setdefault(candidate, 1)
        unique.append(candidate)
    return unique


def _index_matters(value: Any) -> bool:
    """Whether a pandas index says more than 0, 1, 2 and so on."""
    index: Any = getattr(value, "index", None)
    if not hasattr(index, "nlevels") or _library(value) != "pandas":
        return False
    if index.nlevels > 1 or index.name is not None:
        return True
    if type(index).__name__ == "RangeIndex":
        return bool(len(index)) and (index.start != 0 or index.step != 1)
    return bool(len(index)) and not _counts_up(index)


def _counts_up(index: Any) -> bool:
    import numpy as np

    values = index.to_numpy()
    return values.dtype.kind in "iu" and bool((values == np.arange(len(values))).all())


def _frame(
    columns: dict[str, pl.Series], types: dict[str, str], name: str, *, height: int, **more: Any
) -> Frame:
    import polars as pl

    as_text = list(more.pop("as_text", ()))
    for column, series in columns.items():
        if isinstance(series.dtype, pl.Object):
            columns[column] = _text_column(series.to_list())
            as_text.append(column)
    return Frame(columns=columns, types=types, type_name=name, height=height, as_text=tuple(as_text), **more)
