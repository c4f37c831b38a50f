"""pandas: frames, series, indexes, their arrays and scalars.

What counts: labels, names, dtypes, order, values, categories and their order. What does not: how blocks lie in memory,
where strings are stored, a RangeIndex against the same numbers, the freq of an index, `attrs`. None, NaN, NaT and NA in a
column of objects are four different things.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nb_assets.fingerprint.data.array import encode_array, encode_numbers, encode_rows_by_column
from nb_assets.fingerprint.data.arrow import encode_column
from nb_assets.fingerprint.data.container import encode_sequence
from nb_assets.fingerprint.data.scalar import zone_parts
from nb_assets.fingerprint.data.walk import (
    Walk,
    digest,
    is_exact,
    name_of,
    pack,
    register_named,
)

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


@register_named("pandas", "DataFrame")
def encode_frame(value: pd.DataFrame, walk: Walk) -> bytes:
    """Encode a frame: labels, index, and each column."""
    columns = _encode_row_by_row(value) or [_encode_values(column.array, walk) for _, column in value.items()]
    return digest(
        b"frame",
        _subclass(value, walk),
        _encode_labels(value.columns, walk),
        _encode_index(value.index, walk),
        *columns,
        *_attrs(value, walk),
    )


@register_named("pandas", "Series")
def encode_series(value: pd.Series[Any], walk: Walk) -> bytes:
    """Encode a series: name, index and values."""
    parts = (walk.encode(value.name), _encode_index(value.index, walk), _encode_values(value.array, walk))
    return digest(b"series", _subclass(value, walk), *parts, *_attrs(value, walk))


@register_named("pandas", "Index")
def encode_index(value: pd.Index[Any], walk: Walk) -> bytes:
    """Encode an index."""
    return digest(b"index", _encode_index(value, walk))


@register_named("pandas", "ExtensionArray")
def encode_extension_array(value: Any, walk: Walk) -> bytes:
    """Encode an array of pandas' own."""
    return digest(b"pandas array", _encode_values(value, walk))


@register_named("pandas", "ExtensionDtype")
def encode_dtype(value: Any, walk: Walk) -> bytes:
    """Encode a dtype by an empty array of it."""
    import pandas as pd

    return digest(b"pandas dtype", _encode_values(pd.array([], dtype=value), walk))


@register_named("pandas", "Timestamp")
def encode_timestamp(value: pd.Timestamp, walk: Walk) -> bytes:
    """Encode a moment to the nanosecond, and its time zone; the unit that it is kept in does not count."""
    naive = value.tz_localize(None).isoformat(timespec="nanoseconds")
    return pack(b"timestamp", naive.encode(), *zone_parts(value, walk))


@register_named("pandas", "Timedelta")
def encode_timedelta(value: pd.Timedelta, _walk: Walk) -> bytes:
    """Encode a duration to the nanosecond; the unit that it is kept in does not count."""
    return pack(
        b"pandas timedelta", f"{value.days},{value.seconds},{value.microseconds},{value.nanoseconds}".encode()
    )


@register_named("pandas", "Period")
def encode_period(value: pd.Period, _walk: Walk) -> bytes:
    """Encode a span of time by frequency and number."""
    return pack(b"period", value.freqstr.encode(), str(value.ordinal).encode())


@register_named("pandas", "NaTType", "NAType")
def encode_missing(value: Any, _walk: Walk) -> bytes:
    """Encode one of pandas' two signs for what is missing."""
    return pack(b"missing", type(value).__name__.encode())


def _attrs(value: Any, walk: Walk) -> list[bytes]:
    """Encode the attributes of a frame for code, which can see them; as data they do not count."""
    return [walk.encode(value.attrs)] if walk.functions is not None and value.attrs else []


def _subclass(value: Any, walk: Walk) -> bytes:
    """Encode what a subclass adds: its name and the attributes that it declares."""
    kind = type(value)
    if kind.__module__.partition(".")[0] == "pandas":
        return b""
    declared = value._metadata  # noqa: SLF001 - pandas documents it for subclasses
    return pack(
        b"subclass", name_of(kind), walk.encode({name: getattr(value, name, None) for name in declared})
    )


def _encode_row_by_row(frame: pd.DataFrame) -> list[bytes] | None:
    """Encode the columns of a frame made of one array that lies in memory row by row; None for any other frame."""
    import numpy as np

    dtypes = set(frame.dtypes)
    if len(dtypes) != 1 or len(frame) <= 1 or frame.shape[1] <= 1:
        return None
    (dtype,) = dtypes
    if not isinstance(dtype, np.dtype) or dtype.kind not in "biufc":
        return None
    if frame.iloc[:, 0].to_numpy().strides[0] == dtype.itemsize:
        return None
    return encode_rows_by_column(frame.to_numpy())


def _encode_labels(index: pd.Index[Any], walk: Walk) -> bytes:
    """Encode the labels of columns; texts are texts, whether the index calls them objects or strings."""
    import pandas as pd

    names = walk.encode(list(index.names))
    if isinstance(index, pd.MultiIndex) or index.dtype == object or isinstance(index.dtype, pd.StringDtype):
        return digest(b"labels", names, encode_sequence(b"cells", list(index), walk))
    return digest(b"labels+", names, _encode_index(index, walk))


def _encode_index(index: pd.Index[Any], walk: Walk) -> bytes:
    """Encode an index by its names and values: numbers are numbers, whether or not they are kept as a range."""
    import pandas as pd

    names = walk.encode(list(index.names))
    if is_exact() and (freq := getattr(index, "freqstr", None)) is not None:
        names = digest(b"freq", names, freq.encode())
    if isinstance(index, pd.MultiIndex):
        levels = [_encode_values(index.get_level_values(at).array, walk) for at in range(index.nlevels)]
        return digest(b"levels", names, *levels)
    return digest(b"level", names, _encode_values(index.array, walk))


def _encode_values(array: Any, walk: Walk) -> bytes:
    """Encode dtype and values of one of pandas' arrays."""
    import numpy as np
    import pandas as pd

    dtype = array.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        categories = _encode_index(dtype.categories.rename(None), walk)
        return digest(b"categorical", b"ordered" if dtype.ordered else b"", categories, _numbers(array.codes))
    if isinstance(dtype, pd.IntervalDtype):
        ends = [_encode_values(end.array, walk) for end in (array.left, array.right)]
        return digest(b"interval", str(dtype.closed).encode(), *ends)
    if isinstance(dtype, pd.StringDtype):
        return digest(b"string", b"nan" if dtype.na_value is not pd.NA else b"NA", _strings(array, walk))
    if isinstance(dtype, pd.SparseDtype):
        return digest(b"sparse", walk.encode(dtype.fill_value), encode_array(np.asarray(array), walk))
    if (integers := getattr(array, "asi8", None)) is not None:
        return digest(b"time", str(dtype).encode(), _numbers(integers))
    if isinstance(array, pd.arrays.NumpyExtensionArray):
        return encode_array(array.to_numpy(), walk)
    if hasattr(array, "__arrow_array__"):
        return digest(b"arrow", str(dtype).encode(), encode_column(array.__arrow_array__(), walk))
    return digest(b"others", walk.encode(str(dtype)), encode_sequence(b"cells", list(array), walk))


def _strings(array: Any, walk: Walk) -> bytes:
    import pyarrow as pa

    return encode_column(pa.array(array, type=pa.large_string()), walk)


def _numbers(values: np.ndarray[Any, Any]) -> bytes:
    return pack(b"numbers", values.dtype.str.encode(), str(len(values)).encode(), encode_numbers(values))
