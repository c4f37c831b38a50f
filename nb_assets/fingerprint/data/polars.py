"""polars frames and series: names, dtypes and values, through Arrow. A lazy frame is a query and has no content yet."""

from __future__ import annotations

from typing import Any, Final

from nb_assets.fingerprint.data.arrow import encode_column
from nb_assets.fingerprint.data.container import encode_sequence
from nb_assets.fingerprint.data.walk import UntrackedError, Walk, digest, register_named

# By this polars marks Python functions in what it writes.
_PYTHON: Final = b"PLPYFN"


@register_named("polars", "DataFrame")
def encode_frame(value: Any, walk: Walk) -> bytes:
    """Encode a frame column by column."""
    return digest(
        b"polars frame",
        str(value.height).encode(),
        *(_encode_series(series, walk) for series in value.get_columns()),
    )


@register_named("polars", "Series")
def encode_series(value: Any, walk: Walk) -> bytes:
    """Encode a series."""
    return digest(b"polars series", _encode_series(value, walk))


@register_named("polars", "LazyFrame")
def encode_lazy(_value: Any, _walk: Walk) -> bytes:
    """Refuse a query that has not run."""
    raise UntrackedError("a polars LazyFrame, which is a query that has not run; `.collect()` it")


@register_named("polars", "Expr")
def encode_expression(value: Any, walk: Walk) -> bytes:
    """Encode an expression as polars writes it, unless it calls a Python function, which is pickled with all it reaches."""
    state = value.__getstate__()
    if _PYTHON in state:
        raise UntrackedError("a polars expression that calls a Python function")
    return digest(b"polars expression", state)


def _encode_series(series: Any, walk: Walk) -> bytes:
    import polars as pl

    # The whole dtype, in which polars shortens nothing: units, time zones, categories, fields.
    name, dtype = walk.encode(series.name), walk.encode(_dtype_parts(series.dtype))
    if series.dtype == pl.Object:
        return digest(b"objects", name, dtype, encode_sequence(b"cells", series.to_list(), walk))
    try:
        column = series.to_arrow()
    except (pl.exceptions.PolarsError, NotImplementedError, ValueError, TypeError):
        # Types that Arrow has no room for, such as 128-bit integers.
        return digest(b"cells", name, dtype, encode_sequence(b"cells", series.to_list(), walk))
    return digest(b"column", name, dtype, encode_column(column, walk))


def _dtype_parts(dtype: Any) -> Any:
    """Return a dtype as nested tuples of texts."""
    name = dtype.base_type().__name__
    if fields := getattr(dtype, "fields", None):
        return (name, *((field.name, _dtype_parts(field.dtype)) for field in fields))
    if (inner := getattr(dtype, "inner", None)) is not None:
        return (name, repr(getattr(dtype, "shape", None)), _dtype_parts(inner))
    if name == "Enum":
        return (name, *dtype.categories.to_list())
    return (name, "" if name == "Categorical" else repr(dtype))
