"""One computation and the checks that it runs."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from nb_assets.definitions.assets_definition import AssetsDefinition

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey


class AssetChecksDefinition(AssetsDefinition):
    """The checks that one function runs, with the assets it is handed. It makes no asset.

    Calling it calls the function with plain arguments.

    Attributes
    ----------
    reads_history
        Whether the function looks at the history or the clock, so that what it says holds for the time when it ran.
    """

    reads_history: bool = False

    @cached_property
    def dependency_keys(self) -> tuple[AssetKey, ...]:
        """The assets that it looks at: those behind its arguments, then the others."""
        named = [key for spec in self.check_specs for key in spec.dependency_keys]
        return tuple(dict.fromkeys([*self.keys_by_input_name.values(), *named]))

    def __repr__(self) -> str:
        return (
            f"<AssetChecksDefinition with checks {[key.to_user_string() for key in self.check_specs_by_key]}>"
        )
