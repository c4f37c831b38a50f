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
    return dataclasses.is_dataclass(value) or (
        type(value).__eq__ is object.__eq__ and bool(getattr(value, "__dict__", None))
    )


def diff_attributes(old: Any, new: Any, options: Options) -> ValueDiff:
    """Compare two objects by what they hold."""
    if type(old) is not type(new):
        return diff_opaque(old, new, options)
    return diff_parts("object", _state(old), _state(new), options, type_name(new))


def _state(value: Any) -> dict[str, Any]:
    if dataclasses.is_dataclass(value):
        return {each.name: getattr(value, each.name, None) for each in dataclasses.fields(value)}
    return dict(vars(value))
