"""The checks of a graph's assets: those that functions of their own make, and those made with an asset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from nb_assets.errors import DuplicateKeyError, SelectionError, near

if TYPE_CHECKING:
    from nb_assets.definitions.asset_check import AssetCheckKey, AssetCheckSpec
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.assets_definition import AssetsDefinition


class CheckCatalogue:
    """Checks by key, in the order of definition.

    Raises
    ------
    DuplicateKeyError
        When two checks of an asset have one name.
    """

    def __init__(self, definitions: Iterable[AssetsDefinition]) -> None:
        self._definitions: dict[AssetCheckKey, AssetsDefinition] = {}
        self._of_asset: dict[AssetKey, list[AssetCheckKey]] = {}
        for definition in definitions:
            if not definition.check_specs_by_output_name:
                continue
            for key in definition.check_specs_by_key:
                if self._definitions.setdefault(key, definition) is not definition:
                    raise DuplicateKeyError(
                        f"two checks of `{key.asset_key.to_user_string()}` are called `{key.name}`: give one of them "
                        "another name."
                    )
                if key not in self._of_asset.setdefault(key.asset_key, []):
                    self._of_asset[key.asset_key].append(key)

    def __bool__(self) -> bool:
        return bool(self._definitions)

    def __contains__(self, key: object) -> bool:
        return key in self._definitions

    def __iter__(self) -> Iterator[AssetCheckKey]:
        return iter(self._definitions)

    def __len__(self) -> int:
        return len(self._definitions)

    @property
    def definitions(self) -> tuple[AssetsDefinition, ...]:
        """Each definition that makes checks, once."""
        return tuple(dict.fromkeys(self._definitions.values()))

    def of(self, asset: AssetKey) -> tuple[AssetCheckKey, ...]:
        """Return the checks of an asset."""
        return tuple(self._of_asset.get(asset, ()))

    def of_all(self, assets: Iterable[AssetKey]) -> list[AssetCheckKey]:
        """Return the checks of some assets."""
        return [key for asset in assets for key in self._of_asset.get(asset, ())] if self._definitions else []

    def definition(self, key: AssetCheckKey) -> AssetsDefinition:
        """Return what makes a check."""
        return self._definitions[key]

    def spec(self, key: AssetCheckKey) -> AssetCheckSpec:
        """Return what is said of a check."""
        return self._definitions[key].check_specs_by_key[key]

    def is_made_with_asset(self, key: AssetCheckKey) -> bool:
        """Tell whether the function that makes the asset makes the check too."""
        return bool(self._definitions[key].specs_by_output_name)

    def reads_history(self, key: AssetCheckKey) -> bool:
        """Tell whether what a check says holds for the time when it ran, and not for as long as the data is the same."""
        return getattr(self._definitions[key], "reads_history", False)

    def known(self, key: AssetCheckKey) -> AssetCheckKey:
        """Return the key when there is a check of it.

        Raises
        ------
        SelectionError
            When there is none, with near names.
        """
        if key in self._definitions:
            return key
        shown = key.to_user_string()
        names = [each.to_user_string() for each in self._definitions]
        last = [name for name in names if name.rpartition(":")[2] == key.name]
        hint = f" Did you mean `{last[0]}`?" if last else near(shown, names)
        there = f" There are {', '.join(names[:8])}." if names and not hint else ""
        none = "" if names else " No check is registered yet: put `@asset_check(asset=…)` on a function."
        raise SelectionError(f"there is no check `{shown}`.{hint}{there}{none}")
