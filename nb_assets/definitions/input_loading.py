"""Inputs of ops that nothing in a graph gives: the configuration of a run may have their values, where their types can be written.

A scalar is written as it is, or as `{"value": …}` or `{"json": {"path": …}}`; what may be anything in one of these two forms.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nb_assets.definitions import builtin_types as types
from nb_assets.definitions.config.problems import ConfigError, Problem
from nb_assets.definitions.config.shapes import Field, Permissive, Selector, Shape
from nb_assets.definitions.config.types import (
    ANY,
    BOOL,
    FLOAT,
    INT,
    STRING,
    Array,
    Map,
    Noneable,
    ScalarUnion,
)
from nb_assets.definitions.dagster_type import MadeOf

if TYPE_CHECKING:
    from nb_assets.definitions.config.types import ConfigType
    from nb_assets.definitions.dagster_type import DagsterType

_SCALARS: Mapping[DagsterType, Any] = {
    types.Bool: BOOL,
    types.Float: FLOAT,
    types.Int: INT,
    types.String: STRING,
}


@dataclass(frozen=True)
class LoadedInput:
    """An input whose value a configuration has.

    Attributes
    ----------
    path
        The node under which it stands: "inner.add".
    is_required
        Whether the node cannot do without it.
    """

    path: str
    name: str
    dagster_type: DagsterType
    is_required: bool

    @property
    def reference(self) -> str:
        """The name under which a run has the value: no input of a graph has one like it."""
        return f"{self.path}.inputs.{self.name}"

    @property
    def field(self) -> Field:
        """What it looks like in a configuration."""
        return Field(schema_of(self.dagster_type), is_required=self.is_required)

    def load(self, written: Any) -> Any:
        """Return the value that a configuration says, once it was read.

        Raises
        ------
        ConfigError
            When it stands in a file that cannot be read.
        """
        return _loaded(self.dagster_type, written, f"the input `{self.name}` of `{self.path}`")


def schema_of(declared: DagsterType) -> ConfigType | None:
    """Return what a value of a type looks like in a configuration; None where it cannot be written in one."""
    if declared in _SCALARS:
        scalar = _SCALARS[declared]
        return ScalarUnion(scalar, Selector(_written_as(scalar)))
    if declared is types.Any:
        return Selector(_written_as(ANY))
    if declared is types.Dict:
        return Permissive()
    if not isinstance(declared, MadeOf):
        return None
    family = declared.key.partition(".")[0]
    if family == "TypedPythonDict":
        keys, values = declared.parts
        inner = schema_of(values)
        return None if inner is None or keys not in _SCALARS else Map(_SCALARS[keys], inner)
    inner = schema_of(declared.parts[0]) if family in {"List", "Optional"} else None
    if inner is None:
        return None
    return Array(inner) if family == "List" else Noneable(inner)


def _written_as(schema: Any) -> dict[str, Any]:
    return {"value": Field(schema), "json": Field(Shape({"path": Field(STRING)}))}


def _loaded(declared: DagsterType, written: Any, owner: str) -> Any:
    if isinstance(declared, MadeOf) and written is not None:
        inner = declared.parts[-1]
        if isinstance(written, Mapping) and declared.key.startswith("TypedPythonDict."):
            return {key: _loaded(inner, value, owner) for key, value in written.items()}
        if isinstance(written, list) and declared.key.startswith("List."):
            return [_loaded(inner, value, owner) for value in written]
        return _loaded(inner, written, owner)
    if declared is types.Dict or not isinstance(written, Mapping):
        return written
    if "value" in written:
        return written["value"]
    path = written["json"]["path"]
    try:
        found = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(owner, [Problem(("json", "path"), f"{path!r} cannot be read: {error}")]) from None
    return found["value"] if isinstance(found, Mapping) and found.keys() == {"value"} else found
