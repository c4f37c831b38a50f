"""Scalars of Python: numbers, texts, bytes, moments, paths.

Scalars of different types differ even when Python calls them equal (1, 1.0, True); those of one type that are equal are
the same: 0.0 and -0.0, Decimal("1.0") and Decimal("1.00"), any NaN and any other. Moments in different time zones differ.
"""

from __future__ import annotations

import datetime as dt
import decimal
import math
import pathlib
import re
import struct
import sys
import zoneinfo
from array import array
from collections.abc import Callable, Sequence
from types import EllipsisType, NotImplementedType
from typing import Any, Final

from nb_assets.fingerprint.data.walk import (
    Walk,
    digest,
    is_exact,
    pack,
    register_atom,
    register_exact,
    register_family,
)

_NAN: Final = struct.pack("<d", math.nan)
_LONG: Final = 64


def _sized(tag: bytes, payload: bytes) -> bytes:
    """Return a payload, or its hash when it is long."""
    return pack(tag, payload) if len(payload) <= _LONG else digest(tag + b"#", payload)


def float_bytes(value: float) -> bytes:
    """Return the one form of a float: NaN is NaN, and zero has no sign, unless for code."""
    if value != value:  # noqa: PLR0124 - that is what NaN is
        return _NAN
    return struct.pack("<d", value if value or is_exact() else 0.0)


@register_atom(type(None), EllipsisType, NotImplementedType)
def encode_singleton(value: object) -> bytes:
    """Encode None and its like by name."""
    return pack(b"single", repr(value).encode())


@register_atom(bool)
def encode_bool(value: bool) -> bytes:  # noqa: FBT001 - the value itself
    """Encode a bool."""
    return pack(b"bool", b"1" if value else b"0")


@register_atom(int)
def encode_int(value: int) -> bytes:
    """Encode an int of any size."""
    return _sized(b"int", value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True))


@register_atom(float)
def encode_float(value: float) -> bytes:
    """Encode a float."""
    return pack(b"float", float_bytes(value))


@register_atom(complex)
def encode_complex(value: complex) -> bytes:
    """Encode a complex number."""
    return pack(b"complex", float_bytes(value.real) + float_bytes(value.imag))


@register_atom(str)
def encode_str(value: str) -> bytes:
    """Encode a text, lone surrogates included."""
    return _sized(b"str", value.encode("utf-8", "surrogatepass"))


@register_atom(bytes)
def encode_bytes(value: bytes) -> bytes:
    """Encode bytes."""
    return _sized(b"bytes", value)


@register_atom(bytearray)
def encode_bytearray(value: bytearray) -> bytes:
    """Encode bytes that can be changed."""
    return _sized(b"bytearray", bytes(value))


@register_exact(memoryview)
def encode_memoryview(value: memoryview, walk: Walk) -> bytes:
    """Encode a view of memory by format, shape and content."""
    return digest(b"memoryview", walk.encode((value.format, tuple(value.shape or ()))), value.tobytes())


@register_exact(array)
def encode_packed(value: array[Any], walk: Walk) -> bytes:
    """Encode an array of the standard library by its kind and its numbers, or characters."""
    return digest(b"array", walk.encode((value.typecode, value.tolist())))


@register_atom(decimal.Decimal)
def encode_decimal(value: decimal.Decimal) -> bytes:
    """Encode a decimal number by its value, so that trailing zeros do not count."""
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        return pack(b"decimal", b"nan" if value.is_nan() else str(value).encode())
    text = "".join(map(str, digits))
    stripped = text.rstrip("0")
    if is_exact() and stripped != text:
        return _sized(b"decimal", str(value).encode())
    if not stripped:
        return pack(b"decimal", b"0")
    exponent += len(text) - len(stripped)
    return _sized(b"decimal", f"{'-' if sign else ''}{stripped.lstrip('0')}e{exponent}".encode())


@register_atom(range)
def encode_range(value: range) -> bytes:
    """Encode a range by the numbers in it, as ranges are compared."""
    numbers = [len(value), *value[:1], *([value.step] if len(value) > 1 else [])]
    if is_exact():
        numbers = [value.start, value.stop, value.step]
    return _sized(
        b"range", b",".join(b"%x" % number if number >= 0 else b"-%x" % -number for number in numbers)
    )


@register_exact(slice)
def encode_slice(value: slice, walk: Walk) -> bytes:
    """Encode a slice by its three parts."""
    return digest(b"slice", walk.encode((value.start, value.stop, value.step)))


