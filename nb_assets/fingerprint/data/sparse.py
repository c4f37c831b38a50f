"""Sparse matrices of SciPy: format, dtype, shape and elements; not in which order they were put in, nor zeros among them."""

from __future__ import annotations

from typing import Any

from nb_assets.fingerprint.data.walk import Walk, digest, name_of, register_named


@register_named("scipy", "_spbase", "spmatrix", "sparray")
def encode_sparse(value: Any, walk: Walk) -> bytes:
    """Encode a matrix by its elements that are not zero, in the order of their places."""
    import numpy as np

    # What it notes down of itself, such as whether it is sorted, changes as it is used.
    elements = value.tocoo(copy=True)
    elements.sum_duplicates()
    elements.eliminate_zeros()
    places = elements.coords if hasattr(elements, "coords") else (elements.row, elements.col)
    content = (
        str(value.dtype),
        tuple(value.shape),
        [np.asarray(place, dtype="i8") for place in places],
        elements.data,
    )
    return digest(b"sparse", name_of(type(value)), walk.encode(content))
