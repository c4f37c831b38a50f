"""Objects of any other class, by what pickling them would keep: how they are built, and their state.

This is the fallback: dataclasses, named tuples, enums, models of scikit-learn and classes of users come here. What
cannot be pickled has no content that could be hashed, and is said to be untracked.
"""

from __future__ import annotations

import copyreg
import enum
import functools
import inspect
import sys
import types
from collections import OrderedDict
from typing import Any, Final

from nb_assets.fingerprint.data.walk import (
    UntrackedError,
    Walk,
    digest,
    name_of,
    pack,
    register_exact,
    register_family,
    register_named,
)
from nb_assets.fingerprint.project import is_project_function

_PROTOCOL: Final = 4


@register_family(type)
def encode_class(value: type, walk: Walk) -> bytes:
    """Encode a class by name: what it does is code, which the code version covers."""
    label = walk.label_of(value)
    return digest(b"class", name_of(value), *([label] if label else []))


@register_exact(types.ModuleType)
def encode_module(value: types.ModuleType, walk: Walk) -> bytes:
    """Encode a module by name."""
    if walk.functions is not None:
        walk.functions(value)  # which tells that it is taken as a whole
    return digest(b"module", walk.encode(value.__name__))


@register_exact(types.FunctionType)
def encode_function(value: types.FunctionType, walk: Walk) -> bytes:
    """Encode a function by the name that it can be imported by, else as the walk's owner says."""
    module, name = value.__module__, value.__qualname__
    if walk.functions is not None:
        return digest(b"function", walk.encode(walk.functions(value)))
    if module != "__main__" and _imported(module, name) is value:
        return digest(b"global", f"{module}:{name}".encode())
    raise UntrackedError(
        f"the function `{name}`, which is defined in the notebook or within another function"
    )


@register_exact(staticmethod, classmethod, functools.cached_property)
def encode_method_wrapper(value: Any, walk: Walk) -> bytes:
    """Encode what makes a method of a function by that function."""
    return digest(
        b"method", name_of(type(value)), walk.encode(getattr(value, "__func__", None) or value.func)
    )


@register_exact(property)
def encode_property(value: property, walk: Walk) -> bytes:
    """Encode a property by its functions."""
    return digest(b"property", walk.encode((value.fget, value.fset, value.fdel)))


@register_family(enum.Enum)
def encode_enum(value: enum.Enum, walk: Walk) -> bytes:
    """Encode a member by its class, name and value."""
    return digest(b"enum", name_of(type(value)), walk.encode((value.name, value.value)))


@register_named("pydantic", "BaseModel")
def encode_pydantic(value: Any, walk: Walk) -> bytes:
    """Encode a model as its `==` compares it: which fields were given explicitly does not count."""
    if not hasattr(value, "__pydantic_extra__"):  # a model of the first version
        return encode_object(value, walk)
    state = (value.__dict__, value.__pydantic_extra__, value.__pydantic_private__)
    return digest(
        b"pydantic", name_of(type(value)), *(walk.encode(_stable(type(value), part)) for part in state)
    )


@register_named("sklearn", "BinaryTree", "BinaryTree32", "BinaryTree64")
def encode_neighbour_tree(value: Any, walk: Walk) -> bytes:
    """Encode a tree of scikit-learn without its numbers, among which are counters of how often it was asked."""
    state = [part for part in value.__getstate__() if type(part) is not int]
    return digest(b"tree", name_of(type(value)), walk.encode(state))


@register_family(object)
def encode_object(value: Any, walk: Walk) -> bytes:
    """Encode an object by what pickling it would keep."""
    kind = type(value)
    reduced = _reduce(value)
    if isinstance(reduced, str):
        module = getattr(value, "__module__", None) or kind.__module__
        # A name says nothing of what is wrapped under it, as by a cache.
        wrapped = getattr(value, "__wrapped__", None) if walk.functions is not None else None
        inside = [] if wrapped is None else [walk.encode(wrapped)]
        return digest(b"global", f"{module}:{reduced}".encode(), *inside)
    padded: list[Any] = [*reduced, None, None, None, None]
    build, arguments, state, items, pairs = padded[:5]
    if build in (copyreg.__newobj__, copyreg.__newobj_ex__):  # type: ignore[attr-defined]
        build = "new"
    parts = [walk.encode(build), walk.encode(arguments), _encode_state(kind, state, walk)]
    if walk.functions is not None and _leaves_out(kind):
        # What pickling leaves out, code still sees.
        parts.append(walk.encode(getattr(value, "__dict__", None)))
    if isinstance(value, tuple) and isinstance(fields := getattr(kind, "_fields", None), tuple):
        # What is derived from it asks by these names, and a class of the same name may have others.
        parts.append(walk.encode(fields))
    parts.append(walk.encode(None if items is None else list(items)))
    if pairs is None or isinstance(value, OrderedDict):
        parts.append(walk.encode(None if pairs is None else list(pairs)))
    else:
        parts.append(walk.encode(dict(pairs)))
    return pack(b"object", digest(b"parts", name_of(kind), *parts))


def _leaves_out(kind: type) -> bool:
    """Tell whether a class of the project says itself what pickling keeps."""
    said = (getattr(kind, name, None) for name in ("__getstate__", "__reduce__", "__reduce_ex__"))
    return any(isinstance(fn, types.FunctionType) and is_project_function(fn) for fn in said)


def _encode_state(kind: type, state: Any, walk: Walk) -> bytes:
    if type(state) is tuple and len(state) == 2 and isinstance(state[1], dict):  # noqa: PLR2004 - attributes and slots
        return walk.encode((_stable(kind, state[0]), state[1]))
    return walk.encode(_stable(kind, state))


def _stable(kind: type, state: Any) -> Any:
    """Return a state without what `cached_property` has put there: it follows from the rest, and may be missing."""
    if type(state) is not dict:
        return state
    cached = [name for name in state if isinstance(_static(kind, name), functools.cached_property)]
    # An object that has nothing besides is what it was before they were asked for: one without a state.
    return {name: value for name, value in state.items() if name not in cached} or None if cached else state


def _static(kind: type, name: Any) -> Any:
    return inspect.getattr_static(kind, name, None) if isinstance(name, str) else None


def _reduce(value: Any) -> Any:
    kind = type(value)
    try:
        if (reduce := copyreg.dispatch_table.get(kind)) is not None:
            return reduce(value)
        return value.__reduce_ex__(_PROTOCOL)
    except RecursionError:
        raise
    except Exception as error:
        raise UntrackedError(f"an object of type `{kind.__module__}.{kind.__qualname__}`: {error}") from error


def _imported(module: str | None, name: str) -> Any:
    """Return what a name stands for in a module that is loaded."""
    found: Any = sys.modules.get(module or "")
    for part in name.split("."):
        found = getattr(found, part, None)
    return found