@register_atom(dt.date)
def encode_date(value: dt.date) -> bytes:
    """Encode a date."""
    return pack(b"date", value.isoformat().encode())


@register_atom(dt.timedelta)
def encode_timedelta(value: dt.timedelta) -> bytes:
    """Encode a duration."""
    return pack(b"timedelta", f"{value.days},{value.seconds},{value.microseconds}".encode())


@register_exact(dt.datetime)
def encode_datetime(value: dt.datetime, walk: Walk) -> bytes:
    """Encode a moment: the clock's reading and the time zone."""
    return pack(b"datetime", value.replace(tzinfo=None).isoformat().encode(), *zone_parts(value, walk))


@register_exact(dt.time)
def encode_time(value: dt.time, walk: Walk) -> bytes:
    """Encode a time of day and its time zone."""
    return pack(b"time", value.replace(tzinfo=None).isoformat().encode(), *zone_parts(value, walk))


def zone_parts(value: dt.datetime | dt.time, walk: Walk) -> tuple[bytes, ...]:
    """Return the time zone and its offset at that moment; nothing for a naive one."""
    if value.tzinfo is None:
        return ()
    return walk.encode(value.tzinfo), str(value.utcoffset()).encode()


@register_family(dt.timezone, zoneinfo.ZoneInfo)
def encode_zone(value: dt.tzinfo, _walk: Walk) -> bytes:
    """Encode a time zone by name; all the ways to say UTC are one."""
    if str(value) == "UTC":
        return pack(b"zone", b"UTC")
    return pack(b"zone", str(value).encode(), str(value.utcoffset(None)).encode())


@register_family(pathlib.PurePath)
def encode_path(value: pathlib.PurePath, _walk: Walk) -> bytes:
    """Encode a path as text; what it leads to does not count."""
    flavour = b"windows" if isinstance(value, pathlib.PureWindowsPath) else b"posix"
    concrete = b"concrete" if isinstance(value, pathlib.Path) else b"pure"
    return _sized(b"path/" + flavour + b"/" + concrete, str(value).encode("utf-8", "surrogatepass"))


@register_exact(re.Pattern)
def encode_pattern(value: re.Pattern[Any], walk: Walk) -> bytes:
    """Encode a regular expression."""
    return digest(b"pattern", walk.encode((value.pattern, value.flags)))


# ---------------------------------------------------------------- many scalars at once


def _integers(values: Sequence[int]) -> tuple[bytes, ...]:
    try:
        return (_little(array("q", values)),)
    except OverflowError:
        # Hexadecimal, since Python refuses to write very long ints in decimal.
        return (b"wide", " ".join(map(hex, values)).encode())


def _floats(values: Sequence[float]) -> tuple[bytes, ...]:
    if 0.0 in values and not is_exact():
        values = [value + 0.0 for value in values]
    if math.isnan(sum(values)):
        values = [math.nan if value != value else value for value in values]  # noqa: PLR0124 - NaN
    return (_little(array("d", values)),)


def _texts(values: Sequence[str]) -> tuple[bytes, ...]:
    return _little(array("q", map(len, values))), "".join(values).encode("utf-8", "surrogatepass")


def _byte_strings(values: Sequence[bytes]) -> tuple[bytes, ...]:
    return _little(array("q", map(len, values))), b"".join(values)


def _little(numbers: array[Any]) -> bytes:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


_STREAMS: Final[dict[type, tuple[int, bytes, Callable[[Any], tuple[bytes, ...]]]]] = {
    type(None): (0, b"None", lambda _: ()),
    bool: (1, b"bool", lambda values: (bytes(values),)),
    int: (2, b"int", _integers),
    float: (3, b"float", _floats),
    str: (4, b"str", _texts),
    bytes: (5, b"bytes", _byte_strings),
}
_CODES: Final = {kind: code for kind, (code, _, _) in _STREAMS.items()}
STREAMED: Final = frozenset(_STREAMS)


def encode_scalars(tag: bytes, values: Sequence[Any], kinds: set[type]) -> bytes:
    """Encode many scalars of the streamed types without a call for each of them."""
    parts: list[bytes] = [len(values).to_bytes(8, "little")]
    if len(kinds) > 1:
        parts.append(bytes(map(_CODES.__getitem__, map(type, values))))
    for kind in sorted(kinds, key=_CODES.__getitem__):
        _, name, stream = _STREAMS[kind]
        same = values if len(kinds) == 1 else [value for value in values if type(value) is kind]
        parts += (name, *stream(same))
    return digest(tag, *parts)
