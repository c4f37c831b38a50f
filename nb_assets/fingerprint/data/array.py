"""NumPy arrays and scalars: dtype, shape and elements; not the order in memory, nor what lies between the elements.

Every NaN is the same, and zero has no sign. Arrays of plain numbers are hashed in place, at the speed of memory: the two
tests for what has to be made canonical read each block once more while it is in the processor's cache.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from nb_assets.fingerprint.data.container import encode_sequence
from nb_assets.fingerprint.data.walk import (
    UntrackedError,
    Walk,
    digest,
    is_exact,
    name_of,
    pack,
    register_named,
)

if TYPE_CHECKING:
    import numpy as np

# Half a megabyte of 8-byte numbers: small enough for the cache, large enough to make the calls cheap.
_BLOCK: Final = 65_536
# So many rows of a table that some columns of them stay in the cache.
_ROWS: Final = 8_192
_SIGN: Final = {2: -(2**15), 4: -(2**31), 8: -(2**63)}


@register_named("numpy", "ndarray")
def encode_array(value: np.ndarray[Any, Any], walk: Walk) -> bytes:
    """Encode an array; a subclass counts as another type, with its attributes."""
    import numpy as np

    kind = type(value)
    plain = np.asarray(value)
    if isinstance(value, np.ma.MaskedArray):
        plain = np.where(np.ma.getmaskarray(value), np.zeros((), value.dtype), value.data)
        extra = [np.ma.getmaskarray(value), value.fill_value]
    else:
        # A map of a file is the array that it holds.
        extra = [] if kind in (np.ndarray, np.memmap) else [getattr(value, "__dict__", None)]
    parts = [_encode_plain(plain, walk), *walk.encode_all(extra)]
    return pack(b"array", *parts) if not extra else digest(b"array+", name_of(kind), *parts)


@register_named("numpy", "generic")
def encode_generic(value: np.generic, walk: Walk) -> bytes:
    """Encode a scalar of NumPy's: it is not the Python one, nor an array without dimensions."""
    import numpy as np

    return pack(b"scalar", _encode_plain(np.asarray(value), walk))


@register_named("numpy", "dtype")
def encode_dtype(value: np.dtype[Any], _walk: Walk) -> bytes:
    """Encode a dtype."""
    return digest(b"dtype", _dtype_name(value).encode())


@register_named("numpy", "ufunc")
def encode_ufunc(value: np.ufunc, _walk: Walk) -> bytes:
    """Encode one of NumPy's functions by name, where the name leads to it: those that are made have one, too."""
    name = value.__name__
    for module in ("numpy", "scipy.special"):
        if getattr(sys.modules.get(module), name, None) is value:
            return digest(b"ufunc", name.encode())
    raise UntrackedError(f"the ufunc `{name}`, which was made of a function")


def encode_numbers(array: np.ndarray[Any, Any]) -> bytes:
    """Hash the elements of an array of plain numbers in the order of its indexes."""
    import xxhash

    state = xxhash.xxh3_128()
    for block in _blocks(array):
        state.update(_canonical(block).data)
    return pack(b"numbers", state.digest())


def encode_rows_by_column(rows: np.ndarray[Any, Any]) -> list[bytes]:
    """Encode each column of a table of numbers that lies in memory row by row, as `encode_array` would one by one.

    All columns are read in one pass, since reading them one by one would fetch all of the memory for each of them.
    """
    import numpy as np
    import xxhash

    states = [xxhash.xxh3_128() for _ in range(rows.shape[1])]
    for start in range(0, len(rows), _ROWS):
        for state, column in zip(states, np.ascontiguousarray(rows[start : start + _ROWS].T), strict=True):
            state.update(_canonical(column).data)
    head = _head(rows[:, 0])
    return [pack(b"array", pack(b"plain", head, pack(b"numbers", state.digest()))) for state in states]


def _head(array: np.ndarray[Any, Any]) -> bytes:
    return pack(b"head", _dtype_name(array.dtype).encode(), ",".join(map(str, array.shape)).encode())


def _encode_plain(array: np.ndarray[Any, Any], walk: Walk) -> bytes:
    dtype = array.dtype
    head = _head(array)
    if dtype.names is not None:
        fields = [_encode_plain(array[name], walk) for name in dtype.names]
        return pack(b"fields", head, digest(b"each", *fields))
    if dtype.hasobject or dtype.kind == "T":
        return pack(b"objects", head, encode_sequence(b"cells", array.ravel().tolist(), walk))
    return pack(b"plain", head, encode_numbers(array))


def _dtype_name(dtype: np.dtype[Any]) -> str:
    """Return the whole dtype as text, but not where its fields lie in memory."""
    if dtype.subdtype is not None:
        base, shape = dtype.subdtype
        return f"{_dtype_name(base)}{shape}"
    if dtype.names is not None:
        return "{" + ",".join(f"{name!r}:{_dtype_name(dtype[name])}" for name in dtype.names) + "}"
    return repr(dtype) if dtype.kind == "T" else dtype.str


def _blocks(array: np.ndarray[Any, Any]) -> Iterator[np.ndarray[Any, Any]]:
    """Yield the elements in the order of the indexes, in flat contiguous blocks."""
    import numpy as np

    if array.flags.c_contiguous:
        flat = array.reshape(-1)
        for start in range(0, flat.size, _BLOCK):
            yield flat[start : start + _BLOCK]
        return
    # Never copied as a whole: a block of rows at a time.
    rows = max(1, _BLOCK * len(array) // max(1, array.size))
    for start in range(0, len(array), rows):
        part = np.ascontiguousarray(array[start : start + rows]).reshape(-1)
        for inner in range(0, part.size, _BLOCK):
            yield part[inner : inner + _BLOCK]


def _canonical(block: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return a block in which every NaN is the same and no zero has a sign, as bytes."""
    import numpy as np

    kind = block.dtype.kind
    if kind not in "fc":
        return block.view(np.uint8)
    if not block.dtype.isnative:
        block = block.astype(block.dtype.newbyteorder("="))
    if kind == "c":
        block = block.view(block.real.dtype)
    size = block.dtype.itemsize
    if size not in _SIGN:
        return _canonical_long(block)
    # As an integer, -0.0 is the smallest there is; and the maximum is NaN when any element is. (So is a dot product,
    # a little faster on an idle machine, but BLAS would start threads for it and wait for them on a busy one.)
    missing = np.isnan(np.maximum.reduce(block))
    if missing or np.minimum.reduce(block.view(f"i{size}")) == _SIGN[size]:
        # A copy, in which -0.0 has become 0.0, unless for code.
        block = block.copy() if is_exact() else block + block.dtype.type(0)
        if missing:
            block[np.isnan(block)] = np.nan
    return block.view(np.uint8)


def _canonical_long(block: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return long doubles in a form without their padding bytes."""
    import numpy as np

    mantissa, exponent = np.frexp(block)
    high = mantissa.astype(np.float64)
    low = (mantissa - high).astype(np.float64)
    parts = np.stack([high, low, exponent.astype(np.float64)])
    parts[:, np.isnan(high)] = np.nan
    parts[1:][parts[1:] == 0] = 0
    if not is_exact():
        parts[0][parts[0] == 0] = 0
    return np.ascontiguousarray(parts).reshape(-1).view(np.uint8)
