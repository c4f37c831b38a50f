"""`SourceAsset`: an asset that is made elsewhere, with the IO manager that reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_spec import AssetSpec
from nb_assets.definitions.metadata import MetadataValue, as_metadata
from nb_assets.definitions.naming import DEFAULT_IO_MANAGER, IO_MANAGER_METADATA
from nb_assets.definitions.resource import as_resources
from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey


@dataclass(frozen=True, init=False)
class SourceAsset(AssetSpec):
    """An asset that is made elsewhere and read here: an `AssetSpec` that may bring its IO manager along."""

    __hash__ = AssetSpec.__hash__

    raw_metadata: Mapping[str, Any] = field(compare=False)
    io_manager_key: str | None
    io_manager_def: Any = field(compare=False)
    resource_defs: Mapping[str, Any] = field(compare=False)
    observe_fn: Callable[..., Any] | None = field(compare=False)
    op_tags: Mapping[str, Any]
    required_resource_keys: frozenset[str] = field(default=frozenset(), compare=False)

    def __init__(  # noqa: PLR0917 - Dagster's signature
        self,
        key: AssetKey | str | Sequence[str],
        metadata: Mapping[str, Any] | None = None,
        io_manager_key: str | None = None,
        io_manager_def: Any = None,
        description: str | None = None,
        group_name: str | None = None,
        resource_defs: Mapping[str, Any] | None = None,
        observe_fn: Callable[..., Any] | None = None,
        op_tags: Mapping[str, Any] | None = None,
        tags: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(
            key, metadata=_shown(metadata), description=description, group_name=group_name, tags=tags, **more
        )
        resources = dict(resource_defs or {})
        if io_manager_def is not None:
            io_manager_key = io_manager_key or self.key.to_python_identifier("io_manager")
            if resources.setdefault(io_manager_key, io_manager_def) is not io_manager_def:
                raise DefinitionError(
                    f"`{self.key.to_user_string()}` is given two different things by the name `{io_manager_key}`: its "
                    "io_manager_def, and one of its resource_defs."
                )
        values = {
            "raw_metadata": dict(metadata or {}),
            "io_manager_key": io_manager_key,
            "io_manager_def": io_manager_def,
            "resource_defs": as_resources(resources, f"`{self.key.to_user_string()}`"),
            "observe_fn": observe_fn,
            "op_tags": dict(op_tags or {}),
            "required_resource_keys": frozenset(),
        }
        if io_manager_key is not None:
            object.__setattr__(self, "metadata", {**self.metadata, IO_MANAGER_METADATA: io_manager_key})
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @property
    def is_observable(self) -> bool:
        """Whether it says itself which version its data is."""
        return self.observe_fn is not None

    def get_io_manager_key(self) -> str:
        """Return the name of the resource that reads it."""
        return self.io_manager_key or DEFAULT_IO_MANAGER


def _shown(metadata: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return metadata as it is shown: what is none is told by its type."""
    shown: dict[str, Any] = {}
    for name, value in (metadata or {}).items():
        try:
            shown |= as_metadata({name: value})
        except DefinitionError:
            shown[name] = MetadataValue.text(f"[{type(value).__name__}] (unserializable)")
    return shown
