"""Plain Python values that JSON gives back exactly: None, bools, ints, finite floats, texts, lists, dicts with text keys.

Everything else (tuples, int keys, NaN, subclasses) would come back as something else, and is refused.
"""

from __future__ import annotations

import json
import math
from typing import Any, BinaryIO, Final

from nb_assets.storage.handlers.handler import Summary, UnfaithfulError

_SCALARS: Final = frozenset([type(None), bool, int, float, str])
_TYPES: Final = _SCALARS | {list, dict}
# Beyond this many bits other readers of JSON lose digits.
_INT_BITS: Final = 63
_SHOWN_BITS: Final = 256
_DEPTH: Final = 100


class JsonHandler:
    """Stores plain values as readable JSON."""

    name: Final = "json"
    suffix: Final = ".json"

    def matches(self, value: Any) -> bool:
        """Tell whether the outermost type is one of JSON's; `write` looks at the rest."""
        return type(value) in _TYPES

    def summarise(self, value: Any) -> Summary:
        """Give the value itself when it is short, else its length."""
        if type(value) in (list, dict):
            return Summary(f"{len(value):,} item{'' if len(value) == 1 else 's'}")
        if type(value) is int and value.bit_length() > _SHOWN_BITS:
            # Python refuses to write out the largest ones, and nobody reads them.
            return Summary(f"int of {value.bit_length():,} bits")
        return Summary(repr(value))

    def write(self, value: Any, file: BinaryIO) -> None:
        """Write it after looking at every part of it."""
        check_faithful(value)
        file.write(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode())

    def read(self, file: BinaryIO) -> Any:
        """Read it back."""
        return json.loads(file.read())


def check_faithful(value: Any) -> None:
    """Raise UnfaithfulError unless JSON gives back the same value."""
    _check(value, _DEPTH)


def _check(value: Any, depth: int) -> None:
    kind = type(value)
    if kind not in _TYPES or not depth:
        raise UnfaithfulError(f"{kind.__qualname__} has no JSON of its own")
    if kind is list:
        _check_all(value, depth)
    elif kind is dict:
        if any(type(key) is not str for key in value):
            raise UnfaithfulError("JSON has text keys only")
        _check_all(list(value), depth)
        _check_all(list(value.values()), depth)
    else:
        _check_all([value], depth)


def _check_all(values: list[Any], depth: int) -> None:
    kinds = set(map(type, values))
    if str in kinds:
        try:
            "".join(value for value in values if type(value) is str).encode()
        except UnicodeEncodeError as error:
            raise UnfaithfulError("lone surrogates do not survive JSON") from error
    if float in kinds and not all(math.isfinite(value) for value in values if type(value) is float):
        raise UnfaithfulError("JSON has neither NaN nor infinity")
    if int in kinds and any(value.bit_length() > _INT_BITS for value in values if type(value) is int):
        raise UnfaithfulError("an int of more than 63 bits")
    if kinds - _SCALARS:
        for value in values:
            if type(value) not in _SCALARS:
                _check(value, depth - 1)
