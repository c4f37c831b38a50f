"""What plain Python values become as metadata: the rules of Dagster."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

from nb_assets.definitions import metadata_kinds as kinds
from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.metadata_value import MetadataValue
from nb_assets.definitions.table import TableColumnLineage, TableSchema
from nb_assets.definitions.table_metadata import TableColumnLineageMetadataValue, TableSchemaMetadataValue
from nb_assets.errors import DefinitionError, near

__all__ = ["MetadataValue", "as_metadata", "as_metadata_value"]


def as_metadata_value(name: str, value: Any) -> MetadataValue[Any]:
    """Return a plain Python value as metadata, by the rules of Dagster.

    Raises
    ------
    DefinitionError
        When there is no kind of metadata for its type.
    """
    if isinstance(value, MetadataValue):
        return value
    if value is None:
        return kinds.NullMetadataValue()
    for types, build in _COERCIONS:
        if isinstance(value, types):
            try:
                return build(value)
            except DefinitionError as error:
                raise DefinitionError(f"the metadata `{name}` cannot be shown: {error}") from error
    if callable(item := getattr(value, "item", None)) and type(value).__module__ == "numpy":
        return as_metadata_value(name, item())
    raise DefinitionError(
        f"the metadata `{name}` is of type {type(value).__name__}, which cannot be shown: give a text, a number, a "
        "bool, a list or dict that JSON can hold, a path or one of MetadataValue's kinds, for example "
        f"MetadataValue.text(repr(…)).{near(type(value).__name__, ['int', 'float', 'str', 'dict', 'list'])}"
    )


def as_metadata(metadata: Mapping[str, Any] | None) -> dict[str, MetadataValue[Any]]:
    """Return a mapping of plain values as metadata.

    Raises
    ------
    DefinitionError
        When it is no mapping from texts to values that can be shown.
    """
    if metadata is not None and not isinstance(metadata, Mapping):
        raise DefinitionError(f"metadata is a dict of values by name, not {metadata!r}.")
    for name in metadata or {}:
        if not isinstance(name, str):
            raise DefinitionError(f"the names of metadata are texts, but one is {name!r}.")
    return {name: as_metadata_value(name, value) for name, value in (metadata or {}).items()}


# Order matters: a bool is an int.
_COERCIONS: tuple[tuple[Any, Callable[[Any], MetadataValue[Any]]], ...] = (
    (bool, kinds.BoolMetadataValue),
    (int, kinds.IntMetadataValue),
    (float, kinds.FloatMetadataValue),
    (str, kinds.TextMetadataValue),
    ((dict, list), kinds.JsonMetadataValue),
    (os.PathLike, kinds.PathMetadataValue),
    (AssetKey, kinds.DagsterAssetMetadataValue),
    (TableSchema, TableSchemaMetadataValue),
    (TableColumnLineage, TableColumnLineageMetadataValue),
)
