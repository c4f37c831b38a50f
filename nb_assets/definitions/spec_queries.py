"""What is said of the assets of one definition, by key: its specs, and each of their attributes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.asset_spec import AssetSpec
    from nb_assets.definitions.automation.condition import AutomationCondition


class SpecQueries:
    """What can be asked of the specs of a definition."""

    node_name: str
    specs_by_output_name: dict[str, AssetSpec]

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
        return {key: spec.group_name for key, spec in self.specs_by_key.items()}

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

    def get_asset_spec(self, key: AssetKey | None = None) -> AssetSpec:
        """Return the spec of the one asset, or of the one with this key."""
        return self.spec if key is None else self.specs_by_key[key]
