"""Types whose check is a function: what Dagster has where Python's types say too little.

A type that is a class of Python's, or an annotation, needs none of this: `resolve_dagster_type` makes one of it when asked.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any as AnyValue

from nb_assets.definitions.metadata import MetadataValue, as_metadata
from nb_assets.errors import DagsterInvariantViolationError, DefinitionError


@dataclass(frozen=True, init=False)
class TypeCheck:
    """Whether a value is of a type, and what there is to say of it."""

    success: bool
    description: str | None
    metadata: Mapping[str, MetadataValue[AnyValue]]

    def __init__(
        self,
        success: bool,  # noqa: FBT001 - Dagster's signature
        description: str | None = None,
        metadata: Mapping[str, AnyValue] | None = None,
    ) -> None:
        given: AnyValue = success
        if not isinstance(given, bool):
            raise DefinitionError(f"the success of a TypeCheck is True or False, not {success!r}.")
        object.__setattr__(self, "success", success)
        object.__setattr__(self, "description", description)
        object.__setattr__(self, "metadata", as_metadata(metadata))


class DagsterType:
    """A type with a name, and a function that tells whether a value is of it.

    Parameters
    ----------
    type_check_fn
        Called with the context and the value; returns True, False or a TypeCheck.
    typing_type
        What Python's type checkers know it as.

    Raises
    ------
    DefinitionError
        When it has no name, or no function.
    """

    def __init__(  # noqa: PLR0917 - Dagster's signature
        self,
        type_check_fn: Callable[[AnyValue, AnyValue], TypeCheck | bool],
        key: str | None = None,
        name: str | None = None,
        is_builtin: bool = False,  # noqa: FBT001, FBT002
        description: str | None = None,
        loader: AnyValue = None,
        required_resource_keys: set[str] | None = None,
        kind: AnyValue = None,
        typing_type: AnyValue = AnyValue,
        metadata: Mapping[str, AnyValue] | None = None,
    ) -> None:
        if not callable(type_check_fn):
            raise DefinitionError(
                f"the type_check_fn of a DagsterType is a function of the context and the value, not {type_check_fn!r}."
            )
        if key is None and name is None:
            raise DefinitionError("a DagsterType has a name or a key: write DagsterType(name=…, …).")
        self.key = key or str(name)
        self._name = name
        self._check = type_check_fn
        self._is_builtin = is_builtin
        self.description = description
        self.loader = loader
        self.required_resource_keys = frozenset(required_resource_keys or ())
        self.kind = kind
        self.typing_type = typing_type
        self.metadata = as_metadata(metadata)

    def type_check(self, context: AnyValue, value: object) -> TypeCheck:
        """Tell whether a value is of the type.

        Raises
        ------
        DagsterInvariantViolationError
            When the function of the type says neither yes nor no.
        """
        said = self._check(context, value)
        if isinstance(said, bool):
            return TypeCheck(success=said)
        if not isinstance(said, TypeCheck):
            raise DagsterInvariantViolationError(
                f"the check of the type `{self.display_name}` returned {said!r}: it returns True, False or a TypeCheck."
            )
        return said

    @property
    def display_name(self) -> str:
        """How the type is shown."""
        return self._name or self.key

    @property
    def has_unique_name(self) -> bool:
        """Whether it has a name of its own."""
        return self._name is not None

    @property
    def unique_name(self) -> str:
        """The name of its own.

        Raises
        ------
        DagsterInvariantViolationError
            When it has none.
        """
        if self._name is None:
            raise DagsterInvariantViolationError(
                f"the type `{self.display_name}` is made of others and has no name of its own."
            )
        return self._name

    @property
    def is_builtin(self) -> bool:
        """Whether it came with this package."""
        return self._is_builtin

    @property
    def is_nothing(self) -> bool:
        """Whether it carries no value."""
        return False

    @property
    def inner_types(self) -> Sequence[DagsterType]:
        """The types that it is made of, and those that they are made of."""
        return []

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DagsterType) and type(self) is type(other) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.display_name}>"


class PythonObjectDagsterType(DagsterType):
    """A class of Python's, or one of several, under a name."""

    def __init__(
        self,
        python_type: type | tuple[type, ...],
        key: str | None = None,
        name: str | None = None,
        **options: AnyValue,
    ) -> None:
        classes = python_type if isinstance(python_type, tuple) else (python_type,)
        if not classes or not all(isinstance(each, type) for each in classes):
            raise DefinitionError(
                f"a PythonObjectDagsterType is of a class, or of a tuple of classes, not of {python_type!r}."
            )
        names = ", ".join(each.__name__ for each in classes)
        shown = f"Union[{names}]" if isinstance(python_type, tuple) else names
        name = name or shown
        self.python_type = python_type

        def check(_context: object, value: object) -> TypeCheck:
            if isinstance(value, classes):
                return TypeCheck(success=True)
            return TypeCheck(success=False, description=f"it is no {shown}")

        super().__init__(
            check,
            key=key,
            name=name,
            typing_type=typing.Union[classes],  # noqa: UP007 - of classes that are known at run time
            **options,
        )


class MadeOf(DagsterType):
    """A type made of others: what it shows, and how it checks, is said where it is made."""

    def __init__(
        self,
        key: str,
        shown: str,
        parts: Sequence[DagsterType],
        check: Callable[[AnyValue, AnyValue], TypeCheck | bool],
    ) -> None:
        super().__init__(check, key=key)
        self._shown = shown
        self.parts = tuple(parts)

    @property
    def display_name(self) -> str:
        """How the type is shown: with those that it is made of."""
        return self._shown

    @property
    def inner_types(self) -> Sequence[DagsterType]:
        """The types that it is made of, and those that they are made of."""
        found = dict.fromkeys(each for part in self.parts for each in (part, *part.inner_types))
        return list(found)


_usable: dict[type, DagsterType] = {}


def make_python_type_usable_as_dagster_type(python_type: type, dagster_type: DagsterType) -> None:
    """Have annotations with a class be checked by a type.

    Raises
    ------
    DefinitionError
        When the class has another type already.
    """
    given: tuple[AnyValue, AnyValue] = (python_type, dagster_type)
    if not isinstance(given[0], type) or not isinstance(given[1], DagsterType):
        raise DefinitionError(
            f"a class is made usable as a DagsterType, and {python_type!r} and {dagster_type!r} are not these."
        )
    before = _usable.get(python_type)
    if before is not None and before != dagster_type:
        raise DefinitionError(
            f"the class `{python_type.__name__}` is the type `{before.display_name}` already: make another class for "
            f"`{dagster_type.display_name}`, or name the type with In and Out."
        )
    _usable[python_type] = dagster_type


def type_of_class(cls: object) -> DagsterType | None:
    """Return the type by which a class is checked, if it was given one."""
    return _usable.get(cls) if _usable and isinstance(cls, type) else None


def usable_as_dagster_type(
    name: AnyValue = None, description: str | None = None, loader: AnyValue = None
) -> AnyValue:
    """Give a class a name and a description as a type: a decorator."""

    def decorate(cls: type) -> type:
        shown = name if isinstance(name, str) else cls.__name__
        made = PythonObjectDagsterType(cls, name=shown, description=description, loader=loader)
        make_python_type_usable_as_dagster_type(cls, made)
        return cls

    return decorate(name) if isinstance(name, type) else decorate
