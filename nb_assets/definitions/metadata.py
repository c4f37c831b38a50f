"""Metadata of assets and materializations: typed values, and what plain Python becomes."""

from __future__ import annotations

import builtins
import datetime as dt
import json
import math
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.errors import DefinitionError, near


@dataclass(frozen=True)
class MetadataValue:
    """A value with the way it is shown: a text, a number, Markdown, JSON, a URL, a path, a moment, an asset.

    Build one through the static methods that bear the kinds' names, as in Dagster, or give plain Python values.
    """

    kind: str
    value: Any

    @staticmethod
    def text(text: str) -> MetadataValue:
        """Show a text as it is."""
        return MetadataValue("text", str(text))

    @staticmethod
    def url(url: str) -> MetadataValue:
        """Show a link."""
        return MetadataValue("url", str(url))

    @staticmethod
    def path(path: str | os.PathLike[str]) -> MetadataValue:
        """Show a path of the file system."""
        return MetadataValue("path", os.fspath(path))

    @staticmethod
    def notebook(path: str | os.PathLike[str]) -> MetadataValue:
        """Show the path of a notebook."""
        return MetadataValue("notebook", os.fspath(path))

    @staticmethod
    def md(data: str) -> MetadataValue:
        """Show Markdown."""
        return MetadataValue("md", str(data))

    @staticmethod
    def json(data: Any) -> MetadataValue:
        """Show a JSON document.

        Raises
        ------
        DefinitionError
            When JSON cannot hold it.
        """
        try:
            json.dumps(data)
        except (TypeError, ValueError) as error:
            raise DefinitionError(
                f"this metadata is not JSON: {error}. Convert it first, or give a text."
            ) from error
        return MetadataValue("json", data)

    @staticmethod
    def int(value: int) -> MetadataValue:
        """Show a whole number; drawn over the versions of an asset."""
        return MetadataValue("int", value)

    @staticmethod
    def float(value: float) -> MetadataValue:
        """Show a number; drawn over the versions of an asset."""
        return MetadataValue("float", value)

    @staticmethod
    def bool(value: bool) -> MetadataValue:
        """Show true or false."""
        return MetadataValue("bool", value)

    @staticmethod
    def null() -> MetadataValue:
        """Show that there is no value."""
        return MetadataValue("null", None)

    @staticmethod
    def timestamp(value: dt.datetime | builtins.float) -> MetadataValue:
        """Show a moment, given with its time zone or as seconds since 1970."""
        if isinstance(value, dt.datetime):
            if value.tzinfo is None:
                raise DefinitionError(
                    "a timestamp in metadata needs a time zone: build it with tzinfo=timezone.utc."
                )
            value = value.timestamp()
        return MetadataValue("timestamp", value)

    @staticmethod
    def asset(asset_key: AssetKey) -> MetadataValue:
        """Show a link to another asset."""
        return MetadataValue("asset", asset_key)

    @staticmethod
    def python_artifact(python_artifact: Callable[..., Any]) -> MetadataValue:
        """Show where a function or class is defined."""
        return MetadataValue(
            "python_artifact", f"{python_artifact.__module__}:{python_artifact.__qualname__}"
        )

    def to_json(self) -> dict[str, Any]:
        """Return the kind and the value in JSON's own types."""
        value = self.value
        if isinstance(value, AssetKey):
            value = value.path
        elif self.kind == "float" and not math.isfinite(value):
            value = repr(value)
        return {"kind": self.kind, "value": value}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> MetadataValue:
        """Build the value that `to_json` was made from."""
        kind, value = data["kind"], data["value"]
        if kind == "asset":
            value = AssetKey(value)
        elif kind == "float":
            value = float(value)
        return MetadataValue(kind, value)


def as_metadata_value(name: str, value: Any) -> MetadataValue:
    """Return a plain Python value as metadata, by the rules of Dagster.

    Raises
    ------
    DefinitionError
        When there is no kind of metadata for its type.
    """
    if isinstance(value, MetadataValue):
        return value
    if value is None:
        return MetadataValue.null()
    for types, build in _COERCIONS:
        if isinstance(value, types):
            return build(value)
    if callable(item := getattr(value, "item", None)) and type(value).__module__ == "numpy":
        return as_metadata_value(name, item())
    raise DefinitionError(
        f"the metadata `{name}` is of type {type(value).__name__}, which cannot be shown: give a text, a number, a "
        "bool, a list or dict that JSON can hold, a path or one of MetadataValue's kinds, for example "
        f"MetadataValue.text(repr(…)).{near(type(value).__name__, ['int', 'float', 'str', 'dict', 'list'])}"
    )


def as_metadata(metadata: Mapping[str, Any] | None) -> dict[str, MetadataValue]:
    """Return a mapping of plain values as metadata."""
    for name in metadata or {}:
        if not isinstance(name, str):
            raise DefinitionError(f"the names of metadata are texts, but one is {name!r}.")
    return {name: as_metadata_value(name, value) for name, value in (metadata or {}).items()}


# Order matters: a bool is an int.
_COERCIONS: tuple[tuple[Any, Callable[[Any], MetadataValue]], ...] = (
    (bool, MetadataValue.bool),
    (int, MetadataValue.int),
    (float, MetadataValue.float),
    (str, MetadataValue.text),
    ((dict, list), MetadataValue.json),
    (os.PathLike, MetadataValue.path),
    (AssetKey, MetadataValue.asset),
)
