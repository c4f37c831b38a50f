"""The types that come with Dagster: scalars, lists, dicts, tuples, sets, and what may be None."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping, Sequence
from typing import Any as AnyValue

from nb_assets.definitions.dagster_type import (
    DagsterType,
    MadeOf,
    PythonObjectDagsterType,
    TypeCheck,
    type_of_class,
)
from nb_assets.errors import DefinitionError


class Nothing:
    """The type of an input or output that carries no value and only says what comes first."""


class _Nothing(DagsterType):
    @property
    def is_nothing(self) -> bool:
        """Whether it carries no value: it does not."""
        return True


class _Scalar(PythonObjectDagsterType):
    """A scalar: a whole number is no float, and a bool a whole number, as in Python."""


Any = DagsterType(lambda _context, _value: True, key="Any", name="Any", is_builtin=True)
NOTHING = _Nothing(lambda _context, value: value is None, key="Nothing", name="Nothing", is_builtin=True)
Bool = _Scalar(bool, key="Bool", name="Bool", is_builtin=True)
Float = _Scalar(float, key="Float", name="Float", is_builtin=True)
Int = _Scalar(int, key="Int", name="Int", is_builtin=True)
String = _Scalar(str, key="String", name="String", is_builtin=True)
SCALARS = (Bool, Float, Int, String)

_OF_PYTHON: Mapping[AnyValue, DagsterType] = {
    bool: Bool,
    float: Float,
    int: Int,
    str: String,
    None: NOTHING,
    type(None): NOTHING,
    Nothing: NOTHING,
    AnyValue: Any,
}


def _all(types_: Sequence[DagsterType], values: Sequence[AnyValue], context: AnyValue) -> TypeCheck:
    for type_, value in zip(types_, values, strict=True):
        found = type_.type_check(context, value)
        if not found.success:
            return TypeCheck(success=False, description=f"{value!r} in it is no {type_.display_name}")
    return TypeCheck(success=True)


def _not_a(what: str) -> TypeCheck:
    return TypeCheck(success=False, description=f"it is no {what}")


def _list_of(inner: DagsterType) -> DagsterType:
    def check(context: AnyValue, value: AnyValue) -> TypeCheck:
        return _all([inner] * len(value), value, context) if isinstance(value, list) else _not_a("list")

    return MadeOf(f"List.{inner.key}", f"[{inner.display_name}]", [inner], check)


def _set_of(inner: DagsterType) -> DagsterType:
    def check(context: AnyValue, value: AnyValue) -> TypeCheck:
        return _all([inner] * len(value), list(value), context) if isinstance(value, set) else _not_a("set")

    return MadeOf(f"TypedPythonSet.{inner.key}", f"Set[{inner.display_name}]", [inner], check)


def _optional_of(inner: DagsterType) -> DagsterType:
    if inner.is_nothing:
        raise DefinitionError("Nothing carries no value, so there is none that may be None: use it alone.")

    def check(context: AnyValue, value: AnyValue) -> TypeCheck:
        return TypeCheck(success=True) if value is None else inner.type_check(context, value)

    return MadeOf(f"Optional.{inner.key}", f"{inner.display_name}?", [inner], check)


def _dict_of(keys: DagsterType, values: DagsterType) -> DagsterType:
    def check(context: AnyValue, value: AnyValue) -> TypeCheck:
        if not isinstance(value, dict):
            return _not_a("dict")
        found = _all([keys] * len(value), list(value), context)
        return _all([values] * len(value), list(value.values()), context) if found.success else found

    shown = f"Dict[{keys.display_name},{values.display_name}]"
    return MadeOf(f"TypedPythonDict.{keys.key}.{values.key}", shown, [keys, values], check)


def _tuple_of(*inner: DagsterType) -> DagsterType:
    def check(context: AnyValue, value: AnyValue) -> TypeCheck:
        if not isinstance(value, tuple):
            return _not_a("tuple")
        if len(value) != len(inner):
            return _not_a(f"tuple of {len(inner)} values")
        return _all(inner, value, context)

    keys, shown = ".".join(each.key for each in inner), ",".join(each.display_name for each in inner)
    return MadeOf(f"TypedPythonTuple.{keys}", f"Tuple[{shown}]", inner, check)


class _Family(PythonObjectDagsterType):
    """A type that others are made of by square brackets; without them it holds anything."""

    def __init__(self, cls: type, name: str, count: int | None, of: AnyValue) -> None:
        super().__init__(cls, name=name, is_builtin=True)
        self._count = count
        self._of = of

    def __getitem__(self, inner: AnyValue) -> DagsterType:
        given = inner if isinstance(inner, tuple) else (inner,)
        if self._count is not None and len(given) != self._count:
            raise DefinitionError(
                f"{self.display_name}[…] takes {self._count} types, and {len(given)} were given."
            )
        resolved = [resolve_dagster_type(each) for each in given]
        if any(each.is_nothing for each in resolved):
            raise DefinitionError(
                f"Nothing carries no value, so there can be no {self.display_name} of it: use it alone."
            )
        return self._of(*resolved)  # type: ignore[no-any-return]


List = _Family(list, "List", 1, _list_of)
Dict = _Family(dict, "Dict", 2, _dict_of)
Set = _Family(set, "Set", 1, _set_of)
Tuple = _Family(tuple, "Tuple", None, _tuple_of)


class _Optional:
    """What may be None: `Optional[Int]`."""

    def __getitem__(self, inner: AnyValue) -> DagsterType:
        if isinstance(inner, tuple):
            raise DefinitionError(f"Optional[…] takes one type, and {len(inner)} were given.")
        return _optional_of(resolve_dagster_type(inner))


Optional = _Optional()
_FAMILIES: Mapping[AnyValue, _Family] = {list: List, dict: Dict, set: Set, tuple: Tuple}


def resolve_dagster_type(hint: AnyValue) -> DagsterType:
    """Return the type that a class, an annotation or a type is.

    Raises
    ------
    DefinitionError
        When it is none of these.
    """
    if isinstance(hint, DagsterType):
        return hint
    if (registered := type_of_class(hint)) is not None:
        return registered
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in _FAMILIES and parts:
        return Any if ... in parts else _FAMILIES[origin][parts]
    if origin is typing.Union or origin is types.UnionType:
        inner = [each for each in parts if each is not type(None)]
        return Optional[inner[0]] if len(inner) == 1 and len(parts) > 1 else Any
    if isinstance(hint, type) and hint in _FAMILIES:
        return _FAMILIES[hint]
    if origin is None and (hint is None or isinstance(hint, type) or hint is AnyValue):
        cls: AnyValue = hint
        return _OF_PYTHON[cls] if cls in _OF_PYTHON else PythonObjectDagsterType(cls)
    if origin is not None or isinstance(hint, (str, typing.TypeVar, typing.ForwardRef)):
        # What can be said of it can not be told from a value.
        return Any
    raise DefinitionError(
        f"{hint!r} is no type: give a class, an annotation such as list[int], or a DagsterType."
    )


def check_dagster_type(dagster_type: AnyValue, value: AnyValue) -> TypeCheck:
    """Tell whether a value is of a type, as a run would.

    Raises
    ------
    DefinitionError
        When it is no type.
    """
    return resolve_dagster_type(dagster_type).type_check(None, value)
