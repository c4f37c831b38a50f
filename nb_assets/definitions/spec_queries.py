"""What is said of the assets of one definition, by key: its specs, and each of their attributes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.compute import NOT_MADE_HERE
from nb_assets.definitions.naming import DEFAULT_GROUP
from nb_assets.definitions.partitions.partitioned import Partitioned
from nb_assets.errors import DefinitionError, near

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.asset_spec import AssetSpec
    from nb_assets.definitions.automation.condition import AutomationCondition
    from nb_assets.definitions.compute import ComputeFunction


class SpecQueries(Partitioned):
    """What can be asked of the specs of a definition."""

    compute: ComputeFunction
    node_name: str
    specs_by_output_name: dict[str, AssetSpec]
    keys_by_input_name: dict[str, AssetKey]
    optional_outputs: frozenset[str]
    _upstream_by_key: dict[AssetKey, tuple[AssetKey, ...]] | None

    @cached_property
    def specs(self) -> tuple[AssetSpec, ...]:
        """The assets made, in the order of the outputs."""
        return tuple(self.specs_by_output_name.values())

    @cached_property
    def specs_by_key(self) -> dict[AssetKey, AssetSpec]:
        """The assets made, by key."""
        return {spec.key: spec for spec in self.specs}

    @property
    def keys(self) -> set[AssetKey]:
        """The keys of the assets made."""
        return set(self.specs_by_key)

    @property
    def key(self) -> AssetKey:
        """The key, where one asset is made.

        Raises
        ------
        DefinitionError
            When there are several.
        """
        if len(self.specs) != 1:
            names = ", ".join(f"`{spec.key.to_user_string()}`" for spec in self.specs)
            raise DefinitionError(
                f"`{self.node_name}` makes several assets ({names}): say which one is meant by its key."
            )
        return self.specs[0].key

    @property
    def spec(self) -> AssetSpec:
        """The spec, where one asset is made."""
        return self.specs_by_key[self.key]

    @property
    def keys_by_output_name(self) -> dict[str, AssetKey]:
        """The key of the asset behind each output."""
        return {name: spec.key for name, spec in self.specs_by_output_name.items()}

    @property
    def descriptions_by_key(self) -> dict[AssetKey, str]:
        """The descriptions of the assets that have one."""
        return {key: spec.description for key, spec in self.specs_by_key.items() if spec.description}

    @property
    def group_names_by_key(self) -> dict[AssetKey, str]:
        """The group of each asset."""
        return {key: spec.group_name or DEFAULT_GROUP for key, spec in self.specs_by_key.items()}

    @property
    def metadata_by_key(self) -> dict[AssetKey, Mapping[str, Any]]:
        """The definition metadata of each asset."""
        return {key: spec.metadata for key, spec in self.specs_by_key.items()}

    @property
    def tags_by_key(self) -> dict[AssetKey, Mapping[str, str]]:
        """The tags of each asset, its kinds among them."""
        return {key: spec.tags for key, spec in self.specs_by_key.items()}

    @property
    def owners_by_key(self) -> dict[AssetKey, list[str]]:
        """The owners of each asset."""
        return {key: list(spec.owners) for key, spec in self.specs_by_key.items()}

    @property
    def code_versions_by_key(self) -> dict[AssetKey, str | None]:
        """The code version that the user gave to each asset, if any."""
        return {key: spec.code_version for key, spec in self.specs_by_key.items()}

    @property
    def automation_conditions_by_key(self) -> dict[AssetKey, AutomationCondition]:
        """The condition of each asset that has one."""
        return {
            key: spec.automation_condition
            for key, spec in self.specs_by_key.items()
            if spec.automation_condition is not None
        }

    def get_output_name_for_asset_key(self, key: AssetKey) -> str:
        """Return the output that stands for an asset.

        Raises
        ------
        DefinitionError
            When the definition does not make it.
        """
        for name, spec in self.specs_by_output_name.items():
            if spec.key == key:
                return name
        names = [known.to_user_string() for known in self.specs_by_key]
        shown = key.to_user_string()
        raise DefinitionError(f"`{self.node_name}` does not make `{shown}`.{near(shown, names)}")

    def get_asset_spec(self, key: AssetKey | None = None) -> AssetSpec:
        """Return the spec of the one asset, or of the one with this key."""
        return self.spec if key is None else self.specs_by_key[key]

    @cached_property
    def dependency_keys(self) -> tuple[AssetKey, ...]:
        """The assets that this one is derived from: those behind its arguments, then those only named in deps."""
        named = [key for keys in (self._upstream_by_key or {}).values() for key in keys]
        inputs = dict.fromkeys([*self.keys_by_input_name.values(), *named])
        found = inputs | dict.fromkeys(dep.asset_key for spec in self.specs for dep in spec.deps)
        # An asset that is derived from itself is kept, to be told of; assets of one call may follow from each other.
        own = self.specs_by_key if self._upstream_by_key is not None else self.self_dependent
        return tuple(key for key in found if key not in own)

    @cached_property
    def derives_within(self) -> bool:
        """Whether one of the assets is derived from another one of the same call."""
        upstream = self._upstream_by_key or {}
        return any(other in self.specs_by_key for keys in upstream.values() for other in keys)

    def upstream_of(self, key: AssetKey) -> tuple[AssetKey, ...]:
        """Return what one of the assets is directly derived from, others of the same definition included."""
        if self._upstream_by_key is None:
            return self.dependency_keys
        upstream = self._upstream_by_key[key]
        return tuple(other for other in upstream if other != key) if key in self.self_dependent else upstream

    @property
    def source(self) -> str | None:
        """The source as the user wrote it, or None when it is not to be had."""
        return self.compute.source if self.is_executable else None

    @property
    def is_executable(self) -> bool:
        """Whether the assets are made here; else they are made elsewhere, and only told of."""
        return self.compute is not NOT_MADE_HERE

    @property
    def output_required(self) -> bool:
        """Whether every output must be given each time."""
        return not self.optional_outputs

    @property
    def name(self) -> str:
        """The name of the computation."""
        return self.node_name

    @property
    def input_names(self) -> list[str]:
        """The inputs of the function, those that carry no value among them."""
        behind = set(self.keys_by_input_name.values())
        order = [key.to_python_identifier() for key in self.dependency_keys if key not in behind]
        return [*self.keys_by_input_name, *order]

    @property
    def asset_deps(self) -> dict[AssetKey, set[AssetKey]]:
        """What each asset is derived from, itself where that is of its own past."""
        return {
            key: {*self.upstream_of(key), *self.self_dependent.intersection({key})}
            for key in self.specs_by_key
        }
