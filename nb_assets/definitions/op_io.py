"""The inputs and outputs of an op: their types, their defaults, what they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from nb_assets.definitions.builtin_types import NOTHING, SCALARS, Nothing, resolve_dagster_type
from nb_assets.errors import DefinitionError


class NoDefault:
    """Stands for an input that has no default."""


@dataclass(frozen=True)
class In:
    """An input of an op: its type, its default, what it is."""

    dagster_type: Any = None
    description: str | None = None
    default_value: Any = NoDefault
    metadata: Mapping[str, Any] | None = None
    asset_key: Any = None
    asset_partitions: Any = None
    input_manager_key: str | None = None

    def __post_init__(self) -> None:
        declared = resolve_dagster_type(self.dagster_type)
        if self.dagster_type is None or self.default_value is NoDefault or isinstance(self, NamedIn):
            return
        if not self.carries_value:
            raise DefinitionError("an input that carries nothing has no default_value: leave it out.")
        # Other checks may need a run to be made in, and are.
        if declared in SCALARS and not declared.type_check(None, self.default_value).success:
            raise DefinitionError(
                f"the default_value of an input of type {declared.display_name} is of that type, and {self.default_value!r} is not."
            )

    @property
    def carries_value(self) -> bool:
        """Whether a value is passed."""
        return self.dagster_type is not Nothing and self.dagster_type is not NOTHING


@dataclass(frozen=True)
class Out:
    """An output of an op: its type, whether it must be given, what it is."""

    dagster_type: Any = None
    description: str | None = None
    is_required: bool = True
    io_manager_key: str | None = None
    metadata: Mapping[str, Any] | None = None
    code_version: str | None = None

    def __post_init__(self) -> None:
        if self.metadata is not None and not isinstance(self.metadata, Mapping):
            raise DefinitionError(f"the metadata of an Out is a dict, not {self.metadata!r}.")
        resolve_dagster_type(self.dagster_type)
        if isinstance(self.dagster_type, str):
            raise DefinitionError(
                f"the dagster_type of an output is a class, an annotation or a DagsterType, not the text {self.dagster_type!r}."
            )

    @property
    def is_nothing(self) -> bool:
        """Whether it carries no value."""
        return self.dagster_type is Nothing or self.dagster_type is NOTHING

    @property
    def is_dynamic(self) -> bool:
        """Whether it is known at run time alone how many parts it has."""
        return False


@dataclass(frozen=True)
class NamedIn(In):
    """An input of an op with its name, and its type as one that can be asked for its own."""

    name: str = field(kw_only=True)

    @property
    def has_default_value(self) -> bool:
        """Whether it has a default."""
        return self.default_value is not NoDefault


@dataclass(frozen=True)
class NamedOut(Out):
    """An output of an op with its name, and its type as one that can be asked for its own."""

    name: str = field(kw_only=True)
    dynamic: bool = field(default=False, kw_only=True)

    @property
    def is_dynamic(self) -> bool:
        """Whether it is known at run time alone how many parts it has."""
        return self.dynamic


def fields_of(given: In | Out) -> dict[str, Any]:
    """Return what is said of an input or output, by name."""
    return {each.name: getattr(given, each.name) for each in fields(given)}
