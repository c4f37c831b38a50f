"""Arrow tables and arrays: types and values; not how they are cut into chunks, sliced or dictionary-encoded.

Null is not NaN. What a buffer holds where a value is null, or outside a slice, does not count. Neither does metadata.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from nb_assets.fingerprint.data.array import encode_numbers
from nb_assets.fingerprint.data.container import encode_sequence
from nb_assets.fingerprint.data.walk import Walk, digest, pack, register_named

if TYPE_CHECKING:
    import numpy as np

_BYTE: Final = 8


@register_named("pyarrow", "Table", "RecordBatch")
def encode_table(value: Any, walk: Walk) -> bytes:
    """Encode a table: names and types in their order, and each column."""
    name = type(value).__name__.encode()
    fields = [pack(b"field", walk.encode(field.name), b"01"[field.nullable :][:1]) for field in value.schema]
    columns = [encode_column(column, walk) for column in value.columns]
    # Metadata is no data, but code can see it.
    said = (
        [walk.encode(value.schema.metadata)] if walk.functions is not None and value.schema.metadata else []
    )
    return digest(b"table", name, str(value.num_rows).encode(), *fields, *columns, *said)


@register_named("pyarrow", "Array", "ChunkedArray")
def encode_arrow_array(value: Any, walk: Walk) -> bytes:
    """Encode an array; in chunks or not is another type, but how many chunks is not."""
    kind = b"chunked" if hasattr(value, "chunks") else b"array"
    return digest(b"arrow", kind, encode_column(value, walk))


@register_named("pyarrow", "Scalar")
def encode_scalar(value: Any, walk: Walk) -> bytes:
    """Encode a scalar like an array of one."""
    import pyarrow as pa

    return digest(b"arrow scalar", encode_column(pa.array([value.as_py()], type=value.type), walk))


@register_named("pyarrow", "DataType", "Schema", "Field")
def encode_type(value: Any, _walk: Walk) -> bytes:
    """Encode a type or a schema by its text, without metadata."""
    kind = type(value).__name__.encode()
    bare = value.remove_metadata() if hasattr(value, "remove_metadata") else value
    return digest(b"arrow type", kind, str(bare).encode())


def encode_column(column: Any, walk: Walk) -> bytes:
    """Encode type and values of an array, in chunks or not."""
    chunks = list(getattr(column, "chunks", [column]))
    return digest(b"column", _type_name(column.type).encode(), _encode(column.type, chunks, walk))


def _type_name(kind: Any) -> str:
    """Return a type as text; how wide the indexes of a dictionary are is a matter of encoding."""
    import pyarrow as pa

    if pa.types.is_dictionary(kind):
        return f"dictionary<{_type_name(kind.value_type)}, ordered={kind.ordered}>"
    return str(kind)


def _encode(kind: Any, chunks: Sequence[Any], walk: Walk) -> bytes:  # noqa: PLR0911 - a table of types
    """Encode the values of chunks of one type."""
    import pyarrow as pa

    is_ = pa.types
    if isinstance(kind, pa.BaseExtensionType):
        return _encode(kind.storage_type, [chunk.storage for chunk in chunks], walk)
    if (plain := _decoded(kind)) is not None:
        return _encode(plain[0], [plain[1](chunk) for chunk in chunks], walk)
    validity = _encode_validity(chunks)
    if is_.is_null(kind):
        return validity
    if is_.is_boolean(kind):
        return pack(b"bools", validity, _stream(_booleans(chunk) for chunk in chunks))
    if is_.is_string(kind) or is_.is_large_string(kind) or is_.is_binary(kind) or is_.is_large_binary(kind):
        texts = [_texts(chunk) for chunk in chunks]
        return pack(b"texts", validity, _lengths(chunks), _stream(texts))
    if is_.is_list(kind) or is_.is_large_list(kind):
        return pack(b"lists", validity, _lengths(chunks), _encode(kind.value_type, _flat(chunks), walk))
    if is_.is_fixed_size_list(kind):
        return pack(b"lists", validity, _encode(kind.value_type, _flat(chunks), walk))
    if is_.is_struct(kind):
        members = [chunk.flatten() for chunk in chunks]
        fields = [
            _encode(kind.field(at).type, [member[at] for member in members], walk)
            for at in range(kind.num_fields)
        ]
        return pack(b"structs", validity, *fields)
    try:
        width = kind.bit_width // _BYTE
    except ValueError:
        # Maps, unions and what is yet to come.
        return encode_sequence(b"cells", [cell for chunk in chunks for cell in chunk.to_pylist()], walk)
    return pack(b"numbers", validity, _stream_numbers(kind, width, chunks))


def _decoded(kind: Any) -> tuple[Any, Any] | None:
    """Return the type of the same values without an encoding, and how to get there; None when there is no encoding."""
    import pyarrow as pa
    import pyarrow.compute as pc

    is_ = pa.types
    if is_.is_dictionary(kind):
        return kind.value_type, lambda chunk: chunk.dictionary_decode()
    if getattr(is_, "is_run_end_encoded", lambda _: False)(kind):
        return kind.value_type, pc.run_end_decode
    if getattr(is_, "is_string_view", lambda _: False)(kind):
        return pa.large_string(), lambda chunk: chunk.cast(pa.large_string())
    if getattr(is_, "is_binary_view", lambda _: False)(kind):
        return pa.large_binary(), lambda chunk: chunk.cast(pa.large_binary())
    return None


def _encode_validity(chunks: Sequence[Any]) -> bytes:
    count = sum(map(len, chunks)).to_bytes(8, "little")
    if not any(chunk.null_count for chunk in chunks):
        return pack(b"all", count)
    return pack(b"some", count, _stream(_valid(chunk) for chunk in chunks))


def _valid(chunk: Any) -> np.ndarray[Any, Any]:
    import numpy as np

    return chunk.is_valid().to_numpy(zero_copy_only=False).view(np.uint8)  # type: ignore[no-any-return]


def _booleans(chunk: Any) -> np.ndarray[Any, Any]:
    import numpy as np

    return chunk.fill_null(False).to_numpy(zero_copy_only=False).view(np.uint8)  # type: ignore[no-any-return] # noqa: FBT003


def _offsets(chunk: Any) -> np.ndarray[Any, Any]:
    import numpy as np
    import pyarrow as pa

    large = (
        pa.types.is_large_string(chunk.type)
        or pa.types.is_large_binary(chunk.type)
        or pa.types.is_large_list(chunk.type)
    )
    buffer = chunk.buffers()[1]
    if buffer is None or not len(chunk):
        return np.zeros(1, dtype=np.int64)
    offsets = np.frombuffer(buffer, dtype=np.int64 if large else np.int32)
    return offsets[chunk.offset : chunk.offset + len(chunk) + 1]


def _lengths(chunks: Sequence[Any]) -> bytes:
    """Hash how long each text or list is; a null one has no length."""
    import numpy as np

    def lengths(chunk: Any) -> np.ndarray[Any, Any]:
        found = np.diff(_offsets(chunk)).astype(np.int64)
        if chunk.null_count:
            found *= _valid(chunk)
        return found.view(np.uint8)

    return _stream(lengths(chunk) for chunk in chunks)


def _texts(chunk: Any) -> np.ndarray[Any, Any]:
    """Return the bytes of all texts that are not null, one after the other."""
    import numpy as np

    if chunk.null_count:
        chunk = chunk.drop_null()
    offsets = _offsets(chunk)
    data = chunk.buffers()[2]
    if data is None or not len(chunk):
        return np.empty(0, dtype=np.uint8)
    return np.frombuffer(data, dtype=np.uint8)[int(offsets[0]) : int(offsets[-1])]


def _flat(chunks: Sequence[Any]) -> list[Any]:
    # Flattening leaves out what lies behind a null and outside a slice.
    return [chunk.flatten() for chunk in chunks]


def _stream_numbers(kind: Any, width: int, chunks: Sequence[Any]) -> bytes:
    import numpy as np
    import pyarrow as pa

    def numbers(chunk: Any) -> np.ndarray[Any, Any]:
        dtype = f"f{width}" if pa.types.is_floating(kind) else f"V{width}"
        buffer = chunk.buffers()[1]
        if buffer is None or not len(chunk):
            return np.empty(0, dtype=dtype)
        values = np.frombuffer(buffer, dtype=dtype, count=len(chunk), offset=chunk.offset * width)
        if chunk.null_count:
            values = values.copy()
            values[_valid(chunk) == 0] = np.zeros((), dtype=dtype)
        return values

    parts = [numbers(chunk) for chunk in chunks]
    return encode_numbers(parts[0] if len(parts) == 1 else _joined(parts))


def _joined(parts: Sequence[Any]) -> Any:
    import numpy as np

    return np.concatenate(parts) if parts else np.empty(0, dtype=np.uint8)


def _stream(parts: Any) -> bytes:
    """Hash the bytes of several arrays as those of one."""
    import xxhash

    state = xxhash.xxh3_128()
    for part in parts:
        state.update(part)
    return pack(b"stream", state.digest())
