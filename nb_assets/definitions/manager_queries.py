"""Which resources store the values of one definition, and load its inputs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.naming import DEFAULT_GROUP, DEFAULT_IO_MANAGER, IO_MANAGER_METADATA
from nb_assets.definitions.source_asset import SourceAsset
from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from nb_assets.definitions.asset_in import AssetIn
    from nb_assets.definitions.asset_spec import AssetSpec
    from nb_assets.definitions.unfolding import Unfolded


class ManagerQueries:
    """What can be asked of a definition about IO managers and input managers."""

    specs_by_output_name: dict[str, AssetSpec]
    specs_by_key: dict[AssetKey, AssetSpec]
    io_manager_keys: dict[str, str]
    inputs: dict[str, AssetIn]
    resource_defs: Mapping[str, Any]
    graph: Unfolded | None

    def get_io_manager_key_for_asset_key(self, key: AssetKey) -> str:
        """Return the name of the resource that stores the value of an asset."""
        said = self.specs_by_key[key].metadata.get(IO_MANAGER_METADATA)
        if said is None and (self.io_manager_keys or self.graph is not None):
            (name,) = (name for name, spec in self.specs_by_output_name.items() if spec.key == key)
            said = self.io_manager_keys.get(name)
            if said is None and self.graph is not None:
                said = self.graph.out_of(name).io_manager_key
        return str(said or DEFAULT_IO_MANAGER)

    @cached_property
    def manager_keys(self) -> frozenset[str]:
        """The resources that store its values or load its inputs, those that are named."""
        named = {given.input_manager_key for given in self.inputs.values()}
        named |= {self.get_io_manager_key_for_asset_key(key) for key in self.specs_by_key}
        for step in self.graph.steps if self.graph is not None else ():
            named |= {out.io_manager_key for out in step.op.outs.values()}
            named |= {given.input_manager_key for given in step.op.ins.values()}
        return frozenset(name for name in named if name is not None and name != DEFAULT_IO_MANAGER)

    def to_source_assets(self) -> list[SourceAsset]:
        """Return what stands for the assets where something else makes them, read by the same IO managers."""
        return [self._as_source(spec) for spec in self.specs_by_key.values()]

    def to_source_asset(self, key: Any = None) -> SourceAsset:
        """Return what stands for one of the assets, the only one unless its key is given, where something else makes it.

        Raises
        ------
        DefinitionError
            When there are several, and none is named, or none has this key.
        """
        wanted = None if key is None else AssetKey.from_coercible(key)
        found = [spec for spec in self.specs_by_key.values() if wanted in (None, spec.key)]
        if len(found) != 1:
            names = ", ".join(f"`{each.to_user_string()}`" for each in self.specs_by_key)
            raise DefinitionError(f"there are several assets, or none of this key: name one of {names}.")
        return self._as_source(found[0])

    def _as_source(self, spec: AssetSpec) -> SourceAsset:
        return SourceAsset(
            spec.key,
            metadata=spec.metadata,
            io_manager_key=self.get_io_manager_key_for_asset_key(spec.key),
            description=spec.description,
            resource_defs=self.resource_defs,
            group_name=None if spec.group_name == DEFAULT_GROUP else spec.group_name,
            tags=spec.tags,
            partitions_def=spec.partitions_def,
        )
