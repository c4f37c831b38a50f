"""What a class of the project is made of: its declaration as a text, and the members that have a meaning of their own."""

from __future__ import annotations

import _abc  # type: ignore[import-not-found] # what `register` keeps has no other way out
import abc
import dataclasses
import enum
import functools
import inspect
import re
import types
from collections.abc import Iterator
from typing import Any

from nb_assets.fingerprint.project import is_generated, is_project_class, is_project_function

# Set by Python and by those who make classes; what of it counts is in the declaration.
_MACHINERY = frozenset(
    {"__dict__", "__weakref__", "__doc__", "__module__", "__annotations__", "__firstlineno__"}
    | {
        "__static_attributes__",
        "__annotate__",
        "__annotate_func__",
        "__annotations_cache__",
    }
    | {"__dataclass_params__", "__dataclass_fields__", "__abstractmethods__", "_abc_impl", "__parameters__"}
    | {"__orig_bases__", "__qualname__", "__slotnames__", "__attrs_attrs__"}
    # What pydantic compiles from its fields, decorators and configuration, which stand beside it.
    | {"__pydantic_core_schema__", "__pydantic_validator__", "__pydantic_serializer__", "__signature__"}
    | {"__pydantic_parent_namespace__", "__pydantic_complete__", "__pydantic_fields_complete__"}
    # What enums keep for themselves, differently in each version of Python; their members are members.
    | {"_new_member_", "_unhashable_values_", "_unhashable_values_map_", "_hashable_values_", "_use_args_"}
    | {"_value_repr_", "_member_map_", "_inverted_", "_singles_mask_", "_all_bits_"}
    # What grows with use.
    | {"__pydantic_setattr_handlers__", "_value2member_map_"}
)
# The methods that dataclasses and attrs write.
_GENERATED = frozenset(
    {"__init__", "__repr__", "__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__hash__"}
    | {"__setattr__", "__delattr__", "__getstate__", "__setstate__", "__replace__", "__attrs_init__"}
)
# The methods that named tuples come with.
_OF_TUPLES = frozenset(
    {"__new__", "__repr__", "__getnewargs__", "__replace__", "_make", "_replace", "_asdict"}
)
_CLASS_FLAGS = ("init", "repr", "eq", "order", "unsafe_hash", "frozen")
_FIELD_PARTS = (
    *("default", "default_factory", "factory", "converter", "validator"),
    *("eq_key", "order_key", "on_setattr"),
)
_FIELD_FLAGS = ("init", "repr", "compare", "hash", "kw_only")
_ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]+")


def declaration(cls: type) -> str:
    """Return the bases, annotations and parameters of a class, of which dataclasses generate their methods."""
    bases = ", ".join(base.__qualname__ for base in cls.__bases__)
    flags = [
        (name, [getattr(field, flag, None) for flag in _FIELD_FLAGS]) for name, field in _fields(cls).items()
    ]
    described = [_annotations(cls) if _may_read_annotations(cls) else [], _flags(cls), flags]
    if "__attrs_attrs__" in vars(cls):
        described.append(_compared(cls))
    return without_addresses(f"class({bases}) {described}")


def shown(cls: type) -> str:
    """Return the declaration of a class as it is shown and compared: with what its own text does not say."""
    bases = ", ".join(base.__qualname__ for base in cls.__bases__)
    lines = [f"class {cls.__qualname__}({bases})"]
    if "__dataclass_params__" in vars(cls):
        said = vars(cls)["__dataclass_params__"]
        lines.append(
            f"    dataclass({', '.join(flag for flag in _CLASS_FLAGS if getattr(said, flag, None))})"
        )
    if _may_read_annotations(cls):
        lines += [f"    {each}" for each in _annotations(cls)]
    for name, field in _fields(cls).items():
        told = [flag for flag in (*_FIELD_FLAGS, "eq", "order") if getattr(field, flag, None) is True]
        lines.append(f"    field {name}({', '.join(told)})")
    return without_addresses("\n".join(lines))


def _compared(cls: type) -> list[Any]:
    """Return how attrs compares and names the fields of a class, and which methods it wrote for it."""
    fields = [
        (name, [getattr(field, flag, None) for flag in ("eq", "order", "alias")])
        for name, field in _fields(cls).items()
    ]
    return [*fields, sorted(_GENERATED & vars(cls).keys())]


def without_addresses(text: str) -> str:
    """Return what objects write of themselves without where they lie, which is elsewhere in each process."""
    return _ADDRESS.sub("", text)


