"""Containers of Python: lists, tuples, dicts, sets and their relatives.

Dicts and sets have no order, as Python compares them; an OrderedDict has one. A list is not a tuple.
"""

from __future__ import annotations

import types
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final

from nb_assets.fingerprint.data.object import encode_object
from nb_assets.fingerprint.data.scalar import STREAMED, encode_scalars
from nb_assets.fingerprint.data.walk import Walk, digest, name_of, register_exact, register_family

_SORTED: Final = (frozenset([str]), frozenset([int]), frozenset([bytes]))


def encode_sequence(tag: bytes, values: Sequence[Any], walk: Walk) -> bytes:
    """Encode values in their order."""
    kinds = set(map(type, values))
    if kinds <= STREAMED:
        return encode_scalars(tag, values, kinds)
    return digest(tag + b"*", b"".join(walk.encode_all(values)))


@register_exact(list)
def encode_list(value: list[Any], walk: Walk) -> bytes:
    """Encode a list."""
    return encode_sequence(b"list", value, walk)


@register_exact(tuple)
def encode_tuple(value: tuple[Any, ...], walk: Walk) -> bytes:
    """Encode a tuple."""
    return encode_sequence(b"tuple", value, walk)


def encode_mapping(tag: bytes, value: Mapping[Any, Any], walk: Walk) -> bytes:
    """Encode keys and values, whatever their order; in it where code is to see them."""
    if walk.functions is not None:
        return encode_sequence(tag + b"!", [part for item in value.items() for part in item], walk)
    if frozenset(map(type, value)) in _SORTED:
        keys = sorted(value)
        values = [value[key] for key in keys]
        return digest(tag, encode_sequence(b"keys", keys, walk), encode_sequence(b"values", values, walk))
    pairs = sorted(((walk.apart(key), item) for key, item in value.items()), key=lambda pair: pair[0])
    return digest(tag + b"*", b"".join(key + walk.encode(item) for key, item in pairs))


@register_exact(dict)
def encode_dict(value: dict[Any, Any], walk: Walk) -> bytes:
    """Encode a dict."""
    return encode_mapping(b"dict", value, walk)


@register_exact(types.MappingProxyType)
def encode_proxy(value: types.MappingProxyType[Any, Any], walk: Walk) -> bytes:
    """Encode a read-only view of a mapping."""
    return encode_mapping(b"proxy", value, walk)


@register_exact(OrderedDict)
def encode_ordered(value: OrderedDict[Any, Any], walk: Walk) -> bytes:
    """Encode a dict whose order counts."""
    return digest(
        b"ordered", encode_sequence(b"items", [part for item in value.items() for part in item], walk)
    )


def encode_unordered(tag: bytes, value: AbstractSet[Any], walk: Walk) -> bytes:
    """Encode elements, whatever their order."""
    if frozenset(map(type, value)) in _SORTED:
        return encode_sequence(tag, sorted(value), walk)
    return digest(tag + b"*", b"".join(sorted(walk.apart(item) for item in value)))


@register_exact(set)
def encode_set(value: set[Any], walk: Walk) -> bytes:
    """Encode a set."""
    return encode_unordered(b"set", value, walk)


@register_exact(frozenset)
def encode_frozenset(value: frozenset[Any], walk: Walk) -> bytes:
    """Encode a set that cannot be changed."""
    return encode_unordered(b"frozenset", value, walk)


@register_family(set, frozenset)
def encode_set_subclass(value: AbstractSet[Any], walk: Walk) -> bytes:
    """Encode a subclass of set: pickling it would give its elements in an order that differs between processes."""
    kind = type(value)
    state = walk.encode(getattr(value, "__dict__", None))
    return digest(b"setlike", name_of(kind), encode_unordered(b"set", value, walk), state)


@register_family(types.SimpleNamespace)
def encode_namespace(value: types.SimpleNamespace, walk: Walk) -> bytes:
    """Encode a namespace like an object."""
    return encode_object(value, walk)
