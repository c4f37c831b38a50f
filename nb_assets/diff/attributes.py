"""What changed between two objects of one class, attribute by attribute: dataclasses, models, plain objects.

Objects that define no ``==`` of their own would differ from themselves after every run; here they are equal when all
that they hold is.
"""

from __future__ import annotations

import dataclasses
import types
from typing import TYPE_CHECKING, Any

from nb_assets.diff.opaque import diff_opaque
from nb_assets.diff.safely import type_name
from nb_assets.diff.structure import diff_parts

if TYPE_CHECKING:
    from nb_assets.diff.dispatch import Options
    from nb_assets.diff.value_diff import ValueDiff

_CODE = (
    type,
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
    types.ModuleType,
    types.CodeType,
)


def has_attributes(value: object) -> bool:
    """Recognise dataclass instances, and objects whose state is their attributes."""
    if isinstance(value, _CODE):
        return False
    if dataclasses.is_dataclass(value):
        return True
    return type(value).__eq__ is object.__eq__ and (
        bool(getattr(value, "__dict__", None)) or _tells_state(value)
    )


def _tells_state(value: object) -> bool:
    """Whether a class that keeps its attributes to itself, as compiled ones do, says what to pickle of them."""
    tells = getattr(type(value), "__getstate__", None)
    return tells is not None and tells is not getattr(object, "__getstate__", None)


def diff_attributes(old: Any, new: Any, options: Options) -> ValueDiff:
    """Compare two objects by what they hold."""
    if type(old) is not type(new):
        return diff_opaque(old, new, options)
    return diff_parts("object", _state(old), _state(new), options, type_name(new))


def _state(value: Any) -> dict[str, Any]:
    if dataclasses.is_dataclass(value):
        return {each.name: getattr(value, each.name, None) for each in dataclasses.fields(value)}
    if getattr(value, "__dict__", None):
        return dict(vars(value))
    state = value.__getstate__()
    return state if isinstance(state, dict) else {"state": state}