def _flags(cls: type) -> str:
    parameters = vars(cls).get("__dataclass_params__")
    return "" if parameters is None else repr([getattr(parameters, flag, None) for flag in _CLASS_FLAGS])


def members(cls: type) -> Iterator[tuple[str, Any]]:
    """Yield the name and the value of what a class has beyond its declaration, in the order of the names."""
    yield from _of_fields(cls)
    registered = registered_with(cls)
    if registered:
        yield "(registered)", registered
    for name, member in sorted(vars(cls).items()):
        if name == "__match_args__":
            if member != _match_args(cls):
                yield name, member
        elif name == "__pydantic_decorators__":
            yield name, _decorators(member)
        elif name not in _MACHINERY:
            for part in parts(member):
                if not _is_written_for(cls, name, part):
                    yield name, part


def _match_args(cls: type) -> tuple[str, ...] | None:
    """Return those that follow from the fields."""
    own = vars(cls)
    if "_fields" in own and issubclass(cls, tuple):
        return tuple(own["_fields"])
    fields = _fields(cls).items()
    matched = [name for name, field in fields if field.init and not getattr(field, "kw_only", False)]
    return tuple(matched) if fields else None


def _of_fields(cls: type) -> Iterator[tuple[str, Any]]:
    for name, field in _fields(cls).items():
        for kind in _FIELD_PARTS:
            value = getattr(field, kind, None)
            if value is not None and value is not dataclasses.MISSING:
                yield f"{name}({kind})", value
        if getattr(field, "metadata", None):
            yield f"{name}(metadata)", field.metadata


def registered_with(cls: type) -> list[str]:
    """Return the names of the classes that were registered with an abstract one."""
    dump = getattr(_abc, "_get_dump", None)
    if dump is None or not isinstance(cls, abc.ABCMeta):
        return []
    classes = [reference() for reference in dump(cls)[0]]
    return sorted({f"{one.__module__}.{one.__qualname__}" for one in classes if one is not None})


def names_registered(cls: type) -> str:
    """Return the same as one text."""
    return " ".join(registered_with(cls))


def _decorators(infos: Any) -> list[Any]:
    """Return what pydantic's decorators say, without the address of the class: their functions are members, too."""
    return [
        (kind.name, key, decorator.cls_var_name, decorator.info)
        for kind in dataclasses.fields(infos)
        for key, decorator in getattr(infos, kind.name).items()
    ]


def parts(member: Any) -> list[Any]:
    """Return what a member of a class is made of: the functions of a property, that of a class method, or itself."""
    if isinstance(member, property):
        return [part for part in (member.fget, member.fset, member.fdel) if part is not None]
    if isinstance(member, (staticmethod, classmethod)):
        return [member.__func__]
    if type(member) is functools.cached_property:
        return [member.func]
    if type(member).__name__ == "_tuplegetter":
        return [member.__reduce__()[1][0]]
    if isinstance(member, (types.MemberDescriptorType, types.GetSetDescriptorType)):
        return []
    return [(member.name, member.value)] if isinstance(member, enum.Enum) else [member]


def _is_written_for(cls: type, name: str, part: Any) -> bool:
    """Tell whether a method follows from the declaration."""
    if not isinstance(part, types.FunctionType):
        return False
    own = vars(cls)
    if name in _OF_TUPLES and "_fields" in own:
        return is_generated(part.__code__) or not is_project_function(part)
    if name not in _GENERATED or not ("__dataclass_fields__" in own or "__attrs_attrs__" in own):
        return False
    # A method that was written may lie in one that is installed, such as that against endless representations.
    both = (part, inspect.unwrap(part))
    return all(is_generated(fn.__code__) or not is_project_function(fn) for fn in both)


def _fields(cls: type) -> dict[str, Any]:
    own = vars(cls)
    fields = own.get("__dataclass_fields__")
    if isinstance(fields, dict):
        return fields
    attributes = own.get("__attrs_attrs__", ())
    return {attribute.name: attribute for attribute in attributes}


def _may_read_annotations(cls: type) -> bool:
    """Tell whether anything makes something of the annotations: dataclasses, attrs, a metaclass or an installed base."""
    own = vars(cls)
    plain = type(cls) is type and all(base is object or is_project_class(base) for base in cls.__mro__)
    return not plain or "__dataclass_fields__" in own or "__attrs_attrs__" in own


def _annotations(cls: type) -> list[str]:
    try:
        annotations = inspect.get_annotations(cls)
    except Exception:  # noqa: BLE001 - they may be any expression, of names that are not there
        return []
    return [f"{name}: {getattr(hint, '__qualname__', None) or hint}" for name, hint in annotations.items()]
