"""What an asset's function may return beside a plain value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.metadata import MetadataValue, as_metadata
from nb_assets.definitions.naming import checked_tags
from nb_assets.errors import DefinitionError

T = TypeVar("T")
DEFAULT_OUTPUT: Final = "result"


class NoValue:
    """Stands for a result that carries no value."""


@dataclass(frozen=True)
class DataVersion:
    """A version of the data that the user gives in place of the computed one."""

    value: str

    def __post_init__(self) -> None:
        if not isinstance(self.value, str):
            raise DefinitionError(
                f'a DataVersion is a text, not {self.value!r}: write DataVersion("{self.value}").'
            )


@dataclass(frozen=True, init=False)
class Output(Generic[T]):
    """A value with the metadata, tags and data version of its materialization."""

    value: T
    output_name: str
    metadata: Mapping[str, MetadataValue[Any]]
    data_version: DataVersion | None
    tags: Mapping[str, str]

    def __init__(
        self,
        value: T,
        output_name: str = DEFAULT_OUTPUT,
        metadata: Mapping[str, Any] | None = None,
        data_version: DataVersion | None = None,
        *,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        object.__setattr__(self, "value", value)
        object.__setattr__(self, "output_name", output_name)
        object.__setattr__(self, "metadata", as_metadata(metadata))
        object.__setattr__(self, "data_version", _checked_version(data_version))
        object.__setattr__(self, "tags", checked_tags(tags))


@dataclass(frozen=True, init=False)
class MaterializeResult(Generic[T]):
    """The outcome of an asset that stores its value itself, or hands it over with metadata."""

    asset_key: AssetKey | None
    metadata: Mapping[str, Any]
    check_results: Sequence[Any]
    data_version: DataVersion | None
    tags: Mapping[str, str]
    value: T | type[NoValue]

    def __init__(
        self,
        asset_key: AssetKey | str | Sequence[str] | None = None,
        metadata: Mapping[str, Any] | None = None,
        check_results: Sequence[Any] | None = None,
        data_version: DataVersion | None = None,
        tags: Mapping[str, str] | None = None,
        value: T | type[NoValue] = NoValue,
    ) -> None:
        object.__setattr__(
            self, "asset_key", None if asset_key is None else AssetKey.from_coercible(asset_key)
        )
        as_metadata(metadata)
        object.__setattr__(self, "metadata", dict(metadata or {}))
        object.__setattr__(self, "check_results", tuple(check_results or ()))
        object.__setattr__(self, "data_version", _checked_version(data_version))
        object.__setattr__(self, "tags", checked_tags(tags))
        object.__setattr__(self, "value", value)


@dataclass(frozen=True, init=False)
class ObserveResult:
    """What there was to see of an asset that is made elsewhere."""

    asset_key: AssetKey | None
    metadata: Mapping[str, Any]
    check_results: Sequence[Any]
    data_version: DataVersion | None
    tags: Mapping[str, str] | None

    def __init__(
        self,
        asset_key: AssetKey | str | Sequence[str] | None = None,
        metadata: Mapping[str, Any] | None = None,
        check_results: Sequence[Any] | None = None,
        data_version: DataVersion | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        as_metadata(metadata)
        object.__setattr__(
            self, "asset_key", None if asset_key is None else AssetKey.from_coercible(asset_key)
        )
        object.__setattr__(self, "metadata", dict(metadata or {}))
        object.__setattr__(self, "check_results", list(check_results or ()))
        object.__setattr__(self, "data_version", _checked_version(data_version))
        object.__setattr__(self, "tags", tags if tags is None else checked_tags(tags))


def _checked_version(version: DataVersion | None) -> DataVersion | None:
    if version is not None and not isinstance(version, DataVersion):
        raise DefinitionError(
            f'data_version is a DataVersion, not {version!r}: write DataVersion("{version}").'
        )
    return version
