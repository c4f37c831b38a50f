"""What a class of the project is made of: its declaration as a text, and the members that have a meaning of their own."""

from __future__ import annotations

import dataclasses
import enum
import functools
import inspect
import types
from collections.abc import Iterator
from typing import Any

from nb_assets.fingerprint.project import is_generated, is_project_function

# Set by Python and by those who make classes; what of it counts is in the declaration.
_MACHINERY = frozenset(
    {"__dict__", "__weakref__", "__doc__", "__module__", "__annotations__", "__firstlineno__"}
    | {
        "__static_attributes__",
        "__annotate__",
        "__annotate_func__",
        "__annotations_cache__",
        "__match_args__",
    }
    | {"__dataclass_params__", "__dataclass_fields__", "__abstractmethods__", "_abc_impl", "__parameters__"}
    | {"__orig_bases__", "__qualname__", "__slotnames__", "__attrs_attrs__"}
    # What pydantic compiles from its fields, decorators and configuration, which stand beside it.
    | {"__pydantic_core_schema__", "__pydantic_validator__", "__pydantic_serializer__", "__signature__"}
    | {"__pydantic_parent_namespace__", "__pydantic_complete__", "__pydantic_fields_complete__"}
    # What grows with use.
    | {"__pydantic_setattr_handlers__", "_value2member_map_"}
)
# The methods that dataclasses and attrs write.
_GENERATED = frozenset(
    {"__init__", "__repr__", "__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__hash__"}
    | {"__setattr__", "__delattr__", "__getstate__", "__setstate__", "__replace__", "__attrs_init__"}
)
_FIELD_FLAGS = ("init", "repr", "compare", "hash", "kw_only")


def declaration(cls: type) -> str:
    """Return the bases, annotations and parameters of a class, of which dataclasses generate their methods."""
    bases = ", ".join(base.__qualname__ for base in cls.__bases__)
    flags = [
        (name, [getattr(field, flag, None) for flag in _FIELD_FLAGS]) for name, field in _fields(cls).items()
    ]
    described = [_annotations(cls), repr(vars(cls).get("__dataclass_params__", "")), flags]
    return f"class({bases}) {described}"


def members(cls: type) -> Iterator[tuple[str, Any]]:
    """Yield the name and the value of what a class has beyond its declaration, in the order of the names."""
    for name, field in _fields(cls).items():
        for kind in ("default", "default_factory", "factory", "converter", "validator"):
            value = getattr(field, kind, None)
            if value is not None and value is not dataclasses.MISSING:
                yield f"{name}({kind})", value
        if getattr(field, "metadata", None):
            yield f"{name}(metadata)", field.metadata
    for name, member in sorted(vars(cls).items()):
        if name == "__pydantic_decorators__":
            yield name, _decorators(member)
        elif name not in _MACHINERY:
            for part in _parts(member):
                if not _is_written_for(cls, name, part):
                    yield name, part


def _decorators(infos: Any) -> list[Any]:
    """Return what pydantic's decorators say, without the address of the class: their functions are members, too."""
    return [
        (kind.name, key, decorator.cls_var_name, decorator.info)
        for kind in dataclasses.fields(infos)
        for key, decorator in getattr(infos, kind.name).items()
    ]


def _parts(member: Any) -> list[Any]:
    if isinstance(member, property):
        return [part for part in (member.fget, member.fset, member.fdel) if part is not None]
    if isinstance(member, (staticmethod, classmethod)):
        return [member.__func__]
    if type(member) is functools.cached_property:
        return [member.func]
    if isinstance(member, (types.MemberDescriptorType, types.GetSetDescriptorType)):
        return []
    return [(member.name, member.value)] if isinstance(member, enum.Enum) else [member]


def _is_written_for(cls: type, name: str, part: Any) -> bool:
    """Tell whether a method follows from the declaration."""
    if not isinstance(part, types.FunctionType):
        return False
    own = vars(cls)
    if name == "__new__" and "_fields" in own:
        return is_generated(part.__code__)
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


def _annotations(cls: type) -> list[str]:
    try:
        annotations = inspect.get_annotations(cls)
    except Exception:  # noqa: BLE001 - they may be any expression, of names that are not there
        return []
    return [f"{name}: {getattr(hint, '__qualname__', None) or hint}" for name, hint in annotations.items()]
