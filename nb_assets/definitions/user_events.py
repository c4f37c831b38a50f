"""What a function says of its run beside its outputs: that something was made, seen or expected elsewhere."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.metadata import MetadataValue, as_metadata
from nb_assets.definitions.naming import checked_tags
from nb_assets.errors import DefinitionError

DATA_VERSION_TAG = "dagster/data_version"
_SEPARATOR = re.compile(r"[^a-zA-Z0-9_]+")


class _OfAsset:
    """What is said of one asset, under its key."""

    asset_key: AssetKey
    metadata: Mapping[str, MetadataValue[Any]]
    tags: Mapping[str, str] | None

    def _set(self, asset_key: Any, description: Any, metadata: Any, partition: Any, tags: Any) -> None:
        for name, given in {"description": description, "partition": partition}.items():
            if given is not None and not isinstance(given, str):
                raise DefinitionError(f"the {name} of an {type(self).__name__} is a text, not {given!r}.")
        values = {
            "asset_key": _key(asset_key),
            "description": description,
            "metadata": as_metadata(metadata),
            "partition": partition,
            "tags": tags if tags is None else checked_tags(tags),
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @property
    def label(self) -> str:
        """The key, with spaces between its parts."""
        return " ".join(self.asset_key.path)

    @property
    def data_version(self) -> str | None:
        """The version of the data, where its tags tell it."""
        return (self.tags or {}).get(DATA_VERSION_TAG)


@dataclass(frozen=True, init=False)
class AssetMaterialization(_OfAsset):
    """That an asset was made, by a function that is no asset or beside what it returns."""

    asset_key: AssetKey
    description: str | None
    metadata: Mapping[str, MetadataValue[Any]]
    partition: str | None
    tags: Mapping[str, str] | None

    def __init__(
        self,
        asset_key: AssetKey | str | Sequence[str],
        description: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        partition: str | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        self._set(asset_key, description, metadata, partition, tags)

    @staticmethod
    def recorded(
        asset_key: AssetKey,
        metadata: Mapping[str, Any],
        partition: str | None,
        tags: Mapping[str, str],
    ) -> AssetMaterialization:
        """Return what the record of a materialization says, whose tags are the system's too and not checked."""
        made = AssetMaterialization(asset_key, metadata=metadata, partition=partition)
        object.__setattr__(made, "tags", dict(tags))
        return made

    @staticmethod
    def file(
        path: str | os.PathLike[str],
        description: str | None = None,
        asset_key: AssetKey | str | Sequence[str] | None = None,
    ) -> AssetMaterialization:
        """Say that a file was made: its path is its metadata, and its key unless that is given."""
        at = os.fspath(path)
        return AssetMaterialization(asset_key or at, description, {"path": MetadataValue.path(at)})


@dataclass(frozen=True, init=False)
class AssetObservation(_OfAsset):
    """That an asset was looked at, and what there was to see."""

    asset_key: AssetKey
    description: str | None
    metadata: Mapping[str, MetadataValue[Any]]
    partition: str | None
    tags: Mapping[str, str]

    def __init__(
        self,
        asset_key: AssetKey | str | Sequence[str],
        description: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        partition: str | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        self._set(asset_key, description, metadata, partition, tags or {})


@dataclass(frozen=True, init=False)
class ExpectationResult:
    """Whether something was as it was expected to be. A check of an asset says more: see `asset_check`."""

    success: bool
    label: str
    description: str | None
    metadata: Mapping[str, MetadataValue[Any]]

    def __init__(
        self,
        success: bool,  # noqa: FBT001 - Dagster's signature
        label: str | None = None,
        description: str | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> None:
        given: Any = success
        if not isinstance(given, bool):
            raise DefinitionError(f"the success of an ExpectationResult is True or False, not {success!r}.")
        object.__setattr__(self, "success", success)
        object.__setattr__(self, "label", label or "result")
        object.__setattr__(self, "description", description)
        object.__setattr__(self, "metadata", as_metadata(metadata))


UserEvent = AssetMaterialization | AssetObservation | ExpectationResult
USER_EVENTS = (AssetMaterialization, AssetObservation, ExpectationResult)


def _key(given: Any) -> AssetKey:
    # As in Dagster, a text is taken apart here at all that cannot be in the name of an asset.
    parts = [part for part in _SEPARATOR.split(given) if part] if isinstance(given, str) else None
    return AssetKey(parts) if parts else AssetKey.from_coercible(given)
