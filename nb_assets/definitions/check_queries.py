"""What a definition says of the checks that are run with it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nb_assets.definitions.asset_check import AssetCheckKey, AssetCheckSpec


class CheckQueries:
    """Answers from the specs of the checks, which are under names like those of outputs."""

    check_specs_by_output_name: Mapping[str, AssetCheckSpec]

    @cached_property
    def check_specs_by_key(self) -> dict[AssetCheckKey, AssetCheckSpec]:
        """The checks, by key."""
        return {spec.key: spec for spec in self.check_specs_by_output_name.values()}

    @property
    def check_specs(self) -> tuple[AssetCheckSpec, ...]:
        """The checks."""
        return tuple(self.check_specs_by_output_name.values())

    @property
    def check_keys(self) -> set[AssetCheckKey]:
        """The keys of the checks."""
        return set(self.check_specs_by_key)

    def get_spec_for_check_key(self, asset_check_key: AssetCheckKey) -> AssetCheckSpec:
        """Return what is said of one of the checks."""
        return self.check_specs_by_key[asset_check_key]
