"""What the content of a value is, as bytes: one module a kind of value, each registering its types with the walk."""

from __future__ import annotations

from nb_assets.fingerprint.data import (
    array,
    arrow,
    container,
    dataframe,
    figure,
    image,
    object,  # noqa: A004 - the kind of value is called so
    polars,
    scalar,
    sparse,
)

__all__ = [
    "array",
    "arrow",
    "container",
    "dataframe",
    "figure",
    "image",
    "object",
    "polars",
    "scalar",
    "sparse",
]
