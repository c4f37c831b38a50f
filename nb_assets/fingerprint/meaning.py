"""What functions and values mean by themselves, as texts, and what they carry with them. What they reach is `reach`'s."""

from __future__ import annotations

import datetime as dt
import decimal
import pathlib
import re
import sys
import types
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.assets_definition import AssetsDefinition
from nb_assets.definitions.compute import SHOWN_PARAMETER
from nb_assets.definitions.graph_definition import GraphDefinition
from nb_assets.definitions.op import OpDefinition
from nb_assets.fingerprint.content import fingerprint_content
from nb_assets.fingerprint.normal_form import normal_form, normal_form_of_code
from nb_assets.fingerprint.project import is_project_class, is_project_function
from nb_assets.fingerprint.source import source_of_lambda

if TYPE_CHECKING:
    from types import FunctionType

_MAX_SHOWN = 200
_SHORT = (
    *(str, bytes, int, float, complex, bool, type(None), list, tuple, dict, set, frozenset, range, slice),
    *(dt.date, dt.time, dt.timedelta, decimal.Decimal, pathlib.PurePath, re.Pattern),
)
# They act on annotations while the program runs.
_READ_ANNOTATIONS = frozenset(
    {"pydantic", "beartype", "typeguard", "pandera", "jaxtyping", "plum", "multipledispatch"}
)


def meaning_of(fn: Any, source: str | None) -> str:
    """Return what a function does: its source in one form, else its compiled code."""
    code = getattr(fn, "__code__", None)
    if code is not None and code.co_name == "<lambda>":
        # The source of a lambda is the line that it begins in, with what else there is.
        source = source_of_lambda(code)
    if source:
        return normal_form(source)
    return normal_form_of_code(code) if code is not None else f"{type(fn).__module__}.{type(fn).__qualname__}"


def annotations_read(installed: FunctionType, fn: Any) -> dict[str, Any]:
    """Return the annotations of a function where the decorator around it acts on them."""
    # Its own module: wrappers call themselves as what they wrap.
    if package_of(installed.__globals__.get("__name__")) not in _READ_ANNOTATIONS:
        return {}
    annotations = getattr(fn, "__annotations__", None)
    return annotations if isinstance(annotations, dict) else {}


def carried(fn: FunctionType) -> Iterator[tuple[str, Any]]:
    """Yield the defaults and the attributes of a function."""
    for index, default in enumerate(fn.__defaults__ or ()):
        yield f"(default {index + 1})", default
    for keyword, default in sorted((fn.__kwdefaults__ or {}).items()):
        if keyword != SHOWN_PARAMETER:
            yield f"(default {keyword})", default
    for attribute, held in sorted(fn.__dict__.items()):
        if attribute != "__wrapped__":
            yield f".{attribute}", held


def function_behind(value: Any) -> Any:
    """Return the function that a definition is made of; any other value as it is."""
    if isinstance(value, (AssetsDefinition, OpDefinition)):
        return value.compute.fn
    return value.compose_fn or value if isinstance(value, GraphDefinition) else value


def identified(value: Any) -> str:
    """Return the hash of a value in which functions and classes count by which they are."""
    return fingerprint_content(value, functions=id, classes=_identity_of_class).version


def identified_if_tracked(value: Any) -> str:
    """Return the same of a value that may come to have a hash; nothing as long as it has none."""
    found = fingerprint_content(value, functions=id, classes=_identity_of_class)
    return found.version if found.tracked else ""


def _identity_of_class(cls: type) -> str | None:
    return str(id(cls)) if is_project_class(cls) else None


def package_of(module: Any) -> str:
    """Return the package that a module is in, given its name."""
    return module.partition(".")[0].lstrip("_") if isinstance(module, str) else ""


def home_of(value: Any) -> str:
    """Return the package that something installed comes from."""
    home = getattr(value, "__module__", None)
    if home is None and isinstance(value, types.BuiltinFunctionType):
        home = type(value.__self__).__module__
    return package_of(home)


def is_loaded(module: types.ModuleType) -> bool:
    """Tell whether a module was imported, and not put together by hand."""
    return module.__spec__ is not None or getattr(module, "__file__", None) is not None


def is_project(value: Any) -> bool:
    """Tell whether a value is code of the project, or an object of a class of it."""
    if isinstance(value, types.FunctionType):
        return is_project_function(value)
    return is_project_class(value if isinstance(value, type) else type(value))


def is_function_of_module(value: types.MethodType | types.BuiltinFunctionType) -> bool:
    """Tell whether a method is what its module offers as a function: `random.choice` is one of a hidden object."""
    module = sys.modules.get(type(value.__self__).__module__)
    return module is not None and vars(module).get(value.__name__) == value


def own_name(value: Any) -> str | None:
    """Return the name that a function or a class gives itself."""
    named = isinstance(value, (type, types.FunctionType, types.MethodType, types.BuiltinFunctionType))
    return getattr(value, "__name__", None) if named else None


def shown(value: Any, otherwise: str) -> str:
    """Return a plain value as it is written, in short; `otherwise` when there is no telling it."""
    try:
        text = repr(value) if isinstance(value, _SHORT) else ""
    except ValueError:  # an int of too many digits for Python to write out
        text = ""
    # Where something lies in memory says nothing, and is elsewhere after a restart.
    text = otherwise if not text or " at 0x" in text else text
    return text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + "…"


def exactly(value: Any, version: str) -> str:
    """Return what tells a constant from others for code, which sees more than `==`: signs of zeros, trailing zeros."""
    return f"{version} {value!r}" if type(value).__name__ in {"float", "complex", "Decimal"} else version
